"""What is told of a text is told by every build, also by those that do not render it."""

import pytest

from sitegen.build import check
from support.bad_inputs import BAI, TIN, article
from support.shared_work import share_templates
from support.site_folder import SiteFolder

TOLD = article("Đồng chí <Nguyễn Văn A> nói.")


@pytest.fixture
def quick(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    share_templates(monkeypatch)
    return site


def codes(site: SiteFolder) -> list[str]:
    return [each.code for each in site.build().warnings]


def test_a_warning_stays_until_its_text_is_mended(quick: SiteFolder) -> None:
    quick.write(BAI, TOLD).write(TIN, article(title="Bài hai"))
    assert codes(quick) == ["html-unknown"]
    assert codes(quick) == ["html-unknown"]
    quick.write(TIN, article("Sửa.", title="Bài hai"))
    assert codes(quick) == ["html-unknown"]
    assert [each.code for each in check(quick.request())] == ["html-unknown"]
    quick.write(BAI, article("Đồng chí Nguyễn Văn A nói."))
    assert codes(quick) == []
    assert codes(quick) == []


def test_a_warning_goes_with_its_text(quick: SiteFolder) -> None:
    quick.write(BAI, TOLD).write(TIN, article(title="Bài hai"))
    assert codes(quick) == ["html-unknown"]
    (quick.root / BAI).unlink()
    assert codes(quick) == ["address-gone"]
    assert codes(quick) == []


@pytest.mark.parametrize("hidden", [{"date": "2099-01-01 08:00"}, {"draft": "true"}])
def test_a_warning_of_a_hidden_text_stays_too(hidden: dict[str, str], quick: SiteFolder) -> None:
    quick.write(BAI, article("Đồng chí <Nguyễn Văn A> nói.", **hidden))
    quick.write(TIN, article(title="Bài hai"))
    assert "html-unknown" in codes(quick)
    quick.write(TIN, article("Sửa.", title="Bài hai"))
    assert "html-unknown" in codes(quick)
    quick.write(BAI, article("Đồng chí Nguyễn Văn A nói.", **hidden))
    assert "html-unknown" not in codes(quick)
