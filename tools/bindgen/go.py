"""Writes the parts of the Go package that repeat for every operation: zz_generated_*.go."""

import os
import pathlib
import re
import shutil
import subprocess
import textwrap
from typing import NamedTuple

import text
from text import BANNER, ToolMissing, direct, member_note, with_remark

FOLDER = "bindings/go"
WIDTH = 97  # and "// "

# Words that Go spells in capital letters.
INITIALISMS = {"id": "ID", "csv": "CSV", "utc": "UTC", "vfs": "VFS", "it": "IT", "tcp": "TCP"}

# The prefix of the constants of a choice, if it is not the name of the choice.
PREFIXES = {
    "Code": "Err", "Role": "", "PersonState": "Person", "LicenseState": "License",
    "CapacityPolicy": "Policy", "BillingPeriod": "Billing", "HistoryKind": "History",
    "EventKind": "Event", "SeatSort": "SortBy", "UtilizationBy": "By", "RosterOutcome": "Roster",
    "InventoryOutcome": "Inventory", "LogLevel": "Log", "LogKind": "Log", "OffboardingOutcome": "Offboarding", "Operation": "Op",
}  # fmt: skip

# Structs that a program builds from its configuration, never from JSON.
NOT_FROM_JSON = {"Options", "Actor"}

# What has a shape that is neither a result of a session nor a part of one.
OF_THE_BOOK = {"BookStats": "is the result of Book.Stats", "LogEntry": "is passed to Options.OnLog"}

# RosterReport.CSV passes the rows of this result back to C.
KEEPS_ROWS = "RosterReport"


def files(described):
    generator = Generator(described)
    parts = {
        "choices": generator.choices(),
        "requests": generator.requests(),
        "results": generator.results(),
        "calls": generator.calls(),
    }
    formatter = gofmt()
    return {f"{FOLDER}/zz_generated_{name}.go": formatted(formatter, text)
            for name, text in parts.items()}  # fmt: skip


def gofmt():
    """Returns the path of gofmt: the one of $GO, or that on the PATH."""
    go = os.environ.get("GO") or shutil.which("go") or ""
    sibling = pathlib.Path(shutil.which(go) or go).resolve().with_name("gofmt") if go else None
    path = str(sibling) if sibling and sibling.exists() else shutil.which("gofmt")
    if not path:
        raise ToolMissing("the Go files need gofmt: install Go, or set GO to the go command")
    return path


def formatted(formatter, text):
    run = subprocess.run([formatter], input=text, capture_output=True, text=True, encoding="utf-8")
    if run.returncode:
        raise SystemExit(f"gofmt rejects a generated Go file:\n{run.stderr}")
    return run.stdout


# ----------------------------------------------------------------------------------------- names


def camel(name):
    return "".join(INITIALISMS.get(w, w[:1].upper() + w[1:]) for w in re.split("[-_.]", name))


def type_name(name):
    """Returns CSVProfile for CsvProfile."""
    return name.replace("Csv", "CSV")


def id_type(of):
    return f"{camel(of)}ID"


def constant(choice, value):
    return PREFIXES.get(choice, type_name(choice)) + camel(value)


def quoted(text):
    return f'"{text}"'


# ------------------------------------------------------------------------------ types of requests


class Spelling(NamedTuple):
    """A member of a request in Go. `$` in `to_c` is the value."""

    go: str
    is_set: str  # the condition under which `v` is set; "" if always
    to_c: str
    cleared: str = ""  # the value of C that clears a member of an update


# In requests, the zero value of these types is none.
ZERO_IS_NONE = {"date", "time", "request_id", "choice"}


def spell(member, empty_is_none=False):
    """`empty_is_none`: an optional text is not set if it is empty."""
    name, words = member["name"], member["type"].split()
    optional, edit = words[0] == "optional", words[0] == "edit"
    kind, *of = words[optional or edit :]
    if kind == "list":
        kind, of = f"list {of[0]}", of[1:]
    of = of[0] if of else ""
    field, of_id = quoted(name), id_type(of)
    spellings = {
        "text": ("string", 'v != ""', "in.text($)", "C.seatbook_text{}"),
        "id": (of_id, "", "C.seatbook_id($)", "C.seatbook_id(C.SEATBOOK_NO_ID)"),
        "money": ("Money", "", "C.seatbook_money($)", "C.seatbook_money(C.SEATBOOK_NONE)"),
        "date": ("Date", "v != (Date{})", "C.seatbook_date($.number())",
                 "C.seatbook_date(C.SEATBOOK_NO_DATE)"),
        "time": ("time.Time", "!v.IsZero()", "C.seatbook_time(microseconds($))",
                 "C.seatbook_time(C.SEATBOOK_NONE)"),
        "choice": (type_name(of), "v != 0", f"C.{member['c']}($ - 1)", "0"),
        "request_id": ("RequestID", "v != (RequestID{})", "in.requestID($)"),
        "flag": ("bool", "v", "1"),
        "total": ("Seats", "v != (Seats{})", "C.int64_t($.number())"),
        "number": ("int64", "v != 0", f"C.uint64_t(in.count({field}, $))"),
        "number32": ("int", "", f"C.uint32_t(in.number32({field}, $))"),
        "integer32": ("int", "v != 0", f"C.int32_t(in.integer32({field}, $))"),
        "permissions": ("Permissions", "", "C.uint32_t($)"),
        "list id": (f"[]{of_id}", "len(v) != 0", "idList(in, $)"),
        "list record": (f"[]{of}", "len(v) != 0", f"in.list{of}($)"),
        "record": (of, f"v != ({of}{{}})", f"in.new{of}($)"),
        "sink": ("io.Writer", "v != nil", "in.sink($)"),
        "progress": ("*Progress", "v != nil", "in.progress($)"),
        "clock": ("Clock", "v != nil", "in.clock($)"),
        "log": ("func(LogEntry)", "v != nil", "in.log($)"),
    }  # fmt: skip
    if name.endswith("_ms"):
        spellings[kind] = ("time.Duration", "", f"C.uint32_t(in.milliseconds({field}, $))")
    s = Spelling(*spellings[kind])
    if edit:
        return Spelling(f"Edit[{s.go}]", "", s.to_c.replace("$", "v.value"), s.cleared)
    s = s._replace(cleared="")
    if kind == "number32":
        optional = True  # 0 differs from the default
    if optional and kind not in ZERO_IS_NONE and not (kind == "text" and empty_is_none):
        return s._replace(go=f"Opt[{s.go}]", is_set="v.Valid", to_c=s.to_c.replace("$", "$.V"))
    if member.get("required") and (kind == "text" or kind.startswith("list ")):
        return s._replace(is_set="")  # the library reports an empty one
    return s


def unwrapped(go):
    return re.sub(r"^Opt\[(.*)\]$", r"\1", go)


def fields_of(struct):
    return [m for m in struct["members"] if "bit" in m]


def field_name(struct, member):
    if struct["name"] == "seatbook_actor" and member["name"] == "actor":
        return "Name"
    if member["type"] == "sink":
        return "To"
    return camel(member["name"].removesuffix("_ms"))


def is_list_of_values(shape):
    """A list of rows with a single column is a slice of its values."""
    return [c["name"] for c in shape["columns"]] == ["value"]


# -------------------------------------------------------------------------------------- generator


class Words(text.Words):
    constants = {"UNLIMITED": "Unlimited", "ALL_ROWS": "0 for all rows"}

    def choice(self, name, value):
        return constant(name, value)

    def limit(self, name):
        return f"SEATBOOK_{name}"  # the package has no limits

    def struct(self, struct):
        if struct["name"] == "seatbook_open_options":
            return "Options"
        if "of" not in struct:
            return type_name(camel(struct["name"].removeprefix("seatbook_")))
        changes = self.operations[struct["of"]]["kind"] in ("command", "file")
        return camel(struct["of"]) + ("" if changes else "Query")

    def function(self, owner, name):
        if not owner:
            return "OpenWith" if name == "open" else camel(name)
        return f"{camel(owner)}.{camel(name)}"


class Generator:
    def __init__(self, described):
        self.described = described
        self.structs = {s["name"]: s for s in described["structs"]}
        self.shapes = {s["name"]: s for s in described["shapes"]}
        self.words = Words(described)
        self.out = []

    def p(self, text):
        self.out.append(text)

    def take(self, imports=()):
        """Returns the text of a file and starts the next one."""
        head = f"// {BANNER}\n\npackage seatbook\n\n"
        if "C" in imports:
            head += '// #include "bridge.h"\nimport "C"\n\n'
        if others := [quoted(i) for i in imports if i != "C"]:
            head += "import (\n" + "\n".join(others) + "\n)\n\n"
        text = head + "\n".join(self.out) + "\n"
        self.out = []
        return text

    # ---------------------------------------------------------------------------- comments

    def in_go(self, text, members, none):
        """Replaces the words of C, and the names of members in backticks."""
        text = re.sub(r"`(\w+)`(?= of (\w+))", self.column_in_go, self.words(text, none))
        fields = dict(members)
        return re.sub(r"`(\w+)`", lambda match: fields.get(match[1], match[0]), text)

    def column_in_go(self, match):
        columns = self.shapes.get(match[2], {}).get("columns", [])
        return camel(match[1]) if match[1] in [c["name"] for c in columns] else match[0]

    def lines(self, paragraphs, members=(), none="none"):
        """Writes a comment. Go's documentation joins lines and requires indented lists."""
        joined = []
        for paragraph in paragraphs:
            if paragraph and joined and joined[-1] and "- " not in (paragraph[:2], joined[-1][:2]):
                joined[-1] += f" {paragraph}"
            else:
                joined.append(paragraph)
        for paragraph in joined:
            start, more = ("  ", "    ") if paragraph.startswith("- ") else ("", "")
            text = self.in_go(paragraph, members, none)
            lines = textwrap.wrap(text, WIDTH, initial_indent=start, subsequent_indent=more,
                                  break_long_words=False, break_on_hyphens=False)  # fmt: skip
            for line in lines or [""]:
                self.p(f"// {line}".rstrip())

    def comment(self, name, paragraphs, members=(), verb=False, none="none"):
        """Writes the comment of an exported name, which starts with the name.

        `verb`: the text is about what the name does. If its first word ends with s, it is the verb.
        """
        first = paragraphs[0]
        if not re.match("[A-Z]{2}", first):
            first = first[:1].lower() + first[1:]
        colon = "" if verb and first.split()[0].endswith("s") else ":"
        self.lines([f"{name}{colon} {first}", *paragraphs[1:]], members, none)

    # ----------------------------------------------------------------------------- choices

    def choices(self):
        for choice in self.described["choices"]:
            if choice["name"] == "Code":
                self.codes(choice)
            else:
                self.choice(choice)
        return self.take()

    def codes(self, choice):
        self.p("// The codes, one for each rule that a caller can act on. Use them with errors.Is.")
        self.p("const (")
        for value, number in choice["values"].items():
            if number:
                self.lines(filter(None, [choice["docs"].get(value)]))
                self.p(f"{constant('Code', value)} Code = {number}")
        self.p(")\n\nvar codeNames = map[Code]string{")
        for value, number in choice["values"].items():
            self.p(f"{number}: {quoted(value)},")
        self.p("}\n")

    def choice(self, choice):
        """A choice is its number in C plus one, so that the zero value is none."""
        name, values = type_name(choice["name"]), choice["values"]
        assert list(values.values()) == list(range(len(values))), f"{name}: numbers have gaps"
        *doc, last = choice["doc"]
        self.comment(name, [*doc, f"{last} The zero value is none."])
        self.p(f"type {name} int32\n\nconst (")
        for value, number in values.items():
            self.lines(filter(None, [choice["docs"].get(value)]))
            self.p(f"{constant(choice['name'], value)} {name} = {number + 1}")
        self.p(f")\n\nvar names{name} = []string{{")
        for value in values:
            self.p(f"{quoted(value)},")
        self.p(f"""}}

// String returns the name, which is the same in every language.
func (c {name}) String() string {{ return choiceName(names{name}, int32(c)) }}

// MarshalJSON writes the name, or null for none.
func (c {name}) MarshalJSON() ([]byte, error) {{ return choiceJSON(names{name}, int32(c)) }}

// UnmarshalText parses a name, spelled with - or with _.
func (c *{name}) UnmarshalText(text []byte) error {{
number, err := choiceOf("{name}", names{name}, text)
if err == nil {{ *c = {name}(number) }}
return err
}}
""")

    # ---------------------------------------------------------------------------- requests

    def spell(self, struct, member):
        return spell(member, empty_is_none=self.words.struct(struct) == "Options")

    def requests(self):
        for struct in self.described["structs"]:
            self.request(struct)
        return self.take(("io", "time"))

    def request(self, struct):
        name = self.words.struct(struct)
        members = {m["name"]: field_name(struct, m) for m in fields_of(struct)}
        if struct["doc"]:
            self.comment(name, struct["doc"], members, verb=True)
        else:
            self.lines([f"{name} is the request of Session.{camel(struct['of'])}."])
        self.p(f"type {name} struct {{")
        for member in fields_of(struct):
            self.lines(self.member_doc(member), members)
            tag = f' `json:"{member["name"]},omitzero"`'
            if name in NOT_FROM_JSON:
                tag = ""
            elif member["type"] in ("sink", "progress"):
                tag = ' `json:"-"`'
            self.p(f"{members[member['name']]} {self.spell(struct, member).go}{tag}")
        self.p("}\n")

    @staticmethod
    def member_doc(member):
        if member["type"] == "sink":
            return ["Receives the file while it is created. If nil, the result contains the file."]
        if member.get("required"):
            return [with_remark(member.get("doc", ""), "required")]
        # A default of 0 is Go's zero value.
        note = member_note(member, constant) if member.get("default") else member.get("doc")
        return [note] if note else []

    def writer(self, struct):
        name, c = self.words.struct(struct), struct["name"]
        self.p(f"func (in *input) fill{name}(c *C.{c}, r *{name}) {{\nc.struct_size = C.sizeof_{c}")
        for member in fields_of(struct):
            spelled = self.spell(struct, member)
            to = f"c.{member['name']}"
            if "count" in member:
                to += f", c.{member['count']}"
            bit = f"c.fields |= 1 << {member['bit']}\n{to} ="
            field = f"r.{field_name(struct, member)}"
            if spelled.cleared:
                self.p(f"switch v := {field}; v.kind {{\ncase sets:\n{bit} {spelled.to_c}\n"
                       f"case clears:\n{bit} {spelled.cleared}\n}}")  # fmt: skip
            elif not spelled.is_set:
                self.p(f"{bit} {spelled.to_c.replace('$', field)}")
            elif spelled.go == "bool":
                self.p(f"if {field} {{\n{bit} 1\n}}")
            else:
                to_c = spelled.to_c.replace("$", "v")
                self.p(f"if v := {field}; {spelled.is_set} {{\n{bit} {to_c}\n}}")
        self.p("}\n")
        uses = {m.get("type") for s in self.described["structs"] for m in s["members"]}
        if f"list record {struct['cpp']}" in uses:
            self.p(f"""func (in *input) list{name}(from []{name}) (*C.{c}, C.size_t) {{
memory := in.alloc(len(from), C.sizeof_{c})
if memory == nil {{ return nil, 0 }}
to := unsafe.Slice((*C.{c})(memory), len(from))
for n := range from {{ in.fill{name}(&to[n], &from[n]) }}
return &to[0], C.size_t(len(to))
}}
""")
        if f"record {struct['cpp']}" in uses:
            self.p(f"""func (in *input) new{name}(from {name}) *C.{c} {{
to := (*C.{c})(in.alloc(1, C.sizeof_{c}))
if to == nil {{ return nil }}
in.fill{name}(to, &from)
return to
}}
""")

    # ----------------------------------------------------------------------------- results

    def results(self):
        shapes = [s for s in self.described["shapes"] if not is_list_of_values(s)]
        for shape in shapes:
            self.result(shape)
        for shape in shapes:
            self.reader(shape)
        return self.take(("time",))

    def result_type(self, column):
        kind = column["type"]
        if kind == "list":
            return f"[]{self.item_type(column)}"
        if kind == "record":
            return ("*" if column.get("optional") else "") + column["shape"]
        if column.get("unlimited"):
            return "Seats"
        name = {
            "number": "int64", "flag": "bool", "text": "string", "time": "time.Time",
            "date": "Date", "money": "Money", "money_sum": "MoneySum",
        }.get(kind)  # fmt: skip
        if kind == "id":
            name = id_type(column["of"])
        elif kind == "choice":
            name = type_name(column["choice"])
        # The zero value of the other types is none.
        wraps = column.get("optional") and kind in ("id", "number", "time", "money")
        return f"Opt[{name}]" if wraps else name

    def item_type(self, column):
        shape = self.shapes[column["shape"]]
        if not is_list_of_values(shape):
            return column["shape"]
        return id_type(column["of"]) if "of" in column else self.result_type(shape["columns"][0])

    def result(self, shape):
        name = shape["name"]
        members = {c["name"]: camel(c["name"]) for _, c in direct(shape)}
        if shape["doc"]:
            first, *others = shape["doc"]
            self.comment(name, [f"{first} It {self.use_of(name)}.", *others], members)
        else:
            self.lines([f"{name} {self.use_of(name)}."])
        self.p(f"type {name} struct {{")
        for _, column in direct(shape):
            self.lines(filter(None, [column.get("doc")]), members)
            tag = column["name"] if column.get("json", True) else "-"
            self.p(f'{camel(column["name"])} {self.result_type(column)} `json:"{tag}"`')
        if name == KEEPS_ROWS:
            self.p("\nrows *result")
        self.p("}\n")

    def use_of(self, name):
        """Says which operations return a shape."""
        if name in OF_THE_BOOK:
            return OF_THE_BOOK[name]
        of = [f"Session.{camel(o['name'])}" for o in self.described["operations"]
              if o["shape"] == name]  # fmt: skip
        if of:
            return "is the result of " + " and ".join(filter(None, [", ".join(of[:-1]), of[-1]]))
        return "is a part of " + " and ".join(
            s["name"] for s in self.described["shapes"]
            if any(c.get("shape") == name for _, c in direct(s)))  # fmt: skip

    def reader(self, shape):
        name = shape["name"]
        self.p(f"const columnsOf{name} = {len(shape['columns'])}\n")
        self.p(f"func read{name}(t *table, row, at int) (to {name}) {{")
        for at, column in direct(shape):
            self.p(self.read_column(column, f"to.{camel(column['name'])}", f"at+{at}", at))
        self.p("return\n}\n")

    def read_column(self, column, to, position, at):
        get, kind, go = f"(row, {position})", column["type"], self.result_type(column)
        has = f"if t.has{get} {{ {to} ="
        number = f"t.number{get}"
        if go == "Seats":
            return f"{to} = t.seats{get}"
        if kind == "choice":
            if go == "Code":
                return f"{to} = Code({number})"
            return f"{has} {go}({number} + 1) }}"
        if kind == "date":
            return f"{has} DateFromDays({number}) }}"
        if kind == "record":
            read = f"read{column['shape']}(t, row, at+{at + 1})"
            if column.get("optional"):
                return f"if t.has{get} {{ record := {read}; {to} = &record }}"
            return f"{to} = {read}"
        if kind == "list":
            item = self.item_type(column)
            if item == column["shape"]:
                return f"{to} = listOf(t, row, {position}, columnsOf{item}, read{item})"
            read = "readText" if item == "string" else f"read{item}"
            return f"{to} = listOf(t, row, {position}, 1, {read})"
        value = {
            "number": number, "flag": f"{number} != 0", "time": f"instant({number})",
            "money": f"Money({number})", "money_sum": f"MoneySum(t.text{get})",
            "text": f"t.text{get}", "id": f"{unwrapped(go)}({number})",
        }[kind]  # fmt: skip
        return f"{has} Some({value}) }}" if go.startswith("Opt[") else f"{to} = {value}"

    # -------------------------------------------------------------------------- operations

    def calls(self):
        for struct in self.described["structs"]:
            self.writer(struct)
        for operation in self.described["operations"]:
            self.operation(operation)
        return self.take(("C", "context", "time", "unsafe"))

    def operation_comment(self, operation, request):
        members = {}
        if operation["shape"]:
            columns = direct(self.shapes[operation["shape"]])
            members = {c["name"]: camel(c["name"]) for _, c in columns}
        if request:
            members |= {m["name"]: field_name(request, m) for m in fields_of(request)}
        doc = [*operation["doc"]]
        if operation["form"] == "value" and "none" in operation["outputs"][0]:
            doc += ["", "It returns the zero value if there is none."]
        if "errors" in operation:
            doc += ["", f"Errors: {operation['errors']}"]
        none = "nil" if operation["form"] == "nothing" else "none"
        self.comment(camel(operation["name"]), doc, members, verb=True, none=none)

    def operation(self, operation):
        name, form, shape = camel(operation["name"]), operation["form"], operation["shape"]
        request = self.structs.get(operation["request"])
        self.operation_comment(operation, request)
        parameters, arguments, prepare = [], ["session"], ""
        if request:
            struct = self.words.struct(request)
            prepare = f"var c C.{request['name']}\nin.fill{struct}(&c, &r)\n"
            if any(m["type"] == "progress" for m in fields_of(request)):
                parameters.append("ctx context.Context")
                prepare = f"stop := in.watch(ctx, &r.Progress)\ndefer stop()\n{prepare}"
            parameters.append(f"r {struct}")
            arguments.append("&c")
        for argument in operation["arguments"]:
            spelled = spell(argument)
            to_c = spelled.to_c.replace("$.V", "$").replace("$", argument["name"])
            parameters.append(f"{argument['name']} {unwrapped(spelled.go)}")
            prepare += f"c{camel(argument['name'])} := {to_c}\n"
            arguments.append(f"c{camel(argument['name'])}")
        head = f"func (s *Session) {name}({', '.join(parameters)})"
        start = f"var in input\ndefer in.free()\n{prepare}session, err := s.use(&in)\nif err != nil"
        if form == "flag":
            self.p(f"{head} bool {{\n{start} {{ return false }}\n"
                   f"yes := C.{operation['function']}({', '.join(arguments)}) == 1\n"
                   "s.keep()\nreturn yes\n}\n")  # fmt: skip
            return
        result, none, value = self.returned(operation)
        failure = f"return {none}, " if result else "return "
        self.p(f"{head} {f'({result}, error)' if result else 'error'} {{")
        self.p(f"{start} {{ {failure}err }}")
        for n, output in enumerate(operation["outputs"]):
            if form == "value" and n == 0:
                self.p(f"var output C.{output['c']}")
                arguments.append("&output")
            else:
                arguments.append("nil")
        if shape:
            self.p("var rows *C.seatbook_rows")
            arguments.append("&rows")
        self.p(f"""var failure *C.seatbook_error
code := C.{operation['function']}({', '.join([*arguments, '&failure'])})
s.keep()
if code != 0 {{ {failure}in.failed(code, failure) }}""")
        read = f"(rows, columnsOf{shape}, read{shape})"
        if shape == KEEPS_ROWS:
            self.p(f"kept := keepResult(rows)\nreport := objectOf{read}")
            self.p("report.rows = kept\nreturn report, nil")
        elif shape:
            of = "objectOf" if form == "object" else "rowsOf"
            self.p(f"defer C.seatbook_rows_free(rows)\nreturn {of}{read}, nil")
        else:
            self.p(f"return {value}, nil" if result else "return nil")
        self.p("}\n")

    @staticmethod
    def returned(operation):
        """Returns the type of the result, its value after a failure, and its conversion from C."""
        shape = operation["shape"]
        if operation["form"] == "nothing":
            return "", "", ""
        if shape:
            is_list = operation["form"] == "list"
            return (f"[]{shape}", "nil", "") if is_list else (shape, f"{shape}{{}}", "")
        kind, _, of = operation["outputs"][0]["type"].partition(" ")
        of_id = id_type(of)
        return {
            "id": (of_id, "0", f"{of_id}(output)"),
            "time": ("time.Time", "time.Time{}", "timeOrNone(int64(output))"),
            "number": ("int64", "0", "int64(output)"),
        }[kind]
