"""The desk among the files of a host, if the configuration says where its texts are kept."""

import functools
from collections.abc import Iterator
from pathlib import Path

from sitegen.content.settings import Config
from sitegen.desk.packages import read_packages
from sitegen.desk.pages import list_desk_files
from sitegen.foundation.addresses import DESK
from sitegen.foundation.parts import digest_bytes
from sitegen.model import CONFIG_FILE
from sitegen.pages.context import PlanContext
from sitegen.pages.planned import PlannedGroup
from sitegen.problems import Problem
from sitegen.theme.assets import Asset


def plan_desk(root: Path, context: PlanContext) -> tuple[tuple[PlannedGroup, ...], list[Problem]]:
    """Return the files of the desk, none if it is not published, and what is wrong with them."""
    config = context.site.config
    if not config.desk.host:
        return (), []
    packages, problems = read_packages(root)
    if problems:
        return (), problems
    files = tuple(_make_files(config, packages))
    digest = digest_bytes(b"".join(each.path.encode() + each.digest for each in files))
    paths = tuple(each.path for each in files)
    plan = functools.partial(iter, files)
    return (PlannedGroup("desk", digest, paths, plan, Asset),), []


def _make_files(config: Config, packages: dict[str, bytes]) -> Iterator[Asset]:
    for name, data in list_desk_files(config, packages):
        yield Asset(DESK.removeprefix("/") + name, data, digest_bytes(data), CONFIG_FILE)
