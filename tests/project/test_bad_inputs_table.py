"""The table of bad inputs in docs/trust.md; ``SITEGEN_UPDATE=1 pytest`` writes it anew."""

import os
import re

from support.bad_inputs import FILE_CASES, REFUSED
from support.site_folder import REPOSITORY

TRUST = REPOSITORY / "docs" / "trust.md"
START, END = "<!-- bad inputs -->", "<!-- end of bad inputs -->"


def show(text: str) -> str:
    """Return a text as a cell; one that is long is cut."""
    plain = "".join(each if each.isprintable() else "·" for each in text).replace("|", r"\|")
    short = plain if len(plain) <= 60 else f"{plain[:59]}…"
    return f"`{short}`" if re.search(r"[<>{}*_`\[\]\\!]", short) and "`" not in short else short


def write_table() -> str:
    """Return a row for each input that is refused: the code and the place of each problem."""
    rows = ["| input | problems |", "| --- | --- |"]
    cases = [(case.name, case.problems) for case in REFUSED]
    cases += [(case.name, case.problems) for case in FILE_CASES]
    for name, problems in cases:
        found = [each.rpartition(": ")[::2] for each in problems]
        cells = [f"`{code}` {show(place.rpartition('/')[2])}" for place, code in found]
        rows.append(f"| {show(name)} | {', '.join(cells)} |")
    return "\n".join(rows)


def test_every_refused_input_is_in_the_table() -> None:
    text = TRUST.read_text("utf-8")
    before, _, rest = text.partition(f"{START}\n")
    _, _, after = rest.partition(f"\n{END}")
    whole = f"{before}{START}\n{write_table()}\n{END}{after}"
    if os.environ.get("SITEGEN_UPDATE") == "1":
        TRUST.write_text(whole, "utf-8")
    assert TRUST.read_text("utf-8") == whole
    assert len(REFUSED) + len(FILE_CASES) >= 250
