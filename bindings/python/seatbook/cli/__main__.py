"""Runs the command as `python3 -m seatbook.cli`, when the script is not on the path."""

from . import main

main()
