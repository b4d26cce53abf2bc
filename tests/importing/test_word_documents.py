"""Documents as offices write them: each becomes an article, and no word of it is lost."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sitegen.content.config import parse_config
from sitegen.importing.drafts import Draft, make_draft, write_draft
from sitegen.importing.legacy_encodings import convert
from sitegen.importing.sources import open_document
from support.office_documents import HABITS, LABELS, Habit, count_words, read_words, save_document
from support.site_folder import NOW, SiteFolder
from support.tiny_theme import make_tiny_site

_LEAST_HABITS = 20
# What a draft of an editor may still be told.
_PERMITTED = {"title-long", "lead-long"}


@pytest.fixture(scope="module", params=HABITS, ids=[each.name for each in HABITS])
def habit(request: pytest.FixtureRequest) -> Habit:
    found: Habit = request.param
    return found


def convert_document(path: Path, encoding: str = "") -> Draft:
    return make_draft(open_document(path).convert(encoding), fallback=path.stem)


def write(site: SiteFolder, draft: Draft) -> str:
    """Write a draft into a site, and return its file."""
    category = parse_config((site.root / "config.yaml").read_bytes()).every_category()[0]
    written = write_draft(site.root, draft, category, NOW, "", [each.text for each in draft.notes])
    return (site.root / written.path).read_text("utf-8")


def test_there_are_twenty() -> None:
    assert len(HABITS) >= _LEAST_HABITS


def test_its_parts_are_found(habit: Habit, tmp_path: Path) -> None:
    draft = convert_document(save_document(habit, tmp_path / f"{habit.name}.docx"), habit.encoding)
    parts = draft.parts
    found = {
        "title": parts.title,
        "lead": parts.lead,
        "author": parts.authors,
        "source": parts.source,
        "caption": parts.photo and parts.photo.caption,
        "credit": parts.photo and parts.photo.credit,
    }
    assert {name: found[name] for name in habit.fields} == habit.fields


def test_it_becomes_a_draft_that_builds_without_a_word_lost(habit: Habit, tmp_path: Path) -> None:
    document = save_document(habit, tmp_path / f"{habit.name}.docx")
    site = make_tiny_site(tmp_path / "site")
    text = write(site, convert_document(document, habit.encoding))
    assert "\ndraft: true\n" in text
    for piece in habit.pieces:
        assert piece in text
    problems = site.find_problems()
    assert [each for each in problems if each.code not in _PERMITTED] == []
    site.build(drafts=True)

    said = read_words(document)
    if habit.encoding:
        said = convert(said, habit.encoding) if habit.encoding == "vni" else ""
    wanted = count_words(said) - count_words(habit.left_out)
    lost = wanted - count_words(_read_as_text(text))
    assert set(lost) - LABELS == set()


def _read_as_text(source: str) -> str:
    """Return a file of an article without the signs of Markdown inside words."""
    plain = re.sub(r"\\(?=[\W_])|</?su[bp]>|\[\^\d\]", "", source).replace("<br>", " ")
    plain = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), plain).replace("&amp;", "&")
    return plain.translate(str.maketrans("²₂", "22")).replace("**", "").replace("*", " ")


def test_an_encoding_is_found_where_there_is_one(habit: Habit, tmp_path: Path) -> None:
    document = open_document(save_document(habit, tmp_path / "bai.docx"))
    assert document.find_encoding() == habit.encoding


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not at hand")
@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf"])
def test_documents_of_other_programs_say_the_same(suffix: str, tmp_path: Path) -> None:
    habit = HABITS[0]
    document = save_document(habit, tmp_path / "bai.docx")
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", suffix]
    subprocess.run([*command, "--outdir", tmp_path, document], check=True, capture_output=True)
    draft = convert_document(tmp_path / f"bai.{suffix}")
    assert draft.parts.title == habit.fields["title"]
    assert draft.parts.lead == habit.fields["lead"]
    assert draft.parts.authors == habit.fields["author"]
    site = make_tiny_site(tmp_path / "site")
    text = write(site, draft)
    for piece in habit.pieces:
        assert piece in text
    assert [each for each in site.find_problems() if each.code not in _PERMITTED] == []
