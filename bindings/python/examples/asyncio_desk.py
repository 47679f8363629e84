"""A book in an asyncio program: runs the examples of docs/guides/asyncio.md in order."""

import asyncio
import functools
import tempfile
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, AsyncIterator, Callable, TypeVar

import seatbook

Result = TypeVar("Result")


# example: desk
class AsyncDesk:
    """A book for coroutines. Queries run directly, commands in one separate thread."""

    def __init__(self, book: seatbook.Book, desk: seatbook.Session) -> None:
        self.book = book
        self.desk = desk
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="seatbook")

    async def do(self, command: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
        """Executes a command: `await desk.do(desk.desk.assign, inkwell, ada)`."""
        call = functools.partial(command, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._writer, call)

    async def close(self) -> None:
        await self.do(self.book.close)
        self._writer.shutdown()


async def open_desk(path: Path) -> AsyncDesk:
    book = await asyncio.to_thread(seatbook.open, path)
    return AsyncDesk(book, book.session("web", role="admin"))
# end of example


async def give_seats(async_desk: AsyncDesk) -> None:
    # example: call
    desk = async_desk.desk
    ada = await async_desk.do(desk.add_person, name="Ada", email="ada@example.com")
    inkwell = await async_desk.do(desk.add_license, name="Inkwell", total_seats=1, owner=ada)
    try:
        await async_desk.do(desk.assign, inkwell, ada, access_level="Editor")
        await async_desk.do(desk.assign, inkwell, ada)
    except seatbook.AlreadyAssignedError as error:
        print(error.message)  # This user already has an active assignment for this license.
    print(desk.usage(inkwell))  # Usage(1/1, 0 available)
    # end of example


# example: events
async def events(book: seatbook.Book) -> AsyncIterator[seatbook.Event]:
    """Yields the events of the book from now on."""
    loop, queue = asyncio.get_running_loop(), asyncio.Queue[seatbook.Event]()
    # Listeners are called in the thread that made the change.
    listener = book.subscribe(lambda event: loop.call_soon_threadsafe(queue.put_nowait, event))
    try:
        while True:
            yield await queue.get()
    finally:
        book.unsubscribe(listener)
# end of example


# example: outbox
async def send_all(desk: seatbook.Session, sent: int, send: Callable[[seatbook.Event], Any]) -> int:
    """Sends every event after number `sent`. Returns the number of the last event sent."""
    while True:
        page = desk.events_after(sent, limit=100)
        for event in page:
            await send(event)
        sent = page.next  # store it with the state of the sender
        if not page.more:
            return sent
# end of example


# example: import
async def import_people(async_desk: AsyncDesk, csv: bytes) -> seatbook.InventoryReport:
    """Imports people. Cancels the import if the task is cancelled."""
    progress = seatbook.Progress()
    importing = asyncio.ensure_future(
        async_desk.do(async_desk.desk.import_people, csv=csv, progress=progress)
    )
    try:
        while not importing.done():
            await asyncio.wait([importing], timeout=0.1)
            print(f"{progress.rows_done} of {progress.rows_total} rows")
        return importing.result()
    except asyncio.CancelledError:
        progress.cancel()
        await asyncio.gather(importing, return_exceptions=True)
        raise
# end of example


# example: repeat
async def assign_within(
    async_desk: AsyncDesk, seconds: float, license: seatbook.LicenseId, person: seatbook.PersonId
) -> None:
    """Assigns a seat, with up to three attempts. The idempotency key makes retries safe."""
    request = uuid.uuid4()
    assign = async_desk.desk.assign
    for _ in range(3):
        call = async_desk.do(assign, license, person, request_id=request)
        try:
            await asyncio.wait_for(call, seconds)
            return
        except asyncio.TimeoutError:
            continue  # it may have been committed
        except seatbook.RepeatedRequestError:
            return  # it was
    raise TimeoutError("the book did not respond")
# end of example


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async_desk = await open_desk(Path(folder) / "acme.db")
        desk = async_desk.desk
        stream = events(async_desk.book)
        first = asyncio.ensure_future(stream.__anext__())
        await asyncio.sleep(0)  # the listener is subscribed
        await give_seats(async_desk)
        event = await asyncio.wait_for(first, 10)
        assert event.kind is seatbook.EventKind.software_assigned
        await stream.aclose()  # type: ignore[attr-defined]

        sent = []

        async def send(event: seatbook.Event) -> None:
            sent.append(event)

        assert await send_all(desk, 0, send) == await send_all(desk, 0, send)
        assert len(sent) == 2 and sent[0] == event

        report = await import_people(async_desk, b"Name\n" + b"Bo\n" * 10_000)
        assert report.added == 10_000
        before = async_desk.book.version
        task = asyncio.ensure_future(import_people(async_desk, b"Name\n" + b"Cy\n" * 200_000))
        await asyncio.sleep(0)  # the import has started
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            pass
        assert async_desk.book.version == before

        bo = desk.people(limit=2)[1].id
        await async_desk.do(desk.set_total_seats, 1, 2)
        await assign_within(async_desk, 10, desk.licenses()[0].id, bo)
        assert desk.usage(1).used == 2

        # Concurrent coroutines each get their result.
        receipts = await asyncio.gather(
            *(async_desk.do(desk.add_person, name=f"P{at}") for at in range(50))
        )
        assert len({receipt.person for receipt in receipts}) == 50
        await async_desk.close()


if __name__ == "__main__":
    asyncio.run(main())
