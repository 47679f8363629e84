"""The command put together: which words it knows, and what --help says of the whole."""

import os
import sys
from typing import Any, List, Optional

import typer

import seatbook

from . import files, licenses, people, plots, records, reports, seats, uses
from .commands import BookCommand, BookGroup, common_options_first
from .output import Output
from .settings import settings_of
from .streams import open_all

_HELP = """Keep the books on software seats: who holds which, since when, granted by whom.

A name, an email or an #id serves wherever a person is wanted; a name, a host key or an #id for a
license. Without --book, the variable SEATBOOK_BOOK names the book: a file, or the URL of a
PostgreSQL database (postgresql://user@host/database), which may hold several books by --name. Leave
the password to PGPASSWORD or ~/.pgpass: a URL is seen by everybody who lists processes.

Exit codes: 0 done; 1 the book refused, or you declined; 2 wrong usage, nothing of that name, or
more than one; 3 trouble with a file; 130 interrupted; 141 nobody read the output to its end. An
import is done, 0, even where some rows could not be had: it lists them; --all-or-nothing refuses.

--book, --as, --json, --yes and --allow-clock-behind may be placed anywhere, --name in
front of the command.
"""

_WORDS = (
    "init people licenses show my assign bulk-assign revoke transfer archive reactivate review "
    "owners import export report plot history events check backup"
).split()


class _Root(BookGroup):
    """The commands in the order in which one meets them."""

    def list_commands(self, ctx: Any) -> List[str]:
        """For --help."""
        return sorted(super().list_commands(ctx), key=_WORDS.index)


app = typer.Typer(cls=_Root, no_args_is_help=True, pretty_exceptions_enable=False)
archive = typer.Typer(cls=BookGroup, help="Archive a person or a license.", no_args_is_help=True)
reactivate = typer.Typer(cls=BookGroup, help="Make one active again.", no_args_is_help=True)


def _version(context: typer.Context, parameter: Any, value: bool) -> bool:
    if value and not context.resilient_parsing:
        print(seatbook.__version__)
        raise typer.Exit()
    return value


@app.callback(help=_HELP)
def _root(
    context: typer.Context,
    book: Optional[str] = typer.Option(
        None, metavar="FILE|URL", help="The book [SEATBOOK_BOOK]."
    ),
    name: Optional[str] = typer.Option(
        None, metavar="NAME", help="The book within a database [SEATBOOK_NAME, or main]."
    ),
    actor: Optional[str] = typer.Option(
        None, "--as", metavar="NAME", help="Who is acting [the login name]."
    ),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
    yes: bool = typer.Option(False, "--yes", "-y", help="Do not ask first."),
    allow_clock_behind: bool = typer.Option(
        False,
        "--allow-clock-behind",
        help="Write although the clock is over 10 minutes before the last change.",
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
    book: Optional[str] = typer.Argument(None, metavar="[FILE|URL]", help="In place of --book."),
    name: Optional[str] = typer.Option(
        None, metavar="NAME", help="The book within a database [SEATBOOK_NAME, or main]."
    ),
) -> None:
    """Make an empty book where there is none yet; in a database, its tables as well."""
    settings = settings_of(context)
    settings.book = settings.book if book is None else book
    settings.name = settings.name if name is None else name
    place = settings.place()
    with place.create(settings.clock()) as made:
        answer = {"book": str(place), "version": made.version}
        Output(settings).answer(answer, f"Made an empty book: {place}")


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
_add(app, "backup", records.backup)


def run() -> None:
    """Runs the command of this process and ends it."""
    if os.environ.get("NO_COLOR"):
        # Help pages are drawn elsewhere, where NO_COLOR would leave bold and dim as they are.
        import typer.rich_utils

        setattr(typer.rich_utils, "COLOR_SYSTEM", None)  # noqa: B010 - not in its types
    open_all()
    app(args=common_options_first(sys.argv[1:]), prog_name="seatbook")
