#!/usr/bin/env python3
"""Checks that the code in the documents equals the example files, which are compiled and tested.

In a Markdown file, the line

    <!-- example: examples/quickstart.cpp -->

is followed by a fenced block with the contents of that file. The path is relative to the project's
folder. An empty line between the two is allowed. A document can show a part of a file:

    <!-- example: examples/keeping_a_book.cpp: open -->

In the file, the part is between the lines "// example: open" and "// end of example", with "#"
instead of "//" in Python. In the document, the common indentation of the part is removed.

    readme_examples_test.py            runs the checks
    readme_examples_test.py --rewrite  copies the files into the documents
"""

import re
import sys
import tempfile
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
MARKER_BEGIN, MARKER_END = b"<!-- example: ", b" -->"


class ExampleError(Exception):
    """A document with invalid markers, or a marker that names no example."""


def documents(project):
    """Lists the Markdown files in the root and under docs/, and the READMEs of the bindings."""
    return [
        file
        for pattern in ("*.md", "bindings/*/README.md", "docs/**/*.md")
        for file in sorted(project.glob(pattern))
    ]


def language_of(path):
    """Returns the language of an example's block."""
    suffix = Path(str(path).partition(":")[0].strip()).suffix
    languages = {".py": b"python", ".c": b"c", ".go": b"go", ".js": b"js"}
    return languages.get(suffix, b"cpp")


def examples_in(text):
    """Yields (line number, path, code, begin, end) of each example: text[begin:end] is its code.

    A marker within a fenced block is ignored.
    """
    marked = None  # the marker whose block follows: (line number, path)
    fence = None  # of the current block: (number of backticks, its marker, position of its code)
    position = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        begin, position = position, position + len(line)
        stripped = line.strip()
        backticks = len(stripped) - len(stripped.lstrip(b"`"))
        if fence is not None:
            if backticks >= fence[0] and backticks == len(stripped):
                if fence[1] is not None:
                    yield (*fence[1], text[fence[2] : begin], fence[2], begin)
                fence = None
        elif backticks >= 3:
            if marked and stripped[backticks:] != language_of(marked[1]):
                language = language_of(marked[1]).decode()
                raise ExampleError(f"line {number}: the block of {marked[1]} must be ```{language}")
            fence, marked = (backticks, marked, position), None
        elif marked and stripped:
            raise ExampleError(f"line {number}: no fenced block follows the marker of {marked[1]}")
        elif stripped.startswith(MARKER_BEGIN) and stripped.endswith(MARKER_END):
            marked = number, stripped[len(MARKER_BEGIN) : -len(MARKER_END)].strip().decode()
    if fence is not None and fence[1] is not None:
        raise ExampleError(f"the block of {fence[1][1]} is never closed")
    if marked:
        raise ExampleError(f"line {marked[0]}: no fenced block follows the marker of {marked[1]}")


def contents_of(project, example):
    """Returns the contents of the file, or of the part of it, that `example` names.

    Raises ExampleError if the file or the part does not exist.
    """
    path, _, part = (text.strip() for text in example.partition(":"))
    if not (project / path).is_file():
        raise ExampleError(f"{path} does not exist")
    code = (project / path).read_bytes()
    if not part:
        return code
    lines = code.splitlines(keepends=True)
    words = [line.strip() for line in lines]
    mark = b"#" if path.endswith(".py") else b"//"
    begin_line, end_line = mark + b" example: " + part.encode(), mark + b" end of example"
    if words.count(begin_line) != 1 or end_line not in words[words.index(begin_line) :]:
        raise ExampleError(f"{path} must have exactly one example {part}")
    begin = words.index(begin_line) + 1
    part_lines = lines[begin : words.index(end_line, begin)]
    indents = [len(line) - len(line.lstrip(b" ")) for line in part_lines if line.strip()]
    return b"".join(line[min(indents) :] if line.strip() else line for line in part_lines)


def differences(project):
    """Returns the differences, one line each, and the number of examples compared."""
    found, count = [], 0
    for document in documents(project):
        name = document.relative_to(project).as_posix()
        try:
            for line, path, code, _, _ in examples_in(document.read_bytes()):
                count += 1
                try:
                    if code != contents_of(project, path):
                        found.append(f"{name}:{line}: differs from {path}: run with --rewrite")
                except ExampleError as error:
                    found.append(f"{name}:{line}: {error}")
        except ExampleError as error:
            found.append(f"{name}: {error}")
    return found, count


def rewrite(project):
    """Copies the files into the documents and returns the changed documents."""
    changed = []
    for document in documents(project):
        text = document.read_bytes()
        for _, path, _, begin, end in reversed(list(examples_in(text))):
            text = text[:begin] + contents_of(project, path) + text[end:]
        if text != document.read_bytes():
            document.write_bytes(text)
            changed.append(document.relative_to(project).as_posix())
    return changed


class DocumentsTest(unittest.TestCase):
    def test_documents_equal_the_files(self):
        found, _ = differences(PROJECT)
        self.assertEqual([], found)

    def test_readme_shows_the_quickstart(self):
        paths = [path for _, path, *_ in examples_in((PROJECT / "README.md").read_bytes())]
        self.assertIn("examples/quickstart.cpp: readme", paths)
        self.assertIn("bindings/python/examples/readme.py", paths)

    def test_every_block_of_code_in_the_guides_is_an_example(self):
        # pages_test.py runs the other Python blocks and the commands.
        for guide in sorted(PROJECT.glob("docs/guides/*.md")):
            text = guide.read_bytes()
            shown = [path for _, path, *_ in examples_in(text) if language_of(path) == b"cpp"]
            self.assertEqual(text.count(b"```cpp"), len(shown), guide)

    def test_every_example_is_shown(self):
        shown = {path for page in documents(PROJECT)
                 for _, path, *_ in examples_in(page.read_bytes())}
        files = [*PROJECT.glob("examples/*.cpp"), *PROJECT.glob("bindings/*/examples/*.py")]
        for file in sorted(files):
            for part in re.findall(r"^ *(?://|#) example: (.*)$", file.read_text("utf-8"), re.M):
                self.assertIn(f"{file.relative_to(PROJECT).as_posix()}: {part}", shown)


class CheckerTest(unittest.TestCase):
    def project(self, readme, code=b"int a;\n"):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        root = Path(folder.name)
        (root / "a.cpp").write_bytes(code)
        (root / "README.md").write_bytes(readme)
        return root

    def check(self, readme, code=b"int a;\n"):
        return differences(self.project(readme, code))

    def test_equal_code_is_accepted(self):
        readme = b"# T\n<!-- example: a.cpp -->\n\n```cpp\nint a;\n```\nMore.\n"
        self.assertEqual(([], 1), self.check(readme))

    def test_one_additional_byte_differs(self):
        found, count = self.check(b"<!-- example: a.cpp -->\n```cpp\nint a; \n```\n")
        self.assertEqual(1, count)
        self.assertEqual(["README.md:1: differs from a.cpp: run with --rewrite"], found)

    def test_crlf_differs(self):
        found, _ = self.check(b"<!-- example: a.cpp -->\n```cpp\nint a;\r\n```\n")
        self.assertEqual(1, len(found))

    def test_missing_file(self):
        found, _ = self.check(b"<!-- example: b.cpp -->\n```cpp\nint a;\n```\n")
        self.assertEqual(["README.md:1: b.cpp does not exist"], found)

    CODE = b"int a;\n  // example: b\n  if (a) {\n\n    b();\n  }\n  // end of example\nint c;\n"

    def test_shows_a_part(self):
        block = b"```cpp\nif (a) {\n\n  b();\n}\n```\n"
        self.assertEqual(([], 1), self.check(b"<!-- example: a.cpp: b -->\n" + block, self.CODE))

    def test_shows_a_part_of_a_python_file(self):
        code = b"def f():\n    # example: b\n    if a:\n        b()\n    # end of example\n"
        block = b"<!-- example: a.py: b -->\n```python\nif a:\n    b()\n```\n"
        root = self.project(block)
        (root / "a.py").write_bytes(code)
        self.assertEqual(([], 1), differences(root))

    def test_different_part(self):
        block = b"```cpp\nif (a) {\n  b();\n}\n```\n"
        found, _ = self.check(b"<!-- example: a.cpp: b -->\n" + block, self.CODE)
        self.assertEqual(["README.md:1: differs from a.cpp: b: run with --rewrite"], found)

    def test_missing_or_ambiguous_part(self):
        block = b"```cpp\nint a;\n```\n"
        for code in (b"int a;\n", b"// example: bb\n// end of example\n", b"// example: b\n"):
            found, _ = self.check(b"<!-- example: a.cpp: b -->\n" + block, code)
            self.assertEqual(["README.md:1: a.cpp must have exactly one example b"], found)

    def test_marker_without_a_block(self):
        for rest in (b"", b"Text.\n```cpp\nint a;\n```\n"):
            found, _ = self.check(b"<!-- example: a.cpp -->\n" + rest)
            self.assertEqual(1, len(found), rest)

    def test_block_in_another_language(self):
        self.assertEqual(1, len(self.check(b"<!-- example: a.cpp -->\n```c\nint a;\n```\n")[0]))

    def test_unclosed_block(self):
        self.assertEqual(1, len(self.check(b"<!-- example: a.cpp -->\n```cpp\nint a;\n")[0]))

    def test_ignores_unmarked_blocks_and_markers_within_blocks(self):
        readme = b"```cpp\nint b;\n```\n````\n<!-- example: b.cpp -->\n```cpp\n```\n````\n"
        self.assertEqual(([], 0), self.check(readme))

    def test_checks_documents_under_docs(self):
        root = self.project(b"# T\n")
        (root / "docs" / "guides").mkdir(parents=True)
        page = root / "docs" / "guides" / "page.md"
        page.write_bytes(b"<!-- example: a.cpp -->\n```cpp\nint b;\n```\n")
        found, count = differences(root)
        self.assertEqual(1, count)
        self.assertTrue(found[0].startswith("docs/guides/page.md:1: "), found)

    def test_rewrite_changes_only_the_blocks(self):
        marker = b"<!-- example: a.cpp -->\n"
        root = self.project(marker + b"```cpp\nold\n```\nText\n" + marker + b"```cpp\n```\n")
        self.assertEqual(["README.md"], rewrite(root))
        self.assertEqual([], rewrite(root))
        self.assertEqual(([], 2), differences(root))
        self.assertIn(b"\nText\n", (root / "README.md").read_bytes())


if __name__ == "__main__":
    if sys.argv[1:] == ["--rewrite"]:
        for name in rewrite(PROJECT):
            print(f"rewritten: {name}")
    else:
        unittest.main()
