"""Where a book is kept: in a file, or under a name in a PostgreSQL database.

All that the command knows of URLs is here. A URL may carry a password, which is never shown.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Optional
from urllib.parse import unquote

import seatbook
from seatbook import Book, ManualClock

DEFAULT_NAME = "main"

_URL = re.compile(r"postgres(?:ql)?://", re.IGNORECASE)
# Up to the last @ of the host part: a password that nobody has escaped may contain one.
_USER_PASSWORD = re.compile(r"^[^:/]+://[^:/?#@]*:([^/?#]*)@")
_QUERY_PASSWORD = re.compile(r"[?&](?:password|sslpassword)=([^&#]*)", re.IGNORECASE)
# What people write where a URL belongs; one letter and a colon is a drive.
_OTHER_URL = re.compile(r"[a-z][a-z0-9+.-]+:/|postgres[a-z0-9+.-]*:", re.IGNORECASE)
_SETTINGS = re.compile(
    r"(?:host|hostaddr|port|user|dbname|service|sslmode)\s*=|.*password\s*=", re.IGNORECASE
)
_USER = re.compile(r"[^/:]:[^@]*@")
_NO_PORT = re.compile(r":(?![0-9,]*(?:$|,))[^\]]*$")
_HIDDEN = "***"


_SQLITE = b"SQLite format 3"


class WrongUsage(Exception):
    """What was asked for cannot be understood, or names nothing, or more than one thing."""


def _names_database(where: str) -> bool:
    """Whether this was meant for a database but is written in another way, perhaps with a password:
    taken for a file, it would be shown, and kept as the name of one."""
    if _URL.match(where):
        # A password with / ? or # in it ends the host part too early.
        host = re.split(r"[/?#]", where.partition("://")[2])[0]
        return "@" not in host and _NO_PORT.search(host) is not None
    if _OTHER_URL.match(where) or _SETTINGS.match(where):
        return True
    return _USER.search(where) is not None and not Path(where).exists()


def no_book(file: Path) -> None:
    """Refuses to write over a book, this one or another; any other file may be written anew."""
    if not file.is_file():
        return
    with file.open("rb") as stream:
        if stream.read(len(_SQLITE)) == _SQLITE:
            raise WrongUsage(f"{file} is a book, or another SQLite database: it stays as it is")


@dataclass(frozen=True)
class Place:
    """A file; or the URL of a database, and the name of the book in it."""

    where: str
    name: str = ""  # empty: a file

    @classmethod
    def of(cls, where: str, name: Optional[str] = None, usual: Optional[str] = None) -> "Place":
        """The place that was asked for; `usual` is the name where none was given."""
        where = where.strip()
        if not where:
            raise WrongUsage("an empty text names no book")
        if where == ":memory:":
            raise WrongUsage("a book in memory would end with the command: name a file")
        if _names_database(where):
            raise WrongUsage(
                "a book is a file, or is in a database named by postgresql://user@host/database"
            )
        if _URL.match(where):
            if name is not None and not name.strip():
                raise WrongUsage("--name is empty: it names the book in the database")
            return cls(where, name or usual or DEFAULT_NAME)
        if name is not None:
            raise WrongUsage("--name goes with the URL of a database; a file is one book")
        return cls(where)

    def __str__(self) -> str:
        where = self.without_password(self.where)
        return f"{where}, book {self.name}" if self.name else where

    def without_password(self, text: str) -> str:
        """The text without the password of this URL, in whichever way it is written there."""
        if not _URL.match(self.where):
            return text
        for pattern in (_USER_PASSWORD, _QUERY_PASSWORD):
            for password in pattern.findall(self.where):
                for spelling in {password, unquote(password)} - {""}:
                    text = text.replace(spelling, _HIDDEN)
        return text

    def create(self, clock: Optional[ManualClock]) -> Book:
        """An empty book where there is none yet."""
        if not self.name:
            if Path(self.where).exists():
                raise WrongUsage(f"{self} is there already")
            return seatbook.open(self.where, clock=clock)
        seatbook.create_schema(self.where)
        try:
            seatbook.open(self.where, book=self.name, must_exist=True, read_only=True).close()
        except seatbook.InvalidArgumentError as error:
            if error.field != "book":
                raise
            return seatbook.open(self.where, book=self.name, clock=clock)
        raise WrongUsage(f"{self} is there already")

    def open(
        self, read_only: bool, clock: Optional[ManualClock], allow_clock_behind: bool
    ) -> Book:
        """The book that is there."""
        if not self.name and not Path(self.where).exists():
            raise WrongUsage(f"there is no book at {self}; `seatbook init` makes one")
        database: Dict[str, Any] = {"book": self.name} if self.name else {}
        return seatbook.open(
            self.where,
            must_exist=True,
            read_only=read_only,
            clock=clock,
            allow_clock_behind=allow_clock_behind,
            **database,
        )
