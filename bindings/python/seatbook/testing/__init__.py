"""Helpers for testing programs that use Seatbook.

    from seatbook.testing import memory_book

    def test_the_last_seat():
        with memory_book() as kit:
            ada = kit.add_person()
            inkwell = kit.add_license(total_seats=1)
            assert assign_last_seat(kit.desk, inkwell, ada)  # the code under test

`seatbook.testing.strategies` has strategies for Hypothesis and imports it. The extra
`seatbook[testing]` installs Hypothesis.
"""

from datetime import datetime, timedelta, timezone
from types import TracebackType
from typing import TYPE_CHECKING, Any, Optional, Type, Union

from .. import (
    AssignmentId, Book, LicenseId, ManualClock, PersonId, Role, Session, open as _open,
)  # fmt: skip

if TYPE_CHECKING:
    from .. import RoleName

__all__ = ["NOON", "TestBook", "manual_clock", "memory_book"]

NOON = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
"""The initial time of a test: noon UTC on a Monday."""


def manual_clock(start: Union[datetime, str, int] = NOON) -> ManualClock:
    """Returns a clock fixed at `start` until it is set or advanced."""
    return ManualClock(start)


class TestBook:
    """A book in memory, its clock, and a session with all permissions.

    The helpers add records with generated names and emails. One person, "Owner", owns all licenses.
    """

    __test__ = False  # pytest: not a test class

    def __init__(self, book: Book, clock: ManualClock, desk: Session) -> None:
        self.book = book
        self.clock = clock
        self.desk = desk
        self._people = 0
        self._licenses = 0
        self._owner: Optional[PersonId] = None

    def add_person(self, name: str = "", **arguments: Any) -> PersonId:
        """Adds "Person 1" with the email person1@example.com, and so on.

        Accepts the arguments of Session.add_person."""
        self._people += 1
        arguments.setdefault("email", f"person{self._people}@example.com")
        return self.desk.add_person(name=name or f"Person {self._people}", **arguments).person

    def add_license(self, name: str = "", **arguments: Any) -> LicenseId:
        """Adds "License 1", and so on. The default owner is the person "Owner".

        Accepts the arguments of Session.add_license."""
        self._licenses += 1
        if "owner" not in arguments:
            if self._owner is None:
                self._owner = self.desk.add_person(name="Owner", email="owner@example.com").person
            arguments["owner"] = self._owner
        return self.desk.add_license(name=name or f"License {self._licenses}", **arguments).license

    def add_seat(
        self,
        license: Optional[LicenseId] = None,
        person: Optional[PersonId] = None,
        **arguments: Any,
    ) -> AssignmentId:
        """Assigns the person a seat on the license. Adds the person or license if None.

        Accepts the arguments of Session.assign."""
        if license is None:
            license = self.add_license()
        if person is None:
            person = self.add_person()
        return self.desk.assign(license, person, **arguments).assignment

    def session(self, role: "Union[Role, RoleName]" = "employee", **arguments: Any) -> Session:
        """Returns a session of another actor."""
        return self.book.session(arguments.pop("actor", "other"), role=role, **arguments)

    def advance(self, **amounts: float) -> datetime:
        """Advances the clock by timedelta(**amounts) and returns the new time.

        For example, `kit.advance(days=30)`."""
        self.clock.advance(timedelta(**amounts))
        return self.clock.now()

    def close(self) -> None:
        """Closes the book."""
        self.book.close()

    def __enter__(self) -> "TestBook":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"TestBook(version={self.book.version}, now={self.clock.now()})"


def memory_book(
    *,
    start: Union[datetime, str, int] = NOON,
    actor: str = "test",
    role: "Union[Role, RoleName]" = "super_admin",
) -> TestBook:
    """Returns a book in memory with a fixed clock."""
    clock = manual_clock(start)
    book = _open(clock=clock)
    return TestBook(book, clock, book.session(actor, role=role))
