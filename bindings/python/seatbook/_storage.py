"""The interface of a storage written in Python."""

from typing import TYPE_CHECKING, Iterable, List, Optional, Tuple

from .generated.errors import UnsupportedStorageError

if TYPE_CHECKING:
    from ._core import ClockLike

Row = Tuple[str, int, int, bytes]
Batch = Tuple[int, bytes, List[Row]]


class Storage:
    """Stores the records of a book; pass one to `open(storage=...)`.

    A storage applies no rules. It keeps rows of (table, id, version, data): for each table and id
    the newest data and the version (the number of the batch) that wrote it. It never deletes a row.
    The data is JSON in UTF-8 and must be returned unchanged, except that a database may reorder
    members.

    A write calls lock(), read(), append() or append_group(), and unlock(). If lock() does nothing,
    append() and append_group() alone must guarantee a correct write.

    Raise `ConflictError` if another writer was first, `StorageFailedError` if definitely nothing
    was written, and `StorageUnknownError` if that is unknown. Any other exception counts as
    `StorageUnknownError` in append() and append_group(), and as `StorageFailedError` elsewhere, and
    propagates unchanged to the caller.

    A book calls its storage from one thread at a time, which can be any thread. Calling the book
    from a method of its storage raises InvalidArgumentError. A call from another thread waits for the
    method.
    """

    def read(self, after: int) -> Tuple[int, Iterable[Row]]:
        """Returns the stored version and the newest row of each record written after `after`.

        Each record occurs once, in any order. All rows are from one consistent snapshot."""
        raise NotImplementedError

    def append(self, base: int, token: bytes, rows: List[Row]) -> None:
        """Writes the rows atomically and durably as version base + 1.

        Raises ConflictError unless the stored version is `base`. The token, 16 bytes, identifies
        the batch."""
        raise NotImplementedError

    def largest_group(self) -> int:
        """Returns the maximum number of batches of one append_group(); above 64 counts as 64.

        Called once, by open(). Returns 1 by default: append_group() is not called."""
        return 1

    def append_group(self, batches: List[Batch]) -> None:
        """Writes one or more batches, each (base, token, rows), in this order: all of them or none.

        Called instead of append() for calls that wait for each other. Each batch is based on the
        one before it, and can have newer rows of the same records. Raises ConflictError unless the
        stored version is the base of the first."""
        raise NotImplementedError

    def sync(self) -> None:
        """Makes everything that read() has returned durable. Does nothing by default: it is."""

    def find(self, token: bytes) -> Optional[int]:
        """Returns the version of the batch with that token, for at least the last 10,000 batches.

        Returns None if the batch was not written and never will be."""
        raise NotImplementedError

    def seen(self, token: bytes) -> Optional[int]:
        """Returns the same as find(), but a result of None need not be final.

        Called between lock() and unlock() to recognize a repeated request id. Calls find() by
        default."""
        return self.find(token)

    def lock(self) -> None:
        """Blocks other writers of a shared storage until unlock(). Does nothing by default."""

    def unlock(self) -> None:
        """Releases the lock. Always called after lock() returned."""

    def clock(self) -> "ClockLike":
        """Returns the common clock of a storage that several machines share, as `open(clock=...)`
        accepts it, such as the clock of its server.

        A book uses it unless the host gave the book another one. Called once, by open(). It must
        not block; right after lock() or read() it should be as accurate as possible. Returns None
        by default: the clock of the machine."""
        return None

    def backup_to(self, path: str) -> None:
        """Copies one committed version to a new file, for `Book.backup_to()`.

        Any thread can call it, even while another call runs. It may use the book. Raises
        UnsupportedStorageError by default."""
        raise UnsupportedStorageError("this storage does not support copies")
