#!/usr/bin/env python3
"""Reports which rules of docs/rules.md a test run has covered.

The test programs write the log folder; see tests/support/rule.hpp. Rules of the area `host` cannot
be tested in the library. They are listed separately and count neither as covered nor as open.
"""

import argparse
import re
import sys
from pathlib import Path

AREAS = ("core", "lists", "csv", "reports", "storage", "host")
TESTABLE_AREAS = AREAS[:-1]
DEFAULT_RULES = Path(__file__).resolve().parents[2] / "docs" / "rules.md"


class ReportError(Exception):
    """The rules or the logs are invalid."""


def sort_key(number):
    return number[0], int(number[1:])


def compact(numbers):
    """Formats numbers as ranges: ["A2", "A1", "A5"] -> "A1-A2 A5"."""
    runs = []
    for number in sorted(numbers, key=sort_key):
        letter, value = sort_key(number)
        if runs and sort_key(runs[-1][1]) == (letter, value - 1):
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return " ".join(first if first == last else f"{first}-{last}" for first, last in runs)


def read_rules(path):
    """Reads the area of each number from the table rows `| A33 | what must hold | core |`."""
    areas = {}
    for line_number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not re.match(r"\|\s*[ABC][0-9]+\s*\|", line):
            continue
        where = f"{path}:{line_number}"
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
        if len(cells) != 3 or not line.rstrip().endswith("|") or not cells[1]:
            raise ReportError(f"{where}: a rule must have three cells: number, rule, area")
        number, _, area = cells
        if area not in AREAS:
            raise ReportError(f"{where}: {number} has the unknown area '{area}'")
        if number in areas:
            raise ReportError(f"{where}: {number} is listed twice")
        areas[number] = area
    if not areas:
        raise ReportError(f"{path}: no rules found")
    return areas


def read_logs(folder):
    """Reads the tests of each number from the lines `A33<TAB>Suite.Test` of all *.txt files."""
    if not folder.is_dir():
        raise ReportError(f"{folder}: no such folder")
    tests = {}
    for path in sorted(folder.glob("*.txt")):
        for line_number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = re.fullmatch(r"([ABC][0-9]+)\t(\S.*)", line)
            if not match:
                raise ReportError(
                    f"{path}:{line_number}: must be a number, a tab and a test: '{line}'"
                )
            tests.setdefault(match[1], set()).add(match[2])
    return tests


def report(areas, tests, required=()):
    """Returns the lines to print and the problems."""
    host = {number for number, area in areas.items() if area == "host"}
    testable = areas.keys() - host
    covered = testable & tests.keys()
    open_by_area = {
        area: {number for number in testable - covered if areas[number] == area}
        for area in TESTABLE_AREAS
    }

    lines = [f"rules: {len(covered)} of {len(testable)} covered"]
    lines.append(f"covered: {compact(covered) or 'none'}")
    for area, numbers in open_by_area.items():
        if numbers:
            lines.append(f"open, {area} ({len(numbers)}): {compact(numbers)}")
    if host:
        lines.append(f"host only, not testable ({len(host)}): {compact(host)}")
    if host & tests.keys():
        lines.append(f"host only, but named by a test: {compact(host & tests.keys())}")

    problems = []
    for number in sorted(tests.keys() - areas.keys(), key=sort_key):
        problems.append(f"unknown rule {number}, named by {', '.join(sorted(tests[number]))}")
    for area in required:
        if open_by_area[area]:
            problems.append(f"required area {area} has open rules: {compact(open_by_area[area])}")
    return lines, problems


def area_list(text):
    areas = text.split(",")
    for area in areas:
        if area not in TESTABLE_AREAS:
            raise argparse.ArgumentTypeError(
                f"'{area}' must be one of {', '.join(TESTABLE_AREAS)}"
            )
    return areas


def main(arguments=None):
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Exit status: 0 for success; 1 if a log names an unknown number or a required area "
        "has\nopen numbers; 2 for invalid arguments, rules or logs.",
    )
    parser.add_argument("logs", type=Path, help="the folder of SEATBOOK_RULES_LOG")
    parser.add_argument(
        "--rules", type=Path, default=DEFAULT_RULES, help="the rules (default: docs/rules.md)"
    )
    parser.add_argument(
        "--require-areas",
        type=area_list,
        default=[],
        metavar="AREA[,AREA...]",
        help=f"fail if a number of these areas is open: {', '.join(TESTABLE_AREAS)}",
    )
    options = parser.parse_args(arguments)
    try:
        lines, problems = report(
            read_rules(options.rules), read_logs(options.logs), options.require_areas
        )
    except (ReportError, OSError, UnicodeDecodeError) as error:
        print(f"rules_report: {error}", file=sys.stderr)
        return 2
    print("\n".join(lines))
    for problem in problems:
        print(f"rules_report: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
