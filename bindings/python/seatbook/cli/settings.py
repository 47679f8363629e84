"""What holds for the whole of a run: which book, acting as whom, told how."""

import getpass
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Optional

import typer

import seatbook
from seatbook import Book, Session

BOOK_VARIABLE = "SEATBOOK_BOOK"


class WrongUsage(Exception):
    """What was asked for cannot be understood, or names nothing, or more than one thing."""


@dataclass
class Settings:
    """The options that every command takes, wherever on the line they stand."""

    book: Optional[str] = None
    actor: Optional[str] = None
    json: bool = False
    yes: bool = False

    def path(self) -> Path:
        """The file of the book; there is no default, so that nobody writes to a wrong one."""
        name = self.book or os.environ.get(BOOK_VARIABLE)
        if not name:
            raise WrongUsage(f"which book? Give --book FILE, or set {BOOK_VARIABLE}")
        return Path(name)

    def acting(self) -> str:
        """Whom history names. A login without a name (a container) has to say it."""
        if self.actor:
            return self.actor
        try:
            return getpass.getuser()
        except (KeyError, OSError):
            raise WrongUsage("this login has no name; say who is acting with --as NAME") from None


def settings_of(context: typer.Context) -> Settings:
    """One object for the run, however deep the command is nested."""
    root = context.find_root()
    if not isinstance(root.obj, Settings):
        root.obj = Settings()
    return root.obj


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
    """The book, for a command that only looks: it never takes the file from a writer."""
    with _opened(settings_of(context), read_only=True) as desk:
        yield desk


@contextmanager
def _opened(settings: Settings, read_only: bool) -> Iterator[Desk]:
    path = settings.path()
    if not path.exists():
        raise WrongUsage(f"there is no book at {path}; `seatbook init` makes one")
    try:
        book = seatbook.open(path, must_exist=True, read_only=read_only)
    except seatbook.NeedsRecoveryError:
        # The last writer was interrupted; opening for writing once puts that right.
        book = seatbook.open(path, must_exist=True)
    with book:
        yield Desk(book, book.session(settings.acting(), role="super_admin"))
