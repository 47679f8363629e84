"""`seatbook people`, `seatbook my`, and the commands that archive and reactivate people."""

from typing import Any, Dict, Optional

import typer

from seatbook import Person, PersonState

from . import values
from .commands import BookCommand, group
from .lookup import all_people, display_name, person_of
from .output import Column, Output, confirm, counted
from .settings import reading, settings_of, writing

PEOPLE = group("List, search and add people.")

COLUMNS = [
    Column("#", lambda row: row.id, right=True),
    Column("Name", lambda row: row.name),
    Column("Email", lambda row: row.email),
    Column("Host key", lambda row: row.host_key),
    Column("State", lambda row: row.state),
]


@PEOPLE.callback()
def list_people(
    context: typer.Context,
    search: Optional[str] = typer.Option(
        None, help="Only active people whose name or email contains this."
    ),
    state: Optional[str] = values.option(PersonState, None),
) -> None:
    """List, search and add people."""
    if context.invoked_subcommand is not None:
        return
    out = Output(settings_of(context))
    with reading(context) as desk:
        if search is None:
            wanted = None if state is None else PersonState[state]
            out.rows(all_people(desk.session, wanted), COLUMNS, "No people.")
            return
        assignable = desk.session.assignable_people(search=search, limit=1000)
        found = [desk.session.get_person(row) for row in assignable]
        if state is not None:
            found = [person for person in found if person.state.name == state]
        out.rows(found, COLUMNS, "No people.")


@PEOPLE.command("add", cls=BookCommand)
def add(
    context: typer.Context,
    name: str = typer.Argument(..., help="The full name."),
    email: str = typer.Argument("", help="Optional; must be unique in the book."),
    host_key: str = typer.Option("", help="Their id in another system."),
) -> None:
    """Add a person who can hold seats."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        added = desk.session.add_person(name=name, email=email, host_key=host_key)
        out.result(added, f"Added {name} as #{added.person}")


@PEOPLE.command("update", cls=BookCommand)
def update(
    context: typer.Context,
    person: str = typer.Argument(..., help="Name, email or #id."),
    name: Optional[str] = typer.Option(None, help="The new name."),
    email: Optional[str] = typer.Option(None, help="The new email; an empty text clears it."),
    host_key: Optional[str] = typer.Option(None, help="The new host key; an empty text clears it."),
) -> None:
    """Change a person's name, email or host key."""
    out = Output(settings_of(context))
    given = {"name": name, "email": email, "host_key": host_key}
    changes: Dict[str, Any] = {
        member: value for member, value in given.items() if value is not None
    }
    with writing(context) as desk:
        target = person_of(desk.session, person)
        changed = desk.session.update_person(target.id, **changes)
        out.result(changed, f"Updated {desk.session.get_person(target.id).name}")


@PEOPLE.command("erase", cls=BookCommand)
def erase(
    context: typer.Context,
    person: str = typer.Argument(..., help="Name, email or #id."),
    revoke_first: bool = typer.Option(False, "--revoke-first", help="Revoke their seats first."),
) -> None:
    """Permanently erase a person's name, email and free texts."""
    settings = settings_of(context)
    target = _found(context, person)
    confirm(settings, f"Permanently erase {_describe(target)}?")
    with writing(context) as desk:
        erased = desk.session.erase_person(target.id, revoke_first=revoke_first)
        Output(settings).result(erased, f"Erased #{target.id}")


def archive_person(
    context: typer.Context,
    person: str = typer.Argument(..., help="Name, email or #id."),
) -> None:
    """Archive a person who left. Their seats stay in use and are flagged for review."""
    settings = settings_of(context)
    target = _found(context, person)
    confirm(settings, f"Archive {_describe(target)}?")
    with writing(context) as desk:
        archived = desk.session.archive_person(target.id)
        flagged = counted(archived.flags_changed, "seat")
        Output(settings).result(archived, f"Archived {target.name}; {flagged} flagged for review")


def reactivate_person(
    context: typer.Context,
    person: str = typer.Argument(..., help="Name, email or #id."),
) -> None:
    """Reactivate an archived person. Clears the review flags of their seats."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        target = person_of(desk.session, person)
        out.result(desk.session.reactivate_person(target.id), f"Reactivated {target.name}")


def my_software(
    context: typer.Context,
    person: str = typer.Argument(..., help="Name, email or #id."),
) -> None:
    """List the licenses on which a person holds a seat."""
    out = Output(settings_of(context))
    columns = [
        Column("Seat", lambda row: row.assignment, right=True),
        Column("License", lambda row: row.license_name),
        Column("Since", lambda row: row.since),
        Column("Access level", lambda row: row.access_level),
        Column("Account", lambda row: row.account),
        Column("Review", lambda row: row.needs_review),
    ]
    with reading(context) as desk:
        target = person_of(desk.session, person)
        rows = desk.session.my_software(target.id)
        out.rows(rows, columns, f"{display_name(target)} holds no seats.")


def _found(context: typer.Context, person: str) -> Person:
    """Returns the person to confirm. Closes the book, so that a prompt does not lock it."""
    with reading(context) as desk:
        return person_of(desk.session, person)


def _describe(person: Person) -> str:
    if not person.name:
        return display_name(person)
    return f"{person.name} <{person.email}>" if person.email else f"{person.name} (#{person.id})"
