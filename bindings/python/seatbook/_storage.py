"""What a storage written in Python has to do."""

from typing import Iterable, List, Optional, Tuple

Row = Tuple[str, int, int, bytes]


class Storage:
    """Keeps the records of a book; pass one to `open(storage=...)`.

    A storage decides nothing. It keeps rows of (table, id, version, data): for every table and id
    the newest data and the version, the number of the batch, that wrote it; it never deletes one.
    The data are JSON in UTF-8 and handed back as they came; a database may order members anew.

    A write is: lock(), read(), append(), unlock(). Without a lock append() alone must be right.

    Raise `ConflictError` where others were first, `StorageFailedError` where nothing was written
    for certain, `StorageUnknownError` where that cannot be told. Any other exception is taken for
    the last in append() and for the second elsewhere, and comes out of the call unchanged.

    A book calls its storage from one thread at a time, and may call it from any. To use the book from
    in here raises a RuntimeError; in another thread it would wait for this call.
    """

    def read(self, after: int) -> Tuple[int, Iterable[Row]]:
        """The stored version, and the newest row of every record that a version above `after`
        wrote, each once, in any order, all of one moment."""
        raise NotImplementedError

    def append(self, base: int, token: bytes, rows: List[Row]) -> None:
        """Makes the rows durable, all or none, as version base + 1, if the stored one is `base`;
        raises ConflictError otherwise. The token, 16 bytes, names the batch."""
        raise NotImplementedError

    def find(self, token: bytes) -> Optional[int]:
        """Which version the batch of that token became, of the last 10,000 at least; None where it
        was not written and never will be."""
        raise NotImplementedError

    def lock(self) -> None:
        """Keeps other writers of a shared storage waiting until unlock(). Does nothing by itself."""

    def unlock(self) -> None:
        """Always called after a lock() that returned."""
