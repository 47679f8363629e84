"""`seatbook import uses`: when seats were last used, from a log of sign-ins."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Tuple

import typer

import seatbook
from seatbook import LicenseId, SeatUse

from .lookup import all_licenses, folded, instant, license_of
from .output import Column, Output
from .settings import Desk, WrongUsage, settings_of, writing

_NAMES = ("email", "used_at", "license")


@dataclass(frozen=True)
class _Row:
    """A line of the file, and what became of it."""

    line: int
    email: str
    license: str
    code: str


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
    with writing(context) as desk:
        which = None if license is None else license_of(desk.session, license).id
        uses, read, refused = _uses(desk, file, which, _column_map(column))
        if all_or_nothing and refused:
            first = refused[0]
            raise WrongUsage(f"line {first.line}: {first.code}; nothing has changed")
        summary = None
        if uses:
            answer = desk.session.record_uses(
                uses, all_or_nothing=all_or_nothing, dry_run=dry_run
            )
            summary = answer.summary
            for row, outcome in zip(read, answer.outcomes):
                if outcome.code:
                    refused.append(_Row(row.line, row.email, row.license, outcome.code.name))
        refused.sort(key=lambda row: row.line)
        rows, noted = len(read) + len(refused), 0 if summary is None else summary.done
        if summary is not None:
            rows -= summary.skipped
        if out.settings.json:
            not_noted = [vars(row) for row in refused]
            out.json(
                {"rows": rows, "noted": noted, "not_noted": not_noted, "dry_run": dry_run}
            )
            return
        if dry_run:
            out.line("Dry run: nothing has changed.", "bold")
        out.pairs([("rows", f"{rows:,}"), ("noted", f"{noted:,}")])
        if refused:
            columns = [
                Column("Line", lambda row: row.line, right=True),
                Column("Email", lambda row: row.email),
                Column("License", lambda row: row.license),
                Column("Why", lambda row: row.code.replace("_", " ")),
            ]
            out.console.print()
            out.table(refused, columns, "")


def _uses(
    desk: Desk, file: Path, license: Optional[LicenseId], columns: Dict[str, str]
) -> Tuple[List[SeatUse], List[_Row], List[_Row]]:
    """What the file says of each line: uses to record with their lines, and lines without one."""
    ids: Dict[str, List[LicenseId]] = {}
    for known in all_licenses(desk.session):
        ids.setdefault(folded(known.name), []).append(known.id)
        ids.setdefault(f"#{known.id}", []).append(known.id)
    uses, read, refused = [], [], []
    for line, email, used_at, name in _cells(file, license is None, columns):
        named = [license] if license is not None else ids.get(folded(name), [])
        if len(named) != 1:
            code = "ambiguous_name" if named else "license_not_found"
            refused.append(_Row(line, email, name, code))
            continue
        try:
            which = named[0]
            uses.append(SeatUse(license=which, email=email, used_at=instant(used_at)))
        except seatbook.Error as error:
            refused.append(_Row(line, email, name, error.code.name))
            continue
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
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [folded(name) for name in next(reader, [])]
    places = {}
    for name in _NAMES if with_license else _NAMES[:2]:
        theirs = columns.get(name, name)
        if folded(theirs) not in header:
            raise WrongUsage(f'{file} has no column "{theirs}"; --column "Their Name={name}" maps')
        places[name] = header.index(folded(theirs))
    for row in reader:
        if any(row):
            row += [""] * (len(header) - len(row))
            cells = {name: row[place].strip() for name, place in places.items()}
            yield reader.line_num, cells["email"], cells["used_at"], cells.get("license", "")


def _column_map(given: List[str]) -> Dict[str, str]:
    members: Dict[str, str] = {}
    for text in given:
        theirs, sign, ours = text.rpartition("=")
        if not sign or not theirs or ours not in _NAMES:
            names = ", ".join(_NAMES)
            raise WrongUsage(f'--column "{text}" is not "Their Name=name"; names are: {names}')
        members[ours] = theirs
    return members
