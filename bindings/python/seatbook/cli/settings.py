"""What holds for the whole of a run: which book, acting as whom, told how."""

import datetime
import getpass
import os
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Iterator, Optional

import typer

import seatbook
from seatbook import Book, ManualClock, Session

from .places import Place, WrongUsage
from .streams import kept_back

__all__ = ["Desk", "Settings", "WrongUsage", "reading", "settings_of", "writing"]

BOOK_VARIABLE = "SEATBOOK_BOOK"
NAME_VARIABLE = "SEATBOOK_NAME"
NOW_VARIABLE = "SEATBOOK_NOW"
# How long to wait for a book that another process has, and between two tries.
_PATIENCE_SECONDS = 3
_AGAIN_SECONDS = 0.05


@dataclass
class Settings:
    """The options that every command takes, wherever on the line they stand."""

    book: Optional[str] = None
    name: Optional[str] = None
    actor: Optional[str] = None
    json: bool = False
    yes: bool = False
    allow_clock_behind: bool = False
    landed: bool = False  # an import is done, whatever may happen while it is told

    def place(self) -> Place:
        """Where the book is; there is no default, so that nobody writes to a wrong one."""
        book = os.environ.get(BOOK_VARIABLE) if self.book is None else self.book
        if self.book is None and not book:
            raise WrongUsage(f"which book? Give --book FILE, or set {BOOK_VARIABLE}")
        return Place.of(book or "", self.name, os.environ.get(NAME_VARIABLE))

    def acting(self) -> str:
        """Whom history names. A login without a name (a container) has to say it."""
        if self.actor is not None:
            if not self.actor.strip():
                raise WrongUsage("--as is empty: it names who is acting")
            return self.actor
        try:
            return getpass.getuser()
        except (KeyError, OSError):
            raise WrongUsage("this login has no name; say who is acting with --as NAME") from None

    def clock(self) -> Optional[ManualClock]:
        """The machine's, unless a test or a tour says what time it is."""
        now = os.environ.get(NOW_VARIABLE)
        return ManualClock(now) if now else None

    def now(self) -> datetime.datetime:
        """The present, as the book has it."""
        clock = self.clock()
        return clock.now() if clock else datetime.datetime.now(datetime.timezone.utc)

    def without_password(self, text: str) -> str:
        """A text that may name the book, fit to be shown."""
        book = self.book or os.environ.get(BOOK_VARIABLE)
        return Place(book.strip()).without_password(text) if book else text


def settings_of(context: typer.Context) -> Settings:
    """One object for the run, however deep the command is nested."""
    root = context.find_root()
    settings = root.obj if isinstance(root.obj, Settings) else Settings()
    root.obj = settings
    return settings


@dataclass
class Desk:
    """An open book and the session that acts in it."""

    book: Book
    session: Session


@contextmanager
def writing(context: typer.Context) -> Iterator[Desk]:
    """The book, for a command that changes it."""
    with _opened(settings_of(context), read_only=False) as desk:
        yield desk


@contextmanager
def reading(context: typer.Context) -> Iterator[Desk]:
    """The book, for a command that only looks. While it does, a writer has to wait."""
    with _opened(settings_of(context), read_only=True) as desk:
        yield desk


def _opened_in_turn(settings: Settings, place: Place, read_only: bool) -> Book:
    """The book, when another command that has it is through: most take moments only."""
    clock, behind = settings.clock(), settings.allow_clock_behind
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return place.open(read_only=read_only, clock=clock, allow_clock_behind=behind)
        except seatbook.StorageInUseError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(_AGAIN_SECONDS)


@contextmanager
def _opened(settings: Settings, read_only: bool) -> Iterator[Desk]:
    place = settings.place()
    acting = settings.acting()
    try:
        book = _opened_in_turn(settings, place, read_only)
    except seatbook.NeedsRecoveryError:
        # The last writer was interrupted; opening for writing once puts that right.
        book = _opened_in_turn(settings, place, False)
    with kept_back(), book:
        yield Desk(book, book.session(acting, role="super_admin"))
