"""`seatbook import` and `seatbook export`: CSV files in and out of the book."""

import sys
from pathlib import Path
from typing import Any, Dict, List, Optional

import typer

import seatbook

from . import values
from .commands import BookCommand, group
from .lookup import instant, license_of, person_of
from .output import Column, Output, counted
from .places import no_book
from .progress import with_progress
from .settings import WrongUsage, reading, settings_of, writing

IMPORT = group("Load people, licenses, a roster or last uses from a CSV file.")
EXPORT = group("Write a roster, a seat list or history as a CSV file.")

_FILE = typer.Argument(..., exists=True, dir_okay=False, readable=True, help="A CSV file.")
_COLUMN = typer.Option([], help='"Their Name=name": a column of the file, and what it is here.')
_ALL = typer.Option(False, "--all-or-nothing", help="Change nothing if any row cannot be had.")
_DRY = typer.Option(False, "--dry-run", help="Only tell what would be done.")
_TO = typer.Option(None, "--output", "-o", dir_okay=False, help="The file [standard output].")


@IMPORT.command("people", cls=BookCommand)
def import_people(
    context: typer.Context,
    file: Path = _FILE,
    column: List[str] = _COLUMN,
    all_or_nothing: bool = _ALL,
    dry_run: bool = _DRY,
) -> None:
    """Add the people of a file; those who are known stay as they are."""
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
        _told(context, report, ["rows", "added", "already_known", "invalid"])


@IMPORT.command("licenses", cls=BookCommand)
def import_licenses(
    context: typer.Context,
    file: Path = _FILE,
    column: List[str] = _COLUMN,
    date_order: str = values.option(seatbook.DateOrder, "iso"),
    currency_sign: str = typer.Option("", help="A sign before costs, such as $."),
    currency: str = typer.Option("", help="The currency where the file names none."),
    owner: Optional[str] = typer.Option(None, help="The owner where the file names none."),
    all_or_nothing: bool = _ALL,
    dry_run: bool = _DRY,
) -> None:
    """Add the licenses of a file, with their owners and holders."""
    columns = seatbook.LicenseColumns(**_column_map(column, seatbook.LicenseColumns))
    with writing(context) as desk:
        default_owner = None if owner is None else person_of(desk.session, owner).id
        report = with_progress(
            settings_of(context),
            seatbook.Progress(),
            lambda progress: desk.session.import_licenses(
                file.read_bytes(),
                columns=columns,
                date_order=date_order,
                currency_sign=currency_sign,
                default_currency=currency,
                default_owner=default_owner,
                all_or_nothing=all_or_nothing,
                dry_run=dry_run,
                progress=progress,
            ),
            changes=not dry_run,
        )
        counters = ["rows", "added", "already_known", "seats_given", "without_seat", "invalid"]
        _told(context, report, counters)


@IMPORT.command("roster", cls=BookCommand)
def import_roster(
    context: typer.Context,
    license: str = typer.Argument(..., help="Name, host key or #id."),
    file: Path = _FILE,
    all_or_nothing: bool = _ALL,
    dry_run: bool = _DRY,
) -> None:
    """Give the people of a file seats on one license."""
    with writing(context) as desk:
        which = license_of(desk.session, license)
        report = with_progress(
            settings_of(context),
            seatbook.Progress(),
            lambda progress: desk.session.import_roster(
                which.id,
                file.read_bytes(),
                all_or_nothing=all_or_nothing,
                dry_run=dry_run,
                progress=progress,
            ),
            changes=not dry_run,
        )
        counters = ["rows", "added", "already_linked", "not_found", "invalid", "no_seats"]
        _told(context, report, [*counters, "removed_rows"])


@EXPORT.command("roster", cls=BookCommand)
def export_roster(
    context: typer.Context,
    license: str = typer.Argument(..., help="Name, host key or #id."),
    cost: bool = typer.Option(False, "--cost", help="With the cost of each seat."),
    to: Optional[Path] = _TO,
) -> None:
    """Everybody who holds or has held a seat of a license."""
    _may_write(to)
    with reading(context) as desk:
        which = license_of(desk.session, license)
        _export(context, to, desk.session.export_roster(which.id, include_cost=cost))


@EXPORT.command("seats", cls=BookCommand)
def export_seats(
    context: typer.Context,
    license: Optional[str] = typer.Option(None, help="Of this license only."),
    person: Optional[str] = typer.Option(None, help="Of this person only."),
    search: str = typer.Option("", help="Part of a name or email."),
    inactive: bool = typer.Option(False, "--inactive", help="Only seats that nobody uses."),
    days: int = typer.Option(30, help="Unused for how long is inactive."),
    sort: str = values.option(seatbook.SeatSort, "assigned"),
    descending: bool = typer.Option(False, "--descending", help="The other way round."),
    to: Optional[Path] = _TO,
) -> None:
    """The seat list: of the book, a license or a person."""
    _may_write(to)
    with reading(context) as desk:
        report = desk.session.export_seat_list(
            None if license is None else license_of(desk.session, license).id,
            person=None if person is None else person_of(desk.session, person).id,
            search=search,
            inactive_only=inactive,
            inactive_days=days,
            sort=sort,
            descending=descending,
        )
        _export(context, to, report)


@EXPORT.command("history", cls=BookCommand)
def export_history(
    context: typer.Context,
    license: Optional[str] = typer.Option(None, help="Of this license only."),
    person: Optional[str] = typer.Option(None, help="Of this person only."),
    since: Optional[str] = typer.Option(None, help="From this day or instant."),
    until: Optional[str] = typer.Option(None, help="Before this day or instant."),
    to: Optional[Path] = _TO,
) -> None:
    """The audit trail."""
    _may_write(to)
    with reading(context) as desk:
        report = desk.session.export_history(
            license=None if license is None else license_of(desk.session, license).id,
            person=None if person is None else person_of(desk.session, person).id,
            since=None if since is None else instant(since),
            until=None if until is None else instant(until),
        )
        _export(context, to, report)


def _may_write(to: Optional[Path]) -> None:
    # Before the book is opened: to look into its file would end the locks that this process has.
    if to is not None:
        no_book(to)


def _export(context: typer.Context, to: Optional[Path], report: seatbook.ExportReport) -> None:
    """The bytes to the file or standard output; nothing else goes there."""
    if to is None:
        sys.stdout.buffer.write(report.csv)
        return
    to.write_bytes(report.csv)
    answer = {"rows": report.rows, "bytes": report.bytes, "version": report.version}
    Output(settings_of(context)).answer(answer, f"{counted(report.rows, 'row')} in {to}")


def _column_map(given: List[str], columns: Any) -> Dict[str, str]:
    """The members of a column map; the last `=` parts, as a header may contain one."""
    members: Dict[str, str] = {}
    for text in given:
        theirs, sign, ours = text.rpartition("=")
        if not sign or not theirs or ours not in columns.__match_args__:
            known = ", ".join(columns.__match_args__)
            raise WrongUsage(f'--column "{text}" is not "Their Name=name"; names are: {known}')
        members[ours] = theirs
    return members


def _told(context: typer.Context, report: Any, counters: List[str]) -> None:
    out = Output(settings_of(context))
    if out.settings.json:
        out.json(report)
        return
    if report.dry_run:
        out.line("Dry run: nothing has changed.", "bold")
    if report.empty_rows:
        counters = [*counters, "empty_rows"]
    told = [(name.replace("_", " "), f"{getattr(report, name):,}") for name in counters]
    out.pairs([*told, ("ignored columns", report.ignored_columns)])
    # What is there already is as it should be; --json tells it too.
    wrong = [row for row in report.not_added if not row.outcome.name.startswith("already")]
    if wrong:
        columns = [
            Column("Line", lambda row: row.line, right=True),
            Column("Outcome", lambda row: row.outcome),
            Column("Column", report.column_name),
            Column("Why", lambda row: row.code if row.code else ""),
            Column("What", lambda row: row.email if hasattr(row, "email") else row.name),
        ]
        out.console.print()
        out.table(wrong, columns, "")
