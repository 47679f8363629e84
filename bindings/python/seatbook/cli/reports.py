"""`seatbook report`: what is used, what could be saved, and what was so at some time."""

import datetime
from typing import Any, Dict, Optional, Union

import typer

from seatbook import ReclaimRow, RenewalRow, UtilizationBy, UtilizationRow

from . import values
from .commands import BookCommand, group
from .lookup import instant, license_of
from .output import Column, Output
from .seats import review_rows
from .settings import Desk, WrongUsage, reading, settings_of

REPORT = group("Utilization, seats to reclaim, renewals, past states and peaks.")

_ANY_LICENSE = typer.Option(None, help="Of this license only.")
_DAYS = typer.Option(30, help="Unused for how many days is inactive.")
_GRACE = typer.Option(0, help="For how many days a new seat is not looked at.")
_BAR_CELLS = 10
_BAR_AT = 4  # after the percentage
_WHOLE_BASIS_POINTS = 10_000


def _which(desk: Desk, license: Optional[str]) -> Any:
    return None if license is None else license_of(desk.session, license).id


@REPORT.callback()
def _report(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        raise WrongUsage("which report? See `seatbook report --help`")


@REPORT.command("utilization", cls=BookCommand)
def utilization(
    context: typer.Context,
    by: str = values.option(UtilizationBy, "license"),
    license: Optional[str] = _ANY_LICENSE,
    at_least: Optional[int] = typer.Option(None, help="At least this per cent full."),
    at_most: Optional[int] = typer.Option(None, help="At most this per cent full."),
    archived: bool = typer.Option(False, "--archived", help="Archived licenses as well."),
) -> None:
    """How full licenses are, and what they cost a month."""
    columns = [
        Column("License", lambda row: row.license_name or row.product_group or "(all)"),
        Column("Used", lambda row: row.used, right=True),
        Column("Total", lambda row: "unlimited" if row.total is None else row.total, right=True),
        Column("Full", _percent, right=True),
        Column("Cost a month", lambda row: row.monthly_cost, right=True),
        Column("Unused a month", lambda row: row.monthly_waste, right=True),
    ]
    with reading(context) as desk:
        rows = desk.session.utilization(
            by=by,
            license=_which(desk, license),
            at_least_percent=at_least,
            at_most_percent=at_most,
            include_archived=archived,
        )
        out = Output(settings_of(context))
        if out.terminal:
            columns.insert(_BAR_AT, Column("", _bar))
        out.rows(rows, columns, "No licenses.")


def _percent(row: UtilizationRow) -> str:
    return "" if row.basis_points is None else f"{row.basis_points / 100:.0f}%"


def _saving(row: Union[ReclaimRow, RenewalRow]) -> str:
    return "" if row.monthly_saving is None else f"{row.monthly_saving} {row.currency}"


def _last_used(row: ReclaimRow) -> str:
    return "never" if row.last_used_at is None else row.last_used_at.date().isoformat()


def _bar(row: UtilizationRow) -> str:
    if row.basis_points is None:
        return ""
    full = min(_BAR_CELLS, row.basis_points * _BAR_CELLS // _WHOLE_BASIS_POINTS)
    return "█" * full + "░" * (_BAR_CELLS - full)


@REPORT.command("reclaim", cls=BookCommand)
def reclaim(
    context: typer.Context,
    license: Optional[str] = _ANY_LICENSE,
    days: int = _DAYS,
    grace: int = _GRACE,
    limit: int = typer.Option(1000, help="At most so many rows."),
) -> None:
    """Seats that nobody uses, and what each would save a month."""
    columns = [
        Column("Seat", lambda row: row.assignment, right=True),
        Column("License", lambda row: row.license_name),
        Column("Name", lambda row: row.name),
        Column("Email", lambda row: row.email),
        Column("Last used", _last_used),
        Column("Saves a month", _saving, right=True),
    ]
    with reading(context) as desk:
        answer = desk.session.reclaim_candidates(
            _which(desk, license), inactive_days=days, new_seat_grace_days=grace, limit=limit
        )
        out = Output(settings_of(context))
        totals = {"candidates": answer.candidates, "monthly_saving": answer.monthly_saving}
        if out.settings.json:
            out.json({"rows": answer.rows, **totals, "unpriced": answer.unpriced})
            return
        out.table(answer.rows, columns, "No seat to reclaim.")
        if answer.candidates:
            out.console.print()
            out.pairs([("Seats", answer.candidates), ("Saves a month", answer.monthly_saving)])


@REPORT.command("renewals", cls=BookCommand)
def renewals(
    context: typer.Context,
    until: Optional[str] = typer.Option(None, help="The last day: YYYY-MM-DD [in 90 days]."),
    days: int = _DAYS,
    grace: int = _GRACE,
) -> None:
    """Licenses that renew soon, and how many seats they would need."""
    columns = [
        Column("Renews", lambda row: row.renewal_date),
        Column("License", lambda row: row.license_name),
        Column("Used", lambda row: row.used, right=True),
        Column("Total", lambda row: "unlimited" if row.total is None else row.total, right=True),
        Column("Needed", lambda row: row.right_sized_seats, right=True),
        Column("Saves a month", _saving, right=True),
    ]
    soon = settings_of(context).now().date() + datetime.timedelta(days=90)
    last = until or soon.isoformat()
    with reading(context) as desk:
        rows = desk.session.renewals_due(last, inactive_days=days, new_seat_grace_days=grace)
        Output(settings_of(context)).rows(rows, columns, f"Nothing renews until {last}.")


@REPORT.command("needs-review", cls=BookCommand)
def needs_review(context: typer.Context, license: Optional[str] = _ANY_LICENSE) -> None:
    """Seats whose holder was archived, the longest waiting first."""
    review_rows(context, license)


@REPORT.command("as-of", cls=BookCommand)
def as_of(
    context: typer.Context,
    license: str = typer.Argument(..., help="Name, host key or #id."),
    at: str = typer.Argument(..., help="A day (its beginning, UTC) or an instant."),
) -> None:
    """Who held a seat of a license at some time."""
    columns = [
        Column("Seat", lambda row: row.assignment, right=True),
        Column("Name", lambda row: row.name or f"#{row.person} (erased)"),
        Column("Email", lambda row: row.email),
        Column("Since", lambda row: row.assigned_at),
        Column("Until", lambda row: row.revoked_at),
    ]
    with reading(context) as desk:
        rows = desk.session.holders_at(_which(desk, license), instant(at))
        Output(settings_of(context)).rows(rows, columns, "Nobody held a seat.")


@REPORT.command("peak", cls=BookCommand)
def peak(
    context: typer.Context,
    license: Optional[str] = _ANY_LICENSE,
    since: Optional[str] = typer.Option(None, help="From this day or instant."),
    until: Optional[str] = typer.Option(None, help="Before this day or instant."),
) -> None:
    """The most seats that were in use at once."""
    given = {"since": since, "until": until}
    between: Dict[str, Any] = {
        name: instant(text) for name, text in given.items() if text is not None
    }
    with reading(context) as desk:
        step = desk.session.peak_usage(_which(desk, license), **between)
        out = Output(settings_of(context))
        if out.settings.json:
            out.json(step)
            return
        if not step.used:
            out.line("No seat was in use.")
            return
        total = "unlimited" if step.total is None else step.total
        out.pairs([("Most in use", step.used), ("Of", total), ("First at", step.at)])
