"""The actions of the commands: they print, read the clock, and end the program."""

import functools
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec
from zoneinfo import ZoneInfo

import click

from sitegen.build import CACHE, BuildState, Report, Request, build, check
from sitegen.cli import FAULT, PROBLEMS, USAGE
from sitegen.cli.messages import describe, format_github, format_json, format_text, translate
from sitegen.content.settings import Config
from sitegen.foundation.generator import fingerprint_generator
from sitegen.foundation.workers import ShowProgress, default_jobs
from sitegen.incremental.config_cache import recall_config
from sitegen.problems import ConfigError, Problem, ProblemsFoundError, UsageError, mark
from sitegen.search.pagefind import find_indexer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

OUTPUT = "output"
_FALLBACK_LANGUAGE = "vi"
_PATIENCE_SECONDS = 1.0

_Arguments = ParamSpec("_Arguments")


class Session:
    """One run of the program: the site's folder, the reader's language, and the last build."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.built: Report | None = None

    def read_config(self) -> Config:
        """Return the configuration; messages are in its language from now on."""
        config = recall_config(self.root, self.root / CACHE, fingerprint_generator())
        self.language = config.language
        return config

    @functools.cached_property
    def language(self) -> str:
        """The reader's language: that of the site, or of the system if no site tells one."""
        from sitegen.content.config import peek_language

        return peek_language(self.root) or _own_language()

    def say(self, text: str, **values: object) -> None:
        """Print a line on standard error."""
        click.echo(translate(text, self.language).format(**values), err=True)

    def list_problems(self, problems: tuple[Problem, ...]) -> None:
        """Print a line for each problem, and the number of errors."""
        for each in problems:
            click.echo(format_text(each, self.language), err=True)
        errors = sum(not each.warning for each in problems)
        if errors:
            files = len({each.place.path for each in problems if not each.warning})
            self.say(
                mark("{errors} problem(s) in {files} file(s); the published site is as it was."),
                errors=errors,
                files=files,
            )


def _own_language() -> str:
    import locale

    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            return _FALLBACK_LANGUAGE if value.split(".")[0] in {"C", "POSIX"} else value
    return (locale.getlocale()[0] or _FALLBACK_LANGUAGE) if os.name == "nt" else _FALLBACK_LANGUAGE


def _reporting(
    action: Callable[Concatenate[Session, _Arguments], None],
) -> Callable[Concatenate[Session, _Arguments], None]:
    """Let an action print its errors and end with the right exit code."""

    @functools.wraps(action)
    def report(
        session: Session, /, *arguments: _Arguments.args, **named: _Arguments.kwargs
    ) -> None:
        try:
            action(session, *arguments, **named)
        except ConfigError as error:
            session.list_problems(error.problems)
            sys.exit(USAGE)
        except ProblemsFoundError as error:
            session.list_problems(error.problems)
            sys.exit(PROBLEMS)
        except UsageError as error:
            click.echo(describe(error.code, error.arguments, session.language), err=True)
            sys.exit(USAGE)
        except KeyboardInterrupt:
            sys.exit(130)
        except Exception:  # noqa: BLE001 (every fault of the generator has the same exit code)
            import traceback

            traceback.print_exc()
            session.say(
                mark("This is a fault in the generator, not in the content. Please report it.")
            )
            sys.exit(FAULT)

    return report


@_reporting
def build_site(
    session: Session,
    output: Path | None,
    jobs: int | None,
    moment: str | None,
    *,
    clean: bool,
    verifying: bool,
    drafts: bool,
    search: bool,
) -> None:
    """Build the site; see :func:`sitegen.build.build`."""
    flags = {"drafts": drafts, "clean": clean, "search": search}
    request = _make_request(session, output, jobs, moment, **flags)
    if request.search and not find_indexer():
        session.say(mark("Without sitegen[search] there is no search index."))
    _build_and_tell(session, request)
    if verifying:
        _prove(session, request)


@_reporting
def check_site(session: Session, form: str, jobs: int | None, moment: str | None) -> None:
    """Print every problem of the site in a form: ``text``, ``json`` or ``github``."""
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


@_reporting
def preview_site(session: Session, port: int, moment: str | None, *, drafts: bool) -> None:
    """Serve the site, and build it again whenever a file is saved."""
    from sitegen.cli.preview import Preview, rebuild_on_change, serve_folder

    # A preview has no search index, because it takes long to make.
    flags = {"drafts": drafts, "search": False}
    request = _make_request(session, None, None, moment, **flags)
    preview = Preview()
    known: BuildState | None = None
    # The files that changed since the last build without errors.
    waiting: frozenset[str] = frozenset()
    with _tolerating(session):
        known = _build_and_tell(session, request).known
    base = session.read_config().base
    with serve_folder(request.output, port, base, preview) as address:
        session.say(mark("The site is at {address} (Ctrl+C ends the preview)."), address=address)

        def rebuild(named: frozenset[str] | None) -> None:
            nonlocal known, waiting
            if named is None:
                gc.collect()
                if waiting:
                    return  # the last build has printed its errors: wait for the next save
            waiting |= named or frozenset()
            with _tolerating(session):
                request = _make_request(session, None, None, moment, **flags)
                asked = named and waiting
                report = _build_and_tell(session, request, known, asked)
                known, waiting = report.known, frozenset()
                if named or _changed(report):
                    preview.advance()

        rebuild_on_change(session.root, rebuild)


@_reporting
def explain(session: Session, target: str, moment: str | None, *, drafts: bool) -> None:
    """Print what is made from a file, or what a page is made from, and why it was last rendered."""
    from sitegen.cli.explanation import explain_target

    request = _make_request(session, None, 1, moment, drafts=drafts)
    for sentence in explain_target(request, _below_root(session, target)):
        click.echo(translate(sentence.text, session.language).format(**sentence.values))


@_reporting
def begin_article(
    session: Session, title: str, category: str, author: str, moment: str | None
) -> None:
    """Write a new article to be filled in."""
    from sitegen.cli.scaffold import new_article

    config = session.read_config()
    now = _read_now(moment, config.timezone)
    path = new_article(session.root, config, title, category, author, now)
    session.say(mark("Written: {path}"), path=path.as_posix())


@_reporting
def begin_site(session: Session, folder: Path, moment: str | None) -> None:
    """Write a new site into a folder."""
    from sitegen.cli.scaffold import new_site
    from sitegen.content.settings import DEFAULT_TIMEZONE

    new_site(folder, _read_now(moment, ZoneInfo(DEFAULT_TIMEZONE)))
    session.say(
        mark("A new site is in {folder}. Next: sitegen --root {folder} serve"), folder=folder
    )


def print_server_configuration(server: str) -> None:
    """Print the configuration of a web server for the site."""
    from sitegen.cli.scaffold import read_server_configuration

    click.echo(read_server_configuration(server), nl=False)


def print_schema(name: str) -> None:
    """Print the JSON Schema of front matter or of config.yaml, in UTF-8 on every system."""
    import json

    from sitegen.content.schema import RECORDS, make_schema

    if name not in RECORDS:
        raise click.BadParameter(f"{name} (one of: {', '.join(RECORDS)})")
    click.echo(json.dumps(make_schema(name), ensure_ascii=False, indent=2).encode())


def _below_root(session: Session, target: str) -> str:
    """Return a path that is relative to the working directory as one relative to the root."""
    path = Path(target)
    if path.exists() and path.resolve().is_relative_to(session.root):
        return path.resolve().relative_to(session.root).as_posix()
    return target


def _make_request(
    session: Session,
    output: Path | None,
    jobs: int | None,
    moment: str | None,
    *,
    drafts: bool = False,
    clean: bool = False,
    search: bool = True,
) -> Request:
    config = session.read_config()
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
    from sitegen.foundation.dates import parse_date

    try:
        return parse_date(moment, zone)
    except ValueError as error:
        raise UsageError("now-form", value=moment) from error


def _build_and_tell(
    session: Session,
    request: Request,
    known: BuildState | None = None,
    named: frozenset[str] | None = None,
) -> Report:
    started = time.monotonic()
    with _progress() as watch:
        report = session.built = build(request, watch, known, named)
    # A preview also builds when no file was saved: then it prints only if something changed.
    if known is None or named or _changed(report):
        _tell(session, report, time.monotonic() - started)
    return report


def _changed(report: Report) -> bool:
    return bool(report.written.written or report.written.removed)


def _prove(session: Session, request: Request) -> None:
    """Compare the output with a build from nothing; end the program if they differ."""
    from sitegen.cli.verification import verify

    differences = verify(request)
    for each in differences:
        arguments = {"url": each.path, "cause": translate(each.cause, session.language)}
        click.echo(describe("verify-differs", arguments, session.language), err=True)
    if differences:
        sys.exit(FAULT)
    session.say(mark("Every byte is what a build from nothing gives."))


def _tell(session: Session, report: Report, seconds: float) -> None:
    session.list_problems(report.warnings)
    session.say(
        mark("{written} files written, {unchanged} unchanged, {removed} removed in {seconds} s."),
        written=report.written.written,
        unchanged=report.written.unchanged,
        removed=report.written.removed,
        seconds=f"{seconds:.1f}".replace(".", translate(mark("."), session.language)),
    )


@contextmanager
def _progress() -> Iterator[ShowProgress]:
    """Yield a function that shows a progress bar, on a terminal and after one second."""
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


def _print_problems(session: Session, form: str, problems: tuple[Problem, ...]) -> None:
    if form == "json":
        click.echo(format_json(problems, session.language))
    elif form == "github":
        for each in problems:
            click.echo(format_github(each, session.language))
    else:
        session.list_problems(problems)


@contextmanager
def _tolerating(session: Session) -> Iterator[None]:
    """Print problems and go on: in a preview, the next save may solve them."""
    try:
        yield
    except ProblemsFoundError as error:
        session.list_problems(error.problems)
