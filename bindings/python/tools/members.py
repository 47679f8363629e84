#!/usr/bin/env python3
"""Writes what the C++ headers say of the members of records and of the arguments of calls.

    bindings/python/tools/members.py [--check]

The texts become those of the properties and methods; what the headers leave to the name is said in
seatbook/_documentation.py. With --check it only says whether seatbook/_members.py is what it would
write.
"""

import re
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
SHOWN = PROJECT / "bindings" / "common" / "members.hpp"
TABLE = PROJECT / "bindings" / "python" / "seatbook" / "_members.py"
sys.path.insert(0, str(PROJECT / "capi" / "tools"))

from comments import Comments, entries, paragraphs_of  # noqa: E402 - beside the binding of C

# What has another name here.
RENAMED = {"Seat": "NotificationSeat"}
# Where C++ has the number 0 for what is not there, and Python has None.
NONE_FOR_ZERO = {
    "Assignment", "HistoryRow", "InventoryRow.record", "RosterFileRow.assignment", "RosterPage.next",
    "UtilizationRow.license",
}
# What only C++ has, in the words of Python. Checked: no `::` may be left.
WORDS = [
    (r" \([ABC]\d+(, [ABC]\d+)*\)", ""),  # numbers of rules
    (r"; [ABC]\d+(, [ABC]\d+)*\)", ")"),
    (r" ?\(\)", ""),
    (r"folded as C17", "in any case of its letters"),
    (r"SeatTotal::unlimited", "None, which is unlimited"),
    (r"\w+::next\b", "`next`"),
    (r"\ball_rows\b", "ALL_ROWS"),
    (r"(^|; )none:", r"\1None:"),
    (r"; must stay as it is while the call runs", ""),
    (r"\bcode points\b", "characters"),
]

HEAD = '''"""What the members of records and the arguments of calls are.

Written by bindings/python/tools/members.py from the comments of the C++ headers: change those.
"""

from typing import Dict

'''


def texts_of(body):
    """(member, text) of the members that have a comment."""
    for member, comment in entries(body, r"\b(\w+)(?= =(?:\s|$)|\{\};|;)"):
        text = " ".join(paragraphs_of([comment]))
        if text and member not in ("const", "noexcept"):  # those are functions
            yield member, text


def in_python(owner, member, text):
    for pattern, word in WORDS:
        text = re.sub(pattern, word, text)
    if NONE_FOR_ZERO & {owner, f"{owner}.{member}"}:
        text = re.sub(r"\b0(?=:| where| while| unless)", "None", text)
    if "::" in text or "std" in text.split() or re.search(r"\b[ABC]\d\d?\b", text):
        sys.exit(f"members.py: words of C++ are left: {owner}.{member}: {text}")
    if not re.match(r"ok\b|\w*_", text):  # no name of a code or call
        text = text[0].upper() + text[1:]
    return text if text.endswith(".") else f"{text}."


def tables(comments):
    structs = {}
    for name in re.findall(r"^struct Members<(?:\w+::)?(\w+)> \{", SHOWN.read_text("utf-8"), re.M):
        if body := re.search(rf"^( *)struct {name} \{{(.*?)^\1\}};", comments.all, re.M | re.S):
            structs[name] = dict(texts_of(body[2]))
    structs["ExportRoster"] = dict(texts_of(comments.body("struct", "ExportRoster")[1]))
    requests, used = {}, {"CsvFormat"}
    for operation, request in re.findall(
            r"Result<[^;]*?\b(\w+)\(\s*const (\w+)&", comments.text["book.hpp"]):
        if request in structs:
            used.add(request)
            requests[operation] = {
                "from_" if member == "from" else member: text
                for member, text in structs[request].items() if member != "progress"
            }
    # A file is written of a list, in a format.
    for name in ("seat_list", "history", "roster"):
        requests[f"export_{name}"] = {
            **requests.get(f"export_{name}", {}), **requests[name], **structs["CsvFormat"]}
    records = {RENAMED.get(name, name): members for name, members in structs.items()
               if name not in used}
    return [table("MEMBERS", records), table("ARGUMENTS", requests)]


def table(name, owners):
    lines = [f"{name}: Dict[str, Dict[str, str]] = {{"]
    for owner, members in sorted(owners.items()):
        if not members:
            continue
        lines.append(f'    "{owner}": {{')
        for member, text in members.items():
            quoted = in_python(owner, member, text).replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'        "{member}": "{quoted}",')
        lines.append("    },")
    return "\n".join([*lines, "}"])


def main(arguments):
    text = HEAD + "\n\n".join(tables(Comments(PROJECT / "include" / "seatbook"))) + "\n"
    if arguments == ["--check"]:
        if TABLE.read_text(encoding="utf-8") == text:
            print("members: _members.py is what the headers say")
            return 0
        print("members: _members.py is not what bindings/python/tools/members.py writes",
              file=sys.stderr)
        return 1
    TABLE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
