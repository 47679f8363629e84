#!/usr/bin/env python3
"""Tests Seatbook as other projects use it: installed and found, or as part of their build.

    packaging_test.py <build folder>                 installs the build and tests the installation
    packaging_test.py --from-source <build folder>   tests the sources with add_subdirectory

The installation is moved before it is used, because it must be relocatable. With --from-source the
library is compiled again with the compiler of the build folder.
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
# No server listens on this port.
NO_SERVER = "postgresql://127.0.0.1:1/books"

BUILD = None  # the build folder under test
CACHE = {}  # its CMake variables
BUILT = []  # its components
STORES = []  # its components for C++ programs
ROOT = None  # the temporary folder
PREFIX = None  # the installation prefix after the move


def run(*command, environment=None, fails=False):
    """Runs a command and returns its output. With `fails`, the command must fail."""
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
    """Reads the variables of the build under test."""
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
    """Configures a consumer with the compilers of the build under test."""
    return run(
        CACHE["CMAKE_COMMAND"], "-S", source, "-B", build, "-G", CACHE["CMAKE_GENERATOR"],
        f"-DCMAKE_{language}_COMPILER={compiler(language)}",
        *([f"-DCMAKE_PREFIX_PATH={prefix}"] if prefix else []),
        *arguments, fails=fails,
    )  # fmt: skip


def compiler(language):
    # A build without C has no C compiler in its cache.
    return CACHE.get(f"CMAKE_{language}_COMPILER") or os.environ.get("CC", "cc")


def setUpModule():
    global ROOT, PREFIX
    ROOT = Path(tempfile.mkdtemp(prefix="seatbook packaging "))
    unittest.addModuleCleanup(shutil.rmtree, ROOT)
    # The prefix contains a space.
    PREFIX = ROOT / "moved away"
    if FROM_SOURCE:
        return
    install(BUILD, ROOT / "installed")
    (ROOT / "installed").rename(PREFIX)


def pkg_config(*arguments, prefix=None):
    """Runs pkg-config and splits the flags as a shell does."""
    # GNUInstallDirs uses lib, lib64, or a folder with the architecture's name.
    folder = next((prefix or PREFIX).glob("lib*/**/pkgconfig"))
    environment = {"PKG_CONFIG_PATH": str(folder)}
    return shlex.split(run("pkg-config", *arguments, environment=environment))


class Programs:
    """Tests the programs of cpp/. `self.program(component)` returns the path of one."""

    def test_core(self):
        self.assertEqual(run(self.program("core")), f"{VERSION} 1/1\n")

    def test_sqlite(self):
        with tempfile.TemporaryDirectory(dir=ROOT) as folder:
            book = Path(folder) / "acme.db"
            self.assertEqual(run(self.program("sqlite"), book), "Ada\n")
            self.assertEqual(book.read_bytes()[:15], b"SQLite format 3")

    def test_postgres(self):
        output = run(self.program("postgres"), NO_SERVER)
        self.assertRegex(output, r"^storage_failed: .*127\.0\.0\.1")


class ProgramsInC:
    """Tests the program of c/ with the shared library and with the archive."""

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
            output = run(program, Path(folder) / "acme.db", environment=environment)
        self.assertEqual(output, f"{VERSION} 1/1\n")


def needed(program):
    """Lists the shared libraries that a program needs."""
    dynamic = run("readelf", "-d", program, environment={"LC_ALL": "C"})
    return re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic)


class Installation(unittest.TestCase):
    def test_no_file_contains_paths_of_the_machine(self):
        names = [str(PROJECT), str(BUILD), str(ROOT), str(PREFIX), CACHE["CMAKE_INSTALL_PREFIX"]]
        files = [file for file in PREFIX.rglob("*") if file.is_file()]
        self.assertGreater(len(files), 20)
        for file in files:
            # Debug information contains the paths of the sources.
            if file.suffix == ".a" and CACHE["CMAKE_BUILD_TYPE"] != "Release":
                continue
            content = file.read_bytes()
            for name in names:
                self.assertFalse(name.encode() in content, f"{file} contains {name}")
            if file.suffix in (".cmake", ".pc"):
                # No other absolute path either, such as that of a found library.
                paths = re.findall(rb'(?<![\w}])/(?:usr|home|opt|tmp|root)/[^"\s;]*', content)
                self.assertEqual(paths, [], file)

    def test_library_names_are_unique(self):
        """-l would take two with one name for the static and shared form of the same library."""
        names = {file.name.split(".")[0]: file for file in PREFIX.glob("lib*/**/lib*.*")
                 if file.suffix in (".a", ".so")}  # fmt: skip
        expected = {"libseatbook_core"} | {f"libseatbook_{name}" for name in STORES[1:]}
        self.assertEqual(set(names), expected | ({"libseatbook"} if "c" in BUILT else set()))
        for name in expected:
            self.assertEqual([file.name for file in names[name].parent.glob(f"{name}.*")],
                             [f"{name}.a"])  # fmt: skip

    def test_all_headers(self):
        expected = {file.name for file in (PROJECT / "include" / "seatbook").iterdir()}
        for component in ("sqlite", "postgres"):
            if component not in BUILT:
                expected.remove(f"{component}.hpp")
        self.assertEqual({file.name for file in (PREFIX / "include/seatbook").iterdir()}, expected)
        c_headers = set()
        if {"c", "c_static"} & set(BUILT):
            c_headers = {file.name for file in (PROJECT / "capi" / "include").glob("*.h")}
        found = {entry.name for entry in (PREFIX / "include").iterdir()}
        self.assertEqual(found, {"seatbook"} | c_headers)

    def test_description_for_bindings(self):
        files = list((PREFIX / "share").glob("seatbook/seatbook.api.json"))
        self.assertEqual(len(files), 1 if {"c", "c_static"} & set(BUILT) else 0)

    def test_documents(self):
        folder = PREFIX / "share/doc/seatbook"
        self.assertEqual({file.name for file in folder.iterdir()}, {"README.md", "CHANGELOG.md"})

    def test_installs_the_python_module_only_by_name(self):
        """The module is for the wheel and is a separate component."""
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
        return self.folder / f"use_{component}", {}  # CMake sets the run path


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
    """Tests an installation of libseatbook.a alone with pkg-config --static."""

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


class FindPackage(unittest.TestCase):
    """Tests find_package: components, versions and error messages."""

    @classmethod
    def setUpClass(cls):
        # A build without databases. Nothing is linked to it, so its archive may be empty.
        build, cls.core_alone = ROOT / "core alone", ROOT / "core alone installed"
        configure(PROJECT, build, "-DSEATBOOK_SQLITE=OFF", "-DSEATBOOK_POSTGRES=OFF",
                  "-DSEATBOOK_BUILD_C=OFF", "-DSEATBOOK_BUILD_TESTS=OFF",
                  "-DSEATBOOK_BUILD_EXAMPLES=OFF", "-DSEATBOOK_BUILD_BENCHMARKS=OFF")  # fmt: skip
        (build / "libseatbook_core.a").touch()
        install(build, cls.core_alone)

    def find(self, components="", *, version=VERSION, optional="", more=(), prefix=None,
            fails=False):  # fmt: skip
        # All calls share one build folder, so that CMake tests the compiler once. -U drops the
        # cached results.
        output = configure(
            HERE / "find_package", ROOT / "find_package",
            "-Useatbook_*", "-UCMAKE_DISABLE_FIND_PACKAGE_*",
            f"-DSEATBOOK_VERSION={version}", f"-DSEATBOOK_COMPONENTS={components}",
            f"-DSEATBOOK_OPTIONAL_COMPONENTS={optional}", *more, prefix=prefix or PREFIX,
            fails=fails,
        )  # fmt: skip
        return " ".join(output.split())  # CMake breaks lines

    def test_default_is_the_core(self):
        output = self.find()
        self.assertIn("found seatbook::seatbook", output)
        self.assertEqual(output.count("found "), 1)

    def test_a_component_includes_its_dependencies(self):
        output = self.find("sqlite")
        self.assertIn("found seatbook::seatbook -- found seatbook::sqlite -- sqlite: TRUE", output)
        self.assertEqual(output.count("found "), 2)

    def test_unknown_component(self):
        output = self.find("core;nonsense", fails=True)
        self.assertIn('Seatbook has no component "nonsense": its components are core, ', output)

    def test_component_that_was_not_built(self):
        self.assertIn("found seatbook::seatbook", self.find("core", prefix=self.core_alone))
        for component, option in (("sqlite", "SQLITE"), ("postgres", "POSTGRES"),
                                  ("c", "BUILD_C"), ("c_static", "BUILD_C")):  # fmt: skip
            with self.subTest(component):
                output = self.find(component, prefix=self.core_alone, fails=True)
                self.assertIn(
                    f"the component {component} was not built into this Seatbook, which has core: "
                    f"build it with -D SEATBOOK_{option}=ON", output)  # fmt: skip

    def test_component_that_is_not_installed(self):
        with tempfile.TemporaryDirectory(dir=ROOT) as folder:
            install(BUILD, folder, "--component", "seatbook_core")
            self.assertIn("found seatbook::seatbook", self.find(prefix=folder))
            output = self.find("sqlite", prefix=folder, fails=True)
            self.assertIn("component sqlite of Seatbook was built, but is not installed", output)

    def test_optional_component(self):
        output = self.find("core", optional="sqlite;nonsense", prefix=self.core_alone)
        self.assertIn("core: TRUE -- sqlite: FALSE -- nonsense: FALSE", output)

    def test_searches_only_the_dependencies_of_a_component(self):
        without = ["-DCMAKE_DISABLE_FIND_PACKAGE_SQLite3=ON",
                   "-DCMAKE_DISABLE_FIND_PACKAGE_PostgreSQL=ON",
                   "-DCMAKE_DISABLE_FIND_PACKAGE_Boost=ON",
                   "-DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON"]  # fmt: skip
        self.assertIn("found seatbook::seatbook", self.find("core", more=without))
        for component, package in (("sqlite", "SQLite3"), ("postgres", "PostgreSQL")):
            output = self.find(component, more=without, fails=True)
            self.assertIn(f"the component {component} of Seatbook needs {package}", output)
        output = self.find("core", more=["-DCMAKE_DISABLE_FIND_PACKAGE_Utf8proc=ON"], fails=True)
        self.assertIn("the component core of Seatbook needs Utf8proc", output)

    def test_versions(self):
        major, minor, patch = (int(part) for part in VERSION.split("."))
        self.assertEqual(major, 0, "from 1.0 on, minor versions are compatible: update this test")
        self.find(version=f"{major}.{minor}")
        for other in (f"{major}.{minor}.{patch + 1}", f"{major}.{minor + 1}", f"{major + 1}.0"):
            with self.subTest(other):
                output = self.find(version=other, fails=True)
                self.assertIn(f'compatible with requested version "{other}"', output)
                self.assertIn(f"seatbookConfig.cmake, version: {VERSION}", output)
        if minor > 0:
            self.find(version=f"{major}.{minor - 1}", fails=True)


@functools.cache
def build_from_source():
    """Builds the consumer with add_subdirectory, once, without optimization to save time."""
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

    def test_adds_nothing_to_the_host(self):
        """The host gets no tests, install rules or changed settings."""
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
    suites = [Installation, FoundByCMake, FoundByPkgConfig, FindPackage]
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
