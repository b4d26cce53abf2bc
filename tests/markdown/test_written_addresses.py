import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.markdown.meant_addresses import suggest_address
from sitegen.markdown.written_addresses import complete_address

SITE = "https://tinh.example/portal"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("www.a.vn", "https://www.a.vn"),
        ("WWW.a.vn/Tin?x=1#y", "https://WWW.a.vn/Tin?x=1#y"),
        ("http:/a.vn", "http://a.vn"),
        ("https:a.vn/x", "https://a.vn/x"),
        ("https//a.vn/x", "https://a.vn/x"),
        ("https;//a.vn/x", "https://a.vn/x"),
        (r"https:\\a.vn/x", "https://a.vn/x"),
        ("https:///a.vn", "https:///a.vn"),
        ("ten.ho@tinh.vn", "mailto:ten.ho@tinh.vn"),
        ("mailto: ten@tinh.vn", "mailto:ten@tinh.vn"),
        ("0235 3.852-485", "tel:02353852485"),
        ("+84 (235) 3852485", "tel:+842353852485"),
        ("tel:0235 3852 485", "tel:02353852485"),
        ("https://tinh.example/portal/tin/?a#b", "/tin/?a#b"),
        ("http://www.tinh.example/portal", "/"),
        ("www.tinh.example/portal#b", "/#b"),
        ("https:/tinh.example/portal/tin/", "/tin/"),
        # What has another meaning, or none, stays as it is.
        ("https://tinh.example/", "https://tinh.example/"),
        ("https://tinh.example/portals/", "https://tinh.example/portals/"),
        ("https://tinh.example/portal//a.vn", "https://tinh.example/portal//a.vn"),
        ("www.jpg/", "www.jpg/"),
        ("https", "https"),
        ("httpd.md", "httpd.md"),
        ("2026", "2026"),
        ("20261130", "20261130"),
        ("0912.jpg", "0912.jpg"),
        ("bai@2x.png/", "bai@2x.png/"),
        ("../a.md", "../a.md"),
        ("/0912345678", "/0912345678"),
        ("//a.vn", "//a.vn"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("", ""),
    ],
)
def test_an_address_with_one_meaning_is_completed(written: str, meant: str) -> None:
    assert complete_address(written, SITE) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("htp://a.vn/x", "https://a.vn/x"),
        ("htpps//a.vn", "https://a.vn"),
        ("https://a .vn/x y", "https://a.vn/x%20y"),
        ("baochinhphu.vn", "https://baochinhphu.vn"),
        ("baochinhphu.vn/tin.htm", "https://baochinhphu.vn/tin.htm"),
        ("ke-hoach.pdf", ""),
        ("zalo://a", ""),
        ("tin/bai.md", ""),
    ],
)
def test_what_was_probably_meant_is_suggested(written: str, meant: str) -> None:
    assert suggest_address(written) == meant


ADDRESSES = st.one_of(
    st.text(max_size=30),
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["https:", "http:/", "www.", "https//", "mailto:", "tel:", SITE, ""]),
        st.sampled_from(["//", "/", "", "a.vn", "a@b.vn", "0235852485", "javascript:"]),
        st.text(max_size=10),
    ),
)


@given(ADDRESSES)
def test_a_completed_address_is_not_completed_again(written: str) -> None:
    once = complete_address(written, SITE)
    assert complete_address(once, SITE) == once


@given(ADDRESSES)
def test_no_address_gets_another_scheme_than_one_of_the_web_of_mail_or_of_telephones(
    written: str,
) -> None:
    completed = complete_address(written, SITE)
    known = ("https://", "http://", "mailto:", "tel:", "/")
    assert completed == written.strip() or completed.startswith(known)
    assert completed == written.strip() or not completed.startswith("//")
