"""The actions of the commands: they print, read the clock, and end the program."""

import functools
import gc
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click
import msgspec

from sitegen.build import CACHE, BuildState, Report, Request, build, check, prepare
from sitegen.cli import FAULT, INTERRUPTED, PROBLEMS, USAGE
from sitegen.cli.messages import describe, format_github, format_gitlab, format_json, translate
from sitegen.cli.speaking import answer_click, find_language
from sitegen.content.settings import Category, Config
from sitegen.foundation.generator import fingerprint_generator
from sitegen.foundation.text import normalise
from sitegen.foundation.workers import ShowProgress, default_jobs
from sitegen.incremental.config_cache import recall_config
from sitegen.model import CONFIG_FILE
from sitegen.output.folder import PREVIEWS
from sitegen.problems import (
    ConfigError,
    Problem,
    ProblemsFoundError,
    RefusedError,
    UsageError,
    has_errors,
    mark,
)

if TYPE_CHECKING:
    from rich.progress import Progress

    from sitegen.cli.page_pictures import Read
    from sitegen.cli.preview_state import Preview
    from sitegen.cli.proposal import Proposal
    from sitegen.cli.sentences import Sentence

OUTPUT = "output"
# The output of previews, where no release takes it for the site.
PREVIEW = f"{CACHE}/{PREVIEWS}/{OUTPUT}"
# The figures of readers, which no build touches.
STATS = "stats"
# With it, what a library said of a file is printed too.
_DEBUG = "SITEGEN_DEBUG"
# It may read the statistics of an account of GoatCounter.
_TOKEN = "GOATCOUNTER_TOKEN"  # noqa: S105 (the name of a variable)
_PATIENCE_SECONDS = 1.0


class Session:
    """One run of the program: the site's folder, its language, and what the last build left.

    ``listing_all`` tells whether each problem is printed, on a terminal too.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.listing_all = False
        self.known: BuildState | None = None

    def read_config(self) -> Config:
        """Return the configuration; messages are in its language from now on."""
        config = recall_config(self.root, self.root / CACHE, fingerprint_generator())
        self.language = config.language
        return config

    @functools.cached_property
    def language(self) -> str:
        """The reader's language: that of the site, or of the system if no site tells one."""
        return find_language(self.root)

    def say(self, text: str, **values: object) -> None:
        """Print a line on standard error."""
        click.echo(translate(text, self.language).format(**values), err=True)

    def format_seconds(self, seconds: float) -> str:
        """Return a number of seconds as the language writes it."""
        return f"{seconds:.1f}".replace(".", translate(mark("."), self.language))

    def list_problems(self, problems: tuple[Problem, ...], *, untouched: bool = False) -> None:
        """Print problems and how many there are; ``untouched`` adds that the site is as it was."""
        from sitegen.cli.listing import choose_colour, list_problems

        shortened = sys.stderr.isatty() and not self.listing_all
        listing = list_problems(problems, self.language, shortened=shortened)
        for line in listing.lines:
            click.echo(line, err=True, color=choose_colour(os.environ))
        if _DEBUG in os.environ:
            for each in filter(None, (each.arguments.get("trace") for each in problems)):
                click.echo(each, err=True)
        for line in listing.kinds:
            click.echo(line, err=True)
        as_before = mark("The published site is as it was.")
        words = [listing.summary, *([translate(as_before, self.language)] if untouched else [])]
        click.echo(" ".join(words), err=True)


@contextmanager
def open_session(root: Path) -> Iterator[Session]:
    """Yield a session; if an error ends it, print the error and end the program with its code."""
    session = Session(root)
    try:
        yield session
    except (click.ClickException, click.exceptions.Exit):
        raise  # click prints what is wrong with a command, and the help
    except ProblemsFoundError as error:
        session.list_problems(error.problems, untouched=True)
        sys.exit(USAGE if isinstance(error, ConfigError) else PROBLEMS)
    except UsageError as error:
        click.echo(describe(error.code, error.arguments, session.language), err=True)
        sys.exit(USAGE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        raise  # click ends the program, which nobody listens to any more
    except OSError as error:
        refusal = RefusedError(error, root)
        click.echo(describe(refusal.code, refusal.arguments, session.language), err=True)
        sys.exit(USAGE)
    except Exception:  # noqa: BLE001 (every fault of the generator has the same exit code)
        import traceback

        traceback.print_exc()
        session.say("This is a fault in the generator, not in the content. Please report it.")
        sys.exit(FAULT)


def build_site(
    session: Session,
    output: Path | None,
    jobs: int | None,
    moment: str | None,
    *,
    clean: bool,
    verifying: bool,
    drafts: bool,
    no_search: bool,
    index_later: bool,
    every: bool,
) -> None:
    """Build the site; see :func:`sitegen.build.build`."""
    session.listing_all = every
    flags = {"clean": clean, "drafts": drafts, "search": not no_search}
    # What is proved is the whole site.
    flags["index_later"] = index_later and not verifying
    request = _make_request(session, moment, output, jobs, **flags)
    _build_and_tell(session, request)
    if drafts and not output:
        session.say("The preview is in {folder}.", folder=PREVIEW)
    if verifying:
        from sitegen.cli.verification import verify

        differences = verify(request)
        for each in differences:
            arguments = {"url": each.path, "cause": translate(each.cause, session.language)}
            click.echo(describe("verify-differs", arguments, session.language), err=True)
        if differences:
            sys.exit(FAULT)
        session.say("Every byte is what a build from nothing gives.")


def check_site(
    session: Session,
    form: str,
    host: str | None,
    jobs: int | None,
    moment: str | None,
    *,
    every: bool,
) -> None:
    """Print every problem of the site in a form: ``text``, ``json``, ``github`` or ``gitlab``.

    Among them is what the ``host`` would refuse, or else the one that the configuration names.
    """
    session.listing_all = every
    code = PROBLEMS
    try:
        problems = check(_make_request(session, moment, jobs=jobs, search=True), host=host or "")
    except ConfigError as error:
        problems, code = error.problems, USAGE
    if form == "json":
        click.echo(format_json(problems, session.language))
    elif form == "gitlab":
        # The report is a file, and people read the log.
        click.echo(format_gitlab(problems, session.language))
        session.list_problems(problems)
    elif form == "github":
        for each in problems:
            click.echo(format_github(each, session.language))
    else:
        session.list_problems(problems)
    if has_errors(problems):
        sys.exit(code)


def preview_site(session: Session, port: int, moment: str | None, *, drafts: bool) -> None:
    """Serve the site, and build it again whenever a file is saved."""
    from sitegen.cli.preview import rebuild_on_change, serve_folder
    from sitegen.cli.preview_state import Preview, cut_excerpts

    # A page that an earlier preview has served is older than what is built now.
    preview = Preview(session.language, int(time.time() * 1000))
    # The files that changed since the last build without errors.
    waiting: frozenset[str] = frozenset()

    def rebuild(named: frozenset[str] | None = None) -> bool:
        nonlocal waiting
        if named is None:
            gc.collect()
        waiting |= named or frozenset()
        try:
            # A preview has no search index, because it takes long to make.
            config = session.read_config()
            preview.base, preview.language = config.base, session.language
            preview.read_now = functools.partial(_read_now, moment, config.timezone)
            request = _make_request(session, moment, drafts=drafts, preview=True)
            report = _build_and_tell(session, request, named and waiting)
        except Exception as error:  # noqa: BLE001 (whatever goes wrong is shown, and goes by)
            return _show_failure(session, preview, error)
        waiting = frozenset()
        site = report.site
        if site is None and preview.texts is None:
            # What an earlier preview has built is up to date.
            site = prepare(request, session.root / CACHE).context.site
        preview.succeed(site, cut_excerpts(session.root, report.warnings))
        if named or _changed(report):
            preview.advance()
        return True

    rebuild()
    folder = session.root / PREVIEW
    with serve_folder(folder, port, preview.base or "", preview) as address:
        session.say("The site is at {address} (Ctrl+C ends the preview).", address=address)
        rebuild_on_change(session.root, rebuild)


def open_desk(session: Session, port: int, *, installing: bool) -> None:
    """Serve the desk to this machine until it is interrupted, or fetch its program.

    It is for the folder that an editor opens there; what the configuration says of a host is for
    the desk that is published.
    """
    import tempfile

    from sitegen.desk import installation
    from sitegen.desk.packages import FOLDER, read_packages
    from sitegen.desk.pages import list_desk_files
    from sitegen.hosting.headers import make_desk_headers

    if installing:
        size = installation.install_packages(session.root)
        session.say("The desk is in {folder}/ ({size} MB).", folder=FOLDER, size=size // 1_000_000)
        return
    from sitegen.cli.preview import serve_folder
    from sitegen.foundation.addresses import DESK

    config = session.read_config()
    packages, problems = read_packages(session.root)
    if problems:
        raise ProblemsFoundError(problems)
    with tempfile.TemporaryDirectory() as scratch:
        for name, data in list_desk_files(config, packages):
            file = Path(scratch) / DESK.strip("/") / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        headers = make_desk_headers(config)
        with serve_folder(Path(scratch), port, "", None, headers) as address:
            desk = address.rstrip("/") + DESK
            session.say("The desk is at {address} (Ctrl+C ends it).", address=desk)
            with suppress(KeyboardInterrupt):
                threading.Event().wait()


def _show_failure(session: Session, preview: "Preview", error: Exception) -> bool:
    """Print why a build failed and show it on every page; tell whether a save alone can help."""
    from sitegen.cli.preview_state import Failure, cut_excerpts

    if isinstance(error, ProblemsFoundError):
        failure = Failure(cut_excerpts(session.root, error.problems))
    elif isinstance(error, OSError | UsageError):
        refused = RefusedError(error, session.root) if isinstance(error, OSError) else error
        words = describe(refused.code, refused.arguments, session.language)
        failure = Failure(lines=(words,))
    else:
        # What it remembers may be wrong.
        session.known = None
        fault = mark("This is a fault in the generator, not in the content. Please report it.")
        words = translate(fault, session.language)
        failure = Failure(lines=(f"{type(error).__name__}: {error}", words))
    is_known = failure == preview.failure
    preview.language = session.language
    preview.fail(failure)
    if not is_known:
        _print_failure(session, error, failure.lines)
    # A content is wrong until it is saved; but a file may have changed while it was read.
    return isinstance(error, ProblemsFoundError) and is_known


def _print_failure(session: Session, error: Exception, lines: tuple[str, ...]) -> None:
    if isinstance(error, ProblemsFoundError):
        session.list_problems(error.problems)
        return
    if not isinstance(error, OSError | UsageError):
        import traceback

        traceback.print_exception(error)
    for line in lines:
        click.echo(line, err=True)


def explain(session: Session, target: str, moment: str | None, *, drafts: bool) -> None:
    """Print what is made from a file, or what a page is made from, and why it was last rendered."""
    from sitegen.cli.explanation import explain_target

    request = _make_request(session, moment, jobs=1, drafts=drafts, search=True)
    for sentence in explain_target(request, _name_from_root(session, target)):
        click.echo(_word(sentence, session.language))


def _name_from_root(session: Session, target: str) -> str:
    """Return the path of a file below the root, which may be named from where one is."""
    path = Path(os.path.realpath(target))
    inside = path.exists() and path.is_relative_to(session.root)
    return path.relative_to(session.root).as_posix() if inside else target


def _word(sentence: "Sentence", language: str) -> str:
    values = {
        name: value if isinstance(value, str) else _word(value, language)
        for name, value in sentence.values.items()
    }
    return translate(sentence.text, language).format(**values)


def count_visits(
    session: Session,
    logs: tuple[str, ...],
    goatcounter: str | None,
    folder: Path | None,
    output: Path | None,
    moment: str | None,
) -> None:
    """Count visits and views from logs, or fetch them, and write what pages show of them."""
    import shutil

    from sitegen.incremental.manifest import list_paths, parse_manifest
    from sitegen.output.manifest_file import read_manifest
    from sitegen.output.publishing import hold_output
    from sitegen.visits import counting
    from sitegen.visits.goatcounter import GoatCounter

    if bool(logs) == bool(goatcounter):
        raise UsageError("stats-source")
    request = _make_request(session, moment, output)
    built = list_paths(parse_manifest(read_manifest(request.output)))
    if not built:
        raise UsageError("stats-unbuilt", path=str(request.output))
    program = shutil.which("goaccess")
    if logs and program is None:
        raise UsageError("goaccess-missing")
    site = prepare(request, session.root / CACHE).context.site
    folder = folder.absolute() if folder else session.root / STATS
    with hold_output(folder):
        if goatcounter:
            account = GoatCounter(goatcounter, os.environ.get(_TOKEN, ""), time.sleep)
            counting.fetch_visits(site, built, account, folder, request.now)
            return
        tally = counting.count_visits(site, built, logs, program or "", folder, request.now)
    session.say(
        "{lines} lines: {counted} of readers who asked for pages, {unread} not understood.",
        lines=tally.lines,
        counted=tally.counted,
        unread=tally.unread,
    )


def tell_due(session: Session, form: str | None, moment: str | None) -> None:
    """Print what is due, for people, or in a form: ``json`` or ``seconds``."""
    from sitegen.cli.agenda import count_seconds, describe_agenda, format_agenda, make_agenda

    agenda = make_agenda(_make_request(session, moment, search=True))
    if form == "json":
        click.echo(format_agenda(agenda))
        return
    if form == "seconds" and agenda.due:
        click.echo(count_seconds(agenda))
        return
    for each in describe_agenda(agenda):
        click.echo(translate(each.text, session.language).format(**each.values))
    if not agenda.due:
        session.say("Nothing will change until somebody edits the site.")


def publish_site(
    session: Session,
    target: str,
    output: Path | None,
    moment: str | None,
    *,
    keep: int,
    rollback: str | None,
    listing: bool,
) -> None:
    """Publish the built site, go back to an earlier release, or list the releases.

    ``target`` is a folder, here or on another machine.
    """
    from sitegen.cli.releases import describe_releases
    from sitegen.releases.commit import find_commit
    from sitegen.releases.publication import Publication
    from sitegen.releases.target import open_target

    def tell_waiting() -> None:
        session.say("Another publication is at work: waiting for it.")

    config, started, cache = session.read_config(), time.monotonic(), session.root / CACHE
    making = not listing and rollback is None
    with open_target(session.root, cache, target, tell_waiting, making=making) as opened:
        if listing:
            for sentence in describe_releases(opened.state, config.timezone):
                click.echo(translate(sentence.text, session.language).format(**sentence.values))
            return
        if rollback is not None:
            release = opened.roll_back(rollback)
            session.say("Readers see the release {name} again.", name=release.name)
            return
        built = (output or session.root / OUTPUT).absolute()
        # What was waited for may have taken long.
        now, commit = _read_now(moment, config.timezone), find_commit(session.root)
        made = Publication(built, opened.place, now, keep, commit, default_jobs())
        published = opened.publish(made)
    values = {"name": published.release.name, "files": published.release.files}
    if published.fresh is None:
        session.say("Readers see the release {name}, and nothing has changed since.", **values)
        return
    session.say(
        "Readers see the release {name}: {files} files, {fresh} of them new, in {seconds} s.",
        fresh=published.fresh,
        seconds=session.format_seconds(time.monotonic() - started),
        **values,
    )


def tell_changes(
    session: Session,
    target: str,
    since: str | None,
    form: str | None,
    output: Path | None,
    moment: str | None,
    *,
    every: bool,
) -> None:
    """Print what the built site changes for readers, or what changed ``since`` a release.

    ``target`` is where readers are; an empty ``since`` is the release before. The ``form`` is for
    people, or else ``json``, ``indexnow`` or ``websub``.
    """
    from sitegen.cli import changed_pages
    from sitegen.releases.target import compare, open_target

    def tell_waiting() -> None:
        session.say("Another publication is at work: waiting for it.")

    config, cache = session.read_config(), session.root / CACHE
    built = (output or session.root / OUTPUT).absolute()
    with open_target(session.root, cache, target, tell_waiting, making=False) as opened:
        now = _read_now(moment, config.timezone).timestamp()
        changed = compare(opened, target, built, now, since)
    pages = changed_pages.choose_pages(changed, every=every)
    if form == "json":
        click.echo(changed_pages.format_pages(pages, config))
    elif form == "indexnow":
        for each in changed_pages.write_indexnow(pages, config):
            click.echo(each)
    elif form == "websub":
        click.echo(changed_pages.write_websub(changed, config), nl=False)
    else:
        for sentence in changed_pages.describe_pages(pages, config):
            click.echo(_word(sentence, session.language))
        if not pages:
            session.say("No page has changed.")


def tell_proposal(
    session: Session,
    against: str,
    form: str | None,
    page: Path | None,
    moment: str | None,
    *,
    drafts: bool,
) -> None:
    """Print what the site as it is changes of that of a commit, or of a published release.

    The ``form`` is for people, or else ``json``. The ``page`` is a file of HTML that is written.
    """
    import tempfile

    from sitegen.cli import proposal as proposals
    from sitegen.cli import proposal_text
    from sitegen.cli.earlier_tree import Repository, shorten

    config = session.read_config()
    request = _make_request(session, moment, drafts=drafts)
    repository = Repository(session.root, os.environ)
    commit = repository.find_commit(against)
    with tempfile.TemporaryDirectory(prefix="sitegen-") as temporary:
        folder = Path(temporary)
        earlier = folder / "site"
        repository.write_tree(commit, earlier)
        for name in ("before", "now"):
            proposals.copy_cache(session.root, folder / name)
        now = proposals.plan_state(request, folder / "now")
        try:
            asked = msgspec.structs.replace(request, root=earlier)
            before = proposals.plan_state(asked, folder / "before")
        except ProblemsFoundError as error:
            first = describe(error.problems[0].code, error.problems[0].arguments, session.language)
            raise UsageError("against-broken", value=against, reason=first) from error
        with _progress() as watch:
            made, differences = folder / "made", repository.find_differences(commit)
            proposal = proposals.compare_states(before, now, differences, made, request.jobs, watch)
        if form == "json":
            click.echo(proposal_text.format_proposal(proposal, config).encode())
        else:
            compared = translate(mark("Compared with {against}:"), session.language)
            click.echo(compared.format(against=f"{against} ({shorten(commit)})"))
            for line in proposal_text.describe_proposal(proposal, config.base, session.language):
                click.echo(line)
        if page:
            against = f"{against} ({shorten(commit)})"
            states = [
                functools.partial(proposals.read_made, state, folder / f"shown-{name}")
                for name, state in (("before", before), ("now", now))
            ]
            _write_proposal_page(session, proposal, states[0], states[1], page, against)


def _write_proposal_page(
    session: Session,
    proposal: "Proposal",
    before: "Read",
    now: "Read",
    file: Path,
    against: str,
) -> None:
    from sitegen.cli.page_pictures import Photographer, Pictures, find_browser
    from sitegen.cli.proposal_page import choose_pictured, write_page
    from sitegen.releases.comparison import Change

    config = session.read_config()
    pictures: dict[str, Pictures] = {}
    if browser := find_browser(os.environ):
        photographer = Photographer(browser, config.base, before, now)
        pictured = choose_pictured(proposal)
        with _progress() as watch:
            for number, page in enumerate(pictured):
                watch(number, len(pictured))
                old = "" if page.change is Change.APPEARS else page.url
                new = "" if page.change is Change.VANISHES else page.url
                if taken := photographer.take(page.moved_from or old, new):
                    pictures[page.url] = taken
    if proposal.pages and not pictures:
        session.say("There is no Chromium that takes pictures, so the page has none.")
    text = write_page(
        proposal, pictures, session.language, base=config.base, title=config.title, against=against
    )
    file.write_text(text, "utf-8", newline="\n")
    session.say("Written: {path}", path=file)


def begin_article(
    session: Session, title: str | None, category: str | None, author: str, moment: str | None
) -> Path:
    """Write a new article to be filled in, and return its path.

    Its title and its category are asked for if they are not given.
    """
    from sitegen.cli.scaffold import find_category, new_article

    config = session.read_config()
    now = _read_now(moment, config.timezone)
    if category:
        find_category(config, category)
    if not title:
        title = _ask(session, mark("The title of the article"))
    if not category:
        category = _ask_for_category(session, config.every_category()).path
    path = new_article(session.root, config, title, category, author, now)
    session.say("Written: {path}", path=path.as_posix())
    return path


def open_editor(session: Session, path: Path, *, wished: bool | None) -> None:
    """Open a file of the site in the editor of the environment, and wait until it is closed.

    If nobody said whether it is ``wished``, it is on a terminal for which an editor was chosen.
    """
    if wished is None:
        wished = is_terminal() and any(os.environ.get(name) for name in ("VISUAL", "EDITOR"))
    if not wished:
        return
    try:
        click.edit(filename=str(session.root / path))
    except click.ClickException as error:
        raise UsageError("editor-failed", path=path.as_posix()) from error


def _ask(session: Session, question: str, **options: Any) -> Any:  # noqa: ANN401 (of the options)
    """Return the answer of a terminal, which is told in its language what is wrong with one."""
    with answer_click(session.language):
        return click.prompt(translate(question, session.language), err=True, **options)


def _ask_for_category(session: Session, categories: tuple[Category, ...]) -> Category:
    from sitegen.cli.incoming import list_choices

    if len(categories) == 1:
        return categories[0]
    for line in list_choices(categories):
        click.echo(line, err=True)
    numbers = click.IntRange(1, len(categories))
    number: int = _ask(session, mark("The number of its category"), type=numbers)
    return categories[number - 1]


def begin_article_from(
    session: Session,
    document: Path,
    title: str | None,
    category: str | None,
    author: str,
    encoding: str | None,
    moment: str | None,
) -> Path:
    """Write the draft of an article from a document, list what has to be looked at.

    The path of the draft is returned.
    """
    from sitegen.cli.incoming import choose_category, describe_note
    from sitegen.importing.drafts import make_draft, write_draft
    from sitegen.importing.notes import Note
    from sitegen.importing.sources import open_document, open_pasted

    config = session.read_config()
    now = _read_now(moment, config.timezone)
    pasted = document == Path("-")
    source = open_pasted(sys.stdin.buffer.read()) if pasted else open_document(document)
    can_ask = is_terminal()
    if encoding is None:
        encoding = _ask_for_encoding(session, source.find_encoding(), can_ask=can_ask)
    page = source.convert("" if encoding == "unicode" else encoding)
    draft = make_draft(page, title or "", "" if pasted else document.stem.replace("_", " "))
    notes = [*draft.notes]
    found = choose_category(config, category)
    categories = config.every_category()
    if found is None and can_ask:
        found = _ask_for_category(session, categories)
    if found is None:
        found = categories[0]
        text = mark("The category was not said: {category} is the first of config.yaml.")
        notes.append(Note(text, {"category": found.name}))
    remarks = [describe_note(each, session.language) for each in notes]
    written = write_draft(session.root, draft, found, now, author, remarks)
    for path in (written.path, *written.pictures):
        session.say("Written: {path}", path=path)
    if remarks:
        session.say("To be looked at before the article is published:")
        for remark in remarks:
            click.echo(f"- {remark}", err=True)
    return Path(written.path)


def import_texts(
    session: Session,
    sources: tuple[Path, ...],
    year: int | None,
    map_file: Path | None,
    moment: str | None,
) -> None:
    """Write what other systems have as texts of this site, and list what has to be looked at."""
    from sitegen.cli import imports
    from sitegen.cli.incoming import describe_note
    from sitegen.importing.collecting import collect
    from sitegen.importing.known_texts import read_known
    from sitegen.importing.old_categories import read_map
    from sitegen.importing.old_pages import Surroundings
    from sitegen.importing.taking_over import take_over

    # The trees of pages are cycles, and an archive has thousands of them.
    gc.enable()
    config = session.read_config()
    now = _read_now(moment, config.timezone)
    around = Surroundings(config.timezone, now, year)
    collections = list(collect(sources, around, config.language))
    if map_file and not map_file.exists() and imports.begin_map(map_file, collections, config):
        session.say("Written: {path}", path=map_file)
        session.say("Look at the categories in it, and run the command again.")
        return
    mapping = read_map(map_file) if map_file and map_file.exists() else {}
    taken = []
    for each in take_over(
        session.root,
        config,
        collections,
        mapping,
        read_known(session.root),
        now,
        lambda note: describe_note(note, session.language),
    ):
        taken.append(each)
        for line in imports.describe_text(each, session.language):
            click.echo(line, err=True)
    for line in imports.describe_rest(taken, collections, config, session.language):
        click.echo(line, err=True)


def _ask_for_encoding(session: Session, found: str, *, can_ask: bool) -> str:
    """Return the old encoding from which a text is to be converted, or nothing.

    What only seems to be in one is not converted without asking.
    """
    if not found:
        return ""
    if not can_ask:
        raise UsageError("encoding-legacy", value=found)
    text = mark("The text seems to be typed in {encoding}. Convert it to Unicode?")
    asked = translate(text, session.language).format(encoding=found.upper())
    with answer_click(session.language):
        return found if click.confirm(asked, default=True, err=True) else ""


def add_photos(
    session: Session, photos: tuple[Path, ...], folder: str | None, moment: str | None
) -> None:
    """Put photos below ``content/media``, and print the line with which a text shows each.

    A photo that cannot be used stops no other.
    """
    from sitegen.cli.incoming import add_photo, name_media_folder

    now = _read_now(moment, session.read_config().timezone)
    target = None if folder is None else name_media_folder(folder)
    refused = False
    for photo in photos:
        try:
            saved = add_photo(session.root, photo, target, now)
        except UsageError as error:
            refused = True
            click.echo(describe(error.code, error.arguments, session.language), err=True)
            continue
        if saved.known:
            session.say("{photo} is there already: {path}", photo=photo.name, path=saved.path)
        else:
            session.say("Written: {path}", path=saved.path)
        print_text(
            translate(
                mark('![Description]({photo} "Caption. Photo: NAME")'), session.language
            ).format(photo=saved.reference)
            + "\n"
        )
    if refused:
        sys.exit(USAGE)


def move_text(session: Session, file: str, moment: str | None, **wishes: str) -> None:
    """Give a text another category, slug, date or folder, and lead its old address to it."""
    from sitegen.cli import moving
    from sitegen.content.moves import Wishes

    config = session.read_config()
    now = _read_now(moment, config.timezone)
    path = _name_from_root(session, file).replace("\\", "/").removeprefix("./")
    for sentence in moving.move_text(
        session.root, config, normalise(path), Wishes(**wishes), now, default_jobs()
    ):
        click.echo(_word(sentence, session.language))


def rename_tag(session: Session, old: str, new: str) -> None:
    """Give a tag another name in every article."""
    from sitegen.cli import moving

    config = session.read_config()
    for sentence in moving.rename_tag(session.root, config, old, new, default_jobs()):
        click.echo(_word(sentence, session.language))


def is_terminal() -> bool:
    """Tell whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def begin_site(
    session: Session,
    folder: Path,
    moment: str | None,
    host: str | None,
    package: str | None,
    **given: str | None,
) -> None:
    """Write a new site into a folder, with what its ``host`` needs to install the ``package``.

    What is not ``given`` of its title, address and body is asked for on a terminal.
    """
    from sitegen.cli.new_site import Portal, new_site
    from sitegen.content.settings import DEFAULT_TIMEZONE

    asked = {
        "title": mark("Title of the portal"),
        "url": mark("Its address"),
        "governing_body": mark("The body that it belongs to"),
    }
    known = {name: value for name, value in given.items() if value}
    if is_terminal():
        samples = Portal()
        for name in (each for each in asked if each not in known):
            known[name] = _ask(session, asked[name], default=getattr(samples, name))
    now = _read_now(moment, ZoneInfo(DEFAULT_TIMEZONE))
    new_site(folder, now, Portal(**known), host, package)
    session.say("A new site is in {folder}. Next: sitegen --root {folder} serve", folder=folder)


def update_theme(session: Session, *, dry: bool) -> None:
    """Bring the built-in theme into the site's own, and list what was done with each file.

    The program ends with an error where something must be merged by hand.
    """
    from sitegen.foundation.package_files import find_folder
    from sitegen.theme import updates
    from sitegen.theme.templates import TEMPLATES

    folder, builtin = session.root / TEMPLATES, find_folder(TEMPLATES)
    if not folder.is_dir():
        raise UsageError("theme-missing", path=TEMPLATES)
    if waiting := updates.find_waiting(folder):
        raise UsageError("theme-waiting", path=f"{TEMPLATES}/{waiting[0]}")
    own, base, newer = (
        updates.read_theme(folder),
        updates.read_base(folder),
        updates.read_theme(builtin),
    )
    steps = updates.plan_update(own, base, newer)
    if not dry and base != newer and not folder.samefile(builtin):
        updates.apply_update(folder, steps, builtin)
    words = {
        "added": mark("Added: {path}"),
        "updated": mark("Updated: {path}"),
        "merged": mark("Merged with your changes: {path}"),
        "removed": mark("Removed: {path}"),
        "kept": mark("Kept, because you changed it; the newer theme has no such file: {path}"),
        "conflict": mark("Not merged: {path} is as it was; the newer version is {path}.new"),
    }
    for step in steps:
        session.say(words[step.kind], path=f"{TEMPLATES}/{step.name}")
    if not steps:
        session.say("The theme is that of this version, with your changes.")
    if any(step.kind == "conflict" for step in steps):
        session.say("Merge each .new file by hand, then delete it. It is no part of the site.")
        sys.exit(PROBLEMS)


def print_server_configuration(session: Session, server: str) -> None:
    """Print the configuration of a web server, for the site, if there is one."""
    from sitegen.cli.host_setup import make_server_configuration

    has_site = (session.root / CONFIG_FILE).exists()
    print_text(make_server_configuration(server, session.read_config().url if has_site else None))


def print_text(text: str) -> None:
    """Print a text for other programs, in UTF-8 on every system."""
    click.echo(text.encode(), nl=False)


def _make_request(
    session: Session,
    moment: str | None,
    output: Path | None = None,
    jobs: int | None = None,
    *,
    preview: bool = False,
    **flags: bool,
) -> Request:
    """Return a request; ``flags`` are those of its fields that are true or false.

    Without ``output``, a preview and whatever shows drafts has a folder of its own.
    """
    config = session.read_config()
    now = _read_now(moment, config.timezone)
    own = PREVIEW if preview or flags.get("drafts") else OUTPUT
    output = output.absolute() if output else session.root / own
    return Request(session.root, output, now, jobs or default_jobs(), **flags)


def _read_now(moment: str | None, zone: ZoneInfo) -> datetime:
    if moment is None:
        return datetime.now(zone)
    from sitegen.foundation.dates import parse_date

    try:
        return parse_date(moment, zone)
    except ValueError as error:
        raise UsageError("now-form", value=moment) from error


def _build_and_tell(
    session: Session, request: Request, named: frozenset[str] | None = None
) -> Report:
    """Build on what the last build of the session left, and print what was done."""
    started, before = time.monotonic(), session.known
    with _progress() as watch:
        report = build(request, watch, before, named)
    session.known = report.known
    # A preview also builds when no file was saved: then it prints only if something changed.
    if before is None or named or _changed(report):
        if report.warnings:
            session.list_problems(report.warnings)
        session.say(
            "{written} files written, {unchanged} unchanged, {removed} removed in {seconds} s.",
            written=report.written.written,
            unchanged=report.written.unchanged,
            removed=report.written.removed,
            seconds=session.format_seconds(time.monotonic() - started),
        )
    return report


def _changed(report: Report) -> bool:
    return bool(report.written.written or report.written.removed)


@contextmanager
def _progress() -> Iterator[ShowProgress]:
    """Yield a function that shows a progress bar, on a terminal and after one second."""
    started = time.monotonic()
    bar: Progress | None = None
    with ExitStack() as shown:

        def watch(done: int, total: int) -> None:
            nonlocal bar
            late = time.monotonic() - started > _PATIENCE_SECONDS
            if bar is None and late and sys.stderr.isatty():
                from rich.console import Console
                from rich.progress import Progress

                console = Console(stderr=True)
                bar = shown.enter_context(Progress(console=console, transient=True))
                bar.add_task("", total=total)
            if bar:
                bar.update(bar.task_ids[0], completed=done)

        yield watch
