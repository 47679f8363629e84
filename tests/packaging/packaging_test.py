#!/usr/bin/env python3
"""Uses Seatbook as other projects do: installed, moved, and found; or as a part of their build.

    packaging_test.py <build folder>                 what is built there, installed
    packaging_test.py --from-source <build folder>   the sources, with add_subdirectory

The installation is moved before it is used: it must not know where it was built or installed. With
--from-source the library is compiled once more, by the compiler of the build folder.
"""

import functools
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
VERSION = re.search(r"project\(seatbook VERSION ([0-9.]+)",
                    (PROJECT / "CMakeLists.txt").read_text())[1]  # fmt: skip
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
# Nobody listens there.
NO_SERVER = "postgresql://127.0.0.1:1/books"

BUILD = None  # the folder of the build that is looked at
CACHE = {}  # its CMake variables
BUILT = []  # its components
STORES = []  # those of them that C++ programs use
ROOT = None  # everything that is made here
PREFIX = None  # where the installation stands, after it was moved


def run(*command, environment=None, fails=False):
    """What a command prints; `fails` says whether it has to."""
    result = subprocess.run(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**os.environ, **(environment or {})},
    )
    if (result.returncode != 0) != fails:
        raise AssertionError(f"{command} ended with {result.returncode}:\n{result.stdout}")
    return result.stdout


def read_build(folder):
    """Sets what is known of the build."""
    global BUILD, CACHE, BUILT, STORES
    BUILD = Path(folder).resolve()
    CACHE = dict(re.findall(r"^([^#/\n][^:\n]*):[A-Z]+=(.*)$",
                            (BUILD / "CMakeCache.txt").read_text(), re.M))  # fmt: skip
    config = (BUILD / "package" / "seatbookConfig.cmake").read_text()
    BUILT = re.search(r"set\(built ([^)]*)\)", config)[1].split(";")
    STORES = [component for component in BUILT if component not in ("c", "c_static")]


def install(build, prefix, *arguments):
    run(CACHE["CMAKE_COMMAND"], "--install", build, "--prefix", prefix, *arguments)


def configure(source, build, *arguments, language="CXX", prefix=None, fails=False):
    """Configures a consumer, with the compilers of the build that is looked at."""
    return run(
        CACHE["CMAKE_COMMAND"], "-S", source, "-B", build, "-G", CACHE["CMAKE_GENERATOR"],
        f"-DCMAKE_{language}_COMPILER={compiler(language)}",
        *([f"-DCMAKE_PREFIX_PATH={prefix}"] if prefix else []),
        *arguments, fails=fails,
    )  # fmt: skip


def compiler(language):
    # A build without C has no compiler of it to name.
    return CACHE.get(f"CMAKE_{language}_COMPILER") or os.environ.get("CC", "cc")


def setUpModule():
    global ROOT, PREFIX
    ROOT = Path(tempfile.mkdtemp(prefix="seatbook packaging "))
    unittest.addModuleCleanup(shutil.rmtree, ROOT)
    # It has a space in it, as folders do.
    PREFIX = ROOT / "moved away"
    if FROM_SOURCE:
        return
    install(BUILD, ROOT / "installed")
    (ROOT / "installed").rename(PREFIX)


def pkg_config(*arguments, prefix=None):
    """The flags, as a shell would read them."""
    # GNUInstallDirs may say lib, lib64, or one with the machine's name.
    folder = next((prefix or PREFIX).glob("lib*/**/pkgconfig"))
    environment = {"PKG_CONFIG_PATH": str(folder)}
    return shlex.split(run("pkg-config", *arguments, environment=environment))


class Programs:
    """What the programs of cpp/ do, however they were built; `self.programs` is their folder."""

    def test_core(self):
        self.assertEqual(run(self.program("core")), f"{VERSION} 1/1\n")

    def test_sqlite(self):
        with tempfile.TemporaryDirectory(dir=ROOT) as folder:
            book = Path(folder) / "acme.db"
            self.assertEqual(run(self.program("sqlite"), book), "Ada\n")
            self.assertEqual(book.read_bytes()[:15], b"SQLite format 3")

    def test_postgres(self):
        answer = run(self.program("postgres"), NO_SERVER)
        self.assertRegex(answer, r"^storage_failed: .*127\.0\.0\.1")


class ProgramsInC:
    """What the program of c/ does, with the shared library and with the archive."""

    def test_shared(self):
        program, environment = self.program("c")
        self.check(program, environment)
        libraries = needed(program)
        self.assertTrue([name for name in libraries if name.startswith("libseatbook")])
        self.assertFalse([name for name in libraries if name.startswith("libstdc++")])

    def test_archive(self):
        program, environment = self.program("c_static")
        self.check(program, environment)
        self.assertFalse([name for name in needed(program) if name.startswith("libseatbook")])

    def check(self, program, environment):
        with tempfile.TemporaryDirectory(dir=ROOT) as folder:
            answer = run(program, Path(folder) / "acme.db", environment=environment)
        self.assertEqual(answer, f"{VERSION} 1/1\n")


def needed(program):
    """The shared libraries that a program names."""
    dynamic = run("readelf", "-d", program, environment={"LC_ALL": "C"})
    return re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic)


class Installation(unittest.TestCase):
    def test_no_file_names_the_machine(self):
        names = [str(PROJECT), str(BUILD), str(ROOT), str(PREFIX), CACHE["CMAKE_INSTALL_PREFIX"]]
        files = [file for file in PREFIX.rglob("*") if file.is_file()]
        self.assertGreater(len(files), 20)
        for file in files:
            # Debug information has to name the sources.
            if file.suffix == ".a" and CACHE["CMAKE_BUILD_TYPE"] != "Release":
                continue
            content = file.read_bytes()
            for name in names:
                self.assertFalse(name.encode() in content, f"{file} contains {name}")
            if file.suffix in (".cmake", ".pc"):
                # Nor any other folder of it, such as that of a library which was found.
                paths = re.findall(rb'(?<![\w}])/(?:usr|home|opt|tmp|root)/[^"\s;]*', content)
                self.assertEqual(paths, [], file)

    def test_no_two_libraries_have_one_name(self):
        """Which -l would take for the static and the shared form of the same library."""
        names = {file.name.split(".")[0]: file for file in PREFIX.glob("lib*/**/lib*.*")
                 if file.suffix in (".a", ".so")}  # fmt: skip
        expected = {"libseatbook_core"} | {f"libseatbook_{name}" for name in STORES[1:]}
        self.assertEqual(set(names), expected | ({"libseatbook"} if "c" in BUILT else set()))
        for name in expected:
            self.assertEqual([file.name for file in names[name].parent.glob(f"{name}.*")],
                             [f"{name}.a"])  # fmt: skip

    def test_all_headers(self):
        expected = {file.name for file in (PROJECT / "include" / "seatbook").glob("*.hpp")}
        for component in ("sqlite", "postgres"):
            if component not in BUILT:
                expected.remove(f"{component}.hpp")
        self.assertEqual({file.name for file in (PREFIX / "include/seatbook").iterdir()}, expected)
        of_c = set()
        if {"c", "c_static"} & set(BUILT):
            of_c = {file.name for file in (PROJECT / "capi" / "include").glob("*.h")}
        found = {entry.name for entry in (PREFIX / "include").iterdir()}
        self.assertEqual(found, {"seatbook"} | of_c)

    def test_description_for_bindings(self):
        files = list((PREFIX / "share").glob("seatbook/seatbook.api.json"))
        self.assertEqual(len(files), 1 if {"c", "c_static"} & set(BUILT) else 0)

    def test_documents(self):
        folder = PREFIX / "share/doc/seatbook"
        self.assertEqual({file.name for file in folder.iterdir()}, {"README.md", "CHANGELOG.md"})

    def test_without_the_module_of_python(self):
        """Which is for the wheel, a component that is asked for by name."""
        self.assertEqual({entry.name for entry in PREFIX.iterdir()}, {"include", "lib", "share"})
        if CACHE["SEATBOOK_BUILD_PYTHON"] == "ON":
            with tempfile.TemporaryDirectory(dir=ROOT) as folder:
                install(BUILD, folder, "--component", "python")
                files = [file for file in Path(folder).rglob("*") if file.is_file()]
                self.assertEqual([file.parent for file in files], [Path(folder) / "seatbook"])
                self.assertRegex(files[0].name, r"^_core\..*so$")


class FoundByCMake(Programs, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = ROOT / "found by cmake"
        configure(HERE / "cpp", cls.folder, f"-DSEATBOOK_VERSION={VERSION}",
                  f"-DSEATBOOK_COMPONENTS={';'.join(STORES)}", prefix=PREFIX)  # fmt: skip
        run(CACHE["CMAKE_COMMAND"], "--build", cls.folder)

    def program(self, component):
        return self.folder / f"use_{component}"


class FoundByCMakeInC(ProgramsInC, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = ROOT / "found by cmake in c"
        configure(HERE / "c", cls.folder, f"-DSEATBOOK_VERSION={VERSION}",
                  "-DSEATBOOK_COMPONENTS=c;c_static", language="C", prefix=PREFIX)  # fmt: skip
        run(CACHE["CMAKE_COMMAND"], "--build", cls.folder)

    def program(self, component):
        return self.folder / f"use_{component}", {}  # CMake tells it where the library is


class FoundByPkgConfig(Programs, unittest.TestCase):
    def program(self, component):
        module = "seatbook" if component == "core" else f"seatbook-{component}"
        self.assertEqual(pkg_config("--modversion", module), [VERSION])
        program = ROOT / f"pkg-config {component}"
        run(compiler("CXX"), "-std=c++17", *WARNINGS, HERE / "cpp" / f"use_{component}.cpp",
            "-o", program, *pkg_config("--cflags", "--libs", module))  # fmt: skip
        return program

    def test_modules_are_valid(self):
        modules = [file.stem for file in PREFIX.glob("lib*/**/pkgconfig/*.pc")]
        self.assertEqual(len(modules), len(BUILT))
        for module in modules:
            pkg_config("--validate", module)
            pkg_config("--exists", "--print-errors", f"{module} = {VERSION}")


class FoundByPkgConfigInC(ProgramsInC, unittest.TestCase):
    def program(self, component):
        module = "seatbook-" + component.replace("_", "-")
        self.assertEqual(pkg_config("--modversion", module), [VERSION])
        program = ROOT / f"pkg-config {component}"
        run(compiler("C"), "-std=c99", *WARNINGS, HERE / "c" / "use_c.c", "-o", program,
            *pkg_config("--cflags", "--libs", module))  # fmt: skip
        folder = pkg_config("--variable=libdir", module)[0]
        return program, {"LD_LIBRARY_PATH": folder}


class StaticArchiveInC(ProgramsInC, unittest.TestCase):
    """libseatbook.a alone, as pkg-config --static names it."""

    @classmethod
    def setUpClass(cls):
        cls.prefix = ROOT / "static archive"
        install(BUILD, cls.prefix, "--component", "seatbook_c_static")

    test_shared = None

    def program(self, component):
        self.assertEqual(component, "c_static")
        self.assertEqual({file.name for file in self.prefix.glob("lib*/**/*.a")}, {"libseatbook.a"})
        self.assertEqual(list(self.prefix.glob("lib*/**/*.so*")), [])
        program = ROOT / "pkg-config --static"
        # Debian has no archives of some libraries that libpq needs.
        static = [] if "postgres" in BUILT else ["-static"]
        flags = pkg_config("--static", "--cflags", "--libs", "seatbook-c", prefix=self.prefix)
        self.assertIn("-lseatbook", flags)
        self.assertFalse([flag for flag in flags if flag.startswith("-l:")])
        run(compiler("C"), "-std=c99", *WARNINGS, HERE / "c" / "use_c.c", "-o", program, *flags,
            *static)  # fmt: skip
        if static:
            self.assertEqual(needed(program), [])
        return program, {}

    def test_found_by_cmake(self):
        folder = ROOT / "static archive found by cmake"
        configure(HERE / "c", folder, f"-DSEATBOOK_VERSION={VERSION}",
                  "-DSEATBOOK_COMPONENTS=c_static", language="C", prefix=self.prefix)  # fmt: skip
        run(CACHE["CMAKE_COMMAND"], "--build", folder)
        self.check(folder / "use_c_static", {})


class Asking(unittest.TestCase):
    """What find_package answers to what it cannot give."""

    @classmethod
    def setUpClass(cls):
        # One without databases. What it is asked is not linked, so its archive may be empty.
        build, cls.core_alone = ROOT / "core alone", ROOT / "core alone installed"
        configure(PROJECT, build, "-DSEATBOOK_SQLITE=OFF", "-DSEATBOOK_POSTGRES=OFF",
                  "-DSEATBOOK_BUILD_C=OFF", "-DSEATBOOK_BUILD_TESTS=OFF", "-DSEATBOOK_BUILD_EXAMPLES=OFF",
                  "-DSEATBOOK_BUILD_BENCHMARKS=OFF")  # fmt: skip
        (build / "libseatbook_core.a").touch()
        install(build, cls.core_alone)

    def ask(self, components="", *, version=VERSION, optional="", more=(), prefix=None,
            fails=False):  # fmt: skip
        # In one folder, where CMake has to try the compiler only once; what it found is forgotten.
        answer = configure(
            HERE / "asking", ROOT / "asking", "-Useatbook_*", "-UCMAKE_DISABLE_FIND_PACKAGE_*",
            f"-DSEATBOOK_VERSION={version}", f"-DSEATBOOK_COMPONENTS={components}",
            f"-DSEATBOOK_OPTIONAL_COMPONENTS={optional}", *more, prefix=prefix or PREFIX,
            fails=fails,
        )  # fmt: skip
        return " ".join(answer.split())  # CMake breaks lines

    def test_nothing_asked_is_the_core(self):
        answer = self.ask()
        self.assertIn("got seatbook::seatbook", answer)
        self.assertEqual(answer.count("got "), 1)

    def test_a_component_brings_what_it_needs(self):
        answer = self.ask("sqlite")
        self.assertIn("got seatbook::seatbook -- got seatbook::sqlite -- sqlite: TRUE", answer)
        self.assertEqual(answer.count("got "), 2)

    def test_unknown_component(self):
        answer = self.ask("core;nonsense", fails=True)
        self.assertIn('Seatbook has no component "nonsense": its components are core, ', answer)

    def test_component_that_was_not_built(self):
        self.assertIn("got seatbook::seatbook", self.ask("core", prefix=self.core_alone))
        for component, option in (("sqlite", "SQLITE"), ("postgres", "POSTGRES"),
                                  ("c", "BUILD_C"), ("c_static", "BUILD_C")):  # fmt: skip
            with self.subTest(component):
                answer = self.ask(component, prefix=self.core_alone, fails=True)
                self.assertIn(
                    f"the component {component} was not built into this Seatbook, which has core: "
                    f"build it with -D SEATBOOK_{option}=ON", answer)  # fmt: skip

    def test_component_that_is_not_installed(self):
        with tempfile.TemporaryDirectory(dir=ROOT) as folder:
            install(BUILD, folder, "--component", "seatbook_core")
            self.assertIn("got seatbook::seatbook", self.ask(prefix=folder))
            answer = self.ask("sqlite", prefix=folder, fails=True)
            self.assertIn("component sqlite of Seatbook was built, but is not installed", answer)

    def test_optional_component(self):
        answer = self.ask("core", optional="sqlite;nonsense", prefix=self.core_alone)
        self.assertIn("core: TRUE -- sqlite: FALSE -- nonsense: FALSE", answer)

    def test_only_what_a_component_needs_is_looked_for(self):
        without = ["-DCMAKE_DISABLE_FIND_PACKAGE_SQLite3=ON",
                   "-DCMAKE_DISABLE_FIND_PACKAGE_PostgreSQL=ON",
                   "-DCMAKE_DISABLE_FIND_PACKAGE_Boost=ON",
                   "-DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON"]  # fmt: skip
        self.assertIn("got seatbook::seatbook", self.ask("core", more=without))
        for component, package in (("sqlite", "SQLite3"), ("postgres", "PostgreSQL")):
            answer = self.ask(component, more=without, fails=True)
            self.assertIn(f"the component {component} of Seatbook needs {package}", answer)
        answer = self.ask("core", more=["-DCMAKE_DISABLE_FIND_PACKAGE_Utf8proc=ON"], fails=True)
        self.assertIn("the component core of Seatbook needs Utf8proc", answer)

    def test_versions(self):
        major, minor, patch = (int(part) for part in VERSION.split("."))
        self.assertEqual(major, 0, "from 1.0 on any minor version of the same major will do")
        self.ask(version=f"{major}.{minor}")
        for other in (f"{major}.{minor}.{patch + 1}", f"{major}.{minor + 1}", f"{major + 1}.0"):
            with self.subTest(other):
                answer = self.ask(version=other, fails=True)
                self.assertIn(f'compatible with requested version "{other}"', answer)
                self.assertIn(f"seatbookConfig.cmake, version: {VERSION}", answer)
        if minor > 0:
            self.ask(version=f"{major}.{minor - 1}", fails=True)


@functools.cache
def build_from_source():
    """add_subdirectory, once for all who ask. Nothing is optimized: it takes long enough."""
    folder = ROOT / "from source"
    launcher = CACHE.get("SEATBOOK_CCACHE", "")
    configure(
        HERE / "cpp", folder, f"-DSEATBOOK_SOURCE={PROJECT}", "-DCMAKE_CXX_FLAGS=-O0",
        "-DSEATBOOK_COMPONENTS=core;sqlite;postgres", "-DSEATBOOK_POSTGRES=ON",
        f"-DSEATBOOK_BUILD_C={'ON' if 'c' in BUILT else 'OFF'}",
        *([f"-DCMAKE_CXX_COMPILER_LAUNCHER={launcher}"] if launcher.startswith("/") else []),
    )  # fmt: skip
    run(CACHE["CMAKE_COMMAND"], "--build", folder)
    return folder


class PartOfAnotherBuild(Programs, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = build_from_source()

    def program(self, component):
        return self.folder / f"use_{component}"

    def test_nothing_of_ours_in_the_host(self):
        """No tests, no rules for installing, no setting of the host's own."""
        cache = (self.folder / "CMakeCache.txt").read_text()
        self.assertRegex(cache, r"(?m)^SEATBOOK_INSTALL:BOOL=OFF$")
        self.assertRegex(cache, r"(?m)^SEATBOOK_BUILD_TESTS:BOOL=OFF$")
        self.assertRegex(cache, r"(?m)^CMAKE_BUILD_TYPE:STRING=$")
        with tempfile.TemporaryDirectory(dir=ROOT) as folder:
            install(self.folder, folder)
            self.assertEqual(list(Path(folder).iterdir()), [])


class PartOfAnotherBuildInC(ProgramsInC, unittest.TestCase):
    def program(self, component):
        return build_from_source() / "c" / f"use_{component}", {}


def load_tests(loader, _tests, _pattern):
    suites = [Installation, FoundByCMake, FoundByPkgConfig, Asking]
    in_c = [FoundByCMakeInC, FoundByPkgConfigInC, StaticArchiveInC]
    if FROM_SOURCE:
        suites, in_c = [PartOfAnotherBuild], [PartOfAnotherBuildInC]
    if {"c", "c_static"} <= set(BUILT):
        suites += in_c
    return unittest.TestSuite(loader.loadTestsFromTestCase(suite) for suite in suites)


if __name__ == "__main__":
    FROM_SOURCE = "--from-source" in sys.argv[1:]
    folders = [argument for argument in sys.argv[1:] if argument != "--from-source"]
    if len(folders) != 1:
        sys.exit(__doc__)
    read_build(folders[0])
    unittest.main(argv=sys.argv[:1])
