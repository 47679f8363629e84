#!/usr/bin/env python3
"""Checks that all files with Seatbook's version, name or description agree.

CMakeLists.txt defines the version. Files that cannot read it there repeat it.
"""

import importlib.util
import json
import re
import sys
import tomllib
import types
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def read(path):
    return (PROJECT / path).read_text(encoding="utf-8")


def only(pattern, path):
    """Returns the only match of the pattern in a file."""
    found = re.findall(pattern, read(path), re.M)
    if len(found) != 1:
        raise AssertionError(f"{path} has {len(found)} matches of {pattern}, expected 1")
    return found[0]


VERSION = only(r"^project\(seatbook VERSION (\d+\.\d+\.\d+) ", "CMakeLists.txt")
DESCRIPTION = only(r'^ +DESCRIPTION "([^"]+)"\)', "CMakeLists.txt")


def recipe():
    """Returns the recipe of conanfile.py. Conan's modules are replaced by stubs."""

    class Anything:
        def __init__(self, *_arguments, **_named):
            pass

    stubs = {
        "conan": ["ConanFile"],
        "conan.errors": ["ConanInvalidConfiguration"],
        "conan.tools.build": ["check_min_cppstd"],
        "conan.tools.cmake": ["CMake", "CMakeDeps", "CMakeToolchain", "cmake_layout"],
        "conan.tools.files": ["load"],
        "conan.tools.system.package_manager": ["Apt"],
    }
    before = {name: sys.modules.get(name) for name in stubs}
    for name, members in stubs.items():
        sys.modules[name] = types.ModuleType(name)
        for member in members:
            setattr(sys.modules[name], member, type(member, (Anything,), {}))
    sys.modules["conan.tools.files"].load = lambda _recipe, path: Path(path).read_text()
    try:
        spec = importlib.util.spec_from_file_location("conanfile", PROJECT / "conanfile.py")
        module = importlib.util.module_from_spec(spec)
        sys.dont_write_bytecode = True
        spec.loader.exec_module(module)
        conanfile = module.SeatbookConan()
        conanfile.recipe_folder = str(PROJECT)
        conanfile.set_version()
        return conanfile
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


class Versions(unittest.TestCase):
    def test_headers(self):
        header = "include/seatbook/seatbook.hpp"
        parts = [only(rf"^#define SEATBOOK_VERSION_{part} (\d+)$", header)
                 for part in ("MAJOR", "MINOR", "PATCH")]  # fmt: skip
        self.assertEqual(".".join(parts), VERSION)

    def test_library(self):
        function = r'^const char\* library_version\(\) noexcept \{\n  return "(.*)";'
        self.assertEqual(only(function, "src/types/seatbook.cpp"), VERSION)

    def test_python(self):
        project = tomllib.loads(read("pyproject.toml"))["project"]
        self.assertEqual((project["name"], project["version"]), ("seatbook", VERSION))
        self.assertEqual(project["description"], DESCRIPTION)
        module = "bindings/python/seatbook/__init__.py"
        self.assertEqual(only(r'^__version__ = "(.*)"$', module), VERSION)

    def test_c(self):
        header = "capi/include/seatbook.h"
        self.assertEqual(only(r'^#define SEATBOOK_H_VERSION "(.*)"$', header), VERSION)

    def test_node(self):
        package = json.loads(read("bindings/node/package.json"))
        lock = json.loads(read("bindings/node/package-lock.json"))
        self.assertEqual(package["version"], VERSION)
        self.assertEqual((lock["version"], lock["packages"][""]["version"]), (VERSION, VERSION))
        self.assertEqual(package["license"], "UNLICENSED")

    def test_readme(self):
        minor = VERSION.rpartition(".")[0]
        self.assertEqual(only(r"^Version (\d+\.\d+), ", "README.md"), minor)
        self.assertEqual(only(r"^find_package\(seatbook (\S+) CONFIG", "README.md"), minor)


class Vcpkg(unittest.TestCase):
    MANIFEST = json.loads(read("vcpkg.json"))

    def test_name_and_version(self):
        self.assertEqual((self.MANIFEST["name"], self.MANIFEST["version"]), ("seatbook", VERSION))
        self.assertEqual(self.MANIFEST["description"], DESCRIPTION)
        self.assertIsNone(self.MANIFEST["license"])

    def test_form(self):
        """Checks the form of the fields that the manifest uses."""
        manifest = self.MANIFEST
        known = {"$schema", "name", "version", "description", "license", "supports", "dependencies",
                 "default-features", "features"}  # fmt: skip
        self.assertLessEqual(set(manifest), known)
        self.assertLessEqual(set(manifest["default-features"]), set(manifest["features"]))
        dependencies = list(manifest["dependencies"])
        for name, feature in manifest["features"].items():
            self.assertRegex(name, r"^[a-z0-9]+(-[a-z0-9]+)*$")
            self.assertLessEqual(set(feature), {"description", "dependencies"})
            self.assertTrue(feature["description"])
            dependencies += feature.get("dependencies", [])
        for dependency in dependencies:
            if isinstance(dependency, dict):
                self.assertLessEqual(set(dependency), {"name", "features", "version>="})
                dependency = dependency["name"]
            self.assertRegex(dependency, r"^[a-z0-9]+(-[a-z0-9]+)*$")

    def test_every_component_is_a_feature(self):
        self.assertEqual(set(self.MANIFEST["features"]), components() - {"core", "c_static"})


class Conan(unittest.TestCase):
    RECIPE = recipe()

    def test_name_and_version(self):
        self.assertEqual((self.RECIPE.name, self.RECIPE.version), ("seatbook", VERSION))
        self.assertEqual(self.RECIPE.description, DESCRIPTION)
        self.assertEqual(self.RECIPE.license, "UNLICENSED")

    def test_all_parts_of_the_library_are_exported(self):
        added = set(re.findall(r"^ *add_subdirectory\((\S+)\)", read("CMakeLists.txt"), re.M))
        added.remove("bindings/python")
        for folder in {"cmake", "include", "src", *added}:
            self.assertIn(f"{folder}/*", self.RECIPE.exports_sources)

    def test_every_component_is_an_option(self):
        self.assertEqual(set(self.RECIPE.options), components() - {"core", "c_static"})


def components():
    return set(only(r"^  set\(known ([^)]+)\)", "cmake/seatbookConfig.cmake.in").split())


if __name__ == "__main__":
    unittest.main()
