"""What is printed of problems: few of them, and thousands."""

import os
import pty
import subprocess
import sys

import pytest

from sitegen.cli.listing import MOST_OF_A_KIND, choose_colour, list_problems, summarise
from sitegen.problems import Place, Problem, problem, warning
from support.site_folder import CONFIG, SiteFolder

MANY = MOST_OF_A_KIND + 1


def missing(path: str, line: int) -> Problem:
    return problem("link-missing", Place(path, line), value="x.md", nearest="")


def embargo(path: str) -> Problem:
    return warning("article-embargoed", Place(path, 3), moment="2030-01-01")


@pytest.mark.parametrize(
    ("problems", "vietnamese", "english"),
    [
        ([], "Không tìm thấy lỗi nào.", "No problems found."),
        ([embargo("content/a.md")], "Không có lỗi, 1 nhắc.", "No errors, 1 warning."),
        ([missing("content/a.md", 7)], "1 lỗi trong 1 bài.", "1 error in 1 article."),
        (
            [
                *(missing("content/a.md", 7), missing("content/a.md", 8)),
                *(missing("content/b.md", 7), *[embargo(f"content/{n}.md") for n in range(5)]),
            ],
            "3 lỗi trong 2 bài, 5 nhắc.",
            "3 errors in 2 articles, 5 warnings.",
        ),
        (
            [missing("content/a.md", 7), missing("content/pages/p.md", 7)],
            "2 lỗi trong 2 tệp.",
            "2 errors in 2 files.",
        ),
        (
            [missing("content/a.md", line) for line in range(1200)],
            "1.200 lỗi trong 1 bài.",
            "1,200 errors in 1 article.",
        ),
    ],
)
def test_the_last_line_says_how_many_there_are(
    problems: list[Problem], vietnamese: str, english: str
) -> None:
    assert summarise(problems, "vi") == vietnamese
    assert summarise(problems, "en") == english


@pytest.mark.parametrize("shortened", [True, False])
def test_few_problems_are_listed_one_by_one(*, shortened: bool) -> None:
    problems = tuple(missing("content/a.md", line) for line in range(MOST_OF_A_KIND))
    listing = list_problems(problems, "vi", shortened=shortened)
    assert (len(listing.lines), listing.kinds) == (MOST_OF_A_KIND, ())


def test_of_a_frequent_kind_the_first_is_shown_and_the_number() -> None:
    problems = (
        *(missing("content/a.md", line + 1) for line in range(MANY)),
        problem("file-empty", Place("content/b.md")),
        *(embargo(f"content/{number}.md") for number in range(MANY)),
    )
    listing = list_problems(problems, "vi", shortened=True)
    assert [line.split(": ")[0] for line in listing.lines] == [
        *("content/a.md:1:1", "content/b.md:1:1", "content/0.md:3:1"),
    ]
    assert "--all" in listing.kinds[0]
    assert listing.kinds[1].split(maxsplit=2) == [
        *(str(MANY), "link-missing"),
        "liên kết dẫn tới `…`, nhưng không có tệp hay trang này",
    ]
    assert len(listing.kinds) == 3
    whole = list_problems(problems, "vi", shortened=False)
    assert len(whole.lines) == len(problems)
    assert whole.kinds[1:] == listing.kinds[1:]
    assert "--all" not in whole.kinds[0]


def test_the_environment_chooses_colours() -> None:
    assert choose_colour({}) is None
    assert choose_colour({"NO_COLOR": "1", "FORCE_COLOR": "1"}) is False
    assert choose_colour({"FORCE_COLOR": "1", "NO_COLOR": ""}) is True


def check(site: SiteFolder, *flags: str, **environment: str) -> str:
    """Return what `check` prints on standard error where that is a pipe."""
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "--root", str(site.root), "check", *flags],
        env={**os.environ, **environment},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        encoding="utf-8",
        check=False,
    )
    return done.stderr


def check_on_terminal(site: SiteFolder, *flags: str) -> str:
    """Return what `check` prints on a terminal."""
    own, theirs = pty.openpty()
    command = [sys.executable, "-m", "sitegen", "--root", str(site.root), "check", *flags]
    with subprocess.Popen(command, stderr=theirs, stdout=theirs, stdin=theirs) as process:
        os.close(theirs)
        said = b""
        while True:
            try:
                piece = os.read(own, 10_000)
            except OSError:
                break
            if not piece:
                break
            said += piece
        process.wait()
    os.close(own)
    return said.decode().replace("\r\n", "\n")


@pytest.fixture
def faulty(site: SiteFolder) -> SiteFolder:
    site.write("config.yaml", CONFIG.replace("language: en", "language: vi"))
    return site.article("a", "\n\n".join(f"[x](khong-{number}.md)" for number in range(MANY)))


def test_programs_get_every_line_without_colours(faulty: SiteFolder) -> None:
    said = check(faulty)
    assert said.count("link-missing lỗi: ") == MANY
    assert "\033" not in said
    assert said.splitlines()[-1] == f"{MANY} lỗi trong 1 bài."
    coloured = check(faulty, FORCE_COLOR="1")
    assert ": link-missing \033[" in coloured
    assert "\033" not in check(faulty, FORCE_COLOR="1", NO_COLOR="1")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such terminal")
def test_people_get_the_first_of_a_kind_unless_they_want_all(faulty: SiteFolder) -> None:
    said = check_on_terminal(faulty)
    assert said.count("content/a.md:") == 1
    assert "\033[31m" in said
    assert "--all" in said
    assert check_on_terminal(faulty, "--all").count("content/a.md:") == MANY
