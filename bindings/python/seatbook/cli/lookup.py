"""From what people type to what the library takes: ids, emails, names, days and instants."""

import re
import unicodedata
from typing import Callable, Dict, Iterable, Iterator, List, Optional, TypeVar

from seatbook import (
    AssignmentId,
    Error,
    License,
    LicenseId,
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
    """The records of all pages; each page begins after the last record of the one before."""
    last: Optional[Record] = None
    while True:
        page = list(page_after(last))
        yield from page
        if len(page) < _PAGE:
            return
        last = page[-1]


def all_people(session: Session, state: Optional[str] = None) -> Iterator[Person]:
    """Everybody, a page at a time."""
    return _all(lambda last: session.people(after=last, state=state, limit=_PAGE))


def all_licenses(session: Session, state: Optional[str] = None) -> Iterator[License]:
    """Every license, a page at a time."""
    return _all(lambda last: session.licenses(after=last, state=state, limit=_PAGE))


def person_of(session: Session, text: str) -> Person:
    """The person whom an id, an email, a host key or a name means."""
    found = _by_id(text, lambda number: session.get_person(PersonId(number)))
    if found is not None and _says_id(text):
        return found
    hits = [] if found is None else [found]
    if "@" in text:
        hits += _known(session.find_person(text), session.get_person)
    if text:
        hits += _known(session.find_person(host_key=text), session.get_person)
    people = [person for person in all_people(session) if person.state != PersonState.erased]
    return _the_one("person", text, hits, people, told_person)


def license_of(session: Session, text: str) -> License:
    """The license that an id, a host key or a name means."""
    found = _by_id(text, lambda number: session.get_license(LicenseId(number)))
    if found is not None and _says_id(text):
        return found
    hits = [] if found is None else [found]
    if text:
        hits += _known(session.find_license(host_key=text), session.get_license)
    return _the_one("license", text, hits, list(all_licenses(session)), told_license)


def seat_of(session: Session, license: License, person: Person) -> AssignmentId:
    """The seat that somebody holds on a license."""
    seat = session.find_seat(license.id, person.id)
    if seat is None:
        raise WrongUsage(f"{called(person)} holds no seat of {license.name}")
    return seat


def called(person: Person) -> str:
    """Their name; an erased person has none any more."""
    return person.name or told_person(person)


def seat_number(text: str) -> AssignmentId:
    """The number of a seat, as lists show it."""
    match = _ID.fullmatch(text.strip())
    if match is None:
        raise WrongUsage(f"{text!r} is no number of a seat, such as #12")
    return AssignmentId(int(match.group(1)))


def told_person(person: Person) -> str:
    """A person in one line, so that two of one name can be told apart."""
    parts = [f"#{person.id}", person.name, person.email, _key(person)]
    if person.state != PersonState.active:
        parts.append(f"({person.state.name})")
    return "  ".join(part for part in parts if part)


def told_license(license: License) -> str:
    """A license in one line."""
    parts = [f"#{license.id}", license.name, license.vendor, _key(license)]
    if license.state.name != "active":
        parts.append(f"({license.state.name})")
    return "  ".join(part for part in parts if part)


def _key(record: Record) -> str:
    return f"host key {record.host_key}" if record.host_key else ""


def instant(text: str) -> str:
    """An instant; a day alone is its beginning in UTC. Whether it is one, the library tells."""
    return f"{text}T00:00:00Z" if _DAY.fullmatch(text) else text


def _by_id(text: str, get: Callable[[int], Record]) -> Optional[Record]:
    match = _ID.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return get(int(match.group(1)))
    except Error as error:
        # Something may be called "365"; after # it can only be an id.
        if _says_id(text) or not isinstance(error, LookupError):
            raise
        return None


def _says_id(text: str) -> bool:
    """After # stands an id; without it a number may as well be a host key or a name."""
    return text.strip().startswith("#")


def _known(number: Optional[Number], get: Callable[[Number], Record]) -> List[Record]:
    return [] if number is None else [get(number)]


def _the_one(
    kind: str,
    text: str,
    hits: List[Record],
    records: List[Record],
    told: Callable[[Record], str],
) -> Record:
    """The record that a text means: by what hit already, or by its name among all records.

    Two that could be meant are never chosen between: the seat would go to somebody else.
    """
    wanted = folded(text)
    same: List[Record] = [record for record in records if folded(record.name) == wanted]
    # Of "Ink" and "ink", the one that was typed.
    exact: List[Record] = [record for record in same if record.name == text.strip()]
    meant: Dict[int, Record] = {}
    for record in hits + (exact or same):
        meant[int(record.id)] = record
    if len(meant) == 1:
        return next(iter(meant.values()))
    if meant:
        lines = choices([told(record) for _, record in sorted(meant.items())])
        how = "means" if hits else "is the name of"
        raise WrongUsage(f"{text!r} {how} more than one {kind}; say which:\n{lines}")
    near = [told(record) for record in records if wanted and wanted in folded(told(record))]
    message = f"there is no {kind} {text!r}"
    raise WrongUsage(f"{message}; there is:\n{choices(near)}" if near else message)


def folded(text: str) -> str:
    """Texts that differ in case or composition only are one."""
    return unicodedata.normalize("NFC", text.strip()).casefold()
