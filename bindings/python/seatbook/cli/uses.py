"""`seatbook import uses`: when seats were last used, from a log of sign-ins."""

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

# So many the library takes at once; more go in one batch after the other.
_BATCH = 100_000
_NAMES = ("email", "used_at", "license")


@dataclass(frozen=True)
class _Row:
    """A line of the file, and what became of it."""

    line: int
    email: str
    license: str
    code: str


@dataclass
class _Noted:
    """What became of a file."""

    rows: int
    done: int
    refused: List[_Row]
    interrupted_after: Optional[int]  # a line


def import_uses(
    context: typer.Context,
    file: Path = typer.Argument(..., exists=True, dir_okay=False, help="A CSV file."),
    license: Optional[str] = typer.Option(None, help="Of this license; else a column says it."),
    column: List[str] = typer.Option(
        [], help='"Their Name=name": a column of the file, and what it is here.'
    ),
    all_or_nothing: bool = typer.Option(
        False, "--all-or-nothing", help="Change nothing if any row cannot be had."
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Only tell what would be done."),
) -> None:
    """Note when seats were last used. Columns: email, used_at and, without --license, license.

    A license stands there by its name or #id.
    """
    out = Output(settings_of(context))
    columns = _column_map(column)
    with writing(context) as desk:
        which = None if license is None else license_of(desk.session, license).id

        def load(steps: Rows) -> _Noted:
            uses, read, refused = _uses(desk, file, which, columns, steps)
            if all_or_nothing:
                _refuse_some(file, len(uses), refused)
            return _noted(desk, uses, read, refused, steps, all_or_nothing, dry_run)

        noted = with_progress(out.settings, Rows(), load, changes=not dry_run)
        _tell(out, noted, dry_run)
    if noted.interrupted_after is not None:
        line = f"the lines up to {noted.interrupted_after} are noted"
        print(f"seatbook: interrupted; {line}", file=sys.stderr)
        raise typer.Exit(INTERRUPTED)


def _refuse_some(file: Path, uses: int, refused: List[_Row]) -> None:
    """All or nothing is one batch, of rows that can all be had."""
    if refused:
        raise _refused(refused[0].line, refused[0].code)
    if uses > _BATCH:
        raise WrongUsage(f"--all-or-nothing takes up to {_BATCH:,} rows; {file} has {uses:,}")


def _refused(line: int, code: str) -> WrongUsage:
    return WrongUsage(f"line {line}: {code}; nothing has changed")


def _noted(
    desk: Desk,
    uses: List[SeatUse],
    read: List[_Row],
    refused: List[_Row],
    steps: Rows,
    all_or_nothing: bool,
    dry_run: bool,
) -> _Noted:
    """Records the uses, a batch at a time."""
    noted = _Noted(len(refused), 0, list(refused), None)
    steps.rows_total, steps.rows_done = len(uses), 0
    for first in range(0, len(uses), _BATCH):
        if steps.canceled:
            if first == 0 or dry_run:
                raise Interrupted
            noted.interrupted_after = read[first - 1].line
            break
        try:
            answer = desk.session.record_uses(
                uses[first : first + _BATCH], all_or_nothing=all_or_nothing, dry_run=dry_run
            )
        except seatbook.BulkRefusedError as error:  # --all-or-nothing is one batch
            codes = [outcome.code for outcome in error.outcomes]
            at = next(at for at, code in enumerate(codes) if code)
            raise _refused(read[at].line, codes[at].name) from None
        rows = read[first : first + _BATCH]
        for row, outcome in zip(rows, answer.outcomes):
            if outcome.code:
                noted.refused.append(_Row(row.line, row.email, row.license, outcome.code.name))
        noted.done += answer.summary.done
        noted.rows += len(rows)
        steps.rows_done += len(rows)
    noted.refused.sort(key=lambda row: row.line)
    return noted


def _tell(out: Output, noted: _Noted, dry_run: bool) -> None:
    if out.settings.json:
        not_noted = [vars(row) for row in noted.refused]
        answer = {"rows": noted.rows, "noted": noted.done, "not_noted": not_noted}
        out.json({**answer, "dry_run": dry_run})
        return
    if dry_run:
        out.line("Dry run: nothing has changed.", "bold")
    out.pairs([("rows", f"{noted.rows:,}"), ("noted", f"{noted.done:,}")])
    if noted.refused:
        columns = [
            Column("Line", lambda row: row.line, right=True),
            Column("Email", lambda row: row.email),
            Column("License", lambda row: row.license),
            Column("Why", lambda row: row.code.replace("_", " ")),
        ]
        out.console.print()
        out.table(noted.refused, columns, "")


def _uses(
    desk: Desk, file: Path, license: Optional[LicenseId], columns: Dict[str, str], steps: Rows
) -> Tuple[List[SeatUse], List[_Row], List[_Row]]:
    """What the file says of each line: uses to record with their lines, and lines without one."""
    ids: Dict[str, List[LicenseId]] = {}
    for known in all_licenses(desk.session):
        ids.setdefault(folded(known.name), []).append(known.id)
        ids.setdefault(f"#{known.id}", []).append(known.id)
    uses, read, refused = [], [], []
    for line, email, used_at, name in _cells(file, license is None, columns):
        if steps.canceled:
            raise Interrupted
        steps.rows_done += 1
        named = [license] if license is not None else ids.get(folded(name), [])
        if len(named) != 1:
            code = "ambiguous_name" if named else "license_not_found"
            refused.append(_Row(line, email, name, code))
            continue
        uses.append(SeatUse(license=named[0], email=email, used_at=instant(used_at)))
        read.append(_Row(line, email, name, ""))
    return uses, read, refused


def _cells(
    file: Path, with_license: bool, columns: Dict[str, str]
) -> Iterator[Tuple[int, str, str, str]]:
    """Line, email, instant and license of each row that is not empty."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUsage(f"{file} is not in UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = _rows(reader, file)
    header = [folded(name) for name in next(rows, [])]
    places = {}
    for name in _NAMES if with_license else _NAMES[:2]:
        theirs = columns.get(name, name)
        if folded(theirs) not in header:
            raise WrongUsage(f'{file} has no column "{theirs}"; --column "Their Name={name}" maps')
        places[name] = header.index(folded(theirs))
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
        theirs, sign, ours = text.rpartition("=")
        if not sign or not theirs or ours not in _NAMES:
            names = ", ".join(_NAMES)
            raise WrongUsage(f'--column "{text}" is not "Their Name=name"; names are: {names}')
        members[ours] = theirs
    return members
