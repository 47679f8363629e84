# Finds the go command: sets SEATBOOK_GO and Go_VERSION.

include(FindPackageHandleStandardArgs)

find_program(SEATBOOK_GO go)
mark_as_advanced(SEATBOOK_GO)
if(SEATBOOK_GO)
  execute_process(COMMAND "${SEATBOOK_GO}" env GOVERSION OUTPUT_VARIABLE Go_VERSION
                  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  string(REGEX MATCH "[0-9]+\\.[0-9]+" Go_VERSION "${Go_VERSION}")
endif()
find_package_handle_standard_args(Go REQUIRED_VARS SEATBOOK_GO VERSION_VAR Go_VERSION)
