"""Tests of the storage contract, for storages written in Python.

    import unittest
    from seatbook.testing.storage import StorageContract

    class MyStorageTest(StorageContract, unittest.TestCase):
        def make_storage(self):
            return MyStorage(self.path)

Each test gets a new, empty storage. If records outlive the object, override `reopen` to return a
new object for the same records.
"""

import random
import threading
from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple

from .. import (
    ConflictError, Error, NoSeatsRemainingError, RepeatedRequestError, Session, Storage,
    StorageFailedError, StorageUnknownError, open as _open,
)  # fmt: skip
from . import NOON, manual_clock

__all__ = ["FailingStorage", "MemoryStorage", "StorageContract"]

Row = Tuple[str, int, int, bytes]
Batch = Tuple[int, bytes, List[Row]]


class MemoryStorage(Storage):
    """A minimal storage that keeps rows in a dict. Books of one process can share it."""

    def __init__(self) -> None:
        self.version = 0
        self.rows: Dict[Tuple[str, int], Tuple[int, bytes]] = {}
        self.tokens: Dict[bytes, int] = {}
        self._writer = threading.Lock()

    def read(self, after: int) -> Tuple[int, Iterable[Row]]:
        newer = [
            (table, number, version, data)
            for (table, number), (version, data) in self.rows.items()
            if version > after
        ]
        return self.version, newer

    def append(self, base: int, token: bytes, rows: List[Row]) -> None:
        if base != self.version:
            raise ConflictError(f"the stored version is {self.version}, not {base}")
        for table, number, version, data in rows:
            self.rows[table, number] = (version, data)
        self.version += 1
        self.tokens[token] = self.version

    def find(self, token: bytes) -> Optional[int]:
        return self.tokens.get(token)

    def lock(self) -> None:
        self._writer.acquire()

    def unlock(self) -> None:
        self._writer.release()


class FailingStorage(Storage):
    """Forwards calls to another storage, except for one call that fails.

    fail_at  the number of the call that fails, from 1
    call     the method to count: "read", "append" (also counts append_group()), "sync", "find"
             (also counts seen()), "lock" or "backup_to"
    error    the exception to raise
    after    whether the call executes before the exception is raised
    """

    def __init__(
        self,
        storage: Storage,
        *,
        fail_at: int = 0,
        call: str = "append",
        error: Optional[BaseException] = None,
        after: bool = False,
    ) -> None:
        self.storage = storage
        self.fail_at = fail_at
        self.call = call
        self.error: BaseException = error or StorageFailedError("simulated failure")
        self.after = after
        self.calls = 0

    def _forward(self, name: str, task: Callable[[], Any]) -> Any:
        failing = False
        if name == self.call:
            self.calls += 1
            failing = self.calls == self.fail_at
        if failing and not self.after:
            raise self.error
        result = task()
        if failing:
            raise self.error
        return result

    def read(self, after: int) -> Tuple[int, Iterable[Row]]:
        result: Tuple[int, Iterable[Row]] = self._forward("read", lambda: self.storage.read(after))
        return result

    def append(self, base: int, token: bytes, rows: List[Row]) -> None:
        self._forward("append", lambda: self.storage.append(base, token, rows))

    # Storages for 0.1 that do not derive from Storage lack some methods.

    def largest_group(self) -> int:
        largest: int = getattr(self.storage, "largest_group", super().largest_group)()
        return largest

    def append_group(self, batches: List[Batch]) -> None:
        self._forward("append", lambda: self.storage.append_group(batches))

    def sync(self) -> None:
        self._forward("sync", getattr(self.storage, "sync", super().sync))

    def find(self, token: bytes) -> Optional[int]:
        result: Optional[int] = self._forward("find", lambda: self.storage.find(token))
        return result

    def seen(self, token: bytes) -> Optional[int]:
        seen = getattr(self.storage, "seen", self.storage.find)
        result: Optional[int] = self._forward("find", lambda: seen(token))
        return result

    def lock(self) -> None:
        self._forward("lock", self.storage.lock)

    def unlock(self) -> None:
        self.storage.unlock()

    def clock(self) -> Any:
        return getattr(self.storage, "clock", super().clock)()

    def backup_to(self, path: str) -> None:
        backup_to = getattr(self.storage, "backup_to", super().backup_to)
        self._forward("backup_to", lambda: backup_to(path))


class _Recording(MemoryStorage):
    def __init__(self) -> None:
        super().__init__()
        self.batches: List[Batch] = []

    def append(self, base: int, token: bytes, rows: List[Row]) -> None:
        super().append(base, token, rows)
        self.batches.append((base, token, rows))


def _script(desk: Session) -> List[Callable[[], Any]]:
    """Returns commands that write records of all tables, with non-ASCII and empty texts."""
    return [
        lambda: desk.add_person(name="Ada Lovelace", email="ada@example.com", host_key="k-1"),
        lambda: desk.add_person(name="Bø 東京 𝕊", email="bo@büro.example"),
        lambda: desk.add_license(
            name="Inkwell", total_seats=2, owner=1, backup_owner=2, cost_per_seat="12.5801",
            currency="EUR", renewal_date="2027-02-28",
        ),
        lambda: desk.add_license(name="Quill", total_seats=None, owner=2),
        lambda: desk.assign(1, 1, access_level="Editor", notes="\"'\\\n\t{}[]", cost_override=0),
        lambda: desk.assign(1, 2),
        lambda: desk.bulk_assign(1, licenses=[1, 2]),
        lambda: desk.record_use(1, used_at=NOON),
        lambda: desk.archive_person(2),
        lambda: desk.mark_reviewed(2),
        lambda: desk.revoke(1, reason="left"),
        lambda: desk.update_person(1, name="Ada", email=None),
        lambda: desk.set_owners(2, owner=1),
        lambda: desk.set_owners(1, backup_owner=None),
        lambda: desk.erase_person(2, revoke_first=True),
    ]  # fmt: skip


def _batches() -> List[Batch]:
    storage = _Recording()
    with _open(storage=storage, clock=manual_clock()) as book:
        for command in _script(book.session("root", role="super_admin")):
            command()
    return storage.batches


class StorageContract:
    """A mixin for unittest.TestCase; see the docstring of the module."""

    remembered = 10_000
    """The number of tokens to look up. Tests of a slow storage can reduce it."""

    def make_storage(self) -> Storage:
        """Returns an empty storage."""
        raise NotImplementedError

    def reopen(self, storage: Storage) -> Storage:
        """Returns a storage with the same records: a new object if they outlive `storage`."""
        return storage

    # ------------------------------------------------------------------------- single calls

    def _read(self, storage: Storage, after: int = 0) -> Tuple[int, Dict[Tuple[str, int], Any]]:
        version, rows = storage.read(after)
        read: Dict[Tuple[str, int], Any] = {}
        for table, number, written, data in rows:
            assert (table, number) not in read, f"{table} {number} was read twice"
            read[table, number] = (written, bytes(data))
        return version, read

    def _append(self, storage: Storage, batch: Batch) -> None:
        storage.lock()
        try:
            storage.append(*batch)
        finally:
            storage.unlock()

    def _append_group(self, storage: Storage, batches: List[Batch]) -> None:
        storage.lock()
        try:
            storage.append_group(batches)
        finally:
            storage.unlock()

    def _largest_group(self, storage: Storage) -> int:
        return FailingStorage(storage).largest_group()

    def test_starts_empty(self) -> None:
        storage = self.make_storage()
        assert self._read(storage) == (0, {})
        assert storage.find(bytes(16)) is None

    def test_returns_written_rows(self) -> None:
        storage, twin = self.make_storage(), MemoryStorage()
        for batch in _batches():
            for each in (storage, twin):
                self._append(each, batch)
            assert self._read(storage) == self._read(twin)
            assert storage.find(batch[1]) == twin.version
        storage = self.reopen(storage)
        for after in range(twin.version + 2):
            version, rows = self._read(storage, after)
            assert version == twin.version
            assert rows == self._read(twin, after)[1], f"read({after})"
        for _, token, _ in _batches():
            assert storage.find(token) is None, "a token that was not written"

    def test_rejects_a_wrong_base_without_writing(self) -> None:
        storage = self.make_storage()
        batches = _batches()
        for batch in batches[:3]:
            self._append(storage, batch)
        before = self._read(storage)
        for base in (0, 2, 4, 100):
            token = bytes([base] * 16)
            rows = [(table, number, base + 1, data) for table, number, _, data in batches[3][2]]
            try:
                self._append(storage, (base, token, rows))
            except ConflictError:
                pass
            else:
                raise AssertionError(f"accepted a batch for version {base + 1} at version 3")
            assert self._read(storage) == before
            assert storage.find(token) is None
        self._append(storage, batches[3])

    def test_writes_groups_in_order(self) -> None:
        """Passes if the storage takes no groups, as the next test does."""
        batches = _batches()
        for wanted in (1, 2, 64):
            storage, twin = self.make_storage(), MemoryStorage()
            size = min(wanted, self._largest_group(storage))
            if self._largest_group(storage) < 2:
                return
            for at in range(0, len(batches), size):
                group = batches[at : at + size]
                self._append_group(storage, group)
                for batch in group:
                    self._append(twin, batch)
                assert self._read(storage) == self._read(twin)
            storage = self.reopen(storage)
            for after in range(twin.version + 2):
                assert self._read(storage, after) == self._read(twin, after), f"read({after})"
            for base, token, _ in batches:
                assert storage.find(token) == storage.seen(token) == base + 1

    def test_rejects_a_group_on_a_wrong_base_without_writing(self) -> None:
        storage = self.make_storage()
        if self._largest_group(storage) < 2:
            return
        batches = _batches()
        self._append_group(storage, batches[:3])
        before = self._read(storage)
        for base in (0, 2, 4, 100):
            group = [
                (number, bytes([number] * 16), [(*row[:2], number + 1, row[3]) for row in rows])
                for number, (_, _, rows) in enumerate(batches[3:6], base)
            ]
            try:
                self._append_group(storage, group)
            except ConflictError:
                pass
            else:
                raise AssertionError(f"accepted a group for version {base + 1} at version 3")
            assert self._read(storage) == before
            for _, token, _ in group:
                assert storage.find(token) is None
        self._append_group(storage, batches[3:5])

    def test_finds_the_last_tokens(self) -> None:
        storage = self.make_storage()
        random_bytes = random.Random(1)
        tokens = [bytes(random_bytes.choices(range(256), k=16)) for _ in range(self.remembered)]
        for base, token in enumerate(tokens):
            self._append(storage, (base, token, [("people", 1, base + 1, b"{}")]))
        storage = self.reopen(storage)
        for base, token in enumerate(tokens):
            assert storage.find(token) == base + 1

    # -------------------------------------------------------------------------------------- books

    def _book(self, storage: Storage) -> Any:
        return _open(storage=storage, clock=manual_clock())

    def test_a_reopened_book_is_unchanged(self) -> None:
        storage = self.make_storage()
        with self._book(storage) as book:
            for command in _script(book.session("root", role="super_admin")):
                command()
            dump = book.dump()
        with self._book(self.reopen(storage)) as book:
            assert book.dump() == dump
            assert book.check_invariants() == []

    def test_two_books_write_alternately_and_agree(self) -> None:
        storage = self.make_storage()
        with self._book(storage) as one, self._book(storage) as other:
            scripts = [_script(each.session("root", role="super_admin")) for each in (one, other)]
            for at in range(len(scripts[0])):
                scripts[at % 2][at]()
            one.refresh()
            other.refresh()
            assert one.dump() == other.dump()
            # Several batches swap two emails; one refresh reads all of them.
            desk = one.session("root", role="super_admin")
            first = desk.add_person(name="Cy", email="cy@example.com")
            second = desk.add_person(name="Di", email="di@example.com")
            other.refresh()
            desk.update_person(first, email="")
            desk.update_person(second, email="cy@example.com")
            desk.update_person(first, email="di@example.com")
            other.refresh()
            assert one.dump() == other.dump()

    def test_threads_of_two_books_never_assign_a_seat_twice(self) -> None:
        storage = self.make_storage()
        with self._book(storage) as one, self._book(storage) as other:
            desks = [each.session("root", role="super_admin") for each in (one, other)]
            people = [desks[0].add_person(name="P").person for _ in range(24)]
            license = desks[0].add_license(name="L", total_seats=10, owner=1).license
            errors: List[BaseException] = []

            def work(desk: Session, mine: List[Any]) -> None:
                for person in mine:
                    try:
                        desk.assign(license, person)
                    except NoSeatsRemainingError:
                        pass
                    except BaseException as error:  # noqa: B902 - checked below
                        errors.append(error)

            threads = [
                threading.Thread(target=work, args=[desks[at % 2], people[at::4]])
                for at in range(4)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert not errors, errors
            one.refresh()
            other.refresh()
            assert [desk.usage(license).used for desk in desks] == [10, 10]
            assert one.dump() == other.dump() and one.check_invariants() == []

    def test_every_book_recognizes_a_repeated_request(self) -> None:
        storage, request = self.make_storage(), bytes(range(16))
        with self._book(storage) as book:
            book.session("root", role="admin").add_person(name="Ada", request_id=request)
        for each in (storage, self.reopen(storage)):
            with self._book(each) as book:
                try:
                    book.session("root", role="admin").add_person(name="Ada", request_id=request)
                except RepeatedRequestError:
                    continue
                raise AssertionError("the same request was committed twice")

    def test_a_failure_at_any_call_loses_nothing_acknowledged(self) -> None:
        """Fails the first call of each kind, then the second, and so on until no call fails.

        Acknowledged commands must be stored, and failed commands must not be."""
        for name in ("append", "read", "lock"):
            self._fail_everywhere(call=name, error=StorageFailedError("simulated failure"))

    def test_an_unknown_result_is_looked_up(self) -> None:
        """The batch is written but append() raises: the book looks up its token."""
        error = StorageUnknownError("connection lost")
        self._fail_everywhere(call="append", error=error, after=True)

    def _fail_everywhere(self, **failure: Any) -> None:
        at, failed = 0, True
        while failed:
            at += 1
            storage = self.make_storage()
            failing = FailingStorage(storage, **failure)
            failed = False
            with self._book(failing) as book:
                failing.calls, failing.fail_at = 0, at
                for command in _script(book.session("root", role="super_admin")):
                    try:
                        command()
                    except Error:  # also errors that follow from the failed call
                        failed = True
                failed = failed or failing.calls >= at
                failing.fail_at = 0
                book.refresh()
                dump = book.dump()
                assert book.check_invariants() == []
            with self._book(self.reopen(storage)) as book:
                assert book.dump() == dump, f"{failure} at {at}"
