"""The command line: the only place that prints, reads the clock, and ends the program."""

import gc
import locale
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

import click

from sitegen import __version__
from sitegen.build import BuildState, Report, Request, build, check
from sitegen.cli.explanation import explain_target
from sitegen.cli.messages import (
    FALLBACK,
    Translate,
    choose_translation,
    describe,
    format_github,
    format_json,
    format_text,
)
from sitegen.cli.scaffold import new_article, new_site, read_server_configuration
from sitegen.cli.verification import verify
from sitegen.content.config import DEFAULT_TIMEZONE, peek_language, read_config
from sitegen.foundation.dates import parse_date
from sitegen.foundation.workers import default_jobs
from sitegen.output.production import ShowProgress
from sitegen.problems import ConfigError, Problem, ProblemsFoundError, UsageError, mark
from sitegen.search.pagefind import find_indexer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

OUTPUT = "output"
PORT = 8000
DONE, PROBLEMS, USAGE, FAULT = 0, 1, 2, 70
_PATIENCE_SECONDS = 1.0


class _Session:
    """One run of the program: the site's folder, the reader's language, and the last build."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.built: Report | None = None
        self.translate: Translate = choose_translation(peek_language(root) or _own_language())

    def say(self, text: str, **values: object) -> None:
        click.echo(self.translate(text).format(**values), err=True)

    def list_problems(self, problems: tuple[Problem, ...]) -> None:
        for each in problems:
            click.echo(format_text(each, self.translate), err=True)
        errors = sum(not each.warning for each in problems)
        if errors:
            files = len({each.place.path for each in problems if not each.warning})
            self.say(
                mark("{errors} problem(s) in {files} file(s); the published site is as it was."),
                errors=errors,
                files=files,
            )


def _own_language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            return FALLBACK if value.split(".")[0] in {"C", "POSIX"} else value
    return (locale.getlocale()[0] or FALLBACK) if os.name == "nt" else FALLBACK


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The folder that holds config.yaml (default: here).",
)
@click.version_option(__version__, prog_name="sitegen")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Make a news portal from Markdown articles."""
    context.obj = _Session(root.resolve())
    # Records refer to each other in one direction, so nothing is left for a collector to find, but
    # it would look through all of them time and again.
    gc.disable()


def run() -> NoReturn:
    """Run the program from the shell, and end it at once when it is done.

    Taking fifty thousand records apart one by one, as Python does at its end, takes longer than a
    build in which nothing changed.
    """
    code: object = FAULT
    try:
        main()
    except SystemExit as error:
        # Its traceback holds the session, and that what was built.
        _ended, code = error, error.code
    with suppress(OSError):
        # Whoever reads along may have gone away.
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else DONE if code is None else FAULT)


def _now_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--now", "moment", metavar="WHEN", help="Build as at this time: 2023-03-06 09:34."
    )(command)


def _jobs_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--jobs", type=click.IntRange(1, 64), help="Processes (default: one for each processor)."
    )(command)


@main.command("build")
@click.option("--output", type=click.Path(path_type=Path), help="Where the site is written.")
@_jobs_option
@_now_option
@click.option("--clean", is_flag=True, help="Render everything and ignore the cache.")
@click.option("--verify", "verifying", is_flag=True, help="Prove it against a build from nothing.")
@click.option("--drafts", is_flag=True, help="Show drafts and future articles, for a preview.")
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
@click.pass_obj
def build_command(
    session: _Session,
    output: Path | None,
    jobs: int | None,
    moment: str | None,
    clean: bool,
    verifying: bool,
    drafts: bool,
    no_search: bool,
) -> None:
    """Build the site."""
    with _reporting(session):
        flags = {"drafts": drafts, "clean": clean, "search": not no_search}
        request = _make_request(session, output, jobs, moment, **flags)
        if request.search and not find_indexer():
            session.say(mark("Without sitegen[search] there is no search index."))
        _build_and_tell(session, request)
        if verifying:
            _prove(session, request)


@main.command("check")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text")
@_jobs_option
@_now_option
@click.pass_obj
def check_command(session: _Session, form: str, jobs: int | None, moment: str | None) -> None:
    """Find every problem without building the site."""
    with _reporting(session):
        request = _make_request(session, None, jobs, moment)
        try:
            problems = check(request)
        except ConfigError as error:
            _print_problems(session, form, error.problems)
            sys.exit(USAGE)
        _print_problems(session, form, problems)
        if any(not each.warning for each in problems):
            sys.exit(PROBLEMS)
        if form == "text":
            session.say(mark("No problems found."))


@main.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True)
@_now_option
@click.option("--drafts", is_flag=True, help="Show drafts and future articles too.")
@click.pass_obj
def serve_command(session: _Session, port: int, moment: str | None, drafts: bool) -> None:
    """Show the site on this machine and build it again when a file is saved."""
    from sitegen.cli.preview import Preview, rebuild_on_change, serve_folder

    with _reporting(session):
        # A preview is there to see a page soon: the index of a whole year can wait.
        flags = {"drafts": drafts, "search": False}
        request = _make_request(session, None, None, moment, **flags)
        preview = Preview()
        known: BuildState | None = None
        # What changed since the last build that came to an end.
        waiting: frozenset[str] = frozenset()
        with _tolerating(session):
            known = _build_and_tell(session, request).known
        config = read_config(session.root)
        with serve_folder(request.output, port, config.base, preview) as address:
            session.say(
                mark("The site is at {address} (Ctrl+C ends the preview)."), address=address
            )

            def rebuild(named: frozenset[str] | None) -> None:
                nonlocal known, waiting
                if named is None:
                    gc.collect()
                    if waiting:
                        return  # what is wrong was said, and the next save may mend it
                waiting |= named or frozenset()
                with _tolerating(session):
                    request = _make_request(session, None, None, moment, **flags)
                    asked = named and waiting
                    report = _build_and_tell(session, request, known, asked)
                    known, waiting = report.known, frozenset()
                    if named or _changed(report):
                        preview.advance()

            rebuild_on_change(session.root, rebuild)


@main.command("why")
@click.argument("target", metavar="FILE|URL")
@_now_option
@click.option("--drafts", is_flag=True, help="As a build with --drafts sees it.")
@click.pass_obj
def why_command(session: _Session, target: str, moment: str | None, drafts: bool) -> None:
    """Say what a file makes, or where a page comes from, and why it was last rendered."""
    with _reporting(session):
        request = _make_request(session, None, 1, moment, drafts=drafts)
        for sentence in explain_target(request, _below_root(session, target)):
            click.echo(session.translate(sentence.text).format(**sentence.values))


@main.command("new")
@click.argument("title")
@click.option("--category", required=True, metavar="NAME", help="A category of config.yaml.")
@click.option("--author", default="", metavar="NAME", help="The byline.")
@_now_option
@click.pass_obj
def new_command(
    session: _Session, title: str, category: str, author: str, moment: str | None
) -> None:
    """Begin a new article."""
    with _reporting(session):
        config = read_config(session.root)
        now = _read_now(moment, config.timezone)
        path = new_article(session.root, config, title, category, author, now)
        session.say(mark("Written: {path}"), path=path.as_posix())


@main.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@_now_option
@click.pass_obj
def init_command(session: _Session, folder: Path, moment: str | None) -> None:
    """Begin a new site in FOLDER."""
    with _reporting(session):
        new_site(folder, _read_now(moment, ZoneInfo(DEFAULT_TIMEZONE)))
        session.say(
            mark("A new site is in {folder}. Next: sitegen --root {folder} serve"), folder=folder
        )


@main.command("deploy")
@click.argument("server", type=click.Choice(["nginx"]))
def deploy_command(server: str) -> None:
    """Print the configuration with which a web server shows the site."""
    click.echo(read_server_configuration(server), nl=False)


def _below_root(session: _Session, target: str) -> str:
    """Return a file that was named from here as a path relative to the root."""
    path = Path(target)
    if path.exists() and path.resolve().is_relative_to(session.root):
        return path.resolve().relative_to(session.root).as_posix()
    return target


def _make_request(
    session: _Session,
    output: Path | None,
    jobs: int | None,
    moment: str | None,
    *,
    drafts: bool = False,
    clean: bool = False,
    search: bool = True,
) -> Request:
    config = read_config(session.root)
    return Request(
        root=session.root,
        output=output.absolute() if output else session.root / OUTPUT,
        now=_read_now(moment, config.timezone),
        jobs=jobs or default_jobs(),
        drafts=drafts,
        clean=clean,
        search=search,
    )


def _read_now(moment: str | None, zone: ZoneInfo) -> datetime:
    if moment is None:
        return datetime.now(zone)
    try:
        return parse_date(moment, zone)
    except ValueError as error:
        raise UsageError("now-form", value=moment) from error


def _build_and_tell(
    session: _Session,
    request: Request,
    known: BuildState | None = None,
    named: frozenset[str] | None = None,
) -> Report:
    started = time.monotonic()
    with _progress() as watch:
        report = session.built = build(request, watch, known, named)
    # When a preview looks at everything once more, there is mostly nothing to tell.
    if known is None or named or _changed(report):
        _tell(session, report, time.monotonic() - started)
    return report


def _changed(report: Report) -> bool:
    return bool(report.written.written or report.written.removed)


def _prove(session: _Session, request: Request) -> None:
    """Compare the output with a build from nothing, and fail where they differ."""
    differences = verify(request)
    for each in differences:
        arguments = {"url": each.path, "cause": session.translate(each.cause)}
        message = describe("verify-differs", arguments, session.translate)
        session.say("{message}", message=message)
    if differences:
        sys.exit(FAULT)
    session.say(mark("Every byte is what a build from nothing gives."))


def _tell(session: _Session, report: Report, seconds: float) -> None:
    session.list_problems(report.warnings)
    session.say(
        mark("{written} files written, {unchanged} unchanged, {removed} removed in {seconds} s."),
        written=report.written.written,
        unchanged=report.written.unchanged,
        removed=report.written.removed,
        seconds=f"{seconds:.1f}".replace(".", session.translate(mark("."))),
    )


@contextmanager
def _progress() -> Iterator[ShowProgress]:
    """Yield what shows a bar, on a terminal alone and only when it takes longer than a second."""
    started = time.monotonic()
    bars: list[tuple[Progress, TaskID]] = []

    def watch(done: int, total: int) -> None:
        if not bars and sys.stderr.isatty() and time.monotonic() - started > _PATIENCE_SECONDS:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

            bar = Progress(
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            bar.start()
            bars.append((bar, bar.add_task("", total=total)))
        for bar, task in bars:
            bar.update(task, completed=done)

    try:
        yield watch
    finally:
        for bar, _ in bars:
            bar.stop()


def _print_problems(session: _Session, form: str, problems: tuple[Problem, ...]) -> None:
    if form == "json":
        click.echo(format_json(problems, session.translate))
    elif form == "github":
        for each in problems:
            click.echo(format_github(each, session.translate))
    else:
        session.list_problems(problems)


@contextmanager
def _reporting(session: _Session) -> Iterator[None]:
    """Turn what went wrong into lines and an exit code."""
    try:
        yield
    except ConfigError as error:
        session.list_problems(error.problems)
        sys.exit(USAGE)
    except ProblemsFoundError as error:
        session.list_problems(error.problems)
        sys.exit(PROBLEMS)
    except UsageError as error:
        session.say("{message}", message=describe(error.code, error.arguments, session.translate))
        sys.exit(USAGE)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:  # noqa: BLE001 (the edge: every fault gets its own exit code)
        _fail(session)


@contextmanager
def _tolerating(session: _Session) -> Iterator[None]:
    """List what is wrong and go on: in a preview the next save may mend it."""
    try:
        yield
    except ProblemsFoundError as error:
        session.list_problems(error.problems)


def _fail(session: _Session) -> NoReturn:
    import traceback

    traceback.print_exc()
    session.say(mark("This is a fault in the generator, not in the content. Please report it."))
    sys.exit(FAULT)
