"""The commands that assign, revoke, transfer and review seats."""

from typing import List, Optional

import typer

from seatbook import BulkReceipt

from .commands import BookCommand, group
from .lookup import instant, license_of, person_of, seat_number, seat_of
from .output import Column, Output, confirm, counted
from .settings import Desk, WrongUsage, reading, settings_of, writing

REVIEW = group("List and keep seats that are flagged for review.")

_LICENSE = typer.Argument(..., help="The license: name, host key or #id.")
_PERSON = typer.Argument(..., help="The person: name, email or #id.")
_HELD_SINCE = typer.Option(
    None, help="The day or instant (UTC) since when the person has held the seat."
)


def assign(
    context: typer.Context,
    license: str = _LICENSE,
    person: str = _PERSON,
    access_level: str = typer.Option("", help="Free text, such as Editor."),
    account: str = typer.Option("", help="The holder's login at the vendor."),
    notes: str = typer.Option("", help="Free text."),
    cost: Optional[str] = typer.Option(
        None, help="Cost of this seat, if it differs from the license's."
    ),
    held_since: Optional[str] = _HELD_SINCE,
) -> None:
    """Assign a seat to a person."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        which = license_of(desk.session, license)
        target = person_of(desk.session, person)
        seat = desk.session.assign(
            which.id,
            target.id,
            access_level=access_level,
            account=account,
            notes=notes,
            cost_override=cost,
            held_since=None if held_since is None else instant(held_since),
        )
        left = desk.session.usage(which.id).available_text
        assigned = f"Assigned seat #{seat.assignment} of {which.name} to {target.name}"
        out.result(seat, f"{assigned}; {left}")


def revoke(
    context: typer.Context,
    license: Optional[str] = typer.Argument(None, help="The license, with PERSON."),
    person: Optional[str] = typer.Argument(None, help="The holder of the seat."),
    seat: Optional[str] = typer.Option(
        None, help="The number of the seat, instead of LICENSE and PERSON."
    ),
    all_of: Optional[str] = typer.Option(None, help="Revoke all seats of this person."),
    reason: str = typer.Option("", help="The reason; recorded with the seat."),
    dry_run: bool = typer.Option(
        False, "--dry-run", help="With --all-of: report what would be done; change nothing."
    ),
) -> None:
    """Revoke a seat, or with --all-of all seats of a person."""
    ways = [license is not None and person is not None, seat is not None, all_of is not None]
    if sum(ways) != 1 or (license is not None) != (person is not None):
        raise WrongUsage("give LICENSE and PERSON, or --seat NUMBER, or --all-of PERSON")
    if dry_run and all_of is None:
        raise WrongUsage("--dry-run needs --all-of")
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
        described = _describe(desk, number)
    confirm(settings, f"Revoke {described}?")
    with writing(context) as desk:
        revoked = desk.session.revoke(number, reason=reason)
        Output(settings).result(revoked, f"Revoked {described}")


def _revoke_all(context: typer.Context, person: str, reason: str, dry_run: bool) -> None:
    settings = settings_of(context)
    with writing(context) as desk:
        target = person_of(desk.session, person)
        receipt = desk.session.revoke_all(target.id, reason=reason, dry_run=True)
    if not dry_run:
        confirm(settings, f"Revoke {counted(receipt.summary.done, 'seat')} of {target.name}?")
        with writing(context) as desk:
            receipt = desk.session.revoke_all(target.id, reason=reason)
    seats = counted(receipt.summary.done, "seat")
    done = "Would revoke" if dry_run else "Revoked"
    Output(settings).result(receipt, f"{done} {seats} of {target.name}")


def bulk_assign(
    context: typer.Context,
    person: str = _PERSON,
    licenses: List[str] = typer.Argument(..., help="The licenses, in the order of assignment."),
    all_or_nothing: bool = typer.Option(
        False, "--all-or-nothing", help="Change nothing if any license fails."
    ),
    dry_run: bool = typer.Option(
        False, "--dry-run", help="Report what would be done; change nothing."
    ),
    held_since: Optional[str] = _HELD_SINCE,
) -> None:
    """Assign a person a seat on each of several licenses."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        target = person_of(desk.session, person)
        which = [license_of(desk.session, name) for name in licenses]
        receipt = desk.session.bulk_assign(
            target.id,
            [license.id for license in which],
            all_or_nothing=all_or_nothing,
            dry_run=dry_run,
            held_since=None if held_since is None else instant(held_since),
        )
        if out.settings.json:
            out.json(receipt)
            return
        _print_outcomes(out, desk, receipt)
        out.line(receipt.summary.assign_text() + (" (dry run)" if dry_run else ""))


def _print_outcomes(out: Output, desk: Desk, receipt: BulkReceipt) -> None:
    columns = [
        Column("License", lambda row: desk.session.get_license(row.item).name),
        Column("Seat", lambda row: row.assignment, right=True),
        Column("Outcome", lambda row: "assigned" if row.code == 0 else row.code),
    ]
    out.table(receipt.outcomes, columns, "")


def transfer(
    context: typer.Context,
    license: str = _LICENSE,
    holder: str = typer.Argument(..., help="The holder of the seat."),
    to: str = typer.Argument(..., help="The new holder."),
) -> None:
    """Transfer a seat to another person. Needs no free seat."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        which = license_of(desk.session, license)
        old = person_of(desk.session, holder)
        new = person_of(desk.session, to)
        seat = desk.session.transfer(seat_of(desk.session, which, old), new.id)
        out.result(seat, f"Transferred the seat on {which.name} from {old.name} to {new.name}")


def review_rows(context: typer.Context, license: Optional[str]) -> None:
    """Prints the seats flagged for review, for `review` and `report needs-review`."""
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
        Output(settings_of(context)).rows(rows, columns, "No seats to review.")


@REVIEW.callback()
def review(
    context: typer.Context,
    license: Optional[str] = typer.Option(None, help="Only this license."),
) -> None:
    """List seats whose holder is archived. `review keep` keeps one, `revoke` frees one."""
    if context.invoked_subcommand is None:
        review_rows(context, license)


@REVIEW.command("keep", cls=BookCommand)
def keep(context: typer.Context, license: str = _LICENSE, person: str = _PERSON) -> None:
    """Mark a seat as reviewed. Its holder keeps it."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        which = license_of(desk.session, license)
        seat = seat_of(desk.session, which, person_of(desk.session, person))
        reviewed = desk.session.mark_reviewed(seat)
        out.result(reviewed, f"Reviewed {_describe(desk, seat)}")


def _describe(desk: Desk, seat: int) -> str:
    assignment = desk.session.get_assignment(seat)
    person = desk.session.get_person(assignment.person).name or f"person #{assignment.person}"
    license = desk.session.get_license(assignment.license).name
    return f"seat #{int(seat)} of {license}, held by {person}"
