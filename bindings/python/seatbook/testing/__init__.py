"""For the tests of programs that keep their seats in a book.

    from seatbook.testing import memory_book

    def test_the_last_seat():
        with memory_book() as kit:
            ada = kit.add_person()
            inkwell = kit.add_license(total_seats=1)
            assert give_a_seat(kit.desk, inkwell, ada)       # what is to be tested

`seatbook.testing.strategies` has strategies for Hypothesis, which is imported only there (the extra
`seatbook[testing]` installs it).
"""

from datetime import datetime, timedelta, timezone
from types import TracebackType
from typing import Any, Optional, Type, Union

from .. import (
    AssignmentId, Book, LicenseId, ManualClock, PersonId, Role, Session, open as _open,
)  # fmt: skip

__all__ = ["NOON", "TestBook", "manual_clock", "memory_book"]

NOON = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
"""Where the clock of a test stands: noon of a Monday."""


def manual_clock(start: Union[datetime, str, int] = NOON) -> ManualClock:
    """A clock that stands at `start` until it is set or advanced."""
    return ManualClock(start)


class TestBook:
    """A book in memory, its clock, and a session that may do everything.

    The helpers make what a test needs but does not care for: names and emails are numbered, and the
    first person owns every license.
    """

    __test__ = False  # pytest: a tool, no test

    def __init__(self, book: Book, clock: ManualClock, desk: Session) -> None:
        self.book = book
        self.clock = clock
        self.desk = desk
        self._people = 0
        self._licenses = 0
        self._owner: Optional[PersonId] = None

    def add_person(self, name: str = "", **arguments: Any) -> PersonId:
        """Adds "Person 1" with the email person1@example.com, and so on; takes what
        Session.add_person takes."""
        self._people += 1
        arguments.setdefault("email", f"person{self._people}@example.com")
        return self.desk.add_person(name=name or f"Person {self._people}", **arguments).person

    def add_license(self, name: str = "", **arguments: Any) -> LicenseId:
        """Adds "License 1", and so on, owned by the person "Owner" unless told otherwise; takes
        what Session.add_license takes."""
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
        """Gives the person a seat on the license; adds those of the two that are not given. Takes
        what Session.assign takes."""
        if license is None:
            license = self.add_license()
        if person is None:
            person = self.add_person()
        return self.desk.assign(license, person, **arguments).assignment

    def session(self, role: Union[Role, str] = "employee", **arguments: Any) -> Session:
        """A session of somebody else."""
        return self.book.session(arguments.pop("actor", "somebody"), role=role, **arguments)

    def advance(self, **amounts: float) -> datetime:
        """Moves the clock on, by what a timedelta is made of: `kit.advance(days=30)`. Answers the
        new time."""
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
    role: Union[Role, str] = "super_admin",
) -> TestBook:
    """A book that is nowhere but in memory, with a clock that stands still."""
    clock = manual_clock(start)
    book = _open(clock=clock)
    return TestBook(book, clock, book.session(actor, role=role))
