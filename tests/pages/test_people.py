"""The list of people, and the pages of those of whom there is more to say."""

from datetime import datetime

import pytest

from support.html_tree import Element, parse
from support.photos import photo
from support.site_folder import ZONE, SiteFolder

LIST = "/co-cau-to-chuc/"


def write_person(site: SiteFolder, slug: str, body: str = "", **fields: str) -> None:
    written = {"name": slug.replace("-", " ").title(), "post": "Chuyên viên", **fields}
    lines = "".join(f"{name}: {value}\n" for name, value in written.items())
    site.write(f"content/people/{slug}.md", f"---\n{lines}---\n{body}")


def read_units(page: Element) -> dict[str, list[str]]:
    """Return the names on the list, below what stands over them."""
    return {
        "".join(each.text for each in unit.find_all("h2")): [
            name.text for name in unit.find_all("p", class_="name")
        ]
        for unit in page.find_all("section", class_="unit")
    }


def test_without_people_there_is_no_list(site: SiteFolder) -> None:
    site.article("bai").build()
    assert not (site.output / "co-cau-to-chuc").exists()
    assert "co-cau-to-chuc" not in site.page("/so-do-trang/") + site.page("/sitemap/trang.xml")


def test_units_stand_in_the_order_of_their_first_person_and_people_in_theirs(
    site: SiteFolder,
) -> None:
    write_person(site, "le-van-cuong", unit="Văn phòng", order="12")
    write_person(site, "vo-an", unit="Văn phòng", order="11")
    write_person(site, "ho-thi-binh", unit="Văn phòng")
    write_person(site, "tran-an", unit="Văn phòng")
    write_person(site, "do-mai", unit="Thường trực", order="2")
    write_person(site, "ly-nam", unit="Ban Tổ chức")
    write_person(site, "bui-tu")
    site.build()
    assert list(read_units(parse(site.page(LIST))).items()) == [
        ("Thường trực", ["Do Mai"]),
        # By the number, then by the given name, which is the last.
        ("Văn phòng", ["Vo An", "Le Van Cuong", "Tran An", "Ho Thi Binh"]),
        ("", ["Bui Tu"]),
        ("Ban Tổ chức", ["Ly Nam"]),
    ]


def test_what_is_known_of_a_person_can_be_used(site: SiteFolder) -> None:
    site.write("content/people/a.jpg", photo())
    reached = {"telephone": "(0235) 385.00-01", "mail": "an@example.org"}
    write_person(site, "le-an", post="Văn thư", photo="a.jpg", **reached)
    site.build()
    page = parse(site.page(LIST))
    person = page.find("li", id="le-an")
    assert [link.attributes["href"] for link in person.find_all("a")] == [
        "tel:02353850001",
        "mailto:an@example.org",
    ]
    assert person.find("p", class_="post").text == "Văn thư"
    # The name stands beside it.
    assert person.find("img").attributes["alt"] == ""
    assert (site.output / "media/people/a.jpg").exists()


def test_only_who_has_a_text_has_a_page(site: SiteFolder) -> None:
    site.write("content/people/a.jpg", photo())
    write_person(site, "le-an", "\nXem [bài](../bai.md).\n", photo="a.jpg", unit="Văn phòng")
    write_person(site, "vo-binh", "\n \n")
    site.article("bai", "Của [An](people/le-an.md) và [Bình](people/vo-binh.md).", slug="bai")
    site.build()
    article = "/hoat-dong-cua-co-so/2024/05/bai/"
    own = f"{LIST}le-an/"
    page = parse(site.page(own))
    assert page.find("h1").text == "Le An"
    assert page.find("main").find("img").attributes["alt"] == "Ảnh chân dung Le An"
    assert [each.attributes["href"] for each in page.find("main").find_all("a")] == [article]
    steps = page.find("nav", class_="breadcrumbs").find_all("a")
    assert [each.attributes["href"] for each in steps] == ["/", LIST]
    assert not (site.output / "co-cau-to-chuc/vo-binh").exists()
    links = parse(site.page(article)).find("div", class_="prose").find_all("a")
    assert [each.attributes["href"] for each in links] == [own, f"{LIST}#vo-binh"]
    sitemap = site.page("/sitemap/trang.xml")
    assert f"https://example.org{LIST}</loc>" in sitemap
    assert f"https://example.org{own}</loc>" in sitemap
    assert "vo-binh" not in sitemap
    assert f'href="{LIST}"' in site.page("/so-do-trang/")


def test_a_draft_is_shown_nowhere_and_its_photo_not_published(site: SiteFolder) -> None:
    site.write("content/people/a.jpg", photo())
    write_person(site, "le-an", "Tiểu sử.", photo="a.jpg", draft="true")
    site.build()
    assert not [path for path in site.files() if "le-an" in path or path.startswith("media/")]
    assert not (site.output / "co-cau-to-chuc").exists()
    site.build(datetime(2026, 1, 1, tzinfo=ZONE), drafts=True)
    assert "Le An" in site.page(LIST)
    assert (site.output / "media/people/a.jpg").exists()


def test_the_address_of_the_list_is_reserved(site: SiteFolder) -> None:
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", f"{config}  - name: Cơ cấu tổ chức\n")
    (found,) = site.problems()
    assert "slug-reserved" in found
    site.write("config.yaml", config)
    site.write("content/pages/a.md", "---\ntitle: Cơ cấu tổ chức\n---\nChữ.\n")
    site.article("bai").build()
    write_person(site, "le-an")
    (found,) = site.problems()
    assert "content/pages/a.md:2:8: url-taken" in found


@pytest.mark.parametrize(
    ("field", "value", "good"),
    [
        *(("telephone", each, True) for each in ("0235 385 0001", "(0235) 385.00-01", "+84 9")),
        *(("telephone", each, False) for each in ("gọi An", "0235/1", "0235 1 (An)", "+")),
        *(("mail", each, True) for each in ("a@b.vn", "an.le+1@mail.example.org")),
        *(
            ("mail", each, False)
            for each in ("an", "a@b", "a b@c.vn", "<a@b.vn>", "a@b.vn, c@d.vn")
        ),
    ],
)
def test_the_form_of_numbers_and_addresses(
    site: SiteFolder, field: str, value: str, *, good: bool
) -> None:
    write_person(site, "le-an", **{field: f'"{value}"'})
    found = site.article("bai").problems()
    assert found == [] if good else f"{field}-form" in found[0]
