"""A loopback proxy in front of a PostgreSQL server that cuts connections around COMMIT.

The proxy forwards client data unchanged until a chunk contains a COMMIT. It then picks one of these
at random:

    before    cut the connection; the server never sees the chunk
    half      send the server part of the chunk, then cut the connection
    late      cut the client immediately; send the server the chunk a little later
    after     send the server the chunk; cut the client before it sees the response
    stall     forward the chunk after a pause; cut nothing

After some of the cuts the proxy refuses new connections for a while (`refuse_after`), so that the
outcome of the COMMIT stays unknown. The proxy counts what it does.
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
CHUNK_BYTES = 1 << 16
SHORT_CHUNK_BYTES = 200
LONGEST_PAUSE = 1.5
LONGEST_REFUSAL = 1.0
# How long to wait for a server response that is not forwarded.
RESPONSE_SECONDS = 3


class Connection:
    """A client connection and the server connection that serves it."""

    def __init__(self, proxy, client, server):
        self.proxy = proxy
        self.client_reader, self.client = client
        self.server_reader, self.server = server
        self.forward_responses = True
        self.responded = asyncio.Event()

    async def run(self):
        """Forwards data in both directions until either side ends."""
        pumps = [asyncio.ensure_future(self.pump_requests()),
                 asyncio.ensure_future(self.pump_responses())]  # fmt: skip
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            if not self.forward_responses:
                # The client is gone; the server may still be executing its last request.
                await asyncio.wait(pumps)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            self.cut()

    async def pump_responses(self):
        """Forwards server data to the client."""
        with contextlib.suppress(ConnectionError):
            while chunk := await self.server_reader.read(CHUNK_BYTES):
                self.responded.set()
                if self.forward_responses:
                    self.client.write(chunk)
                    await self.client.drain()

    async def pump_requests(self):
        """Forwards client data to the server and disturbs the chunks with a COMMIT."""
        with contextlib.suppress(ConnectionError):
            while chunk := await self.client_reader.read(CHUNK_BYTES):
                kind = self.proxy.choose(chunk) if b"commit" in chunk.lower() else None
                if kind:
                    self.proxy.counts[kind] += 1
                    if not await getattr(self, "_" + kind)(chunk):
                        return
                else:
                    await self.forward(chunk)

    async def forward(self, chunk):
        """Sends a chunk to the server."""
        self.responded.clear()
        self.server.write(chunk)
        await self.server.drain()

    # The methods below return whether the connection stays open.

    async def _before(self, _):
        return False

    async def _half(self, chunk):
        await self.forward(chunk[: self.proxy.random.randrange(1, len(chunk))])
        return False

    async def _late(self, chunk):
        self.forward_responses = False
        self.cut_off(self.client)
        await asyncio.sleep(self.proxy.random.uniform(0, 0.4))
        await self.forward(chunk)
        await self._wait_for_response()
        return False

    async def _after(self, chunk):
        self.forward_responses = False
        await self.forward(chunk)
        await self._wait_for_response()
        self.cut_off(self.client)
        return False

    async def _stall(self, chunk):
        await asyncio.sleep(self.proxy.random.uniform(0.01, LONGEST_PAUSE))
        await self.forward(chunk)
        return True

    async def _wait_for_response(self):
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.responded.wait(), RESPONSE_SECONDS)
        self.cut_off(self.server)

    def cut(self):
        """Cuts both sides immediately."""
        self.cut_off(self.client)
        self.cut_off(self.server)

    def cut_off(self, writer):
        """Closes one side, either in an orderly way or with a TCP reset."""
        if self.proxy.random.random() < 0.5:
            with contextlib.suppress(OSError):
                writer.get_extra_info("socket").setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                )
        writer.transport.abort()


class Proxy:
    """Runs in a separate thread while its `with` block runs, on port `port`."""

    def __init__(self, server_port, seed=1):
        self.server_port = server_port
        self.random = random.Random(seed)
        self.counts = Counter()
        # Average seconds between disturbances (None: never), and the kinds to choose from.
        self.every = None
        self._next = 0.0
        self.kinds = KINDS
        # Fraction of the cuts after which new connections are refused for a while.
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

    def choose(self, chunk):
        """Returns the kind of disturbance for a chunk with a COMMIT, or None to forward it."""
        if self.every is None or time.monotonic() < self._next:
            return None
        # Prefer chunks that also carry the rows: a short one only ends a transaction.
        if len(chunk) < SHORT_CHUNK_BYTES and self.every and self.random.randrange(4):
            return None
        self._next = time.monotonic() + self.random.uniform(0, 2 * self.every)
        kind = self.random.choice(self.kinds)
        if kind != "stall" and self.random.random() < self.refuse_after:
            self._refused_until = time.monotonic() + self.random.uniform(0.1, LONGEST_REFUSAL)
            self.counts["refusal"] += 1
        return kind

    def cut_all(self):
        """Cuts every open connection. Returns how many there were."""
        done = threading.Event()
        count = []

        def cut():
            count.append(len(self._connections))
            for connection in list(self._connections):
                connection.cut()
            done.set()

        self._loop.call_soon_threadsafe(cut)
        done.wait()
        self.counts["cut together"] += count[0]
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
            writer.transport.abort()  # connections are refused, or the server is down
        except asyncio.CancelledError:
            pass  # the block has ended
        finally:
            self._tasks.discard(task)
