# Written by bindings/python/tools/stub.py: change what it reads, not this.
from datetime import date, datetime
from decimal import Decimal
from os import PathLike
from types import EllipsisType
from typing import (
    Any, BinaryIO, Callable, ClassVar, Dict, Iterable, Iterator, List, Optional, Tuple, Union, overload,
)
from uuid import UUID

from ._enums import (
    BillingPeriod, CapacityPolicy, Code, CsvProfile, DateOrder, EventKind, HistoryKind,
    InventoryOutcome, LicenseState, OffboardingOutcome, Operation, Permission, PersonState, Role,
    RosterOutcome, SeatSort, UtilizationBy,
)
from ._ids import ActorId, AssignmentId, LicenseId, PersonId
from ._storage import Storage

TimeLike = Union[datetime, str, int]
DateLike = Union[date, str, int]
MoneyLike = Union[Decimal, str, int]
RequestIdLike = Union[UUID, bytes, str]
FileLike = Union[None, BinaryIO, Callable[[bytes], Optional[bool]]]
PersonLike = Union[PersonId, int, Person, PersonAnswer, PickerRow]
LicenseLike = Union[
    LicenseId, int, License, LicenseAnswer, UtilizationRow, RenewalRow, ArchivedOwnerRow
]
SeatLike = Union[
    AssignmentId, int, Assignment, SeatAnswer, SeatRow, SeatListRow, SoftwareRow, RosterRow,
    ReviewRow, ReclaimRow, HolderRow,
]
ActorLike = Union[ActorId, int, ActorRecord]


class Outcome:
    __match_args__: ClassVar[Tuple[str, str, str]]
    @property
    def code(self) -> Code: ...
    @property
    def item(self) -> int: ...
    @property
    def assignment(self) -> Optional[AssignmentId]: ...

class BulkSummary:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str]]
    @property
    def done(self) -> int: ...
    @property
    def skipped(self) -> int: ...
    @property
    def no_seats_remaining(self) -> int: ...
    @property
    def already_assigned(self) -> int: ...
    @property
    def license_archived(self) -> int: ...
    @property
    def person_archived(self) -> int: ...
    @property
    def person_erased(self) -> int: ...
    @property
    def other(self) -> int: ...
    def assign_text(self) -> str: ...

class PersonAnswer:
    __match_args__: ClassVar[Tuple[str, str, str, str]]
    @property
    def person(self) -> PersonId: ...
    @property
    def revision(self) -> int: ...
    @property
    def flags_changed(self) -> int: ...
    @property
    def version(self) -> int: ...

class LicenseAnswer:
    __match_args__: ClassVar[Tuple[str, str, str]]
    @property
    def license(self) -> LicenseId: ...
    @property
    def revision(self) -> int: ...
    @property
    def version(self) -> int: ...

class SeatAnswer:
    __match_args__: ClassVar[Tuple[str, str, str]]
    @property
    def assignment(self) -> AssignmentId: ...
    @property
    def revision(self) -> int: ...
    @property
    def version(self) -> int: ...

class BulkAnswer:
    __match_args__: ClassVar[Tuple[str, str, str, str]]
    @property
    def outcomes(self) -> Tuple[Outcome, ...]: ...
    @property
    def summary(self) -> BulkSummary: ...
    @property
    def dry_run(self) -> bool: ...
    @property
    def version(self) -> int: ...

class SeatUse:
    __match_args__: ClassVar[Tuple[str, str, str, str]]
    def __init__(self, **members: Any) -> None: ...
    @property
    def assignment(self) -> AssignmentId: ...
    @property
    def license(self) -> LicenseId: ...
    @property
    def email(self) -> str: ...
    @property
    def used_at(self) -> datetime: ...

class PeopleColumns:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str]]
    def __init__(self, **members: Any) -> None: ...
    @property
    def name(self) -> str: ...
    @property
    def first_name(self) -> str: ...
    @property
    def last_name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def host_key(self) -> str: ...
    @property
    def active(self) -> str: ...

class LicenseColumns:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str]]
    def __init__(self, **members: Any) -> None: ...
    @property
    def name(self) -> str: ...
    @property
    def vendor(self) -> str: ...
    @property
    def product_group(self) -> str: ...
    @property
    def host_key(self) -> str: ...
    @property
    def total_seats(self) -> str: ...
    @property
    def cost_per_seat(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def billing_period(self) -> str: ...
    @property
    def renewal_date(self) -> str: ...
    @property
    def policy(self) -> str: ...
    @property
    def owner_email(self) -> str: ...
    @property
    def holder_email(self) -> str: ...

class Person:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str]]
    @property
    def id(self) -> PersonId: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def host_key(self) -> str: ...
    @property
    def state(self) -> PersonState: ...
    @property
    def revision(self) -> int: ...

class PersonRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Person]: ...
    @overload
    def __getitem__(self, index: int) -> Person: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class License:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def id(self) -> LicenseId: ...
    @property
    def name(self) -> str: ...
    @property
    def vendor(self) -> str: ...
    @property
    def product_group(self) -> str: ...
    @property
    def host_key(self) -> str: ...
    @property
    def total_seats(self) -> Optional[int]: ...
    @property
    def policy(self) -> CapacityPolicy: ...
    @property
    def owner(self) -> PersonId: ...
    @property
    def backup_owner(self) -> Optional[PersonId]: ...
    @property
    def cost_per_seat(self) -> Optional[Decimal]: ...
    @property
    def currency(self) -> str: ...
    @property
    def billing_period(self) -> BillingPeriod: ...
    @property
    def renewal_date(self) -> Optional[date]: ...
    @property
    def state(self) -> LicenseState: ...
    @property
    def revision(self) -> int: ...

class LicenseRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[License]: ...
    @overload
    def __getitem__(self, index: int) -> License: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class Assignment:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def id(self) -> AssignmentId: ...
    @property
    def license(self) -> LicenseId: ...
    @property
    def person(self) -> PersonId: ...
    @property
    def assigned_at(self) -> datetime: ...
    @property
    def assigned_by(self) -> ActorId: ...
    @property
    def revoked_at(self) -> Optional[datetime]: ...
    @property
    def revoked_by(self) -> Optional[ActorId]: ...
    @property
    def revoke_reason(self) -> str: ...
    @property
    def access_level(self) -> str: ...
    @property
    def account(self) -> str: ...
    @property
    def notes(self) -> str: ...
    @property
    def cost_override(self) -> Optional[Decimal]: ...
    @property
    def needs_review(self) -> bool: ...
    @property
    def revision(self) -> int: ...

class ActorRecord:
    __match_args__: ClassVar[Tuple[str, str, str]]
    @property
    def id(self) -> ActorId: ...
    @property
    def actor(self) -> str: ...
    @property
    def person(self) -> Optional[Optional[PersonId]]: ...

class LicenseTerms:
    __match_args__: ClassVar[Tuple[str, str, str, str]]
    @property
    def total_seats(self) -> Optional[int]: ...
    @property
    def policy(self) -> CapacityPolicy: ...
    @property
    def owner(self) -> PersonId: ...
    @property
    def backup_owner(self) -> Optional[PersonId]: ...

class HistoryRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def seq(self) -> int: ...
    @property
    def batch(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def actor(self) -> ActorId: ...
    @property
    def kind(self) -> HistoryKind: ...
    @property
    def license(self) -> Optional[LicenseId]: ...
    @property
    def person(self) -> Optional[PersonId]: ...
    @property
    def assignment(self) -> Optional[AssignmentId]: ...
    @property
    def counterpart(self) -> Optional[AssignmentId]: ...
    @property
    def before(self) -> Optional[LicenseTerms]: ...
    @property
    def after(self) -> Optional[LicenseTerms]: ...

class HistoryTexts:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str]]
    @property
    def seq(self) -> int: ...
    @property
    def name_before(self) -> str: ...
    @property
    def name_after(self) -> str: ...
    @property
    def email_before(self) -> str: ...
    @property
    def email_after(self) -> str: ...
    @property
    def reason(self) -> str: ...

class HistoryEntry:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str]]
    @property
    def row(self) -> HistoryRow: ...
    @property
    def texts(self) -> HistoryTexts: ...
    @property
    def actor(self) -> ActorRecord: ...
    @property
    def actor_name(self) -> str: ...
    @property
    def license_name(self) -> str: ...
    @property
    def person_name(self) -> str: ...

class HistoryEntryRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[HistoryEntry]: ...
    @overload
    def __getitem__(self, index: int) -> HistoryEntry: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class LicenseContacts:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str]]
    @property
    def owner(self) -> PersonId: ...
    @property
    def owner_archived(self) -> bool: ...
    @property
    def backup_owner(self) -> Optional[PersonId]: ...
    @property
    def backup_archived(self) -> bool: ...
    @property
    def approver(self) -> Optional[PersonId]: ...
    @property
    def renewal_recipients(self) -> Tuple[PersonId, ...]: ...

class SeatRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str]]
    @property
    def assignment(self) -> AssignmentId: ...
    @property
    def person(self) -> PersonId: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def archived(self) -> bool: ...
    @property
    def needs_review(self) -> bool: ...
    @property
    def assigned_at(self) -> datetime: ...
    @property
    def access_level(self) -> str: ...
    @property
    def account(self) -> str: ...
    @property
    def cost_override(self) -> Optional[Decimal]: ...

class SeatRowRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[SeatRow]: ...
    @overload
    def __getitem__(self, index: int) -> SeatRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class SoftwareRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str]]
    @property
    def assignment(self) -> AssignmentId: ...
    @property
    def license(self) -> LicenseId: ...
    @property
    def license_name(self) -> str: ...
    @property
    def needs_review(self) -> bool: ...
    @property
    def assigned_at(self) -> datetime: ...
    @property
    def access_level(self) -> str: ...
    @property
    def account(self) -> str: ...

class SoftwareRowRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[SoftwareRow]: ...
    @overload
    def __getitem__(self, index: int) -> SoftwareRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class PickerRow:
    __match_args__: ClassVar[Tuple[str, str, str]]
    @property
    def person(self) -> PersonId: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...

class PickerRowRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[PickerRow]: ...
    @overload
    def __getitem__(self, index: int) -> PickerRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class ReviewRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str]]
    @property
    def assignment(self) -> AssignmentId: ...
    @property
    def license(self) -> LicenseId: ...
    @property
    def license_name(self) -> str: ...
    @property
    def person(self) -> PersonId: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def archived(self) -> bool: ...
    @property
    def assigned_at(self) -> datetime: ...
    @property
    def flagged_at(self) -> datetime: ...
    @property
    def waiting_days(self) -> int: ...

class ReviewRowRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[ReviewRow]: ...
    @overload
    def __getitem__(self, index: int) -> ReviewRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class ArchivedOwnerRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str]]
    @property
    def license(self) -> LicenseId: ...
    @property
    def license_name(self) -> str: ...
    @property
    def owner(self) -> PersonId: ...
    @property
    def owner_archived(self) -> bool: ...
    @property
    def backup_owner(self) -> Optional[PersonId]: ...
    @property
    def backup_archived(self) -> bool: ...

class ArchivedOwnerRowRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[ArchivedOwnerRow]: ...
    @overload
    def __getitem__(self, index: int) -> ArchivedOwnerRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class SeatListRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def assignment(self) -> AssignmentId: ...
    @property
    def license(self) -> LicenseId: ...
    @property
    def license_name(self) -> str: ...
    @property
    def person(self) -> PersonId: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def archived(self) -> bool: ...
    @property
    def needs_review(self) -> bool: ...
    @property
    def inactive(self) -> bool: ...
    @property
    def assigned_at(self) -> datetime: ...
    @property
    def last_used_at(self) -> Optional[datetime]: ...
    @property
    def access_level(self) -> str: ...
    @property
    def account(self) -> str: ...
    @property
    def cost_override(self) -> Optional[Decimal]: ...

class SeatListRowRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[SeatListRow]: ...
    @overload
    def __getitem__(self, index: int) -> SeatListRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class RosterRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str]]
    @property
    def assignment(self) -> AssignmentId: ...
    @property
    def person(self) -> PersonId: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def archived(self) -> bool: ...
    @property
    def needs_review(self) -> bool: ...
    @property
    def access_level(self) -> str: ...
    @property
    def assigned_at(self) -> datetime: ...
    @property
    def revoked_at(self) -> Optional[datetime]: ...
    @property
    def cost_override(self) -> Optional[Decimal]: ...

class RosterRowRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[RosterRow]: ...
    @overload
    def __getitem__(self, index: int) -> RosterRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class SeatFigures:
    __match_args__: ClassVar[Tuple[str, str, str]]
    @property
    def total_assigned(self) -> int: ...
    @property
    def inactive(self) -> int: ...
    @property
    def available(self) -> Optional[int]: ...

class MoneyTotal:
    __match_args__: ClassVar[Tuple[str, str]]
    @property
    def currency(self) -> str: ...
    @property
    def monthly(self) -> Decimal: ...
    @property
    def twelfths(self) -> str: ...

class UtilizationRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def license(self) -> Optional[LicenseId]: ...
    @property
    def license_name(self) -> str: ...
    @property
    def product_group(self) -> str: ...
    @property
    def licenses(self) -> int: ...
    @property
    def used(self) -> int: ...
    @property
    def used_unlimited(self) -> int: ...
    @property
    def total(self) -> Optional[int]: ...
    @property
    def available(self) -> Optional[int]: ...
    @property
    def over_by(self) -> int: ...
    @property
    def basis_points(self) -> Optional[int]: ...
    @property
    def monthly_cost(self) -> Tuple[MoneyTotal, ...]: ...
    @property
    def monthly_waste(self) -> Tuple[MoneyTotal, ...]: ...
    @property
    def unpriced(self) -> int: ...

class UtilizationRowRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[UtilizationRow]: ...
    @overload
    def __getitem__(self, index: int) -> UtilizationRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class ReclaimRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def assignment(self) -> AssignmentId: ...
    @property
    def license(self) -> LicenseId: ...
    @property
    def license_name(self) -> str: ...
    @property
    def person(self) -> PersonId: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def archived(self) -> bool: ...
    @property
    def needs_review(self) -> bool: ...
    @property
    def assigned_at(self) -> datetime: ...
    @property
    def last_used_at(self) -> Optional[datetime]: ...
    @property
    def currency(self) -> str: ...
    @property
    def monthly_saving(self) -> Optional[Decimal]: ...

class ReclaimRowRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[ReclaimRow]: ...
    @overload
    def __getitem__(self, index: int) -> ReclaimRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class RenewalRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str]]
    @property
    def license(self) -> LicenseId: ...
    @property
    def license_name(self) -> str: ...
    @property
    def renewal_date(self) -> date: ...
    @property
    def recipients(self) -> Tuple[PersonId, ...]: ...
    @property
    def used(self) -> int: ...
    @property
    def total(self) -> Optional[int]: ...
    @property
    def right_sized_seats(self) -> int: ...
    @property
    def currency(self) -> str: ...
    @property
    def monthly_saving(self) -> Optional[Decimal]: ...

class RenewalRowRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[RenewalRow]: ...
    @overload
    def __getitem__(self, index: int) -> RenewalRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class HolderRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str]]
    @property
    def assignment(self) -> AssignmentId: ...
    @property
    def person(self) -> PersonId: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def erased(self) -> bool: ...
    @property
    def assigned_at(self) -> datetime: ...
    @property
    def revoked_at(self) -> Optional[datetime]: ...

class HolderRowRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[HolderRow]: ...
    @overload
    def __getitem__(self, index: int) -> HolderRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class UsageStep:
    __match_args__: ClassVar[Tuple[str, str, str, str, str]]
    @property
    def at(self) -> datetime: ...
    @property
    def used(self) -> int: ...
    @property
    def used_unlimited(self) -> int: ...
    @property
    def total(self) -> Optional[int]: ...
    @property
    def policy(self) -> Optional[CapacityPolicy]: ...

class UsageStepRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[UsageStep]: ...
    @overload
    def __getitem__(self, index: int) -> UsageStep: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class OffboardingRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str]]
    @property
    def flagged(self) -> int: ...
    @property
    def assignment(self) -> AssignmentId: ...
    @property
    def license(self) -> LicenseId: ...
    @property
    def license_name(self) -> str: ...
    @property
    def person(self) -> PersonId: ...
    @property
    def name(self) -> str: ...
    @property
    def outcome(self) -> OffboardingOutcome: ...
    @property
    def offboarded_at(self) -> datetime: ...
    @property
    def released_at(self) -> Optional[datetime]: ...
    @property
    def days(self) -> Optional[int]: ...

class OffboardingRowRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[OffboardingRow]: ...
    @overload
    def __getitem__(self, index: int) -> OffboardingRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class Event:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def seq(self) -> int: ...
    @property
    def kind(self) -> EventKind: ...
    @property
    def at(self) -> datetime: ...
    @property
    def version(self) -> int: ...
    @property
    def assignment(self) -> AssignmentId: ...
    @property
    def license(self) -> LicenseId: ...
    @property
    def license_name(self) -> str: ...
    @property
    def person(self) -> PersonId: ...
    @property
    def person_name(self) -> str: ...
    @property
    def person_email(self) -> str: ...
    @property
    def actor(self) -> ActorRecord: ...
    @property
    def actor_name(self) -> str: ...

class EventRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Event]: ...
    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class NotificationSeat:
    __match_args__: ClassVar[Tuple[str, str, str]]
    @property
    def assignment(self) -> AssignmentId: ...
    @property
    def license(self) -> LicenseId: ...
    @property
    def license_name(self) -> str: ...

class Notification:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str]]
    @property
    def version(self) -> int: ...
    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def person(self) -> PersonId: ...
    @property
    def person_name(self) -> str: ...
    @property
    def person_email(self) -> str: ...
    @property
    def seats(self) -> Tuple[NotificationSeat, ...]: ...
    @property
    def actor(self) -> ActorRecord: ...
    @property
    def actor_name(self) -> str: ...

class NotificationRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Notification]: ...
    @overload
    def __getitem__(self, index: int) -> Notification: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class RosterFileRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def line(self) -> int: ...
    @property
    def outcome(self) -> RosterOutcome: ...
    @property
    def code(self) -> Code: ...
    @property
    def column(self) -> int: ...
    @property
    def differs(self) -> bool: ...
    @property
    def first_line(self) -> int: ...
    @property
    def assignment(self) -> Optional[AssignmentId]: ...
    @property
    def email(self) -> str: ...
    @property
    def access_level(self) -> str: ...
    @property
    def cost(self) -> str: ...
    @property
    def date_removed(self) -> str: ...

class RosterFileRowRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[RosterFileRow]: ...
    @overload
    def __getitem__(self, index: int) -> RosterFileRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class InventoryRow:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str]]
    @property
    def line(self) -> int: ...
    @property
    def outcome(self) -> InventoryOutcome: ...
    @property
    def code(self) -> Code: ...
    @property
    def column(self) -> int: ...
    @property
    def first_line(self) -> int: ...
    @property
    def record(self) -> Optional[int]: ...
    @property
    def name(self) -> str: ...

class InventoryRowRows:
    columns: ClassVar[Tuple[str, ...]]
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[InventoryRow]: ...
    @overload
    def __getitem__(self, index: int) -> InventoryRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def _repr_html_(self) -> str: ...

class SeatListPage:
    @property
    def rows(self) -> SeatListRowRows: ...
    @property
    def next(self) -> str: ...
    @property
    def version(self) -> int: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[SeatListRow]: ...
    @overload
    def __getitem__(self, index: int) -> SeatListRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...

class RosterPage:
    @property
    def rows(self) -> RosterRowRows: ...
    @property
    def next(self) -> Optional[AssignmentId]: ...
    @property
    def version(self) -> int: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[RosterRow]: ...
    @overload
    def __getitem__(self, index: int) -> RosterRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...

class ReclaimAnswer:
    @property
    def rows(self) -> ReclaimRowRows: ...
    @property
    def more(self) -> bool: ...
    @property
    def candidates(self) -> int: ...
    @property
    def monthly_saving(self) -> Tuple[MoneyTotal, ...]: ...
    @property
    def unpriced(self) -> int: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[ReclaimRow]: ...
    @overload
    def __getitem__(self, index: int) -> ReclaimRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...

class UsageOverTime:
    @property
    def steps(self) -> UsageStepRows: ...
    @property
    def next(self) -> Optional[datetime]: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[UsageStep]: ...
    @overload
    def __getitem__(self, index: int) -> UsageStep: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...

class OffboardingTimes:
    @property
    def rows(self) -> OffboardingRowRows: ...
    @property
    def more(self) -> bool: ...
    @property
    def waiting(self) -> int: ...
    @property
    def kept(self) -> int: ...
    @property
    def released(self) -> int: ...
    @property
    def reactivated(self) -> int: ...
    @property
    def days_sum(self) -> int: ...
    @property
    def mean_days(self) -> Optional[int]: ...
    @property
    def median_days(self) -> Optional[int]: ...
    @property
    def longest_days(self) -> Optional[int]: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[OffboardingRow]: ...
    @overload
    def __getitem__(self, index: int) -> OffboardingRow: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...

class EventPage:
    @property
    def events(self) -> EventRows: ...
    @property
    def next(self) -> int: ...
    @property
    def more(self) -> bool: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Event]: ...
    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...

class NotificationPage:
    @property
    def notifications(self) -> NotificationRows: ...
    @property
    def next(self) -> int: ...
    @property
    def more(self) -> bool: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Notification]: ...
    @overload
    def __getitem__(self, index: int) -> Notification: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...

class RosterReport:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def rows(self) -> int: ...
    @property
    def added(self) -> int: ...
    @property
    def already_linked(self) -> int: ...
    @property
    def not_found(self) -> int: ...
    @property
    def invalid(self) -> int: ...
    @property
    def no_seats(self) -> int: ...
    @property
    def removed_rows(self) -> int: ...
    @property
    def not_added(self) -> Tuple[RosterFileRow, ...]: ...
    @property
    def columns(self) -> Tuple[str, ...]: ...
    @property
    def ignored_columns(self) -> Tuple[str, ...]: ...
    @property
    def dry_run(self) -> bool: ...
    @property
    def version(self) -> int: ...
    @property
    def unmatched_emails(self) -> Tuple[str, ...]: ...
    def to_csv(
        self,
        *,
        profile: Union[CsvProfile, str] = ...,
        utc_offset_minutes: int = ...,
        byte_order_mark: bool = ...,
    ) -> bytes: ...
    def column_name(self, row: RosterFileRow) -> str: ...

class InventoryReport:
    __match_args__: ClassVar[Tuple[str, str, str, str, str, str, str, str, str, str, str, str]]
    @property
    def rows(self) -> int: ...
    @property
    def added(self) -> int: ...
    @property
    def already_known(self) -> int: ...
    @property
    def invalid(self) -> int: ...
    @property
    def without_seat(self) -> int: ...
    @property
    def empty(self) -> int: ...
    @property
    def seats_given(self) -> int: ...
    @property
    def not_added(self) -> Tuple[InventoryRow, ...]: ...
    @property
    def columns(self) -> Tuple[str, ...]: ...
    @property
    def ignored_columns(self) -> Tuple[str, ...]: ...
    @property
    def dry_run(self) -> bool: ...
    @property
    def version(self) -> int: ...
    def column_name(self, row: InventoryRow) -> str: ...

class Usage:
    __match_args__: ClassVar[Tuple[str, str, str, str]]
    @property
    def used(self) -> int: ...
    @property
    def total(self) -> Optional[int]: ...
    @property
    def policy(self) -> CapacityPolicy: ...
    @property
    def archived(self) -> bool: ...
    @property
    def available(self) -> Optional[int]: ...
    @property
    def over_by(self) -> int: ...
    @property
    def can_assign(self) -> bool: ...
    @property
    def text(self) -> str: ...
    @property
    def available_text(self) -> str: ...

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
    ) -> PersonAnswer:
        """Adds somebody who can hold seats. Emails and host keys are unique."""
    def update_person(
        self,
        person: PersonLike,
        *,
        name: Union[Optional[str], EllipsisType] = ...,
        email: Union[Optional[str], EllipsisType] = ...,
        host_key: Union[Optional[str], EllipsisType] = ...,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> PersonAnswer:
        """Changes what is named; None clears an email or a host key."""
    def archive_person(
        self,
        person: PersonLike,
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> PersonAnswer:
        """Archives a person. Their seats stay in use and are flagged for review."""
    def reactivate_person(
        self,
        person: PersonLike,
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> PersonAnswer:
        """Makes an archived person active again and clears the flags of their seats."""
    def erase_person(
        self,
        person: PersonLike,
        *,
        revoke_first: bool = False,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> PersonAnswer:
        """Erases a person for good: name, email and texts. With revoke_first their seats are revoked."""
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
    ) -> LicenseAnswer:
        """Adds a license. total_seats=None is unlimited; without an owner it is the acting person."""
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
    ) -> LicenseAnswer:
        """Changes what is named; None clears."""
    def set_total_seats(
        self,
        license: LicenseLike,
        total_seats: Optional[int] = 1,
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> LicenseAnswer:
        """Changes the number of seats; None is unlimited. Never below those in use."""
    def set_policy(
        self,
        license: LicenseLike,
        policy: Union[CapacityPolicy, str],
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> LicenseAnswer:
        """Says what happens when all seats are taken: enforce or allow_over."""
    def set_owners(
        self,
        license: LicenseLike,
        *,
        owner: Union[Optional[PersonLike], EllipsisType] = ...,
        backup_owner: Union[Optional[PersonLike], EllipsisType] = ...,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> LicenseAnswer:
        """Sets the owner, the backup owner, or both at once; backup_owner=None takes it away."""
    def archive_license(
        self,
        license: LicenseLike,
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> LicenseAnswer:
        """Archives a license that nobody holds a seat of."""
    def reactivate_license(
        self,
        license: LicenseLike,
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> LicenseAnswer:
        """Makes an archived license active again."""
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
    ) -> SeatAnswer:
        """Gives a person a seat. Raises NoSeatsRemainingError where all are taken."""
    def bulk_assign(
        self,
        person: PersonLike,
        licenses: Iterable[LicenseLike],
        *,
        all_or_nothing: bool = False,
        dry_run: bool = False,
        request_id: Optional[RequestIdLike] = None,
    ) -> BulkAnswer:
        """Gives one person seats on several licenses, each on its own, in one batch."""
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
    ) -> BulkAnswer:
        """Gives several people a seat on one license, each on its own, in one batch."""
    def revoke(
        self,
        assignment: SeatLike,
        *,
        reason: str = '',
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> SeatAnswer:
        """Takes a seat back. The assignment stays, with its dates and the reason."""
    def revoke_all(
        self,
        person: PersonLike,
        *,
        reason: str = '',
        dry_run: bool = False,
        request_id: Optional[RequestIdLike] = None,
    ) -> BulkAnswer:
        """Takes back all seats of a person, in one batch."""
    def transfer(
        self,
        assignment: SeatLike,
        person: PersonLike,
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> SeatAnswer:
        """Hands a seat on to somebody else; it needs no free one."""
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
    ) -> SeatAnswer:
        """Changes access level, account, notes and cost of a seat; None clears."""
    def mark_reviewed(
        self,
        assignment: SeatLike,
        *,
        expected_revision: Optional[int] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> SeatAnswer:
        """Dismisses the review flag of a seat whose holder was archived, and keeps the seat."""
    def record_use(
        self,
        assignment: SeatLike,
        used_at: TimeLike,
        *,
        request_id: Optional[RequestIdLike] = None,
    ) -> SeatAnswer:
        """Notes when a seat was last used; the later time stands."""
    def record_uses(
        self,
        uses: Iterable[Union[SeatUse, Dict[str, Any]]],
        *,
        all_or_nothing: bool = False,
        dry_run: bool = False,
        request_id: Optional[RequestIdLike] = None,
    ) -> BulkAnswer:
        """Notes many last uses, by seat or by email and license, in one batch."""
    def people(
        self,
        *,
        after: Optional[PersonLike] = None,
        state: Optional[Union[PersonState, str]] = None,
        limit: int = 1000,
    ) -> PersonRows:
        """People by id, a page at a time: after, state, limit."""
    def licenses(
        self,
        *,
        after: Optional[LicenseLike] = None,
        state: Optional[Union[LicenseState, str]] = None,
        limit: int = 1000,
    ) -> LicenseRows:
        """Licenses by id, a page at a time: after, state, limit."""
    def get_person(
        self,
        person: PersonLike,
    ) -> Person:
        """One person."""
    def get_license(
        self,
        license: LicenseLike,
    ) -> License:
        """One license."""
    def get_assignment(
        self,
        assignment: SeatLike,
    ) -> Assignment:
        """One assignment, active or revoked."""
    def get_actor(
        self,
        actor: ActorLike,
    ) -> ActorRecord:
        """Who stands behind an actor id of history."""
    def find_person(
        self,
        email: str = '',
        *,
        host_key: str = '',
    ) -> Optional[PersonId]:
        """Who has that email or host key, if anybody; archived people included."""
    def find_license(
        self,
        host_key: str = '',
    ) -> Optional[LicenseId]:
        """Which license has that host key, if any."""
    def find_actor(
        self,
        actor: str = '',
        *,
        person: Optional[PersonLike] = None,
    ) -> Optional[ActorId]:
        """The id of a service or person that has changed something, if there is one."""
    def find_seat(
        self,
        license: LicenseLike,
        person: PersonLike,
    ) -> Optional[AssignmentId]:
        """The active assignment of that person to that license, if any."""
    def last_use(
        self,
        assignment: SeatLike,
    ) -> Optional[datetime]:
        """When the seat was last used, if ever."""
    def usage(
        self,
        license: LicenseLike,
    ) -> Usage:
        """How full the license is."""
    def license_seats(
        self,
        license: LicenseLike,
    ) -> SeatRowRows:
        """Who holds a seat of the license, oldest first."""
    def my_software(
        self,
        person: PersonLike,
    ) -> SoftwareRowRows:
        """The licenses on which the person holds a seat, oldest grant first."""
    def assignable_people(
        self,
        license: Optional[LicenseLike] = None,
        *,
        search: str = '',
        limit: int = 50,
    ) -> PickerRowRows:
        """Whom one may give a seat, by name; search looks in names and emails."""
    def needs_review(
        self,
        license: Optional[LicenseLike] = None,
    ) -> ReviewRowRows:
        """The flagged seats of a license or of the book, the longest waiting first."""
    def needs_review_count(
        self,
        license: Optional[LicenseLike] = None,
    ) -> int:
        """How many flagged seats there are."""
    def archived_owners(
        self,
    ) -> ArchivedOwnerRowRows:
        """The licenses whose owner or backup owner is archived."""
    def license_contacts(
        self,
        license: LicenseLike,
    ) -> LicenseContacts:
        """Owner, backup owner, approver and renewal recipients of a license."""
    def renewals_due(
        self,
        until: DateLike,
        *,
        inactive_days: int = 30,
        new_seat_grace_days: int = 0,
    ) -> RenewalRowRows:
        """The licenses that renew until that day, with the seats they would take."""
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
        """The audit trail, filtered; from_ is the first number of a page."""
    def events_after(
        self,
        after: int = 0,
        limit: int = 1000,
    ) -> EventPage:
        """The events of all processes after that number: for a dispatcher that must lose nothing."""
    def notifications_after(
        self,
        after: int = 0,
        limit: int = 1000,
    ) -> NotificationPage:
        """As events_after, one notification for each person and batch that gave them seats."""
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
        """The seat list of a license, a person or the book: filtered, sorted, in pages."""
    def seat_figures(
        self,
        license: Optional[LicenseLike] = None,
        *,
        person: Optional[PersonLike] = None,
        inactive_days: int = 30,
        new_seat_grace_days: int = 0,
    ) -> SeatFigures:
        """The figures above that list."""
    def roster(
        self,
        license: LicenseLike,
        *,
        active_only: bool = False,
        after: Optional[SeatLike] = None,
        limit: int = 1000,
    ) -> RosterPage:
        """Everybody who holds or has held a seat of the license."""
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
        """The seat list as a CSV file, into a binary file or callable, or as bytes."""
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
        """The roster as a CSV file, into a binary file or callable, or as bytes."""
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
        """The history as a CSV file, into a binary file or callable, or as bytes."""
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
        """How full licenses are and what they cost a month: by license, product group or book."""
    def reclaim_candidates(
        self,
        license: Optional[LicenseLike] = None,
        *,
        inactive_days: int = 30,
        new_seat_grace_days: int = 0,
        after: Optional[SeatLike] = None,
        limit: int = 1000,
    ) -> ReclaimAnswer:
        """The seats that nobody uses, with what freeing each saves a month."""
    def holders_at(
        self,
        license: LicenseLike,
        at: TimeLike,
    ) -> HolderRowRows:
        """Who held a seat of the license at that instant."""
    def usage_over_time(
        self,
        license: Optional[LicenseLike] = None,
        *,
        since: Union[TimeLike, EllipsisType] = ...,
        until: TimeLike = '2200-12-31T23:59:59.999999Z',
        limit: int = 1000,
    ) -> UsageOverTime:
        """Seats in use over time, as steps, of a license or of the book."""
    def peak_usage(
        self,
        license: Optional[LicenseLike] = None,
        *,
        since: Union[TimeLike, EllipsisType] = ...,
        until: TimeLike = '2200-12-31T23:59:59.999999Z',
    ) -> UsageStep:
        """The most seats in use between two instants."""
    def offboarding_times(
        self,
        license: Optional[LicenseLike] = None,
        *,
        since: Union[TimeLike, EllipsisType] = ...,
        until: TimeLike = '2200-12-31T23:59:59.999999Z',
        after: int = 0,
        limit: int = 1000,
    ) -> OffboardingTimes:
        """How long the seats of people who left stayed held."""
    def import_roster(
        self,
        license: LicenseLike,
        csv: Union[str, bytes],
        *,
        profile: Union[CsvProfile, str] = 'spreadsheet',
        all_or_nothing: bool = False,
        dry_run: bool = False,
        progress: Optional[Progress] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> RosterReport:
        """Gives the people of a CSV file seats on the license; answers what became of each row."""
    def import_people(
        self,
        csv: Union[str, bytes],
        *,
        columns: Optional[Union[PeopleColumns, Dict[str, Any]]] = None,
        profile: Union[CsvProfile, str] = 'spreadsheet',
        all_or_nothing: bool = False,
        dry_run: bool = False,
        progress: Optional[Progress] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> InventoryReport:
        """Adds the people of a CSV file; a column map lets files of other products load as they are."""
    def import_licenses(
        self,
        csv: Union[str, bytes],
        *,
        columns: Optional[Union[LicenseColumns, Dict[str, Any]]] = None,
        profile: Union[CsvProfile, str] = 'spreadsheet',
        date_order: Union[DateOrder, str] = 'iso',
        currency_sign: str = '',
        default_currency: str = '',
        default_owner: Optional[PersonLike] = None,
        all_or_nothing: bool = False,
        dry_run: bool = False,
        progress: Optional[Progress] = None,
        request_id: Optional[RequestIdLike] = None,
    ) -> InventoryReport:
        """Adds the licenses of a CSV file, with owners and holders."""
    def can(
        self,
        operation: Union[Operation, str],
    ) -> None:
        """Returns where the actor may do this operation at all, raises why not otherwise."""

class ExportReport:
    @property
    def rows(self) -> int: ...
    @property
    def bytes(self) -> int: ...
    @property
    def version(self) -> int: ...
    @property
    def csv(self) -> Any: ...

class ManualClock:
    def __init__(self, start: TimeLike) -> None: ...
    def set(self, instant: TimeLike) -> None: ...
    def advance(self, by: Any) -> None: ...
    def now(self) -> datetime: ...

class Progress:
    def __init__(self) -> None: ...
    @property
    def rows_done(self) -> int: ...
    @property
    def rows_total(self) -> int: ...
    @property
    def cancelled(self) -> bool: ...
    def cancel(self) -> None: ...

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
    def version(self) -> int: ...
    @property
    def closed(self) -> bool: ...
    @property
    def listener_failures(self) -> int: ...
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
) -> Book: ...
def codes() -> Dict[str, int]: ...
