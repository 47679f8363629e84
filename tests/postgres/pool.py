"""Loopback connection pools in front of a PostgreSQL server.

PgBouncer runs the program of that name, and Pool works like it. In `session` mode a client keeps its server connection until it disconnects, in `transaction` mode
until its transaction ends. The pool picks the most recently used free connection (`order="last"`,
PgBouncer's default) or the least recently used one (`"turns"`). Clients need no password.
"""

import asyncio
import contextlib
import os
import secrets
import shutil
import socket
import struct
import tempfile
import threading
import time
from pathlib import Path

from server import free_port

SSL_REQUEST, GSS_REQUEST = 80877103, 80877104
PROTOCOL = 196608


def message(kind, payload):
    return kind + struct.pack("!I", len(payload) + 4) + payload


async def read_message(reader):
    """Returns the type and all bytes of the next message."""
    head = await reader.readexactly(5)
    rest = await reader.readexactly(struct.unpack("!I", head[1:])[0] - 4)
    return head[:1], head + rest


CONFIGURATION = """
[databases]
seatbook = host={server.socket_folder} port={server.port} user=seatbook
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = session
default_pool_size = 90
server_login_retry = 1
logfile = {folder}/log
"""
START_SECONDS = 20


class PgBouncer:
    """Runs in session mode while its `with` block runs, on port `port`."""

    # Debian's folder for it may not be on the PATH.
    program = shutil.which("pgbouncer", path=os.environ.get("PATH", "") + ":/usr/sbin")

    def __init__(self, server):
        self._server = server

    def __enter__(self):
        with contextlib.ExitStack() as opened:
            folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="seatbook-pool-"))
            self.port = free_port()
            file = Path(folder) / "pgbouncer.ini"
            file.write_text(
                CONFIGURATION.format(server=self._server, port=self.port, folder=folder),
                encoding="ascii",
            )
            process = self._server.start_program(folder, self.program, "--quiet", file)
            opened.callback(process.wait)
            opened.callback(process.kill)
            self._wait_until_ready(process)
            self._opened = opened.pop_all()
        return self

    def __exit__(self, *_):
        self._opened.close()

    @property
    def url(self):
        return f"postgresql://seatbook@127.0.0.1:{self.port}/seatbook?sslmode=disable"

    def _wait_until_ready(self, process):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            time.sleep(0.02)
        raise ConnectionError("pgbouncer did not start")


class Backend:
    """A connection to the server."""

    async def connect(self, socket_path, user, database):
        self.reader, self.writer = await asyncio.open_unix_connection(socket_path)
        startup = struct.pack("!I", PROTOCOL) + b"".join(
            part.encode() + b"\0"
            for part in ("user", user, "database", database, "client_encoding", "UTF8", "")
        )
        self.writer.write(struct.pack("!I", len(startup) + 4) + startup)
        self.parameters = b""
        while True:
            kind, whole = await read_message(self.reader)
            if kind == b"E":
                raise ConnectionError(whole)
            if kind == b"S":
                self.parameters += whole
            if kind == b"Z":
                return self

    async def execute(self, sql):
        """Executes a statement and discards its result."""
        self.writer.write(message(b"Q", sql.encode() + b"\0"))
        while (await read_message(self.reader))[0] != b"Z":
            pass


class Pool:
    """Runs in a separate thread while its `with` block runs, on port `port`."""

    def __init__(self, server, mode, order="last"):
        self.path = f"{server.socket_folder}/.s.PGSQL.{server.port}"
        self.user = self.database = "seatbook"
        self.session, self.order = mode == "session", order
        self.free = []
        self.port = None
        self._started = threading.Event()

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="pool")
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    @property
    def url(self):
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/{self.database}?sslmode=disable"

    def _run(self):
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen())
        self._loop.close()

    async def _listen(self):
        self._stop = asyncio.Event()
        self._tasks = set()
        for _ in range(2):
            self.free.append(await self._connect())
        listener = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = listener.sockets[0].getsockname()[1]
        self._started.set()
        await self._stop.wait()
        listener.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for backend in self.free:
            backend.writer.close()

    async def _connect(self):
        return await Backend().connect(self.path, self.user, self.database)

    async def _take(self):
        if not self.free:
            return await self._connect()
        return self.free.pop(-1 if self.order == "last" else 0)

    async def _accept(self, reader, writer):
        task = asyncio.current_task()
        self._tasks.add(task)
        try:
            with contextlib.suppress(asyncio.IncompleteReadError, OSError, asyncio.CancelledError):
                await self._serve(reader, writer)
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _serve(self, reader, writer):
        while True:
            size, code = struct.unpack("!II", await reader.readexactly(8))
            await reader.readexactly(size - 8)
            if code not in (SSL_REQUEST, GSS_REQUEST):
                break
            writer.write(b"N")
        backend = await self._take()
        try:
            writer.write(message(b"R", struct.pack("!I", 0)) + backend.parameters)
            # The key data is random: clients must not see the server process behind the pool.
            writer.write(message(b"K", secrets.token_bytes(8)) + message(b"Z", b"I"))
            in_transaction = b"I"
            while True:
                if not self.session and backend and in_transaction == b"I":
                    self.free.append(backend)
                    backend = None
                kind, whole = await read_message(reader)
                if kind == b"X":
                    break
                backend = backend or await self._take()
                backend.writer.write(whole)
                await backend.writer.drain()  # raises if the server has closed the connection
                if kind in b"SQ":
                    in_transaction = await self._forward_response(backend, writer)
                else:
                    in_transaction = None  # unknown until the next ReadyForQuery
            if backend and self.session:
                await backend.execute("DISCARD ALL")
                self.free.append(backend)
                backend = None
        finally:
            if backend:
                backend.writer.close()

    async def _forward_response(self, backend, writer):
        """Forwards messages up to ReadyForQuery and returns the transaction status in it."""
        while True:
            kind, whole = await read_message(backend.reader)
            writer.write(whole)
            await writer.drain()
            if kind == b"Z":
                return whole[-1:]
