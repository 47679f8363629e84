"""Converts what people type to values of the library: ids, emails, names, days and instants."""

import re
import unicodedata
from typing import Callable, Dict, Iterable, Iterator, List, Optional, TypeVar

from seatbook import (
    AssignmentId,
    Error,
    License,
    LicenseId,
    LicenseState,
    Person,
    PersonId,
    PersonState,
    Session,
)

from .output import choices
from .settings import WrongUsage

Record = TypeVar("Record", Person, License)
Number = TypeVar("Number", PersonId, LicenseId)

_PAGE = 1000
_ID = re.compile(r"#?([0-9]{1,18})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _all(page_after: Callable[[Optional[Record]], Iterable[Record]]) -> Iterator[Record]:
    """Yields the records of all pages. Each page starts after the last record before it."""
    last: Optional[Record] = None
    while True:
        page = list(page_after(last))
        yield from page
        if len(page) < _PAGE:
            return
        last = page[-1]


def all_people(session: Session, state: Optional[PersonState] = None) -> Iterator[Person]:
    """Yields all people, a page at a time."""
    return _all(lambda last: session.people(after=last, state=state, limit=_PAGE))


def all_licenses(session: Session, state: Optional[LicenseState] = None) -> Iterator[License]:
    """Yields all licenses, a page at a time."""
    return _all(lambda last: session.licenses(after=last, state=state, limit=_PAGE))


def person_of(session: Session, text: str) -> Person:
    """Returns the person that an id, an email, a host key or a name identifies."""
    found = _by_id(text, lambda number: session.get_person(PersonId(number)))
    if found is not None and _is_explicit_id(text):
        return found
    hits = [] if found is None else [found]
    if "@" in text:
        hits += _fetch(session.find_person(text), session.get_person)
    if text:
        hits += _fetch(session.find_person(host_key=text), session.get_person)
    people = [person for person in all_people(session) if person.state != PersonState.erased]
    return _unique("person", text, hits, people, describe_person)


def license_of(session: Session, text: str) -> License:
    """Returns the license that an id, a host key or a name identifies."""
    found = _by_id(text, lambda number: session.get_license(LicenseId(number)))
    if found is not None and _is_explicit_id(text):
        return found
    hits = [] if found is None else [found]
    if text:
        hits += _fetch(session.find_license(host_key=text), session.get_license)
    return _unique("license", text, hits, list(all_licenses(session)), describe_license)


def seat_of(session: Session, license: License, person: Person) -> AssignmentId:
    """Returns the seat that a person holds on a license."""
    seat = session.find_seat(license.id, person.id)
    if seat is None:
        raise WrongUsage(f"{display_name(person)} holds no seat on {license.name}")
    return seat


def display_name(person: Person) -> str:
    """Returns the person's name, or a description of an erased person."""
    return person.name or describe_person(person)


def seat_number(text: str) -> AssignmentId:
    """Parses the number of a seat, as lists show it."""
    match = _ID.fullmatch(text.strip())
    if match is None:
        raise WrongUsage(f"SEAT must be a number such as #12, not {text!r}")
    return AssignmentId(int(match.group(1)))


def describe_person(person: Person) -> str:
    """Returns one line that distinguishes a person from others of the same name."""
    parts = [f"#{person.id}", person.name, person.email, _key(person)]
    if person.state != PersonState.active:
        parts.append(f"({person.state.name})")
    return "  ".join(part for part in parts if part)


def describe_license(license: License) -> str:
    """Returns one line that distinguishes a license from others of the same name."""
    parts = [f"#{license.id}", license.name, license.vendor, _key(license)]
    if license.state.name != "active":
        parts.append(f"({license.state.name})")
    return "  ".join(part for part in parts if part)


def _key(record: Record) -> str:
    return f"host key {record.host_key}" if record.host_key else ""


def instant(text: str) -> str:
    """Returns an instant for the library to parse. A day becomes its first instant in UTC."""
    return f"{text}T00:00:00Z" if _DAY.fullmatch(text) else text


def _by_id(text: str, get: Callable[[int], Record]) -> Optional[Record]:
    match = _ID.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return get(int(match.group(1)))
    except Error as error:
        # A record may be named "365"; after # it can only be an id.
        if _is_explicit_id(text) or not isinstance(error, LookupError):
            raise
        return None


def _is_explicit_id(text: str) -> bool:
    """Returns whether text starts with #. A number without it can be a host key or a name."""
    return text.strip().startswith("#")


def _fetch(number: Optional[Number], get: Callable[[Number], Record]) -> List[Record]:
    return [] if number is None else [get(number)]


def _unique(
    kind: str,
    text: str,
    hits: List[Record],
    records: List[Record],
    describe: Callable[[Record], str],
) -> Record:
    """Returns the only record that matches a text: one of `hits`, or one with that name.

    Raises WrongUsage if several match: a guess could assign the seat to the wrong person.
    """
    wanted = folded(text)
    same: List[Record] = [record for record in records if folded(record.name) == wanted]
    # If both "Ink" and "ink" exist, the exact spelling wins.
    exact: List[Record] = [record for record in same if record.name == text.strip()]
    matches: Dict[int, Record] = {}
    for record in hits + (exact or same):
        matches[int(record.id)] = record
    if len(matches) == 1:
        return next(iter(matches.values()))
    if matches:
        lines = choices([describe(record) for _, record in sorted(matches.items())])
        raise WrongUsage(f"{text!r} matches more than one {kind}; give one of these ids:\n{lines}")
    similar = [line for line in map(describe, records) if wanted and wanted in folded(line)]
    message = f"no {kind} matches {text!r}"
    raise WrongUsage(f"{message}; similar:\n{choices(similar)}" if similar else message)


def folded(text: str) -> str:
    """Returns the case-folded NFC form, for comparison."""
    return unicodedata.normalize("NFC", text.strip()).casefold()
