# Tests of the Go binding, if Go is installed and new enough.

find_package(Go 1.19 QUIET)
# Go programs have no sanitizer runtime.
if(NOT Go_FOUND OR SEATBOOK_SANITIZE)
  message(STATUS "bindings/go is not tested: needs Go 1.19 or newer, and no sanitizer")
  return()
endif()

# seatbook_add_go_test(<test> <argument of go> ...)
function(seatbook_add_go_test test)
  add_test(NAME ${test}
    COMMAND "${PROJECT_SOURCE_DIR}/tools/go.sh" "${PROJECT_BINARY_DIR}" ${ARGN})
  set_tests_properties(${test} PROPERTIES TIMEOUT 900 ENVIRONMENT "GO=${SEATBOOK_GO}")
endfunction()

# Runs in its folder, so that go prints the runner's output; fails unless every case was played.
seatbook_add_go_test(go_conformance -C conformance test -count=1 -parallel=8)
seatbook_add_go_test(go_tests test -count=1 . ./examples/...)
seatbook_add_go_test(go_vet vet ./...)
if(SEATBOOK_POSTGRES)
  add_test(NAME go_databases
    COMMAND "${SEATBOOK_PYTHON}" "${tests_dir}/postgres/server.py" run --
      "${PROJECT_SOURCE_DIR}/tools/go.sh" "${PROJECT_BINARY_DIR}"
      test -count=1 -tags database -run "^TestBooksInADatabase$" .)
  set_tests_properties(go_databases PROPERTIES TIMEOUT 300 ENVIRONMENT "GO=${SEATBOOK_GO}")
endif()
