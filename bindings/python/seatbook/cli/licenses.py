"""`seatbook licenses`, `seatbook show`, `seatbook owners`, and the archiving of licenses."""

from typing import Any, Dict, Optional

import typer

from seatbook import BillingPeriod, CapacityPolicy, License, LicenseState, PersonId, Session

from . import values
from .commands import BookCommand, group
from .lookup import all_licenses, license_of, person_of
from .output import Column, Output, confirm, shown
from .settings import WrongUsage, reading, settings_of, writing

LICENSES = group("List, add and change licenses.")
OWNERS = group("List licenses with an archived owner; set owners.")

_LICENSE = typer.Argument(..., help="Name, host key or #id.")
_UNLIMITED = "unlimited"


def seats_of(text: str) -> Optional[int]:
    """Parses a number of seats. Returns None for unlimited."""
    if text == _UNLIMITED:
        return None
    try:
        return int(text)
    except ValueError:
        raise WrongUsage(f"seats must be a number or {_UNLIMITED}, not {text!r}") from None


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
            Column("Cost per seat", _cost, right=True),
            Column("Renews", lambda row: row.renewal_date),
            Column("Owner", lambda row: session.get_person(row.owner).name),
            Column("State", lambda row: row.state),
        ]
        wanted = None if state is None else LicenseState[state]
        out.rows(all_licenses(session, wanted), columns, "No licenses.")


@LICENSES.command("add", cls=BookCommand)
def add(
    context: typer.Context,
    name: str = typer.Argument(..., help="The name of the license."),
    seats: str = typer.Option("1", help="The number of seats, or unlimited."),
    owner: str = typer.Option(..., help="The owner: name, email or #id."),
    backup_owner: Optional[str] = typer.Option(None, help="The backup owner: name, email or #id."),
    vendor: str = typer.Option("", help="The vendor."),
    product_group: str = typer.Option("", help="The product group, for reports."),
    host_key: str = typer.Option("", help="Its id in another system."),
    cost: Optional[str] = typer.Option(None, help="Cost of one seat, such as 12.50."),
    currency: str = typer.Option("", help="A code of three letters, such as USD."),
    billing_period: str = values.option(BillingPeriod, "month"),
    renewal: Optional[str] = typer.Option(None, help="The renewal date: YYYY-MM-DD."),
    policy: str = values.option(CapacityPolicy, "enforce", "The policy when all seats are in use"),
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
            policy=CapacityPolicy[policy],
            owner=person_of(desk.session, owner).id,
            backup_owner=backup,
            cost_per_seat=cost,
            currency=currency,
            billing_period=BillingPeriod[billing_period],
            renewal_date=renewal,
        )
        out.result(added, f"Added {name} as #{added.license}")


@LICENSES.command("update", cls=BookCommand)
def update(
    context: typer.Context,
    license: str = _LICENSE,
    name: Optional[str] = typer.Option(None, help="The new name."),
    vendor: Optional[str] = typer.Option(None, help="The vendor; empty clears it."),
    product_group: Optional[str] = typer.Option(None, help="The product group; empty clears it."),
    host_key: Optional[str] = typer.Option(
        None, help="Its id in another system; an empty text clears it."
    ),
    cost: Optional[str] = typer.Option(None, help="Cost of one seat; an empty text clears it."),
    currency: Optional[str] = typer.Option(None, help="A code of three letters, such as USD."),
    billing_period: Optional[str] = values.option(BillingPeriod, None),
    renewal: Optional[str] = typer.Option(None, help="YYYY-MM-DD; an empty text clears it."),
) -> None:
    """Change the details of a license. Fields without an option are not changed."""
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
        out.result(changed, f"Updated {desk.session.get_license(which.id).name}")


@LICENSES.command("policy", cls=BookCommand)
def set_policy(
    context: typer.Context,
    license: str = _LICENSE,
    policy: str = values.argument(CapacityPolicy),
) -> None:
    """Set the policy when all seats are in use: refuse more (enforce) or allow more (allow_over)."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        which = license_of(desk.session, license)
        changed = desk.session.set_policy(which.id, CapacityPolicy[policy])
        out.result(changed, f"{which.name}: {shown(desk.session.get_license(which.id).policy)}")


@LICENSES.command("seats", cls=BookCommand)
def set_seats(
    context: typer.Context,
    license: str = _LICENSE,
    seats: str = typer.Argument(..., help="The number of seats, or unlimited."),
) -> None:
    """Change the number of seats of a license."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        which = license_of(desk.session, license)
        changed = desk.session.set_total_seats(which.id, seats_of(seats))
        out.result(changed, f"{which.name}: {desk.session.usage(which.id).text} in use")


def show(context: typer.Context, license: str = _LICENSE) -> None:
    """Show one license: its terms, owners and seats."""
    out = Output(settings_of(context))
    columns = [
        Column("Seat", lambda row: row.assignment, right=True),
        Column("Name", lambda row: row.name),
        Column("Email", lambda row: row.email),
        Column("Since", lambda row: row.since),
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
                ("Cost per seat", _cost(which)),
                ("Renews", which.renewal_date),
                ("Owner", _owner_text(desk.session, contacts.owner, contacts.owner_archived)),
                (
                    "Backup",
                    _owner_text(desk.session, contacts.backup_owner, contacts.backup_archived),
                ),
                ("State", which.state),
            ]
        )
        out.console.print()
        out.table(seats, columns, "No seats are held.")


@OWNERS.callback()
def owners(context: typer.Context) -> None:
    """List licenses whose owner or backup owner is archived. `owners set` replaces them."""
    if context.invoked_subcommand is not None:
        return
    out = Output(settings_of(context))
    with reading(context) as desk:
        session = desk.session
        columns = [
            Column("#", lambda row: row.license, right=True),
            Column("License", lambda row: row.license_name),
            Column("Owner", lambda row: _owner_text(session, row.owner, row.owner_archived)),
            Column(
                "Backup",
                lambda row: _owner_text(session, row.backup_owner, row.backup_archived),
            ),
        ]
        out.rows(session.archived_owners(), columns, "Every license has an active owner.")


@OWNERS.command("set", cls=BookCommand)
def set_owners(
    context: typer.Context,
    license: str = _LICENSE,
    owner: Optional[str] = typer.Option(None, help="The new owner."),
    backup: Optional[str] = typer.Option(None, help="The new backup owner."),
    no_backup: bool = typer.Option(False, "--no-backup", help="Remove the backup owner."),
) -> None:
    """Set the owner, the backup owner, or both."""
    if owner is None and backup is None and not no_backup:
        raise WrongUsage("give --owner, --backup or --no-backup")
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
        owner_name = _owner_text(desk.session, now.owner, False)
        out.result(changed, f"{which.name} is owned by {owner_name}")


def archive_license(context: typer.Context, license: str = _LICENSE) -> None:
    """Archive a license without active seats. Its history is kept."""
    settings = settings_of(context)
    with reading(context) as desk:
        which = license_of(desk.session, license)
    confirm(settings, f"Archive the license {which.name}?")
    with writing(context) as desk:
        Output(settings).result(
            desk.session.archive_license(which.id), f"Archived {which.name}"
        )


def reactivate_license(context: typer.Context, license: str = _LICENSE) -> None:
    """Reactivate an archived license."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        which = license_of(desk.session, license)
        out.result(desk.session.reactivate_license(which.id), f"Reactivated {which.name}")


def _cost(license: License) -> str:
    """Returns the cost, such as `12.50 USD per month`."""
    if license.cost_per_seat is None:
        return ""
    cost = f"{license.cost_per_seat} {license.currency}".strip()
    period = license.billing_period.name
    return f"{cost} once" if period == "once" else f"{cost} per {period}"


def _owner_text(session: Session, person: Optional[PersonId], archived: bool) -> str:
    if person is None:
        return ""
    return session.get_person(person).name + (" (archived)" if archived else "")
