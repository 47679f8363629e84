"""`seatbook import` and `seatbook export`: reads and writes CSV files."""

import sys
from pathlib import Path
from typing import Any, Dict, List, Optional

import typer

import seatbook

from . import values
from .commands import BookCommand, group
from .lookup import instant, license_of, person_of
from .output import Column, Output, counted
from .places import check_not_a_book
from .progress import with_progress
from .settings import WrongUsage, reading, settings_of, writing

IMPORT = group("Import people, licenses, a roster or last uses from a CSV file.")
EXPORT = group("Export a roster, a seat list or the history to a CSV file.")

_FILE = typer.Argument(..., exists=True, dir_okay=False, readable=True, help="A CSV file.")
_COLUMN = typer.Option(
    [], help='"Heading=name": maps a heading of the file to a column name of Seatbook.'
)
_ALL = typer.Option(False, "--all-or-nothing", help="Change nothing if any row fails.")
_DRY = typer.Option(False, "--dry-run", help="Report what would be done; change nothing.")
_OFFSET = typer.Option(
    0, "--utc-offset", metavar="MINUTES", help="Where the days of held-since columns start."
)
_TO = typer.Option(
    None, "--output", "-o", dir_okay=False, help="The file [default: standard output]."
)


@IMPORT.command("people", cls=BookCommand)
def import_people(
    context: typer.Context,
    file: Path = _FILE,
    column: List[str] = _COLUMN,
    all_or_nothing: bool = _ALL,
    dry_run: bool = _DRY,
) -> None:
    """Add the people of a CSV file. People already in the book are not changed."""
    columns = seatbook.PeopleColumns(**_column_map(column, seatbook.PeopleColumns))
    with writing(context) as desk:
        report = with_progress(
            settings_of(context),
            seatbook.Progress(),
            lambda progress: desk.session.import_people(
                file.read_bytes(),
                columns=columns,
                all_or_nothing=all_or_nothing,
                dry_run=dry_run,
                progress=progress,
            ),
            changes=not dry_run,
        )
        _print_report(context, report, ["rows", "added", "already_known", "invalid"])


@IMPORT.command("licenses", cls=BookCommand)
def import_licenses(
    context: typer.Context,
    file: Path = _FILE,
    column: List[str] = _COLUMN,
    date_order: str = values.option(seatbook.DateOrder, "iso"),
    currency_sign: str = typer.Option("", help="A sign in front of costs, such as $."),
    currency: str = typer.Option("", help="The currency of rows that name none."),
    owner: Optional[str] = typer.Option(None, help="The owner of rows that name none."),
    utc_offset: int = _OFFSET,
    all_or_nothing: bool = _ALL,
    dry_run: bool = _DRY,
) -> None:
    """Add the licenses of a CSV file. Assign a seat to the holder that a row names."""
    columns = seatbook.LicenseColumns(**_column_map(column, seatbook.LicenseColumns))
    with writing(context) as desk:
        default_owner = None if owner is None else person_of(desk.session, owner).id
        report = with_progress(
            settings_of(context),
            seatbook.Progress(),
            lambda progress: desk.session.import_licenses(
                file.read_bytes(),
                columns=columns,
                date_order=seatbook.DateOrder[date_order],
                currency_sign=currency_sign,
                default_currency=currency,
                default_owner=default_owner,
                utc_offset_minutes=utc_offset,
                all_or_nothing=all_or_nothing,
                dry_run=dry_run,
                progress=progress,
            ),
            changes=not dry_run,
        )
        counters = ["rows", "added", "already_known", "seats_given", "without_seat", "invalid"]
        _print_report(context, report, counters)


@IMPORT.command("roster", cls=BookCommand)
def import_roster(
    context: typer.Context,
    license: str = typer.Argument(..., help="Name, host key or #id."),
    file: Path = _FILE,
    utc_offset: int = _OFFSET,
    all_or_nothing: bool = _ALL,
    dry_run: bool = _DRY,
) -> None:
    """Assign seats on one license to the people of a CSV file."""
    with writing(context) as desk:
        which = license_of(desk.session, license)
        report = with_progress(
            settings_of(context),
            seatbook.Progress(),
            lambda progress: desk.session.import_roster(
                which.id,
                file.read_bytes(),
                utc_offset_minutes=utc_offset,
                all_or_nothing=all_or_nothing,
                dry_run=dry_run,
                progress=progress,
            ),
            changes=not dry_run,
        )
        counters = ["rows", "added", "already_linked", "not_found", "invalid", "no_seats"]
        _print_report(context, report, [*counters, "removed_rows"])


@EXPORT.command("roster", cls=BookCommand)
def export_roster(
    context: typer.Context,
    license: str = typer.Argument(..., help="Name, host key or #id."),
    cost: bool = typer.Option(False, "--cost", help="Include the cost of each seat."),
    to: Optional[Path] = _TO,
) -> None:
    """Export all current and former holders of a license."""
    _check_output(to)
    with reading(context) as desk:
        which = license_of(desk.session, license)
        _export(context, to, desk.session.export_roster(which.id, include_cost=cost))


@EXPORT.command("seats", cls=BookCommand)
def export_seats(
    context: typer.Context,
    license: Optional[str] = typer.Option(None, help="Only this license."),
    person: Optional[str] = typer.Option(None, help="Only this person."),
    search: str = typer.Option("", help="Only people whose name or email contains this."),
    inactive: bool = typer.Option(False, "--inactive", help="Only inactive seats."),
    days: int = typer.Option(30, help="Days without use after which a seat is inactive."),
    sort: str = values.option(seatbook.SeatSort, "assigned"),
    descending: bool = typer.Option(False, "--descending", help="Reverse the order."),
    to: Optional[Path] = _TO,
) -> None:
    """Export the seat list of the book, a license or a person."""
    _check_output(to)
    with reading(context) as desk:
        report = desk.session.export_seat_list(
            None if license is None else license_of(desk.session, license).id,
            person=None if person is None else person_of(desk.session, person).id,
            search=search,
            inactive_only=inactive,
            inactive_days=days,
            sort=seatbook.SeatSort[sort],
            descending=descending,
        )
        _export(context, to, report)


@EXPORT.command("history", cls=BookCommand)
def export_history(
    context: typer.Context,
    license: Optional[str] = typer.Option(None, help="Only this license."),
    person: Optional[str] = typer.Option(None, help="Only this person."),
    since: Optional[str] = typer.Option(None, help="From this day or instant (UTC)."),
    until: Optional[str] = typer.Option(None, help="Before this day or instant (UTC)."),
    to: Optional[Path] = _TO,
) -> None:
    """Export the audit trail."""
    _check_output(to)
    with reading(context) as desk:
        report = desk.session.export_history(
            license=None if license is None else license_of(desk.session, license).id,
            person=None if person is None else person_of(desk.session, person).id,
            since=None if since is None else instant(since),
            until=None if until is None else instant(until),
        )
        _export(context, to, report)


def _check_output(to: Optional[Path]) -> None:
    # Before the book is opened: closing another descriptor of its file releases its locks.
    if to is not None:
        check_not_a_book(to)


def _export(context: typer.Context, to: Optional[Path], report: seatbook.ExportReport) -> None:
    """Writes the CSV to the file, or only the CSV to standard output."""
    if to is None:
        sys.stdout.buffer.write(report.csv)
        return
    to.write_bytes(report.csv)
    result = {"rows": report.rows, "bytes": report.bytes, "version": report.version}
    Output(settings_of(context)).result(result, f"Wrote {counted(report.rows, 'row')} to {to}")


def _column_map(given: List[str], columns: Any) -> Dict[str, str]:
    """Returns the members of a column map. Splits at the last `=`: a heading may contain one."""
    members: Dict[str, str] = {}
    for text in given:
        heading, sign, name = text.rpartition("=")
        if not sign or not heading or name not in columns.__match_args__:
            names = ", ".join(columns.__match_args__)
            raise WrongUsage(f'--column must be "Heading=name", not "{text}"; names: {names}')
        members[name] = heading
    return members


def _print_report(context: typer.Context, report: Any, counters: List[str]) -> None:
    out = Output(settings_of(context))
    if out.settings.json:
        out.json(report)
        return
    if report.dry_run:
        out.line("Dry run: nothing was changed.", "bold")
    if report.empty_rows:
        counters = [*counters, "empty_rows"]
    counts = [(name.replace("_", " "), f"{getattr(report, name):,}") for name in counters]
    out.pairs([*counts, ("ignored columns", report.ignored_columns)])
    # Rows that are in the book already need no attention; --json lists them too.
    failed = [row for row in report.not_added if not row.outcome.name.startswith("already")]
    if failed:
        columns = [
            Column("Line", lambda row: row.line, right=True),
            Column("Outcome", lambda row: row.outcome),
            Column("Column", report.column_name),
            Column("Reason", lambda row: row.code if row.code else ""),
            Column("Value", lambda row: row.email if hasattr(row, "email") else row.name),
        ]
        out.console.print()
        out.table(failed, columns, "")
