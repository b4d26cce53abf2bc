"""Who is a robot, and who is not although it looks so."""

import pytest

from sitegen.visits.robots import is_robot
from support.made_log import BROWSERS, ROBOTS

ONLY_GOACCESS_KNOWS = "ltx71"


@pytest.mark.parametrize("agent", [each for each in ROBOTS if ONLY_GOACCESS_KNOWS not in each])
def test_a_robot(agent: str) -> None:
    assert is_robot(agent.encode())


@pytest.mark.parametrize(
    "agent",
    [
        *("", "-", " ", "Java/17.0.2", "okhttp/4.12.0", "libwww-perl/6.72", "Slackbot 1.0"),
        *("Mozilla/5.0 (compatible; Bytespider)", "Mozilla/5.0 (compatible; CensysInspect/1.1)"),
        *("TelegramBot (like TwitterBot)", "Mozilla/5.0 Chrome-Lighthouse", "masscan/1.3"),
    ],
)
def test_more_robots(agent: str) -> None:
    assert is_robot(agent.encode())


@pytest.mark.parametrize("agent", [each.format(95) for each in BROWSERS])
def test_a_browser(agent: str) -> None:
    assert not is_robot(agent.encode())
