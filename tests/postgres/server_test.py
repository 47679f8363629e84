#!/usr/bin/env python3
"""Tests that the temporary server works as the tests expect and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import server
from server import PostgresServer

RUN = [sys.executable, server.__file__, "run"]


def alive(pid):
    """Returns whether a process with this id exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it exists and belongs to another user
    return True


class PrivateServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.postgres = PostgresServer().__enter__()
        cls.addClassCleanup(cls.postgres.close)

    def psql(self, url, sql, password=None):
        environment = {name: text for name, text in os.environ.items() if name != "PGPASSWORD"}
        if password:
            environment["PGPASSWORD"] = password
        return subprocess.run(
            [server.find_binaries() / "psql", url, "-AtXwc", sql],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def test_serves_on_a_socket_and_on_tcp_with_a_password(self):
        postgres = self.postgres
        self.assertEqual(self.psql(postgres.url, "SHOW fsync").stdout, "off\n")
        self.assertEqual(self.psql(postgres.tcp_url, "SELECT 1").stdout, "1\n")
        without = postgres.tcp_url.replace(":" + postgres.password, "")
        self.assertNotEqual(self.psql(without, "SELECT 1").returncode, 0)
        self.assertEqual(self.psql(without, "SELECT 1", postgres.password).stdout, "1\n")
        # Only the owner can reach the socket, which needs no password.
        self.assertEqual(postgres.socket_folder.stat().st_mode & 0o77, 0)

    def test_restarts_after_a_crash_at_the_same_address(self):
        postgres = self.postgres
        postgres.sql("CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)")
        before = postgres.url
        postgres.restart_immediately()
        self.assertEqual(postgres.url, before)
        self.assertEqual(postgres.sql("SELECT n FROM kept"), "1")

    def test_terminates_backends_and_counts_connections(self):
        postgres, psql = self.postgres, server.find_binaries() / "psql"
        clients = [
            subprocess.Popen([psql, postgres.url, "-XAtc", "SELECT pg_sleep(60)"],
                             stderr=subprocess.DEVNULL)
            for _ in range(3)
        ]  # fmt: skip
        self.wait_for_connections(3)
        self.assertEqual(postgres.terminate_backends(1), 1)
        self.wait_for_connections(2)
        self.assertEqual(postgres.terminate_backends(), 2)
        for client in clients:
            self.assertNotEqual(client.wait(20), 0)

    def wait_for_connections(self, count):
        """Waits until the server has `count` client connections."""
        deadline = time.monotonic() + 20
        while self.postgres.count_connections() != count and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual(self.postgres.count_connections(), count)

    def test_stops_after_an_exception(self):
        with self.assertRaises(KeyError), PostgresServer() as postgres:
            folder, pid = postgres.socket_folder, postgres._process.pid
            raise KeyError
        self.assertFalse(folder.exists())
        self.assertFalse(alive(pid))

    def test_reports_why_it_does_not_start(self):
        with self.assertRaisesRegex(server.ServerError, "no_such_setting"):
            with PostgresServer(settings={"no_such_setting": "1"}):
                self.fail("it started")


class Command(unittest.TestCase):
    def test_exits_with_the_status_of_the_command(self):
        script = f'test -n "${server.VARIABLE}" && exit 7'
        self.assertEqual(subprocess.run([*RUN, "--", "sh", "-c", script]).returncode, 7)
        self.assertEqual(subprocess.run([*RUN, "--", "sh", "-c", "kill -9 $$"]).returncode, 137)
        missing = subprocess.run([*RUN, "--", "/no/such/program"], capture_output=True, text=True)
        self.assertEqual(missing.returncode, 1)
        self.assertIn("/no/such/program", missing.stderr)

    def test_passes_settings_and_copies_the_log(self):
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "log"
            done = subprocess.run(
                [*RUN, "--fsync", "--set", "work_mem=7MB", "--log", log, "--", "sh", "-c",
                 f'psql "${server.VARIABLE}" -Atc "SHOW work_mem" -c "SHOW fsync" -c nonsense'],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            self.assertEqual(done.stdout, "7MB\non\n")
            self.assertIn("nonsense", log.read_text(encoding="utf-8"))

    def ended_by(self, number):
        """Sends a signal to server.py while its command waits."""
        with subprocess.Popen(
            [*RUN, "--", "sh", "-c", f'echo "${server.VARIABLE}"; echo $$; exec sleep 60'],
            stdout=subprocess.PIPE, text=True,
        ) as running:  # fmt: skip
            url, command = running.stdout.readline(), int(running.stdout.readline())
            folder = Path(url.partition("host=")[2].partition("&")[0])
            postgres = int((folder / "data/postmaster.pid").read_text().split()[0])
            running.send_signal(number)
            status = running.wait(30)
        return status, folder, command, postgres

    def test_leaves_nothing_behind_after_a_signal(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number):
                status, folder, command, postgres = self.ended_by(number)
                self.assertEqual(status, 128 + number)
                self.assertFalse(folder.exists())
                self.assertFalse(alive(command))
                self.assertFalse(alive(postgres))

    def test_the_server_ends_when_the_tool_is_killed(self):
        _, folder, command, postgres = self.ended_by(signal.SIGKILL)
        deadline = time.monotonic() + 20
        while alive(postgres) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertFalse(alive(postgres))
        os.kill(command, signal.SIGKILL)
        subprocess.run(["rm", "-rf", folder], check=True)  # the killed tool could not remove it


if __name__ == "__main__":
    unittest.main()
