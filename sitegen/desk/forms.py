"""Forms: what the desk asks for in a text, from the declaration of each field.

A widget is what Sveltia CMS takes for a field of a form. A format is what our script is told of the
fields of a file (``page/front-matter.js``).
"""

from collections.abc import Iterator
from typing import Any

from sitegen.content.declarations import (
    LONGEST_CAPTION,
    Choice,
    Date,
    Declaration,
    Field,
    Flag,
    Group,
    Number,
    OldAddress,
    PhotoGroup,
    Slug,
    SoundFile,
    Text,
    Words,
)
from sitegen.content.settings import Config
from sitegen.desk.wording import describe_field, label_field
from sitegen.foundation.text import LONGEST_SLUG, SLUG_FORM, fold

Widget = dict[str, Any]

# The script of the page knows the year.
PHOTOS, PUBLIC_PHOTOS = "content/media/anh/{this_year}", "/media/anh/{this_year}"
_SOUNDS, _PUBLIC_SOUNDS = "content/media/am-thanh", "/media/am-thanh"


def make_widgets(declaration: Declaration, config: Config) -> Iterator[Widget]:
    """Yield the widgets of all declared fields, in their order."""
    for slot in declaration.slots:
        for name, field in slot.field.list_names(slot.name):
            yield _make_widget(name, field, config)


def _make_widget(name: str, field: Field, config: Config) -> Widget:
    label = label_field(name, field.label)
    widget: Widget = {"name": name, "label": label, "required": field.required}
    if hint := describe_field(name, field.help):
        widget["hint"] = hint
    if isinstance(field, Group):
        inner = list(make_widgets(field.declaration, config))
        return widget | {"widget": "list" if field.many else "object", "fields": inner}
    one = _describe_input(field, config)
    if not field.many:
        return widget | one
    if isinstance(field, OldAddress):
        # An address may hold what separates the items of a simple list.
        return widget | {"widget": "list", "field": {"name": name, "label": label} | one}
    return widget | one | {"widget": "list"}


def _describe_input(field: Field, config: Config) -> Widget:
    """Return what Sveltia CMS is told of one value."""
    if isinstance(field, Text):
        return _describe_text(field, config)
    match field:
        case Flag():
            return {"widget": "boolean", "default": False}
        case Number(least=least, most=most):
            return {"widget": "number", "value_type": "int", "min": least, "max": most}
        case Date():
            # A format would take the offset from the value, and with it the zone.
            return {"widget": "datetime", "input_timezone": str(config.timezone)}
        case PhotoGroup():
            return _describe_file("image", PHOTOS, PUBLIC_PHOTOS)
        case _:
            form = field.describe()["pattern"].removeprefix("^").removesuffix("$")
            return {"widget": "string"} | _refuse(form, "Chưa đúng dạng.")


def _describe_text(field: Text, config: Config) -> Widget:
    match field:
        case SoundFile():
            return _describe_file("file", _SOUNDS, _PUBLIC_SOUNDS) | {"accept": ".mp3,.m4a"}
        case Choice():
            options = [
                {"label": each.name, "value": value} for value, each in name_categories(config)
            ]
            return {"widget": "select", "options": options, "dropdown_threshold": 0}
        case Slug():
            form = _refuse(SLUG_FORM, "Chỉ gồm chữ cái không dấu, chữ số và dấu gạch nối.")
            return {"widget": "string", "maxlength": LONGEST_SLUG} | form
        case Words(longest=longest) if longest >= LONGEST_CAPTION:
            return {"widget": "text"}
        case Text(pattern=pattern) if pattern:
            return {"widget": "string"} | _refuse(pattern, "Chưa đúng dạng.")
        case _:
            return {"widget": "string"}


def _describe_file(widget: str, folder: str, public: str) -> Widget:
    return {"widget": widget, "media_folder": f"/{folder}", "public_folder": public}


def _refuse(pattern: str, reason: str) -> Widget:
    return {"pattern": [f"^(?:{pattern})$", reason]}


def name_categories(config: Config) -> Iterator[tuple[str, Any]]:
    """Yield each category with the name that texts call it by: its address if another has it."""
    for each in config.every_category():
        alone = config.categories_by_name[fold(each.name)] == (each,)
        yield each.name if alone else each.path, each


def make_format(declaration: Declaration, config: Config) -> list[Widget]:
    """Return what our script is told of all declared fields."""
    names = declaration.names
    return [
        _describe_values(name, field, names, config)
        for slot in declaration.slots
        for name, field in slot.field.list_names(slot.name)
    ]


def _describe_values(name: str, field: Field, names: dict[str, Field], config: Config) -> Widget:
    told: Widget = {"name": name, "type": _name_type(field)}
    told |= {"many": True} if field.many else {}
    told |= {"single": True} if field.single else {}
    if isinstance(field, Choice):
        told["names"] = {
            written: value
            for value, each in name_categories(config)
            for written in (each.path, each.slug, fold(each.name))
            if config.categories_by_name[written] == (each,)
        }
    label = label_field(name, field.label)

    def other(of: str) -> str:
        return label_field(of, names[of].label)

    if field.unless:
        told["unless"] = field.unless
        told["refusal"] = f"Phải có “{label}” hoặc “{other(field.unless)}”."
    if field.given:
        told["given"] = field.given
        told["refusal"] = f"Có “{other(field.given)}” thì phải có “{label}”."
    if isinstance(field, Date) and (since := field.since):
        told["since"] = since
        told["refusal"] = f"“{label}” không được trước “{other(since)}”."
    if isinstance(field, Date) and (after := field.after):
        told["after"] = after
        told["refusal"] = f"“{label}” phải sau “{other(after)}”."
    return told


def _name_type(field: Field) -> str:
    match field:
        case Flag():
            return "flag"
        case Number():
            return "number"
        case Date():
            return "date"
        case Group():
            return "group"
        case Choice():
            return "choice"
        case _:
            return "text"
