"""The commands and their options.

Each command imports its action when it is called. Its options are the arguments of the action.
"""

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from sitegen import __version__
from sitegen.cli import DONE, FAULT
from sitegen.cli.speaking import Program

if TYPE_CHECKING:
    from sitegen.cli.actions import Session

PORT = 8000
# Both may be open.
DESK_PORT = 8001
KEEP = 5


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--root",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The folder that holds config.yaml (default: here).",
)
@click.version_option(__version__, prog_name="sitegen")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Make a news portal from Markdown articles."""
    # Records never form cycles, so the garbage collector would search all of them for nothing.
    gc.disable()
    from sitegen.cli.actions import open_session

    context.obj = context.with_resource(open_session(Path(os.path.realpath(root))))


def run() -> NoReturn:
    """Run the program from the shell, and end the process without the clean-up of Python.

    To free fifty thousand records one by one takes longer than a build in which nothing changed.
    """
    code: object = FAULT
    try:
        main()
    except SystemExit as error:
        # The error is kept, because its traceback holds the session with all records of the build.
        _ended, code = error, error.code
    with suppress(OSError):
        # The reader of a pipe may have closed it.
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else DONE if code is None else FAULT)


_now_option = click.option(
    "--now",
    "moment",
    metavar="WHEN",
    help="Take this for the present time, such as 2023-03-06T09:34.",
)
_jobs_option = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 64),
    help="Processes (default: one for each processor).",
)
_all_option = click.option(
    "--all", "every", is_flag=True, help="List every problem, however many there are of a kind."
)


@main.command("build")
@click.option(
    "--output", metavar="PATH", type=click.Path(path_type=Path), help="Where the site is written."
)
@_jobs_option
@_now_option
@click.option("--clean", is_flag=True, help="Render everything and ignore the cache.")
@click.option("--verify", "verifying", is_flag=True, help="Prove it against a build from nothing.")
@click.option("--drafts", is_flag=True, help="Show drafts and future articles, for a preview.")
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
@click.option(
    "--index-later",
    is_flag=True,
    help="Leave the search index to the next build, where readers cannot notice.",
)
@_all_option
@click.pass_obj
def build_command(session: "Session", /, **options: Any) -> None:
    """Build the site."""
    from sitegen.cli.actions import build_site

    build_site(session, **options)


@main.command("check")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "gitlab"]),
    default="text",
    show_default=True,
    help="How the problems are printed.",
)
@click.option(
    "--host",
    type=click.Choice(["azure", "cloudflare", "github", "gitlab", "netlify"]),
    help="Tell what this host would refuse, too (default: host in config.yaml).",
)
@_jobs_option
@_now_option
@_all_option
@click.pass_obj
def check_command(session: "Session", /, **options: Any) -> None:
    """Find every problem without building the site."""
    from sitegen.cli.actions import check_site

    check_site(session, **options)


@main.command("serve")
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="The port (0: any free one).",
)
@_now_option
@click.option("--drafts", is_flag=True, help="Show drafts and future articles too.")
@click.pass_obj
def serve_command(session: "Session", /, **options: Any) -> None:
    """Show the site on this machine and build it again when a file is saved."""
    from sitegen.cli.actions import preview_site

    preview_site(session, **options)


@main.command("desk")
@click.option(
    "--install", "installing", is_flag=True, help="Fetch its program with npm into desk/, and end."
)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    default=DESK_PORT,
    show_default=True,
    help="The port (0: any free one).",
)
@click.pass_obj
def desk_command(session: "Session", /, **options: Any) -> None:
    """Write in a browser: show the texts as forms on this machine."""
    from sitegen.cli.actions import open_desk

    open_desk(session, **options)


@main.command("why")
@click.argument("target", metavar="FILE|URL")
@_now_option
@click.option("--drafts", is_flag=True, help="As a build with --drafts sees it.")
@click.pass_obj
def why_command(session: "Session", /, **options: Any) -> None:
    """Say what a file makes, or where a page comes from, and why it was last rendered."""
    from sitegen.cli.actions import explain

    explain(session, **options)


@main.command("due")
@_now_option
@click.option("--json", "form", flag_value="json", help="A list for other programs.")
@click.option(
    "--seconds", "form", flag_value="seconds", help="Seconds until the next, for a timer."
)
@click.pass_obj
def due_command(session: "Session", /, **options: Any) -> None:
    """Say what will appear or expire, and when."""
    from sitegen.cli.actions import tell_due

    tell_due(session, **options)


@main.command("publish")
@click.argument("target", metavar="DIR")
@click.option(
    "--keep",
    type=click.IntRange(2, 1000),
    default=KEEP,
    show_default=True,
    metavar="N",
    help="Releases that stay.",
)
@click.option(
    "--rollback",
    is_flag=False,
    flag_value="",
    metavar="[ID]",
    help="Go back to the release before, or to ID.",
)
@click.option("--list", "listing", is_flag=True, help="List the releases.")
@click.option(
    "--output", metavar="PATH", type=click.Path(path_type=Path), help="Where the site was built."
)
@_now_option
@click.pass_obj
def publish_command(session: "Session", /, **options: Any) -> None:
    """Show the built site to readers, all at once."""
    from sitegen.cli.actions import publish_site

    publish_site(session, **options)


@main.command("changes")
@click.argument("target", metavar="DIR", required=False)
@click.option(
    "--against",
    metavar="REF",
    help="What the site as it is changes of this commit, branch or published release.",
)
@click.option(
    "--since",
    is_flag=False,
    flag_value="",
    metavar="[ID]",
    help="What readers see by now, compared with the release before, or with ID.",
)
@click.option("--json", "form", flag_value="json", help="A list for other programs.")
@click.option("--indexnow", "form", flag_value="indexnow", help="What search engines are sent.")
@click.option("--websub", "form", flag_value="websub", help="What the hub of the feeds is sent.")
@click.option(
    "--html",
    "page",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --against: write a page with pictures before and after.",
)
@click.option("--drafts", is_flag=True, help="With --against: drafts and future articles too.")
@click.option("--all", "every", is_flag=True, help="Pages of lists too.")
@click.option(
    "--output", metavar="PATH", type=click.Path(path_type=Path), help="Where the site was built."
)
@_now_option
@click.pass_context
def changes_command(context: click.Context, /, **options: Any) -> None:
    """Say which pages readers find changed, or what a proposal changes."""
    from sitegen.cli import actions
    from sitegen.problems import UsageError

    proposed = {"against", "form", "page", "moment", "drafts"}
    published = {"target", "since", "form", "output", "moment", "every"}
    wanted = proposed if options["against"] else published
    given = {name for name, value in options.items() if value or value == ""}
    if not given & {"target", "against"} or not given <= wanted:
        raise UsageError("changes-options")
    if options["against"] and options["form"] not in {None, "json"}:
        raise UsageError("changes-options")
    act = actions.tell_proposal if options["against"] else actions.tell_changes
    act(context.obj, **{name: options[name] for name in wanted})


def _complete_category(context: click.Context, _: click.Parameter, begun: str) -> list[Any]:
    from sitegen.cli.completion import complete_category

    return complete_category(context.find_root().params["root"] or Path(), begun)


@main.command("stats")
@click.argument("logs", nargs=-1, metavar="LOG...")
@click.option("--goatcounter", metavar="URL", help="Take the figures of this GoatCounter instead.")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the figures are (default: stats).",
)
@click.option(
    "--output", metavar="DIR", type=click.Path(path_type=Path), help="Where the site was built."
)
@_now_option
@click.pass_obj
def stats_command(session: "Session", /, **options: Any) -> None:
    """Count visits and views from the logs of a web server (- is the standard input)."""
    from sitegen.cli.actions import count_visits

    count_visits(session, **options)


@main.command("new")
@click.argument("title", metavar="TITLE", required=False)
@click.option(
    "--from",
    "document",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True),
    help="A document that becomes the article: Word, a web page, a text (- is the standard input).",
)
@click.option(
    "--category",
    metavar="NAME",
    shell_complete=_complete_category,
    help="A category of config.yaml. Without it, a terminal is asked.",
)
@click.option("--author", default="", metavar="NAME", help="The byline.")
@click.option(
    "--edit/--no-edit",
    default=None,
    help="Open the article in $VISUAL or $EDITOR (default: on a terminal, if one is set).",
)
@click.option(
    "--encoding",
    type=click.Choice(["tcvn3", "vni", "vps", "unicode"]),
    help="How the document is encoded, if it was typed with fonts of before Unicode.",
)
@_now_option
@click.pass_context
def new_command(context: click.Context, /, **options: Any) -> None:
    """Begin a new article."""
    from sitegen.cli import actions

    edit = options.pop("edit")
    if options["document"]:
        path = actions.begin_article_from(context.obj, **options)
    else:
        for each in context.command.params:
            lacking = each.name in {"title", "category"} and not options[each.name]
            if lacking and not actions.is_terminal():
                raise click.MissingParameter(ctx=context, param=each)
        wanted = ("title", "category", "author", "moment")
        path = actions.begin_article(context.obj, **{name: options[name] for name in wanted})
    actions.open_editor(context.obj, path, wished=edit)


@main.command("import")
@click.argument(
    "sources",
    nargs=-1,
    required=True,
    metavar="FILE|FOLDER...",
    type=click.Path(path_type=Path, exists=True),
)
@click.option(
    "--year",
    metavar="N",
    type=click.IntRange(1990, 2100),
    help="The year of pages whose day has none.",
)
@click.option(
    "--map",
    "map_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Which category each old one is; written with suggestions, if it is not there yet.",
)
@_now_option
@click.pass_obj
def import_command(session: "Session", /, **options: Any) -> None:
    """Take over pages of an old portal, feeds, and sites of WordPress, Hugo and Jekyll."""
    from sitegen.cli.actions import import_texts

    import_texts(session, **options)


@main.command("add")
@click.argument(
    "photos",
    nargs=-1,
    required=True,
    metavar="PHOTO...",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
)
@click.option(
    "--to",
    "folder",
    metavar="FOLDER",
    help="The folder below content/media (default: anh/ and the year).",
)
@_now_option
@click.pass_obj
def add_command(session: "Session", /, **options: Any) -> None:
    """Put photos into content/media, and print the lines with which articles show them."""
    from sitegen.cli.actions import add_photos

    add_photos(session, **options)


@main.command("move")
@click.argument("file", metavar="FILE")
@click.option(
    "--category",
    default="",
    metavar="NAME",
    shell_complete=_complete_category,
    help="A category of config.yaml.",
)
@click.option("--slug", default="", metavar="SLUG", help="The last part of its address.")
@click.option("--date", default="", metavar="WHEN", help="The date, such as 2023-03-06 09:34.")
@click.option("--folder", default="", metavar="FOLDER", help="The folder below content/.")
@_now_option
@click.pass_obj
def move_command(session: "Session", /, **options: Any) -> None:
    """Give an article another category, address, date or folder; its old address leads to it."""
    from sitegen.cli.actions import move_text

    move_text(session, **options)


@main.command("rename-tag")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.pass_obj
def rename_tag_command(session: "Session", old: str, new: str) -> None:
    """Give a tag another name in every article; the old address of its list leads to the new."""
    from sitegen.cli.actions import rename_tag

    rename_tag(session, old, new)


@main.command("init")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--title", metavar="TITLE", help="The title of the portal.")
@click.option("--url", metavar="URL", help="Its address, such as https://portal.example.vn.")
@click.option("--body", "governing_body", metavar="NAME", help="The body that it belongs to.")
@click.option(
    "--host",
    type=click.Choice(["github", "gitlab", "forgejo", "server"]),
    help="Write what is needed to publish there (server: one of your own).",
)
@click.option(
    "--package",
    metavar="FILE|URL",
    help="The released package that is installed there: a wheel, or its address.",
)
@_now_option
@click.pass_obj
def init_command(session: "Session", /, **options: Any) -> None:
    """Begin a new site in FOLDER."""
    from sitegen.cli.actions import begin_site

    begin_site(session, **options)


@main.command("deploy")
@click.argument("server", type=click.Choice(["nginx"]))
@click.pass_obj
def deploy_command(session: "Session", server: str) -> None:
    """Print the configuration with which a web server shows the site."""
    from sitegen.cli.actions import print_server_configuration

    print_server_configuration(session, server)


@main.command("theme")
@click.argument("action", type=click.Choice(["update"]))
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be done, and do nothing.")
@click.pass_obj
def theme_command(session: "Session", action: str, *, dry: bool) -> None:
    """Bring the theme of this version into the site's own, and keep what was changed there."""
    from sitegen.cli.actions import update_theme

    assert action == "update"  # noqa: S101 (there is no other)
    update_theme(session, dry=dry)


@main.command("schema")
@click.argument("kind", type=click.Choice(["article", "page", "people", "config"]))
def schema_command(kind: str) -> None:
    """Print the JSON Schema of a kind of file, for editors' programs."""
    import json

    from sitegen.cli.actions import print_text
    from sitegen.content.kinds import make_schema

    print_text(json.dumps(make_schema(kind), ensure_ascii=False, indent=2) + "\n")
