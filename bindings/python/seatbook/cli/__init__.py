"""The `seatbook` command: works on a book from a terminal or a script.

Needs the extra `[cli]` (typer and rich). Importing `seatbook` never imports this package.
"""

import sys

_WRONG_USAGE = 2
_INTERRUPTED = 130


def main() -> None:
    """Runs the command. Reports a missing extra without a traceback."""
    try:
        import rich  # noqa: F401 - checks that it is installed
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
    """Ends an interrupted start: no book is open yet."""
    print("seatbook: interrupted", file=sys.stderr)
    sys.exit(_INTERRUPTED)
