from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.settings import DEFAULT_VIDEO_HOSTS
from sitegen.markdown.videos import find_embed, name_host, read_attributes, replace_frames

YOUTUBE = "https://www.youtube-nocookie.com/embed/aB3_-xyz"
LIST = "https://www.youtube-nocookie.com/embed/videoseries?list=PL1-x"
VIMEO = "https://player.vimeo.com/video/12345?dnt=1"


@pytest.mark.parametrize(
    ("address", "embed"),
    [
        ("https://www.youtube.com/watch?v=aB3_-xyz", YOUTUBE),
        ("https://www.youtube.com/watch?v=aB3_-xyz&t=42s", f"{YOUTUBE}?start=42"),
        ("https://youtu.be/aB3_-xyz?si=abc", YOUTUBE),
        ("https://www.youtube.com/embed/aB3_-xyz", YOUTUBE),
        ("https://www.youtube.com/shorts/aB3_-xyz", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/aB3_-xyz", YOUTUBE),
        ("https://vimeo.com/12345", VIMEO),
        ("http://www.youtube.com/watch?v=aB3_-xyz", YOUTUBE),
        ("https://m.youtube.com/watch?v=aB3_-xyz", YOUTUBE),
        ("https://www.youtube.com/live/aB3_-xyz", YOUTUBE),
        ("https://www.youtube.com/watch?v=aB3_-xyz&list=PL1", YOUTUBE),
        ("https://www.youtube.com/watch?v=aB3_-xyz&t=1m30s", f"{YOUTUBE}?start=90"),
        ("https://youtu.be/aB3_-xyz?t=90", f"{YOUTUBE}?start=90"),
        ("https://youtu.be/aB3_-xyz?t=soon", YOUTUBE),
        ("https://www.youtube.com/playlist?list=PL1-x", LIST),
        ("https://www.youtube.com/@kenh", ""),
        ("https://www.youtube.com/@kenh/videos", ""),
        ("https://www.youtube.com/channel/UCabc", ""),
        ("https://www.youtube.com/results?search_query=a", ""),
        ("https://www.facebook.com/watch/?v=123", ""),
        ("https://www.youtube.com/", ""),
        ("https://www.youtube.com/watch?v=%22onload%3D", ""),
        ("https://youtube.com.example.net/watch?v=aB3", ""),
        ("https://example.net/?x=https://youtu.be/aB3", ""),
        ("https://vimeo.com/about", ""),
        ("https://[::1", ""),
        ("javascript:alert(1)", ""),
        ("/media/a.mp4", ""),
        ("", ""),
    ],
)
def test_players_of_known_hosts(address: str, embed: str) -> None:
    assert find_embed(address, DEFAULT_VIDEO_HOSTS) == embed


def test_only_configured_hosts_are_played() -> None:
    own = "https://video.example.org/embed/7"
    assert find_embed(own, DEFAULT_VIDEO_HOSTS) == ""
    assert find_embed(own, ("video.example.org",)) == own
    assert find_embed("https://youtu.be/aB3", ("video.example.org",)) == ""
    assert find_embed("https://www.youtube-nocookie.com/embed/aB3", ("vimeo.com",)) == ""


def test_videos_of_facebook_are_played_where_a_site_allows_it() -> None:
    hosts = ("www.facebook.com",)
    player = "https://www.facebook.com/plugins/video.php?show_text=false&href="
    for address in ("https://www.facebook.com/watch/?v=1", "https://fb.watch/abc/"):
        assert find_embed(address, hosts) == player + quote(address, safe="")
    assert find_embed("https://www.facebook.com/tinh.uy", hosts) == ""


@given(st.text(max_size=60))
def test_any_address_is_a_player_of_a_configured_host_or_none(address: str) -> None:
    for written in (address, f"https://youtu.be/{address}", f"https://vimeo.com/{address}"):
        embed = find_embed(written, DEFAULT_VIDEO_HOSTS)
        assert not embed or embed.startswith(
            ("https://www.youtube-nocookie.com/embed/", "https://player.vimeo.com/video/")
        )
        assert not set(embed) & set("\"'<> ")


def test_pasted_frames_become_videos_or_nothing() -> None:
    frame = (
        '<iframe width="560" src="https://www.youtube.com/embed/aB3?si=x" '
        'title="Phim [1] > 2" allowfullscreen></iframe>'
    )
    replaced = replace_frames(f"Trước\n{frame}\nSau", DEFAULT_VIDEO_HOSTS)
    figure = (
        '<figure><img src="https://www.youtube.com/embed/aB3?si=x" alt="Phim 1 &gt; 2"></figure>'
    )
    assert replaced == f"Trước\n\n\n{figure}\n\n\nSau"
    for dropped in (
        '<iframe src="https://example.net/x"></iframe>',
        "<IFRAME SRC='https://www.youtube.com/embed/a b'></IFRAME >",
        '<iframe srcdoc="<p>x</p>"></iframe>',
        "<iframe>",
    ):
        assert replace_frames(f"a{dropped}b", DEFAULT_VIDEO_HOSTS) == "ab"


def test_text_without_frames_stays_as_it_is() -> None:
    source = "Chữ <b>đậm</b> và <iframex>"
    assert replace_frames(source, DEFAULT_VIDEO_HOSTS) == source


def test_attributes_are_unescaped() -> None:
    assert read_attributes(""" SRC='a&amp;b' alt="&quot;x" width=5 """) == {
        "src": "a&b",
        "alt": '"x',
    }


MOMENTS = [
    *("?t=90", "?t=90s", "?t=1m30s", "?t=1m30", "?start=90", "?t=1:30", "?t=0:01:30", "#t=90"),
    *("#t=1m30s", "?si=abc&t=90", "?time_continue=90", "?t=90.5", "?T=1&t=90S", "?start=0&t=90"),
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_video_begins_where_its_address_says(moment: str) -> None:
    player = "https://www.youtube-nocookie.com/embed/aB3"
    for address in (
        *("https://youtu.be/aB3", "https://www.youtube.com/embed/aB3"),
        *("https://m.youtube.com/shorts/aB3", "https://www.youtube-nocookie.com/embed/aB3"),
    ):
        assert find_embed(address + moment, DEFAULT_VIDEO_HOSTS) == f"{player}?start=90"
    watched = f"https://www.youtube.com/watch?v=aB3{moment.replace('?', '&')}"
    assert find_embed(watched, DEFAULT_VIDEO_HOSTS) == f"{player}?start=90"
    video = "https://player.vimeo.com/video/12345?dnt=1"
    for address in ("https://vimeo.com/12345", "https://player.vimeo.com/video/12345"):
        assert find_embed(address + moment, DEFAULT_VIDEO_HOSTS) == f"{video}#t=90s"


@pytest.mark.parametrize(
    ("path", "player"),
    [
        ("vimeo.com/12345/0a1b2c3d4e", "12345?dnt=1&h=0a1b2c3d4e"),
        ("player.vimeo.com/video/12345?h=0a1b2c3d4e#t=5s", "12345?dnt=1&h=0a1b2c3d4e#t=5s"),
        ("vimeo.com/channels/staffpicks/12345", "12345?dnt=1"),
        ("vimeo.com/groups/77/videos/12345", "12345?dnt=1"),
        ("vimeo.com/showcase/77/video/12345", "12345?dnt=1"),
        ("www.vimeo.com/12345?share=copy", "12345?dnt=1"),
    ],
)
def test_addresses_of_vimeo(path: str, player: str) -> None:
    found = find_embed(f"https://{path}", DEFAULT_VIDEO_HOSTS)
    assert found == f"https://player.vimeo.com/video/{player}"
    assert find_embed(f"https://{path}", ("www.youtube.com",)) == ""


def test_a_host_of_players_may_be_configured_by_itself() -> None:
    own = "https://player.vimeo.com/video/12345"
    assert find_embed(own, ("player.vimeo.com",)) == f"{own}?dnt=1"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://youtu.be/aB3", "YouTube"),
        ("https://player.vimeo.com/video/1", "Vimeo"),
        ("https://fb.watch/a", "Facebook"),
        ("https://video.example.org/a", "video.example.org"),
        ("/media/a.mp4", ""),
    ],
)
def test_hosts_have_the_names_that_people_know(address: str, name: str) -> None:
    assert name_host(address) == name
