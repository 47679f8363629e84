"""Calls that a type checker accepts or refuses; tools/check_types.py checks this file."""

import seatbook
from seatbook import CapacityPolicy, Role


def accepted(book: seatbook.Book, desk: seatbook.Session) -> None:
    for role in (Role.it_admin, Role.manager):
        book.session("desk", role=role)
    book.session("desk", role="it-admin")
    book.session("desk", role="it_admin", permissions=["export", "view_own"])
    desk.set_policy(1, CapacityPolicy.enforce)
    desk.set_policy(1, "allow_over")


# mypy reports an ignored error that does not occur.
def refused(book: seatbook.Book, desk: seatbook.Session) -> None:
    book.session("desk", role="it admin")  # type: ignore[arg-type]
    book.session("desk", permissions=["fly"])  # type: ignore[list-item]
    desk.set_policy(1, "sometimes")  # type: ignore[arg-type]
    desk.can("no_operation")  # type: ignore[arg-type]
    seatbook.open(durability="fast")  # type: ignore[arg-type]
