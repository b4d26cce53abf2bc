"""How a shell may go on with a word of the command line."""

from pathlib import Path

from click.shell_completion import CompletionItem

from sitegen.content.config import parse_config
from sitegen.foundation.files import read_file
from sitegen.model import CONFIG_FILE
from sitegen.problems import ProblemsFoundError


def complete_category(root: Path, begun: str) -> list[CompletionItem]:
    """Return the categories of a site whose addresses begin so: bash takes no words with spaces.

    There are none if the configuration cannot be read.
    """
    try:
        config = parse_config(read_file(root / CONFIG_FILE))
    except (OSError, ProblemsFoundError):
        return []
    return [
        CompletionItem(each.path, help=each.name)
        for each in config.every_category()
        if each.path.startswith(begun)
    ]
