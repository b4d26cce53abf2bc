"""Documents in the search index: their names, their texts, and none of a hidden text."""

from typing import Any

import pytest

from sitegen.media.documents import read_texts
from support.documents import lock_pdf, make_pdf
from support.doubles import note_calls
from support.search_index import list_documents
from support.site_folder import SiteFolder

PATH = "content/media/ke-hoach_so 12.pdf"
URL = "/media/ke-hoach_so%2012.pdf"


def read_index(site: SiteFolder) -> dict[str, dict[str, Any]]:
    """Return what the index says of each text, by its address."""
    return list_documents(site.output)


@pytest.fixture
def documented(site: SiteFolder) -> SiteFolder:
    site.write(PATH, make_pdf(["Nghi quyet so muoi hai"], title="Nghi quyet ve nong thon"))
    return site.article("mot", "[Một](</media/ke-hoach_so 12.pdf>)")


def test_a_document_is_found_by_its_text(documented: SiteFolder) -> None:
    documented.build(search=True)
    found = read_index(documented)[URL]
    # The name of the file is found as well.
    assert found["content"] == "ke hoach so 12\nNghi quyet so muoi hai"
    assert found["title"] == "Nghi quyet ve nong thon"
    assert found["note"].startswith("PDF, 1 trang, ")


def test_a_document_without_a_title_is_called_as_its_file(documented: SiteFolder) -> None:
    documented.write(PATH, make_pdf(["khac"])).write("content/media/khoa.pdf", lock_pdf())
    documented.build(search=True)
    index = read_index(documented)
    assert index[URL]["title"] == "ke hoach so 12"
    assert index[URL]["content"] == "khac"
    assert (index["/media/khoa.pdf"]["title"], index["/media/khoa.pdf"]["content"]) == ("khoa", "")


def test_a_document_that_changes_is_read_again(
    documented: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    documented.build(search=True)
    # As many bytes as before.
    documented.write(PATH, make_pdf(["Nghi quyet so muoi ba."], title="Nghi quyet ve nong thon"))
    documented.build(search=True)
    assert read_index(documented)[URL]["content"].endswith("Nghi quyet so muoi ba.")
    calls = note_calls(monkeypatch, read_texts)
    documented.article("hai").build(search=True)
    assert calls == []
    (documented.root / PATH).unlink()
    documented.article("mot").build(search=True)
    assert URL not in read_index(documented)


def test_the_text_of_a_draft_s_document_is_not_searched(documented: SiteFolder) -> None:
    body = "[Một](</media/ke-hoach_so 12.pdf>)"
    documented.article("mot", body, draft="true").article("hai").build(search=True)
    written = b"".join(documented.files().values())
    index = read_index(documented)
    assert URL not in index
    assert not [each for each in index.values() if "muoi hai" in each.get("content", "")]
    assert b"Nghi quyet" not in written
    documented.article("mot", body).build(search=True)
    assert URL in read_index(documented)
