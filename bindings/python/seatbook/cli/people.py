"""`seatbook people`, `seatbook my`, and what is done to one person."""

from typing import Any, Dict, Optional

import typer

from seatbook import Person, PersonState

from . import values
from .commands import BookCommand, group
from .lookup import all_people, called, person_of
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
    search: Optional[str] = typer.Option(None, help="Part of a name or email; active people."),
    state: Optional[str] = values.option(PersonState, None),
) -> None:
    """List, search and add people."""
    if context.invoked_subcommand is not None:
        return
    out = Output(settings_of(context))
    with reading(context) as desk:
        if search is None:
            out.rows(all_people(desk.session, state), COLUMNS, "Nobody.")
            return
        picker = desk.session.assignable_people(search=search, limit=1000)
        found = [desk.session.get_person(row) for row in picker]
        if state is not None:
            found = [person for person in found if person.state.name == state]
        out.rows(found, COLUMNS, "Nobody.")


@PEOPLE.command("add", cls=BookCommand)
def add(
    context: typer.Context,
    name: str = typer.Argument(..., help="The full name."),
    email: str = typer.Argument("", help="Unique in the book; may be left out."),
    host_key: str = typer.Option("", help="Their key in another system."),
) -> None:
    """Add somebody who can hold seats."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        added = desk.session.add_person(name=name, email=email, host_key=host_key)
        out.answer(added, f"Added {name} as #{added.person}")


@PEOPLE.command("update", cls=BookCommand)
def update(
    context: typer.Context,
    person: str = typer.Argument(..., help="Name, email or #id."),
    name: Optional[str] = typer.Option(None, help="The new name."),
    email: Optional[str] = typer.Option(None, help="The new email; empty clears it."),
    host_key: Optional[str] = typer.Option(None, help="The new host key; empty clears it."),
) -> None:
    """Change name, email or host key."""
    out = Output(settings_of(context))
    given = {"name": name, "email": email, "host_key": host_key}
    changes: Dict[str, Any] = {
        member: value for member, value in given.items() if value is not None
    }
    with writing(context) as desk:
        whom = person_of(desk.session, person)
        changed = desk.session.update_person(whom.id, **changes)
        out.answer(changed, f"Updated {desk.session.get_person(whom.id).name}")


@PEOPLE.command("erase", cls=BookCommand)
def erase(
    context: typer.Context,
    person: str = typer.Argument(..., help="Name, email or #id."),
    revoke_first: bool = typer.Option(False, "--revoke-first", help="Take their seats back too."),
) -> None:
    """Erase somebody's name, email and texts for good."""
    settings = settings_of(context)
    whom = _found(context, person)
    confirm(settings, f"Erase {_told(whom)} for good?")
    with writing(context) as desk:
        erased = desk.session.erase_person(whom.id, revoke_first=revoke_first)
        Output(settings).answer(erased, f"Erased #{whom.id}")


def archive_person(
    context: typer.Context,
    person: str = typer.Argument(..., help="Name, email or #id."),
) -> None:
    """Archive somebody who left: their seats stay in use and wait for review."""
    settings = settings_of(context)
    whom = _found(context, person)
    confirm(settings, f"Archive {_told(whom)}?")
    with writing(context) as desk:
        archived = desk.session.archive_person(whom.id)
        flagged = counted(archived.flags_changed, "seat")
        Output(settings).answer(archived, f"Archived {whom.name}; {flagged} to review")


def reactivate_person(
    context: typer.Context,
    person: str = typer.Argument(..., help="Name, email or #id."),
) -> None:
    """Make an archived person active again; their seats need no review any more."""
    out = Output(settings_of(context))
    with writing(context) as desk:
        whom = person_of(desk.session, person)
        out.answer(desk.session.reactivate_person(whom.id), f"{whom.name} is active again")


def my_software(
    context: typer.Context,
    person: str = typer.Argument(..., help="Name, email or #id."),
) -> None:
    """The licenses on which somebody holds a seat."""
    out = Output(settings_of(context))
    columns = [
        Column("Seat", lambda row: row.assignment, right=True),
        Column("License", lambda row: row.license_name),
        Column("Since", lambda row: row.assigned_at),
        Column("Access level", lambda row: row.access_level),
        Column("Account", lambda row: row.account),
        Column("Review", lambda row: row.needs_review),
    ]
    with reading(context) as desk:
        whom = person_of(desk.session, person)
        rows = desk.session.my_software(whom.id)
        out.rows(rows, columns, f"{called(whom)} holds no seat.")


def _found(context: typer.Context, person: str) -> Person:
    """Somebody to ask about first: no book is kept open while nobody answers."""
    with reading(context) as desk:
        return person_of(desk.session, person)


def _told(person: Person) -> str:
    if not person.name:
        return called(person)
    return f"{person.name} <{person.email}>" if person.email else f"{person.name} (#{person.id})"
