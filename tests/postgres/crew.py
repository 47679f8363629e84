"""Starts, disturbs, stops and checks several worker processes on one book in PostgreSQL.

worker.cpp describes the worker program.
"""

import contextlib
import queue
import signal
import subprocess
import threading
import time
from pathlib import Path

from checker import check_folder

# How long to wait for an output line of a worker: longer than all its retries.
WAIT_SECONDS = 90
CHECK_SECONDS = 300


class CrewError(Exception):
    """A worker did not behave as expected, whatever the state of the book."""


class Process:
    """One worker process."""

    def __init__(self, number, command):
        self.number = number
        self.suspended = False
        self.killed = False
        self._lines = queue.Queue()
        self._seen = []
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self._process.stdout:
            self._lines.put(line.strip())
        self._lines.put(None)

    def wait_for(self, word):
        """Waits for a line that starts with `word`, unless it was already printed."""
        while not any(line.startswith(word) for line in self._seen):
            try:
                line = self._lines.get(timeout=WAIT_SECONDS)
            except queue.Empty:
                raise CrewError(f"worker {self.number} did not print: {word}") from None
            if line is None:
                raise CrewError(
                    f"worker {self.number} exited with {self._process.wait()} before: {word}"
                )
            self._seen.append(line)

    def send_line(self):
        """Writes a line to the worker's input."""
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def finish(self):
        """Makes the worker refresh, write its dump and exit."""
        self.send_line()
        self._process.stdin.close()
        self.wait_for("ended")
        try:
            status = self._process.wait(WAIT_SECONDS)
        except subprocess.TimeoutExpired:
            raise CrewError(f"worker {self.number} printed \"ended\" but did not exit") from None
        if status != 0:
            raise CrewError(f"worker {self.number} exited with {status}")

    def suspend(self):
        """Sends SIGSTOP."""
        self._process.send_signal(signal.SIGSTOP)
        self.suspended = True

    def resume(self):
        """Sends SIGCONT."""
        self._process.send_signal(signal.SIGCONT)
        self.suspended = False

    def kill(self):
        """Sends SIGKILL and waits for the process."""
        self.killed = True
        self._process.kill()
        self._process.wait()

    def close(self):
        """Kills the process if it still runs and closes its pipes."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        self._process.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()


class Crew:
    """The workers of one book. Their files are in `folder`."""

    def __init__(self, program, folder, url, book="main"):
        self.program = program
        self.folder = Path(folder)
        self.url = url
        self.book = book
        self.processes = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.close()

    def run(self, action, *options):
        """Runs one action of the worker program to completion."""
        subprocess.run(
            self._command(action, self.url, *options), check=True, timeout=WAIT_SECONDS
        )

    def _command(self, action, url, *options):
        return [self.program, action, "--url", url, "--book", self.book, "--folder",
                str(self.folder), *map(str, options)]  # fmt: skip

    def start(self, seconds, *options, url=None):
        """Starts a worker with the next number that runs for `seconds`."""
        number = len(self.processes) + 1
        process = Process(number, self._command(
            "work", url or self.url, "--process", number, "--seconds", seconds, *options
        ))  # fmt: skip
        self.processes.append(process)
        return process

    def not_killed(self):
        """Lists the workers that were not killed."""
        return [process for process in self.processes if not process.killed]

    def end_calls(self):
        """Ends the calls of workers that were started with --until-line."""
        for process in self.not_killed():
            process.send_line()

    def finish(self):
        """Waits until all workers are done, then finishes each one."""
        for process in self.not_killed():
            process.wait_for("worked")
        for process in self.not_killed():
            process.finish()

    def check(self):
        """Inspects the book and returns a checker that has checked all files."""
        self.run("inspect")
        return check_folder(self.folder)

    def wait_until_ready(self):
        """Waits until all workers have opened the book."""
        for process in self.not_killed():
            process.wait_for("ready")


def check_licenses(program, folder):
    """Runs the program of tests/postgres/linearizability on the files of a run.

    Returns whether it accepts the calls, and its output.
    """
    done = subprocess.run(
        [program, folder], check=False, capture_output=True, text=True, timeout=CHECK_SECONDS
    )
    if done.returncode not in (0, 1):
        raise CrewError(f"the calls were not checked: {done.stderr}")
    return done.returncode == 0, done.stdout


def wait_until(moment):
    """Sleeps until `moment` on the monotonic clock."""
    time.sleep(max(0, moment - time.monotonic()))
