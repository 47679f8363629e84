#!/usr/bin/env python3
"""Generates the parts of the C API that repeat for every operation.

    generate.py --describe PROGRAM    describe the C++ API with PROGRAM and write all files
    generate.py                       write all files from capi/operations.json
    generate.py --check [--describe PROGRAM]   write nothing; fail if a file would change

PROGRAM is seatbook_capi_describe. The files, below capi/ unless noted, are:

    operations.json      the table: every operation with its request, result and codes; the members
                         of requests and results; the enumerations
    include/seatbook.h   from tools/seatbook.h.in, the table, and the comments of the C++ headers
    src/generated/       requests.hpp, operations.cpp, shapes.cpp
    seatbook.api.json    the description of the C API for generators of bindings: functions,
                         structs with offsets, constants, operations, results
    tests/capi/calls.inc (in the project's root) the operations for the conformance runner
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import textwrap

CAPI = pathlib.Path(__file__).resolve().parents[1]
PROJECT = CAPI.parent
sys.path.insert(0, str(CAPI / "tools"))

from comments import Comments  # noqa: E402

NONE = -(2**53 - 1)
NO_DATE = -(2**31 - 1)
UNREADABLE, UNREADABLE_DATE = -(2**63), -(2**31)
FIRST_SIZES = CAPI / "abi/first_sizes.json"
WIDTH = 100

# ------------------------------------------------------------------------------------- the table

# Structs that only the C API has. The grammar of types is that of the requests of operations.
DURABILITY = {"name": "Durability", "values": [["full", 0], ["relaxed", 1]]}
# Comments of out-parameters whose names do not explain them.
OUTPUT_NOTES = {
    "total": "*total: SEATBOOK_UNLIMITED for a license without a limit.",
    "done": "*done: the number of items that succeeded; in a dry run, that would have succeeded.",
}
# In C++ this is struct Opening of storages.hpp.
OPEN_OPTIONS = [
    ("clock", "clock", "The clock of the book; unless set, the clock of the storage or machine."),
    ("allow_clock_behind", "flag",
     "Accept commands although the clock is more than 10 minutes behind the last change (C52)."),
    ("read_only", "flag", "Every command fails with SEATBOOK_BOOK_READ_ONLY."),
    ("must_exist", "flag",
     "Files and databases: fail if the book does not exist, instead of creating it."),
    ("durability", "choice Durability",
     "Files: `full`, the default, syncs every commit; with `relaxed`, the last commits may be lost if "
     "the machine crashes."),
    ("vfs", "text", "Files: the name of a virtual file system that is registered with SQLite."),
    ("book", "text",
     "Databases: the name of the book, 1 to 191 code points; \"main\" unless set."),
    ("schema", "text", "Databases: the schema of the tables; \"seatbook\" unless set."),
    ("connect_timeout_ms", "number32",
     "Databases: the time limit for connecting. This and the limits below: 1 to 3,600,000 ms; "
     "5,000 ms unless set."),
    ("lock_timeout_ms", "number32",
     "Databases: how long a command waits for other writers; 10,000 ms unless set."),
    ("statement_timeout_ms", "number32",
     "Databases: the time limit for one statement; 30,000 ms unless set."),
    ("idle_transaction_timeout_ms", "number32",
     "Databases: how long an inactive writer may hold the lock; 4,000 ms unless set."),
    ("tcp_timeout_ms", "number32",
     "Databases: the time without a response after which a connection is closed; 10,000 ms unless set."),
    ("retry_for_ms", "number32",
     "Databases: how long a call retries after a lost connection; 15,000 ms unless set."),
]  # fmt: skip
ACTOR = [
    ("actor", "text", "The name of a service, as history shows it: 1 to 191 code points."),
    ("person", "optional id person", "A person of the book. Set either `actor` or `person`."),
    ("role", "choice Role", "SEATBOOK_ROLE_EMPLOYEE unless set."),
    ("permissions", "optional permissions",
     "Replaces the role: a set of bits 1 << SEATBOOK_PERMISSION_..."),
]  # fmt: skip

# Out-parameters in addition to the table, by the record of the result. They need no allocation.
OUTPUTS = {
    "PersonReceipt": [("person", "id person")],
    "LicenseReceipt": [("license", "id license")],
    "SeatReceipt": [("assignment", "id assignment")],
    "BulkReceipt": [("done", "number")],
    "RosterReport": [("added", "number")],
    "InventoryReport": [("added", "number")],
    "Usage": [("used", "number"), ("total", "total")],
}
# Queries that return one value, and the name of its out-parameter.
VALUES = {
    "find_person": "person",
    "find_license": "license",
    "find_actor": "actor",
    "find_seat": "assignment",
    "last_use": "used_at",
    "needs_review_count": "count",
}
OF_THE_BOOK = {"dump": "seatbook_book_dump", "check": "seatbook_book_check",
               "close": "seatbook_book_close"}  # fmt: skip

LIMITS = [
    ("MAX_NAME_LENGTH", "max_name_length"), ("MAX_EMAIL_LENGTH", "max_email_length"),
    ("MAX_VENDOR_LENGTH", "max_vendor_length"),
    ("MAX_PRODUCT_GROUP_LENGTH", "max_product_group_length"),
    ("MAX_HOST_KEY_LENGTH", "max_host_key_length"), ("MAX_ACTOR_LENGTH", "max_actor_length"),
    ("MAX_ACCESS_LEVEL_LENGTH", "max_access_level_length"),
    ("MAX_ACCOUNT_LENGTH", "max_account_length"), ("MAX_NOTES_LENGTH", "max_notes_length"),
    ("MAX_REASON_LENGTH", "max_reason_length"), ("MAX_TEXT_BYTES", "max_text_bytes"),
    ("MAX_BULK_ITEMS", "max_bulk_items"), ("MAX_TOTAL_SEATS", "max_total_seats"),
    ("MAX_INACTIVITY_DAYS", "max_inactivity_days"), ("MAX_ASSIGNABLE_LIMIT", "max_assignable_limit"),
    ("MAX_LIST_LIMIT", "max_list_limit"), ("MAX_HISTORY_LIMIT", "max_history_limit"),
    ("MAX_IMPORT_BYTES", "max_import_bytes"),
    ("MAX_LARGE_IMPORT_BYTES", "max_large_import_bytes"), ("MAX_IMPORT_ROWS", "max_import_rows"),
    ("MAX_LARGE_IMPORT_ROWS", "max_large_import_rows"),
    ("MAX_QUEUED_EVENTS", "max_queued_events"),
]  # fmt: skip


def snake(name):
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def shouted(name):
    return snake(name).replace("-", "_").upper()


def merged(description):
    """Adds the codes of tests/conformance/operations.json to the description of the C++ API."""
    conformance = json.loads((PROJECT / "tests/conformance/operations.json").read_text("utf-8"))
    promises = {entry["name"]: entry for entry in conformance["operations"]}
    names = [operation["name"] for operation in description["operations"]]
    others = set(promises) - set(names) - set(OF_THE_BOOK)
    if others or set(names) - set(promises):
        sys.exit(f"tests/conformance/operations.json has other operations: {others}")
    for operation in description["operations"]:
        operation["codes"] = promises[operation["name"]]["codes"]
    description["book_operations"] = [
        {"name": name, "function": function, "codes": promises[name]["codes"]}
        for name, function in OF_THE_BOOK.items()
    ]
    return description


def table_text(table):
    """Formats a table as JSON with one line for each entry."""
    lines = ["{"]
    for at, (name, entries) in enumerate(table.items()):
        lines.append(f"  {json.dumps(name)}: [")
        lines.extend(
            f"    {json.dumps(entry)}{',' if n + 1 < len(entries) else ''}"
            for n, entry in enumerate(entries)
        )
        lines.append("  ]" + ("," if at + 1 < len(table) else ""))
    return "\n".join(lines + ["}"]) + "\n"


# --------------------------------------------------------------------------------------- structs


class Member:
    """A member of a request in C. `type` is its type in the table."""

    def __init__(self, name, type_, bit=None, default=None, part=None):
        self.name, self.type, self.bit, self.default, self.part = name, type_, bit, default, part
        bare = re.sub(r"^(optional|edit) ", "", type_)
        self.is_edit = type_.startswith("edit ")
        self.is_optional = type_.startswith("optional ")
        word, _, rest = bare.partition(" ")
        self.bare = bare
        self.count_member = None
        self.array = ""
        if word == "id":
            self.c, self.size, self.zero = "seatbook_id", 8, "0"
        elif word == "number":
            self.c, self.size, self.zero = "uint64_t", 8, "0"
        elif word == "total":
            self.c, self.size, self.zero = "int64_t", 8, "0"
        elif word == "number32":
            self.c, self.size, self.zero = "uint32_t", 4, "0"
        elif word == "integer32":
            self.c, self.size, self.zero = "int32_t", 4, "0"
        elif word == "permissions":
            self.c, self.size, self.zero = "uint32_t", 4, "0"
        elif word == "flag":
            self.c, self.size, self.zero = "seatbook_flag", 4, "0"
        elif word == "choice":
            self.c, self.size, self.zero = f"seatbook_{snake(rest)}", 4, "0"
        elif word == "time":
            self.c, self.size, self.zero = "seatbook_time", 8, "0"
        elif word == "date":
            self.c, self.size, self.zero = "seatbook_date", 4, "0"
        elif word == "money":
            self.c, self.size, self.zero = "seatbook_money", 8, "0"
        elif word == "text":
            self.c, self.size, self.zero = "seatbook_text", 16, "{0, 0}"
        elif word == "request_id":
            self.c, self.size, self.zero, self.array = "uint8_t", 16, "{0}", "[16]"
        elif word == "progress":
            self.c, self.size, self.zero = "seatbook_progress *", 8, "0"
        elif word == "clock":
            self.c, self.size, self.zero = "seatbook_clock *", 8, "0"
        elif word == "sink":
            self.c, self.size, self.zero = "const seatbook_sink *", 8, "0"
        elif word == "record":
            self.c, self.size, self.zero = f"const seatbook_{snake(rest)} *", 8, "0"
        elif word == "list" and rest.startswith("id"):
            self.c, self.size, self.zero = "const seatbook_id *", 8, "0"
            self.count_member = f"{name}_count"
        elif word == "list" and rest.startswith("record "):
            self.c, self.size, self.zero = f"const seatbook_{snake(rest[7:])} *", 8, "0"
            self.count_member = f"{name}_count"
        else:
            sys.exit(f"no C type for {type_}")
        self.align = {"text": 8, "request_id": 1}.get(word, self.size)

    def declared(self):
        return f"{self.c}{'' if self.c.endswith('*') else ' '}{self.name}{self.array}"


class Struct:
    """A request, or a part of one, in the LP64 layout, with named padding."""

    def __init__(self, name, bits, cpp, members, text=None, of=None):
        self.name, self.bits, self.cpp, self.text, self.of = name, bits, cpp, text or [], of
        self.members = [Member(m["name"], m["type"], bit, m.get("default"), m.get("part"))
                        for bit, m in enumerate(members)]  # fmt: skip
        # (declaration, name, C type, offset, size, member or None, zero)
        self.layout = [("size_t struct_size", "struct_size", "size_t", 0, 8, None, None),
                       ("uint64_t fields", "fields", "uint64_t", 8, 8, None, "0")]  # fmt: skip
        offset, self.reserved = 16, []
        for member in self.members:
            offset = self.pad(offset, member.align)
            c = member.c.strip() + member.array
            self.layout.append((member.declared(), member.name, c, offset, member.size, member, member.zero))
            offset += member.size
            if member.count_member:
                self.layout.append((f"size_t {member.count_member}", member.count_member, "size_t",
                                    offset, 8, None, "0"))  # fmt: skip
                offset += 8
        self.size = self.pad(offset, 8)

    def pad(self, offset, align):
        missing = -offset % align
        if missing:
            assert missing == 4, (self.name, offset)
            name = f"reserved_{len(self.reserved)}"
            self.reserved.append(name)
            self.layout.append((f"uint32_t {name}", name, "uint32_t", offset, 4, None, "0"))
        return offset + missing

    @property
    def c(self):
        return f"seatbook_{self.name}"

    def field(self, member):
        return f"SEATBOOK_FIELD_{self.bits}_{member.name.upper()}"


class Model:
    """The table, translated to C."""

    def __init__(self, table):
        self.table = table
        self.records = {record["name"]: record["members"] for record in table["records"]}
        self.enumerations = [*table["enumerations"], DURABILITY]
        self.parts = {part["name"]: Struct(snake(part["name"]), shouted(part["name"]), part["name"],
                                           part["members"])
                      for part in table["parts"]}  # fmt: skip
        as_members = lambda rows: [{"name": n, "type": t} for n, t, _ in rows]  # noqa: E731
        self.open_options = Struct("open_options", "OPEN", "Opening", as_members(OPEN_OPTIONS))
        self.actor = Struct("actor", "ACTOR", "Actor", as_members(ACTOR))
        self.operations = [Operation(self, entry) for entry in table["operations"]]
        self.shapes = self.make_shapes()

    def structs(self):
        return [self.open_options, self.actor, *self.parts.values(),
                *(o.struct for o in self.operations if o.struct)]  # fmt: skip

    def make_shapes(self):
        """Returns the columns of each type of rows, with nested records flattened."""
        shapes = {"Ids": [Column("value", "id")], "Texts": [Column("value", "text")]}
        with_names = set()
        for members in self.records.values():
            for member in members:
                if member["type"].endswith(" with column_name"):
                    with_names.add(re.match(r"list record (\w+)", member["type"])[1])
        for name in self.records:
            columns = self.flattened(name, "")
            if name in with_names:
                columns.append(Column("column_name", "text", derived=True))
            shapes[name] = columns
        return shapes

    def flattened(self, record, prefix):
        columns = []
        for member in self.records[record]:
            name, type_ = prefix + member["name"], member["type"]
            bare = re.sub(r"^optional ", "", type_)
            derived = member.get("derived", False)
            if bare.startswith("record "):
                inner = self.flattened(bare[7:], name + "_")
                columns.append(Column(name, type_, len(inner), derived))
                columns.extend(inner)
            else:
                columns.append(Column(name, type_, 0, derived))
        return columns


class Column:
    TYPES = {"id": "ID", "number": "NUMBER", "number32": "NUMBER", "total": "NUMBER", "flag": "FLAG",
             "choice": "CHOICE", "time": "TIME", "date": "DATE", "money": "MONEY",
             "money_sum": "MONEY_SUM", "text": "TEXT", "record": "RECORD", "list": "LIST"}  # fmt: skip

    def __init__(self, name, type_, members=0, derived=False):
        self.name, self.type, self.members, self.derived = name, type_, members, derived
        self.optional = type_.startswith("optional ")
        bare = re.sub(r"^optional ", "", type_)
        word, _, rest = bare.partition(" ")
        self.constant = "SEATBOOK_TYPE_" + self.TYPES[word]
        self.word, self.choice, self.shape, self.of = word, None, None, None
        if word == "choice":
            self.choice = rest
        elif word == "id":
            self.of = rest or None
        elif word == "record":
            self.shape = rest
        elif word == "list":
            rest = rest.replace(" with column_name", "")
            self.shape = {"id": "Ids", "text": "Texts"}.get(rest.split()[0]) or rest.split()[1]


class Operation:
    def __init__(self, model, entry):
        self.name, self.kind, self.cpp = entry["name"], entry["kind"], entry["struct"]
        self.result, self.codes = entry["result"], entry["codes"]
        self.members = entry["request"]
        optional = any(m["type"].startswith("optional") for m in self.members)
        self.struct, self.arguments = None, []
        if self.kind == "arguments" and not optional:
            self.arguments = [Member(m["name"], m["type"]) for m in self.members]
        else:
            self.struct = Struct(f"{self.name}_request", shouted(self.name),
                                 self.cpp or "Arguments", self.members, of=self)  # fmt: skip
        bare = re.sub(r"^optional ", "", self.result)
        word, _, rest = bare.partition(" ")
        self.form, self.shape, self.outputs = None, None, []
        if self.result in ("nothing", "flag"):  # the function returns the flag itself
            self.form = self.result
        elif self.name in VALUES:
            self.form, self.outputs = "value", [(VALUES[self.name], bare)]
        elif word == "record":
            self.form, self.shape = "object", rest
            self.outputs = OUTPUTS.get(rest, [])
        else:
            self.form, self.shape = "list", re.match(r"record (\w+)", rest)[1]

    @property
    def function(self):
        return f"seatbook_{self.name}"

    @property
    def const(self):
        return "" if self.kind == "command" else "const "

    @property
    def returns(self):
        return "int32_t" if self.form == "flag" else "seatbook_code"

    def output_type(self, type_):
        return {"id": "seatbook_id", "number": "uint64_t", "total": "int64_t",
                "time": "seatbook_time"}[type_.split()[0]]  # fmt: skip

    def parameters(self):
        """(C type, name, role)."""
        yield f"{self.const}seatbook_session *", "session", "session"
        if self.struct:
            yield f"const {self.struct.c} *", "request", "request"
        for argument in self.arguments:
            yield argument.c, argument.name, "argument"
        for name, type_ in self.outputs:
            yield f"{self.output_type(type_)} *", name, "output"
        if self.shape:
            yield "seatbook_rows **", "result", "result"
        if self.form != "flag":
            yield "seatbook_error **", "error", "error"


# ---------------------------------------------------------------------------------------- header


def declaration(returns, name, parameters, end=";", start="SEATBOOK_API "):
    """Formats a function declaration of C like clang-format."""
    start = f"{start}{returns} {name}("
    words = [f"{c}{'' if c.endswith('*') else ' '}{n}" for c, n, *_ in parameters]
    text = start + ", ".join(words) + ")" + end
    if len(text) <= WIDTH:
        return text
    indent = len(start)
    if max(map(len, words)) + indent + 1 > WIDTH:
        indent = 4
    lines, line = [], start
    if indent == 4:
        lines, line = [start], "   "
    for at, word in enumerate(words):
        word += "," if at + 1 < len(words) else ")" + end
        if line.endswith("(") or len(line) + 1 + len(word) <= WIDTH:
            line += ("" if line.endswith("(") else " ") + word
        else:
            lines.append(line)
            line = " " * indent + word
    return "\n".join([*lines, line])


def comment(paragraphs, indent=""):
    """Formats paragraphs as a block comment. List items have a hanging indent."""
    lines = []
    for paragraph in paragraphs:
        if paragraph == "":
            lines.append("")
            continue
        hangs = paragraph.startswith("- ") or re.match(r"(Errors|Result): ", paragraph)
        hanging = "  " if hangs else ""
        lines.extend(textwrap.wrap(paragraph, WIDTH - 6 - len(indent), subsequent_indent=hanging,
                                   break_long_words=False, break_on_hyphens=False))  # fmt: skip
    text = "\n".join(f"{indent} * {line}".rstrip() for line in lines)
    return f"{indent}/*{text[len(indent) + 2:]} */"


def code_constant(code):
    return "SEATBOOK_" + code.upper()


def enum_block(lines, indent="  "):
    """Formats constants with their comments. The last one has no comma."""
    out = []
    for at, (name, value, text) in enumerate(lines):
        line = f"{indent}{name} = {value}{',' if at + 1 < len(lines) else ''}"
        if text and len(line) + len(text) + 7 <= WIDTH:
            line += f" /* {text} */"
        elif text:
            out.append(comment([text], indent))
        out.append(line)
    return "\n".join(out)


class Header:
    def __init__(self, model, comments):
        self.model, self.comments = model, comments

    def text(self):
        template = (CAPI / "tools/seatbook.h.in").read_text("utf-8")
        version = re.search(r"project\(seatbook VERSION ([\d.]+)",
                            (PROJECT / "CMakeLists.txt").read_text("utf-8"))[1]  # fmt: skip
        parts = {
            "VERSION": version,
            "LIMITS": self.limits(),
            "CODES": self.codes(),
            "ENUMERATIONS": self.enumerations(),
            "CHOICES": self.choices(),
            "COLUMNS": self.columns(),
            "OPEN_OPTIONS": self.struct(self.model.open_options,
                                        ["The options of seatbook_open(). Each applies to some kinds of storage only."], dict_of(OPEN_OPTIONS)),
            "ACTOR": self.struct(self.model.actor, self.comments.struct("Actor"), dict_of(ACTOR)),
            "PARTS": "\n\n".join(
                self.struct(part, self.comments.struct(part.cpp), self.comments.members(part.cpp))
                for part in self.model.parts.values()),
            "OPERATIONS": self.operations(),
        }  # fmt: skip
        for name, value in parts.items():
            assert f"@{name}@" in template, name
            template = template.replace(f"@{name}@", value)
        return template

    def limits(self):
        rows = [(f"SEATBOOK_{c}", self.comments.constant(cpp), "") for c, cpp in LIMITS]
        rows.append(("SEATBOOK_ALL_ROWS", 0,
                     "all rows, as the limit of seatbook_seat_list() or seatbook_roster()"))
        rows.append(("SEATBOOK_MAX_VALUE_TEXT", 48, "the size of any formatted value, including the NUL"))
        return enum_block(rows)

    def codes(self):
        texts = self.comments.enumerators("Code")
        values = self.model.enumerations[0]["values"]
        return enum_block([(code_constant(n), v, texts.get(n, "")) for n, v in values])

    def enumerations(self):
        blocks = []
        for enumeration in self.model.enumerations[1:]:
            name = enumeration["name"]
            texts = self.comments.enumerators(name)
            rows = [(choice_constant(name, n), v, texts.get({"export": "export_"}.get(n, re.sub("[-.]", "_", n)), ""))
                    for n, v in enumeration["values"]]  # fmt: skip
            text = " ".join(self.comments.enumeration(name))
            if name == "Durability":
                text = "When a commit to a file is durable."
            blocks.append((comment([text]) + "\n" if text else "")
                          + f"typedef int32_t seatbook_{snake(name)};\nenum {{\n"
                          + enum_block(rows) + "\n};")  # fmt: skip
        return "\n\n".join(blocks)

    def choices(self):
        return enum_block([(f"SEATBOOK_CHOICE_{shouted(e['name'])}", at, "")
                           for at, e in enumerate(self.model.enumerations, 1)])  # fmt: skip

    def columns(self):
        blocks = []
        for name, columns in self.model.shapes.items():
            texts = self.comments.members(name)
            rows = [(column_constant(name, c.name), at,
                     "; ".join(filter(None, [column_note(c), texts.get(c.name)])))
                    for at, c in enumerate(columns)]  # fmt: skip
            text = {"Ids": "Columns of a list of ids.", "Texts": "Columns of a list of texts."}.get(name)
            text = text or f"Columns of {name}."
            blocks.append(f"/* {text} */\nenum {{\n{enum_block(rows)}\n}};")
        return "\n\n".join(blocks)

    def struct(self, struct, text, texts):
        lines = []
        for declared, name, _, _, _, member, _ in struct.layout:
            note = texts.get(name, "") if member else ""
            if name == "struct_size":
                note = f"sizeof({struct.c})"
            elif name == "fields":
                note = f"SEATBOOK_FIELD_{struct.bits}_..."
            elif name.startswith("reserved_"):
                note = "0"
            elif member:
                note = self.with_default(note, self.default(member))
            line = f"  {declared};"
            if note and len(line) + len(note) + 7 <= WIDTH:
                line += f" /* {note} */"
            elif note:
                lines.append(comment([note], "  "))
            lines.append(line)
        bits = [(struct.field(m), hex(1 << m.bit), "") for m in struct.members]
        zeros = ", ".join(zero for *_, zero in struct.layout[1:])
        init = textwrap.wrap(f"{{sizeof({struct.c}), {zeros}}}", WIDTH - 6, break_on_hyphens=False)
        init = " \\\n    ".join(init)
        return (comment(text) + "\n" + f"typedef struct {struct.c} {{\n" + "\n".join(lines)
                + f"\n}} {struct.c};\n#define {struct.c.upper()}_INIT \\\n  {init}\nenum {{\n"
                + enum_block(bits) + "\n};")  # fmt: skip

    @staticmethod
    def with_default(note, default):
        if not default or "default " in note:
            return note
        separator = " " if note.endswith(".") else "; "
        return note + separator + default if note else default

    @staticmethod
    def default(member):
        value = member.default
        if value is None or value is False or member.type == "time":
            return ""
        if value is True:
            return "1 unless set"
        if isinstance(value, str):
            return f"{choice_constant(member.bare.split()[1], value)} unless set"
        return f"{value} unless set"

    def operations(self):
        blocks, section = [], None
        for operation in self.model.operations:
            here = SECTIONS.get(operation.name)
            if here and here != section:
                section = here
                blocks.append(f"/* {'-' * (WIDTH - 8 - len(here))} {here} */")
            blocks.append(self.operation(operation))
        return "\n\n".join(blocks)

    def operation(self, operation):
        text = self.comments.operation(operation.name, operation.cpp, operation.kind)
        notes = []
        codes = list(dict.fromkeys(c for c in operation.codes if c not in COMMON))
        text, errors = split_errors(text)
        for code in self.model.enumerations[0]["values"]:
            errors = re.sub(rf"\b(?<!`){code[0]}\b(?! [a-z])(?=[,;. (]|$)", code_constant(code[0]), errors)
        if " / " in errors:  # one list for several operations
            errors = ""
        codes = [code_constant(c) for c in codes if code_constant(c) not in errors]
        if errors and codes:
            errors = ", ".join(codes) + ("; " if errors.startswith("as ") else ", ") + errors
        elif codes:
            errors = ", ".join(codes) + "."
        if errors:
            notes.append("Errors: " + errors)
        if operation.form == "list":
            notes.append(f"Result: rows of {operation.shape}.")
        elif operation.form == "object":
            notes.append(f"Result: one row of {operation.shape}.")
        elif operation.form == "value":
            nothing = {"id": "0 if there is none", "time": "SEATBOOK_NONE if there is none"}
            word = operation.outputs[0][1].split()[0]
            if word in nothing:
                notes.append(f"Result: *{operation.outputs[0][0]}; {nothing[word]}.")
        elif operation.form == "flag":
            notes.append("Result: 1 or 0.")
        elif operation.form == "nothing":
            notes.append("Result: SEATBOOK_OK if the actor may use the operation.")
        notes += [OUTPUT_NOTES[name] for name, _ in operation.outputs if name in OUTPUT_NOTES]
        block = comment([*text, *notes]) + "\n" + declaration(
            operation.returns, operation.function, list(operation.parameters()))  # fmt: skip
        if operation.struct:
            texts = {}
            for name in self.request_structs(operation):
                texts.update(self.comments.members(name))
            head = self.comments.request(operation.cpp, operation.kind)
            head = head or [f"The arguments of {operation.function}()."]
            block = self.struct(operation.struct, head, texts) + "\n" + block
        return block

    @staticmethod
    def request_structs(operation):
        extra = {"export_seat_list": ["SeatListQuery", "CsvFormat"],
                 "export_history": ["HistoryQuery", "CsvFormat"],
                 "export_roster": ["CsvFormat"], "people": ["RecordQuery"],
                 "licenses": ["RecordQuery"]}  # fmt: skip
        return [*extra.get(operation.name, []), operation.cpp]


def split_errors(paragraphs):
    """Returns the paragraphs without their list of errors, and that list."""
    kept, errors = [], ""
    for text in paragraphs:
        before, found, after = text.partition("Errors: ")
        if before.strip():
            kept.append(before.strip())
        elif not found and not text:
            kept.append(text)
        if found:
            errors = after
    return kept, errors


# Documented once for all operations (seatbook.h.in).
COMMON = {"invalid_argument", "book_closed", "permission_denied", "clock_behind", "repeated_request"}
SECTIONS = {"add_person": "people", "add_license": "licenses", "assign": "seats",
            "people": "queries", "seat_list": "lists and exports", "utilization": "reports",
            "import_roster": "imports", "can": "permissions"}  # fmt: skip


def dict_of(rows):
    return {name: text for name, _, text in rows}


def choice_constant(enumeration, name):
    return f"SEATBOOK_{shouted(enumeration)}_{re.sub('[-.]', '_', name).upper()}"


def column_constant(shape, name):
    return f"SEATBOOK_COLUMN_{shouted(shape)}_{name.upper()}"


def column_note(column):
    note = {"number32": "number", "total": "number; null: unlimited"}.get(column.word, column.word)
    if column.choice:
        note = f"choice: seatbook_{snake(column.choice)}"
    elif column.word == "list":
        note = f"list of {column.shape}"
    elif column.word == "record":
        note = f"record {column.shape}"
    return note + ("; may be null" if column.optional else "")


# -------------------------------------------------------------------------------------- C++ code

NOTICE = "// Generated by capi/tools/generate.py: do not edit.\n"


def first_sizes(model):
    """Returns the size of each struct in its first release. Smaller sizes are rejected."""
    known = json.loads(FIRST_SIZES.read_text("utf-8")) if FIRST_SIZES.exists() else {}
    for struct in model.structs():
        known.setdefault(struct.c, struct.size)
    return known


def requests_code(model, sizes):
    """Returns the code that converts each struct of C to the struct of C++."""
    out = [NOTICE + "#ifndef SEATBOOK_CAPI_GENERATED_REQUESTS_HPP_\n"
           "#define SEATBOOK_CAPI_GENERATED_REQUESTS_HPP_\n\n"
           '#include <optional>\n\n#include "capi/src/reader.hpp"\n#include "capi/src/storages.hpp"\n\n'
           "namespace seatbook::capi {\n"]  # fmt: skip
    for struct in model.structs():
        mask = (1 << len(struct.members)) - 1
        out.append(f"template <>\nstruct Layout<{struct.c}> {{\n"
                   f"  static constexpr std::uint64_t known_fields = {hex(mask)};\n"
                   f"  static constexpr std::size_t first_size = {sizes[struct.c]};\n"
                   "  static constexpr bool reserved_is_zero(const " + struct.c + "& from) {\n"
                   + ("    return " + " && ".join(f"from.{r} == 0" for r in struct.reserved) + ";\n"
                      if struct.reserved else "    static_cast<void>(from);\n    return true;\n")
                   + "  }\n" + "".join(
                       f"  static constexpr std::uint64_t sink_bit = {hex(1 << m.bit)};\n"
                       for m in struct.members if m.bare == "sink") + "};\n")  # fmt: skip
    for struct in [model.open_options, model.actor, *model.parts.values()]:
        out.append(reader_code(struct, struct.cpp))
    for operation in model.operations:
        if not operation.struct:
            continue
        if operation.kind == "arguments":
            continue
        out.append(reader_code(operation.struct, operation.cpp, operation))
    cases = "".join(f"  if ((fields & {m_bit(m)}) != 0) return \"{m.name}\";\n"
                    for m in model.open_options.members)
    out.append("/// Returns the name of the first option in a set of bits.\n"
               "inline const char* first_option(std::uint64_t fields) {\n" + cases
               + '  return "fields";\n}\n')  # fmt: skip
    out.append("}  // namespace seatbook::capi\n\n#endif  // SEATBOOK_CAPI_GENERATED_REQUESTS_HPP_\n")
    return "\n".join(out)


def m_bit(member):
    return hex(1 << member.bit)


def choices_code(model):
    return NOTICE + "".join(f"&name_of<{e['name']}>,\n" for e in model.enumerations)


def calls_code(model):
    """Returns the table of operations for the conformance runner."""
    return NOTICE + "".join(f'{{"{o.name}", call("{o.name}", &{o.function})}},\n'
                            for o in model.operations)  # fmt: skip


def reader_code(struct, cpp, operation=None):
    lines = []
    for member in struct.members:
        if member.bare in ("sink", "permissions"):
            target = None
        else:
            target = f"to.{member.name}"
            if member.part:
                target = f"to.{member.part}.{member.name}"
        arguments = f'{hex(1 << member.bit)}, "{member.name}", from.{member.name}'
        if member.count_member:
            arguments += f", from.{member.count_member}"
        if member.bare == "sink":
            lines.append(f"  in.sink({arguments});")
        elif member.bare == "permissions":
            lines.append(f"  in.permissions({arguments}, to.permissions);")
        else:
            lines.append(f"  in.read({arguments}, {target});")
    return (f"inline void read_members(Reader& in, const {struct.c}& from, {cpp}& to) {{\n"
            + "\n".join(lines) + "\n}\n")  # fmt: skip


def operations_code(model):
    out = [NOTICE + '#include "capi/src/generated/requests.hpp"\n#include "capi/src/run.hpp"\n'
           '#include "seatbook.h"\n\nusing namespace seatbook;        // NOLINT\n'
           "using namespace seatbook::capi;  // NOLINT\n\nextern \"C\" {\n"]  # fmt: skip
    for operation in model.operations:
        head = declaration(operation.returns, operation.function, list(operation.parameters()),
                           end=" {", start="")  # fmt: skip
        out.append(f"{head}\n{operation_body(operation)}}}\n")
    out.append('}  // extern "C"\n')
    return "\n".join(out)


def operation_body(operation):
    name, method = operation.name, f"&Session::{operation.name}"
    outputs = dict(operation.outputs)
    if operation.form == "value":
        output = next(iter(outputs))
        value = {"id": "id_or_none", "time": "time_or_none", "number": "number"}[
            outputs[output].split()[0]]  # fmt: skip
        put = f"put({output}, {value}(found));"
        if operation.kind == "arguments" and operation.struct:
            return (f"  return query_of_license(session, request, error, {method},\n"
                    f"      [&](const auto& found) {{ {put} }});\n")  # fmt: skip
        if operation.struct:
            return (f"  return value<{operation.cpp}>(session, request, error, {method},\n"
                    f"      [&](const auto& found) {{ {put} }});\n")  # fmt: skip
        arguments = ", ".join(argument_code(a) for a in operation.arguments)
        return ("  return run(session, error, [&](const Session& on) {\n"
                f"    return finish(on.{name}({arguments}), error,\n"
                f"        [&](const auto& found) {{ {put} }});\n  }});\n")  # fmt: skip
    if operation.form == "flag":
        arguments = ", ".join(argument_code(a) for a in operation.arguments)
        return ("  return yes_or_no(session, [&](const Session& on) {\n"
                f"    return on.{name}({arguments});\n  }});\n")  # fmt: skip
    if operation.form == "nothing":
        arguments = ", ".join(argument_code(a) for a in operation.arguments)
        return ("  return run(session, error, [&](const Session& on) {\n"
                f"    return finish(on.{name}({arguments}), error);\n  }});\n")  # fmt: skip
    puts = " ".join(output_code(n, t, operation.shape) for n, t in outputs.items())
    lambda_ = f"[&](const auto& value) {{ {puts} }}" if puts else "nothing_else"
    if operation.kind == "file":
        return (f"  return file<{operation.cpp}>(session, request, result, error, {method});\n")
    if operation.kind == "arguments" and operation.struct:
        return (f"  return rows_of_license(session, request, result, error, {method});\n")
    if operation.struct:
        verb = "command" if operation.kind == "command" else "query"
        return (f"  return {verb}<{operation.cpp}>(session, request, result, error, {method},\n"
                f"      {lambda_});\n")  # fmt: skip
    arguments = ", ".join(argument_code(a) for a in operation.arguments)
    return ("  return run(session, error, [&](const Session& on) {\n"
            f"    return finish(on.{name}({arguments}), result, error, {lambda_});\n"
            "  });\n")  # fmt: skip


def argument_code(argument):
    word, _, rest = argument.bare.partition(" ")
    if word == "id":
        return f"{rest.capitalize()}Id({argument.name})"
    if word == "time":
        return f"Timestamp{{{argument.name}}}"
    if word == "number":
        return f"Seq({argument.name})"
    if word == "choice":
        return f"choice<{rest}>({argument.name})"
    return argument.name


def output_code(name, type_, shape):
    if shape == "BulkReceipt":
        return f"put({name}, value.summary.done);"
    if type_ == "total":
        return f"put({name}, total_of(value.{name}));"
    return f"put({name}, value.{name}{'.value' if type_.startswith('id') else ''});"


def shapes_code(model):
    out = [NOTICE + '#include "capi/src/generated/shapes.hpp"\n\nnamespace seatbook::capi {\nnamespace {\n']
    for name, columns in model.shapes.items():
        rows = ",\n".join(
            f'    {{"{c.name}", {c.constant}, '
            f"{'SEATBOOK_CHOICE_' + shouted(c.choice) if c.choice else 0}, {c.members}}}"
            for c in columns)  # fmt: skip
        out.append(f"constexpr ColumnShape {snake(name)}_columns[] = {{\n{rows}}};\n")
    out.append("}  // namespace\n")
    for name, columns in model.shapes.items():
        if name in PLAIN:
            out.append(f'const Shape {snake(name)}_shape = {{"{name}", {snake(name)}_columns, '
                       f"{len(columns)}}};")  # fmt: skip
            continue
        out.append(f"template <>\nconst Shape ShapeOf<{cpp_record(name)}>::shape = {{\"{name}\", "
                   f"{snake(name)}_columns, {len(columns)}}};")  # fmt: skip
    out.append("\n}  // namespace seatbook::capi\n")
    return "\n".join(out)


PLAIN = ("Ids", "Texts")


def shapes_header(model):
    lines = [NOTICE + "#ifndef SEATBOOK_CAPI_GENERATED_SHAPES_HPP_\n"
             "#define SEATBOOK_CAPI_GENERATED_SHAPES_HPP_\n\n"
             '#include "capi/src/members.hpp"\n#include "capi/src/shapes.hpp"\n\n'
             "namespace seatbook::capi {\n"]  # fmt: skip
    lines.extend(f"template <>\nconst Shape ShapeOf<{cpp_record(name)}>::shape;"
                 for name in model.shapes if name not in PLAIN)  # fmt: skip
    lines.append("\n}  // namespace seatbook::capi\n\n"
                 "#endif  // SEATBOOK_CAPI_GENERATED_SHAPES_HPP_\n")  # fmt: skip
    return "\n".join(lines)


def cpp_record(name):
    return {"NotificationSeat": "Notification::Seat"}.get(name, name)


# -------------------------------------------------------------------------------------- api.json


def api(model, header, sizes):
    functions = [
        {"name": name, "returns": returns,
         "parameters": [{"name": n, "type": c} for c, n in parameters]}
        for returns, name, parameters in functions_in(header)
    ]  # fmt: skip
    constants = dict(constants_in(header))
    constants.update(SEATBOOK_NONE=NONE, SEATBOOK_UNLIMITED=NONE, SEATBOOK_NO_DATE=NO_DATE, SEATBOOK_NO_ID=-NONE,
                     SEATBOOK_UNREADABLE_TIME=UNREADABLE, SEATBOOK_UNREADABLE_MONEY=UNREADABLE,
                     SEATBOOK_UNREADABLE_DATE=UNREADABLE_DATE, SEATBOOK_MAX_TIME=7289654399999999, SEATBOOK_MAX_MONEY=999999999999,
                     SEATBOOK_MAX_RECORDS=4294967294)  # fmt: skip
    structs = []
    for struct in model.structs():
        members = []
        for _, name, c, offset, size, member, _ in struct.layout:
            entry = {"name": name, "c": c, "offset": offset, "size": size}
            if member:
                entry.update(type=member.type, bit=member.bit, field=struct.field(member))
                if member.count_member:
                    entry["count"] = member.count_member
                if member.default is not None:
                    entry["default"] = member.default
            members.append(entry)
        structs.append({"name": struct.c, "size": struct.size, "first_size": sizes[struct.c],
                        "members": members})
    operations = []
    for operation in model.operations:
        entry = {"name": operation.name, "function": operation.function, "kind": operation.kind,
                 "request": operation.struct.c if operation.struct else None,
                 "arguments": [{"name": a.name, "type": a.type, "c": a.c}
                               for a in operation.arguments],
                 "outputs": [{"name": n, "type": t, "c": operation.output_type(t)}
                             for n, t in operation.outputs],
                 "form": operation.form, "shape": operation.shape,
                 "codes": operation.codes}  # fmt: skip
        operations.append(entry)
    shapes = []
    for name, columns in model.shapes.items():
        shapes.append({"name": name, "columns": [column_entry(c) for c in columns]})
    choices = [{"name": e["name"], "type": f"seatbook_{snake(e['name'])}", "number": at,
                "values": dict(e["values"])}
               for at, e in enumerate(model.enumerations, 1)]  # fmt: skip
    return table_text({
        "structs": structs, "operations": operations,
        "book_operations": model.table["book_operations"], "shapes": shapes, "choices": choices,
        "functions": functions,
        "constants": [{"name": n, "value": v} for n, v in constants.items()],
    })  # fmt: skip


def column_entry(column):
    entry = {"name": column.name, "type": column.constant[14:].lower()}
    for name, value in (("choice", column.choice), ("shape", column.shape), ("of", column.of),
                        ("members", column.members), ("optional", column.optional),
                        ("derived", column.derived)):  # fmt: skip
        if value:
            entry[name] = value
    if column.word == "total":
        entry["optional"] = True
    return entry


def functions_in(header):
    plain = re.sub(r"/\*.*?\*/", " ", header, flags=re.S)
    for match in re.finditer(r"SEATBOOK_API\s+([^;(]*?)\s*(\**)(seatbook_\w+)\(([^;]*)\);", plain):
        returns = " ".join((match[1] + " " + match[2]).split())
        parameters = []
        if match[4].strip() != "void":
            for parameter in match[4].split(","):
                parameter = " ".join(parameter.split())
                type_, name = re.fullmatch(r"(.*?)(\w+)", parameter).groups()
                parameters.append((type_.strip(), name))
        yield returns, match[3], parameters


def constants_in(header):
    plain = re.sub(r"/\*.*?\*/", " ", header, flags=re.S)
    for block in re.findall(r"enum\s*\{(.*?)\}", plain, flags=re.S):
        for name, value in re.findall(r"(SEATBOOK_\w+)\s*=\s*(-?\w+)", block):
            yield name, int(value, 0)


# ------------------------------------------------------------------------------------------ main


def formatted(path, text):
    """Returns the text unchanged."""
    return text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--describe", metavar="PROGRAM")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    table_path = CAPI / "operations.json"
    if arguments.describe:
        run = subprocess.run([arguments.describe], check=True, capture_output=True, text=True)
        table = merged(json.loads(run.stdout))
    else:
        table = merged(json.loads(table_path.read_text("utf-8")))
    model = Model(table)
    header = Header(model, Comments(PROJECT / "include/seatbook")).text()
    sizes = first_sizes(model)
    files = {
        FIRST_SIZES: json.dumps(sizes, indent=2) + "\n",
        table_path: table_text(table),
        CAPI / "include/seatbook.h": header,
        CAPI / "src/generated/requests.hpp": requests_code(model, sizes),
        CAPI / "src/generated/operations.cpp": operations_code(model),
        CAPI / "src/generated/choices.inc": choices_code(model),
        CAPI / "src/generated/shapes.hpp": shapes_header(model),
        CAPI / "src/generated/shapes.cpp": shapes_code(model),
        PROJECT / "tests/capi/calls.inc": calls_code(model),
        CAPI / "seatbook.api.json": api(
            model, header + (CAPI / "include/seatbook_storage.h").read_text("utf-8"), sizes),
    }
    stale = []
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale.append(path.relative_to(PROJECT).as_posix())
        if not arguments.check:
            path.write_text(text, "utf-8")
    if arguments.check and stale:
        sys.exit("not up to date, run capi/tools/generate.py: " + ", ".join(stale))
    print(f"{len(model.operations)} operations, {len(model.shapes)} types of rows: "
          + (f"wrote {', '.join(stale)}" if stale else "all files up to date"))  # fmt: skip


if __name__ == "__main__":
    main()
