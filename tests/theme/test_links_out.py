"""Links of the file system within ``templates/`` are followed, and none out of it."""

from pathlib import Path

import pytest

from sitegen.problems import ProblemsFoundError
from support.tiny_theme import make_tiny_site


@pytest.mark.parametrize("name", ["assets/khoa.txt", "partials/khoa.html"])
def test_a_link_out_of_the_templates_is_an_error(tmp_path: Path, name: str) -> None:
    site = make_tiny_site(tmp_path).article("Bài").write(".env", "KHOA=1")
    link = site.root / "templates" / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(site.root / ".env")
    with pytest.raises(ProblemsFoundError) as caught:
        site.build()
    (found,) = caught.value.problems
    assert (found.code, found.place.path) == ("file-outside", f"templates/{name}")


def test_a_link_within_the_templates_is_followed(tmp_path: Path) -> None:
    site = make_tiny_site(tmp_path).article("Bài")
    (site.root / "templates/assets/other.css").symlink_to("site.css")
    site.build()
    named = {path.split(".")[0] for path in site.files()}
    assert named >= {"assets/site", "assets/other"}
