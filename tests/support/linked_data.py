"""What a reader of linked data needs of schema.org, and a text that tries to end a script."""

from typing import Any

SCHEMA = "https://schema.org/"
HOSTILE = '</script><script>alert("1")</script>&<!-- \\ \U0001f600'


def load_context(url: str, _: object) -> dict[str, Any]:
    """Return the context of schema.org as far as it matters here: what names and addresses are."""
    assert url.rstrip("/") == "https://schema.org"
    addresses = {name: {"@type": "@id"} for name in ("item", "url", "mainEntityOfPage")}
    context = {"@vocab": SCHEMA, **addresses}
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": context}}
