"""The words of pages in the language of a site: those of the theme, of scripts, of the generator.

They are written in Vietnamese where they are used, and have a catalog of gettext, ``pages``, in
English. A site in another language speaks English, too, until that has a catalog.
"""

import functools
import gettext
import re
from pathlib import Path

LOCALE = Path(__file__).parent.parent / "locale"
VIETNAMESE = "vi"
_ENGLISH = "en"
_DOMAIN = "pages"
_IN_SCRIPT = re.compile(r'(?<![\w$.])_\(\s*("(?:[^"\\\n]|\\.)*")\s*\)')


def speak(text: str, language: str) -> str:
    """Return a text of a page in a language.

    >>> speak("Trang chủ", "vi"), speak("Trang chủ", "en-GB")
    ('Trang chủ', 'Home')
    """
    return text if language == VIETNAMESE else read_words(language).gettext(text)


def is_english(language: str) -> bool:
    """Tell whether dates and numbers have the form of English: in all languages but Vietnamese."""
    return _code(language) != VIETNAMESE


@functools.cache
def read_words(language: str) -> gettext.NullTranslations:
    """Return the words of a language, as gettext has them, or else English ones."""
    code = _code(language)
    if code == VIETNAMESE:
        return gettext.NullTranslations()
    return gettext.translation(_DOMAIN, LOCALE, [code, _ENGLISH])


def _code(language: str) -> str:
    return language.partition("-")[0].lower() or VIETNAMESE


def word(text: str) -> str:
    """Return the text as it is; it is collected for the catalogs, and translated elsewhere."""
    return text


def translate_script(source: str, language: str) -> str:
    """Return a script with the texts that it marks, ``_("Đóng")``, in a language.

    No reader waits for a catalog.

    >>> translate_script('close.title = _("Đóng");', "vi")
    'close.title = "Đóng";'
    """
    # Dates and numbers are spoken of where nothing is published, too.
    import msgspec

    def replace(found: re.Match[str]) -> str:
        text = msgspec.json.decode(found[1], type=str)
        return msgspec.json.encode(speak(text, language)).decode()

    return _IN_SCRIPT.sub(replace, source)
