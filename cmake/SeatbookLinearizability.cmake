# The program of tests/postgres/linearizability, if Go 1.19 or newer is installed and its module
# Porcupine can be downloaded. Sets seatbook_linearizability to the program's path, or to nothing.
# With SEATBOOK_REQUIRE_GO in the environment, as in .ci/run, a missing part is an error.

set(seatbook_linearizability)
set(missing_go STATUS)
if(DEFINED ENV{SEATBOOK_REQUIRE_GO})
  set(missing_go FATAL_ERROR)
endif()

find_package(Go 1.19 QUIET)
if(NOT Go_FOUND)
  message(${missing_go} "Histories are not checked by Porcupine: needs Go 1.19 or newer")
  return()
endif()

set(module "${tests_dir}/postgres/linearizability")
set(go "${CMAKE_COMMAND}" -E env GOTOOLCHAIN=local GOWORK=off CGO_ENABLED=0
  "GOFLAGS=-mod=readonly -buildvcs=false" "${SEATBOOK_GO}")
execute_process(COMMAND ${go} mod download WORKING_DIRECTORY "${module}"
  RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(failed)
  message(${missing_go} "Histories are not checked by Porcupine: go mod download failed:\n${output}")
  return()
endif()

set(seatbook_linearizability "${PROJECT_BINARY_DIR}/seatbook_linearizability")
file(GLOB sources CONFIGURE_DEPENDS "${module}/*.go")
add_custom_command(OUTPUT "${seatbook_linearizability}"
  COMMAND ${go} build -o "${seatbook_linearizability}" .
  DEPENDS ${sources} "${module}/go.mod" "${module}/go.sum"
  WORKING_DIRECTORY "${module}" VERBATIM)
# A name that no file in the build folder has.
add_custom_target(linearizability ALL DEPENDS "${seatbook_linearizability}")

add_test(NAME postgres_linearizability_model COMMAND ${go} test -count=1 .
  WORKING_DIRECTORY "${module}")
add_test(NAME postgres_linearizability_vet COMMAND ${go} vet . WORKING_DIRECTORY "${module}")
set_tests_properties(postgres_linearizability_model postgres_linearizability_vet PROPERTIES
  TIMEOUT 300)
