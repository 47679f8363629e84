"""Giving seats to people, taking them back, handing them on, and reviewing them."""

from typing import List, Optional

import typer

from seatbook import BulkReceipt

from .commands import BookCommand, group
from .lookup import license_of, person_of, seat_number, seat_of
from .output import Column, Output, confirm, counted
from .settings import Desk, WrongUsage, reading, settings_of, writing

REVIEW = group("Seats whose holder was archived: list them, keep them.")

_LICENSE = typer.Argument(..., help="The license: name, host key or #id.")
_PERSON = typer.Argument(..., help="The person: name, email or #id.")


def assign(
    context: typer.Context,
    license: str = _LICENSE,
    person: str = _PERSON,
    access_level: str = typer.Option("", help="Free text, such as Editor."),
    account: str = typer.Option("", help="The holder's login at the vendor."),
    notes: str = typer.Option("", help="Free text."),
    cost: Optional[str] = typer.Option(None, help="What this seat costs, if not the usual."),
) -> None:
    """Give somebody a seat."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        which = license_of(desk.session, license)
        whom = person_of(desk.session, person)
        seat = desk.session.assign(
            which.id,
            whom.id,
            access_level=access_level,
            account=account,
            notes=notes,
            cost_override=cost,
        )
        left = desk.session.usage(which.id).available_text
        out.answer(seat, f"{whom.name} has seat #{seat.assignment} of {which.name}; {left}")


def revoke(
    context: typer.Context,
    license: Optional[str] = typer.Argument(None, help="The license, with PERSON."),
    person: Optional[str] = typer.Argument(None, help="Who holds the seat."),
    seat: Optional[str] = typer.Option(None, help="The number of the seat instead."),
    all_of: Optional[str] = typer.Option(None, help="Every seat of this person instead."),
    reason: str = typer.Option("", help="Why; kept with the seat."),
    dry_run: bool = typer.Option(False, "--dry-run", help="With --all-of: only tell."),
) -> None:
    """Take back a seat, or with --all-of every seat of a person."""
    ways = [license is not None and person is not None, seat is not None, all_of is not None]
    if sum(ways) != 1 or (license is not None) != (person is not None):
        raise WrongUsage("say LICENSE and PERSON, or --seat NUMBER, or --all-of PERSON")
    if dry_run and all_of is None:
        raise WrongUsage("--dry-run goes with --all-of")
    settings = settings_of(context)
    if all_of is not None:
        _revoke_all(context, all_of, reason, dry_run)
        return
    with reading(context) as desk:
        if seat is not None:
            number = seat_number(seat)
        else:
            which = license_of(desk.session, license or "")
            number = seat_of(desk.session, which, person_of(desk.session, person or ""))
        told = _told(desk, number)
    confirm(settings, f"Revoke {told}?")
    with writing(context) as desk:
        revoked = desk.session.revoke(number, reason=reason)
        Output(settings).answer(revoked, f"Revoked {told}")


def _revoke_all(context: typer.Context, person: str, reason: str, dry_run: bool) -> None:
    settings = settings_of(context)
    with writing(context) as desk:
        whom = person_of(desk.session, person)
        answer = desk.session.revoke_all(whom.id, reason=reason, dry_run=True)
    if not dry_run:
        confirm(settings, f"Revoke {counted(answer.summary.done, 'seat')} of {whom.name}?")
        with writing(context) as desk:
            answer = desk.session.revoke_all(whom.id, reason=reason)
    seats = counted(answer.summary.done, "seat")
    done = "Would revoke" if dry_run else "Revoked"
    Output(settings).answer(answer, f"{done} {seats} of {whom.name}")


def bulk_assign(
    context: typer.Context,
    person: str = _PERSON,
    licenses: List[str] = typer.Argument(..., help="The licenses, in this order."),
    all_or_nothing: bool = typer.Option(False, "--all-or-nothing", help="All, or none of them."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Only tell what would be done."),
) -> None:
    """Give one person a seat on each of several licenses."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        whom = person_of(desk.session, person)
        which = [license_of(desk.session, name) for name in licenses]
        answer = desk.session.bulk_assign(
            whom.id,
            [license.id for license in which],
            all_or_nothing=all_or_nothing,
            dry_run=dry_run,
        )
        if out.settings.json:
            out.json(answer)
            return
        _outcomes(out, desk, answer)
        out.line(answer.summary.assign_text() + (" (dry run)" if dry_run else ""))


def _outcomes(out: Output, desk: Desk, answer: BulkReceipt) -> None:
    columns = [
        Column("License", lambda row: desk.session.get_license(row.item).name),
        Column("Seat", lambda row: row.assignment, right=True),
        Column("Outcome", lambda row: "assigned" if row.code == 0 else row.code),
    ]
    out.table(answer.outcomes, columns, "")


def transfer(
    context: typer.Context,
    license: str = _LICENSE,
    holder: str = typer.Argument(..., help="Who holds the seat."),
    to: str = typer.Argument(..., help="Who gets it."),
) -> None:
    """Hand a seat on to somebody else; it needs no free one."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        which = license_of(desk.session, license)
        old = person_of(desk.session, holder)
        new = person_of(desk.session, to)
        seat = desk.session.transfer(seat_of(desk.session, which, old), new.id)
        out.answer(seat, f"{new.name} has the seat of {old.name} on {which.name}")


def review_rows(context: typer.Context, license: Optional[str]) -> None:
    """The seats that wait for review: of `review` and of `report needs-review`."""
    columns = [
        Column("Seat", lambda row: row.assignment, right=True),
        Column("License", lambda row: row.license_name),
        Column("Name", lambda row: row.name),
        Column("Email", lambda row: row.email),
        Column("Flagged", lambda row: row.flagged_at),
        Column("Days", lambda row: row.waiting_days, right=True),
    ]
    with reading(context) as desk:
        which = None if license is None else license_of(desk.session, license).id
        rows = desk.session.needs_review(which)
        Output(settings_of(context)).rows(rows, columns, "Nothing to review.")


@REVIEW.callback()
def review(
    context: typer.Context,
    license: Optional[str] = typer.Option(None, help="Of this license only."),
) -> None:
    """Seats whose holder was archived; `review keep` lets them stay, `revoke` frees them."""
    if context.invoked_subcommand is None:
        review_rows(context, license)


@REVIEW.command("keep", cls=BookCommand)
def keep(context: typer.Context, license: str = _LICENSE, person: str = _PERSON) -> None:
    """Mark a seat as reviewed: its holder keeps it."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        which = license_of(desk.session, license)
        seat = seat_of(desk.session, which, person_of(desk.session, person))
        reviewed = desk.session.mark_reviewed(seat)
        out.answer(reviewed, f"Reviewed {_told(desk, seat)}")


def _told(desk: Desk, seat: int) -> str:
    assignment = desk.session.get_assignment(seat)
    person = desk.session.get_person(assignment.person).name or f"person #{assignment.person}"
    license = desk.session.get_license(assignment.license).name
    return f"seat #{int(seat)} of {license}, held by {person}"
