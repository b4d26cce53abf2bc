"""Declarations: all that is said of a field of front matter or of ``config.yaml``, in one place.

A record gives each field that people write its declaration, beside its type::

    title: Annotated[str, Text("Tiêu đề bài", required=True)]

From it come the reader of the field, its part of the JSON Schema (``sitegen schema``) and its row
in the editors' guide. Each class of this module is one way of writing a value.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, get_args
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import msgspec

from sitegen.content import languages
from sitegen.foundation.addresses import CHANGING_FOLDERS, RESERVED_SLUGS
from sitegen.foundation.dates import (
    DATE_FORM,
    DateFormError,
    DateImpossibleError,
    parse_date,
)
from sitegen.foundation.hosts import read_host
from sitegen.foundation.text import LONGEST_SLUG, SLUG_FORM, find_nearest, fold, slugify
from sitegen.model import Photo, Record

# A build with nothing to do decodes the configuration of the last one, and reads no YAML.
if TYPE_CHECKING:
    from sitegen.content.fields import Fields
    from sitegen.content.nodes import Node

Values = dict[str, Any]
Schema = dict[str, Any]

# How people name the one time of Vietnam, which the tz database knows by one city.
_ZONES_OF_VIETNAM = (
    r"ha ?noi|hà nội|sai ?gon|sài gòn|ho ?chi ?minh|hồ chí minh|viet ?nam|việt nam|da ?nang|đà nẵng"
    r"|\bict\b|indochina|[+]0?7(?!\d)"
)
TIME_OF_VIETNAM = "Asia/Ho_Chi_Minh"
MAIL = r"[^\s@<>]+@[^\s@<>.]+(\.[^\s@<>.]+)+"
WEB_ADDRESS = r"https?://[^\s/?#@:\[\]][^\s/?#\[\]]*([/?#].*)?"
_OLD_ADDRESS = r"/(?!/)[^\s#\\]*"
_LONGEST_PART = 200
# In characters: hardly any that was printed has more (docs/texts.md).
LONGEST_TITLE, LONGEST_LEAD, LONGEST_CAPTION = 200, 600, 300
_FLAGS = {"true": True, "True": True, "false": False, "False": False}
_OPENING_QUOTES = "“„‘«″"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,11}")
# Before the first year, a number is wrong; before the second one, nothing was on the web.
_EARLIEST_YEAR, _EARLIEST_LIKELY_YEAR = 1900, 1990


class Field(Record, frozen=True):
    """A field: its Vietnamese label, what else there is to say, and whether it must be there.

    It must be there if it is ``required``, if there is the field that is ``given``, or ``unless``
    there is another one. ``below`` names the group in which it stands, where that has no record.
    The value of a field with ``many`` is a list, each value once; with ``single`` one value may
    stand for a list of one.
    """

    empty: ClassVar[Any] = None
    label: str
    help: str = ""
    required: bool = False
    given: str = ""
    unless: str = ""
    below: str = ""
    many: bool = False
    single: bool = False

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        """Return the value of the field ``name``; ``above`` are those of the fields above it."""
        node = fields.take(name, required=self.required)
        if node is None:
            return default
        if not self.many:
            value = self.read_value(fields, name, node)
            return default if value is None else value
        needed = self.required or bool(self.unless)
        items = fields.list_items(name, node, needed=needed)
        if items is None:
            items = [node] if self.single else []
            if not self.single:
                from sitegen.content.recovery import split_list, write_list

                written = "" if isinstance(self, Group) else fields.scalar_of(node)
                example = f"{name}: {write_list(split_list(written))}" if written else ""
                fields.refuse(node, "field-list", name, example=example)
        values = [self.read_value(fields, name, each) for each in items]
        return self.collect(value for value in values if value is not None) or default

    def read_value(self, fields: "Fields", name: str, node: "Node") -> Any:
        """Return the value of a node, or ``None`` where it is wrong, which goes to ``fields``."""
        raise NotImplementedError

    def collect(self, values: Iterable[Any]) -> tuple[Any, ...]:
        """Return the values of a list as they are kept."""
        return tuple(dict.fromkeys(values))

    def describe(self) -> Schema:
        """Return the JSON Schema of one value."""
        return {"type": "string"}

    def list_names(self, name: str) -> "Iterator[tuple[str, Field]]":
        """Yield each name that stands in a file for the field ``name``."""
        yield name, self


class Text(Field, frozen=True):
    """A text; one that has not the form of ``pattern`` is the problem ``refused``."""

    empty: ClassVar[Any] = ""
    pattern: str = ""
    refused: str = ""

    def read_value(self, fields: "Fields", name: str, node: "Node") -> str | None:
        text = fields.read_text(name, node)
        if text and self.pattern and not self.is_right(text):
            fields.report_on(node, self.refused, **self.explain(text))
        return text

    def explain(self, text: str) -> dict[str, str]:
        """Return what the message says of a ``text`` that is refused."""
        return {"value": text}

    def is_right(self, text: str) -> bool:
        """Tell whether ``text`` has the form."""
        return re.fullmatch(self.pattern, text) is not None

    def describe(self) -> Schema:
        return super().describe() | ({"pattern": f"^({self.pattern})$"} if self.pattern else {})


class Choice(Text, frozen=True):
    """One name out of several that the configuration has; of a list, the first is an example."""

    def read_value(self, fields: "Fields", name: str, node: "Node") -> str | None:
        items = fields.list_items(name, node)
        first = fields.scalar_of(items[0]) if items else ""
        if not first:
            return super().read_value(fields, name, node)
        from sitegen.content.scalars import quote

        fields.refuse(node, "field-one", name, quoted=f"{name}: {quote(first)}")
        return None


class Words(Text, frozen=True):
    """A text that pages show as it is written: it has no marks, and it is not too long.

    Longer than ``longest`` characters, it is nearly always something else in the wrong place. What
    is ``spoken`` may be a quotation as a whole.
    """

    longest: int = 100
    spoken: bool = True

    def read_value(self, fields: "Fields", name: str, node: "Node") -> str | None:
        text = fields.read_text(name, node)
        if not text:
            return text
        if len(text) > self.longest:
            length, limit = str(len(text)), str(self.longest)
            fields.warn_on(node, "text-long", field=name, length=length, limit=limit)
        if "<" in text or "&" in text or "*" in text or "_" in text or "[" in text:
            from sitegen.content.wording import strip_marks

            fields.propose(node, "text-marks", name, text, strip_marks(text))
        if not self.spoken and text[0] in _OPENING_QUOTES:
            from sitegen.content.wording import strip_quotes

            fields.propose(node, "text-quoted", name, text, strip_quotes(text))
        return text


class Name(Words, frozen=True):
    """Words that name somebody or something."""

    spoken: bool = False


class Language(Text, frozen=True):
    """A language, by its code."""

    pattern: str = languages.FORM

    def is_right(self, text: str) -> bool:
        return languages.is_language(text)

    def explain(self, text: str) -> dict[str, str]:
        return {"value": text, "suggestion": languages.find_meant_language(text)}


class WebAddress(Text, frozen=True):
    """An address on the web, or, where the pattern allows it, one of the site."""

    pattern: str = WEB_ADDRESS

    def is_right(self, text: str) -> bool:
        return super().is_right(text) and (text[0] == "/" or bool(read_host(text)))


class SoundFile(Text, frozen=True):
    """A sound of the content, by its path."""

    pattern: str = r"[^:\\]+\.([mM][pP]3|[mM]4[aA])"
    refused: str = "audio-kind"

    def read_value(self, fields: "Fields", name: str, node: "Node") -> str | None:
        text = super().read_value(fields, name, node)
        return text if text and self.is_right(text) else None

    def explain(self, text: str) -> dict[str, str]:
        file = unquote(text).replace("\\", "/").partition("?")[0].rpartition("/")[2]
        stem = re.sub(r"\.\w+$", "", file) or "am-thanh"
        return {"value": text, "example": f"audio: /media/{stem}.mp3"}


class OldAddress(Text, frozen=True):
    """An address that a page had before: a path, with or without a query, that can be a file's."""

    pattern: str = _OLD_ADDRESS
    refused: str = "alias-form"

    def is_right(self, text: str) -> bool:
        # An address with a query is a line in lists, too.
        whole = unquote(text)
        parts = unquote(text.partition("?")[0]).split("/")
        folded = fold(whole)
        return (
            super().is_right(text)
            and not any(folded != each and folded.startswith(each) for each in CHANGING_FOLDERS)
            and not any(unicodedata.category(each) == "Cc" or each == "\\" for each in whole)
            and not any(each in {".", ".."} or len(each.encode()) > _LONGEST_PART for each in parts)
        )


class Flag(Field, frozen=True):
    """True or false, written so and in no other way."""

    def read_value(self, fields: "Fields", name: str, node: "Node") -> bool | None:
        flag = _FLAGS.get(fields.plain_of(node))
        if flag is None:
            # What to write instead stands below the names of its groups.
            fields.report_on(node, "field-flag", field=name)
        return flag

    def describe(self) -> Schema:
        return {"type": "boolean"}


class Number(Field, frozen=True):
    """A whole number between ``least`` and ``most``, both included; in a list, smallest first."""

    least: int = 0
    most: int = 10**12

    def read_value(self, fields: "Fields", name: str, node: "Node") -> int | None:
        plain = fields.plain_of(node)
        if not _NUMBER.fullmatch(plain):
            fields.refuse(node, "field-number", name)
            return None
        number = int(plain)
        if self.least <= number <= self.most:
            return number
        fields.refuse(node, "field-range", name, least=str(self.least), most=str(self.most))
        return None

    def collect(self, values: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(sorted(set(values)))

    def describe(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Date(Field, frozen=True):
    """A moment: not before that of the field ``since``, and later than that of ``after``."""

    empty: ClassVar[Any] = datetime.fromtimestamp(0, UTC)
    since: str = ""
    after: str = ""

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        moment = super().read(fields, name, None, above)
        if moment and (self.since or self.after) and self._is_early(fields, name, moment, above):
            fields.report_at(name, "date-order", field=name)
        return moment or default

    def read_value(self, fields: "Fields", name: str, node: "Node") -> datetime | None:
        written = fields.scalar_of(node) or fields.source_of(node)
        try:
            moment = parse_date(written, fields.zone)
        except DateFormError:
            self._refuse(fields, name, node, "date-form", written)
            return None
        except DateImpossibleError:
            self._refuse(fields, name, node, "date-impossible", written)
            return None
        if moment.year < _EARLIEST_YEAR:
            fields.refuse(node, "year-wrong", name, year=f"{moment.year:04}")
            return None
        if moment.year < _EARLIEST_LIKELY_YEAR:
            fields.warn_on(node, "year-early", field=name, year=str(moment.year))
        return moment

    def _refuse(self, fields: "Fields", name: str, node: "Node", code: str, written: str) -> None:
        label = f"{name}: " if fields.written.get(name) is node else ""
        from sitegen.foundation.meant_dates import suggest_date

        try:
            example = suggest_date(written)
        except DateImpossibleError:
            code, example = "date-impossible", ""
        example = example or "2023-03-06 09:34"
        fields.refuse(node, code, name, value=written, example=label + example)

    def _is_early(self, fields: "Fields", name: str, moment: datetime, above: Values) -> bool:
        if self.after:
            return bool(moment <= above[self.after])
        if moment >= above[self.since]:
            return False
        # With a date alone, an update on the day of publication is not "before" it.
        written = fields.scalar_of(fields.written[name])
        return ":" in written or moment.date() != above[self.since].date()

    def describe(self) -> Schema:
        form = re.sub(r"\?P<\w+>", "", DATE_FORM.pattern)
        return {"type": "string", "pattern": f"^({form})$"}


class Zone(Field, frozen=True):
    """A time zone, by its name in the tz database."""

    def read_value(self, fields: "Fields", name: str, node: "Node") -> ZoneInfo | None:
        written = fields.read_text(name, node)
        try:
            return ZoneInfo(written) if written else None
        except (ZoneInfoNotFoundError, ValueError, OSError):
            nearest = TIME_OF_VIETNAM
            if not re.search(_ZONES_OF_VIETNAM, fold(written or "").replace("_", " ")):
                nearest = find_nearest(written or "", sorted(available_timezones()))
            fields.report_on(node, "config-timezone", value=written or "", nearest=nearest)
            return None


class Slug(Text, frozen=True):
    """A part of an address: as written, or else made from the field ``of``."""

    of: str = "title"

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        written = super().read(fields, name, "", above)
        title = above[self.of]
        slug = written or slugify(title)
        place = name if written else self.of
        if not slug:
            if title:
                fields.report_at(place, "slug-empty", value=title)
        elif slug in RESERVED_SLUGS:
            fields.report_at(place, "slug-reserved", value=slug)
        elif len(slug) > LONGEST_SLUG:
            fields.report_at(place, "slug-long", limit=str(LONGEST_SLUG))
        elif not re.fullmatch(SLUG_FORM, slug):
            fields.report_at(place, "slug-form", value=slug, suggestion=slugify(slug))
        return slug

    def describe(self) -> Schema:
        return {"type": "string", "pattern": f"^{SLUG_FORM}$", "maxLength": LONGEST_SLUG}


# The points of a photo that have names, in per cents from the left and from the top.
_ACROSS, _DOWN = {"trái": 0, "phải": 100}, {"trên": 0, "dưới": 100}
_POINTS = {
    "giữa": (50, 50),
    **{name: (x, 50) for name, x in _ACROSS.items()},
    **{name: (50, y) for name, y in _DOWN.items()},
    **{
        name: (x, y)
        for across, x in _ACROSS.items()
        for down, y in _DOWN.items()
        for name in (f"{across} {down}", f"{down} {across}")
    },
}
_PER_CENTS = "([0-9]|[1-9][0-9]|100)%,? ([0-9]|[1-9][0-9]|100)%"


class Focus(Field, frozen=True):
    """The point of a photo that crops keep: in words, or in per cents from the left and the top."""

    def read_value(self, fields: "Fields", name: str, node: "Node") -> tuple[int, int] | None:
        text = fields.read_text(name, node)
        if text is None:
            return None
        if point := _POINTS.get(fold(text)):
            return point
        if found := re.fullmatch(_PER_CENTS, text):
            return int(found[1]), int(found[2])
        fields.report_on(node, "photo-focus-form", value=text)
        return None

    def describe(self) -> Schema:
        return super().describe() | {"pattern": f"^({'|'.join(_POINTS)}|{_PER_CENTS})$"}


# The fields of a photo, by the ends of their names.
_OF_PHOTOS: dict[str, Field] = {
    "": Text(""),
    "_caption": Words(
        "Chú thích ảnh", f"Quá {LONGEST_CAPTION} ký tự thì có lời nhắc.", longest=LONGEST_CAPTION
    ),
    "_credit": Name("Người chụp ảnh"),
    "_alt": Words(
        "Mô tả ảnh cho người khiếm thị", "Không có thì dùng chú thích.", longest=LONGEST_CAPTION
    ),
    "_focus": Focus(
        "Phần ảnh phải thấy khi ảnh bị cắt",
        "`trái`, `phải`, `trên`, `dưới`, `giữa`, ghép được (`trên trái`), hoặc hai tỷ lệ tính từ "
        "mép trái và mép trên: `30% 20%`. Không ghi thì ảnh đứng giữ phần trên.",
    ),
}


@functools.cache
def _name_texts(photo: str) -> dict[str, Field]:
    """Return the texts of a photo by the names of their fields."""
    return {photo + ending: field for ending, field in _OF_PHOTOS.items()}


_OWN_DISK = re.compile(r"(?:file:|/?[A-Za-z]:[\\/]|\\\\|/(?:Users|home|storage|sdcard)/)")


def _find_photo_fault(reference: str) -> str:
    """Return what is wrong with the form of a photo's path, as the code of a problem."""
    if reference.lower().endswith((".heic", ".heif")):
        return "photo-heic"
    if _OWN_DISK.match(reference):
        return "photo-own-computer"
    return "photo-backslash" if "\\" in reference else ""


def _name_file(reference: str) -> str:
    """Return the path in the content that is nearest to what is written for a photo."""
    from sitegen.content.recovery import write_item

    path = unquote(reference).replace("\\", "/")
    if _OWN_DISK.match(reference):
        path = f"/media/{path.rpartition('/')[2]}"
    path = re.sub(r"(?i)(\.)hei[cf]$", r"\1jpg", path)
    return write_item(re.sub(r"^/?content/", "/", path))


class PhotoGroup(Field, frozen=True):
    """A photo: five fields whose names begin alike; with ``captioned`` it must have a caption."""

    captioned: bool = True

    def read(self, fields: "Fields", name: str, default: Any, above: Values) -> Any:
        texts = _name_texts(name)
        if fields.written.keys().isdisjoint(texts):
            return default
        photo = Photo(
            *[field.read(fields, each, field.empty, above) for each, field in texts.items()]
        )
        if not photo.reference:
            alone = next((each for each in texts if each in fields.written), name)
            if name not in fields.written:
                fields.report_on_name(alone, "photo-unnamed", field=alone, photo=name)
            return default
        if code := _find_photo_fault(photo.reference):
            file = _name_file(photo.reference)
            fields.report_at(name, code, value=photo.reference, example=f"{name}: {file}")
            return default
        if self.captioned and not photo.caption and f"{name}_caption" not in fields.written:
            fields.report_at(name, "caption-missing")
        return photo

    def list_names(self, name: str) -> Iterator[tuple[str, Field]]:
        needed = msgspec.structs.replace(
            _OF_PHOTOS["_caption"], given=name if self.captioned else ""
        )
        for ending, field in (_OF_PHOTOS | {"": self, "_caption": needed}).items():
            yield name + ending, field


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

    def read_value(self, fields: "Fields", name: str, node: "Node") -> Record | None:
        group = fields.open_group(name, node)
        if group is None:
            return None
        values = read_values(self.declaration, group)
        group.finish(self.declaration.names)
        return self.declaration.record(**values)

    def collect(self, values: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(values)

    def describe(self) -> Schema:
        return describe_fields(self.declaration)


class Pairs(Field, frozen=True):
    """Texts by names that people choose, in the order in which they stand."""

    def read_value(
        self, fields: "Fields", name: str, node: "Node"
    ) -> tuple[tuple[str, str], ...] | None:
        group = fields.open_group(name, node)
        if group is None:
            return None
        taken = ((each, group.take(each)) for each in group.written)
        texts = ((each, group.read_text(each, value)) for each, value in taken if value)
        return tuple((each, text) for each, text in texts if text)

    def describe(self) -> Schema:
        return {"type": "object", "additionalProperties": {"type": "string"}}


TRANSLATIONS = Group(
    "Bản dịch ở trang khác",
    "Xem [Bản dịch](#bản-dịch).",
    many=True,
    fields={
        "language": Language(
            "Mã ngôn ngữ", "`en`, `lo`, `zh`…", required=True, refused="translation-form"
        ),
        "title": Words("Chữ dẫn sang bản dịch", "Viết bằng ngôn ngữ của bản dịch.", required=True),
        "url": WebAddress(
            "Địa chỉ đầy đủ", "`https://…`", required=True, refused="translation-form"
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
            empty = () if field.many else field.empty
            default = empty if each.default is msgspec.NODEFAULT else each.default
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
    below: dict[str, list[str]] = {}
    for slot in declaration.slots:
        name, field = slot.name, slot.field
        if slot.passive and name not in fields.written:
            values[name] = slot.default
            continue
        source = fields
        if field.below:
            source = fields.group(field.below)
            below.setdefault(field.below, []).append(name)
        values[name] = field.read(source, name, slot.default, values)
    for group, names in below.items():
        fields.group(group).finish(names)
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
            plain = {"default": default} if isinstance(default, str | int) and default != "" else {}
            schema["properties"][name] = told | _describe_values(each) | plain
            if each.required:
                schema["required"].append(name)
                whole["required"] += [below] if below not in ("", *whole["required"]) else []
            rules = schema.setdefault("allOf", []) if each.given or each.unless else []
            if each.given:
                rules.append({"if": {"required": [each.given]}, "then": {"required": [name]}})
            if each.unless:
                rules.append({"anyOf": [{"required": [name]}, {"required": [each.unless]}]})
    return whole


def _describe_values(field: Field) -> Schema:
    one = field.describe()
    several: Schema = {"type": "array", "items": one}
    return one if not field.many else {"anyOf": [one, several]} if field.single else several


def _describe_object() -> Schema:
    return {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
