"""`seatbook licenses`, `seatbook show`, `seatbook owners`, and what is done to one license."""

from typing import Any, Dict, Optional

import typer

from seatbook import BillingPeriod, CapacityPolicy, License, LicenseState, PersonId, Session

from . import values
from .commands import BookCommand, group
from .lookup import all_licenses, license_of, person_of
from .output import Column, Output, confirm, shown
from .settings import WrongUsage, reading, settings_of, writing

LICENSES = group("List, add and change licenses.")
OWNERS = group("Licenses whose owner has left; set owners.")

_LICENSE = typer.Argument(..., help="Name, host key or #id.")
_UNLIMITED = "unlimited"


def seats_of(text: str) -> Optional[int]:
    """A number of seats; unlimited is None, as everywhere in the library."""
    if text == _UNLIMITED:
        return None
    try:
        return int(text)
    except ValueError:
        raise WrongUsage(f"{text!r} is no number of seats; or {_UNLIMITED}") from None


@LICENSES.callback()
def list_licenses(
    context: typer.Context,
    state: Optional[str] = values.option(LicenseState, None),
) -> None:
    """List, add and change licenses."""
    if context.invoked_subcommand is not None:
        return
    out = Output(settings_of(context))
    with reading(context) as desk:
        session = desk.session
        columns = [
            Column("#", lambda row: row.id, right=True),
            Column("Name", lambda row: row.name),
            Column("Vendor", lambda row: row.vendor),
            Column("Used", lambda row: session.usage(row.id).text, right=True),
            Column("Cost a seat", _cost, right=True),
            Column("Renews", lambda row: row.renewal_date),
            Column("Owner", lambda row: session.get_person(row.owner).name),
            Column("State", lambda row: row.state),
        ]
        out.rows(all_licenses(session, state), columns, "No licenses.")


@LICENSES.command("add", cls=BookCommand)
def add(
    context: typer.Context,
    name: str = typer.Argument(..., help="The name of the license."),
    seats: str = typer.Option("1", help="How many seats, or unlimited."),
    owner: str = typer.Option(..., help="Who owns it: name, email or #id."),
    backup_owner: Optional[str] = typer.Option(None, help="Who stands in for the owner."),
    vendor: str = typer.Option("", help="Who sells it."),
    product_group: str = typer.Option("", help="What to sum it up with."),
    host_key: str = typer.Option("", help="Its key in another system."),
    cost: Optional[str] = typer.Option(None, help="Cost of one seat, such as 12.50."),
    currency: str = typer.Option("", help="Three letters, such as USD."),
    billing_period: str = values.option(BillingPeriod, "month"),
    renewal: Optional[str] = typer.Option(None, help="The day it renews: YYYY-MM-DD."),
    policy: str = values.option(CapacityPolicy, "enforce", "When full"),
) -> None:
    """Add a license."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        backup = None if backup_owner is None else person_of(desk.session, backup_owner).id
        added = desk.session.add_license(
            name=name,
            vendor=vendor,
            product_group=product_group,
            host_key=host_key,
            total_seats=seats_of(seats),
            policy=policy,
            owner=person_of(desk.session, owner).id,
            backup_owner=backup,
            cost_per_seat=cost,
            currency=currency,
            billing_period=billing_period,
            renewal_date=renewal,
        )
        out.answer(added, f"Added {name} as #{added.license}")


@LICENSES.command("update", cls=BookCommand)
def update(
    context: typer.Context,
    license: str = _LICENSE,
    name: Optional[str] = typer.Option(None, help="The new name."),
    vendor: Optional[str] = typer.Option(None, help="Who sells it; empty clears it."),
    product_group: Optional[str] = typer.Option(None, help="What to sum it up with; empty clears."),
    host_key: Optional[str] = typer.Option(None, help="Its key elsewhere; empty clears it."),
    cost: Optional[str] = typer.Option(None, help="Cost of one seat; empty clears it."),
    currency: Optional[str] = typer.Option(None, help="Three letters, such as USD."),
    billing_period: Optional[str] = values.option(BillingPeriod, None),
    renewal: Optional[str] = typer.Option(None, help="YYYY-MM-DD; empty clears it."),
) -> None:
    """Change what is known of a license: what is left out stays."""
    out = Output(settings_of(context))
    given = {
        "name": name,
        "vendor": vendor,
        "product_group": product_group,
        "host_key": host_key,
        "cost_per_seat": cost,
        "currency": currency,
        "billing_period": billing_period,
        "renewal_date": renewal,
    }
    changes: Dict[str, Any] = {
        member: value for member, value in given.items() if value is not None
    }
    for member in ("cost_per_seat", "renewal_date"):
        if changes.get(member) == "":
            changes[member] = None
    with writing(context) as desk:
        which = license_of(desk.session, license)
        changed = desk.session.update_license(which.id, **changes)
        out.answer(changed, f"Updated {desk.session.get_license(which.id).name}")


@LICENSES.command("policy", cls=BookCommand)
def set_policy(
    context: typer.Context,
    license: str = _LICENSE,
    policy: str = values.argument(CapacityPolicy),
) -> None:
    """Say what happens when all seats are taken: refuse, or count the surplus."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        which = license_of(desk.session, license)
        changed = desk.session.set_policy(which.id, policy)
        out.answer(changed, f"{which.name}: {shown(desk.session.get_license(which.id).policy)}")


@LICENSES.command("seats", cls=BookCommand)
def set_seats(
    context: typer.Context,
    license: str = _LICENSE,
    seats: str = typer.Argument(..., help="How many seats, or unlimited."),
) -> None:
    """Change how many seats a license has."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        which = license_of(desk.session, license)
        changed = desk.session.set_total_seats(which.id, seats_of(seats))
        out.answer(changed, f"{which.name}: {desk.session.usage(which.id).text} in use")


def show(context: typer.Context, license: str = _LICENSE) -> None:
    """One license: its terms, who answers for it, and who holds its seats."""
    out = Output(settings_of(context))
    columns = [
        Column("Seat", lambda row: row.assignment, right=True),
        Column("Name", lambda row: row.name),
        Column("Email", lambda row: row.email),
        Column("Since", lambda row: row.assigned_at),
        Column("Access level", lambda row: row.access_level),
        Column("Account", lambda row: row.account),
        Column("Archived", lambda row: row.archived),
        Column("Review", lambda row: row.needs_review),
    ]
    with reading(context) as desk:
        which = license_of(desk.session, license)
        usage = desk.session.usage(which.id)
        contacts = desk.session.license_contacts(which.id)
        seats = desk.session.license_seats(which.id)
        if out.settings.json:
            out.json({"license": which, "usage": usage, "contacts": contacts, "seats": seats})
            return
        out.line(which.name, "bold")
        out.pairs(
            [
                ("Id", f"#{which.id}"),
                ("Vendor", which.vendor),
                ("Product group", which.product_group),
                ("Seats", f"{usage.text} in use, {usage.available_text}"),
                ("When full", which.policy),
                ("Cost a seat", _cost(which)),
                ("Renews", which.renewal_date),
                ("Owner", _told(desk.session, contacts.owner, contacts.owner_archived)),
                ("Backup", _told(desk.session, contacts.backup_owner, contacts.backup_archived)),
                ("State", which.state),
            ]
        )
        out.console.print()
        out.table(seats, columns, "Nobody holds a seat.")


@OWNERS.callback()
def owners(context: typer.Context) -> None:
    """Licenses whose owner or backup owner is archived; `owners set` gives them others."""
    if context.invoked_subcommand is not None:
        return
    out = Output(settings_of(context))
    with reading(context) as desk:
        session = desk.session
        columns = [
            Column("#", lambda row: row.license, right=True),
            Column("License", lambda row: row.license_name),
            Column("Owner", lambda row: _told(session, row.owner, row.owner_archived)),
            Column("Backup", lambda row: _told(session, row.backup_owner, row.backup_archived)),
        ]
        out.rows(session.archived_owners(), columns, "Every license has an active owner.")


@OWNERS.command("set", cls=BookCommand)
def set_owners(
    context: typer.Context,
    license: str = _LICENSE,
    owner: Optional[str] = typer.Option(None, help="The new owner."),
    backup: Optional[str] = typer.Option(None, help="The new backup owner."),
    no_backup: bool = typer.Option(False, "--no-backup", help="Take the backup owner away."),
) -> None:
    """Set the owner, the backup owner, or both at once."""
    if owner is None and backup is None and not no_backup:
        raise WrongUsage("say --owner, --backup or --no-backup")
    out = Output(settings_of(context))
    with writing(context) as desk:
        which = license_of(desk.session, license)
        changes: Dict[str, Any] = {}
        if owner is not None:
            changes["owner"] = person_of(desk.session, owner).id
        if backup is not None:
            changes["backup_owner"] = person_of(desk.session, backup).id
        elif no_backup:
            changes["backup_owner"] = None
        changed = desk.session.set_owners(which.id, **changes)
        now = desk.session.get_license(which.id)
        out.answer(changed, f"{which.name} is owned by {_told(desk.session, now.owner, False)}")


def archive_license(context: typer.Context, license: str = _LICENSE) -> None:
    """Archive a license that nobody holds a seat of; its history stays."""
    settings = settings_of(context)
    with reading(context) as desk:
        which = license_of(desk.session, license)
    confirm(settings, f"Archive the license {which.name}?")
    with writing(context) as desk:
        Output(settings).answer(
            desk.session.archive_license(which.id), f"Archived {which.name}"
        )


def reactivate_license(context: typer.Context, license: str = _LICENSE) -> None:
    """Make an archived license active again."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        which = license_of(desk.session, license)
        out.answer(desk.session.reactivate_license(which.id), f"{which.name} is active again")


def _cost(license: License) -> str:
    """12.50 USD a month."""
    if license.cost_per_seat is None:
        return ""
    cost = f"{license.cost_per_seat} {license.currency}".strip()
    period = license.billing_period.name
    return f"{cost} once" if period == "once" else f"{cost} a {period}"


def _told(session: Session, person: Optional[PersonId], archived: bool) -> str:
    if person is None:
        return ""
    return session.get_person(person).name + (" (archived)" if archived else "")
