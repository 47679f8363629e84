"""The commands for history, events, consistency checks and backups."""

from pathlib import Path
from typing import Any, Dict, Optional

import typer

from seatbook import HistoryEntry, HistoryKind

from . import values
from .commands import REFUSED
from .lookup import instant, license_of, person_of
from .output import Column, Output, counted, printable
from .settings import reading, settings_of, writing


def _changes(row: HistoryEntry) -> str:
    return "; ".join(f"{each.field}: {each.before} -> {each.after}" for each in row.texts.changes)


def history(
    context: typer.Context,
    license: Optional[str] = typer.Option(None, help="Only this license."),
    person: Optional[str] = typer.Option(None, help="Only this person."),
    kind: Optional[str] = values.option(HistoryKind, None, "Only this kind"),
    since: Optional[str] = typer.Option(None, help="From this day or instant (UTC)."),
    until: Optional[str] = typer.Option(None, help="Before this day or instant (UTC)."),
    oldest: bool = typer.Option(False, "--oldest-first", help="Print the oldest row first."),
    limit: int = typer.Option(100, help="The maximum number of rows to print."),
) -> None:
    """Print the audit trail, the latest row first."""
    columns = [
        Column("Number", lambda row: row.row.seq, right=True),
        Column("At", lambda row: row.row.at),
        Column("By", lambda row: row.actor_name),
        Column("What", lambda row: row.row.kind),
        Column("License", lambda row: row.license_name),
        Column("Person", lambda row: row.person_name),
        Column("Seat", lambda row: row.row.assignment, right=True),
        Column("Reason", lambda row: row.texts.reason),
        Column("Changes", _changes),
    ]
    with reading(context) as desk:
        filters: Dict[str, Any] = {}
        if license is not None:
            filters["license"] = license_of(desk.session, license).id
        if person is not None:
            filters["person"] = person_of(desk.session, person).id
        rows = desk.session.history(
            kind=None if kind is None else HistoryKind[kind],
            since=None if since is None else instant(since),
            until=None if until is None else instant(until),
            newest_first=not oldest,
            limit=limit,
            **filters,
        )
        Output(settings_of(context)).rows(rows, columns, "No history.")


def events(
    context: typer.Context,
    after: int = typer.Option(0, help="The number of the last event already processed."),
    limit: int = typer.Option(1000, help="The maximum number of events to print."),
) -> None:
    """Print assign and revoke events in order, for programs that must not miss one."""
    columns = [
        Column("Number", lambda row: row.seq, right=True),
        Column("At", lambda row: row.at),
        Column("Event", lambda row: row.kind),
        Column("License", lambda row: row.license_name),
        Column("Person", lambda row: row.person_name),
        Column("By", lambda row: row.actor_name),
    ]
    with reading(context) as desk:
        page = desk.session.events_after(after, limit)
        out = Output(settings_of(context))
        if out.settings.json:
            out.json({"events": page.events, "next": page.next, "more": page.more})
            return
        out.table(page.events, columns, "No events.")
        if page.more:
            out.line(f"More: seatbook events --after {page.next}")


def check(context: typer.Context) -> None:
    """Check the records of the book for consistency. Exits with 1 if there are problems."""
    out = Output(settings_of(context))
    with reading(context) as desk:
        problems = desk.book.check_invariants()
        if out.settings.json:
            out.json({"sound": not problems, "version": desk.book.version, "problems": problems})
        elif problems:
            out.line(counted(len(problems), "problem") + ":", "bold")
            for problem in problems:
                out.line("  " + printable(problem))
        else:
            out.line(f"The book is sound; {counted(desk.book.version, 'batch', 'batches')}.")
    if problems:
        raise typer.Exit(REFUSED)


def stats(context: typer.Context) -> None:
    """Print the sizes of the book, and how long this command used its storage."""
    out = Output(settings_of(context))
    with reading(context) as desk:
        numbers = desk.book.stats()
    if out.settings.json:
        out.json(numbers)
        return
    sizes = {
        "Version": numbers.version,
        "People": numbers.people,
        "Licenses": numbers.licenses,
        "Assignments": numbers.assignments,
        "History rows": numbers.history_rows,
    }
    out.pairs([(name, f"{size:,}") for name, size in sizes.items()])
    columns = [
        Column("Storage", lambda name: name),
        Column("Calls", lambda name: f"{getattr(numbers, name).calls:,}", right=True),
        Column("Total ms", lambda name: _ms(getattr(numbers, name).total_us), right=True),
        Column("Longest ms", lambda name: _ms(getattr(numbers, name).longest_us), right=True),
    ]
    out.line("")
    calls = ("lock", "read", "append", "sync", "find")
    called = [name for name in calls if getattr(numbers, name).calls]
    out.table(called, columns, "The storage was not called.")


def _ms(microseconds: int) -> str:
    return f"{microseconds / 1000:,.1f}"


def backup(
    context: typer.Context,
    file: Path = typer.Argument(..., dir_okay=False, help="The copy; the file must not exist."),
) -> None:
    """Copy the book to a new file, which is a separate book."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        desk.book.backup_to(file)
        result = {"file": str(file), "version": desk.book.version}
        out.result(result, f"Copied the book, version {desk.book.version}, to {file}")
