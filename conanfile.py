"""A recipe for Conan 2, over the system's packages: what Seatbook needs comes from Debian.

    conan create . -o "&:postgres=True" -c tools.system.package_manager:mode=install

Without the setting of the package manager missing packages are reported, not installed.
"""

import os
import re

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeToolchain, cmake_layout
from conan.tools.files import load
from conan.tools.system.package_manager import Apt


class SeatbookConan(ConanFile):
    name = "seatbook"
    description = "Tracks software license seats: who holds which seat, since when, granted by whom"
    license = "UNLICENSED"
    topics = ("license-management", "inventory", "embedded")
    settings = "os", "arch", "compiler", "build_type"
    options = {"sqlite": [True, False], "postgres": [True, False], "c": [True, False]}
    default_options = {"sqlite": True, "postgres": False, "c": False}
    exports_sources = (
        "CMakeLists.txt",
        "README.md",
        "CHANGELOG.md",
        "cmake/*",
        "include/*",
        "src/*",
        "bindings/common/*",
        "capi/*",
    )

    def set_version(self):
        text = load(self, os.path.join(self.recipe_folder, "CMakeLists.txt"))
        self.version = re.search(r"project\(seatbook VERSION ([0-9.]+)", text)[1]

    def validate(self):
        if self.settings.os != "Linux":
            raise ConanInvalidConfiguration("Seatbook is built and tested on Linux only")
        if self.settings.get_safe("compiler.cppstd"):
            check_min_cppstd(self, 17)  # what its headers need; its sources choose for themselves

    def layout(self):
        cmake_layout(self)

    def system_requirements(self):
        packages = ["libboost-dev", "nlohmann-json3-dev", "libutf8proc-dev", "libxxhash-dev"]
        if self.options.sqlite:
            packages += ["libsqlite3-dev"]
        if self.options.postgres:
            packages += ["libpq-dev"]
        Apt(self).install(packages, check=True)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables.update({
            "SEATBOOK_SQLITE": bool(self.options.sqlite),
            "SEATBOOK_POSTGRES": "ON" if self.options.postgres else "OFF",
            "SEATBOOK_BUILD_C": bool(self.options.c),
            "SEATBOOK_BUILD_TESTS": False,
            "SEATBOOK_BUILD_EXAMPLES": False,
            "SEATBOOK_BUILD_BENCHMARKS": False,
        })  # fmt: skip
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()

    def package_info(self):
        # For CMake the package's own seatbookConfig.cmake; the rest is for other build systems.
        self.cpp_info.set_property("cmake_find_mode", "none")
        needed = ["utf8proc", "pthread"]
        self._component("core", ["seatbook_core"], needed)
        self.cpp_info.components["core"].builddirs = [os.path.join("lib", "cmake", "seatbook")]
        if self.options.sqlite:
            self._component("sqlite", ["seatbook_sqlite"], ["sqlite3"], ["core"])
            needed = ["sqlite3", *needed]
        if self.options.postgres:
            self._component("postgres", ["seatbook_postgres"], ["pq"], ["core"])
            needed = ["pq", *needed]
        if self.options.c:
            # Both forms of libseatbook are in one folder, where -l takes the shared one.
            self._component("c", ["seatbook"])
            self._component("c_static", [":libseatbook.a"], [*needed, "stdc++", "m"])

    def _component(self, name, libs, system_libs=(), requires=()):
        component = self.cpp_info.components[name]
        component.libs = libs
        component.system_libs = list(system_libs)
        component.requires = list(requires)
        module = "seatbook" if name == "core" else "seatbook-" + name.replace("_", "-")
        component.set_property("pkg_config_name", module)
