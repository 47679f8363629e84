# Finds utf8proc; its Debian package has no CMake configuration.
#
# Defines the target Utf8proc::Utf8proc; sets Utf8proc_FOUND and Utf8proc_VERSION.

find_path(Utf8proc_INCLUDE_DIR utf8proc.h)
find_library(Utf8proc_LIBRARY NAMES utf8proc)
mark_as_advanced(Utf8proc_INCLUDE_DIR Utf8proc_LIBRARY)

if(Utf8proc_INCLUDE_DIR)
  # From the header, not from pkg-config: the code is compiled with the header's version.
  unset(Utf8proc_VERSION)
  foreach(part IN ITEMS MAJOR MINOR PATCH)
    file(STRINGS "${Utf8proc_INCLUDE_DIR}/utf8proc.h" line
         REGEX "^#define UTF8PROC_VERSION_${part} +[0-9]+")
    string(REGEX MATCH "[0-9]+$" number "${line}")
    list(APPEND Utf8proc_VERSION "${number}")
  endforeach()
  list(JOIN Utf8proc_VERSION "." Utf8proc_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Utf8proc
  REQUIRED_VARS Utf8proc_LIBRARY Utf8proc_INCLUDE_DIR
  VERSION_VAR Utf8proc_VERSION)

if(Utf8proc_FOUND AND NOT TARGET Utf8proc::Utf8proc)
  add_library(Utf8proc::Utf8proc UNKNOWN IMPORTED GLOBAL)
  set_target_properties(Utf8proc::Utf8proc PROPERTIES
    IMPORTED_LOCATION "${Utf8proc_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${Utf8proc_INCLUDE_DIR}")
endif()
