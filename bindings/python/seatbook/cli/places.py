"""The location of a book: a file, or a name in a PostgreSQL database.

Only this module of the command parses URLs. A URL can contain a password, which is never printed.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Optional
from urllib.parse import unquote

import seatbook
from seatbook import Book

DEFAULT_NAME = "main"

_URL = re.compile(r"postgres(?:ql)?://", re.IGNORECASE)
# Up to the last @ of the host part: an unescaped password may contain @.
_USER_PASSWORD = re.compile(r"^[^:/]+://[^:/?#@]*:([^/?#]*)@")
_QUERY_PASSWORD = re.compile(r"[?&](?:password|sslpassword)=([^&#]*)", re.IGNORECASE)
# Other forms of URLs. One letter and a colon is a drive.
_OTHER_URL = re.compile(r"[a-z][a-z0-9+.-]+:/|postgres[a-z0-9+.-]*:", re.IGNORECASE)
_SETTINGS = re.compile(
    r"(?:host|hostaddr|port|user|dbname|service|sslmode)\s*=|.*password\s*=", re.IGNORECASE
)
_USER = re.compile(r"[^/:]:[^@]*@")
_NO_PORT = re.compile(r":(?![0-9,]*(?:$|,))[^\]]*$")
_HIDDEN = "***"


_SQLITE = b"SQLite format 3"


class WrongUsage(Exception):
    """Wrong usage: an invalid argument, or a name that matches no record or more than one."""


def _names_database(location: str) -> bool:
    """Returns whether `location` looks like a database in another notation.

    As a file name it could print a password and create a file of that name."""
    if _URL.match(location):
        # A password that contains / ? or # cuts the host part short.
        host = re.split(r"[/?#]", location.partition("://")[2])[0]
        return "@" not in host and _NO_PORT.search(host) is not None
    if _OTHER_URL.match(location) or _SETTINGS.match(location):
        return True
    return _USER.search(location) is not None and not Path(location).exists()


def check_not_a_book(file: Path) -> None:
    """Raises WrongUsage if `file` is a SQLite database, so that no book is overwritten."""
    if not file.is_file():
        return
    with file.open("rb") as stream:
        if stream.read(len(_SQLITE)) == _SQLITE:
            raise WrongUsage(f"{file} is a book or another SQLite database: choose another file")


@dataclass(frozen=True)
class Place:
    """A file, or the URL of a database and the name of a book in it."""

    location: str
    name: str = ""  # empty for a file

    @classmethod
    def of(
        cls, location: str, name: Optional[str] = None, default: Optional[str] = None
    ) -> "Place":
        """Parses a location. `default` is the name of the book if `name` is None."""
        location = location.strip()
        if not location:
            raise WrongUsage("--book must not be empty: give a file or a URL")
        if location == ":memory:":
            raise WrongUsage("--book must not be :memory:, which is lost at exit: give a file")
        if _names_database(location):
            raise WrongUsage(
                "--book must be a file, or a URL such as postgresql://user@host/database"
            )
        if _URL.match(location):
            if name is not None and not name.strip():
                raise WrongUsage("--name must not be empty: give the name of a book")
            return cls(location, name or default or DEFAULT_NAME)
        if name is not None:
            raise WrongUsage("--name needs the URL of a database: a file holds one book")
        return cls(location)

    def __str__(self) -> str:
        location = self.without_password(self.location)
        return f"{location}, book {self.name}" if self.name else location

    def without_password(self, text: str) -> str:
        """Returns the text without the password of this URL, escaped or not."""
        if not _URL.match(self.location):
            return text
        for pattern in (_USER_PASSWORD, _QUERY_PASSWORD):
            for password in pattern.findall(self.location):
                for spelling in {password, unquote(password)} - {""}:
                    text = text.replace(spelling, _HIDDEN)
        return text

    def create(self) -> Book:
        """Creates an empty book. Raises WrongUsage if there is one already."""
        if not self.name:
            if Path(self.location).exists():
                raise WrongUsage(f"{self} already exists")
            return seatbook.open(self.location)
        seatbook.create_schema(self.location)
        try:
            seatbook.open(self.location, book=self.name, must_exist=True, read_only=True).close()
        except seatbook.InvalidArgumentError as error:
            if error.field != "book":
                raise
            return seatbook.open(self.location, book=self.name)
        raise WrongUsage(f"{self} already exists")

    def migrate(self) -> None:
        """Migrates an existing file, or the tables of a database, to the newest format."""
        if self.name:
            seatbook.migrate(self.location)
        else:
            self.open(read_only=False, allow_clock_behind=True).close()

    def drop(self, confirm: str) -> None:
        """Deletes a book in a database. Raises WrongUsage unless `confirm` is its name."""
        if confirm != self.name:
            raise WrongUsage(f"{self} was not deleted: confirm with the same name")
        seatbook.drop_book(self.location, book=self.name, confirm=confirm)

    def open(self, read_only: bool, allow_clock_behind: bool) -> Book:
        """Opens the book. Raises WrongUsage if there is none."""
        if not self.name and not Path(self.location).exists():
            raise WrongUsage(f"{self} does not exist: create it with `seatbook init`")
        database: Dict[str, Any] = {"book": self.name} if self.name else {}
        return seatbook.open(
            self.location,
            must_exist=True,
            read_only=read_only,
            allow_clock_behind=allow_clock_behind,
            **database,
        )
