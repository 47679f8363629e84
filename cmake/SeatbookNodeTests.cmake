# Tests of bindings/node, if Node.js 18 or newer, npm and the needed packages are available. With
# SEATBOOK_REQUIRE_NODE in the environment, as in .ci/run, a missing one is an error.

set(missing_node STATUS)
if(DEFINED ENV{SEATBOOK_REQUIRE_NODE})
  set(missing_node FATAL_ERROR)
endif()

find_program(SEATBOOK_NODE node)
find_program(SEATBOOK_NPM npm)
mark_as_advanced(SEATBOOK_NODE SEATBOOK_NPM)
set(node_version 0)
if(SEATBOOK_NODE AND SEATBOOK_NPM)
  execute_process(COMMAND "${SEATBOOK_NODE}" -p process.versions.node
    OUTPUT_VARIABLE node_version OUTPUT_STRIP_TRAILING_WHITESPACE)
endif()
if(node_version VERSION_LESS 18)
  message(${missing_node} "bindings/node is not tested: needs Node.js 18 or newer with npm")
  return()
endif()

execute_process(COMMAND "${PROJECT_SOURCE_DIR}/tools/node.sh"
  RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(failed)
  if(missing_node STREQUAL STATUS)
    set(missing_node WARNING)
  endif()
  message(${missing_node} "bindings/node is not tested:\n${output}")
  return()
endif()

# seatbook_add_node_test(<name> [launcher ...]): adds the tests of tests/<name>.test.js.
function(seatbook_add_node_test name)
  add_test(NAME node_${name}
    COMMAND ${ARGN} "${SEATBOOK_NODE}" --expose-gc --test "tests/${name}.test.js"
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}/bindings/node")
  set_tests_properties(node_${name} PROPERTIES TIMEOUT 600
    ENVIRONMENT "SEATBOOK_LIBRARY=$<TARGET_FILE:seatbook_c>")
endfunction()

seatbook_add_node_test(api)
seatbook_add_node_test(callbacks)
seatbook_add_node_test(conformance)
seatbook_add_node_test(package)
if(SEATBOOK_POSTGRES)
  seatbook_add_node_test(postgres "${SEATBOOK_PYTHON}" "${tests_dir}/postgres/server.py" run --)
endif()
