"""Sphinx configuration of the site; tools/docs_site.py gathers the pages and runs Sphinx."""

import re

from pygments.lexers.shell import BashLexer, ShellSessionBaseLexer

project = "Seatbook"
author = "the Seatbook project"
copyright = author
release = "0.1.0"

extensions = ["myst_parser"]
root_doc = "README"
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
exclude_patterns = ["docs/site"]

myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]
# Two hyphens are an option of a command, not a dash.
smartquotes = False

# Classes of the package are shown without the package name.
add_module_names = False
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = "Seatbook"
html_show_sphinx = False
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["seatbook.css"]
pygments_style = "friendly"


def setup(app):
    """Registers a lexer for commands after `$ `; all other lines are output, even after #."""
    app.add_lexer("console", Console)


class Console(ShellSessionBaseLexer):
    """Commands and their output."""

    name = "Seatbook console"
    aliases = ["seatbook-console"]
    _innerLexerCls = BashLexer
    _ps1rgx = re.compile(r"^(\$ )(.*\n?)")
    _ps2 = "    --"
    _venv = re.compile(r"(?!)")  # brackets are output too
