"""Every remedy that a message offers helps: who does what it says has a good site in the end."""

import gettext
import string
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.build import check
from sitegen.cli.messages import LOCALE
from sitegen.problems import Problem, ProblemsFoundError
from support.bad_inputs import BAI, FILE_CASES, REFUSED, Case, FileCase, article
from support.remedies import REMEDIES, use_good_article
from support.shared_work import share_templates
from support.site_folder import SiteFolder
from support.told_texts import TOLD

# So many messages are followed, one after the other.
PATIENCE = 12
WORDS = gettext.translation("problems", LOCALE, ["vi"])
# Remedies for what no input brings about, but a command, the machine, a library (test_guard.py)
# or a fault of the theme (test_gate.py); those of limits that only thousands of files reach
# (tests/hosting/test_excesses.py); and those of warnings: two need an earlier build
# (test_lost_addresses.py).
NOT_OF_THE_CONTENT = {
    *(
        "file-changing",
        "file-exists",
        "folder-not-empty",
        "locked",
        "editor-failed",
        "theme-missing",
        "theme-outside",
        "theme-waiting",
        "now-form",
        "output-unsafe",
    ),
    *(
        "output-unwritable",
        "port-taken",
        "title-letters",
        "verify-differs",
        "why-unknown",
        "file-unlisted",
    ),
    *("document-damaged", "document-kind", "document-large", "document-locked"),
    *("encoding-legacy", "extra-missing", "office-missing"),
    *("document-empty", "import-empty", "import-kind", "import-map", "import-unreadable"),
    *("photo-damaged", "photo-folder", "photo-kind", "photo-large"),
    *("file-memory", "file-slow", "file-unreadable", "hidden-published", "legacy-encoding"),
    *("address-changed", "address-gone", "words-lost"),
    *("figures-damaged", "goaccess-failed", "goaccess-missing", "log-damaged", "log-unread"),
    "goatcounter-failed",
    "stats-source",
    *("against-broken", "against-commitless", "against-no-git", "against-unknown"),
    "changes-options",
    "stats-unbuilt",
    *("host-file", "host-files", "host-folder", "host-header", "host-redirects", "host-size"),
    *("address-taken", "move-folder", "move-nowhere", "tag-configured", "tag-unknown"),
    *("desk-changed", "desk-missing", "desk-npm-failed", "desk-npm-missing"),
    "desk-package-changed",
    *("package-digest", "package-form", "package-missing"),
    *("release-blocked", "release-drafts", "release-first", "release-outdated"),
    *("release-remote", "release-unbuilt", "release-unknown", "publish-unsupported"),
    *("release-unlisted", "setting-unset"),
}


def find_problems(site: SiteFolder) -> list[Problem]:
    try:
        return list(check(site.request()))
    except ProblemsFoundError as error:
        return list(error.problems)


def find_errors(site: SiteFolder) -> list[Problem]:
    return [each for each in find_problems(site) if not each.warning]


def offers_remedy(problem: Problem) -> bool:
    """Tell whether the message says what to do: a hint is shown if all that it names is known."""
    key = f"{problem.code}.hint"
    hint = WORDS.gettext(key)
    names = {name for _, name, _, _ in string.Formatter().parse(hint) if name}
    return hint != key and all(problem.arguments.get(name) for name in names)


def follow_messages(
    site: SiteFolder, find: Callable[[SiteFolder], list[Problem]] = find_errors
) -> None:
    """Follow the first message that offers a remedy until there is none."""
    first: Problem | None = None
    for _ in range(PATIENCE):
        first = next((each for each in find(site) if offers_remedy(each)), None)
        if first is None:
            return
        REMEDIES[first.code](site.root, first)
        if not (site.root / BAI).parent.is_dir():
            use_good_article(site.root)
        left = [(each.code, each.place.path, each.arguments) for each in find(site)]
        assert (first.code, first.place.path, first.arguments) not in left, first
    pytest.fail(f"after {PATIENCE} remedies there is still {first}")


@pytest.fixture
def quick(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    share_templates(monkeypatch)
    return site


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name[:50])
def test_following_the_messages_ends_in_a_good_site(case: Case, quick: SiteFolder) -> None:
    for path, text in case.files.items():
        quick.write(path, text)
    if any("templates/" in each for each in case.files):
        quick.write(BAI, article())
    follow_messages(quick)
    assert not [each for each in find_errors(quick) if offers_remedy(each)]


@pytest.mark.parametrize("case", FILE_CASES, ids=lambda case: case.name)
def test_following_the_messages_about_files_ends_in_a_good_site(
    case: FileCase, quick: SiteFolder
) -> None:
    quick.write(BAI, article("![Ảnh](a.png)" if "content/a.png" in str(case.problems) else "Một"))
    case.arrange(quick.root / "content")
    follow_messages(quick)
    assert not [each for each in find_errors(quick) if offers_remedy(each)]


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case.name)
def test_following_what_is_told_of_a_text_ends_with_nothing_to_tell(
    case: Case, quick: SiteFolder
) -> None:
    for path, text in case.files.items():
        quick.write(path, text)
    follow_messages(quick, find_problems)
    assert not find_problems(quick)


def test_every_remedy_is_tried() -> None:
    catalog = Path(LOCALE, "vi", "LC_MESSAGES", "problems.po").read_text("utf-8")
    hinted = {
        line.removeprefix('msgid "').removesuffix('.hint"')
        for line in catalog.split("\n")
        if line.endswith('.hint"')
    }
    problems = [each for case in REFUSED for each in case.problems]
    problems += [each for case in FILE_CASES for each in case.problems]
    problems += [each for case in TOLD for each in case.problems]
    tried = {each.rpartition(" ")[2] for each in problems}
    assert hinted - tried == NOT_OF_THE_CONTENT
    assert tried & hinted <= REMEDIES.keys()
