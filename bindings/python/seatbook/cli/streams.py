"""Standard output: what is told goes there when the book is closed, and where nobody listens."""

import io
import os
import sys
from contextlib import contextmanager
from typing import Any, Iterator


class _Kept(io.TextIOWrapper):
    """What is written for another stream, in its encoding, and a terminal if that one is."""

    def __init__(self, stream: Any) -> None:
        self.bytes = io.BytesIO()
        super().__init__(
            self.bytes, encoding=stream.encoding, errors=stream.errors, write_through=True
        )
        self._stream = stream

    def isatty(self) -> bool:
        return bool(self._stream.isatty())

    def fileno(self) -> int:
        return int(self._stream.fileno())


@contextmanager
def kept_back() -> Iterator[None]:
    """Standard output waits until the end of the block: a pager that is read for an hour, or a pipe
    that nobody empties, must not keep the book open so long."""
    stream, kept = sys.stdout, _Kept(sys.stdout)
    sys.stdout = kept
    try:
        yield
    finally:
        sys.stdout = stream
        kept.flush()
        _write(stream, kept.bytes.getvalue())


def write_out() -> None:
    """What was printed so far: the end of the process would tell trouble in a way of its own."""
    _write(sys.stdout, b"")


def _write(stream: Any, data: bytes) -> None:
    try:
        stream.flush()
        stream.buffer.write(data)
        stream.flush()
    except OSError:
        # What could not be written would be tried again at the end of the process.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        raise


def open_all() -> None:
    """Streams that are closed (`>&-`) lead nowhere, or a file opened later would take their place.

    What an encoding cannot show is still told, rather than ending the command."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))
        getattr(sys, name).reconfigure(errors="backslashreplace")
