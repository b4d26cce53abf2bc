"""A site of 1,200 articles: lists of neighbours, archives, and what one new article changes."""

import random
import re
import shutil
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import unquote

import pytest

from support.html_tree import Element, parse_main
from support.site_folder import NOW, REPOSITORY, ZONE, SiteFolder

pytestmark = pytest.mark.slow

COUNT = 1_200
PAGE_SIZE = 20
NEIGHBOURS = 5
FEED = 20
NEWER, OLDER = "Các tin mới hơn", "Các tin cũ hơn"

# Twelve categories, two of which lie below a third: a parent's lists hold its children's articles.
PARENT = "muc-10"
CATEGORIES = (*(f"muc-{number:02}" for number in range(1, 11)), "muc-10/muc-11", "muc-10/muc-12")
CONFIG = "\n".join(
    [
        "site:",
        "  title: Cổng thử nghiệm",
        "  url: https://example.org",
        "categories:",
        *(f"  - name: Mục {number:02}" for number in range(1, 11)),
        "    children:",
        "      - name: Mục 11",
        "      - name: Mục 12",
        "",
    ]
)


class Story(NamedTuple):
    """What the front matter of one article says, and nothing that the generator computes."""

    date: datetime
    category: str
    slug: str
    author: str
    tags: tuple[str, ...]
    featured: bool = False

    @property
    def url(self) -> str:
        return f"/{self.category}/{self.date:%Y}/{self.date:%m}/{self.slug}/"

    @property
    def title(self) -> str:
        return self.slug.replace("-", " ").capitalize()


def make_stories() -> list[Story]:
    """Return the articles in no particular order; most share their minute with others."""
    chance = random.Random(1)  # noqa: S311 (the same site in every run)
    numbers = chance.sample(range(10_000), COUNT)
    moment = datetime(2015, 1, 4, 8, 0, tzinfo=ZONE)
    stories = []
    for position, number in enumerate(numbers):
        # Three articles of one category share a minute with nine of the next three categories.
        category = CATEGORIES[position // 4 % len(CATEGORIES)]
        if position % 16 == 0:
            moment += timedelta(hours=chance.randrange(200, 2_200))
        tags = tuple(f"Thẻ {tag:02}" for tag in sorted(chance.sample(range(30), position % 3)))
        author = f"Tác giả {chance.randrange(40):02}"
        featured = position % 400 == 0
        date = moment + timedelta(minutes=position % 4 == 3)
        stories.append(Story(date, category, f"tin-{number:04}", author, tags, featured))
    chance.shuffle(stories)
    return stories


def write(site: SiteFolder, story: Story, name: str = "") -> None:
    site.article(
        name or story.slug,
        f"Đoạn mở đầu của {story.title}.\n\n## Một mục\n\nĐoạn sau.",
        title=f'"{story.title}"',
        date=f"{story.date:%Y-%m-%d %H:%M}",
        category=story.category if "/" in story.category else f"Mục {story.category[-2:]}",
        author=story.author,
        tags=f"[{', '.join(story.tags)}]" if story.tags else "",
        featured="true" if story.featured else "",
    )


class BuiltSite(NamedTuple):
    site: SiteFolder
    stories: list[Story]
    files: dict[str, bytes]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    root = tmp_path_factory.mktemp("thousand")
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    site = SiteFolder(root).write("config.yaml", CONFIG)
    stories = make_stories()
    for story in stories:
        write(site, story)
    report = site.build(jobs=2)
    files = site.files()
    assert report.warnings == ()
    assert report.written.written == len(files)
    return BuiltSite(site, stories, files)


def by_hand(stories: list[Story]) -> list[Story]:
    """Return the articles newest first: by date, then by address."""
    return sorted(stories, key=lambda story: (story.date, story.url), reverse=True)


def own_category(stories: list[Story]) -> dict[str, list[Story]]:
    groups: dict[str, list[Story]] = defaultdict(list)
    for story in by_hand(stories):
        groups[story.category].append(story)
    return groups


def neighbours(stories: list[Story]) -> dict[str, tuple[list[str], list[str]]]:
    """Return the addresses of the newer and older articles of each, nearest first."""
    found = {}
    for group in own_category(stories).values():
        for position, story in enumerate(group):
            newer = [each.url for each in reversed(group[:position])][:NEIGHBOURS]
            older = [each.url for each in group[position + 1 :]][:NEIGHBOURS]
            found[story.url] = (newer, older)
    return found


def category_lists(stories: list[Story]) -> dict[str, list[Story]]:
    """Return what each category's list holds, by its address; a parent's holds its children's."""
    lists: dict[str, list[Story]] = {f"/{path}/": [] for path in CATEGORIES}
    for story in by_hand(stories):
        lists[f"/{story.category}/"].append(story)
        if "/" in story.category:
            lists[f"/{PARENT}/"].append(story)
    return lists


def other_lists(stories: list[Story]) -> dict[str, list[Story]]:
    lists: dict[str, list[Story]] = defaultdict(list)
    for story in by_hand(stories):
        lists[f"/tac-gia/tac-gia-{story.author[-2:]}/"].append(story)
        lists[f"/luu-tru/{story.date:%Y/%m}/"].append(story)
        for tag in story.tags:
            lists[f"/the/the-{tag[-2:]}/"].append(story)
    return lists


def page_path(url: str) -> str:
    return f"{url[1:]}index.html" if url.endswith("/") else url[1:]


def read_list(main: Element, heading: str) -> list[str]:
    """Return the addresses in the section under ``heading``, of which there is at most one."""
    sections = [
        each
        for each in main.find_all("section")
        if [child.text.rstrip(" :") for child in each.find_all("h2")] == [heading]
    ]
    assert len(sections) <= 1
    return [link.attributes["href"] for each in sections for link in each.find_all("a")]


def read_cards(main: Element) -> list[str]:
    return [each.find("a").attributes["href"] for each in main.find_all(class_="headline")]


def test_the_site_is_as_large_and_as_tangled_as_it_should_be(built: BuiltSite) -> None:
    assert len({story.url for story in built.stories}) == COUNT
    assert {len(own) for own in own_category(built.stories).values()} == {100}
    minutes = defaultdict(list)
    for story in built.stories:
        minutes[story.category, story.date].append(story)
    assert sum(len(same) > 1 for same in minutes.values()) > 100
    # Files on disk stand in another order than addresses of one minute do.
    assert built.stories != by_hand(built.stories)


def test_newer_and_older_on_every_page_are_those_computed_by_hand(built: BuiltSite) -> None:
    expected = neighbours(built.stories)
    assert len(expected) == COUNT
    for url, (newer, older) in expected.items():
        main = parse_main(built.files[page_path(url)].decode())
        assert (url, read_list(main, NEWER), read_list(main, OLDER)) == (url, newer, older)


def test_newer_and_older_name_their_articles_by_title_and_date(built: BuiltSite) -> None:
    by_url = {story.url: story for story in built.stories}
    for story in built.stories[::60]:
        main = parse_main(built.files[page_path(story.url)].decode())
        for item in [each for part in main.find_all("section") for each in part.find_all("li")]:
            link = item.find("a")
            named = by_url[link.attributes["href"]]
            assert link.text == named.title
            assert f"{named.date:%d/%m/%Y}" in item.text


def test_archives_together_hold_every_article_once_and_in_order(built: BuiltSite) -> None:
    lists = category_lists(built.stories) | other_lists(built.stories)
    for url, stories in lists.items():
        oldest_first = stories[::-1]
        numbers = range(1, -(-len(stories) // PAGE_SIZE) + 1)
        found: list[str] = []
        for number in numbers:
            page = built.files[page_path(f"{url}trang/{number}/")].decode()
            cards = read_cards(parse_main(page))
            nth = oldest_first[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
            assert cards == [story.url for story in reversed(nth)], f"{url}trang/{number}/"
            found = cards + found
        assert found == [story.url for story in stories]
        assert page_path(f"{url}trang/{len(numbers) + 1}/") not in built.files
        assert page_path(f"{url}trang/0/") not in built.files
        front = read_cards(parse_main(built.files[page_path(url)].decode()))
        assert front == [story.url for story in stories[:PAGE_SIZE]]


def test_the_links_between_archive_pages_lead_through_all_of_them(built: BuiltSite) -> None:
    for url, stories in (category_lists(built.stories) | other_lists(built.stories)).items():
        last = -(-len(stories) // PAGE_SIZE)
        # The list's first view shows the newest twenty: it leads to the page where the rest begins.
        behind = max(0, -(-(len(stories) - PAGE_SIZE) // PAGE_SIZE))
        links = {0: ("", f"{url}trang/{behind}/" if behind else "")}
        for number in range(1, last + 1):
            newer = f"{url}trang/{number + 1}/" if number < last else url
            links[number] = (newer, f"{url}trang/{number - 1}/" if number > 1 else "")
        for number, (newer, older) in links.items():
            address = f"{url}trang/{number}/" if number else url
            main = parse_main(built.files[page_path(address)].decode())
            found = {
                each.attributes["rel"]: each.attributes["href"]
                for pager in main.find_all("nav", class_="pager")
                for each in pager.find_all("a")
            }
            assert (found.get("prev", ""), found.get("next", "")) == (newer, older), address


def test_no_page_prints_the_number_of_pages(built: BuiltSite) -> None:
    for url, stories in category_lists(built.stories).items():
        for number in range(-(-len(stories) // PAGE_SIZE) + 1):
            address = f"{url}trang/{number}/" if number else url
            main = parse_main(built.files[page_path(address)].decode())
            for pager in main.find_all("nav", class_="pager"):
                assert not re.search(r"\d", pager.text)
            lines = [each.text for each in main.find("header").find_all("p")]
            printed = re.findall(r"\d+", " ".join(lines))
            assert printed == ([str(number)] if number else []), address


def describe_pages(stories: list[Story]) -> dict[str, object]:
    """Return, for each file, all in it that depends on which articles there are.

    A model of the site that knows nothing of the generator but the contracts in its design: two
    states of the site give one file the same description exactly when its bytes must be the same.
    """
    ordered = by_hand(stories)
    pages: dict[str, object] = dict(neighbours(stories))
    featured = [story for story in ordered if story.featured]
    head = [*featured, *(story for story in ordered if not story.featured)][:5]
    others = [story for story in ordered if story not in head]
    categories = category_lists(stories)
    blocks = [
        [story for story in categories[f"/{path}/"] if story not in head][:5]
        for path in CATEGORIES
        if "/" not in path
    ]
    pages["/"] = (head, others[:8], blocks)
    groups = categories | other_lists(stories)
    listed = {f"/luu-tru/{story.date.year}/" for story in stories}
    for url, group in groups.items():
        last = -(-len(group) // PAGE_SIZE)
        behind = -(-(len(group) - PAGE_SIZE) // PAGE_SIZE)
        pages[url] = ([story.url for story in group[:PAGE_SIZE]], max(0, behind))
        oldest_first = [story.url for story in reversed(group)]
        for number in range(1, last + 1):
            cards = oldest_first[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
            pages[f"{url}trang/{number}/"] = (cards, number == last)
        listed |= {url, *(f"{url}trang/{number}/" for number in range(1, last + 1))}
    for folder in ("/tac-gia/", "/the/", "/luu-tru/"):
        pages[folder] = sorted(
            (url, len(group)) for url, group in groups.items() if url.startswith(folder)
        )
    pages |= describe_years(stories)
    years = sorted(Counter(story.date.year for story in stories).items())
    pages["/so-do-trang/"] = ({url: len(group) for url, group in categories.items()}, years)
    for url, group in {"/": ordered, **categories}.items():
        for name in ("rss.xml", "feed.json"):
            pages[url + name] = [story.url for story in group[:FEED]]
    pages["/sitemap/1.xml"] = [story.url for story in ordered]
    pages["/sitemap/danh-sach-1.xml"] = listed
    return {page_path(url): page for url, page in pages.items()}


def describe_years(stories: list[Story]) -> dict[str, object]:
    """Return how many articles each day of a year has, and the years beside it that have any."""
    years = sorted({story.date.year for story in stories})
    beside = zip(years, [None, *years], [*years[1:], None], strict=False)
    return {
        f"/luu-tru/{year}/": (
            Counter(story.date.date() for story in stories if story.date.year == year),
            older,
            newer,
        )
        for year, older, newer in beside
    }


def test_the_model_knows_every_file_that_lists_articles(built: BuiltSite) -> None:
    fixed = {"404.html", "aliases.json", "robots.txt", "sitemap.xml", "sitemap/trang.xml"}
    fixed |= {"opensearch.xml", "manifest.json", "aliases.txt", "rss/index.html"}
    files = {unquote(path) for path in built.files if not path.startswith(("assets/", "_"))}
    described = set(describe_pages(built.stories))
    assert described <= files
    assert {path for path in files - described if not path.startswith("tim-kiem/")} == fixed


NEWEST = datetime(2026, 11, 20, 9, 30, tzinfo=ZONE)


def add_newest(stories: list[Story]) -> Story:
    """Return an article that is the newest of its category and of the site."""
    assert max(story.date for story in stories) < NEWEST < NOW
    return Story(NEWEST, "muc-04", "tin-moi-nhat", "Tác giả 07", ("Thẻ 05",))


def add_in_child(stories: list[Story]) -> Story:
    """Return the newest article of a category below another, by a new author with a new tag."""
    assert not any(story.author == "Tác giả 77" for story in stories)
    return Story(NEWEST, "muc-10/muc-11", "tin-moi-nhat", "Tác giả 77", ("Thẻ 78", "Thẻ 05"))


def add_in_the_middle(stories: list[Story]) -> Story:
    """Return an article that stands between two of the same minute, in the middle of a category."""
    group = own_category(stories)["muc-06"]
    middle = next(
        position
        for position in range(50, len(group))
        if group[position].date == group[position + 1].date
    )
    older = group[middle + 1]
    story = Story(older.date, "muc-06", f"{older.slug}5", "Tác giả 11", ("Thẻ 02", "Thẻ 21"))
    assert group[middle].url > story.url > older.url
    return story


def test_a_new_article_changes_the_pages_that_name_it_and_no_other(built: BuiltSite) -> None:
    stories, files = built.stories, built.files
    added = []
    for choose in (add_newest, add_in_child, add_in_the_middle):
        story = choose(stories)
        name = f"{story.category.rpartition('/')[2]}-{story.slug}"
        write(built.site, story, name)
        added.append(name)
        before, after = describe_pages(stories), describe_pages([*stories, story])
        expected = {path for path in after if before.get(path) != after[path]}

        report = built.site.build(jobs=2)

        now = built.site.files()
        changed = {path for path in now if files.get(path) != now[path]}
        # It may belong to newer articles with its tags, and to nothing older: that stays as it is.
        related = {
            page_path(each.url)
            for each in stories
            if each.date >= story.date and {*each.tags} & {*story.tags}
        }
        expected |= changed & related
        assert changed == expected, choose
        assert report.written.written == len(expected)
        assert report.written.unchanged == len(now) - len(expected)
        assert report.written.removed == 0
        assert files.keys() <= now.keys()
        assert page_path(story.url) in changed
        # Of seventeen hundred files; the more so with fifty thousand articles.
        assert len(changed) < 50
        stories, files = [*stories, story], now

    for name in added:
        (built.site.root / f"content/{name}.md").unlink()
    report = built.site.build(jobs=2)
    assert built.site.files() == built.files
    assert report.written.removed == len(files) - len(built.files)
    assert built.site.build(jobs=2).written.written == 0
