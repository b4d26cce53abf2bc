"""The commands of docs/deploy.md and other pages, as they stand there."""

from support.site_folder import REPOSITORY


def read_commands(heading: str, page: str = "deploy.md") -> list[str]:
    """Return the blocks of commands below a heading."""
    text = (REPOSITORY / "docs" / page).read_text("utf-8")
    part = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [block.partition("```")[0] for block in part.split("```sh\n")[1:]]
