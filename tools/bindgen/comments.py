"""Reads the comments of the C++ headers and of the handwritten part of the C headers.

A comment is a list of paragraphs. An empty paragraph is a blank line.
"""

import re
import sys


def paragraphs_of(lines):
    """Joins the lines of a comment to paragraphs: at blank lines, list items and "Errors:"."""
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
        if line.startswith("Errors:") and words:
            result.append(" ".join(words))
            words = []
        words.append(line)
    if words:
        result.append(" ".join(words))
    while result and not result[-1]:
        result.pop()
    return result


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


# ------------------------------------------------------------------------------------------- C++


class CppComments:
    """The comments of C++ headers, with the names of C."""

    def __init__(self, paths, to_c):
        """`to_c` translates the names in a text."""
        self.text = {path.name: path.read_text("utf-8") for path in paths}
        self.all = "\n".join(self.text.values())
        self.to_c = to_c

    def in_c(self, paragraphs):
        result = [self.to_c(text) for text in paragraphs]
        for text in result:
            if re.search(r"\w::|\bstd\b|\.hpp|`\.\w+ =", text):
                sys.exit(f"a comment of a C++ header has a name without translation: {text}")
        return result

    def block_above(self, position):
        """Returns the /// lines above a position at the start of a line."""
        lines = []
        for line in reversed(self.all[:position].splitlines()):
            stripped = line.strip()
            if not stripped.startswith("///") or stripped.startswith("///<"):
                break
            lines.append(stripped[3:])
        return paragraphs_of(reversed(lines))

    def declaration(self, kind, name):
        """Finds `struct Name { ... };`. Inner structs are named Outer::Inner."""
        name = name.rpartition("::")[2]
        alias = re.search(rf"^using {name} = (\w+)<", self.all, re.M)
        name = alias[1] if alias else name
        body = r"([^\n]*(?=\};)|.*?^\1)"
        return re.search(rf"^( *)(?:template <[^\n]*>\n *)?{kind} {name}(?: : [\w:]+)? \{{{body}\}};",
                         self.all, re.M | re.S)  # fmt: skip

    def above(self, kind, name):
        match = self.declaration(kind, name)
        return self.in_c(self.block_above(match.start())) if match else []

    def struct(self, name):
        return self.above("struct", name)

    def enumeration(self, name):
        return self.above("enum class", name)

    def members(self, name):
        """Returns the comment of each member, and of each function without arguments."""
        match = self.declaration("struct", name)
        if not match:
            return {}
        found = entries(match[2], r"(?<![.\w])(\w+) =(?:\s|$)")
        functions = entries(re.sub(r"\n\s+(?=\w+\(\))", " ", match[2]), r"(\w+)\(\) const")
        for name, text in functions.items():
            found.setdefault(name, re.sub(r"^Returns? |(?<!\. )\.$", "", text))
        return {n: " ".join(self.in_c(paragraphs_of([t]))) for n, t in found.items()}

    def enumerators(self, name):
        """Returns the comment of each enumerator. `//` is a heading."""
        match = self.declaration("enum class", name)
        body = re.sub(r"^\s*//(?!/).*$", "", match[2] if match else "", flags=re.M)
        found = entries(body, r"^\s*(\w+)(?: = \d+)?,")
        return {n: " ".join(self.in_c(paragraphs_of([t]))) for n, t in found.items()}

    def limits(self):
        """Yields each constant max_... that has a unit: (name, value, unit, comment).

            inline constexpr std::size_t max_name_length = 255;  ///< code points
        """
        for match in re.finditer(
            r"^inline constexpr [\w:]+ (max_\w+) =\s*([\d'<> ]+);\s*///< (.*)$", self.all, re.M
        ):
            number, _, shift = match[2].replace("'", "").partition("<<")
            value = int(number) << int(shift or 0)
            yield match[1], value, match[3], self.in_c(self.block_above(match.start()))

    def method(self, name):
        """Returns the comment of a member function of Session, which several may share, and the
        default values of its arguments."""
        text = self.text["book.hpp"]
        offset = self.all.index(text)
        match = re.search(
            rf"^  (?:\[\[nodiscard\]\] )?(?:Result<|bool |std::optional<)[^;]*?\b{name}\(([^;]*)",
            text, re.M)  # fmt: skip
        defaults = {n: int(v) for n, v in re.findall(r"(\w+) = (\d+)", match[1])}
        position = match.start()
        while True:
            line_start = text.rfind("\n", 0, position - 1) + 1
            line = text[line_start : position - 1]
            if line.strip().startswith("///"):
                return self.in_c(self.block_above(offset + position)), defaults
            if not line.strip():
                return [], defaults
            position = line_start


def entries(body, name):
    """Returns the comment of each line that has a name: the /// above and the ///< behind it."""
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
    return result


def headings(text, names):
    """Returns the heading of each name: the last `// heading` whose next line contains a name."""
    found, heading, candidate = {}, None, None
    for line in text.splitlines():
        comment = re.fullmatch(r"\s*// (.+)", line)
        if comment:
            candidate = comment[1]
            continue
        word = next((w for w in re.findall(r"\w+", line) if w in names), None)
        if word:
            heading = candidate or heading
            found.setdefault(word, heading)
        candidate = None
    return found


# --------------------------------------------------------------------------------------------- C

COMMENT = r"/\*.*?\*/"


class CHeader:
    """The declarations of a C header with their comments.

    A comment belongs to the declaration below it, without a blank line in between, or to the one
    before it on the same line. Functions, and macros, without a blank line and a comment in between
    share one, except functions that free a handle.
    """

    def __init__(self, text):
        self.opaque, self.structs, self.functions = {}, [], []
        self.constants = []  # (name, value as text, doc)
        self.comments = []  # those that belong to no declaration
        self.functions_before = {}  # how many functions are above each @PLACEHOLDER@
        plain = re.sub(r"#ifdef __cplusplus.*?#endif\n", "", text, flags=re.S)
        self.scan(plain)

    def scan(self, text):
        at, doc, last, last_kind = 0, None, None, None
        while at < len(text):
            space = re.compile(r"\s*").match(text, at)
            if "\n\n" in space[0]:
                if doc is not None:
                    self.comments.append(doc)
                doc, last = None, None
            at = space.end()
            comment = re.compile(COMMENT, re.S).match(text, at)
            if comment:
                lines = comment_lines(comment[0])
                at = comment.end()
                if last is not None and "\n" not in space[0]:
                    last.extend(paragraphs_of(lines))
                else:
                    doc = paragraphs_of(lines)
                continue
            match = (re.compile(r"#(?:\\\n|(?!/\*).)*").match(text, at)
                     or re.compile(r"@\w+@").match(text, at)
                     or re.compile(r"(?:typedef struct|enum)\s+\w+\s*\{.*?\}[^;]*;",
                                   re.S).match(text, at)
                     or re.compile(r"[^;]*;").match(text, at))  # fmt: skip
            if not match:
                break
            at = match.end()
            kind = next((k for k in ("SEATBOOK_API", "#define") if match[0].startswith(k)), None)
            shared = last is not None and kind and kind == last_kind and "_free(" not in match[0]
            own = doc if doc is not None else list(last) if shared else []
            self.declaration(match[0], own)
            doc, last, last_kind = None, own, kind

    def declaration(self, text, doc):
        if text.startswith("@"):
            self.functions_before[text.strip("@")] = len(self.functions)
        elif macro := re.fullmatch(r"#define (SEATBOOK_\w+)\s+(.+?)\s*", text, re.S):
            if not macro[1].endswith(("_INIT", "_API")):
                self.constants.append((macro[1], macro[2], doc))
        elif opaque := re.fullmatch(r"typedef struct (\w+) \1;", text):
            self.opaque[opaque[1]] = doc
        elif struct := re.match(r"typedef struct (\w+) \{(.*)\}", text, re.S):
            self.structs.append((struct[1], doc, list(items(struct[2], ";"))))
        elif enum := re.match(r"enum\s+(\w+)\s*\{(.*)\}", text, re.S):
            for item, item_doc in items(enum[2], ","):
                if "=" in item:
                    name, value = item.split("=")
                    self.constants.append((name.split()[-1], value.strip(), item_doc))
        elif text.startswith("SEATBOOK_API"):
            self.functions.append((*function_of(text[12:-1]), doc))


def comment_lines(text):
    return [re.sub(r"^\s*\* ?", "", line) for line in text[2:-2].splitlines()]


def function_of(text):
    """Returns (name, return type, [(name, type)])."""
    match = re.fullmatch(r"\s*(.*?)(\w+)\((.*)\)", " ".join(text.split()))
    parameters = []
    for parameter in [] if match[3] == "void" else match[3].split(", "):
        type_, name = re.fullmatch(r"(.*?)(\w+)", parameter).groups()
        parameters.append((name, type_.strip()))
    return match[2], match[1].strip(), parameters


def items(body, end):
    """Yields the members of a struct or an enumeration with their comments."""
    pattern = re.compile(rf"({COMMENT})|([^\s/{end}][^/{end}]*){end}?([ \t]*{COMMENT})?", re.S)
    above = []
    for comment, item, behind in pattern.findall(body.strip()):
        if comment:
            above = paragraphs_of(comment_lines(comment))
        elif item.strip():
            item, own = item.strip(), paragraphs_of(comment_lines(behind.strip())) if behind else []
            yield " ".join(item.split()), above or own
            above = []
