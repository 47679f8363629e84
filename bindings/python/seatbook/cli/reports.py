"""`seatbook report`: utilization, possible savings, and past states."""

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

REPORT = group("Report utilization, seats to reclaim, renewals, past states and peaks.")

_ANY_LICENSE = typer.Option(None, help="Only this license.")
_DAYS = typer.Option(30, help="Days without use after which a seat is inactive.")
_GRACE = typer.Option(0, help="Days after its assignment during which a seat is never inactive.")
_BAR_CELLS = 10
_BAR_AT = 4  # after the percentage
_WHOLE_BASIS_POINTS = 10_000


def _which(desk: Desk, license: Optional[str]) -> Any:
    return None if license is None else license_of(desk.session, license).id


@REPORT.callback()
def _report(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        raise WrongUsage("no report specified: see `seatbook report --help`")


@REPORT.command("utilization", cls=BookCommand)
def utilization(
    context: typer.Context,
    by: str = values.option(UtilizationBy, "license"),
    license: Optional[str] = _ANY_LICENSE,
    at_least: Optional[int] = typer.Option(
        None, help="Only rows with at least this percentage in use."
    ),
    at_most: Optional[int] = typer.Option(
        None, help="Only rows with at most this percentage in use."
    ),
    archived: bool = typer.Option(False, "--archived", help="Include archived licenses."),
) -> None:
    """Report the utilization and monthly cost of licenses."""
    columns = [
        Column("License", lambda row: row.license_name or row.product_group or "(all)"),
        Column("Used", lambda row: row.used, right=True),
        Column("Total", lambda row: "unlimited" if row.total is None else row.total, right=True),
        Column("Full", _percent, right=True),
        Column("Monthly cost", lambda row: row.monthly_cost, right=True),
        Column("Monthly waste", lambda row: row.monthly_waste, right=True),
    ]
    with reading(context) as desk:
        rows = desk.session.utilization(
            by=UtilizationBy[by],
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
    limit: int = typer.Option(1000, help="The maximum number of rows to print."),
) -> None:
    """Report inactive seats, and the monthly saving if each is revoked."""
    columns = [
        Column("Seat", lambda row: row.assignment, right=True),
        Column("License", lambda row: row.license_name),
        Column("Name", lambda row: row.name),
        Column("Email", lambda row: row.email),
        Column("Last used", _last_used),
        Column("Monthly saving", _saving, right=True),
    ]
    with reading(context) as desk:
        page = desk.session.reclaim_candidates(
            _which(desk, license), inactive_days=days, new_seat_grace_days=grace, limit=limit
        )
        out = Output(settings_of(context))
        totals = {"candidates": page.candidates, "monthly_saving": page.monthly_saving}
        if out.settings.json:
            out.json({"rows": page.rows, **totals, "unpriced": page.unpriced})
            return
        out.table(page.rows, columns, "No seats to reclaim.")
        if page.candidates:
            out.console.print()
            out.pairs([("Seats", page.candidates), ("Monthly saving", page.monthly_saving)])


@REPORT.command("renewals", cls=BookCommand)
def renewals(
    context: typer.Context,
    until: Optional[str] = typer.Option(
        None, help="The last day: YYYY-MM-DD [default: in 90 days]."
    ),
    days: int = _DAYS,
    grace: int = _GRACE,
) -> None:
    """Report licenses that renew soon, and how many seats each needs."""
    columns = [
        Column("Renews", lambda row: row.renewal_date),
        Column("License", lambda row: row.license_name),
        Column("Used", lambda row: row.used, right=True),
        Column("Total", lambda row: "unlimited" if row.total is None else row.total, right=True),
        Column("Needed", lambda row: row.right_sized_seats, right=True),
        Column("Monthly saving", _saving, right=True),
    ]
    soon = settings_of(context).now().date() + datetime.timedelta(days=90)
    last = until or soon.isoformat()
    with reading(context) as desk:
        rows = desk.session.renewals_due(last, inactive_days=days, new_seat_grace_days=grace)
        Output(settings_of(context)).rows(rows, columns, f"No renewals until {last}.")


@REPORT.command("needs-review", cls=BookCommand)
def needs_review(context: typer.Context, license: Optional[str] = _ANY_LICENSE) -> None:
    """Report seats flagged for review, the longest waiting first."""
    review_rows(context, license)


@REPORT.command("as-of", cls=BookCommand)
def as_of(
    context: typer.Context,
    license: str = typer.Argument(..., help="Name, host key or #id."),
    at: str = typer.Argument(..., help="An instant, or a day (00:00 UTC)."),
) -> None:
    """Report who held a seat of a license at a past time."""
    columns = [
        Column("Seat", lambda row: row.assignment, right=True),
        Column("Name", lambda row: row.name or f"#{row.person} (erased)"),
        Column("Email", lambda row: row.email),
        Column("Since", lambda row: row.assigned_at),
        Column("Until", lambda row: row.revoked_at),
        Column(
            "Access level",
            lambda row: row.access_level if row.access_level_recorded else "not recorded",
        ),
        Column("Granted by", lambda row: row.granted_by_name),
    ]
    with reading(context) as desk:
        rows = desk.session.holders_at(_which(desk, license), instant(at))
        Output(settings_of(context)).rows(rows, columns, "No seats were held.")


@REPORT.command("peak", cls=BookCommand)
def peak(
    context: typer.Context,
    license: Optional[str] = _ANY_LICENSE,
    since: Optional[str] = typer.Option(None, help="From this day or instant (UTC)."),
    until: Optional[str] = typer.Option(None, help="Before this day or instant (UTC)."),
) -> None:
    """Report the highest number of seats in use at the same time."""
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
            out.line("No seats were in use.")
            return
        total = "unlimited" if step.total is None else step.total
        out.pairs([("Most in use", step.used), ("Of", total), ("First at", step.at)])
