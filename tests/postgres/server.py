#!/usr/bin/env python3
"""A private PostgreSQL server for a test, a demo or a benchmark; gone when that is over.

    server.py run [--fsync] [--set NAME=VALUE]... [--log FILE] -- COMMAND [ARGUMENT]...

runs the command while a fresh server is up, with SEATBOOK_TEST_POSTGRES set to its URL, and ends as
the command ends. The server is reached by a socket in a private folder, and by TCP on loopback with
a password made for it. However the command ends, also by a signal, the server is stopped and its
files are removed. As root it runs under an unprivileged user, as PostgreSQL demands.

A test in Python uses PostgresServer itself.
"""

import argparse
import contextlib
import ctypes
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

VARIABLE = "SEATBOOK_TEST_POSTGRES"
ROLE = DATABASE = "seatbook"

# What is tested outlives processes, not power cuts: a test need not wait for the disk.
WITHOUT_FSYNC = {"fsync": "off", "full_page_writes": "off", "seatbook.allow_fsync_off": "on"}
SETTINGS = {
    "max_connections": "100",
    "shared_buffers": "64MB",
    "log_min_messages": "warning",
    "log_line_prefix": "%m %p ",
}

START_SECONDS = 60
STOP_SECONDS = 20
# The longest name that a socket in the file system may have, on any system PostgreSQL runs on.
LONGEST_SOCKET_PATH = 100


class ServerError(Exception):
    """The server cannot be found, made or started."""


def version_of(folder):
    """The number in /usr/lib/postgresql/15/bin, to sort by."""
    found = re.search(r"/(\d+)/bin$", str(folder))
    return int(found.group(1)) if found else 0


def find_binaries():
    """The folder with initdb and postgres: the newest of Debian's, or what PATH finds."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version_of, reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if all((folder / name).exists() for name in ("initdb", "postgres", "psql")):
            return folder
    raise ServerError("no PostgreSQL server here: see tools/setup.sh for the package")


def unprivileged_user():
    """For root: whom the server runs as. None for everybody else."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServerError("as root, this needs a user named postgres or nobody to run the server as")


def free_port():
    """A port of loopback that nobody has now; somebody may have it a moment later."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


@contextlib.contextmanager
def signals_held():
    """Lets a signal that says to end wait for the end of the block: a child that is being started
    would be nobody's if it came in the middle."""
    came = []
    held = {}
    if threading.current_thread() is threading.main_thread():
        held = {number: signal.getsignal(number) for number in ENDING_SIGNALS}
    for number, handler in held.items():
        if handler not in (None, signal.SIG_IGN):
            signal.signal(number, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for number, handler in held.items():
            if handler is not None:
                signal.signal(number, handler)
        for number in came:
            signal.raise_signal(number)


def end_with_parent():
    """In the child: a fast shutdown when the thread that started it is gone, however it ended."""
    pr_set_pdeathsig = 1
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGINT)


class PostgresServer:
    """A server that exists from `with` to the end of its block.

    `url` reaches it by its socket, `tcp_url` by TCP on loopback. start() and restart() belong to a
    thread that lives as long as the server: it ends with that one.
    """

    def __init__(self, *, fsync=False, settings=None, keep_log=None):
        self._settings = {**SETTINGS, **({} if fsync else WITHOUT_FSYNC), **(settings or {})}
        self._keep_log = keep_log
        self._process = None
        self._folder = None
        self.password = secrets.token_hex(16)
        self.port = None

    def __enter__(self):
        try:
            self._make()
            self.start()
            self.sql(f"CREATE DATABASE {DATABASE}", database="postgres")
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    # ------------------------------------------------------------------------------- making it

    def _make(self):
        self._binaries = find_binaries()
        self._user = unprivileged_user()
        # A socket's path is short; what TMPDIR says may not be.
        parent = tempfile.gettempdir()
        if len(parent) > LONGEST_SOCKET_PATH - 40:
            parent = "/tmp"
        self._folder = Path(tempfile.mkdtemp(prefix="seatbook-pg-", dir=parent))
        self._data = self._folder / "data"
        self._log = self._folder / "log"
        password_file = self._folder / "password"
        password_file.write_text(self.password + "\n", encoding="ascii")
        self._log.touch()
        if self._user:
            for path in (self._folder, password_file, self._log):
                os.chown(path, self._user.pw_uid, self._user.pw_gid)
        made = self._run(
            "initdb", "--pgdata", self._data, "--username", ROLE, "--pwfile", password_file,
            # Whoever can open the socket's folder may come in; anybody can reach a port.
            "--auth-local", "trust", "--auth-host", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C", "--no-sync",
        )  # fmt: skip
        if made.returncode != 0:
            raise ServerError(f"initdb failed:\n{made.stdout}{made.stderr}")
        password_file.unlink()

    def _as_user(self):
        """How a child becomes the unprivileged user."""
        if not self._user:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}

    def _run(self, program, *arguments):
        return subprocess.run(
            [self._binaries / program, *arguments], cwd=self._folder, env=self._environment(),
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
            **self._as_user(),
        )  # fmt: skip

    @staticmethod
    def _environment():
        """Ours, without what would speak to PostgreSQL's programs."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return {**kept, "LC_ALL": "C", "TZ": "UTC"}

    # ------------------------------------------------------------------------ starting, stopping

    def start(self):
        """Starts it and waits until it answers."""
        for attempt in range(5):
            # Once it has a port, it keeps it: clients know it.
            port = self.port or free_port()
            self._launch(port)
            if self._answers(port):
                self.port = port
                return
            if self.port is None and "could not bind" in self.log() and attempt < 4:
                continue
            raise ServerError(f"the server did not start:\n{self.log()[-4000:]}")

    def _launch(self, port):
        settings = {
            **self._settings,
            "port": str(port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self._folder),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self._log.open("ab") as log, signals_held():
            self._process = subprocess.Popen(
                [self._binaries / "postgres", "-D", self._data, *options],
                cwd=self._folder, env=self._environment(),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                # Ctrl-C in a terminal is ours to pass on, after the command has ended.
                start_new_session=True, preexec_fn=end_with_parent, **self._as_user(),
            )  # fmt: skip

    def _answers(self, port):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                return False
            if self._psql("SELECT 1", "postgres", port).returncode == 0:
                return True
            time.sleep(0.02)
        return False

    def stop(self, how=signal.SIGINT):
        """Ends it: SIGINT is a fast shutdown, SIGQUIT an immediate one, SIGKILL none at all."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(how)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                # Its children notice that it is gone and end too.
                process.kill()
                process.wait()

    def restart_immediately(self):
        """As after a crash: every connection lost, then recovery (pg_ctl -m immediate)."""
        self.stop(signal.SIGQUIT)
        self.start()

    def close(self):
        """Stops it and removes everything it had. Idempotent."""
        self.stop()
        if self._folder is not None:
            if self._keep_log and self._log.exists():
                shutil.copyfile(self._log, self._keep_log)
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    # ------------------------------------------------------------------------------- using it

    @property
    def socket_folder(self):
        """The folder of its socket."""
        return self._folder

    @property
    def url(self):
        """By its socket."""
        return f"postgresql://{ROLE}@/{DATABASE}?host={self._folder}&port={self.port}"

    @property
    def tcp_url(self):
        """By TCP on loopback, with the password."""
        return self.url_at(self.port)

    def url_at(self, port):
        """As tcp_url, where something else on loopback stands before it."""
        return f"postgresql://{ROLE}:{self.password}@127.0.0.1:{port}/{DATABASE}?sslmode=disable"

    def log(self):
        """What the server has logged."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def _psql(self, sql, database, port):
        return self._run(
            "psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set",
            "ON_ERROR_STOP=1", "--host", self._folder, "--port", str(port), "--username", ROLE,
            "--dbname", database, "--command", sql,
        )  # fmt: skip

    def sql(self, sql, database=DATABASE):
        """What psql prints for it."""
        result = self._psql(sql, database, self.port)
        if result.returncode != 0:
            raise ServerError(f"psql: {result.stderr.strip()}")
        return result.stdout.strip()

    def count_connections(self):
        """How many clients are connected, this question excepted."""
        return int(self.sql(f"SELECT count(*) FROM pg_stat_activity WHERE {OTHER_CLIENTS}"))

    def terminate_backends(self, at_most=None):
        """Ends the connections of clients, some chosen at random or all; how many they were."""
        some = "" if at_most is None else f"ORDER BY random() LIMIT {int(at_most)}"
        return int(self.sql(
            "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM (SELECT pid FROM "
            f"pg_stat_activity WHERE {OTHER_CLIENTS} {some}) AS chosen"
        ))  # fmt: skip


OTHER_CLIENTS = "backend_type = 'client backend' AND pid <> pg_backend_pid()"


class Ended(BaseException):
    """A signal said to end."""

    def __init__(self, number):
        super().__init__(number)
        self.number = number


def end_on_signals():
    """Lets SIGTERM and its like unwind as an exception, once, so that what is open is closed."""

    def unwind(number, _):
        for each in ENDING_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise Ended(number)

    for number in ENDING_SIGNALS:
        signal.signal(number, unwind)


def run_command(command, environment):
    """Runs it to its end, or ends it where we are told to; its exit status as a shell tells it."""
    process = None
    try:
        with signals_held():
            process = subprocess.Popen(command, env=environment)
        status = process.wait()
    except BaseException:
        if process is None:
            raise
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise
    return status if status >= 0 else 128 - status


def main():
    """See above."""
    parser = argparse.ArgumentParser(description="Runs a command with a PostgreSQL server.")
    actions = parser.add_subparsers(dest="action", required=True)
    run = actions.add_parser("run", help="while the command runs")
    run.add_argument("--fsync", action="store_true", help="durable, as in production")
    run.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    run.add_argument("--log", type=Path, help="where the server's log is kept")
    run.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        parser.error("no command")
    settings = {}
    for setting in options.set:
        name, equals, value = setting.partition("=")
        if not equals:
            parser.error(f"--set {setting}: no value")
        settings[name] = value

    end_on_signals()
    try:
        with PostgresServer(
            fsync=options.fsync, settings=settings, keep_log=options.log
        ) as server:
            return run_command(command, {**os.environ, VARIABLE: server.url})
    except Ended as ended:
        return 128 + ended.number
    except (ServerError, OSError) as error:
        print(f"server.py: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
