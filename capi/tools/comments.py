"""Reads the comments of the C++ headers and translates C++ names to C."""

import re
import sys


class Comments:
    def __init__(self, folder):
        self.text = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.hpp"))}
        self.all = "\n".join(self.text.values())

    # ------------------------------------------------------------------------------- look-up

    def block_above(self, position):
        """Returns the /// lines above a position at the start of a line."""
        lines = []
        for line in reversed(self.all[:position].splitlines()):
            stripped = line.strip()
            if not stripped.startswith("///"):
                break
            lines.append(stripped[3:])
        return paragraphs_of(reversed(lines))

    def body(self, kind, name):
        match = re.search(rf"^{kind} {name}(?: : [\w:]+)? \{{(.*?)^\}};", self.all, re.M | re.S)
        return match

    def struct(self, name):
        match = self.body("struct", name)
        return in_c(self.block_above(match.start())) if match else []

    def enumeration(self, name):
        match = self.body("enum class", name)
        return in_c(self.block_above(match.start())) if match else []

    def members(self, name):
        """Returns the comment of each member."""
        if not name or not (match := self.body("struct", name)):
            return {}
        return {n: " ".join(in_c(paragraphs_of([t]))) for n, t in entries(match[1], r"(\w+) =\s")}

    def enumerators(self, name):
        match = self.body("enum class", name)
        if not match:
            return {}
        body = match[1]
        if name == "Operation":  # "// people": headings
            return {}
        found = entries(re.sub(r"^\s*// .*$", "", body, flags=re.M), r"^\s*(\w+)(?: = \d+)?,")
        return {n: " ".join(in_c(paragraphs_of([t]))) for n, t in found}

    def constant(self, name):
        text = re.search(rf"constexpr [\w:]+ {name} =\s*([^;]+);", self.all)[1].replace("'", "")
        shift = re.fullmatch(r"(\d+) << (\d+)", text)
        return int(shift[1]) << int(shift[2]) if shift else int(text)

    def method(self, name):
        """Returns the comment of a member function of Session, which several may share."""
        text = self.text["book.hpp"]
        offset = self.all.index(text)
        match = re.search(rf"^  (?:\[\[nodiscard\]\] )?(?:Result<|bool |std::optional<)[^;]*?\b{name}\(", text, re.M)
        position = match.start()
        while True:
            line_start = text.rfind("\n", 0, position - 1) + 1
            line = text[line_start : position - 1]
            if line.strip().startswith("///"):
                return in_c(self.block_above(offset + position))
            if not line.strip():
                return []
            position = line_start

    def operation(self, name, struct, kind):
        if kind == "command":
            return self.struct(struct)
        text = self.method(name)
        if kind == "file":
            return self.struct(struct) + [t for t in text if t.startswith("Streams ")]
        return text

    def request(self, struct, kind):
        if kind in ("command", "file", "arguments") or not struct:
            return []
        return self.struct(struct)


def entries(body, name):
    """Returns the (name, comment) pairs of a struct or an enumeration."""
    above, current, result = [], None, {}
    for line in body.splitlines():
        stripped = line.strip()
        if stripped.startswith("///<"):  # continuation
            if current:
                result[current] += " " + stripped[4:].strip()
            continue
        if stripped.startswith("///"):
            above.append(stripped[3:].strip())
            continue
        match = re.search(name, line.split("///<")[0])
        if match:
            current = match[1]
            _, _, behind = line.partition("///<")
            result[current] = " ".join([*above, behind.strip()]).strip()
        elif stripped.startswith("{}"):  # a default on a separate line
            _, _, behind = line.partition("///<")
            if current and behind:
                result[current] = (result[current] + " " + behind.strip()).strip()
        above = []
    return result.items()


def paragraphs_of(lines):
    result, words = [], []
    for line in lines:
        line = line.strip()
        if not line or line.startswith("- "):
            if words:
                result.append(" ".join(words))
            words = [line] if line else []
            if not line:
                result.append("")
            continue
        if re.match(r"Errors?:", line) and words:
            result.append(" ".join(words))
            words = []
        words.append(line)
    if words:
        result.append(" ".join(words))
    while result and not result[-1]:
        result.pop()
    return result


# Replaces names of C++ with names of C. in_c() fails if a `::` is left.
WORDS = [
    (r"SeatTotal::unlimited\(\)", "SEATBOOK_UNLIMITED"),
    (r"Session::at_least(\(\))?", "seatbook_session_at_least()"),
    (r"Session::history\b", "seatbook_history()"),
    (r"Book::(refresh|open|close|check_invariants)(\(\))?", r"seatbook_book_\1()"),
    (r"Storage::clock\(\)", "the storage's clock"),
    (r"Error::outcomes", "seatbook_error_outcomes()"),
    (r"OpenOptions::(\w+)", r"the option \1"),
    (r"CsvFormat::(\w+)", r"\1"),
    (r"(\w+)::next\b", r"`next` of \1"),
    (r"PersonId::|LicenseId::", ""),
    (r"std::string", "text"),
    (r"required_permissions\(\)", "seatbook_operation_permissions()"),
    (r"\ball_rows\b", "SEATBOOK_ALL_ROWS"),
    (r"\b(usage|can|why_not)\(\)", r"seatbook_\1()"),
    (r"see SeatListQuery", "see above"),
    (r"Cost: see above", "Cost: see the request"),
    (r"\(`backup_owner = clear`\)", ""),
    (r": \.backup_owner = clear", " (SEATBOOK_NO_ID)"),
    (r"types\.hpp", "SEATBOOK_MAX_..."),
    (r"(imports|inventory|commands|queries|sqlite|storage)\.hpp", "above"),
    (r"; its text is \"export\"", ""),
    (r" \(`\.actor = \"root\"`\)", " (actor)"),
    (r"`\.person = id`", "person"),
    (r"\{Permission::view, \.\.\.\}", ""),
]


def in_c(paragraphs):
    result = []
    for text in paragraphs:
        for pattern, word in WORDS:
            text = re.sub(pattern, word, text)
        if "::" in text or "std" in text.split():
            sys.exit(f"comments.py: a comment of a C++ header has a C++ name without translation: {text}")
        result.append(text)
    return result
