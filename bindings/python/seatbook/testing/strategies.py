"""Hypothesis strategies for valid values, including their limits, and for whole books.

    from hypothesis import given
    from seatbook.testing import memory_book
    from seatbook.testing import strategies as books

    @given(books.books())
    def test_no_license_is_over_its_total(commands):
        with memory_book() as kit:
            for command in commands:
                command.run(kit.desk)
            assert all(kit.desk.usage(each).over_by == 0 for each in kit.desk.licenses())

Texts contain no NUL and no lone surrogates, which all calls reject. `too_long(limit)` generates
texts of one to ten code points over a limit.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Dict, List, Optional, Union

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .. import (
    MAX_ACCESS_LEVEL_LENGTH, MAX_ACCOUNT_LENGTH, MAX_EMAIL_LENGTH, MAX_HOST_KEY_LENGTH,
    MAX_MONEY, MAX_NAME_LENGTH, MAX_NOTES_LENGTH, MAX_PRODUCT_GROUP_LENGTH, MAX_REASON_LENGTH,
    MAX_TIMESTAMP, MAX_TOTAL_SEATS, MAX_VENDOR_LENGTH, MIN_TIMESTAMP, BillingPeriod, CapacityPolicy,
    Error, Permission, Role, Session,
)  # fmt: skip
from . import NOON

__all__ = [
    "Command", "access_levels", "accounts", "billing_periods", "books", "commands", "currencies",
    "days", "emails", "host_keys", "instants", "licenses", "money", "names", "notes", "people",
    "permissions", "policies", "reasons", "request_ids", "roles", "texts", "too_long",
    "total_seats", "vendors",
]  # fmt: skip

MIN_INSTANT = MIN_TIMESTAMP.replace(tzinfo=None)
MAX_INSTANT = MAX_TIMESTAMP.replace(tzinfo=None)

_SURROGATES: Any = ("Cs",)  # Any: a Literal in newer versions of Hypothesis, a str in older ones
_CHARACTERS = st.characters(blacklist_categories=_SURROGATES, blacklist_characters="\0")
# Characters of one to four bytes in UTF-8, and one of two code points.
_WIDTHS = ("a", "é", "€", "𝕊", "e\u0301")


# ---------------------------------------------------------------------------------------- texts


def _filled(unit: str, length: int) -> str:
    return (unit * length)[:length]


def texts(max_length: int, min_length: int = 0) -> SearchStrategy[str]:
    """Texts of min_length to max_length code points, often exactly at the limits."""
    filled = st.builds(
        _filled,
        st.sampled_from(_WIDTHS),
        st.sampled_from(sorted({min_length, max_length - 1, max_length})),
    )
    return st.one_of(
        st.text(_CHARACTERS, min_size=min_length, max_size=min(max_length, 40)), filled
    ).filter(lambda text: min_length <= len(text) <= max_length)


def too_long(limit: int) -> SearchStrategy[str]:
    """Texts of one to ten code points over the limit."""
    return st.builds(_filled, st.sampled_from(_WIDTHS), st.integers(limit + 1, limit + 10))


def names() -> SearchStrategy[str]:
    """Names of people and licenses: not blank."""
    return texts(MAX_NAME_LENGTH, 1).map(lambda name: name if name.strip() else "x" + name[1:])


def emails() -> SearchStrategy[str]:
    """Emails up to the limit, with capitals and non-ASCII letters."""
    part = st.text("abcxyzABC019._+-éß", min_size=1, max_size=12).map(lambda each: f"a{each}z")
    ordinary = st.builds("{}@{}.example".format, part, st.sampled_from(("acme", "Acme", "büro")))
    longest = part.map(
        lambda each: each + "l" * (MAX_EMAIL_LENGTH - len(each) - 12) + "@example.com"
    )
    return st.one_of(ordinary, ordinary, ordinary, longest)


def host_keys() -> SearchStrategy[str]:
    """Host keys; empty: none."""
    return st.one_of(st.just(""), st.uuids().map(str), texts(MAX_HOST_KEY_LENGTH, 1))


def vendors() -> SearchStrategy[str]:
    """Vendors of licenses."""
    return texts(MAX_VENDOR_LENGTH)


def access_levels() -> SearchStrategy[str]:
    """Access levels of seats."""
    return st.one_of(
        st.sampled_from(("", "Admin", "Standard", "Read-only")), texts(MAX_ACCESS_LEVEL_LENGTH)
    )


def accounts() -> SearchStrategy[str]:
    """Logins at the vendor."""
    return st.one_of(emails().filter(lambda each: len(each) <= MAX_ACCOUNT_LENGTH),
                     texts(MAX_ACCOUNT_LENGTH))  # fmt: skip


def notes() -> SearchStrategy[str]:
    """Notes on seats."""
    return texts(MAX_NOTES_LENGTH)


def reasons() -> SearchStrategy[str]:
    """Reasons of revocations."""
    return st.one_of(st.just(""), st.just("left the team"), texts(MAX_REASON_LENGTH))


# ------------------------------------------------------------------------- numbers, times, choices


def money() -> SearchStrategy[Decimal]:
    """Amounts with up to four decimals, from 0 to the largest."""
    return st.one_of(
        st.sampled_from((Decimal(0), Decimal("0.0001"), Decimal("12.50"), MAX_MONEY)),
        st.decimals(0, MAX_MONEY, places=4, allow_nan=False, allow_infinity=False),
    )


def currencies() -> SearchStrategy[str]:
    """Currencies by ISO 4217."""
    return st.sampled_from(("EUR", "USD", "GBP", "JPY", "CHF"))


def total_seats(most: int = MAX_TOTAL_SEATS) -> SearchStrategy[Optional[int]]:
    """Totals of seats: 0, small, the limit, unlimited."""
    return st.one_of(
        st.integers(0, min(5, most)), st.sampled_from((0, 1, most)), st.none(), st.integers(0, most)
    )


def _in_zone(at: datetime, zone: timezone) -> datetime:
    return at.replace(tzinfo=timezone.utc).astimezone(zone)


def instants(
    least: datetime = MIN_INSTANT, most: datetime = MAX_INSTANT
) -> SearchStrategy[datetime]:
    """Aware times of several zones, within the range of a book."""
    zones = st.sampled_from(
        [timezone.utc]
        + [timezone(timedelta(minutes=minutes)) for minutes in (-720, -330, 60, 345, 840)]
    )
    return st.builds(
        _in_zone,
        st.datetimes(least, most),
        zones,
    )


def days(least: date = MIN_INSTANT.date(), most: date = MAX_INSTANT.date()) -> SearchStrategy[date]:
    """Days within the range of a book."""
    return st.dates(least, most)


def roles() -> SearchStrategy[Role]:
    """Roles of actors."""
    return st.sampled_from(Role)


def permissions() -> SearchStrategy[List[Permission]]:
    """Lists of permissions, as an actor can have instead of a role."""
    return st.lists(st.sampled_from(Permission), unique=True)


def policies() -> SearchStrategy[CapacityPolicy]:
    """Capacity policies."""
    return st.sampled_from(CapacityPolicy)


def billing_periods() -> SearchStrategy[BillingPeriod]:
    """Billing periods."""
    return st.sampled_from(BillingPeriod)


def request_ids() -> SearchStrategy[bytes]:
    """Idempotency keys of 16 bytes."""
    return st.binary(min_size=16, max_size=16)


# -------------------------------------------------------------------------------------- arguments


def _arguments(
    needed: Dict[str, SearchStrategy[Any]], optional: Dict[str, SearchStrategy[Any]]
) -> SearchStrategy[Dict[str, Any]]:
    return st.fixed_dictionaries(needed, optional=optional)


def people(emails: SearchStrategy[str] = emails()) -> SearchStrategy[Dict[str, Any]]:
    """Arguments of add_person."""
    return _arguments({"name": names()}, {"email": emails, "host_key": host_keys()})


def licenses(
    owners: SearchStrategy[Any], totals: SearchStrategy[Optional[int]] = total_seats()
) -> SearchStrategy[Dict[str, Any]]:
    """Arguments of add_license, owned by one of `owners`. A cost always has its currency."""
    plain: Dict[str, SearchStrategy[Any]] = {
        "vendor": vendors(),
        "product_group": texts(MAX_PRODUCT_GROUP_LENGTH),
        "host_key": host_keys(),
        "total_seats": totals,
        "policy": policies(),
        "currency": currencies(),
        "billing_period": billing_periods(),
        "renewal_date": days(),
    }
    priced: Dict[str, SearchStrategy[Any]] = {**plain, "cost_per_seat": money()}
    return st.one_of(
        _arguments({"name": names(), "owner": owners}, plain),
        _arguments({"name": names(), "owner": owners, "currency": plain["currency"]},
                   {name: each for name, each in priced.items() if name != "currency"}),
    )  # fmt: skip


# --------------------------------------------------------------------------------- commands, books


@dataclass(frozen=True)
class Command:
    """A command to execute later: `Command("assign", {"license": 1, "person": 2})`."""

    operation: str
    arguments: Dict[str, Any] = field(default_factory=dict)

    def run(self, desk: Session) -> Union[Any, Error]:
        """Executes the command on a session. Returns its result, or the Error that it raises."""
        try:
            return getattr(desk, self.operation)(**self.arguments)
        except Error as error:
            return error

    def __repr__(self) -> str:
        arguments = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"desk.{self.operation}({arguments})"


def commands(
    people_count: int = 4, licenses_count: int = 3, seats_count: int = 4
) -> SearchStrategy[Command]:
    """Commands on a book of about that many records.

    Ids are integers from 1, as in a new book. Some do not exist, so that some commands fail."""
    person = st.integers(1, people_count + 1)
    license = st.integers(1, licenses_count + 1)
    seat = st.integers(1, seats_count + 1)
    # Few emails, so that they collide.
    email = st.one_of(st.sampled_from(("", "ada@example.com", "ADA@example.com")), emails())
    total = total_seats(3)
    bulk: Dict[str, SearchStrategy[Any]] = {
        "all_or_nothing": st.booleans(), "dry_run": st.booleans()
    }  # fmt: skip
    used_at = instants(
        (NOON - timedelta(days=1)).replace(tzinfo=None),
        (NOON + timedelta(days=2)).replace(tzinfo=None),
    )

    def of(
        operation: str,
        needed: Dict[str, SearchStrategy[Any]],
        optional: Optional[Dict[str, SearchStrategy[Any]]] = None,
    ) -> SearchStrategy[Command]:
        return st.builds(Command, st.just(operation), _arguments(needed, optional or {}))

    seat_texts: Dict[str, SearchStrategy[Any]] = {
        "access_level": access_levels(), "account": accounts(), "notes": notes()
    }  # fmt: skip
    return st.one_of(
        st.builds(Command, st.just("add_person"), people(email)),
        of("update_person", {"person": person}, {"name": names(), "email": email}),
        of("archive_person", {"person": person}),
        of("reactivate_person", {"person": person}),
        of("erase_person", {"person": person}, {"revoke_first": st.booleans()}),
        st.builds(Command, st.just("add_license"), licenses(person, total)),
        of("update_license", {"license": license}, {"name": names(), "vendor": vendors()}),
        of("set_total_seats", {"license": license, "total_seats": total}),
        of("set_policy", {"license": license, "policy": policies()}),
        of("set_owners", {"license": license},
           {"owner": person, "backup_owner": st.one_of(st.none(), person)}),
        of("archive_license", {"license": license}),
        of("reactivate_license", {"license": license}),
        of("assign", {"license": license, "person": person}, seat_texts),
        of("assign", {"license": license, "person": person}, seat_texts),
        of("bulk_assign",
           {"person": person, "licenses": st.lists(license, min_size=1, max_size=5)}, bulk),
        of("assign_many",
           {"license": license, "people": st.lists(person, min_size=1, max_size=5)},
           {**bulk, "access_level": access_levels()}),
        of("revoke", {"assignment": seat}, {"reason": reasons()}),
        of("revoke_all", {"person": person},
           {"reason": reasons(), "dry_run": st.booleans()}),
        of("transfer", {"assignment": seat, "person": person}),
        of("edit_seat", {"assignment": seat}, seat_texts),
        of("mark_reviewed", {"assignment": seat}),
        of("record_use", {"assignment": seat, "used_at": used_at}),
    )  # fmt: skip


def books(min_commands: int = 0, max_commands: int = 30) -> SearchStrategy[List[Command]]:
    """Lists of commands that fill a book. The first four assign a seat."""
    begin = [
        Command("add_person", {"name": "Owner"}),
        Command("add_person", {"name": "Ada", "email": "ada@example.com"}),
        Command("add_license", {"name": "Inkwell", "owner": 1, "total_seats": 2}),
        Command("assign", {"license": 1, "person": 2}),
    ]
    return st.lists(commands(), min_size=min_commands, max_size=max_commands).map(
        lambda more: begin + more
    )
