#!/usr/bin/env python3
"""Runs a temporary PostgreSQL server for a test, a demo or a benchmark.

    server.py run [--fsync] [--set NAME=VALUE]... [--log FILE] [--slow-sync LIBRARY]
                  -- COMMAND [ARGUMENT]...

runs the command with SEATBOOK_TEST_POSTGRES set to the URL of a new server, and exits with the
command's status. The server listens on a socket in a private folder and on loopback TCP with a
random password. When the command ends, or a signal arrives, the server is stopped and its files are
removed. If started as root, the server runs as an unprivileged user, as PostgreSQL requires.

With --slow-sync, which names the library built from benchmarks/preload/slow_sync.cpp, a sync of the
server sleeps instead of writing. SEATBOOK_SYNC_US is set to the path of the file with the time.

Tests in Python use PostgresServer directly.
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
SYNC_VARIABLE = "SEATBOOK_SYNC_US"
# The folder with the server's programs, to test another version than find_binaries() chooses.
BINARIES_VARIABLE = "SEATBOOK_TEST_POSTGRES_BINARIES"
ROLE = DATABASE = "seatbook"

# The tests cover process crashes, not power loss, so they need not wait for the disk.
WITHOUT_FSYNC = {"fsync": "off", "full_page_writes": "off", "seatbook.allow_fsync_off": "on"}
SETTINGS = {
    "max_connections": "100",
    "shared_buffers": "64MB",
    "log_min_messages": "warning",
    "log_line_prefix": "%m %p ",
}

START_SECONDS = 60
STOP_SECONDS = 20
# The longest path of a Unix socket that works on every platform of PostgreSQL.
LONGEST_SOCKET_PATH = 100


class ServerError(Exception):
    """The server cannot be found, initialized or started."""


def version_of(folder):
    """Returns the version in a path such as /usr/lib/postgresql/15/bin, or 0."""
    found = re.search(r"/(\d+)/bin$", str(folder))
    return int(found.group(1)) if found else 0


def find_binaries():
    """Returns the folder with initdb and postgres.

    SEATBOOK_TEST_POSTGRES_BINARIES names it; otherwise it is Debian's newest, else the one on PATH.
    """
    if os.environ.get(BINARIES_VARIABLE):
        return Path(os.environ[BINARIES_VARIABLE]).resolve()
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version_of, reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if all((folder / name).exists() for name in ("initdb", "postgres", "psql")):
            return folder
    raise ServerError("no PostgreSQL server found: tools/setup.sh names the package")


def unprivileged_user():
    """Returns the user to run the server as when this process is root, else None."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServerError("root needs a user named postgres or nobody to run the server as")


def free_port():
    """Returns a free loopback port. Another process may take it before it is used."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


@contextlib.contextmanager
def signals_deferred():
    """Defers termination signals to the end of the block.

    A signal while a child is being started would leave the child orphaned.
    """
    pending = []
    previous = {}
    if threading.current_thread() is threading.main_thread():
        previous = {number: signal.getsignal(number) for number in ENDING_SIGNALS}
    for number, handler in previous.items():
        if handler not in (None, signal.SIG_IGN):
            signal.signal(number, lambda number, _: pending.append(number))
    try:
        yield
    finally:
        for number, handler in previous.items():
            if handler is not None:
                signal.signal(number, handler)
        for number in pending:
            signal.raise_signal(number)


def end_with_parent():
    """Runs in the child: requests a fast shutdown when the parent thread ends, however it ends."""
    pr_set_pdeathsig = 1
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGINT)


def process_status(pid):
    """Returns the state and the parent of a process, or None."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    state, parent = status.rpartition(")")[2].split()[:2]
    return state, int(parent)


def children_of(parent):
    """Lists the child processes of a process."""
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [pid for pid in pids if (process_status(pid) or ("", 0))[1] == parent]


def wait_for_state(pids, states):
    """Waits until each process has ended or has one of the states."""
    deadline = time.monotonic() + STOP_SECONDS
    for pid in pids:
        while (process_status(pid) or states)[0] not in states:
            if time.monotonic() > deadline:
                raise ServerError(f"process {pid} is still in state {process_status(pid)}")
            time.sleep(0.001)


class PostgresServer:
    """A context manager: the server runs while the `with` block runs.

    `url` connects through the socket, `tcp_url` through loopback TCP. Call start() and restart()
    only from a thread that lives as long as the server: the server ends with that thread.
    """

    def __init__(self, *, fsync=False, settings=None, keep_log=None, slow_sync=None):
        self._settings = {**SETTINGS, **({} if fsync else WITHOUT_FSYNC), **(settings or {})}
        self._keep_log = keep_log
        self._slow_sync = slow_sync
        self._process = None
        self._folder = None
        self.password = secrets.token_hex(16)
        self.port = None

    def __enter__(self):
        try:
            self._make()
            self.start()
            self._make_database()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    # ------------------------------------------------------------------------------- creating

    def _make(self):
        self._binaries = find_binaries()
        self._user = unprivileged_user()
        # TMPDIR may be too long for the path of a socket.
        parent = tempfile.gettempdir()
        if len(parent) > LONGEST_SOCKET_PATH - 40:
            parent = "/tmp"
        self._folder = Path(tempfile.mkdtemp(prefix="seatbook-pg-", dir=parent))
        self._data = self._folder / "data"
        self._log = self._folder / "log"
        self._log.touch()
        files = [self._folder, self._log]
        if self._slow_sync:
            # A copy, because the server's user may not be able to read the original.
            files.append(shutil.copy(self._slow_sync, self._folder / "slow_sync.so"))
            self.sync_file.write_bytes(bytes(4))
            files.append(self.sync_file)
        for path in files:
            self._give_to_user(path)
        self._make_data()

    def _give_to_user(self, path):
        if self._user:
            os.chown(path, self._user.pw_uid, self._user.pw_gid)

    def _make_data(self):
        """Makes the data folder."""
        password_file = self._folder / "password"
        password_file.write_text(self.password + "\n", encoding="ascii")
        self._give_to_user(password_file)
        made = self._run(
            "initdb", "--pgdata", self._data, "--username", ROLE, "--pwfile", password_file,
            # The folder's permissions protect the socket; any local user can reach the port.
            "--auth-local", "trust", "--auth-host", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C", "--no-sync",
        )  # fmt: skip
        if made.returncode != 0:
            raise ServerError(f"initdb failed:\n{made.stdout}{made.stderr}")
        password_file.unlink()

    def _make_database(self):
        self.sql(f"CREATE DATABASE {DATABASE}", database="postgres")

    def _as_user(self):
        """Returns the Popen arguments that run a child as the unprivileged user."""
        if not self._user:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}

    def _run(self, program, *arguments):
        return subprocess.run(
            [self._binaries / program, *arguments], cwd=self._folder, env=self._environment(),
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
            **self._as_user(),
        )  # fmt: skip

    def start_program(self, folder, *command):
        """Starts a program as the server's user, in a folder that is given to this user."""
        if self._user:
            os.chown(folder, self._user.pw_uid, self._user.pw_gid)
        return subprocess.Popen(
            command, cwd=folder, env=self._environment(), stdin=subprocess.DEVNULL,
            preexec_fn=end_with_parent, **self._as_user(),
        )  # fmt: skip

    @staticmethod
    def _environment():
        """Returns this process's environment without PostgreSQL's PG* variables."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return {**kept, "LC_ALL": "C", "TZ": "UTC"}

    def _server_environment(self):
        """Returns the environment of the server's processes."""
        environment = self._environment()
        if self._slow_sync:
            environment["LD_PRELOAD"] = str(self._folder / "slow_sync.so")
            environment[SYNC_VARIABLE] = str(self.sync_file)
        return environment

    # ------------------------------------------------------------------------ starting, stopping

    def start(self):
        """Starts the server and waits until it accepts connections."""
        for attempt in range(5):
            # A restart keeps the port, because clients know it.
            port = self.port or free_port()
            self._launch(port)
            if self._wait_until_ready(port):
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
        with self._log.open("ab") as log, signals_deferred():
            self._process = subprocess.Popen(
                [self._binaries / "postgres", "-D", self._data, *options],
                cwd=self._folder, env=self._server_environment(),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                # Keeps Ctrl-C away from the server until the command has ended.
                start_new_session=True, preexec_fn=end_with_parent, **self._as_user(),
            )  # fmt: skip

    def _wait_until_ready(self, port):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                return False
            if self._psql("SELECT 1", "postgres", port).returncode == 0:
                return True
            time.sleep(0.02)
        return False

    def stop(self, how=signal.SIGINT):
        """Stops the server: SIGINT shuts down fast, SIGQUIT immediately, SIGKILL not cleanly."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(how)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                # The server's child processes notice and exit too.
                process.kill()
                process.wait()

    def kill_all(self):
        """Ends the server and all its child processes at once, without a shutdown."""
        process, self._process = self._process, None
        # Stopped first: none may work, or start another, while the others are killed.
        pids = [process.pid]
        os.kill(process.pid, signal.SIGSTOP)
        wait_for_state(pids, "TZ")
        pids += children_of(process.pid)
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
        process.wait()
        wait_for_state(pids, "Z")

    def restart_immediately(self):
        """Restarts as after a crash: drops every connection, then recovers."""
        self.stop(signal.SIGQUIT)
        self.start()

    def close(self):
        """Stops the server and removes its files. Idempotent."""
        self.stop()
        if self._folder is not None:
            if self._keep_log and self._log.exists():
                shutil.copyfile(self._log, self._keep_log)
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    # ------------------------------------------------------------------------------- using it

    @property
    def socket_folder(self):
        """The folder of the server's socket."""
        return self._folder

    @property
    def sync_file(self):
        """The file with the time of a sync in microseconds, if `slow_sync` is given."""
        return self._folder / "sync_us"

    @property
    def url(self):
        """The URL through the socket."""
        return url_of(self)

    @property
    def tcp_url(self):
        """The URL through loopback TCP, with the password."""
        return self.url_at(self.port)

    def url_at(self, port):
        """Returns `tcp_url` with another port, for example a proxy's."""
        return f"postgresql://{ROLE}:{self.password}@127.0.0.1:{port}/{DATABASE}?sslmode=disable"

    def log(self):
        """Returns the server's log."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def _psql(self, sql, database, port):
        return self._run(
            "psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set",
            "ON_ERROR_STOP=1", "--host", self._folder, "--port", str(port), "--username", ROLE,
            "--dbname", database, "--command", sql,
        )  # fmt: skip

    def sql(self, sql, database=DATABASE):
        """Executes `sql` with psql and returns the output."""
        result = self._psql(sql, database, self.port)
        if result.returncode != 0:
            raise ServerError(f"psql: {result.stderr.strip()}")
        return result.stdout.strip()

    def count_connections(self):
        """Counts the client connections, except the one that runs this query."""
        return int(self.sql(f"SELECT count(*) FROM pg_stat_activity WHERE {OTHER_CLIENTS}"))

    def terminate_backends(self, at_most=None):
        """Ends all client connections or `at_most` random ones. Returns how many."""
        some = "" if at_most is None else f"ORDER BY random() LIMIT {int(at_most)}"
        return int(self.sql(
            "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM (SELECT pid FROM "
            f"pg_stat_activity WHERE {OTHER_CLIENTS} {some}) AS chosen"
        ))  # fmt: skip


OTHER_CLIENTS = "backend_type = 'client backend' AND pid <> pg_backend_pid()"


def url_of(*servers):
    """Returns the URL through the sockets of several servers."""
    folders = ",".join(str(server.socket_folder) for server in servers)
    ports = ",".join(str(server.port) for server in servers)
    return f"postgresql://{ROLE}@/{DATABASE}?host={folders}&port={ports}"


class Ended(BaseException):
    """A termination signal arrived."""

    def __init__(self, number):
        super().__init__(number)
        self.number = number


def end_on_signals():
    """Makes the first termination signal raise Ended, so that open resources are closed."""

    def unwind(number, _):
        for each in ENDING_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise Ended(number)

    for number in ENDING_SIGNALS:
        signal.signal(number, unwind)


def run_command(command, environment):
    """Runs a command and returns its exit status as a shell reports it.

    Terminates the command if an exception arrives, for example Ended.
    """
    process = None
    try:
        with signals_deferred():
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
    """Parses the arguments and runs the command."""
    parser = argparse.ArgumentParser(description="Runs a command with a PostgreSQL server.")
    actions = parser.add_subparsers(dest="action", required=True)
    run = actions.add_parser("run", help="run a server while a command runs")
    run.add_argument("--fsync", action="store_true", help="turn on fsync, as in production")
    run.add_argument("--set", action="append", default=[], metavar="NAME=VALUE",
                     help="set a server setting")  # fmt: skip
    run.add_argument("--log", type=Path, help="copy the server's log to this file")
    run.add_argument("--slow-sync", type=Path, metavar="LIBRARY", help="replace the server's syncs")
    run.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        parser.error("a command is required")
    settings = {}
    for setting in options.set:
        name, equals, value = setting.partition("=")
        if not equals:
            parser.error(f"--set {setting}: must be NAME=VALUE")
        settings[name] = value

    end_on_signals()
    try:
        with PostgresServer(
            fsync=options.fsync, settings=settings, keep_log=options.log,
            slow_sync=options.slow_sync,
        ) as server:  # fmt: skip
            environment = {**os.environ, VARIABLE: server.url}
            if options.slow_sync:
                environment[SYNC_VARIABLE] = str(server.sync_file)
            return run_command(command, environment)
    except Ended as ended:
        return 128 + ended.number
    except (ServerError, OSError) as error:
        print(f"server.py: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
