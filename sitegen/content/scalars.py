"""What YAML 1.1 takes a text without quotes for, and the same text in quotes."""

from typing import Final

# All that stands for nothing, for yes or no, or for a sign of YAML's own.
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_OTHER_WORDS = frozenset(
    {
        *("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"),
        *("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"),
        *("=", "<<", "!", "&", "*"),
    }
)
_WORDS = _NOTHING | _OTHER_WORDS
# What numbers, dates and times begin with, and all that is in them: 0x1F, -.inf, .NaN, 6.02e+23,
# 9:34, 2023-03-06T09:34:10Z.
_DIGITS = "0123456789"
_BEGINNINGS: Final = f"{_DIGITS}+-."
_WITHIN: Final = f"{_DIGITS}+-.:_ \tabcdefABCDEFxinINtTZ"


def is_nothing(plain: str) -> bool:
    """Tell whether YAML takes ``plain``, written without quotes, for no value."""
    return plain in _NOTHING


def is_text(plain: str) -> bool:
    """Tell whether YAML takes ``plain``, written without quotes, for text and for nothing else."""
    if plain[:1] not in _BEGINNINGS or plain.strip(_WITHIN):
        return plain not in _WORDS
    # What may be a number is rare where a text is to be, and to load YAML takes 10 ms.
    from yaml.resolver import Resolver

    others = Resolver.yaml_implicit_resolvers.get(plain[:1], ())
    return not any(pattern.match(plain) for _, pattern in others)


def quote(value: str) -> str:
    """Return ``value`` as YAML text in quotes that an editor can read."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'
