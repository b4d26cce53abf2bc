"""The tables of fields in the editors' guide, as the fields are declared: ``make docs``."""

import re

from sitegen.content.declarations import Field, list_fields
from sitegen.content.kinds import KINDS
from support.site_folder import REPOSITORY

GUIDE = REPOSITORY / "docs" / "huong-dan-bien-tap.md"
_TABLE = re.compile(r"(<!-- (?P<kind>\w+): make docs -->\n).*?(?=<!-- /\w+ -->\n)", re.DOTALL)
_HEAD = "| Trường | Bắt buộc | Cách viết |\n| --- | --- | --- |\n"


def write_tables(guide: str) -> str:
    """Return the guide with the fields of each kind of text between the marks of its table."""
    records = {kind.name: kind.record for kind in KINDS}

    def tabulate(found: re.Match[str]) -> str:
        names = list_fields(records[found["kind"]]).names.items()
        return found[1] + _HEAD + "".join(_write_row(name, field) for name, field in names)

    return _TABLE.sub(tabulate, guide)


def _write_row(name: str, field: Field) -> str:
    needed = "có" if field.required else "không"
    if field.given:
        needed = f"khi có `{field.given}`"
    elif field.unless:
        needed = f"khi không có `{field.unless}`"
    return f"| `{name}` | {needed} | {f'{field.label}. {field.help}'.strip()} |\n"


if __name__ == "__main__":
    GUIDE.write_text(write_tables(GUIDE.read_text("utf-8")), "utf-8", newline="\n")
