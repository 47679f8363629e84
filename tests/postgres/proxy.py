"""A proxy on loopback before a PostgreSQL server, which cuts connections around COMMIT.

What a client sends is passed on as it comes, until a piece of it holds a COMMIT. Then, by chance:

    before    the connection is cut, and the server never sees the piece
    half      the server sees a part of it
    late      the connection is cut at once; the server gets the piece a little later
    after     the server gets it and answers; the client is cut off before it sees the answer
    stall     the piece is passed on after a pause, and nothing is cut

After some of the cuts nobody gets through for a while (`refuse_after`), so that it stays unknown what
became of the COMMIT. The proxy counts what it has done.
"""

import asyncio
import contextlib
import random
import socket
import struct
import threading
import time
from collections import Counter

KINDS = ("before", "half", "late", "after", "stall")
PIECE = 1 << 16
SHORT_PIECE = 200
LONGEST_PAUSE = 1.5
LONGEST_REFUSAL = 1.0
# How long it waits for an answer that it will not pass on.
ANSWER_SECONDS = 3


class Connection:
    """One client's, and the server's end of it."""

    def __init__(self, proxy, client, server):
        self.proxy = proxy
        self.client_reader, self.client = client
        self.server_reader, self.server = server
        self.answers_pass = True
        self.answered = asyncio.Event()

    async def run(self):
        """Passes on in both directions until either ends."""
        pumps = [asyncio.ensure_future(self.pump_requests()),
                 asyncio.ensure_future(self.pump_answers())]  # fmt: skip
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            if not self.answers_pass:
                # The client is gone; the server may still be at its last request.
                await asyncio.wait(pumps)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            self.cut()

    async def pump_answers(self):
        """From the server to the client."""
        with contextlib.suppress(ConnectionError):
            while piece := await self.server_reader.read(PIECE):
                self.answered.set()
                if self.answers_pass:
                    self.client.write(piece)
                    await self.client.drain()

    async def pump_requests(self):
        """From the client to the server, with what the proxy is there for."""
        with contextlib.suppress(ConnectionError):
            while piece := await self.client_reader.read(PIECE):
                kind = self.proxy.choose(piece) if b"commit" in piece.lower() else None
                if kind:
                    self.proxy.counts[kind] += 1
                    if not await getattr(self, "_" + kind)(piece):
                        return
                else:
                    await self.pass_on(piece)

    async def pass_on(self, piece):
        """To the server."""
        self.answered.clear()
        self.server.write(piece)
        await self.server.drain()

    # Each answers whether the connection goes on.

    async def _before(self, _):
        return False

    async def _half(self, piece):
        await self.pass_on(piece[: self.proxy.random.randrange(1, len(piece))])
        return False

    async def _late(self, piece):
        self.answers_pass = False
        self.cut_off(self.client)
        await asyncio.sleep(self.proxy.random.uniform(0, 0.4))
        await self.pass_on(piece)
        await self._answer()
        return False

    async def _after(self, piece):
        self.answers_pass = False
        await self.pass_on(piece)
        await self._answer()
        self.cut_off(self.client)
        return False

    async def _stall(self, piece):
        await asyncio.sleep(self.proxy.random.uniform(0.01, LONGEST_PAUSE))
        await self.pass_on(piece)
        return True

    async def _answer(self):
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.answered.wait(), ANSWER_SECONDS)
        self.cut_off(self.server)

    def cut(self):
        """Ends it, whatever is going on."""
        self.cut_off(self.client)
        self.cut_off(self.server)

    def cut_off(self, writer):
        """Ends one end of it: in order, or as a machine that knows nothing of it any more."""
        if self.proxy.random.random() < 0.5:
            with contextlib.suppress(OSError):
                writer.get_extra_info("socket").setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                )
        writer.transport.abort()


class Proxy:
    """The proxy of one block: `port` is its port while it runs, in a thread of its own."""

    def __init__(self, server_port, seed=1):
        self.server_port = server_port
        self.random = random.Random(seed)
        self.counts = Counter()
        # Every how many seconds, about; none: never. `kinds` are the ways to choose from.
        self.every = None
        self._next = 0.0
        self.kinds = KINDS
        # After which share of the cuts nobody gets through for a while.
        self.refuse_after = 0.0
        self._refused_until = 0.0
        self.port = None
        self._connections = set()
        self._started = threading.Event()

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="proxy")
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def choose(self, piece):
        """What becomes of a piece with a COMMIT; none: it passes."""
        if self.every is None or time.monotonic() < self._next:
            return None
        # Most of them commit what they bring: one that brings nothing only ends something.
        if len(piece) < SHORT_PIECE and self.every and self.random.randrange(4):
            return None
        self._next = time.monotonic() + self.random.uniform(0, 2 * self.every)
        kind = self.random.choice(self.kinds)
        if kind != "stall" and self.random.random() < self.refuse_after:
            self._refused_until = time.monotonic() + self.random.uniform(0.1, LONGEST_REFUSAL)
            self.counts["nobody let through"] += 1
        return kind

    def cut_all(self):
        """Cuts every connection there is, whatever is going on in it. Answers how many."""
        done = threading.Event()
        count = []

        def cut():
            count.append(len(self._connections))
            for connection in list(self._connections):
                connection.cut()
            done.set()

        self._loop.call_soon_threadsafe(cut)
        done.wait()
        self.counts["all at once"] += count[0]
        return count[0]

    def _run(self):
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self):
        self._stop = asyncio.Event()
        self._tasks = set()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        await self._stop.wait()
        server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader, writer):
        task = asyncio.current_task()
        self._tasks.add(task)
        try:
            if time.monotonic() < self._refused_until:
                raise ConnectionRefusedError
            server = await asyncio.open_connection("127.0.0.1", self.server_port)
            connection = Connection(self, (reader, writer), server)
            self._connections.add(connection)
            try:
                await connection.run()
            finally:
                self._connections.discard(connection)
        except OSError:
            writer.transport.abort()  # nobody gets through, or the server is not there
        except asyncio.CancelledError:
            pass  # the block has ended; nobody waits for this task to say so
        finally:
            self._tasks.discard(task)
