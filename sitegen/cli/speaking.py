"""The command line's own words, in the reader's language: its help, and its errors of usage.

To know the language is to read ``config.yaml``, which takes longer than to read a command line. So
a command line is read by a program without words. Only if something must be said, it is read once
more, by a copy of the program that speaks this language.
"""

import gettext
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from sitegen.cli import INTERRUPTED

_FALLBACK_LANGUAGE = "vi"
# The variable from which gettext takes the language before all others.
_LANGUAGE = "LANGUAGE"
# With it, a shell asks how a word may go on.
_COMPLETION = "_SITEGEN_COMPLETE"
# What click prints as it was given.
_TEXTS = ("help", "metavar", "options_metavar", "subcommand_metavar")


class Program(click.Group):
    """Commands that are explained in the language of the site that they are for."""

    def main(  # type: ignore[override] # nothing else is passed by position
        self, args: Sequence[str] | None = None, **named: Any
    ) -> None:
        """Run a command line, and end the program with its exit code."""
        if _COMPLETION not in os.environ:
            # Without an option for help, to ask for it is an error of usage too.
            silent = named | {"help_option_names": []}
            try:
                sys.exit(super().main(args, standalone_mode=False, **silent))
            except click.Abort:
                sys.exit(INTERRUPTED)
            except click.UsageError:
                pass  # something must be said
        language = find_language(self._find_root(sys.argv[1:] if args is None else [*args]))
        with answer_click(language):
            click.Group.main(_translate(self, language), args, **named)

    def _find_root(self, words: list[str]) -> Path:
        """Return the folder that a command line names, whatever else is wrong with it."""
        context = self.make_context(
            "", words, resilient_parsing=True, ignore_unknown_options=True, help_option_names=[]
        )
        return context.params["root"] or Path()


def find_texts(program: click.Group) -> Iterator[tuple[object, str, str]]:
    """Yield each text that a program is explained with: what has it, as which attribute, and it."""
    for command in (program, *program.commands.values()):
        for owner in (command, *command.params):
            for name in _TEXTS:
                if text := getattr(owner, name, None):
                    yield owner, name, text


def find_language(root: Path) -> str:
    """Return the reader's language: that of the site, or of the system if no site tells one."""
    from sitegen.content.site_language import peek_language
    from sitegen.model import CONFIG_FILE

    return peek_language(root / CONFIG_FILE) or _own_language()


def _own_language() -> str:
    import locale

    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            return _FALLBACK_LANGUAGE if value.split(".")[0] in {"C", "POSIX"} else value
    return (locale.getlocale()[0] or _FALLBACK_LANGUAGE) if os.name == "nt" else _FALLBACK_LANGUAGE


def _translate(program: click.Group, language: str) -> click.Group:
    """Return the same program, explained in a language."""
    import copy

    from sitegen.cli.messages import translate

    speaking = copy.deepcopy(program)
    for owner, name, text in tuple(find_texts(speaking)):
        setattr(owner, name, translate(text, language))
    for command in speaking.commands.values():
        # Otherwise the list of commands has the beginning of the text alone.
        command.short_help = command.help
    return speaking


@contextmanager
def answer_click(language: str) -> Iterator[None]:
    """Let gettext, which click asks for each of its words, find them in the catalog ``click``."""
    from sitegen.cli.messages import LOCALE

    domain, before = gettext.textdomain(), os.environ.get(_LANGUAGE)
    gettext.bindtextdomain("click", LOCALE)
    gettext.textdomain("click")
    os.environ[_LANGUAGE] = language.replace("-", "_")
    try:
        yield
    finally:
        gettext.textdomain(domain)
        del os.environ[_LANGUAGE]
        if before is not None:
            os.environ[_LANGUAGE] = before
