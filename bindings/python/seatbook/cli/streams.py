"""Buffers standard output while a book is open, and handles closed or broken streams."""

import io
import os
import sys
from contextlib import contextmanager
from typing import Any, Iterator


class _Buffer(io.TextIOWrapper):
    """Buffers text for another stream, with the encoding and `isatty()` of that stream."""

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
def buffered_stdout() -> Iterator[None]:
    """Buffers standard output until the end of the block.

    Otherwise a pager or a blocked pipe would keep the book open and locked."""
    stream, buffer = sys.stdout, _Buffer(sys.stdout)
    sys.stdout = buffer
    try:
        yield
    finally:
        sys.stdout = stream
        buffer.flush()
        _write(stream, buffer.bytes.getvalue())


def flush_stdout() -> None:
    """Flushes standard output. At exit, the interpreter would report a failed write differently."""
    _write(sys.stdout, b"")


def _write(stream: Any, data: bytes) -> None:
    try:
        stream.flush()
        stream.buffer.write(data)
        stream.flush()
    except OSError:
        # Otherwise the interpreter would retry the write at exit.
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
        raise


def prepare_streams() -> None:
    """Opens the null device for each closed standard stream (`>&-`), so that no file opened later
    gets its descriptor, and escapes characters that the encoding of an output stream lacks."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))
        getattr(sys, name).reconfigure(errors="backslashreplace")
