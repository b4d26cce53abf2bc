"""The addresses in a sitemap."""

from xml.etree import ElementTree as ET

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def list_addresses(sitemap: bytes) -> list[str]:
    return [each.text or "" for each in ET.fromstring(sitemap).iter(f"{SITEMAP}loc")]  # noqa: S314 (our own)
