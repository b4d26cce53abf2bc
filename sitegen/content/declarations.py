"""Declarations: all that is said of a field of front matter or of ``config.yaml``, in one place.

A record gives each field that people write its declaration, beside its type::

    title: Annotated[str, Text("Tiêu đề bài", required=True)]

From it come the reader of the field, its part of the JSON Schema (``sitegen schema``) and its row
in the editors' guide. Each class of this module is one way of writing a value.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import msgspec

from sitegen.foundation.text import LONGEST_SLUG, SLUG_FORM, find_nearest
from sitegen.model import Photo, Record

if TYPE_CHECKING:
    from sitegen.content.fields import Fields

Values = dict[str, Any]
Schema = dict[str, Any]

LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
WEB_ADDRESS = r"https?://[^\s/?#@:\[\]][^\s/?#\[\]]*([/?#].*)?"
_OLD_ADDRESS = r"/(?!/)[^\s#\\]*"
_LONGEST_PART = 200
_OF_PHOTOS = ("", "_caption", "_credit", "_alt")


class Field(Record, frozen=True):
    """A field: its Vietnamese label, what else there is to say, and whether it must be there.

    It must be there if it is ``required``, if there is the field that is ``given``, or ``unless``
    there is another one. ``below`` names the group in which it stands, where that has no record.
    """

    label: str
    help: str = ""
    required: bool = False
    given: str = ""
    unless: str = ""
    below: str = ""

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        """Return the value of the field ``name``; ``above`` are those of the fields above it."""
        raise NotImplementedError

    def describe(self) -> Schema:
        """Return the JSON Schema of a value."""
        raise NotImplementedError

    def list_names(self, name: str) -> "Iterator[tuple[str, Field]]":
        """Yield each name that stands in a file for the field ``name``."""
        yield name, self


class Text(Field, frozen=True):
    """A text; one that has not the form of ``pattern`` is the problem ``refused``."""

    pattern: str = ""
    refused: str = ""

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        text = fields.text(name, required=self.required, default=default or "")
        if self.pattern and text and not re.fullmatch(self.pattern, text):
            fields.report_at(name, self.refused, value=text)
        return text

    def describe(self) -> Schema:
        return {"type": "string"} | ({"pattern": f"^({self.pattern})$"} if self.pattern else {})


class Texts(Field, frozen=True):
    """A list of texts, each once; with ``single`` one text may stand for a list of one."""

    single: bool = False

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        return fields.texts(name, single=self.single) or default

    def describe(self) -> Schema:
        texts: Schema = {"type": "array", "items": {"type": "string"}}
        return {"anyOf": [{"type": "string"}, texts]} if self.single else texts


class OldAddresses(Texts, frozen=True):
    """A list of addresses that a page had before: paths, with or without a query."""

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        addresses = fields.texts(name)
        for each in addresses:
            if not _is_old_address(each):
                fields.report("alias-form", fields.place_in(name, each), value=each)
        return addresses or default

    def describe(self) -> Schema:
        return {"type": "array", "items": {"type": "string", "pattern": f"^{_OLD_ADDRESS}$"}}


def _is_old_address(alias: str) -> bool:
    """Tell whether ``alias`` is a path, with or without a query, that can be written as a file."""
    path = unquote(alias.partition("?")[0])
    # An address with a query is a line in lists, too.
    whole = unquote(alias)
    return (
        bool(re.fullmatch(_OLD_ADDRESS, alias))
        and not any(unicodedata.category(each) == "Cc" or each == "\\" for each in whole)
        and all(
            part not in {".", ".."} and len(part.encode()) <= _LONGEST_PART
            for part in path.split("/")
        )
    )


class Flag(Field, frozen=True):
    """True or false."""

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        return fields.flag(name, default=default)

    def describe(self) -> Schema:
        return {"type": "boolean"}


class Number(Field, frozen=True):
    """A whole number between ``least`` and ``most``, both included."""

    least: int = 0
    most: int = 10**12

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        number = fields.number(name, least=self.least, most=self.most)
        return default if number is None else number

    def describe(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Numbers(Number, frozen=True):
    """A list of such numbers, each once, the smallest first."""

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        return tuple(sorted(fields.numbers(name, least=self.least, most=self.most))) or default

    def describe(self) -> Schema:
        return {"type": "array", "items": Number.describe(self)}


class Date(Field, frozen=True):
    """A moment: not before that of the field ``since``, and later than that of ``after``."""

    since: str = ""
    after: str = ""

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        moment = fields.date(name, required=self.required)
        if moment is None:
            return datetime.fromtimestamp(0, fields.zone) if self.required else default
        if self._is_early(moment, above):
            fields.report_at(name, "date-order", field=name)
        return moment

    def _is_early(self, moment: datetime, above: Values) -> bool:
        if self.after:
            return bool(moment <= above[self.after])
        if not self.since or moment >= above[self.since]:
            return False
        # A date alone is midnight: an update on the day of publication is not "before" it.
        at_midnight = not (moment.hour or moment.minute)
        return not (at_midnight and moment.date() == above[self.since].date())

    def describe(self) -> Schema:
        from sitegen.foundation.dates import DATE_FORM

        form = re.sub(r"\?P<\w+>", "", DATE_FORM.pattern)
        return {"type": "string", "pattern": f"^({form})$"}


class Zone(Field, frozen=True):
    """A time zone, by its name in the tz database."""

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        written = fields.text(name)
        try:
            return ZoneInfo(written) if written else default
        except (ZoneInfoNotFoundError, ValueError, OSError):
            nearest = find_nearest(written, sorted(available_timezones()))
            fields.report_at(name, "config-timezone", value=written, nearest=nearest)
            return default

    def describe(self) -> Schema:
        return {"type": "string"}


class Slug(Field, frozen=True):
    """A part of an address: as written, or else made from the field ``of``."""

    of: str = "title"

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        return fields.slug(name, above[self.of], self.of)

    def describe(self) -> Schema:
        return {"type": "string", "pattern": f"^{SLUG_FORM}$", "maxLength": LONGEST_SLUG}


class PhotoGroup(Field, frozen=True):
    """A photo: four fields whose names begin alike; with ``captioned`` it must have a caption."""

    captioned: bool = True

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        photo = Photo(*[fields.text(name + ending) for ending in _OF_PHOTOS])
        if not photo.reference:
            return default
        if self.captioned and not photo.caption and not fields.has(f"{name}_caption"):
            fields.report_at(name, "caption-missing")
        return photo

    def describe(self) -> Schema:
        return {"type": "string"}

    def list_names(self, name: str) -> Iterator[tuple[str, Field]]:
        texts = (
            self,
            Text("Chú thích ảnh", given=name if self.captioned else ""),
            Text("Người chụp ảnh"),
            Text("Mô tả ảnh cho người khiếm thị", "Không có thì dùng chú thích."),
        )
        return zip([name + ending for ending in _OF_PHOTOS], texts, strict=True)


class Slot(Record, frozen=True):
    """A field in its record; ``passive`` means that its default is all there is if it is absent."""

    name: str
    field: Field
    default: Any
    passive: bool


class Declaration(Record, frozen=True):
    """What a record declares, in its order; ``names`` are all that can stand in a mapping."""

    record: type[Record] = Record
    slots: tuple[Slot, ...] = ()
    names: dict[str, Field] = {}


class Group(Field, frozen=True):
    """Fields of their own below a name, which make the record that is the type of this field.

    ``fields`` stand here where the record, which is one of the views, does not declare them.
    """

    fields: dict[str, Field] = {}
    declaration: Declaration = Declaration()

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        return self._read_group(fields.group(name))

    def _read_group(self, group: "Fields") -> Record:
        values = read_values(self.declaration, group)
        group.finish(self.declaration.names)
        return self.declaration.record(**values)

    def describe(self) -> Schema:
        return describe_fields(self.declaration)


class Groups(Group, frozen=True):
    """A list of such groups."""

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        groups = fields.groups(name, required=self.required)
        return tuple([self._read_group(group) for group in groups])

    def describe(self) -> Schema:
        return {"type": "array", "items": Group.describe(self)}


TRANSLATIONS = Groups(
    "Bản dịch ở trang khác",
    "Xem [Bản dịch](#bản-dịch).",
    fields={
        "language": Text(
            "Mã ngôn ngữ",
            "`en`, `lo`, `zh`…",
            required=True,
            pattern=LANGUAGE,
            refused="translation-form",
        ),
        "title": Text("Chữ dẫn sang bản dịch", "Viết bằng ngôn ngữ của bản dịch.", required=True),
        "url": Text(
            "Địa chỉ đầy đủ",
            "`https://…`",
            required=True,
            pattern=WEB_ADDRESS,
            refused="translation-form",
        ),
    },
)


@functools.cache
def list_fields(record: type[Record]) -> Declaration:
    """Return what a record declares."""
    return _declare(record, {}, ())


def _declare(
    record: type[Record], given: dict[str, Field], within: tuple[type[Record], ...]
) -> Declaration:
    """Return what a record declares, or else what is ``given`` for it.

    A record that holds others of its own kind holds one level of them: ``within`` are the records
    around this one.
    """
    slots = []
    for each in msgspec.structs.fields(record):
        kind, *notes = get_args(each.type) or (each.type,)
        field = next((note for note in notes if isinstance(note, Field)), given.get(each.name))
        if isinstance(field, Group):
            inner = next(one for one in (*get_args(kind), kind) if one is not Ellipsis)
            if inner in within:
                continue
            declaration = _declare(inner, field.fields, (*within, record))
            field = msgspec.structs.replace(field, declaration=declaration)
        if field:
            default = None if each.default is msgspec.NODEFAULT else each.default
            active = field.required or field.below or isinstance(field, Slug | PhotoGroup)
            slots.append(Slot(each.name, field, default, not active))
    names: dict[str, Field] = {}
    for slot in slots:
        below = slot.field.below
        names |= {below: slot.field} if below else dict(slot.field.list_names(slot.name))
    return Declaration(record, tuple(slots), names)


def read_values(declaration: Declaration, fields: "Fields") -> Values:
    """Return the values of the declared fields; what is wrong with them goes to ``fields``."""
    values: Values = {}
    groups: dict[str, Fields] = {}
    for slot in declaration.slots:
        name, field = slot.name, slot.field
        if slot.passive and name not in fields.written:
            values[name] = slot.default
            continue
        source = fields
        if field.below:
            source = groups[field.below] = groups.get(field.below) or fields.group(field.below)
        values[name] = field.read(source, name, slot.default, values)
    for below, group in groups.items():
        group.finish([each.name for each in declaration.slots if each.field.below == below])
    return values


def describe_fields(declaration: Declaration) -> Schema:
    """Return the JSON Schema of the declared fields.

    It holds to what the drafts 7 and 2020-12 have in common: editors' programs know one or both.
    """
    whole = _describe_object()
    for slot in declaration.slots:
        below, default = slot.field.below, slot.default
        schema = whole["properties"].setdefault(below, _describe_object()) if below else whole
        for name, each in slot.field.list_names(slot.name):
            # What an anchor of the guide leads to, only its name can say here.
            help_text = re.sub(r"\[([^]]+)]\(#[^)]+\)", r"“\1”", each.help)
            told = {"title": each.label, "description": help_text or f"{each.label}."}
            plain = isinstance(default, str | int) and default != ""
            schema["properties"][name] = (
                told | each.describe() | ({"default": default} if plain else {})
            )
            if each.required:
                schema["required"].append(name)
                whole["required"] += [below] if below not in ("", *whole["required"]) else []
            rules = schema.setdefault("allOf", []) if each.given or each.unless else []
            if each.given:
                rules.append({"if": {"required": [each.given]}, "then": {"required": [name]}})
            if each.unless:
                rules.append({"anyOf": [{"required": [name]}, {"required": [each.unless]}]})
    return whole


def _describe_object() -> Schema:
    return {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
