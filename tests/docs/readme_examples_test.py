#!/usr/bin/env python3
"""Checks that the code in the documents is the code that is compiled.

In a Markdown file the line

    <!-- example: examples/quickstart.cpp -->

is followed by a fenced block that holds that file, byte for byte. The path starts at the project's
folder. An empty line may stand between the two. Of a longer file a part may be shown alone:

    <!-- example: examples/keeping_a_book.cpp: open -->

In the file the part stands between the lines "// example: open" and "// end of example", with "#"
instead of "//" in Python; in the document it stands as far to the left as its leftmost line allows.

    readme_examples_test.py            run the checks
    readme_examples_test.py --rewrite  copy the files into the documents
"""

import re
import sys
import tempfile
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
MARKER_BEGIN, MARKER_END = b"<!-- example: ", b" -->"


class ExampleError(Exception):
    """A document that cannot be read as one with examples."""


def documents(project):
    """README.md and its like, those of the bindings, and everything under docs/."""
    return [
        file
        for pattern in ("*.md", "bindings/*/README.md", "docs/**/*.md")
        for file in sorted(project.glob(pattern))
    ]


def language_of(path):
    """What the block of an example is marked with."""
    suffix = Path(str(path).partition(":")[0].strip()).suffix
    languages = {".py": b"python", ".c": b"c", ".go": b"go", ".js": b"js"}
    return languages.get(suffix, b"cpp")


def examples_in(text):
    """Yields (line number, path, code, begin, end) of each example: text[begin:end] is its code.

    A marker within a fenced block is text like any other.
    """
    marked = None  # the marker that still wants its block: (line number, path)
    fence = None  # of the block we are in: (number of backticks, its marker, where its code begins)
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


def shown_of(project, example):
    """What the document has to show: a file, or the part of it that `example` names.

    Raises ExampleError where there is no such file or part.
    """
    path, _, part = (text.strip() for text in example.partition(":"))
    if not (project / path).is_file():
        raise ExampleError(f"there is no {path}")
    code = (project / path).read_bytes()
    if not part:
        return code
    lines = code.splitlines(keepends=True)
    words = [line.strip() for line in lines]
    mark = b"#" if path.endswith(".py") else b"//"
    begin_line, end_line = mark + b" example: " + part.encode(), mark + b" end of example"
    if words.count(begin_line) != 1 or end_line not in words[words.index(begin_line) :]:
        raise ExampleError(f"{path} has no one example {part}")
    begin = words.index(begin_line) + 1
    part_lines = lines[begin : words.index(end_line, begin)]
    indents = [len(line) - len(line.lstrip(b" ")) for line in part_lines if line.strip()]
    return b"".join(line[min(indents) :] if line.strip() else line for line in part_lines)


def differences(project):
    """What is wrong, one line each, and how many examples were compared."""
    wrong, count = [], 0
    for document in documents(project):
        name = document.relative_to(project).as_posix()
        try:
            for line, path, code, _, _ in examples_in(document.read_bytes()):
                count += 1
                try:
                    if code != shown_of(project, path):
                        wrong.append(
                            f"{name}:{line}: not what stands in {path}: run with --rewrite"
                        )
                except ExampleError as error:
                    wrong.append(f"{name}:{line}: {error}")
        except ExampleError as error:
            wrong.append(f"{name}: {error}")
    return wrong, count


def rewrite(project):
    """Copies the files into the documents; returns those that were changed."""
    changed = []
    for document in documents(project):
        text = document.read_bytes()
        for _, path, _, begin, end in reversed(list(examples_in(text))):
            text = text[:begin] + shown_of(project, path) + text[end:]
        if text != document.read_bytes():
            document.write_bytes(text)
            changed.append(document.relative_to(project).as_posix())
    return changed


class TheDocuments(unittest.TestCase):
    def test_show_the_files(self):
        wrong, _ = differences(PROJECT)
        self.assertEqual([], wrong)

    def test_readme_shows_the_quickstart(self):
        paths = [path for _, path, *_ in examples_in((PROJECT / "README.md").read_bytes())]
        self.assertIn("examples/quickstart.cpp: readme", paths)
        self.assertIn("bindings/python/examples/readme.py", paths)

    def test_every_block_of_code_in_the_guides_is_an_example(self):
        # pages_test.py runs those of Python that are none, and all of the command.
        for guide in sorted(PROJECT.glob("docs/guides/*.md")):
            text = guide.read_bytes()
            shown = [path for _, path, *_ in examples_in(text) if language_of(path) == b"cpp"]
            self.assertEqual(text.count(b"```cpp"), len(shown), guide)

    def test_every_part_is_shown(self):
        shown = {path for page in documents(PROJECT)
                 for _, path, *_ in examples_in(page.read_bytes())}
        files = [*PROJECT.glob("examples/*.cpp"), *PROJECT.glob("bindings/*/examples/*.py")]
        for file in sorted(files):
            for part in re.findall(r"^ *(?://|#) example: (.*)$", file.read_text("utf-8"), re.M):
                self.assertIn(f"{file.relative_to(PROJECT).as_posix()}: {part}", shown)


class TheCheck(unittest.TestCase):
    def project(self, readme, code=b"int a;\n"):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        root = Path(folder.name)
        (root / "a.cpp").write_bytes(code)
        (root / "README.md").write_bytes(readme)
        return root

    def check(self, readme, code=b"int a;\n"):
        return differences(self.project(readme, code))

    def test_same(self):
        readme = b"# T\n<!-- example: a.cpp -->\n\n```cpp\nint a;\n```\nMore.\n"
        self.assertEqual(([], 1), self.check(readme))

    def test_one_byte_more(self):
        wrong, count = self.check(b"<!-- example: a.cpp -->\n```cpp\nint a; \n```\n")
        self.assertEqual(1, count)
        self.assertEqual(["README.md:1: not what stands in a.cpp: run with --rewrite"], wrong)

    def test_crlf_differs(self):
        wrong, _ = self.check(b"<!-- example: a.cpp -->\n```cpp\nint a;\r\n```\n")
        self.assertEqual(1, len(wrong))

    def test_no_such_file(self):
        wrong, _ = self.check(b"<!-- example: b.cpp -->\n```cpp\nint a;\n```\n")
        self.assertEqual(["README.md:1: there is no b.cpp"], wrong)

    CODE = b"int a;\n  // example: b\n  if (a) {\n\n    b();\n  }\n  // end of example\nint c;\n"

    def test_part(self):
        block = b"```cpp\nif (a) {\n\n  b();\n}\n```\n"
        self.assertEqual(([], 1), self.check(b"<!-- example: a.cpp: b -->\n" + block, self.CODE))

    def test_part_in_python(self):
        code = b"def f():\n    # example: b\n    if a:\n        b()\n    # end of example\n"
        block = b"<!-- example: a.py: b -->\n```python\nif a:\n    b()\n```\n"
        root = self.project(block)
        (root / "a.py").write_bytes(code)
        self.assertEqual(([], 1), differences(root))

    def test_part_that_differs(self):
        block = b"```cpp\nif (a) {\n  b();\n}\n```\n"
        wrong, _ = self.check(b"<!-- example: a.cpp: b -->\n" + block, self.CODE)
        self.assertEqual(["README.md:1: not what stands in a.cpp: b: run with --rewrite"], wrong)

    def test_no_such_part(self):
        block = b"```cpp\nint a;\n```\n"
        for code in (b"int a;\n", b"// example: bb\n// end of example\n", b"// example: b\n"):
            wrong, _ = self.check(b"<!-- example: a.cpp: b -->\n" + block, code)
            self.assertEqual(["README.md:1: a.cpp has no one example b"], wrong)

    def test_no_block(self):
        for rest in (b"", b"Text.\n```cpp\nint a;\n```\n"):
            wrong, _ = self.check(b"<!-- example: a.cpp -->\n" + rest)
            self.assertEqual(1, len(wrong), rest)

    def test_other_language(self):
        self.assertEqual(1, len(self.check(b"<!-- example: a.cpp -->\n```c\nint a;\n```\n")[0]))

    def test_never_closed(self):
        self.assertEqual(1, len(self.check(b"<!-- example: a.cpp -->\n```cpp\nint a;\n")[0]))

    def test_blocks_without_a_marker_and_markers_within_blocks_are_text(self):
        readme = b"```cpp\nint b;\n```\n````\n<!-- example: b.cpp -->\n```cpp\n```\n````\n"
        self.assertEqual(([], 0), self.check(readme))

    def test_documents_under_docs(self):
        root = self.project(b"# T\n")
        (root / "docs" / "guides").mkdir(parents=True)
        page = root / "docs" / "guides" / "page.md"
        page.write_bytes(b"<!-- example: a.cpp -->\n```cpp\nint b;\n```\n")
        wrong, count = differences(root)
        self.assertEqual(1, count)
        self.assertTrue(wrong[0].startswith("docs/guides/page.md:1: "), wrong)

    def test_rewrite(self):
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
