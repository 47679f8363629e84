# Tests of the C interface.

# project() enables C++ only; these programs are the only ones in C.
enable_language(C)

# Generated files, in all languages, match the C++ headers, and every other list has the same
# operations.
add_test(NAME generated COMMAND "${SEATBOOK_PYTHON}"
  "${PROJECT_SOURCE_DIR}/tools/bindgen/generate.py"
  --check --describe $<TARGET_FILE:seatbook_capi_describe>)
add_test(NAME c_description COMMAND "${SEATBOOK_PYTHON}" "${tests_dir}/capi/description_test.py")
add_test(NAME parity_operations COMMAND "${SEATBOOK_PYTHON}" "${tests_dir}/parity/operations_test.py"
  $<TARGET_FILE:seatbook_c>)

# These load the library into programs without sanitizers.
if(NOT SEATBOOK_SANITIZE)
add_test(NAME c_abi COMMAND "${SEATBOOK_PYTHON}" "${tests_dir}/capi/abi_test.py"
  $<TARGET_FILE:seatbook_c> "${CMAKE_C_COMPILER}" "${CMAKE_CXX_COMPILER}")
seatbook_find_python(SEATBOOK_CFFI_PYTHON cffi)
add_test(NAME c_cffi COMMAND "${SEATBOOK_CFFI_PYTHON}" "${tests_dir}/capi/cffi_test.py"
  $<TARGET_FILE:seatbook_c> "${CMAKE_C_COMPILER}")
endif()

file(GLOB capi_helpers CONFIGURE_DEPENDS "${tests_dir}/capi/api.cpp" "${tests_dir}/capi/calls.cpp")
seatbook_add_c_test_program(seatbook_c_conformance "${tests_dir}/capi/conformance_runner.cpp"
  ${capi_helpers} "${tests_dir}/conformance/json_forms.cpp")

# A storage plug-in in C. Its warnings are those of C; -D because C99 has no threads.
add_library(seatbook_c_plug_in OBJECT "${tests_dir}/capi/plug_in.c")
target_compile_options(seatbook_c_plug_in PRIVATE
  -std=c99 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -pedantic -Werror ${seatbook_sanitize_options})
target_include_directories(seatbook_c_plug_in PRIVATE "${PROJECT_SOURCE_DIR}/capi/include")

# The contract suite over this plug-in.
target_sources(seatbook_storage_tests PRIVATE "${tests_dir}/storage/c_plug_in.cpp")
target_include_directories(seatbook_storage_tests PRIVATE "${PROJECT_SOURCE_DIR}")
target_compile_definitions(seatbook_storage_tests PRIVATE SEATBOOK_TEST_C_PLUG_IN)
target_link_libraries(seatbook_storage_tests PRIVATE seatbook::c_static seatbook_c_plug_in)

# The example of the README, as a C99 program that uses only the header.
add_executable(seatbook_c_quickstart "${PROJECT_SOURCE_DIR}/capi/examples/quickstart.c")
set_target_properties(seatbook_c_quickstart PROPERTIES
  C_STANDARD 99 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF)
target_compile_options(seatbook_c_quickstart PRIVATE -Wall -Wextra -pedantic -Werror)
target_link_libraries(seatbook_c_quickstart PRIVATE seatbook::c)
target_compile_options(seatbook_c_quickstart PRIVATE ${seatbook_sanitize_options})
target_link_options(seatbook_c_quickstart PRIVATE ${seatbook_sanitize_options})
add_test(NAME c_quickstart COMMAND seatbook_c_quickstart)
set_tests_properties(c_quickstart PROPERTIES PASS_REGULAR_EXPRESSION
  "^This user already has an active assignment for this license.\n1/1\n$")

seatbook_add_c_test_program(seatbook_c_tests "${tests_dir}/capi/hostile_test.cpp"
  "${tests_dir}/capi/arrow_test.cpp" "${tests_dir}/capi/batches_test.cpp"
  "${tests_dir}/capi/opening_test.cpp" "${tests_dir}/capi/handles_test.cpp"
  "${tests_dir}/capi/callbacks_test.cpp" "${tests_dir}/capi/closing_test.cpp"
  "${tests_dir}/capi/raw_calls.cpp" ${capi_helpers} "${tests_dir}/conformance/json_forms.cpp")
target_link_libraries(seatbook_c_tests PRIVATE GTest::gtest_main seatbook_c_plug_in)

# It replaces malloc, which does not work with sanitizers.
if(NOT SEATBOOK_SANITIZE)
  seatbook_add_c_test_program(seatbook_c_memory_tests "${tests_dir}/capi/memory_test.cpp"
    ${capi_helpers} "${tests_dir}/conformance/json_forms.cpp")
  target_link_libraries(seatbook_c_memory_tests PRIVATE GTest::gtest_main seatbook_c_plug_in)
endif()

# The fuzz target for sequences of calls is replayed on its corpus, like the others.
set(capi_fuzz_sources "${tests_dir}/fuzz/capi_fuzz.cpp" "${tests_dir}/capi/api.cpp"
  "${tests_dir}/capi/raw_calls.cpp" "${tests_dir}/conformance/json_forms.cpp")
function(seatbook_link_c_fuzz target)
  target_include_directories(${target} PRIVATE "${tests_dir}")
  target_link_libraries(${target} PRIVATE seatbook::c_static nlohmann_json::nlohmann_json)
endfunction()
seatbook_add_program(seatbook_fuzz_capi_replay ${capi_fuzz_sources} "${tests_dir}/fuzz/replay.cpp")
seatbook_link_c_fuzz(seatbook_fuzz_capi_replay)
add_test(NAME fuzz_capi_replay COMMAND seatbook_fuzz_capi_replay "${tests_dir}/fuzz/corpus/capi")
set_tests_properties(fuzz_capi_replay PROPERTIES TIMEOUT 300)

# A part under valgrind, if installed: it sees what a sanitizer misses in other libraries.
find_program(SEATBOOK_VALGRIND valgrind)
mark_as_advanced(SEATBOOK_VALGRIND)
if(SEATBOOK_VALGRIND AND NOT SEATBOOK_SANITIZE)
  add_test(NAME c_valgrind COMMAND "${SEATBOOK_VALGRIND}" --quiet --error-exitcode=1
    --leak-check=full --errors-for-leak-kinds=definite,indirect,possible
    $<TARGET_FILE:seatbook_c_conformance> "--gtest_filter=capi_seats.*:capi_bulk.*-*thousand*")
  set_tests_properties(c_valgrind PROPERTIES TIMEOUT 300)
endif()

# Only Seatbook's symbols are exported, even without inlining: compilers tend to export leftovers of
# standard library templates from these sources.
add_library(seatbook_c_exports SHARED "${PROJECT_SOURCE_DIR}/capi/src/generated/operations.cpp")
seatbook_set_standard(seatbook_c_exports)
target_compile_options(seatbook_c_exports PRIVATE -O0)
target_include_directories(seatbook_c_exports PRIVATE "${PROJECT_SOURCE_DIR}"
  "${PROJECT_SOURCE_DIR}/bindings" "${PROJECT_SOURCE_DIR}/capi/include"
  "${PROJECT_SOURCE_DIR}/include")
target_link_options(seatbook_c_exports PRIVATE
  "LINKER:--version-script=${PROJECT_SOURCE_DIR}/capi/src/seatbook.map")
add_test(NAME c_exports COMMAND "${SEATBOOK_PYTHON}" "${tests_dir}/capi/exports_test.py"
  $<TARGET_FILE:seatbook_c_exports> $<TARGET_FILE:seatbook_c>)

# The binding of docs/guides/bindings.md.
if(NOT SEATBOOK_SANITIZE)
  add_test(NAME c_binding COMMAND "${SEATBOOK_PYTHON}"
    "${PROJECT_SOURCE_DIR}/capi/examples/binding.py" $<TARGET_FILE:seatbook_c>)
  set_tests_properties(c_binding PROPERTIES PASS_REGULAR_EXPRESSION
    "^already_assigned person\n1/1 0\n\\['Ada'\\]\nit-desk\n$")
endif()

if(SEATBOOK_POSTGRES AND NOT SEATBOOK_SANITIZE)
  add_test(NAME c_postgres COMMAND "${SEATBOOK_PYTHON}" "${tests_dir}/postgres/server.py" run --
    "${SEATBOOK_PYTHON}" "${tests_dir}/capi/postgres_test.py" $<TARGET_FILE:seatbook_c>)
  set_tests_properties(c_postgres PROPERTIES TIMEOUT 300)
  add_test(NAME c_libpq COMMAND "${SEATBOOK_PYTHON}" "${tests_dir}/capi/libpq_test.py"
    $<TARGET_FILE:seatbook_c> "${CMAKE_C_COMPILER}")
endif()
