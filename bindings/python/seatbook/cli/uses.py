"""`seatbook import uses`: imports last uses of seats from a sign-in log."""

import csv
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Tuple

import typer

import seatbook
from seatbook import LicenseId, SeatUse

from .commands import INTERRUPTED
from .lookup import all_licenses, folded, instant, license_of
from .output import Column, Output
from .progress import Interrupted, Rows, with_progress
from .settings import Desk, WrongUsage, settings_of, writing

# The most uses that one batch of the library accepts.
_BATCH = 100_000
_NAMES = ("email", "used_at", "license")


@dataclass(frozen=True)
class _Row:
    """A line of the file and its result."""

    line: int
    email: str
    license: str
    code: str


@dataclass
class _Summary:
    """The result of a file."""

    rows: int
    done: int
    refused: List[_Row]
    interrupted_after: Optional[int]  # the last line recorded


def import_uses(
    context: typer.Context,
    file: Path = typer.Argument(..., exists=True, dir_okay=False, help="A CSV file."),
    license: Optional[str] = typer.Option(
        None, help="The license of all rows; unless given, the column license names it."
    ),
    column: List[str] = typer.Option(
        [], help='"Heading=name": maps a heading of the file to a column name of Seatbook.'
    ),
    all_or_nothing: bool = typer.Option(
        False, "--all-or-nothing", help="Change nothing if any row fails."
    ),
    dry_run: bool = typer.Option(
        False, "--dry-run", help="Report what would be done; change nothing."
    ),
) -> None:
    """Record when seats were last used. Columns: email, used_at and, without --license, license.

    The column license contains a name or an #id.
    """
    out = Output(settings_of(context))
    columns = _column_map(column)
    with writing(context) as desk:
        which = None if license is None else license_of(desk.session, license).id

        def load(steps: Rows) -> _Summary:
            uses, read, refused = _uses(desk, file, which, columns, steps)
            if all_or_nothing:
                _check_all(file, len(uses), refused)
            return _record(desk, uses, read, refused, steps, all_or_nothing, dry_run)

        summary = with_progress(out.settings, Rows(), load, changes=not dry_run)
        _print_summary(out, summary, dry_run)
    if summary.interrupted_after is not None:
        lines = f"lines up to {summary.interrupted_after} were recorded"
        print(f"seatbook: interrupted: {lines}", file=sys.stderr)
        raise typer.Exit(INTERRUPTED)


def _check_all(file: Path, uses: int, refused: List[_Row]) -> None:
    """Raises WrongUsage if a row is invalid, or if the rows do not fit in one batch."""
    if refused:
        raise _refused(refused[0].line, refused[0].code)
    if uses > _BATCH:
        raise WrongUsage(f"--all-or-nothing accepts up to {_BATCH:,} rows; {file} has {uses:,}")


def _refused(line: int, code: str) -> WrongUsage:
    return WrongUsage(f"line {line}: {code}; nothing was changed")


def _record(
    desk: Desk,
    uses: List[SeatUse],
    read: List[_Row],
    refused: List[_Row],
    steps: Rows,
    all_or_nothing: bool,
    dry_run: bool,
) -> _Summary:
    """Records the uses in batches."""
    summary = _Summary(len(refused), 0, list(refused), None)
    steps.rows_total, steps.rows_done = len(uses), 0
    for first in range(0, len(uses), _BATCH):
        if steps.canceled:
            if first == 0 or dry_run:
                raise Interrupted
            summary.interrupted_after = read[first - 1].line
            break
        try:
            receipt = desk.session.record_uses(
                uses[first : first + _BATCH], all_or_nothing=all_or_nothing, dry_run=dry_run
            )
        except seatbook.BulkRefusedError as error:  # --all-or-nothing is one batch
            codes = [outcome.code for outcome in error.outcomes]
            at = next(at for at, code in enumerate(codes) if code)
            raise _refused(read[at].line, codes[at].name) from None
        rows = read[first : first + _BATCH]
        for row, outcome in zip(rows, receipt.outcomes):
            if outcome.code:
                summary.refused.append(_Row(row.line, row.email, row.license, outcome.code.name))
        summary.done += receipt.summary.done
        summary.rows += len(rows)
        steps.rows_done += len(rows)
    summary.refused.sort(key=lambda row: row.line)
    return summary


def _print_summary(out: Output, summary: _Summary, dry_run: bool) -> None:
    if out.settings.json:
        refused = [vars(row) for row in summary.refused]
        result = {"rows": summary.rows, "recorded": summary.done, "not_recorded": refused}
        out.json({**result, "dry_run": dry_run})
        return
    if dry_run:
        out.line("Dry run: nothing was changed.", "bold")
    out.pairs([("rows", f"{summary.rows:,}"), ("recorded", f"{summary.done:,}")])
    if summary.refused:
        columns = [
            Column("Line", lambda row: row.line, right=True),
            Column("Email", lambda row: row.email),
            Column("License", lambda row: row.license),
            Column("Reason", lambda row: row.code.replace("_", " ")),
        ]
        out.console.print()
        out.table(summary.refused, columns, "")


def _uses(
    desk: Desk, file: Path, license: Optional[LicenseId], columns: Dict[str, str], steps: Rows
) -> Tuple[List[SeatUse], List[_Row], List[_Row]]:
    """Parses the file. Returns the uses, their lines, and the lines that name no single license."""
    ids: Dict[str, List[LicenseId]] = {}
    for known in all_licenses(desk.session):
        ids.setdefault(folded(known.name), []).append(known.id)
        ids.setdefault(f"#{known.id}", []).append(known.id)
    uses, read, refused = [], [], []
    for line, email, used_at, name in _cells(file, license is None, columns):
        if steps.canceled:
            raise Interrupted
        steps.rows_done += 1
        matches = [license] if license is not None else ids.get(folded(name), [])
        if len(matches) != 1:
            code = "ambiguous_name" if matches else "license_not_found"
            refused.append(_Row(line, email, name, code))
            continue
        uses.append(SeatUse(license=matches[0], email=email, used_at=instant(used_at)))
        read.append(_Row(line, email, name, ""))
    return uses, read, refused


def _cells(
    file: Path, with_license: bool, columns: Dict[str, str]
) -> Iterator[Tuple[int, str, str, str]]:
    """Yields line, email, instant and license of each row that is not empty."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUsage(f"{file} must be encoded in UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = _rows(reader, file)
    header = [folded(name) for name in next(rows, [])]
    places = {}
    for name in _NAMES if with_license else _NAMES[:2]:
        heading = columns.get(name, name)
        if folded(heading) not in header:
            hint = f'map it with --column "Heading={name}"'
            raise WrongUsage(f'{file} has no column "{heading}": {hint}')
        places[name] = header.index(folded(heading))
    for row in rows:
        if any(row):
            row += [""] * (len(header) - len(row))
            cells = {name: row[place].strip() for name, place in places.items()}
            yield reader.line_num, cells["email"], cells["used_at"], cells.get("license", "")


def _rows(reader: Any, file: Path) -> Iterator[List[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise WrongUsage(f"{file}, line {reader.line_num}: {error}") from None


def _column_map(given: List[str]) -> Dict[str, str]:
    members: Dict[str, str] = {}
    for text in given:
        heading, sign, name = text.rpartition("=")
        if not sign or not heading or name not in _NAMES:
            names = ", ".join(_NAMES)
            raise WrongUsage(f'--column must be "Heading=name", not "{text}"; names: {names}')
        members[name] = heading
    return members
