"""Imports beside a bar on standard error, which Ctrl-C ends where that is still possible."""

import os
import signal
import sys
import threading
from contextlib import contextmanager
from typing import Any, Callable, Iterator, List, Optional, Protocol, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .settings import Settings

# Between two looks at how far an import has come.
_LOOK_SECONDS = 0.1


class Interrupted(Exception):
    """Ended by Ctrl-C, with nothing changed."""


class Steps(Protocol):
    """How far something has come; `seatbook.Progress` is one."""

    @property
    def rows_done(self) -> int:
        """Rows that are behind it."""

    @property
    def rows_total(self) -> int:
        """All rows; 0 while it is not known."""

    def cancel(self) -> None:
        """Asks it to end with nothing changed, which may come too late."""


AnySteps = TypeVar("AnySteps", bound=Steps)


class Rows:
    """The steps of an import that is done here, not by the library."""

    def __init__(self) -> None:
        self.rows_done = 0
        self.rows_total = 0
        self.canceled = False

    def cancel(self) -> None:
        """Asks for the end."""
        self.canceled = True


def with_progress(
    settings: Settings, steps: AnySteps, load: Callable[[AnySteps], Any], changes: bool
) -> Any:
    """What `load` answers. An interrupt asks it to end; whether it did, it tells itself."""
    answers: List[Any] = []
    failures: List[BaseException] = []
    # Not the thread's join(): interrupted there, older Pythons take the thread for finished.
    done = threading.Event()

    def work() -> None:
        try:
            answers.append(load(steps))
        except BaseException as error:
            failures.append(error)
        finally:
            done.set()

    with _interrupts(steps.cancel) as interrupts:
        threading.Thread(target=work).start()
        if sys.stderr.isatty():
            _show(steps, done)
        while not done.wait(_LOOK_SECONDS):
            pass
        settings.landed = changes and not failures
    if failures:
        raise failures[0]
    if interrupts:
        print("seatbook: the import was through before it could be interrupted", file=sys.stderr)
    return answers[0]


@contextmanager
def _interrupts(cancel: Callable[[], None]) -> Iterator[List[int]]:
    """Meanwhile Ctrl-C calls `cancel`, however often; the list has the interrupts.

    After the first, interrupts stay without effect to the end of the command: the answer to the
    first one is what happened, and must be told.
    """
    came: List[int] = []

    def interrupted(number: int, frame: Optional[Any]) -> None:
        came.append(number)
        cancel()

    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:  # begun in the background: Ctrl-C is for others
        yield came
        return
    signal.signal(signal.SIGINT, interrupted)
    try:
        yield came
    finally:
        # Not by the handler: Python takes those away some time before it ends.
        signal.signal(signal.SIGINT, signal.SIG_IGN if came else before)


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
        while not done.wait(_LOOK_SECONDS):
            bar.update(task, completed=steps.rows_done, total=steps.rows_total or None)
