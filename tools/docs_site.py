#!/usr/bin/env python3
"""Builds the documentation site. A warning is an error.

    tools/python.sh tools/docs_site.py [--check] [FOLDER]      (no folder: build/site)

Copies the pages of the repository with their paths, so that links between them work. A linked file
that is not a page (a header, a script) gets a page with its text. A link to a folder becomes a link
to its README. The reference of the Python package comes from the docstrings of the built module and
the types of its stub. --check writes the pages but builds no site.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import python_reference

PROJECT = Path(__file__).resolve().parents[1]
PAGES = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "bindings/python/README.md",
         "bindings/go/README.md", "benchmarks/RESULTS.md", "tests/conformance/README.md"]
LANGUAGES = {".hpp": "cpp", ".cpp": "cpp", ".py": "python", ".json": "json", ".sh": "bash",
             ".csv": "text", ".txt": "text"}
CONTENTS = [
    ("Begin", ["docs/tutorial", "docs/reference/command"]),
    ("Tasks", ["docs/guides/offboarding", "docs/guides/renewals", "docs/guides/audits",
               "docs/guides/last-use", "docs/guides/from-another-product"]),
    ("Embed it", ["bindings/python/README", "bindings/go/README", "docs/reference/python/index",
                  "docs/guides/*", "docs/reference/*"]),
    ("How it is built", ["docs/rules", "docs/architecture", "docs/decisions/README", "docs/*",
                         "CONTRIBUTING", "tests/conformance/README", "benchmarks/RESULTS",
                         "CHANGELOG"]),
]
IMAGES = (".svg", ".png")
DECISION = re.compile(r"docs/decisions/\d")
LINK = re.compile(r"(\]\()([^)\s#]+)(#[^)\s]*)?(\))")
BLOCK = re.compile(r"^(```+).*?^\1$", re.M | re.S)


class Site:
    """The sources of the site, collected in a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.shown = set()  # linked files that are not pages
        self.errors = []

    def collect(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        pages = [PROJECT / page for page in PAGES if (PROJECT / page).exists()]
        pages += sorted(path for path in (PROJECT / "docs").rglob("*.md"))
        self.pages = {page.relative_to(PROJECT).as_posix() for page in pages}
        for name in sorted(self.pages):
            text = (PROJECT / name).read_text("utf-8")
            self.write(name, self.with_links(name, text))
        for name in sorted(self.shown):
            self.show(name)
        reference = python_reference.pages(PROJECT / "bindings/python/seatbook")
        for name, text in reference.items():
            self.write(f"docs/reference/python/{name}", text)
        self.add_contents(reference)
        self.add_decisions()
        shutil.copytree(PROJECT / "docs/site/_static", self.folder / "_static")
        shutil.copy(PROJECT / "docs/site/conf.py", self.folder / "conf.py")

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def with_links(self, name, text):
        """Returns the page with links that work in the site. Code blocks are not changed."""
        done, last = "", 0
        for block in BLOCK.finditer(text):
            done += self.linked(name, text[last : block.start()]) + block[0]
            last = block.end()
        return done + self.linked(name, text[last:])

    def linked(self, name, text):
        def new(match):
            target, anchor = match[2], match[3] or ""
            if "://" in target or target.startswith("mailto:"):
                return match[0]
            here = Path(name).parent
            path = Path(os.path.normpath(here / target)).as_posix()
            if path in self.pages:
                return match[0]
            whole = PROJECT / path
            if whole.is_dir():
                goal = f"{path}/README.md" if f"{path}/README.md" in self.pages else None
                if goal is None:
                    self.errors.append(f"{name}: links to the folder {path} without a README.md")
                    return match[0]
            elif whole.suffix in IMAGES and whole.is_file():
                (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(whole, self.folder / path)
                return match[0]
            elif whole.is_file():
                self.shown.add(path)
                goal, anchor = f"files/{path}.md", ""
            else:
                self.errors.append(f"{name}: links to {target}, which does not exist")
                return match[0]
            return f"{match[1]}{os.path.relpath(goal, here)}{anchor}{match[4]}"

        return LINK.sub(new, text)

    def show(self, name):
        """Writes a page with the text of a file."""
        text = (PROJECT / name).read_text("utf-8")
        fence = "`" * max(4, 1 + max(map(len, re.findall("`+", text)), default=0))
        language = LANGUAGES.get(Path(name).suffix, "text")
        page = f"---\norphan: true\n---\n\n# {Path(name).name}\n\n`{name}`\n\n"
        self.write(f"files/{name}.md", f"{page}{fence}{language}\n{text}{fence}\n")

    def add_decisions(self):
        """Adds the sidebar of the decision records to their index."""
        names = sorted(Path(name).stem for name in self.pages if DECISION.match(name))
        page = self.folder / "docs/decisions/README.md"
        rows = "\n".join(names)
        page.write_text(f"{page.read_text('utf-8')}\n```{{toctree}}\n:hidden:\n\n{rows}\n```\n", "utf-8")

    def add_contents(self, reference):
        """Adds the sidebar to the first page. It must list every page."""
        generated = {f"docs/reference/python/{Path(name).stem}" for name in reference}
        left = {name.removesuffix(".md") for name in self.pages} - {"README"}
        left = {name for name in left if not DECISION.match(name)}
        named = {name for _, names in CONTENTS for name in names}
        text = ""
        for title, names in CONTENTS:
            lines = []
            for name in names:
                if name.endswith("*"):
                    folder = name.removesuffix("*")
                    lines += sorted(page for page in left - named
                                    if page.rpartition("/")[0] + "/" == folder)
                elif name in left or name in generated:
                    lines.append(name)
            left -= set(lines)
            rows = "\n".join(lines)
            text += f"\n```{{toctree}}\n:hidden:\n:caption: {title}\n\n{rows}\n```\n"
        self.errors += [f"{name}: is not listed in CONTENTS" for name in sorted(left)]
        page = self.folder / "README.md"
        page.write_text(page.read_text("utf-8") + text, "utf-8")


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--check"]
    out = Path(arguments[0] if arguments else PROJECT / "build/site").resolve()
    site = Site(out.with_name(out.name + "-pages"))
    site.collect()
    errors = site.errors + python_reference.undocumented()
    for text in errors:
        print(f"site: {text}", file=sys.stderr)
    if errors:
        return 1
    if "--check" in sys.argv[1:]:
        print(f"site: {len(site.pages)} pages, {len(site.shown)} linked files")
        return 0
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html",
               "-d", str(out.with_name(out.name + "-doctrees")), str(site.folder), str(out)]
    status = subprocess.run(command, check=False).returncode
    if status == 0:
        # Web servers serve index.html; the first page is the README.
        shutil.copy(out / "README.html", out / "index.html")
        print(f"site: {os.path.relpath(out)}/index.html")
    return status


if __name__ == "__main__":
    sys.exit(main())
