"""Runs imports with a progress bar on standard error; Ctrl-C cancels them until they commit."""

import os
import signal
import sys
import threading
from contextlib import contextmanager
from typing import Any, Callable, Iterator, List, Optional, Protocol, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .settings import Settings

# Between two updates of the bar.
_UPDATE_SECONDS = 0.1


class Interrupted(Exception):
    """The import was cancelled by Ctrl-C and changed nothing."""


class Steps(Protocol):
    """The progress of an import; `seatbook.Progress` is one."""

    @property
    def rows_done(self) -> int:
        """Returns the number of rows processed."""

    @property
    def rows_total(self) -> int:
        """Returns the number of all rows; 0 while it is unknown."""

    def cancel(self) -> None:
        """Requests cancellation. Has no effect once the import commits."""


AnySteps = TypeVar("AnySteps", bound=Steps)


class Rows:
    """The progress of an import that the command runs itself."""

    def __init__(self) -> None:
        self.rows_done = 0
        self.rows_total = 0
        self.canceled = False

    def cancel(self) -> None:
        """Requests cancellation."""
        self.canceled = True


def with_progress(
    settings: Settings, steps: AnySteps, load: Callable[[AnySteps], Any], changes: bool
) -> Any:
    """Runs `load` in a thread and returns its result. Ctrl-C calls `steps.cancel`.

    A cancelled import raises; one that commits first returns its result."""
    results: List[Any] = []
    failures: List[BaseException] = []
    # Not Thread.join(): after an interrupt there, older Pythons consider the thread finished.
    done = threading.Event()

    def work() -> None:
        try:
            results.append(load(steps))
        except BaseException as error:
            failures.append(error)
        finally:
            done.set()

    with _interrupts(steps.cancel) as interrupts:
        threading.Thread(target=work).start()
        if sys.stderr.isatty():
            _show(steps, done)
        while not done.wait(_UPDATE_SECONDS):
            pass
        settings.import_committed = changes and not failures
    if failures:
        raise failures[0]
    if interrupts:
        print("seatbook: the import was committed before the interrupt", file=sys.stderr)
    return results[0]


@contextmanager
def _interrupts(cancel: Callable[[], None]) -> Iterator[List[int]]:
    """Calls `cancel` on every Ctrl-C during the block. Yields a list of the interrupts.

    After the first one, interrupts are ignored until the command ends: it must still report whether
    the import was committed.
    """
    received: List[int] = []

    def interrupted(number: int, frame: Optional[Any]) -> None:
        received.append(number)
        cancel()

    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:  # started in the background: ignore Ctrl-C
        yield received
        return
    signal.signal(signal.SIGINT, interrupted)
    try:
        yield received
    finally:
        # Not a handler: Python removes handlers before the process exits.
        signal.signal(signal.SIGINT, signal.SIG_IGN if received else before)


def _show(steps: Steps, done: threading.Event) -> None:
    bar = Progress(
        TextColumn("Importing"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR"))),
        transient=True,
    )
    with bar:
        task = bar.add_task("import", total=None)
        while not done.wait(_UPDATE_SECONDS):
            bar.update(task, completed=steps.rows_done, total=steps.rows_total or None)
