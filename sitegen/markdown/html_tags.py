"""Which text between angle brackets is HTML, as ``<b>``, and which is only text: ``<Văn A>``."""

import re

# Every element of HTML that has ever been one: https://html.spec.whatwg.org/#elements-3 and
# "Obsolete features"; the content of those that a page must not hold is kept.
ELEMENTS = frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink"
    " blockquote body br button canvas caption center cite code col colgroup data datalist dd del"
    " details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame"
    " frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend"
    " li link main map mark marquee menu meta meter nav nobr noembed noframes noscript object ol"
    " optgroup option output p param picture pre progress q rp rt ruby s samp script search section"
    " select slot small source span strike strong style sub summary sup svg table tbody td template"
    " textarea tfoot th thead time title tr track tt u ul var video wbr".split()
)
# Those that begin a block of HTML (CommonMark 0.31, "HTML blocks", condition 6).
BLOCKS = frozenset(
    "address article aside base basefont blockquote body caption center col colgroup dd details"
    " dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6"
    " head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option"
    " p param search section summary table tbody td tfoot th thead title tr track ul".split()
)
# Those whose end need not be written.
OPEN_ENDED = frozenset(
    "area base basefont body br col colgroup dd dt embed head hr html iframe img input li link meta"
    " optgroup option p param rp rt source tbody td tfoot th thead tr track wbr".split()
)
# Those that hold nothing.
EMPTY = frozenset(
    "area base basefont br col embed hr img input link meta param source track wbr".split()
)
# Those that hold whole passages.
CONTAINERS = frozenset("article aside center details div figure footer header main section".split())

# A page must not hold these, and without them something is missing; of the
# first ones, not even the text inside is kept.
REMOVED_WHOLE = frozenset("script style template title".split())
REMOVED = REMOVED_WHOLE | frozenset(
    "applet audio button canvas embed form frame frameset iframe input link map meta noscript"
    " object option output select svg textarea video".split()
)

TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)"
    r"(?P<attributes>(?:\s+[A-Za-z_:@][A-Za-z0-9_:.-]*"
    r"(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?)*)\s*/?>"
)
# What may stand in an attribute list of Markdown: {.wide #part lang=en}.
_ATTRIBUTE = r"(?:[.#][\w:-]+|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s}'\"]+))"
ATTRIBUTE_LIST = rf"\{{:?[ ]*({_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*)[ ]*\}}"
# Word writes elements of its own: <o:p>, <st1:place>.
OF_WORD = re.compile(r"</?(?:[ovwm]|st1):[A-Za-z]+\b[^<>]*>")
# A tag, or what only begins as one: a browser would leave out all that follows. A backslash in
# front of it is still there in HTML that is only copied.
_ANGLED = re.compile(rf"\\?(?:{TAG.pattern}|</?(?=[^\W\d_])[^<>]*>?)|<!--|<(?!/?[^\W\d_])")


def is_tag(written: str, source: str) -> bool:
    """Tell whether ``written``, from ``<`` to ``>``, is a tag of HTML.

    ``source`` is the whole text in small letters. Nobody writes ``<B>`` for bold text any more, but
    many do for a place that is to be filled in: in capitals, an element must have an end.
    """
    tag = TAG.fullmatch(written)
    if not tag:
        return OF_WORD.fullmatch(written) is not None
    name = tag["name"].lower()
    if name not in ELEMENTS or (name == "a" and not tag["end"] and not tag["attributes"].strip()):
        return False
    if tag["name"].islower() or tag["end"] or name in OPEN_ENDED:
        return True
    return f"</{name}" in source


def escape_text(converted: str, source: str) -> str:
    """Return HTML in which what is no tag is text, also where Python-Markdown only copied it.

    ``source`` is the whole text that it was made of.
    """
    if "<" not in source:
        return converted
    lowered, comments_end = source.lower(), converted.rfind("-->")

    def escape(found: re.Match[str]) -> str:
        written = found[0].removeprefix("\\")
        if written == "<!--" and found.start() < comments_end:
            return written
        return found[0] if is_tag(written, lowered) else f"&lt;{written[1:]}"

    return _ANGLED.sub(escape, converted)
