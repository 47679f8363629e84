# Written by bindings/python/tools/stub.py: change what it reads, not this.
from datetime import date, datetime, timedelta
from decimal import Decimal
from os import PathLike
from types import EllipsisType
from typing import (
    Any, BinaryIO, Callable, ClassVar, Dict, Final, Iterable, Iterator, List, Optional, Tuple, Union,
    final, overload,
)
from uuid import UUID

from ._enums import (
    BillingPeriod, CapacityPolicy, Code, CsvProfile, DateOrder, EventKind, HistoryKind,
    InventoryOutcome, LicenseState, OffboardingOutcome, Operation, Permission, PersonState, Role,
    RosterOutcome, SeatSort, UtilizationBy,
)
from ._errors import Error
from ._ids import ActorId, AssignmentId, LicenseId, PersonId
from ._storage import Storage
from ._tables import Rows

TimeLike = Union[datetime, str, int]
DateLike = Union[date, str, int]
MoneyLike = Union[Decimal, str, int]
RequestIdLike = Union[UUID, bytes, str]
ProgressLike = Union[None, Progress, Callable[[int, int], Optional[bool]]]
FileLike = Union[None, BinaryIO, Callable[[bytes], Optional[bool]]]
PersonLike = Union[PersonId, int, Person, PersonReceipt, AssignablePerson]
LicenseLike = Union[
    LicenseId, int, License, LicenseReceipt, UtilizationRow, RenewalRow, ArchivedOwnerRow
]
SeatLike = Union[
    AssignmentId, int, Assignment, SeatReceipt, SeatRow, SeatListRow, SoftwareRow, RosterRow,
    ReviewRow, ReclaimRow, HolderRow,
]
ActorLike = Union[ActorId, int, ActorRecord]

_constants: Dict[str, str]
MAX_NAME_LENGTH: Final[int]
MAX_EMAIL_LENGTH: Final[int]
MAX_VENDOR_LENGTH: Final[int]
MAX_PRODUCT_GROUP_LENGTH: Final[int]
MAX_HOST_KEY_LENGTH: Final[int]
MAX_ACTOR_LENGTH: Final[int]
MAX_ACCESS_LEVEL_LENGTH: Final[int]
MAX_ACCOUNT_LENGTH: Final[int]
MAX_NOTES_LENGTH: Final[int]
MAX_REASON_LENGTH: Final[int]
MAX_TEXT_BYTES: Final[int]
MAX_BULK_ITEMS: Final[int]
MAX_TOTAL_SEATS: Final[int]
MAX_MONEY: Final[Decimal]
MAX_RECORDS: Final[int]
MIN_TIMESTAMP: Final[datetime]
MAX_TIMESTAMP: Final[datetime]
MAX_IMPORT_BYTES: Final[int]
MAX_LARGE_IMPORT_BYTES: Final[int]
MAX_IMPORT_ROWS: Final[int]
MAX_LARGE_IMPORT_ROWS: Final[int]
MAX_QUEUED_EVENTS: Final[int]
ALL_ROWS: Final[int]
MAX_LIST_LIMIT: Final[int]
MAX_INACTIVITY_DAYS: Final[int]
MAX_ASSIGNABLE_LIMIT: Final[int]
MAX_HISTORY_LIMIT: Final[int]
MAX_RECLAIM_LIMIT: Final[int]
MAX_STEPS_LIMIT: Final[int]
MAX_OFFBOARDING_LIMIT: Final[int]
ASSIGNED_TEXT: Final[str]
REVOKED_TEXT: Final[str]
ROSTER_TEMPLATE: Final[str]

@final
class Outcome:
    __match_args__: ClassVar[Tuple[str, str, str]]
    @property
    def code(self) -> Code:
        """ok, or why the item was skipped."""
    @property
    def item(self) -> int:
        """The id the item named: a license, a person or an assignment."""
    @property
    def assignment(self) -> Optional[AssignmentId]:
        """The seat, by its id."""
    def __copy__(self) -> Outcome: ...
    def __deepcopy__(self, _memo: Any = None) -> Outcome: ...

@final
class BulkSummary:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str]]
    @property
    def done(self) -> int:
        """Assigned, revoked or recorded."""
    @property
    def skipped(self) -> int:
        """The sum of those that were skipped, whatever for."""
    @property
    def no_seats_remaining(self) -> int:
        """How many were skipped because all seats are taken."""
    @property
    def already_assigned(self) -> int:
        """How many were skipped because the person has a seat already."""
    @property
    def license_archived(self) -> int:
        """How many were skipped because the license is archived."""
    @property
    def person_archived(self) -> int:
        """How many were skipped because the person is archived."""
    @property
    def person_erased(self) -> int:
        """How many were skipped because the person is erased."""
    @property
    def other(self) -> int:
        """Skipped for another reason; of record_uses only."""
    def assign_text(self) -> str: ...
    def __copy__(self) -> BulkSummary: ...
    def __deepcopy__(self, _memo: Any = None) -> BulkSummary: ...

@final
class PersonReceipt:
    __match_args__: ClassVar[Tuple[str, str, str, str]]
    @property
    def person(self) -> PersonId:
        """The person, by their id."""
    @property
    def revision(self) -> int:
        """Of the person, after the call."""
    @property
    def flags_changed(self) -> int:
        """Assignments whose needs_review flag the call set or cleared."""
    @property
    def version(self) -> int:
        """The book's version after the call."""
    def __copy__(self) -> PersonReceipt: ...
    def __deepcopy__(self, _memo: Any = None) -> PersonReceipt: ...

@final
class LicenseReceipt:
    __match_args__: ClassVar[Tuple[str, str, str]]
    @property
    def license(self) -> LicenseId:
        """The license, by its id."""
    @property
    def revision(self) -> int:
        """Of the license, after the call."""
    @property
    def version(self) -> int:
        """The book's version after the call."""
    def __copy__(self) -> LicenseReceipt: ...
    def __deepcopy__(self, _memo: Any = None) -> LicenseReceipt: ...

@final
class SeatReceipt:
    __match_args__: ClassVar[Tuple[str, str, str]]
    @property
    def assignment(self) -> AssignmentId:
        """Transfer: the new one."""
    @property
    def revision(self) -> int:
        """Of the assignment, after the call."""
    @property
    def version(self) -> int:
        """The book's version after the call."""
    def __copy__(self) -> SeatReceipt: ...
    def __deepcopy__(self, _memo: Any = None) -> SeatReceipt: ...

@final
class BulkReceipt:
    __match_args__: ClassVar[Tuple[str, str, str, str]]
    @property
    def outcomes(self) -> Tuple[Outcome, ...]:
        """One an item, in the caller's order; an item named twice has one, at its first place."""
    @property
    def summary(self) -> BulkSummary:
        """How many items ended in which way."""
    @property
    def dry_run(self) -> bool:
        """Whether it only tells what would have happened."""
    @property
    def version(self) -> int:
        """The book's version after the call."""
    def __copy__(self) -> BulkReceipt: ...
    def __deepcopy__(self, _memo: Any = None) -> BulkReceipt: ...

@final
class SeatUse:
    __match_args__: ClassVar[Tuple[str, str, str, str]]
    def __new__(
        cls,
        *,
        assignment: Optional[SeatLike] = ...,
        license: Optional[LicenseLike] = ...,
        email: str = ...,
        used_at: TimeLike = ...,
    ) -> SeatUse: ...
    @property
    def assignment(self) -> Optional[AssignmentId]:
        """The seat; or else `license` and `email`."""
    @property
    def license(self) -> Optional[LicenseId]:
        """The license of the seat; `email` says whose."""
    @property
    def email(self) -> str:
        """Whose seat of `license` it is."""
    @property
    def used_at(self) -> datetime:
        """When the seat was used."""
    def __copy__(self) -> SeatUse: ...
    def __deepcopy__(self, _memo: Any = None) -> SeatUse: ...

@final
class PeopleColumns:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str]]
    def __new__(
        cls,
        *,
        name: str = ...,
        first_name: str = ...,
        last_name: str = ...,
        email: str = ...,
        host_key: str = ...,
        active: str = ...,
    ) -> PeopleColumns: ...
    @property
    def name(self) -> str:
        """`Name`."""
    @property
    def first_name(self) -> str:
        """`First Name`: with the last name, where a row has no name."""
    @property
    def last_name(self) -> str:
        """`Last Name`: put behind the first name, with a space between."""
    @property
    def email(self) -> str:
        """`Email`."""
    @property
    def host_key(self) -> str:
        """`Host Key`."""
    @property
    def active(self) -> str:
        """`Active`: yes, no, true, false, 1 or 0; no value: yes."""
    def __copy__(self) -> PeopleColumns: ...
    def __deepcopy__(self, _memo: Any = None) -> PeopleColumns: ...

@final
class LicenseColumns:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str]]
    def __new__(
        cls,
        *,
        name: str = ...,
        vendor: str = ...,
        product_group: str = ...,
        host_key: str = ...,
        total_seats: str = ...,
        cost_per_seat: str = ...,
        currency: str = ...,
        billing_period: str = ...,
        renewal_date: str = ...,
        policy: str = ...,
        owner_email: str = ...,
        holder_email: str = ...,
    ) -> LicenseColumns: ...
    @property
    def name(self) -> str:
        """`Name`, which must be there."""
    @property
    def vendor(self) -> str:
        """`Vendor`."""
    @property
    def product_group(self) -> str:
        """`Product Group`."""
    @property
    def host_key(self) -> str:
        """`Host Key`."""
    @property
    def total_seats(self) -> str:
        """`Total Seats`: a number or "unlimited"; no value: 1."""
    @property
    def cost_per_seat(self) -> str:
        """`Cost Per Seat`: a plain decimal."""
    @property
    def currency(self) -> str:
        """`Currency`."""
    @property
    def billing_period(self) -> str:
        """`Billing Period`: month, year or once; no value: month."""
    @property
    def renewal_date(self) -> str:
        """`Renewal Date`."""
    @property
    def policy(self) -> str:
        """`Policy`: enforce or allow_over; no value: enforce."""
    @property
    def owner_email(self) -> str:
        """`Owner Email`: somebody in the book."""
    @property
    def holder_email(self) -> str:
        """`Holder Email`: somebody in the book, who gets a seat."""
    def __copy__(self) -> LicenseColumns: ...
    def __deepcopy__(self, _memo: Any = None) -> LicenseColumns: ...

@final
class Person:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str]]
    @property
    def id(self) -> PersonId:
        """The record's id."""
    @property
    def name(self) -> str:
        """The name. 1 to 255 characters."""
    @property
    def email(self) -> str:
        """As given; empty: none. Unique by key among all people."""
    @property
    def host_key(self) -> str:
        """The host's own id; empty: none. Unique when given."""
    @property
    def state(self) -> PersonState:
        """Active, archived or erased."""
    @property
    def revision(self) -> int:
        """Counts the changes of the record; for expected_revision."""
    def __copy__(self) -> Person: ...
    def __deepcopy__(self, _memo: Any = None) -> Person: ...

@final
class PersonRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Person]: ...
    @overload
    def __getitem__(self, index: int, /) -> Person: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[PersonRows, List[Person]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> PersonRows: ...
    def __deepcopy__(self, _memo: Any = None) -> PersonRows: ...

@final
class License:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def id(self) -> LicenseId:
        """The record's id."""
    @property
    def name(self) -> str:
        """The name. 1 to 255 characters; not unique."""
    @property
    def vendor(self) -> str:
        """Who sells the software."""
    @property
    def product_group(self) -> str:
        """Licenses of one group can be summed."""
    @property
    def host_key(self) -> str:
        """The host's own id; empty: none. Unique when given."""
    @property
    def total_seats(self) -> Optional[int]:
        """How many seats there are; None: unlimited."""
    @property
    def policy(self) -> CapacityPolicy:
        """What happens when all seats are taken: enforce or allow_over."""
    @property
    def owner(self) -> PersonId:
        """Always set."""
    @property
    def backup_owner(self) -> Optional[PersonId]:
        """Never the owner."""
    @property
    def cost_per_seat(self) -> Optional[Decimal]:
        """What a seat costs in a billing period, in the license's currency."""
    @property
    def currency(self) -> str:
        """ISO 4217, such as "EUR"; empty: none given, so no cost either."""
    @property
    def billing_period(self) -> BillingPeriod:
        """What the cost is for: a month, a year, or once."""
    @property
    def renewal_date(self) -> Optional[date]:
        """The day on which the license renews; None: not known."""
    @property
    def state(self) -> LicenseState:
        """Active or archived."""
    @property
    def revision(self) -> int:
        """Counts the changes of the record; for expected_revision."""
    def __copy__(self) -> License: ...
    def __deepcopy__(self, _memo: Any = None) -> License: ...

@final
class LicenseRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[License]: ...
    @overload
    def __getitem__(self, index: int, /) -> License: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[LicenseRows, List[License]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> LicenseRows: ...
    def __deepcopy__(self, _memo: Any = None) -> LicenseRows: ...

@final
class Assignment:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def id(self) -> AssignmentId:
        """The record's id."""
    @property
    def license(self) -> LicenseId:
        """The license, by its id."""
    @property
    def person(self) -> PersonId:
        """The person, by their id."""
    @property
    def assigned_at(self) -> datetime:
        """Since when the seat is held."""
    @property
    def assigned_by(self) -> ActorId:
        """Who gave the seat."""
    @property
    def revoked_at(self) -> Optional[datetime]:
        """When the seat was taken back. None: the seat is held."""
    @property
    def revoked_by(self) -> Optional[ActorId]:
        """Who took the seat back. None while the seat is held."""
    @property
    def revoke_reason(self) -> str:
        """Why the seat was taken back, in free text."""
    @property
    def access_level(self) -> str:
        """Free text; grants nothing."""
    @property
    def account(self) -> str:
        """The person's login in the vendor's app."""
    @property
    def notes(self) -> str:
        """Free text about the seat."""
    @property
    def cost_override(self) -> Optional[Decimal]:
        """Instead of the license's cost, in its currency."""
    @property
    def needs_review(self) -> bool:
        """The holder was archived."""
    @property
    def revision(self) -> int:
        """Counts the changes of the record; for expected_revision."""
    def __copy__(self) -> Assignment: ...
    def __deepcopy__(self, _memo: Any = None) -> Assignment: ...

@final
class ActorRecord:
    __match_args__: ClassVar[Tuple[str, str, str]]
    @property
    def id(self) -> ActorId:
        """The record's id."""
    @property
    def actor(self) -> str:
        """The service's name; empty for a person."""
    @property
    def person(self) -> Optional[Optional[PersonId]]:
        """The person, by their id. None for a service."""
    def __copy__(self) -> ActorRecord: ...
    def __deepcopy__(self, _memo: Any = None) -> ActorRecord: ...

@final
class LicenseTerms:
    __match_args__: ClassVar[Tuple[str, str, str, str]]
    @property
    def total_seats(self) -> Optional[int]:
        """How many seats there are; None: unlimited."""
    @property
    def policy(self) -> CapacityPolicy:
        """What happens when all seats are taken: enforce or allow_over."""
    @property
    def owner(self) -> PersonId:
        """Who answers for the license."""
    @property
    def backup_owner(self) -> Optional[PersonId]:
        """Who stands in for the owner; None: nobody."""
    def __copy__(self) -> LicenseTerms: ...
    def __deepcopy__(self, _memo: Any = None) -> LicenseTerms: ...

@final
class HistoryRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def seq(self) -> int:
        """The number of the history row."""
    @property
    def batch(self) -> int:
        """The batch that wrote it."""
    @property
    def at(self) -> datetime:
        """Never before the row in front of it."""
    @property
    def actor(self) -> ActorId:
        """Who did it."""
    @property
    def kind(self) -> HistoryKind:
        """What happened."""
    @property
    def license(self) -> Optional[LicenseId]:
        """The license, by its id. None: not about a license."""
    @property
    def person(self) -> Optional[PersonId]:
        """The person, by their id. None: not about a person."""
    @property
    def assignment(self) -> Optional[AssignmentId]:
        """The seat, by its id. None: not about an assignment."""
    @property
    def counterpart(self) -> Optional[AssignmentId]:
        """Transferred: the other assignment of the two. Each transfer has two rows: first the seat given up, whose counterpart is the newer assignment, then the seat received."""
    @property
    def before(self) -> Optional[LicenseTerms]:
        """What license_added, total_changed, policy_changed and owners_changed found and left."""
    @property
    def after(self) -> Optional[LicenseTerms]:
        """The terms that such a change has left."""
    def __copy__(self) -> HistoryRow: ...
    def __deepcopy__(self, _memo: Any = None) -> HistoryRow: ...

@final
class HistoryTexts:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str]]
    @property
    def seq(self) -> int:
        """The number of the history row."""
    @property
    def name_before(self) -> str:
        """The name before the change."""
    @property
    def name_after(self) -> str:
        """The name after the change."""
    @property
    def email_before(self) -> str:
        """The email before the change."""
    @property
    def email_after(self) -> str:
        """The email after the change."""
    @property
    def reason(self) -> str:
        """Why, in free text."""
    def __copy__(self) -> HistoryTexts: ...
    def __deepcopy__(self, _memo: Any = None) -> HistoryTexts: ...

@final
class HistoryEntry:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str]]
    @property
    def row(self) -> HistoryRow:
        """The line itself."""
    @property
    def texts(self) -> HistoryTexts:
        """The texts of the line, where there are any."""
    @property
    def actor(self) -> ActorRecord:
        """Who did it."""
    @property
    def actor_name(self) -> str:
        """The service's name, or the person's as it is now."""
    @property
    def license_name(self) -> str:
        """As it is now."""
    @property
    def person_name(self) -> str:
        """As it is now; empty once erased."""
    def __copy__(self) -> HistoryEntry: ...
    def __deepcopy__(self, _memo: Any = None) -> HistoryEntry: ...

@final
class HistoryEntryRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[HistoryEntry]: ...
    @overload
    def __getitem__(self, index: int, /) -> HistoryEntry: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[HistoryEntryRows, List[HistoryEntry]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> HistoryEntryRows: ...
    def __deepcopy__(self, _memo: Any = None) -> HistoryEntryRows: ...

@final
class LicenseContacts:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str]]
    @property
    def owner(self) -> PersonId:
        """Who answers for the license."""
    @property
    def owner_archived(self) -> bool:
        """Whether the owner is archived."""
    @property
    def backup_owner(self) -> Optional[PersonId]:
        """Who stands in for the owner; None: nobody."""
    @property
    def backup_archived(self) -> bool:
        """Whether the backup owner is archived."""
    @property
    def approver(self) -> Optional[PersonId]:
        """Whom to ask; None while nobody is there."""
    @property
    def renewal_recipients(self) -> Tuple[PersonId, ...]:
        """Whom to remind of a renewal."""
    def __copy__(self) -> LicenseContacts: ...
    def __deepcopy__(self, _memo: Any = None) -> LicenseContacts: ...

@final
class SeatRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str]]
    @property
    def assignment(self) -> AssignmentId:
        """The seat, by its id."""
    @property
    def person(self) -> PersonId:
        """The person, by their id."""
    @property
    def name(self) -> str:
        """The name."""
    @property
    def email(self) -> str:
        """The person's email address."""
    @property
    def archived(self) -> bool:
        """The holder is archived."""
    @property
    def needs_review(self) -> bool:
        """Independent of `archived`."""
    @property
    def assigned_at(self) -> datetime:
        """Since when the seat is held."""
    @property
    def access_level(self) -> str:
        """What the person may do in the vendor's app: free text that grants nothing."""
    @property
    def account(self) -> str:
        """The person's login in the vendor's app."""
    @property
    def cost_override(self) -> Optional[Decimal]:
        """What this seat costs, instead of the license's cost, in its currency."""
    def __copy__(self) -> SeatRow: ...
    def __deepcopy__(self, _memo: Any = None) -> SeatRow: ...

@final
class SeatRowRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[SeatRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> SeatRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[SeatRowRows, List[SeatRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> SeatRowRows: ...
    def __deepcopy__(self, _memo: Any = None) -> SeatRowRows: ...

@final
class SoftwareRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str]]
    @property
    def assignment(self) -> AssignmentId:
        """The seat, by its id."""
    @property
    def license(self) -> LicenseId:
        """The license, by its id."""
    @property
    def license_name(self) -> str:
        """The license's name."""
    @property
    def needs_review(self) -> bool:
        """Whether the seat is flagged because its holder was archived."""
    @property
    def assigned_at(self) -> datetime:
        """Since when the seat is held."""
    @property
    def access_level(self) -> str:
        """What the person may do in the vendor's app: free text that grants nothing."""
    @property
    def account(self) -> str:
        """The person's login in the vendor's app."""
    def __copy__(self) -> SoftwareRow: ...
    def __deepcopy__(self, _memo: Any = None) -> SoftwareRow: ...

@final
class SoftwareRowRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[SoftwareRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> SoftwareRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[SoftwareRowRows, List[SoftwareRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> SoftwareRowRows: ...
    def __deepcopy__(self, _memo: Any = None) -> SoftwareRowRows: ...

@final
class AssignablePerson:
    __match_args__: ClassVar[Tuple[str, str, str]]
    @property
    def person(self) -> PersonId:
        """The person, by their id."""
    @property
    def name(self) -> str:
        """The name."""
    @property
    def email(self) -> str:
        """The person's email address."""
    def __copy__(self) -> AssignablePerson: ...
    def __deepcopy__(self, _memo: Any = None) -> AssignablePerson: ...

@final
class AssignablePersonRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[AssignablePerson]: ...
    @overload
    def __getitem__(self, index: int, /) -> AssignablePerson: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[AssignablePersonRows, List[AssignablePerson]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> AssignablePersonRows: ...
    def __deepcopy__(self, _memo: Any = None) -> AssignablePersonRows: ...

@final
class ReviewRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str]]
    @property
    def assignment(self) -> AssignmentId:
        """The seat, by its id."""
    @property
    def license(self) -> LicenseId:
        """The license, by its id."""
    @property
    def license_name(self) -> str:
        """The license's name."""
    @property
    def person(self) -> PersonId:
        """The person, by their id."""
    @property
    def name(self) -> str:
        """The name."""
    @property
    def email(self) -> str:
        """The person's email address."""
    @property
    def archived(self) -> bool:
        """The holder is archived."""
    @property
    def assigned_at(self) -> datetime:
        """Since when the seat is held."""
    @property
    def flagged_at(self) -> datetime:
        """When it was flagged, the last time."""
    @property
    def waiting_days(self) -> int:
        """Since then, each 24 hours, the last one complete."""
    def __copy__(self) -> ReviewRow: ...
    def __deepcopy__(self, _memo: Any = None) -> ReviewRow: ...

@final
class ReviewRowRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[ReviewRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> ReviewRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[ReviewRowRows, List[ReviewRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> ReviewRowRows: ...
    def __deepcopy__(self, _memo: Any = None) -> ReviewRowRows: ...

@final
class ArchivedOwnerRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str]]
    @property
    def license(self) -> LicenseId:
        """The license, by its id."""
    @property
    def license_name(self) -> str:
        """The license's name."""
    @property
    def owner(self) -> PersonId:
        """Who answers for the license."""
    @property
    def owner_archived(self) -> bool:
        """Whether the owner is archived."""
    @property
    def backup_owner(self) -> Optional[PersonId]:
        """Who stands in for the owner; None: nobody."""
    @property
    def backup_archived(self) -> bool:
        """Whether the backup owner is archived."""
    def __copy__(self) -> ArchivedOwnerRow: ...
    def __deepcopy__(self, _memo: Any = None) -> ArchivedOwnerRow: ...

@final
class ArchivedOwnerRowRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[ArchivedOwnerRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> ArchivedOwnerRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[ArchivedOwnerRowRows, List[ArchivedOwnerRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> ArchivedOwnerRowRows: ...
    def __deepcopy__(self, _memo: Any = None) -> ArchivedOwnerRowRows: ...

@final
class SeatListRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def assignment(self) -> AssignmentId:
        """The seat, by its id."""
    @property
    def license(self) -> LicenseId:
        """The license, by its id."""
    @property
    def license_name(self) -> str:
        """The license's name."""
    @property
    def person(self) -> PersonId:
        """The person, by their id."""
    @property
    def name(self) -> str:
        """The name."""
    @property
    def email(self) -> str:
        """The person's email address."""
    @property
    def archived(self) -> bool:
        """The holder is archived."""
    @property
    def needs_review(self) -> bool:
        """Independent of `archived`."""
    @property
    def inactive(self) -> bool:
        """By the query's days, whether or not it asked for those only."""
    @property
    def assigned_at(self) -> datetime:
        """Since when the seat is held."""
    @property
    def last_used_at(self) -> Optional[datetime]:
        """When the seat was last used. None: never."""
    @property
    def access_level(self) -> str:
        """What the person may do in the vendor's app: free text that grants nothing."""
    @property
    def account(self) -> str:
        """The person's login in the vendor's app."""
    @property
    def cost_override(self) -> Optional[Decimal]:
        """What this seat costs, instead of the license's cost, in its currency."""
    def __copy__(self) -> SeatListRow: ...
    def __deepcopy__(self, _memo: Any = None) -> SeatListRow: ...

@final
class SeatListRowRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[SeatListRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> SeatListRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[SeatListRowRows, List[SeatListRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> SeatListRowRows: ...
    def __deepcopy__(self, _memo: Any = None) -> SeatListRowRows: ...

@final
class RosterRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str]]
    @property
    def assignment(self) -> AssignmentId:
        """The seat, by its id."""
    @property
    def person(self) -> PersonId:
        """The person, by their id."""
    @property
    def name(self) -> str:
        """The name."""
    @property
    def email(self) -> str:
        """The person's email address."""
    @property
    def archived(self) -> bool:
        """The person is archived."""
    @property
    def needs_review(self) -> bool:
        """While the seat is held."""
    @property
    def access_level(self) -> str:
        """What the person may do in the vendor's app: free text that grants nothing."""
    @property
    def assigned_at(self) -> datetime:
        """Date Added."""
    @property
    def revoked_at(self) -> Optional[datetime]:
        """Date Removed; None: the seat is held."""
    @property
    def cost_override(self) -> Optional[Decimal]:
        """What this seat costs, instead of the license's cost, in its currency."""
    def __copy__(self) -> RosterRow: ...
    def __deepcopy__(self, _memo: Any = None) -> RosterRow: ...

@final
class RosterRowRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[RosterRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> RosterRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[RosterRowRows, List[RosterRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> RosterRowRows: ...
    def __deepcopy__(self, _memo: Any = None) -> RosterRowRows: ...

@final
class SeatFigures:
    __match_args__: ClassVar[Tuple[str, str, str, str, str]]
    @property
    def total_assigned(self) -> int:
        """How many seats are in use."""
    @property
    def inactive(self) -> int:
        """How many of them nobody uses, by the days that were asked for."""
    @property
    def available(self) -> Optional[int]:
        """Free seats of the license; of the book: of all licenses that are not archived. None where that is unlimited, and none where a person is named."""
    @property
    def version(self) -> int:
        """The version at which counting began. All of it is counted; each seat is counted as it is when it is found. `available` of one license is exact at `version`."""
    @property
    def last_version(self) -> int:
        """The version at which counting ended."""
    def __copy__(self) -> SeatFigures: ...
    def __deepcopy__(self, _memo: Any = None) -> SeatFigures: ...

@final
class MoneyTotal:
    __match_args__: ClassVar[Tuple[str, str]]
    @property
    def currency(self) -> str:
        """ISO 4217; empty for overrides whose license lost its currency in version 0.1."""
    @property
    def monthly(self) -> Decimal:
        """The sum, by the month."""
    @property
    def twelfths(self) -> str:
        """The exact sum: how many twelfths of a ten-thousandth it is, in decimal digits."""
    def __copy__(self) -> MoneyTotal: ...
    def __deepcopy__(self, _memo: Any = None) -> MoneyTotal: ...

@final
class UtilizationRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def license(self) -> Optional[LicenseId]:
        """The license, by its id. None unless the row is a license's."""
    @property
    def license_name(self) -> str:
        """Empty unless the row is a license's."""
    @property
    def product_group(self) -> str:
        """The license's, or the group; empty for the book."""
    @property
    def licenses(self) -> int:
        """How many licenses the row counts."""
    @property
    def used(self) -> int:
        """Active assignments, those of archived people included."""
    @property
    def used_unlimited(self) -> int:
        """Those of them on unlimited licenses."""
    @property
    def total(self) -> Optional[int]:
        """Seats of the licenses that have a number of them; none where all are unlimited."""
    @property
    def available(self) -> Optional[int]:
        """Free seats and seats beyond the total, each the sum of the licenses' own: what one license lacks, the free seats of another do not make up for."""
    @property
    def over_by(self) -> int:
        """Seats in use beyond the total."""
    @property
    def basis_points(self) -> Optional[int]:
        """(used - used_unlimited) in hundredths of a percent of the total, rounded down, so that only full is 10,000; more where over-allocated. None without a total or where it is 0. The exact ratio is in the members above."""
    @property
    def monthly_cost(self) -> Tuple[MoneyTotal, ...]:
        """Of the active seats: the override, or else the standard cost."""
    @property
    def monthly_waste(self) -> Tuple[MoneyTotal, ...]:
        """Of the free seats, at the standard cost; an unlimited license has none."""
    @property
    def unpriced(self) -> int:
        """Active seats with neither cost: they are in no sum."""
    @property
    def version(self) -> int:
        """The version at which counting began: all of it is counted, each seat as it is when it is found. `used`, `total`, `available` and `over_by` of a license are exact at one version between the two."""
    @property
    def last_version(self) -> int:
        """The version at which counting ended."""
    def __copy__(self) -> UtilizationRow: ...
    def __deepcopy__(self, _memo: Any = None) -> UtilizationRow: ...

@final
class UtilizationRowRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[UtilizationRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> UtilizationRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[UtilizationRowRows, List[UtilizationRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> UtilizationRowRows: ...
    def __deepcopy__(self, _memo: Any = None) -> UtilizationRowRows: ...

@final
class ReclaimRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def assignment(self) -> AssignmentId:
        """The seat, by its id."""
    @property
    def license(self) -> LicenseId:
        """The license, by its id."""
    @property
    def license_name(self) -> str:
        """The license's name."""
    @property
    def person(self) -> PersonId:
        """The person, by their id."""
    @property
    def name(self) -> str:
        """The name."""
    @property
    def email(self) -> str:
        """The person's email address."""
    @property
    def archived(self) -> bool:
        """The holder is archived."""
    @property
    def needs_review(self) -> bool:
        """Whether the seat is flagged because its holder was archived."""
    @property
    def assigned_at(self) -> datetime:
        """Since when the seat is held."""
    @property
    def last_used_at(self) -> Optional[datetime]:
        """When the seat was last used. None: never."""
    @property
    def currency(self) -> str:
        """Which currency, by ISO 4217; empty: none."""
    @property
    def monthly_saving(self) -> Optional[Decimal]:
        """What the seat costs a month: the override, or else the standard cost. None where neither is known."""
    def __copy__(self) -> ReclaimRow: ...
    def __deepcopy__(self, _memo: Any = None) -> ReclaimRow: ...

@final
class ReclaimRowRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[ReclaimRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> ReclaimRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[ReclaimRowRows, List[ReclaimRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> ReclaimRowRows: ...
    def __deepcopy__(self, _memo: Any = None) -> ReclaimRowRows: ...

@final
class RenewalRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def license(self) -> LicenseId:
        """The license, by its id."""
    @property
    def license_name(self) -> str:
        """The license's name."""
    @property
    def renewal_date(self) -> date:
        """The day on which the license renews; None: not known."""
    @property
    def recipients(self) -> Tuple[PersonId, ...]:
        """Whom to remind; nobody while both are archived."""
    @property
    def used(self) -> int:
        """Seats in use."""
    @property
    def total(self) -> Optional[int]:
        """How many seats there are; None: unlimited."""
    @property
    def right_sized_seats(self) -> int:
        """The seats that somebody uses: active ones that are not inactive and whose holder is not archived. May be above the total where that is over-allocated."""
    @property
    def currency(self) -> str:
        """Which currency, by ISO 4217; empty: none."""
    @property
    def monthly_saving(self) -> Optional[Decimal]:
        """What a month would cost less with the right-sized number of seats: the cost of the seats in use beyond it (the override, or else the standard cost), and the waste of the free ones. None where no seat of the license has a price."""
    @property
    def version(self) -> int:
        """The version at which counting began: all of it is counted, each seat as it is when it is found. `used` and `total` are exact at one version between the two."""
    @property
    def last_version(self) -> int:
        """The version at which counting ended."""
    def __copy__(self) -> RenewalRow: ...
    def __deepcopy__(self, _memo: Any = None) -> RenewalRow: ...

@final
class RenewalRowRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[RenewalRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> RenewalRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[RenewalRowRows, List[RenewalRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> RenewalRowRows: ...
    def __deepcopy__(self, _memo: Any = None) -> RenewalRowRows: ...

@final
class HolderRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str]]
    @property
    def assignment(self) -> AssignmentId:
        """The seat, by its id."""
    @property
    def person(self) -> PersonId:
        """The person, by their id."""
    @property
    def name(self) -> str:
        """As it is now; empty once erased."""
    @property
    def email(self) -> str:
        """As it is now; empty once erased."""
    @property
    def erased(self) -> bool:
        """The person has been erased."""
    @property
    def assigned_at(self) -> datetime:
        """Since when the seat is held."""
    @property
    def revoked_at(self) -> Optional[datetime]:
        """After that instant; None: still held."""
    def __copy__(self) -> HolderRow: ...
    def __deepcopy__(self, _memo: Any = None) -> HolderRow: ...

@final
class HolderRowRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[HolderRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> HolderRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[HolderRowRows, List[HolderRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> HolderRowRows: ...
    def __deepcopy__(self, _memo: Any = None) -> HolderRowRows: ...

@final
class UsageStep:
    __match_args__: ClassVar[Tuple[str, str, str, str, str]]
    @property
    def at(self) -> datetime:
        """From when on."""
    @property
    def used(self) -> int:
        """Of all licenses that were there."""
    @property
    def used_unlimited(self) -> int:
        """Those of them on licenses that were unlimited then."""
    @property
    def total(self) -> Optional[int]:
        """The number of seats in force, of a license, or of all that had one and were not archived. None where there was none: unlimited, or not added yet."""
    @property
    def policy(self) -> Optional[CapacityPolicy]:
        """The license's policy in force; none before it was added, and for the book."""
    def __copy__(self) -> UsageStep: ...
    def __deepcopy__(self, _memo: Any = None) -> UsageStep: ...

@final
class UsageStepRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[UsageStep]: ...
    @overload
    def __getitem__(self, index: int, /) -> UsageStep: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[UsageStepRows, List[UsageStep]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> UsageStepRows: ...
    def __deepcopy__(self, _memo: Any = None) -> UsageStepRows: ...

@final
class OffboardingRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str]]
    @property
    def flagged(self) -> int:
        """The history row that flagged the seat; what pages go by."""
    @property
    def assignment(self) -> AssignmentId:
        """The seat, by its id."""
    @property
    def license(self) -> LicenseId:
        """The license, by its id."""
    @property
    def license_name(self) -> str:
        """The license's name."""
    @property
    def person(self) -> PersonId:
        """The person, by their id."""
    @property
    def name(self) -> str:
        """As it is now; empty once erased."""
    @property
    def outcome(self) -> OffboardingOutcome:
        """What became of the seat."""
    @property
    def offboarded_at(self) -> datetime:
        """When the person was archived."""
    @property
    def released_at(self) -> Optional[datetime]:
        """Of released ones, also after `until`."""
    @property
    def days(self) -> Optional[int]:
        """Whole days, of 24 hours, until it was released."""
    def __copy__(self) -> OffboardingRow: ...
    def __deepcopy__(self, _memo: Any = None) -> OffboardingRow: ...

@final
class OffboardingRowRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[OffboardingRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> OffboardingRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[OffboardingRowRows, List[OffboardingRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> OffboardingRowRows: ...
    def __deepcopy__(self, _memo: Any = None) -> OffboardingRowRows: ...

@final
class Event:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def seq(self) -> int:
        """The history row; stable, so it also serves as the event's id."""
    @property
    def kind(self) -> EventKind:
        """What happened."""
    @property
    def at(self) -> datetime:
        """When."""
    @property
    def version(self) -> int:
        """The number of the batch that wrote it."""
    @property
    def assignment(self) -> AssignmentId:
        """The seat, by its id."""
    @property
    def license(self) -> LicenseId:
        """The license, by its id."""
    @property
    def license_name(self) -> str:
        """The license's name."""
    @property
    def person(self) -> PersonId:
        """The person, by their id."""
    @property
    def person_name(self) -> str:
        """The person's name."""
    @property
    def person_email(self) -> str:
        """The person's email address."""
    @property
    def actor(self) -> ActorRecord:
        """Who did it."""
    @property
    def actor_name(self) -> str:
        """The service's name, or the name of the person who acted."""
    def __copy__(self) -> Event: ...
    def __deepcopy__(self, _memo: Any = None) -> Event: ...

@final
class EventRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Event]: ...
    @overload
    def __getitem__(self, index: int, /) -> Event: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[EventRows, List[Event]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> EventRows: ...
    def __deepcopy__(self, _memo: Any = None) -> EventRows: ...

@final
class NotificationSeat:
    __match_args__: ClassVar[Tuple[str, str, str]]
    @property
    def assignment(self) -> AssignmentId:
        """The seat, by its id."""
    @property
    def license(self) -> LicenseId:
        """The license, by its id."""
    @property
    def license_name(self) -> str:
        """The license's name."""
    def __copy__(self) -> NotificationSeat: ...
    def __deepcopy__(self, _memo: Any = None) -> NotificationSeat: ...

@final
class Notification:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str]]
    @property
    def version(self) -> int:
        """The batch; with `person` it names the notification for good."""
    @property
    def seq(self) -> int:
        """The batch's first row about this person's new seats."""
    @property
    def at(self) -> datetime:
        """When."""
    @property
    def person(self) -> PersonId:
        """The person, by their id."""
    @property
    def person_name(self) -> str:
        """The person's name."""
    @property
    def person_email(self) -> str:
        """The person's email address."""
    @property
    def seats(self) -> Tuple[NotificationSeat, ...]:
        """The seats."""
    @property
    def actor(self) -> ActorRecord:
        """Who did it."""
    @property
    def actor_name(self) -> str:
        """The service's name, or the name of the person who acted."""
    def __copy__(self) -> Notification: ...
    def __deepcopy__(self, _memo: Any = None) -> Notification: ...

@final
class NotificationRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Notification]: ...
    @overload
    def __getitem__(self, index: int, /) -> Notification: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[NotificationRows, List[Notification]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> NotificationRows: ...
    def __deepcopy__(self, _memo: Any = None) -> NotificationRows: ...

@final
class RosterFileRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def line(self) -> int:
        """On which the row starts, from 1; the header's counts."""
    @property
    def outcome(self) -> RosterOutcome:
        """What became of the row."""
    @property
    def code(self) -> Code:
        """Why: already_assigned, person_not_found, no_seats_remaining; ok where it was removed; where it is invalid: malformed_csv (text after a closing quote in `column`; or, with 0 there, more or fewer cells than the header), required (no email; or a cost where the license has no currency), text_too_long, invalid_email, invalid_money, money_out_of_range, person_archived."""
    @property
    def column(self) -> int:
        """The cell to blame, counted from 1; 0 where it is the whole row."""
    @property
    def differs(self) -> bool:
        """Already linked, and the row gives another role or cost than the assignment has. An empty cell gives none."""
    @property
    def first_line(self) -> int:
        """Already linked: the line of the earlier row about the same person, or 0."""
    @property
    def assignment(self) -> Optional[AssignmentId]:
        """Already linked: the seat held. None where a dry run would have made it."""
    @property
    def email(self) -> str:
        """The cell of the file, as it is written."""
    @property
    def access_level(self) -> str:
        """The cell of the file, as it is written."""
    @property
    def cost(self) -> str:
        """The cell of the file, as it is written."""
    @property
    def date_removed(self) -> str:
        """The cell of the file, as it is written."""
    def __copy__(self) -> RosterFileRow: ...
    def __deepcopy__(self, _memo: Any = None) -> RosterFileRow: ...

@final
class RosterFileRowRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[RosterFileRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> RosterFileRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[RosterFileRowRows, List[RosterFileRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> RosterFileRowRows: ...
    def __deepcopy__(self, _memo: Any = None) -> RosterFileRowRows: ...

@final
class InventoryRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str]]
    @property
    def line(self) -> int:
        """On which the row starts, from 1; the header's counts."""
    @property
    def outcome(self) -> InventoryOutcome:
        """What became of the row."""
    @property
    def code(self) -> Code:
        """Why: email_taken or host_key_taken, where it is known; person_not_found, person_archived or no_seats_remaining, where the holder has no seat; where it is invalid: malformed_csv (text after a closing quote in `column`; or, with 0 there, more or fewer cells than the header), invalid_argument (no such choice), invalid_money, invalid_date, host_key_taken (the row's email belongs to somebody else), person_not_found and person_archived (the owner), and what add_person and add_license answer for their fields."""
    @property
    def column(self) -> int:
        """The cell to blame, counted from 1; 0 where it is the whole row."""
    @property
    def first_line(self) -> int:
        """Known by an earlier row of the file: its line; or 0."""
    @property
    def record(self) -> Optional[int]:
        """The person or license, where there is one; None where a dry run would have made it."""
    @property
    def name(self) -> str:
        """Of the person or license, as the row has it."""
    def __copy__(self) -> InventoryRow: ...
    def __deepcopy__(self, _memo: Any = None) -> InventoryRow: ...

@final
class InventoryRowRows(Rows):
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[InventoryRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> InventoryRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[InventoryRowRows, List[InventoryRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __copy__(self) -> InventoryRowRows: ...
    def __deepcopy__(self, _memo: Any = None) -> InventoryRowRows: ...

@final
class SeatListPage:
    @property
    def rows(self) -> SeatListRowRows:
        """The rows."""
    @property
    def next(self) -> str:
        """Where the next page goes on; empty: this was the last one."""
    @property
    def version(self) -> int:
        """All of this version is in the page; later changes may be."""
    def __copy__(self) -> SeatListPage: ...
    def __deepcopy__(self, _memo: Any = None) -> SeatListPage: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[SeatListRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> SeatListRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[SeatListRowRows, List[SeatListRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

@final
class RosterPage:
    @property
    def rows(self) -> RosterRowRows:
        """The rows."""
    @property
    def next(self) -> Optional[AssignmentId]:
        """Where the next page starts. None: this was the last page."""
    @property
    def version(self) -> int:
        """What the page shows."""
    def __copy__(self) -> RosterPage: ...
    def __deepcopy__(self, _memo: Any = None) -> RosterPage: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[RosterRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> RosterRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[RosterRowRows, List[RosterRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

@final
class ReclaimPage:
    @property
    def rows(self) -> ReclaimRowRows:
        """The rows."""
    @property
    def more(self) -> bool:
        """There are rows after these."""
    @property
    def candidates(self) -> int:
        """On all pages."""
    @property
    def monthly_saving(self) -> Tuple[MoneyTotal, ...]:
        """Of the candidates on all pages."""
    @property
    def unpriced(self) -> int:
        """Candidates that are in no sum."""
    @property
    def version(self) -> int:
        """The version at which counting began: all of it is counted, each seat as it is when it is found."""
    @property
    def last_version(self) -> int:
        """The version at which counting ended."""
    def __copy__(self) -> ReclaimPage: ...
    def __deepcopy__(self, _memo: Any = None) -> ReclaimPage: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[ReclaimRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> ReclaimRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[ReclaimRowRows, List[ReclaimRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

@final
class UsageOverTime:
    @property
    def steps(self) -> UsageStepRows:
        """The first is the state at `since`; then one for each instant that left another state."""
    @property
    def next(self) -> Optional[datetime]:
        """Where the next page starts; None: these are all."""
    @property
    def version(self) -> int:
        """The steps are those of this version's history."""
    def __copy__(self) -> UsageOverTime: ...
    def __deepcopy__(self, _memo: Any = None) -> UsageOverTime: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[UsageStep]: ...
    @overload
    def __getitem__(self, index: int, /) -> UsageStep: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[UsageStepRows, List[UsageStep]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

@final
class OffboardingTimes:
    @property
    def rows(self) -> OffboardingRowRows:
        """The rows."""
    @property
    def more(self) -> bool:
        """There are rows after these."""
    @property
    def waiting(self) -> int:
        """How many seats nobody has decided on yet."""
    @property
    def kept(self) -> int:
        """How many seats were marked as reviewed, and kept."""
    @property
    def released(self) -> int:
        """How many seats were taken back."""
    @property
    def reactivated(self) -> int:
        """How many seats belong to people who came back."""
    @property
    def days_sum(self) -> int:
        """The days of the released ones added up: divided by `released` they are the exact mean."""
    @property
    def mean_days(self) -> Optional[int]:
        """`days_sum` by `released`, rounded down; None: none released."""
    @property
    def median_days(self) -> Optional[int]:
        """Of an even number, the lower one; None: none released."""
    @property
    def longest_days(self) -> Optional[int]:
        """Of the released ones, the one held longest."""
    @property
    def version(self) -> int:
        """Outcomes and figures are those of this version's history."""
    def __copy__(self) -> OffboardingTimes: ...
    def __deepcopy__(self, _memo: Any = None) -> OffboardingTimes: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[OffboardingRow]: ...
    @overload
    def __getitem__(self, index: int, /) -> OffboardingRow: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[OffboardingRowRows, List[OffboardingRow]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

@final
class EventPage:
    @property
    def events(self) -> EventRows:
        """The events, the oldest first."""
    @property
    def next(self) -> int:
        """Pass it as `after` of the next call."""
    @property
    def more(self) -> bool:
        """Whether the book held more rows at the time."""
    def __copy__(self) -> EventPage: ...
    def __deepcopy__(self, _memo: Any = None) -> EventPage: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Event]: ...
    @overload
    def __getitem__(self, index: int, /) -> Event: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[EventRows, List[Event]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

@final
class NotificationPage:
    @property
    def notifications(self) -> NotificationRows:
        """The notifications, the oldest first."""
    @property
    def next(self) -> int:
        """Pass it as `after` of the next call."""
    @property
    def more(self) -> bool:
        """Whether the book held more rows at the time."""
    def __copy__(self) -> NotificationPage: ...
    def __deepcopy__(self, _memo: Any = None) -> NotificationPage: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Notification]: ...
    @overload
    def __getitem__(self, index: int, /) -> Notification: ...
    @overload
    def __getitem__(self, index: slice, /) -> Union[NotificationRows, List[Notification]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...
    def count(self, value: object) -> int: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

@final
class RosterReport:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def rows(self) -> int:
        """How many rows are below the header; blank lines are not counted."""
    @property
    def added(self) -> int:
        """How many rows were added."""
    @property
    def already_linked(self) -> int:
        """How many rows were of people who hold a seat already."""
    @property
    def not_found(self) -> int:
        """How many rows have an email that nobody has."""
    @property
    def invalid(self) -> int:
        """How many rows say something that cannot be taken."""
    @property
    def no_seats(self) -> int:
        """How many rows found no seat left."""
    @property
    def removed_rows(self) -> int:
        """How many rows have a date of removal, and so give no seat."""
    @property
    def not_added(self) -> Tuple[RosterFileRow, ...]:
        """Every row that was not added, in the order of the file."""
    @property
    def columns(self) -> Tuple[str, ...]:
        """The header, trimmed."""
    @property
    def ignored_columns(self) -> Tuple[str, ...]:
        """Those of the header that are unknown."""
    @property
    def dry_run(self) -> bool:
        """Whether it only tells what would have happened."""
    @property
    def version(self) -> int:
        """The book's version after the call."""
    @property
    def empty_rows(self) -> int:
        """Skipped: all cells empty or blank, or a blank line."""
    @property
    def unmatched_emails(self) -> Tuple[str, ...]:
        """The emails that nobody has, each as written, in the order of the file."""
    def to_csv(
        self,
        *,
        profile: Union[CsvProfile, str] = ...,
        utc_offset_minutes: int = ...,
        byte_order_mark: bool = ...,
    ) -> bytes: ...
    def column_name(self, row: RosterFileRow) -> str: ...
    def __copy__(self) -> RosterReport: ...
    def __deepcopy__(self, _memo: Any = None) -> RosterReport: ...

@final
class InventoryReport:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def rows(self) -> int:
        """How many rows are below the header; blank lines are not counted."""
    @property
    def added(self) -> int:
        """How many rows were added."""
    @property
    def already_known(self) -> int:
        """How many rows were of somebody or something in the book already."""
    @property
    def invalid(self) -> int:
        """How many rows say something that cannot be taken."""
    @property
    def without_seat(self) -> int:
        """Licenses only."""
    @property
    def empty_rows(self) -> int:
        """Skipped: all cells empty or blank, or a blank line."""
    @property
    def seats_given(self) -> int:
        """Licenses only."""
    @property
    def not_added(self) -> Tuple[InventoryRow, ...]:
        """Every row that was not added, in the order of the file."""
    @property
    def columns(self) -> Tuple[str, ...]:
        """The header, trimmed."""
    @property
    def ignored_columns(self) -> Tuple[str, ...]:
        """Those of the header that are not read."""
    @property
    def dry_run(self) -> bool:
        """Whether it only tells what would have happened."""
    @property
    def version(self) -> int:
        """The book's version after the call."""
    def column_name(self, row: InventoryRow) -> str: ...
    def __copy__(self) -> InventoryReport: ...
    def __deepcopy__(self, _memo: Any = None) -> InventoryReport: ...

@final
class Usage:
    __match_args__: ClassVar[Tuple[str, str, str, str]]
    @property
    def used(self) -> int:
        """Active assignments, those of archived people included."""
    @property
    def total(self) -> Optional[int]:
        """How many seats there are; None: unlimited."""
    @property
    def policy(self) -> CapacityPolicy:
        """What happens when all seats are taken: enforce or allow_over."""
    @property
    def archived(self) -> bool:
        """Whether it is archived."""
    @property
    def available(self) -> Optional[int]:
        """Free seats; None where they are unlimited."""
    @property
    def over_by(self) -> int:
        """Seats in use beyond the total."""
    @property
    def can_assign(self) -> bool:
        """Whether another seat can be given."""
    @property
    def text(self) -> str:
        """How full it is, in words: "13/50", or "13/unlimited"."""
    @property
    def available_text(self) -> str:
        """The free seats in words: "12 of 50 available", or "unlimited"."""
    def __copy__(self) -> Usage: ...
    def __deepcopy__(self, _memo: Any = None) -> Usage: ...

@final
class Session:
    def at_least(self, version: int) -> Session: ...
    def __enter__(self) -> Session: ...
    def __exit__(self, *args: Any) -> None: ...
    def add_person(
        self,
        *,
        name: str = '',
        email: str = '',
        host_key: str = '',
        request_id: Optional[RequestIdLike] = None,
    ) -> PersonReceipt:
        """Adds somebody who can hold seats. Emails and host keys are unique.

        name: The name. 1 to 255 characters, not only white space.
        email: The person's email address. Up to 254; empty: none.
        host_key: The host's own id for it; empty: none. Up to 191; empty: none.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def update_person(
        self,
        person: PersonLike,
        *,
        name: Union[Optional[str], EllipsisType] = ...,
        email: Union[Optional[str], EllipsisType] = ...,
        host_key: Union[Optional[str], EllipsisType] = ...,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> PersonReceipt:
        """Changes what is named; None clears an email or a host key.

        person: The person, by their id.
        name: The name.
        email: The person's email address.
        host_key: The host's own id for it; empty: none.
        expected_revision: Raises StaleRevisionError where the record has another revision by now.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def archive_person(
        self,
        person: PersonLike,
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> PersonReceipt:
        """Archives a person. Their seats stay in use and are flagged for review.

        person: The person, by their id.
        expected_revision: Raises StaleRevisionError where the record has another revision by now.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def reactivate_person(
        self,
        person: PersonLike,
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> PersonReceipt:
        """Makes an archived person active again and clears the flags of their seats.

        person: The person, by their id.
        expected_revision: Raises StaleRevisionError where the record has another revision by now.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def erase_person(
        self,
        person: PersonLike,
        *,
        revoke_first: bool = False,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> PersonReceipt:
        """Erases a person for good: name, email and texts. With revoke_first their seats are revoked.

        person: The person, by their id.
        revoke_first: Takes back the seats that the person holds.
        expected_revision: Raises StaleRevisionError where the record has another revision by now.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def add_license(
        self,
        *,
        name: str = '',
        vendor: str = '',
        product_group: str = '',
        host_key: str = '',
        total_seats: Optional[int] = 1,
        policy: Union[CapacityPolicy, str] = 'enforce',
        owner: Optional[PersonLike] = None,
        backup_owner: Optional[PersonLike] = None,
        cost_per_seat: Optional[MoneyLike] = None,
        currency: str = '',
        billing_period: Union[BillingPeriod, str] = 'month',
        renewal_date: Optional[DateLike] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> LicenseReceipt:
        """Adds a license. total_seats=None is unlimited; without an owner it is the acting person.

        name: The name.
        vendor: Who sells the software.
        product_group: Licenses of one group can be summed.
        host_key: The host's own id for it; empty: none.
        total_seats: 0 to 1,000,000,000, or None, which is unlimited.
        policy: What happens when all seats are taken: enforce or allow_over.
        owner: Who answers for the license.
        backup_owner: Who stands in for the owner; None: nobody.
        cost_per_seat: What a seat costs in a billing period, in the license's currency.
        currency: Which currency, by ISO 4217; empty: none.
        billing_period: What the cost is for: a month, a year, or once.
        renewal_date: The day on which the license renews; None: not known.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def update_license(
        self,
        license: LicenseLike,
        *,
        name: Union[Optional[str], EllipsisType] = ...,
        vendor: Union[Optional[str], EllipsisType] = ...,
        product_group: Union[Optional[str], EllipsisType] = ...,
        host_key: Union[Optional[str], EllipsisType] = ...,
        cost_per_seat: Union[Optional[MoneyLike], EllipsisType] = ...,
        currency: Union[Optional[str], EllipsisType] = ...,
        billing_period: Union[Optional[Union[BillingPeriod, str]], EllipsisType] = ...,
        renewal_date: Union[Optional[DateLike], EllipsisType] = ...,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> LicenseReceipt:
        """Changes what is named; None clears.

        license: The license, by its id.
        name: The name.
        vendor: Who sells the software.
        product_group: Licenses of one group can be summed.
        host_key: The host's own id for it; empty: none.
        cost_per_seat: What a seat costs in a billing period, in the license's currency.
        currency: Which currency, by ISO 4217; empty: none.
        billing_period: Cleared: month.
        renewal_date: The day on which the license renews; None: not known.
        expected_revision: Raises StaleRevisionError where the record has another revision by now.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def set_total_seats(
        self,
        license: LicenseLike,
        total_seats: Optional[int],
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> LicenseReceipt:
        """Changes the number of seats; None is unlimited. Never below those in use.

        license: The license, by its id.
        total_seats: 0 to 1,000,000,000, or None, which is unlimited.
        expected_revision: Raises StaleRevisionError where the record has another revision by now.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def set_policy(
        self,
        license: LicenseLike,
        policy: Union[CapacityPolicy, str],
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> LicenseReceipt:
        """Says what happens when all seats are taken: enforce or allow_over.

        license: The license, by its id.
        policy: What happens when all seats are taken: enforce or allow_over.
        expected_revision: Raises StaleRevisionError where the record has another revision by now.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def set_owners(
        self,
        license: LicenseLike,
        *,
        owner: Union[Optional[PersonLike], EllipsisType] = ...,
        backup_owner: Union[Optional[PersonLike], EllipsisType] = ...,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> LicenseReceipt:
        """Sets the owner, the backup owner, or both at once; backup_owner=None takes it away.

        license: The license, by its id.
        owner: Who answers for the license.
        backup_owner: Who stands in for the owner; None: nobody.
        expected_revision: Raises StaleRevisionError where the record has another revision by now.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def archive_license(
        self,
        license: LicenseLike,
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> LicenseReceipt:
        """Archives a license that nobody holds a seat of.

        license: The license, by its id.
        expected_revision: Raises StaleRevisionError where the record has another revision by now.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def reactivate_license(
        self,
        license: LicenseLike,
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> LicenseReceipt:
        """Makes an archived license active again.

        license: The license, by its id.
        expected_revision: Raises StaleRevisionError where the record has another revision by now.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def assign(
        self,
        license: LicenseLike,
        person: PersonLike,
        *,
        access_level: str = '',
        account: str = '',
        notes: str = '',
        cost_override: Optional[MoneyLike] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> SeatReceipt:
        """Gives a person a seat. Raises NoSeatsRemainingError where all are taken.

        license: The license, by its id.
        person: The person, by their id.
        access_level: What the person may do in the vendor's app: free text that grants nothing. Up to 64 characters.
        account: The person's login in the vendor's app, of up to 191 characters.
        notes: Free text about the seat. Up to 1000.
        cost_override: What this seat costs, instead of the license's cost, in its currency.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def bulk_assign(
        self,
        person: PersonLike,
        licenses: Iterable[LicenseLike],
        *,
        all_or_nothing: bool = False,
        dry_run: bool = False,
        request_id: Optional[RequestIdLike] = None,
    ) -> BulkReceipt:
        """Gives one person seats on several licenses, each on its own, in one batch.

        person: The person, by their id.
        licenses: The licenses, by their ids.
        all_or_nothing: Changes nothing and raises where any item would be refused.
        dry_run: Only tells what would happen, and changes nothing.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def assign_many(
        self,
        license: LicenseLike,
        people: Iterable[PersonLike],
        *,
        access_level: str = '',
        cost_override: Optional[MoneyLike] = None,
        all_or_nothing: bool = False,
        dry_run: bool = False,
        request_id: Optional[RequestIdLike] = None,
    ) -> BulkReceipt:
        """Gives several people a seat on one license, each on its own, in one batch.

        license: The license, by its id.
        people: The people, by their ids.
        access_level: What the person may do in the vendor's app: free text that grants nothing.
        cost_override: What this seat costs, instead of the license's cost, in its currency.
        all_or_nothing: Changes nothing and raises where any item would be refused.
        dry_run: Only tells what would happen, and changes nothing.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def revoke(
        self,
        assignment: SeatLike,
        *,
        reason: str = '',
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> SeatReceipt:
        """Takes a seat back. The assignment stays, with its dates and the reason.

        assignment: The seat, by its id.
        reason: Why, in free text. Up to 1000 characters.
        expected_revision: Raises StaleRevisionError where the record has another revision by now.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def revoke_all(
        self,
        person: PersonLike,
        *,
        reason: str = '',
        dry_run: bool = False,
        request_id: Optional[RequestIdLike] = None,
    ) -> BulkReceipt:
        """Takes back all seats of a person, in one batch.

        person: The person, by their id.
        reason: Why, in free text. Up to 1000 characters, for each of the seats.
        dry_run: Only tells what would happen, and changes nothing.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def transfer(
        self,
        assignment: SeatLike,
        person: PersonLike,
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> SeatReceipt:
        """Hands a seat on to somebody else; it needs no free one.

        assignment: The seat, by its id.
        person: Who gets the seat.
        expected_revision: Raises StaleRevisionError where the record has another revision by now.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def edit_seat(
        self,
        assignment: SeatLike,
        *,
        access_level: Union[Optional[str], EllipsisType] = ...,
        account: Union[Optional[str], EllipsisType] = ...,
        notes: Union[Optional[str], EllipsisType] = ...,
        cost_override: Union[Optional[MoneyLike], EllipsisType] = ...,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> SeatReceipt:
        """Changes access level, account, notes and cost of a seat; None clears.

        assignment: The seat, by its id.
        access_level: What the person may do in the vendor's app: free text that grants nothing.
        account: The person's login in the vendor's app.
        notes: Free text about the seat.
        cost_override: What this seat costs, instead of the license's cost, in its currency.
        expected_revision: Raises StaleRevisionError where the record has another revision by now.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def mark_reviewed(
        self,
        assignment: SeatLike,
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> SeatReceipt:
        """Dismisses the review flag of a seat whose holder was archived, and keeps the seat.

        assignment: The seat, by its id.
        expected_revision: Raises StaleRevisionError where the record has another revision by now.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def record_use(
        self,
        assignment: SeatLike,
        used_at: TimeLike,
        *,
        request_id: Optional[RequestIdLike] = None,
    ) -> SeatReceipt:
        """Notes when a seat was last used; the later time stands.

        assignment: The seat, by its id.
        used_at: When the seat was used.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def record_uses(
        self,
        uses: Iterable[Union[SeatUse, Dict[str, Any]]],
        *,
        all_or_nothing: bool = False,
        dry_run: bool = False,
        request_id: Optional[RequestIdLike] = None,
    ) -> BulkReceipt:
        """Notes many last uses, by seat or by email and license, in one batch.

        uses: The uses: SeatUse, or dicts with its members.
        all_or_nothing: Changes nothing and raises where any item would be refused.
        dry_run: Only tells what would happen, and changes nothing.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def people(
        self,
        *,
        after: Optional[PersonLike] = None,
        state: Optional[Union[PersonState, str]] = None,
        limit: int = 1000,
    ) -> PersonRows:
        """Lists people by id, a page at a time. Without state also archived and erased people.

        after: The last person of the page before; 0: from the start.
        state: Only active, archived or erased people; None: all.
        limit: How many, at most.
        """
    def licenses(
        self,
        *,
        after: Optional[LicenseLike] = None,
        state: Optional[Union[LicenseState, str]] = None,
        limit: int = 1000,
    ) -> LicenseRows:
        """Lists licenses by id, a page at a time. Without state also archived ones.

        after: The last license of the page before; 0: from the start.
        state: Only active or only archived licenses; None: all.
        limit: How many, at most.
        """
    def get_person(
        self,
        person: PersonLike,
    ) -> Person:
        """One person.

        person: The person, by their id.
        """
    def get_license(
        self,
        license: LicenseLike,
    ) -> License:
        """One license.

        license: The license, by its id.
        """
    def get_assignment(
        self,
        assignment: SeatLike,
    ) -> Assignment:
        """One assignment, active or revoked.

        assignment: The seat, by its id.
        """
    def get_actor(
        self,
        actor: ActorLike,
    ) -> ActorRecord:
        """Who stands behind an actor id of history.

        actor: Who did it.
        """
    def find_person(
        self,
        email: str = '',
        *,
        host_key: str = '',
    ) -> Optional[PersonId]:
        """Who has that email or host key, if anybody; archived people included.

        email: The person's email address.
        host_key: The host's own id for it; empty: none.
        """
    def find_license(
        self,
        host_key: str = '',
    ) -> Optional[LicenseId]:
        """Which license has that host key, if any.

        host_key: The host's own id for it; empty: none.
        """
    def find_actor(
        self,
        actor: str = '',
        *,
        person: Optional[PersonLike] = None,
    ) -> Optional[ActorId]:
        """The id of a service or person that has changed something, if there is one.

        actor: The service's name.
        person: The person, where it is no service.
        """
    def find_seat(
        self,
        license: LicenseLike,
        person: PersonLike,
    ) -> Optional[AssignmentId]:
        """The active assignment of that person to that license, if any.

        license: The license, by its id.
        person: The person, by their id.
        """
    def last_use(
        self,
        assignment: SeatLike,
    ) -> Optional[datetime]:
        """When the seat was last used, if ever.

        assignment: The seat, by its id.
        """
    def usage(
        self,
        license: LicenseLike,
    ) -> Usage:
        """How full the license is.

        license: The license, by its id.
        """
    def license_seats(
        self,
        license: LicenseLike,
    ) -> SeatRowRows:
        """Who holds a seat of the license, oldest first.

        license: The license, by its id.
        """
    def my_software(
        self,
        person: PersonLike,
    ) -> SoftwareRowRows:
        """The licenses on which the person holds a seat, oldest grant first.

        person: The person, by their id.
        """
    def assignable_people(
        self,
        license: Optional[LicenseLike] = None,
        *,
        search: str = '',
        limit: int = 50,
    ) -> AssignablePersonRows:
        """Whom one may give a seat, by name; search looks in names and emails.

        license: The license, by its id.
        search: In name or email, trimmed and folded, every character literal; empty: all.
        limit: How many rows, at most. 1 to 1000.
        """
    def needs_review(
        self,
        license: Optional[LicenseLike] = None,
    ) -> ReviewRowRows:
        """The flagged seats of a license or of the book, the longest waiting first.

        license: The license, by its id.
        """
    def needs_review_count(
        self,
        license: Optional[LicenseLike] = None,
    ) -> int:
        """How many flagged seats there are.

        license: The license, by its id.
        """
    def archived_owners(
        self,
    ) -> ArchivedOwnerRowRows:
        """The licenses whose owner or backup owner is archived."""
    def license_contacts(
        self,
        license: LicenseLike,
    ) -> LicenseContacts:
        """Owner, backup owner, approver and renewal recipients of a license.

        license: The license, by its id.
        """
    def renewals_due(
        self,
        until: DateLike,
        *,
        inactive_days: int = 30,
        new_seat_grace_days: int = 0,
    ) -> RenewalRowRows:
        """The licenses that renew until that day, with the seats they would take.

        until: This day included.
        inactive_days: Of 24 hours each; 0 to 36,500.
        new_seat_grace_days: Seats newer than this are not inactive.
        """
    def history(
        self,
        *,
        license: Optional[LicenseLike] = None,
        person: Optional[PersonLike] = None,
        actor: Optional[ActorLike] = None,
        kind: Optional[Union[HistoryKind, str]] = None,
        since: Optional[TimeLike] = None,
        until: Optional[TimeLike] = None,
        from_: int = 0,
        newest_first: bool = False,
        limit: int = 1000,
    ) -> HistoryEntryRows:
        """The audit trail, filtered; from_ is the first number of a page.

        license: The license, by its id.
        person: The person, by their id.
        actor: Who did it.
        kind: What happened.
        since: At this instant or later.
        until: Before this instant.
        from_: Oldest first: rows after this one. Newest first: rows before it. 0: from the end one starts at.
        newest_first: The newest first, instead of the oldest.
        limit: How many rows, at most. 1 to 100,000.
        """
    def events_after(
        self,
        after: int = 0,
        limit: int = 1000,
    ) -> EventPage:
        """The events of all processes after that number: for a dispatcher that must lose nothing.

        after: The `next` of the page before; 0: from the start.
        limit: How many, at most.
        """
    def notifications_after(
        self,
        after: int = 0,
        limit: int = 1000,
    ) -> NotificationPage:
        """As events_after, one notification for each person and batch that gave them seats.

        after: The `next` of the page before; 0: from the start.
        limit: How many, at most; a page ends where a batch ends.
        """
    def seat_list(
        self,
        license: Optional[LicenseLike] = None,
        *,
        person: Optional[PersonLike] = None,
        search: str = '',
        inactive_only: bool = False,
        inactive_days: int = 30,
        new_seat_grace_days: int = 0,
        needs_review_only: bool = False,
        archived_only: bool = False,
        sort: Union[SeatSort, str] = 'assigned',
        descending: bool = False,
        after: str = '',
        limit: int = 100,
    ) -> SeatListPage:
        """The seat list of a license, a person or the book: filtered, sorted, in pages.

        license: Neither this nor `person`: the whole book.
        person: The person, by their id.
        search: In the holder's name or email, trimmed and folded, every character literal; empty: all.
        inactive_only: The reclaim candidates.
        inactive_days: Of 24 hours each; 0 to 36,500.
        new_seat_grace_days: Seats newer than this are not inactive.
        needs_review_only: Flagged when the holder was archived.
        archived_only: The holder is archived.
        sort: By what the rows are in order.
        descending: The last one first.
        after: `next` of the page before; empty: from the start. It belongs to one `sort` and `descending`; the filter may change from page to page.
        limit: How many rows, at most. 1 to 100,000, or ALL_ROWS.
        """
    def seat_figures(
        self,
        license: Optional[LicenseLike] = None,
        *,
        person: Optional[PersonLike] = None,
        inactive_days: int = 30,
        new_seat_grace_days: int = 0,
    ) -> SeatFigures:
        """The figures above that list.

        license: The license, by its id.
        person: The person, by their id.
        inactive_days: From how many days without use on a seat counts as inactive.
        new_seat_grace_days: Seats newer than this are not inactive.
        """
    def roster(
        self,
        license: LicenseLike,
        *,
        active_only: bool = False,
        after: Optional[SeatLike] = None,
        limit: int = 1000,
    ) -> RosterPage:
        """Everybody who holds or has held a seat of the license.

        license: The license, by its id.
        active_only: Only seats that are held.
        after: `next` of the page before; 0: from the start.
        limit: How many rows, at most. 1 to 100,000, or ALL_ROWS.
        """
    def export_seat_list(
        self,
        license: Optional[LicenseLike] = None,
        *,
        person: Optional[PersonLike] = None,
        search: str = '',
        inactive_only: bool = False,
        inactive_days: int = 30,
        new_seat_grace_days: int = 0,
        needs_review_only: bool = False,
        archived_only: bool = False,
        sort: Union[SeatSort, str] = 'assigned',
        descending: bool = False,
        profile: Union[CsvProfile, str] = 'spreadsheet',
        utc_offset_minutes: int = 0,
        byte_order_mark: bool = False,
        to: FileLike = None,
    ) -> ExportReport:
        """The seat list as a CSV file, into a binary file or callable, or as bytes.

        license: Neither this nor `person`: the whole book.
        person: The person, by their id.
        search: In the holder's name or email, trimmed and folded, every character literal; empty: all.
        inactive_only: The reclaim candidates.
        inactive_days: Of 24 hours each; 0 to 36,500.
        new_seat_grace_days: Seats newer than this are not inactive.
        needs_review_only: Flagged when the holder was archived.
        archived_only: The holder is archived.
        sort: By what the rows are in order.
        descending: The last one first.
        profile: How texts stand in the cells: `spreadsheet`, for people, or `exact`, for programs.
        utc_offset_minutes: Which day an instant falls on, in the profile `spreadsheet`: minutes east of UTC, -1440 to 1440; never a day before 1970 or after 2200. `exact` is always in UTC.
        byte_order_mark: Starts the file with the UTF-8 byte order mark, by which some spreadsheets know the encoding.
        to: A binary file, or what is called with each piece; None: the answer has the bytes.
        """
    def export_roster(
        self,
        license: LicenseLike,
        *,
        include_cost: bool = False,
        profile: Union[CsvProfile, str] = 'spreadsheet',
        utc_offset_minutes: int = 0,
        byte_order_mark: bool = False,
        to: FileLike = None,
    ) -> ExportReport:
        """The roster as a CSV file, into a binary file or callable, or as bytes.

        license: The license, by its id.
        include_cost: Appends `Cost Per Seat Override`.
        profile: How texts stand in the cells: `spreadsheet`, for people, or `exact`, for programs.
        utc_offset_minutes: Which day an instant falls on, in the profile `spreadsheet`: minutes east of UTC, -1440 to 1440; never a day before 1970 or after 2200. `exact` is always in UTC.
        byte_order_mark: Starts the file with the UTF-8 byte order mark, by which some spreadsheets know the encoding.
        to: A binary file, or what is called with each piece; None: the answer has the bytes.
        """
    def export_history(
        self,
        *,
        license: Optional[LicenseLike] = None,
        person: Optional[PersonLike] = None,
        actor: Optional[ActorLike] = None,
        kind: Optional[Union[HistoryKind, str]] = None,
        since: Optional[TimeLike] = None,
        until: Optional[TimeLike] = None,
        from_: int = 0,
        newest_first: bool = False,
        profile: Union[CsvProfile, str] = 'spreadsheet',
        utc_offset_minutes: int = 0,
        byte_order_mark: bool = False,
        to: FileLike = None,
    ) -> ExportReport:
        """The history as a CSV file, into a binary file or callable, or as bytes.

        license: The license, by its id.
        person: The person, by their id.
        actor: Who did it.
        kind: What happened.
        since: At this instant or later.
        until: Before this instant.
        from_: Oldest first: rows after this one. Newest first: rows before it. 0: from the end one starts at.
        newest_first: The newest first, instead of the oldest.
        profile: How texts stand in the cells: `spreadsheet`, for people, or `exact`, for programs.
        utc_offset_minutes: Which day an instant falls on, in the profile `spreadsheet`: minutes east of UTC, -1440 to 1440; never a day before 1970 or after 2200. `exact` is always in UTC.
        byte_order_mark: Starts the file with the UTF-8 byte order mark, by which some spreadsheets know the encoding.
        to: A binary file, or what is called with each piece; None: the answer has the bytes.
        """
    def utilization(
        self,
        *,
        by: Union[UtilizationBy, str] = 'license',
        license: Optional[LicenseLike] = None,
        product_group: Optional[str] = None,
        at_least_percent: Optional[int] = None,
        at_most_percent: Optional[int] = None,
        include_archived: bool = False,
    ) -> UtilizationRowRows:
        """How full licenses are and what they cost a month: by license, product group or book.

        by: What each row is of: a license, a product group or the book.
        license: Only that one.
        product_group: Only the licenses of that group, by the text as it is written; empty: those of none.
        at_least_percent: Only rows of so many percent of the total or more.
        at_most_percent: Only rows of so many percent of the total or less.
        include_archived: Archived licenses too; no seat of theirs is in use.
        """
    def reclaim_candidates(
        self,
        license: Optional[LicenseLike] = None,
        *,
        inactive_days: int = 30,
        new_seat_grace_days: int = 0,
        after: Optional[SeatLike] = None,
        limit: int = 1000,
    ) -> ReclaimPage:
        """The seats that nobody uses, with what freeing each saves a month.

        license: The license, by its id. None: of all licenses.
        inactive_days: Of 24 hours each; 0 to 36,500.
        new_seat_grace_days: Seats newer than this are not inactive.
        after: The last row of the page before; 0: from the start.
        limit: How many rows, at most. 1 to 100,000.
        """
    def holders_at(
        self,
        license: LicenseLike,
        at: TimeLike,
    ) -> HolderRowRows:
        """Who held a seat of the license at that instant.

        license: The license, by its id.
        at: The instant that is asked about.
        """
    def usage_over_time(
        self,
        license: Optional[LicenseLike] = None,
        *,
        since: Union[TimeLike, EllipsisType] = ...,
        until: TimeLike = '2200-12-31T23:59:59.999999Z',
        limit: int = 1000,
    ) -> UsageOverTime:
        """Seats in use over time, as steps, of a license or of the book.

        license: The license, by its id. None: of the book.
        since: At this instant or later.
        until: Before this instant.
        limit: How many rows, at most. 1 to 100,000.
        """
    def peak_usage(
        self,
        license: Optional[LicenseLike] = None,
        *,
        since: Union[TimeLike, EllipsisType] = ...,
        until: TimeLike = '2200-12-31T23:59:59.999999Z',
    ) -> UsageStep:
        """The most seats in use between two instants.

        license: The license, by its id. None: of the book.
        since: At this instant or later.
        until: Before this instant.
        """
    def offboarding_times(
        self,
        license: Optional[LicenseLike] = None,
        *,
        since: Union[TimeLike, EllipsisType] = ...,
        until: TimeLike = '2200-12-31T23:59:59.999999Z',
        after: int = 0,
        limit: int = 1000,
    ) -> OffboardingTimes:
        """How long the seats of people who left stayed held.

        license: The license, by its id. None: of all licenses.
        since: At this instant or later.
        until: Before this instant.
        after: The last row of the page before; 0: from the start.
        limit: How many rows, at most. 1 to 100,000.
        """
    def import_roster(
        self,
        license: LicenseLike,
        csv: Union[str, bytes, bytearray, memoryview],
        *,
        profile: Union[CsvProfile, str] = 'spreadsheet',
        all_or_nothing: bool = False,
        dry_run: bool = False,
        progress: ProgressLike = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> RosterReport:
        """Gives the people of a CSV file seats on the license; answers what became of each row.

        license: The license, by its id.
        csv: The whole file.
        profile: How texts stand in the cells: `spreadsheet`, for people, or `exact`, for programs.
        all_or_nothing: Changes nothing and raises where any item would be refused.
        dry_run: Only tells what would happen, and changes nothing.
        progress: A Progress, or what is called with (rows done, rows in all); False ends the import.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        """
    def import_people(
        self,
        csv: Union[str, bytes, bytearray, memoryview],
        *,
        columns: Optional[Union[PeopleColumns, Dict[str, Any]]] = None,
        profile: Union[CsvProfile, str] = 'spreadsheet',
        all_or_nothing: bool = False,
        dry_run: bool = False,
        progress: ProgressLike = None,
        request_id: Optional[RequestIdLike] = None,
        max_bytes: int = 5242880,
    ) -> InventoryReport:
        """Adds the people of a CSV file; a column map lets files of other products load as they are.

        csv: The whole file.
        columns: A PeopleColumns, or a dict with its members.
        profile: How texts stand in the cells: `spreadsheet`, for people, or `exact`, for programs.
        all_or_nothing: Changes nothing and raises where any item would be refused.
        dry_run: Only tells what would happen, and changes nothing.
        progress: A Progress, or what is called with (rows done, rows in all); False ends the import.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        max_bytes: The largest file that is accepted: 1 to 67,108,864 bytes; above 5,242,880 it may have 1,000,000 rows instead of 350,000.
        """
    def import_licenses(
        self,
        csv: Union[str, bytes, bytearray, memoryview],
        *,
        columns: Optional[Union[LicenseColumns, Dict[str, Any]]] = None,
        profile: Union[CsvProfile, str] = 'spreadsheet',
        date_order: Union[DateOrder, str] = 'iso',
        currency_sign: str = '',
        default_currency: str = '',
        default_owner: Optional[PersonLike] = None,
        all_or_nothing: bool = False,
        dry_run: bool = False,
        progress: ProgressLike = None,
        request_id: Optional[RequestIdLike] = None,
        max_bytes: int = 5242880,
    ) -> InventoryReport:
        """Adds the licenses of a CSV file, with owners and holders.

        csv: The whole file.
        columns: A LicenseColumns, or a dict with its members.
        profile: How texts stand in the cells: `spreadsheet`, for people, or `exact`, for programs.
        date_order: In which order a date of the file has its day and month.
        currency_sign: Taken off a cost, in front or behind, once: "$" makes `$12.58` a cost.
        default_currency: Of rows that have a cost and no currency.
        default_owner: Of rows that name no owner; without one the actor, if a person.
        all_or_nothing: Changes nothing and raises where any item would be refused.
        dry_run: Only tells what would happen, and changes nothing.
        progress: A Progress, or what is called with (rows done, rows in all); False ends the import.
        request_id: A UUID of the caller's: sent again, it changes nothing and raises RepeatedRequestError.
        max_bytes: The largest file that is accepted: 1 to 67,108,864 bytes; above 5,242,880 it may have 1,000,000 rows instead of 350,000.
        """
    def can(
        self,
        operation: Union[Operation, str],
    ) -> bool:
        """Returns whether the actor may do this operation at all.

        operation: The name of a method of the session, such as `assign`.
        """
    def why_not(
        self,
        operation: Union[Operation, str],
    ) -> Optional[Error]:
        """Returns the exception that says why can() is False, or None.

        operation: The name of a method of the session, such as `assign`.
        """

@final
class ExportReport:
    @property
    def rows(self) -> int:
        """How many rows the file has, without the header."""
    @property
    def bytes(self) -> int:
        """How long the file is."""
    @property
    def version(self) -> int:
        """Which rows: those that the book held then, in the order of then."""
    @property
    def csv(self) -> Any:  # bytes; None where something else has taken the file
        """The file, as bytes; None where something else has taken it."""

@final
class ManualClock:
    def __new__(cls, start: TimeLike) -> ManualClock: ...
    def set(self, instant: TimeLike) -> None: ...
    def advance(self, by: timedelta) -> None: ...
    def now(self) -> datetime: ...

@final
class Progress:
    def __new__(cls) -> Progress: ...
    @property
    def rows_done(self) -> int:
        """How many rows of the file are read."""
    @property
    def rows_total(self) -> int:
        """How many rows there are; 0 before that is known."""
    @property
    def cancelled(self) -> bool:
        """Whether cancel() was called."""
    def cancel(self) -> None: ...

@final
class Book:
    def session(
        self,
        actor: Optional[str] = None,
        *,
        person: Optional[PersonLike] = None,
        role: Union[Role, str] = "employee",
        permissions: Optional[Iterable[Union[Permission, str]]] = None,
    ) -> Session: ...
    @property
    def version(self) -> int:
        """The number of the last change that this book has seen."""
    @property
    def closed(self) -> bool:
        """Whether close() was called."""
    @property
    def listener_failures(self) -> int:
        """How many calls of listeners have raised."""
    @property
    def dropped_events(self) -> int:
        """How many events were not queued for listeners, as too many were waiting."""
    def refresh(self) -> int: ...
    def dump(self) -> str: ...
    def check_invariants(self) -> List[str]: ...
    def backup_to(self, path: Union[str, PathLike[str]]) -> None: ...
    def subscribe(self, listener: Callable[[Event], Any]) -> int: ...
    def subscribe_notifications(self, listener: Callable[[Notification], Any]) -> int: ...
    def unsubscribe(self, listener: int) -> None: ...
    def close(self) -> None: ...
    def __enter__(self) -> Book: ...
    def __exit__(self, *args: Any) -> None: ...

def open(
    path: Union[None, str, PathLike[str]] = None,
    *,
    storage: Optional[Storage] = None,
    clock: Optional[ManualClock] = None,
    allow_clock_behind: bool = False,
    read_only: bool = False,
    must_exist: bool = False,
    durability: str = "full",
    on_listener_error: Optional[Callable[[int, str], Any]] = None,
    book: str = "main",
    schema: str = "seatbook",
    connect_timeout_ms: int = ...,
    lock_timeout_ms: int = ...,
    statement_timeout_ms: int = ...,
    idle_transaction_timeout_ms: int = ...,
    tcp_timeout_ms: int = ...,
    retry_for_ms: int = ...,
) -> Book: ...
def create_schema(
    url: str,
    *,
    book: str = "main",
    schema: str = "seatbook",
    connect_timeout_ms: int = ...,
    lock_timeout_ms: int = ...,
    statement_timeout_ms: int = ...,
    idle_transaction_timeout_ms: int = ...,
    tcp_timeout_ms: int = ...,
    retry_for_ms: int = ...,
) -> None: ...
def codes() -> Dict[str, int]: ...
