# Rules of `cmake --install`, for find_package(seatbook CONFIG) and pkg-config. The installed tree
# can be moved: it does not contain the path where it was built or installed.
#
# Each component of the package is also a component of the installation (seatbook_core,
# seatbook_sqlite ...), so that it can be packaged separately, and a set of exported targets.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/seatbook")
set(pkgconfig_folder "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
set(generated_folder "${CMAKE_CURRENT_BINARY_DIR}/package")

# seatbook_install_library(<component> <target> <name>): installs the target as seatbook::<name>.
function(seatbook_install_library component target name)
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  install(TARGETS ${target} EXPORT seatbook_${component}
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT seatbook_${component}
    LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT seatbook_${component}
    INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
  install(EXPORT seatbook_${component} NAMESPACE seatbook::
    FILE seatbook-${component}.cmake
    DESTINATION "${package_folder}" COMPONENT seatbook_${component})
endfunction()

# seatbook_install_pkgconfig(<component> <module> <description> [CFLAGS <flag>...] LIBS <flag>...
#   [REQUIRES <module>...] [LIBS_PRIVATE <flag>...] [REQUIRES_PRIVATE <module>...])
#
# The C++ libraries exist only as archives, so every program that links them needs their
# dependencies too: these are listed under REQUIRES, and `pkg-config --libs` is enough. The
# ..._PRIVATE ones are for `pkg-config --static`.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX
  BASE_DIRECTORY "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" OUTPUT_VARIABLE pc_prefix)
cmake_path(RELATIVE_PATH CMAKE_INSTALL_FULL_LIBDIR
  BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}" OUTPUT_VARIABLE pc_libdir)
cmake_path(RELATIVE_PATH CMAKE_INSTALL_FULL_INCLUDEDIR
  BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}" OUTPUT_VARIABLE pc_includedir)
function(seatbook_install_pkgconfig component pc_name pc_description)
  cmake_parse_arguments(PARSE_ARGV 3 pc "" "" "CFLAGS;LIBS;REQUIRES;LIBS_PRIVATE;REQUIRES_PRIVATE")
  list(PREPEND pc_CFLAGS "-I\${includedir}")
  list(JOIN pc_CFLAGS " " pc_CFLAGS)
  list(JOIN pc_LIBS " " pc_LIBS)
  list(JOIN pc_REQUIRES ", " pc_REQUIRES)
  list(JOIN pc_LIBS_PRIVATE " " pc_LIBS_PRIVATE)
  list(JOIN pc_REQUIRES_PRIVATE ", " pc_REQUIRES_PRIVATE)
  configure_file(
    "${PROJECT_SOURCE_DIR}/cmake/seatbook.pc.in" "${generated_folder}/${pc_name}.pc" @ONLY)
  install(FILES "${generated_folder}/${pc_name}.pc"
    DESTINATION "${pkgconfig_folder}" COMPONENT seatbook_${component})
endfunction()

# --- Core ------------------------------------------------------------------------------------

set(package_components core)
seatbook_install_library(core seatbook seatbook)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/seatbook"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT seatbook_core
  FILES_MATCHING PATTERN "*.hpp" PATTERN "*.def" PATTERN "sqlite.hpp" EXCLUDE PATTERN "postgres.hpp" EXCLUDE)
# libutf8proc without a version: its .pc file in Debian 12 says 2.6.0, its header 2.8.0.
seatbook_install_pkgconfig(core seatbook "${PROJECT_DESCRIPTION}"
  CFLAGS -pthread
  LIBS "-L\${libdir}" -lseatbook_core -pthread
  REQUIRES libutf8proc)

# --- Books in databases ----------------------------------------------------------------------

if(TARGET seatbook_sqlite)
  list(APPEND package_components sqlite)
  seatbook_install_library(sqlite seatbook_sqlite sqlite)
  install(FILES "${PROJECT_SOURCE_DIR}/include/seatbook/sqlite.hpp"
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/seatbook" COMPONENT seatbook_sqlite)
  seatbook_install_pkgconfig(sqlite seatbook-sqlite "Seatbook's books in SQLite files"
    LIBS "-L\${libdir}" -lseatbook_sqlite
    REQUIRES "seatbook = ${PROJECT_VERSION}" "sqlite3 >= ${SEATBOOK_SQLITE_MINIMUM}")
endif()

if(TARGET seatbook_postgres)
  list(APPEND package_components postgres)
  seatbook_install_library(postgres seatbook_postgres postgres)
  install(FILES "${PROJECT_SOURCE_DIR}/include/seatbook/postgres.hpp"
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/seatbook" COMPONENT seatbook_postgres)
  seatbook_install_pkgconfig(postgres seatbook-postgres "Seatbook's books in PostgreSQL databases"
    LIBS "-L\${libdir}" -lseatbook_postgres
    REQUIRES "seatbook = ${PROJECT_VERSION}" "libpq >= ${SEATBOOK_POSTGRES_MINIMUM}")
endif()

# --- C ---------------------------------------------------------------------------------------

# Both forms contain the whole library; the static one needs the libraries it was built with.
set(c_requires libutf8proc)
set(c_libs)
set(c_packages Threads: "Utf8proc:${SEATBOOK_UTF8PROC_MINIMUM}")
if(TARGET seatbook_sqlite)
  list(PREPEND c_requires "sqlite3 >= ${SEATBOOK_SQLITE_MINIMUM}")
  list(APPEND c_packages "SQLite3:${SEATBOOK_SQLITE_MINIMUM}")
endif()
if(TARGET seatbook_postgres)
  # Not by its module: with --static that lists libraries of which Debian has no archives.
  set(c_libs -lpq)
  list(APPEND c_packages "PostgreSQL:${SEATBOOK_POSTGRES_MINIMUM}")
endif()
# A C linker does not add the C++ library.
set(cxx_runtime stdc++)
if("c++" IN_LIST CMAKE_CXX_IMPLICIT_LINK_LIBRARIES)
  set(cxx_runtime c++)
endif()
foreach(component IN ITEMS c c_static)
  if(TARGET seatbook_${component})
    list(APPEND package_components ${component})
    seatbook_install_library(${component} seatbook_${component} ${component})
    # In both components: each can be packaged without the other.
    install(DIRECTORY "${PROJECT_SOURCE_DIR}/capi/include/"
      DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT seatbook_${component}
      FILES_MATCHING PATTERN "*.h")
    install(FILES "${PROJECT_SOURCE_DIR}/capi/seatbook.api.json"
      DESTINATION "${CMAKE_INSTALL_DATADIR}/seatbook" COMPONENT seatbook_${component})
  endif()
endforeach()
if(TARGET seatbook_c)
  set(c_sqlite)
  if(SEATBOOK_SQLITE)
    set(c_sqlite -lsqlite3)
  endif()
  # -lseatbook is the shared library if there is one; --static adds what the archive needs.
  set(c_module seatbook-c "Seatbook's C interface"
    LIBS "-L\${libdir}" -lseatbook
    # No REQUIRES_PRIVATE: it would require development packages that the shared library does not
    # need.
    LIBS_PRIVATE ${c_sqlite} -lutf8proc ${c_libs} -l${cxx_runtime} -lm -pthread)
  seatbook_install_pkgconfig(c ${c_module})
  seatbook_install_pkgconfig(c_static ${c_module})
  # The archive, even if the shared library is installed next to it.
  seatbook_install_pkgconfig(c_static seatbook-c-static "Seatbook's C interface, the archive"
    LIBS "\${libdir}/libseatbook.a" ${c_libs} -l${cxx_runtime} -lm -pthread
    REQUIRES ${c_requires})
endif()

# --- The package -----------------------------------------------------------------------------

# Before 1.0 every minor version can change names.
set(compatibility SameMajorVersion)
if(PROJECT_VERSION VERSION_LESS 1)
  set(compatibility SameMinorVersion)
endif()
write_basic_package_version_file("${generated_folder}/seatbookConfigVersion.cmake"
  COMPATIBILITY ${compatibility})
configure_file("${PROJECT_SOURCE_DIR}/cmake/seatbookConfig.cmake.in"
  "${generated_folder}/seatbookConfig.cmake" @ONLY)
# With every component: the package is found with any of them, and reports missing ones.
foreach(component IN LISTS package_components)
  install(FILES
    "${generated_folder}/seatbookConfig.cmake" "${generated_folder}/seatbookConfigVersion.cmake"
    DESTINATION "${package_folder}" COMPONENT seatbook_${component})
endforeach()
foreach(component IN ITEMS core c_static)
  if(component IN_LIST package_components)
    install(FILES "${PROJECT_SOURCE_DIR}/cmake/FindUtf8proc.cmake"
      DESTINATION "${package_folder}" COMPONENT seatbook_${component})
  endif()
endforeach()
install(FILES "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/CHANGELOG.md"
  DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT seatbook_doc)
