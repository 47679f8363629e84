"""The exceptions: one class per code, each derived from the best matching built-in exception."""

from typing import Any, Dict, Optional, Tuple, Type, Union

from ._enums import Code


class Error(Exception):
    """A call failed. Nothing was changed, unless the code states otherwise.

    code      identifies the violated rule
    message   one line for people; may change between releases
    field     the argument that caused the error, or ""
    index     in a bulk call, the index of the item, from 0; otherwise None
    values    numbers described at the code
    outcomes  of a refused bulk call: the result that each item would have had
    """

    _default = Code.internal

    def __init__(
        self,
        message: str = "",
        code: Optional[Code] = None,
        field: str = "",
        index: Optional[int] = None,
        values: Tuple[int, ...] = (),
        outcomes: Tuple[Any, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message: str = message
        self.code: Code = self._default if code is None else code
        self.field: str = field
        self.index: Optional[int] = index
        self.values: Tuple[int, ...] = values
        self.outcomes: Tuple[Any, ...] = outcomes

    def __str__(self) -> str:
        field = f" ({self.field})" if self.field else ""
        return f"{self.code.name}: {self.message}{field}"

    def __reduce__(self) -> Tuple[Any, ...]:
        return (
            type(self),
            (self.message, self.code, self.field, self.index, self.values, self.outcomes),
        )


class InvalidArgumentError(Error, ValueError):
    """A value that no book accepts: an unknown enumerator, a text over 1 MiB."""


class InvalidTextError(Error, ValueError):
    """A text that is not UTF-8, or that contains NUL (C51)."""


class FileTooLargeError(Error, ValueError):
    """More than 5,242,880 bytes (C31)."""


class InvalidFileEncodingError(Error, ValueError):
    """UTF-16, not UTF-8, or with a NUL byte (C34)."""


class MalformedCsvError(Error, ValueError):
    """An unclosed quote, text after a closing quote, a cell or row too large."""


class HeaderMissingError(Error, ValueError):
    """The file has no header line."""


class ColumnMissingError(Error, ValueError):
    """A column is missing in the header; `field` names it."""


class DuplicateColumnError(Error, ValueError):
    """A column occurs twice in the header; `field` names it (C30)."""


class BookClosedError(Error, RuntimeError):
    """`Book.close()` was called."""


class BookNeedsReopenError(Error, RuntimeError):
    """The book is in the failed state; open it again."""


class ClockBehindError(Error, RuntimeError):
    """The clock is more than 10 minutes behind the last batch (C52)."""


class BookBehindError(Error, RuntimeError):
    """`Session.at_least()` requests a version that is not committed yet."""


class BookForkedError(Error, RuntimeError):
    """This process is a fork of the one that opened the book."""


class BookReadOnlyError(Error, RuntimeError):
    """The book was opened read-only."""


class PermissionDeniedError(Error, PermissionError):
    """The actor lacks a permission (C43)."""


class RepeatedRequestError(Error, RuntimeError):
    """The request was committed before; `values`: {its version} (C58)."""


class PersonNotFoundError(Error, LookupError):
    """No person has that id."""


class PersonArchivedError(Error, RuntimeError):
    """The person is archived and cannot be assigned seats or licenses."""


class PersonErasedError(Error, RuntimeError):
    """The person is permanently erased."""


class LicenseNotFoundError(Error, LookupError):
    """No license has that id."""


class LicenseArchivedError(Error, RuntimeError):
    """The license is archived."""


class AssignmentNotFoundError(Error, LookupError):
    """No assignment has that id."""


class ActorNotFoundError(Error, LookupError):
    """No actor has that id."""


class RequiredError(Error, ValueError):
    """A required field is empty."""


class TextTooLongError(Error, ValueError):
    """A text is longer than the limit of its field."""


class InvalidEmailError(Error, ValueError):
    """Not of the form name@domain."""


class InvalidCurrencyError(Error, ValueError):
    """Not three upper-case letters."""


class OwnerRequiredError(Error, ValueError):
    """No owner is given and the actor is not a person (C23)."""


class TotalOutOfRangeError(Error, ValueError):
    """Not 0 to 1,000,000,000 and not unlimited."""


class MoneyOutOfRangeError(Error, ValueError):
    """Not 0 to 99,999,999.9999 (C53)."""


class InvalidMoneyError(Error, ValueError):
    """Not a plain decimal with at most four decimals (C33, C53)."""


class DateOutOfRangeError(Error, ValueError):
    """Outside the years 1970 to 2200."""


class InvalidDateError(Error, ValueError):
    """Not of the documented form, or not a calendar date."""


class LimitExceededError(Error, ValueError):
    """More records or items than a book or a call accepts."""


class StaleRevisionError(Error, RuntimeError):
    """The record was changed in the meantime; `values`: {the current revision} (C57)."""


class EmailTakenError(Error, RuntimeError):
    """Another person has the email; `values`: {that person} (C17)."""


class HostKeyTakenError(Error, RuntimeError):
    """Another record has the host key; `values`: {that record}."""


class BackupIsOwnerError(Error, RuntimeError):
    """Owner and backup owner must differ (B6, C20)."""


class TotalBelowUsedError(Error, RuntimeError):
    """The total is below the seats in use; `values`: {used, total} (C12)."""


class AlreadyAssignedError(Error, RuntimeError):
    """The person already holds a seat; `values`: {the active assignment} (A44)."""


class AlreadyRevokedError(Error, RuntimeError):
    """The assignment was revoked before (A45)."""


class NotFlaggedError(Error, RuntimeError):
    """The assignment is not flagged for review (C47)."""


class SamePersonError(Error, RuntimeError):
    """The seat is transferred to its current holder (C55)."""


class HasActiveSeatsError(Error, RuntimeError):
    """There are active assignments; `values`: those, at most 100 (C49, C50)."""


class OwnsLicensesError(Error, RuntimeError):
    """The person is owner or backup owner; `values`: the licenses, at most 100 (C49)."""


class UsedBeforeAssignedError(Error, RuntimeError):
    """A last use before the seat was assigned (C54)."""


class UsedInFutureError(Error, RuntimeError):
    """A last use more than 24 hours ahead of the clock (C54)."""


class CurrencyInUseError(Error, RuntimeError):
    """Seats in use have a cost override in the license's currency.

    `values`: those, at most 100 (C65).
    """


class NoSeatsRemainingError(Error, RuntimeError):
    """All seats of the license are in use (A43)."""


class BulkRefusedError(Error, RuntimeError):
    """`all_or_nothing` was set and at least one item failed; see `outcomes` (C46)."""


class ConflictError(Error, OSError):
    """Other writers were first at every attempt; nothing was written."""


class StorageFailedError(Error, OSError):
    """Definitely not written; the book stays usable."""


class StorageUnknownError(Error, OSError):
    """Possibly written; no further write until that is known."""


class StorageCorruptError(Error, OSError):
    """The stored records break the rules; the book is unusable."""


class StorageInUseError(Error, OSError):
    """Another process has the book open; the message names it."""


class NotABookError(Error, OSError):
    """The file or database belongs to something else."""


class FormatTooNewError(Error, OSError):
    """Written by a later release; `values`: {its format, the newest known}."""


class NeedsRecoveryError(Error, OSError):
    """The last writer was interrupted: open the book for writing once."""


class UnsupportedStorageError(Error, OSError):
    """This build has no such storage, or it does not support the call."""


class NeedsMigrationError(Error, OSError):
    """Written by an earlier release; `values`: {its format, the newest}."""


class OutOfMemoryError(Error, MemoryError):
    """Nothing was changed."""


class InternalError(Error, RuntimeError):
    """A bug in this library; nothing was acknowledged."""


class CancelledError(Error, RuntimeError):
    """The caller cancelled the call; an import changed nothing."""


_CLASSES: Dict[int, Type[Error]] = {
    Code.invalid_argument: InvalidArgumentError,
    Code.invalid_text: InvalidTextError,
    Code.file_too_large: FileTooLargeError,
    Code.invalid_file_encoding: InvalidFileEncodingError,
    Code.malformed_csv: MalformedCsvError,
    Code.header_missing: HeaderMissingError,
    Code.column_missing: ColumnMissingError,
    Code.duplicate_column: DuplicateColumnError,
    Code.book_closed: BookClosedError,
    Code.book_needs_reopen: BookNeedsReopenError,
    Code.clock_behind: ClockBehindError,
    Code.book_behind: BookBehindError,
    Code.book_forked: BookForkedError,
    Code.book_read_only: BookReadOnlyError,
    Code.permission_denied: PermissionDeniedError,
    Code.repeated_request: RepeatedRequestError,
    Code.person_not_found: PersonNotFoundError,
    Code.person_archived: PersonArchivedError,
    Code.person_erased: PersonErasedError,
    Code.license_not_found: LicenseNotFoundError,
    Code.license_archived: LicenseArchivedError,
    Code.assignment_not_found: AssignmentNotFoundError,
    Code.actor_not_found: ActorNotFoundError,
    Code.required: RequiredError,
    Code.text_too_long: TextTooLongError,
    Code.invalid_email: InvalidEmailError,
    Code.invalid_currency: InvalidCurrencyError,
    Code.owner_required: OwnerRequiredError,
    Code.total_out_of_range: TotalOutOfRangeError,
    Code.money_out_of_range: MoneyOutOfRangeError,
    Code.invalid_money: InvalidMoneyError,
    Code.date_out_of_range: DateOutOfRangeError,
    Code.invalid_date: InvalidDateError,
    Code.limit_exceeded: LimitExceededError,
    Code.stale_revision: StaleRevisionError,
    Code.email_taken: EmailTakenError,
    Code.host_key_taken: HostKeyTakenError,
    Code.backup_is_owner: BackupIsOwnerError,
    Code.total_below_used: TotalBelowUsedError,
    Code.already_assigned: AlreadyAssignedError,
    Code.already_revoked: AlreadyRevokedError,
    Code.not_flagged: NotFlaggedError,
    Code.same_person: SamePersonError,
    Code.has_active_seats: HasActiveSeatsError,
    Code.owns_licenses: OwnsLicensesError,
    Code.used_before_assigned: UsedBeforeAssignedError,
    Code.used_in_future: UsedInFutureError,
    Code.currency_in_use: CurrencyInUseError,
    Code.no_seats_remaining: NoSeatsRemainingError,
    Code.bulk_refused: BulkRefusedError,
    Code.conflict: ConflictError,
    Code.storage_failed: StorageFailedError,
    Code.storage_unknown: StorageUnknownError,
    Code.storage_corrupt: StorageCorruptError,
    Code.storage_in_use: StorageInUseError,
    Code.not_a_book: NotABookError,
    Code.format_too_new: FormatTooNewError,
    Code.needs_recovery: NeedsRecoveryError,
    Code.unsupported_storage: UnsupportedStorageError,
    Code.needs_migration: NeedsMigrationError,
    Code.out_of_memory: OutOfMemoryError,
    Code.internal: InternalError,
    Code.cancelled: CancelledError,
}
for _code, _class in _CLASSES.items():
    _class._default = Code(_code)


def class_of(code: Union[int, str]) -> Type[Error]:
    """Returns the class of a code or of its name; Error if this release does not know it."""
    known = Code.__members__.get(code) if isinstance(code, str) else code
    return Error if known is None else _CLASSES.get(known, Error)
