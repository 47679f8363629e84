"""Several worker processes on one book in PostgreSQL: started, disturbed, brought to an end, checked.

The worker program is described in worker.cpp.
"""

import contextlib
import queue
import signal
import subprocess
import threading
import time
from pathlib import Path

from checker import check_folder

# How long a worker may take to say what it is waited for: longer than all that it may retry.
ANSWER_SECONDS = 90


class CrewError(Exception):
    """A worker does not do what it should, whatever it says of the book."""


class Process:
    """One worker."""

    def __init__(self, number, command):
        self.number = number
        self.stopped = False
        self.killed = False
        self._lines = queue.Queue()
        self._heard = []
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
        """Until it says so, if it has not yet."""
        while not any(line.startswith(word) for line in self._heard):
            try:
                line = self._lines.get(timeout=ANSWER_SECONDS)
            except queue.Empty:
                raise CrewError(f"worker {self.number} does not say: {word}") from None
            if line is None:
                raise CrewError(
                    f"worker {self.number} ended with {self._process.wait()} before: {word}"
                )
            self._heard.append(line)

    def finish(self):
        """Lets it take everything in and end."""
        self._process.stdin.write("\n")
        self._process.stdin.close()
        self.wait_for("ended")
        try:
            status = self._process.wait(ANSWER_SECONDS)
        except subprocess.TimeoutExpired:
            raise CrewError(f"worker {self.number} has said its last word and does not end") from None
        if status != 0:
            raise CrewError(f"worker {self.number} ended with {status}")

    def stop(self):
        """Holds it where it is."""
        self._process.send_signal(signal.SIGSTOP)
        self.stopped = True

    def go_on(self):
        """Lets it go on."""
        self._process.send_signal(signal.SIGCONT)
        self.stopped = False

    def kill(self):
        """Ends it in the middle of what it does."""
        self.killed = True
        self._process.kill()
        self._process.wait()

    def close(self):
        """Ends it if it is still there, and lets go of its pipes."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        self._process.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()


class Crew:
    """The workers of one book, whose files are in `folder`."""

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
        """One action of the worker program, to its end."""
        subprocess.run(
            self._command(action, self.url, *options), check=True, timeout=ANSWER_SECONDS
        )

    def _command(self, action, url, *options):
        return [self.program, action, "--url", url, "--book", self.book, "--folder",
                str(self.folder), *map(str, options)]  # fmt: skip

    def start(self, seconds, *options, url=None):
        """One more worker, with the next number, for that many seconds."""
        number = len(self.processes) + 1
        process = Process(number, self._command(
            "work", url or self.url, "--process", number, "--seconds", seconds, *options
        ))  # fmt: skip
        self.processes.append(process)
        return process

    def left(self):
        """Those that were not killed."""
        return [process for process in self.processes if not process.killed]

    def finish(self):
        """Waits until all have worked, then lets each take everything in."""
        for process in self.left():
            process.wait_for("worked")
        for process in self.left():
            process.finish()

    def check(self):
        """The checker's answer to all that they have left."""
        self.run("inspect")
        return check_folder(self.folder)

    def wait_until_ready(self):
        """Until all have opened the book."""
        for process in self.left():
            process.wait_for("ready")


def wait_until(moment):
    """Sleeps until that moment of the monotonic clock."""
    time.sleep(max(0, moment - time.monotonic()))
