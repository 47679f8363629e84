"""Builds and runs the programs of ../cpp with the package that `conan create` has created.

    conan create . --test-folder tests/packaging/conan
"""

import os

from conan import ConanFile
from conan.tools.build import can_run
from conan.tools.cmake import CMake, CMakeToolchain, cmake_layout


class SeatbookHost(ConanFile):
    settings = "os", "arch", "compiler", "build_type"
    generators = "PkgConfigDeps"

    def requirements(self):
        self.requires(self.tested_reference_str)

    def layout(self):
        cmake_layout(self)

    def components(self):
        options = self.dependencies["seatbook"].options
        stores = [name for name in ("sqlite", "postgres") if options.get_safe(name) == "True"]
        return ["core", *stores]

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["SEATBOOK_COMPONENTS"] = ";".join(self.components())
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure(build_script_folder=os.path.join(os.pardir, "cpp"))
        cmake.build()

    def test(self):
        if not can_run(self):
            return
        for name, argument in (
            ("core", ""),
            ("sqlite", "conan-test.db"),
            ("postgres", "postgresql://127.0.0.1:1/books"),
        ):
            if name in self.components():
                program = os.path.join(self.cpp.build.bindir, f"use_{name}")
                self.run(f"{program} {argument}", env="conanrun")
