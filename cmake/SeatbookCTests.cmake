# The tests of the C interface.

# project() asks for C++ alone: only these programs are C.
enable_language(C)

# What was generated is what the C++ headers say now, and every other place has the same operations.
add_test(NAME c_generated COMMAND "${SEATBOOK_PYTHON}" "${PROJECT_SOURCE_DIR}/capi/tools/generate.py"
  --check --describe $<TARGET_FILE:seatbook_capi_describe>)
add_test(NAME c_parity COMMAND "${SEATBOOK_PYTHON}" "${tests_dir}/capi/parity_test.py"
  $<TARGET_FILE:seatbook_c>)

file(GLOB capi_helpers CONFIGURE_DEPENDS "${tests_dir}/capi/api.cpp" "${tests_dir}/capi/calls.cpp")
seatbook_add_c_test_program(seatbook_c_conformance "${tests_dir}/capi/conformance_runner.cpp"
  ${capi_helpers} "${tests_dir}/conformance/json_forms.cpp")

# The example of the README, as a program in C99 that knows nothing but the header.
add_executable(seatbook_c_quickstart "${PROJECT_SOURCE_DIR}/capi/examples/quickstart.c")
set_target_properties(seatbook_c_quickstart PROPERTIES
  C_STANDARD 99 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF)
target_compile_options(seatbook_c_quickstart PRIVATE -Wall -Wextra -pedantic -Werror)
target_link_libraries(seatbook_c_quickstart PRIVATE seatbook::c)
add_test(NAME c_quickstart COMMAND seatbook_c_quickstart)
set_tests_properties(c_quickstart PROPERTIES PASS_REGULAR_EXPRESSION
  "^This user already has an active assignment for this license.\n1/1\n$")
