"""The settings of one run: the book, the actor and the form of the output."""

import datetime
import getpass
import os
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Iterator, Optional

import typer

import seatbook
from seatbook import Book, Session
from seatbook._environment import clock_from_environment

from .places import Place, WrongUsage
from .streams import buffered_stdout

__all__ = ["Desk", "Settings", "WrongUsage", "reading", "settings_of", "writing"]

BOOK_VARIABLE = "SEATBOOK_BOOK"
NAME_VARIABLE = "SEATBOOK_NAME"
# How long to wait for a book that another process has open, and between two attempts.
_WAIT_SECONDS = 3
_RETRY_SECONDS = 0.05


@dataclass
class Settings:
    """The global options, which are accepted anywhere on the line."""

    book: Optional[str] = None
    name: Optional[str] = None
    actor: Optional[str] = None
    json: bool = False
    yes: bool = False
    allow_clock_behind: bool = False
    import_committed: bool = False  # even if its report is interrupted

    def place(self) -> Place:
        """Returns the location of the book. A default would risk writing to a wrong one."""
        book = os.environ.get(BOOK_VARIABLE) if self.book is None else self.book
        if self.book is None and not book:
            raise WrongUsage(f"no book specified: give --book FILE, or set {BOOK_VARIABLE}")
        return Place.of(book or "", self.name, os.environ.get(NAME_VARIABLE))

    def acting(self) -> str:
        """Returns the actor for history: --as, or the login name. A container may have none."""
        if self.actor is not None:
            if not self.actor.strip():
                raise WrongUsage("--as must not be empty: give the name of the actor")
            return self.actor
        try:
            return getpass.getuser()
        except (KeyError, OSError):
            raise WrongUsage("the login has no name: give the actor with --as NAME") from None

    def now(self) -> datetime.datetime:
        """Returns the current time of the book's clock."""
        clock = clock_from_environment()
        return clock.now() if clock else datetime.datetime.now(datetime.timezone.utc)

    def without_password(self, text: str) -> str:
        """Returns the text without the password of the book's URL."""
        book = self.book or os.environ.get(BOOK_VARIABLE)
        return Place(book.strip()).without_password(text) if book else text


def settings_of(context: typer.Context) -> Settings:
    """Returns the settings of this run, which all nested commands share."""
    root = context.find_root()
    settings = root.obj if isinstance(root.obj, Settings) else Settings()
    root.obj = settings
    return settings


@dataclass
class Desk:
    """An open book and a session of it."""

    book: Book
    session: Session


@contextmanager
def writing(context: typer.Context) -> Iterator[Desk]:
    """Opens the book for writing."""
    with _opened(settings_of(context), read_only=False) as desk:
        yield desk


@contextmanager
def reading(context: typer.Context) -> Iterator[Desk]:
    """Opens the book for reading. Writers wait until it is closed."""
    with _opened(settings_of(context), read_only=True) as desk:
        yield desk


def _wait_and_open(settings: Settings, place: Place, read_only: bool) -> Book:
    """Opens the book. Waits up to 3 seconds while another process has it open."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            return place.open(read_only, settings.allow_clock_behind)
        except seatbook.StorageInUseError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(_RETRY_SECONDS)


@contextmanager
def _opened(settings: Settings, read_only: bool) -> Iterator[Desk]:
    place = settings.place()
    acting = settings.acting()
    try:
        book = _wait_and_open(settings, place, read_only)
    except seatbook.NeedsRecoveryError:
        # The last writer was interrupted: opening the book for writing recovers it.
        book = _wait_and_open(settings, place, False)
    with buffered_stdout(), book:
        yield Desk(book, book.session(acting, role="super_admin"))
