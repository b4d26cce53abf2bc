"""The tools that measure sitegen beside others: their articles, their site, their tables."""

import os
import re
from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks import corpus, measure, report, words
from benchmarks.chart import draw_chart
from benchmarks.command import main
from benchmarks.corpus import Article, make_articles, make_body, make_heads, slugify
from benchmarks.forms import FORMS, make_site
from benchmarks.parts import PARTS, Part, find, load_generator
from benchmarks.results import (
    Comparison,
    Machine,
    Measurement,
    Results,
    merge_comparisons,
    parse_results,
    read_results,
)
from benchmarks.results import write_results as write
from benchmarks.stages import STAGES
from sitegen.build import Request, build, check
from sitegen.foundation import text
from sitegen.incremental.cache_file import FILE
from support.html_tree import parse
from support.site_folder import REPOSITORY, SiteFolder

COUNT = 30
STRANGE = """---
title: Quy chế của Đảng ủy & các văn bản №5
date: 2016-05-06 07:08
category: Thông báo
author: [Ban Biên tập]
tags: ["thi đua", khen thưởng]
---

Đoạn văn[^1] có <em>thẻ</em>.

- mục

  đoạn trong mục

[^1]: Chú thích.
"""
MACHINE = Machine("Made-up processor", 2, 24, "6.0", "3.11.7", 0.1)


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return list(make_articles(make_heads(COUNT)))


def test_the_same_articles_come_in_every_run(articles: list[Article]) -> None:
    assert list(make_articles(make_heads(COUNT))) == articles
    assert list(make_articles(make_heads(COUNT, seed=1), seed=1)) != articles


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one(articles: list[Article]) -> None:
    heads = make_heads(300)
    assert list(islice(make_articles(heads), COUNT)) == articles


def test_articles_are_of_ten_kilobytes(articles: list[Article]) -> None:
    sizes = [len(article.body.encode()) for article in articles]
    assert 9_000 < sum(sizes) / len(sizes) < 11_000
    assert 6_000 < min(sizes) < max(sizes) < 16_000


def test_articles_are_spread_over_categories_authors_tags_and_ten_years() -> None:
    heads = make_heads(2_000)
    assert Counter(head.category for head in heads).keys() == set(words.CATEGORIES)
    assert len({head.author for head in heads}) == corpus.AUTHORS
    assert len({tag for head in heads for tag in head.tags}) == corpus.TAGS
    assert {head.date.year for head in heads} == set(range(2016, 2026))
    assert len({head.slug for head in heads}) == len(heads)
    assert max(head.date for head in heads) < corpus.NOW


def test_addresses_are_made_as_sitegen_makes_them() -> None:
    heads = make_heads(300)
    assert [slugify(head.title) for head in heads] == [text.slugify(head.title) for head in heads]
    for names in (words.CATEGORIES, corpus.author_names(), corpus.tag_names()):
        slugs = [text.slugify(name) for name in names]
        assert slugs == [slugify(name) for name in names]
        assert len(set(slugs)) == len(slugs)


def test_bodies_hold_everything_that_news_hold() -> None:
    heads = make_heads(200)
    bodies = "\n".join(make_body(head, heads) for head in heads)
    for pattern in (
        *(
            r"^## ",
            r"^- ",
            r"^1\. ",
            r"^> ",
            r"^\| --- ",
            r"\*\*[^*\n]+\*\*",
            r"(?<!\*)\*[^*\n]+\*",
        ),
        *(r'"[^"\n]+"', r"\]\(https://", r"\]\(article:\d+\)"),
    ):
        assert re.search(pattern, bodies, re.MULTILINE), pattern
    assert "{" not in bodies


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_a_site_with_all_articles(form: str, tmp_path: Path) -> None:
    heads = make_site(FORMS[form], tmp_path / "site", 8)
    for head in heads:
        written = (tmp_path / "site" / FORMS[form].locate(head)).read_text("utf-8")
        assert head.title in written
        assert "article:" not in written


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a built plain site."""
    root = tmp_path_factory.mktemp("plain") / "site"
    make_site(FORMS["sitegen"], root, COUNT)
    request = Request(root=root, output=root / "output", now=corpus.NOW, jobs=1)
    assert check(request) == ()
    build(request)
    return root


def test_the_plain_site_has_exactly_the_pages_that_are_compared(plain: Path) -> None:
    output = plain / "output"
    built = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    heads = make_heads(COUNT)
    expected = {f"{head.url[1:]}index.html" for head in heads}
    expected |= {"index.html", "404.html", "tim-kiem/index.html", "robots.txt", "aliases.json"}
    expected |= {"opensearch.xml", "manifest.json", "aliases.txt", "so-do-trang/index.html"}
    expected.add("rss/index.html")
    expected |= {"rss.xml", "feed.json", "sitemap.xml"}
    expected |= {f"sitemap/{name}.xml" for name in ("1", "danh-sach-1", "trang")}
    for section in map(slugify, words.CATEGORIES):
        expected |= {f"{section}/{name}" for name in ("index.html", "rss.xml", "feed.json")}
        if any(head.section == section for head in heads):
            expected.add(f"{section}/trang/1/index.html")
    assert built == expected


def test_a_plain_article_shows_all_that_is_compared(plain: Path) -> None:
    heads = make_heads(COUNT)
    for head in heads:
        page = (plain / "output" / head.url[1:] / "index.html").read_text("utf-8")
        shown = parse(page).text
        opening = make_body(head, heads).partition(".")[0]
        for words_of in (head.title, head.lead, head.author, head.category, opening, *head.tags):
            assert words_of in shown
        assert f"{head.date:%d/%m/%Y}" in shown


def make_results(*measurements: Measurement) -> Results:
    return Results("2026-01-02T03:04+00:00", MACHINE, {"sitegen": "sitegen 1"}, measurements)


OWN = Measurement(1_000, "clean", "sitegen", (2.0, 1.0, 3.0), 100 << 20, 1_068, (1_095,))
HUGO = Measurement(1_000, "clean", "hugo", (4.0, 4.0, 5.0), 400 << 20, 1_067, (1_079, 1_080))
SLOW = Measurement(1_000, "clean", "nikola", (), failure="nikola: more than 900 s\nand more")
RESULTS = make_results(OWN, HUGO, SLOW)


def test_the_table_shows_medians_and_ratios() -> None:
    head, own, hugo, slow = report.format_table(RESULTS).splitlines()
    assert head.split()[:3] == ["articles", "scenario", "generator"]
    assert "2.00 s" in own
    assert "1.00–3.00" in own
    assert "100 MiB" in own
    assert "1,079–1,080" in hugo
    assert hugo.split()[-2:] == ["0.50", "0.25"]
    assert "more than 900 s" in slow


def test_a_theme_is_compared_with_its_like() -> None:
    portal = [replace(each, generator=f"{each.generator}-portal") for each in (OWN, HUGO)]
    results = make_results(HUGO, *portal)
    assert [row[-2] for row in report.make_rows(results)] == ["–", "–", "0.50"]


def test_the_page_says_nothing_that_was_not_measured() -> None:
    page = report.format_page(RESULTS)
    assert "### Clean build" in page
    assert "Nothing changed" not in page
    assert "measurements of 2026-01-02" in page
    assert "Made-up processor, 2 cores, 24 GiB" in page
    assert "and more" not in page
    assert report.CHART_NAME not in report.format_page(make_results(SLOW))


def test_the_chart_is_a_line_for_each_generator() -> None:
    larger = [replace(each, size=10_000) for each in (OWN, HUGO)]
    others = [replace(OWN, generator=f"sitegen-{name}") for name in ("portal", "search")]
    results = make_results(OWN, HUGO, SLOW, *larger, *others)
    picture = ET.fromstring(report.draw_clean_builds(results))  # noqa: S314 (ours)
    names = [element.text for element in picture.iter() if element.tag.endswith("text")]
    lines = [element for element in picture.iter() if element.tag.endswith("polyline")]
    assert len(lines) == 2
    assert {"sitegen", "hugo", "1,000", "10,000", "articles"} <= set(names)
    assert "nikola" not in names


@pytest.mark.parametrize("points", [[], [(1_000, 1.0)], [(1_000, 10.0), (5_000, 10.0)]])
def test_any_number_of_points_is_a_chart(points: list[tuple[int, float]]) -> None:
    ET.fromstring(draw_chart("A < B", {"one": points}))  # noqa: S314 (ours)


def test_results_survive_json(tmp_path: Path) -> None:
    write(RESULTS, tmp_path / "folder" / "results.json")
    assert read_results(tmp_path / "folder" / "results.json") == RESULTS
    with pytest.raises(KeyError):
        parse_results({})


def test_a_run_gives_its_time_or_its_memory(tmp_path: Path) -> None:
    log = tmp_path / "log"
    command = ("python3", "-c", "import time; kept = bytearray(50_000_000); time.sleep(0.3)")
    timed = measure.run_program(command, tmp_path, log, limit=10, sample=False)
    assert 0.3 < timed.seconds < 10
    assert timed.memory == 0
    sampled = measure.run_program(command, tmp_path, log, limit=10, sample=True)
    assert 50_000_000 < sampled.memory < 150_000_000


def test_a_run_that_fails_says_why(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with pytest.raises(measure.RunFailedError, match=r"exit code 3\nsome words"):
        measure.run_program(
            ("sh", "-c", "echo some words; exit 3"), tmp_path, log, limit=10, sample=False
        )
    with pytest.raises(measure.TooSlowError):
        measure.run_program(("sleep", "9"), tmp_path, log, limit=0.1, sample=False)


def test_a_whole_build_stands_for_what_cannot_be_built_in_parts() -> None:
    edited = replace(OWN, scenario="edited", seconds=(0.2, 0.1, 0.3))
    live = replace(HUGO, scenario="live")
    rows = report.make_rows(make_results(OWN, HUGO, SLOW, edited, live))
    shown = [(row[1], row[2], row[-2]) for row in rows]
    assert shown == [
        ("clean build", "sitegen", "–"),
        ("clean build", "hugo", "0.50"),
        ("clean build", "nikola", "–"),
        ("one article edited", "sitegen", "–"),
        ("one article edited", "hugo", "0.050"),
        ("from saving to seeing", "hugo", "–"),
    ]


def test_the_processor_time_is_that_of_all_processes(tmp_path: Path) -> None:
    work = "sum(range(9_000_000))"
    program = f"import os; process = os.fork(); {work}; process and os.waitpid(process, 0)"
    for command, least, most in ((program, 0.2, 10.0), ("import time; time.sleep(0.3)", 0, 0.2)):
        run = measure.run_program(
            ("python3", "-c", command), tmp_path, tmp_path / "log", limit=10, sample=False
        )
        assert least < run.processor < most
    alone = measure.run_program(
        ("python3", "-c", work), tmp_path, tmp_path / "log", limit=10, sample=False
    )
    assert alone.processor > 0


class TestComparisons:
    """Two commands in turn: another version beside this one, a build without a special path."""

    VERSIONS = Comparison(
        *("versions", "portal", 1_000, "edited"),
        seconds=((1.0, 0.9), (2.0, 1.0), (1.0, 1.2)),
        processor=((1.0, 0.8), (1.0, 0.8), (1.0, 0.8)),
        memory=(100 << 20, 50 << 20),
    )
    CLEAN = Comparison("parts", "sort", 1_000, "clean", ((1.0, 1.0),), ((2.0, 2.5),), lines=11)
    EDITED = Comparison("parts", "sort", 5_000, "edited", ((1.0, 1.0),), ((0.5, 0.512),), lines=11)

    def make(self, *comparisons: Comparison) -> Results:
        versions = {"before": "sitegen 1", "now": "sitegen 2"}
        return replace(RESULTS, versions=versions, comparisons=comparisons)

    def test_they_survive_json(self, tmp_path: Path) -> None:
        results = self.make(self.VERSIONS, self.CLEAN)
        write(results, tmp_path / "results.json")
        assert read_results(tmp_path / "results.json") == results

    def test_a_ratio_is_that_of_neighbouring_runs(self) -> None:
        page = report.format_page(self.make(self.VERSIONS))
        assert "(sitegen 1; sitegen 2)" in page
        row = next(line for line in page.splitlines() if "| portal |" in line)
        assert row == (
            "| 1,000 | portal | one article edited | 1.00 s | 1.00 s | 0.90 | 0.50–1.20 | 0.80 "
            "| 0.50 (50 MiB) |"
        )

    def test_a_path_has_its_lines_and_what_it_saves(self) -> None:
        page = report.format_page(self.make(self.CLEAN, self.EDITED))
        assert "The version before" not in page
        title = PARTS["sort"].title
        row = next(line for line in page.splitlines() if title in line)
        assert row == (
            f"| {title} | plain | 11 | 1,000: 2.00 s | 2.50 s | 1.250 | 5,000: 0.500 s | 0.512 s "
            "| 12 ms |"
        )

    def test_what_was_measured_again_counts_once(self) -> None:
        later = replace(self.VERSIONS, seconds=((1.0, 3.0),))
        assert merge_comparisons([self.VERSIONS, self.CLEAN, later]) == (later, self.CLEAN)

    @pytest.mark.slow
    def test_two_versions_are_built_in_turn(self, tmp_path: Path) -> None:
        few = ("--sizes", "30", "--runs", "1", "--starts", "0")
        some = ("--themes", "plain", "--scenarios", "clean", "unchanged")
        (found,) = self.run(tmp_path, "compare", str(REPOSITORY), *few, *some)
        assert [each.scenario for each in found.comparisons] == ["clean", "unchanged"]
        for each in found.comparisons:
            assert len(each.seconds) == len(each.processor) == 1
            assert 0.1 < each.seconds[0][1] / each.seconds[0][0] < 10

    @pytest.mark.slow
    def test_a_build_is_measured_without_a_path(self, tmp_path: Path) -> None:
        options = ("--parts", "sort", "--sizes", "30", "--edits", "30", "--runs", "1")
        (found,) = self.run(tmp_path, "parts", *options)
        assert [each.scenario for each in found.comparisons] == ["clean", "edited"]
        assert all(each.processor and each.lines == 11 for each in found.comparisons)

    def test_what_grows_with_the_archive_is_told_stage_by_stage(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["scale", "--sizes", str(COUNT), "--work", str(tmp_path)]) == 0
        told = capsys.readouterr().out
        rows = {line.split(" | ")[0].strip("| "): line for line in told.splitlines()}
        assert {*STAGES, "clean", "edited", "unchanged", "content", "output"} <= rows.keys()
        assert rows["make pages"].count(" MiB") == 2
        assert f"| {COUNT} |" in rows["content"]
        assert not list(tmp_path.glob("*/content"))

    def run(self, folder: Path, *words: str) -> list[Results]:
        places = ("--work", str(folder / "work"), "--results", str(folder / "results"))
        assert main([*words, *places]) == 0
        return [read_results(path) for path in (folder / "results").iterdir()]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Return a site with the portal's theme, built."""
    site = SiteFolder(tmp_path_factory.mktemp("portal") / "site")
    make_site(FORMS["sitegen-portal"], site.root, COUNT)
    # What only few articles of the corpus hold.
    site.write("content/ngoai-le.md", STRANGE)
    site.build(corpus.NOW)
    return site


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are forked")
@pytest.mark.parametrize("name", PARTS)
def test_without_any_special_path_the_same_site_is_built(portal: SiteFolder, name: str) -> None:
    expected = portal.files()
    process = os.fork()
    if not process:
        try:
            load_generator()
            PARTS[name].switch_off()
            (portal.root / ".sitegen" / FILE).unlink(missing_ok=True)
            portal.output = portal.root / name
            find("build.build")(portal.request(corpus.NOW))
            same = portal.files() == expected
            os._exit(0 if same else 1)
        finally:
            os._exit(2)
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_the_lines_of_a_special_path_are_counted(part: Part) -> None:
    assert part.lines > 0
