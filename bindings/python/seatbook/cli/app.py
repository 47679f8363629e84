"""Assembles the command: its subcommands, global options and help text."""

import os
import sys
from typing import Any, List, Optional

import typer

import seatbook

from . import files, licenses, people, plots, records, reports, seats, uses
from .commands import BookCommand, BookGroup, common_options_first
from .output import Output, confirm_name
from .settings import WrongUsage, settings_of
from .streams import prepare_streams

_HELP = """Record software seats: who holds which seat, since when, and who granted it.

Specify a person by name, email or #id, and a license by name, host key or #id.

--book, or the variable SEATBOOK_BOOK, specifies the book: a file, or the URL of a PostgreSQL
database (postgresql://user@host/database). A database can hold several books; --name selects one.
Set the password in PGPASSWORD or ~/.pgpass: other users can see a URL in the process list.

Exit codes: 0 success; 1 the command was refused or you declined; 2 wrong usage, or a name that
matches no record or more than one; 3 storage error; 130 interrupted; 141 the reader closed the
output early. An import exits with 0 even if some rows fail, and lists those rows; with
--all-or-nothing it fails instead.

--book, --as, --json, --yes and --allow-clock-behind can be placed anywhere on the line; --name must
come before the command.
"""

_WORDS = (
    "init people licenses show my assign bulk-assign revoke transfer archive reactivate review "
    "owners import export report plot history events check stats backup migrate drop-book"
).split()


class _Root(BookGroup):
    """Lists the commands in the order in which a new user needs them."""

    def list_commands(self, ctx: Any) -> List[str]:
        """Returns the names of the commands, for --help."""
        return sorted(super().list_commands(ctx), key=_WORDS.index)


app = typer.Typer(cls=_Root, no_args_is_help=True, pretty_exceptions_enable=False)
archive = typer.Typer(cls=BookGroup, help="Archive a person or a license.", no_args_is_help=True)
reactivate = typer.Typer(
    cls=BookGroup, help="Reactivate an archived person or license.", no_args_is_help=True
)


def _version(context: typer.Context, parameter: Any, value: bool) -> bool:
    if value and not context.resilient_parsing:
        print(seatbook.__version__)
        raise typer.Exit()
    return value


@app.callback(help=_HELP)
def _root(
    context: typer.Context,
    book: Optional[str] = typer.Option(
        None, metavar="FILE|URL", help="The book [default: SEATBOOK_BOOK]."
    ),
    name: Optional[str] = typer.Option(
        None, metavar="NAME", help="The book in a database [default: SEATBOOK_NAME, or main]."
    ),
    actor: Optional[str] = typer.Option(
        None, "--as", metavar="NAME", help="The actor recorded in history [default: login name]."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    yes: bool = typer.Option(False, "--yes", "-y", help="Do not ask for confirmation."),
    allow_clock_behind: bool = typer.Option(
        False,
        "--allow-clock-behind",
        help="Write even if the clock is more than 10 minutes behind the last change.",
    ),
    version: bool = typer.Option(
        False, "--version", is_eager=True, callback=_version, help="Print the version."
    ),
) -> None:
    settings = settings_of(context)
    settings.book = book
    settings.name = name
    settings.actor = actor
    settings.json = as_json
    settings.yes = yes
    settings.allow_clock_behind = allow_clock_behind


@app.command("init", cls=BookCommand)
def init(
    context: typer.Context,
    book: Optional[str] = typer.Argument(None, metavar="[FILE|URL]", help="Replaces --book."),
    name: Optional[str] = typer.Option(
        None, metavar="NAME", help="The book in a database [default: SEATBOOK_NAME, or main]."
    ),
) -> None:
    """Create an empty book; in a database, also its tables. Fails if the book exists."""
    settings = settings_of(context)
    settings.book = settings.book if book is None else book
    settings.name = settings.name if name is None else name
    place = settings.place()
    with place.create() as created:
        result = {"book": str(place), "version": created.version}
        Output(settings).result(result, f"Created {place}")


@app.command("migrate", cls=BookCommand)
def migrate(context: typer.Context) -> None:
    """Migrate a file, or the tables of a database, of an earlier release to the newest format.

    Make a copy first: programs of the earlier release cannot use the book afterwards. A file is
    also migrated by the first command that opens it for writing.
    """
    settings = settings_of(context)
    place = settings.place()
    place.migrate()
    Output(settings).result({"book": str(place)}, f"{place} has the newest format")


@app.command("drop-book", cls=BookCommand)
def drop_book(
    context: typer.Context,
    url: Optional[str] = typer.Argument(None, metavar="[URL]", help="Replaces --book."),
    name: Optional[str] = typer.Option(
        None, metavar="NAME", help="The book in the database [default: SEATBOOK_NAME, or main]."
    ),
    confirm: Optional[str] = typer.Option(
        None, metavar="NAME", help="The name again, instead of typing it."
    ),
) -> None:
    """Delete a book in a database permanently, after you have typed its name.

    The tables and the other books stay. Programs that have the book open cannot write any more.
    Delete a book in a file like any other file.
    """
    settings = settings_of(context)
    settings.book = settings.book if url is None else url
    settings.name = settings.name if name is None else name
    place = settings.place()
    if not place.name:
        raise WrongUsage(f"{place} is a file: drop-book needs the URL of a database")
    place.drop(confirm_name(settings, place) if confirm is None else confirm)
    Output(settings).result({"book": str(place)}, f"Deleted {place}")


def _add(to: typer.Typer, name: str, function: Any) -> None:
    to.command(name, cls=BookCommand)(function)


app.add_typer(people.PEOPLE, name="people")
app.add_typer(licenses.LICENSES, name="licenses")
_add(app, "show", licenses.show)
_add(app, "my", people.my_software)
_add(app, "assign", seats.assign)
_add(app, "revoke", seats.revoke)
_add(app, "bulk-assign", seats.bulk_assign)
_add(app, "transfer", seats.transfer)
app.add_typer(archive, name="archive")
_add(archive, "person", people.archive_person)
_add(archive, "license", licenses.archive_license)
app.add_typer(reactivate, name="reactivate")
_add(reactivate, "person", people.reactivate_person)
_add(reactivate, "license", licenses.reactivate_license)
app.add_typer(seats.REVIEW, name="review")
app.add_typer(licenses.OWNERS, name="owners")
_add(files.IMPORT, "uses", uses.import_uses)
app.add_typer(files.IMPORT, name="import")
app.add_typer(files.EXPORT, name="export")
app.add_typer(reports.REPORT, name="report")
app.add_typer(plots.PLOT, name="plot")
_add(app, "history", records.history)
_add(app, "events", records.events)
_add(app, "check", records.check)
_add(app, "stats", records.stats)
_add(app, "backup", records.backup)


def run() -> None:
    """Runs the command line of this process, then exits."""
    if os.environ.get("NO_COLOR"):
        # typer renders help pages itself, and would keep bold and dim under NO_COLOR.
        import typer.rich_utils

        setattr(typer.rich_utils, "COLOR_SYSTEM", None)  # noqa: B010 - not typed
    prepare_streams()
    app(args=common_options_first(sys.argv[1:]), prog_name="seatbook")
