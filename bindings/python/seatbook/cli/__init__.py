"""The `seatbook` command: a book in a file, kept from a terminal or a script.

Needs the extra `[cli]` (typer and rich). Importing `seatbook` never imports this.
"""

import sys

_WRONG_USAGE = 2
_INTERRUPTED = 130


def main() -> None:
    """Runs the command. It is an entry point, so a missing extra is told without a traceback."""
    try:
        import rich  # noqa: F401 - only to see that it is there
        import typer  # noqa: F401
    except ImportError as error:
        print(
            f"seatbook: the command needs {error.name}, which is not installed; "
            "install it with: pip install '.[cli]' in a clone of Seatbook",
            file=sys.stderr,
        )
        sys.exit(_WRONG_USAGE)
    except KeyboardInterrupt:
        _interrupted()
    try:
        from .app import run

        run()
    except KeyboardInterrupt:
        _interrupted()


def _interrupted() -> None:
    """Before the command itself has begun: nothing was opened yet."""
    print("seatbook: interrupted", file=sys.stderr)
    sys.exit(_INTERRUPTED)
