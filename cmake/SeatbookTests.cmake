# Test programs and checks, one ctest test each.
#
# Not gtest_discover_tests(): one process per test is slow, and the log of covered rules is written
# per program.

find_package(GTest REQUIRED)

set(tests_dir "${PROJECT_SOURCE_DIR}/tests")
set(rules_log "${PROJECT_BINARY_DIR}/rules-log")

# The first Python on PATH may not be the one with the system's packages.
function(seatbook_find_python variable module)
  if(${variable})
    return()
  endif()
  file(TO_CMAKE_PATH "$ENV{PATH}" folders)
  foreach(folder IN LISTS folders ITEMS /usr/bin /usr/local/bin)
    if(EXISTS "${folder}/python3")
      execute_process(COMMAND "${folder}/python3" -c "import ${module}"
                      RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
      if(NOT failed)
        set(${variable} "${folder}/python3" CACHE FILEPATH "A Python that can import ${module}")
        mark_as_advanced(${variable})
        return()
      endif()
    endif()
  endforeach()
  message(FATAL_ERROR "no python3 can import ${module}: see tools/setup.sh for the packages")
endfunction()

seatbook_find_python(SEATBOOK_PYTHON unittest)

# The log has the rules of one run: emptied before the first program that writes to it, reported
# after the last one (whichever programs the run selects).
add_test(NAME rules_log_emptied COMMAND ${CMAKE_COMMAND}
  -D "FOLDER=${rules_log}" -P "${PROJECT_SOURCE_DIR}/cmake/EmptyFolder.cmake")
set_tests_properties(rules_log_emptied PROPERTIES FIXTURES_SETUP rules_log)
if(EXISTS "${tests_dir}/support/rules_report.py")
  add_test(NAME rules
    COMMAND "${SEATBOOK_PYTHON}" "${tests_dir}/support/rules_report.py" "${rules_log}")
  set_tests_properties(rules PROPERTIES FIXTURES_CLEANUP rules_log)
endif()

set(payloads "${PROJECT_BINARY_DIR}/payloads")
file(MAKE_DIRECTORY "${payloads}")
set(test_environment "SEATBOOK_RULES_LOG=${rules_log}" "SEATBOOK_PAYLOADS=${payloads}")
# Files as exported by other products: wide, with odd quotes, dollar costs and empty emails.
set(inventory "${tests_dir}/data/inventory")

set(launcher)
if("thread" IN_LIST SEATBOOK_SANITIZE)
  # With a high-entropy address layout g++ 12's thread sanitizer finds its memory occupied and
  # exits: start its programs without randomization. Some containers forbid that; then try with it.
  find_program(SEATBOOK_SETARCH setarch)
  mark_as_advanced(SEATBOOK_SETARCH)
  if(SEATBOOK_SETARCH)
    execute_process(COMMAND "${SEATBOOK_SETARCH}" --addr-no-randomize true
                    RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
    if(NOT failed)
      set(launcher "${SEATBOOK_SETARCH}" --addr-no-randomize)
    endif()
  endif()
endif()

# Paths are defined only for the sources that use them: a compiler cache can then share all other
# objects between checkouts.
set_source_files_properties(
  "${tests_dir}/unit/csv_reader_test.cpp" "${tests_dir}/storage/schema_test.cpp"
  "${tests_dir}/storage/sqlite_hostile_test.cpp"
  "${tests_dir}/storage/recorded_book_test.cpp" "${tests_dir}/postgres/recorded_book_test.cpp"
  PROPERTIES COMPILE_DEFINITIONS "SEATBOOK_TEST_DATA_DIR=\"${tests_dir}/data\"")
set_source_files_properties(
  "${tests_dir}/conformance/runner.cpp" "${tests_dir}/capi/conformance_runner.cpp"
  PROPERTIES COMPILE_DEFINITIONS "SEATBOOK_CONFORMANCE_DIR=\"${tests_dir}/conformance\"")

# Compile options of test sources, in programs and shared object libraries.
function(seatbook_set_test_options target)
  target_include_directories(${target} PRIVATE "${tests_dir}")
  # The library is what is measured or searched for errors; its tests should compile fast.
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>
    $<$<BOOL:${SEATBOOK_SANITIZE}>:-O0>
    # g++ 12 wrongly reports members of aggregates in tables of rows as uninitialized.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endfunction()

# seatbook_add_test_program(<program> <glob>... [UNDER <command>...] [OBJECTS <library>]): adds one
# program, and one test of the same name, of all sources that match the globs under tests/; nothing
# if there are none. UNDER is the command that starts the program, OBJECTS an object library that it
# shares with other programs: its sources are excluded from the globs.
function(seatbook_add_test_program program)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "UNDER;OBJECTS")
  list(TRANSFORM arg_UNPARSED_ARGUMENTS PREPEND "${tests_dir}/")
  file(GLOB sources CONFIGURE_DEPENDS ${arg_UNPARSED_ARGUMENTS})
  if(NOT sources)
    return()
  endif()
  if(arg_OBJECTS)
    get_target_property(shared ${arg_OBJECTS} SOURCES)
    list(REMOVE_ITEM sources ${shared})
  endif()
  seatbook_add_program(${program} ${sources})
  seatbook_set_test_options(${program})
  target_link_libraries(${program} PRIVATE GTest::gtest_main ${arg_OBJECTS})
  add_test(NAME ${program} COMMAND ${arg_UNDER} ${launcher} $<TARGET_FILE:${program}>)
  set_tests_properties(${program} PROPERTIES
    ENVIRONMENT "${test_environment}" FIXTURES_REQUIRED rules_log TIMEOUT 900)
endfunction()

# The contract suite, for each program that defines storage_kinds().
file(GLOB contract_sources CONFIGURE_DEPENDS "${tests_dir}/storage/contract*_test.cpp")
add_library(seatbook_storage_contract OBJECT ${contract_sources})
seatbook_set_standard(seatbook_storage_contract)
seatbook_set_test_options(seatbook_storage_contract)
target_link_libraries(seatbook_storage_contract PRIVATE
  seatbook::seatbook seatbook_internals seatbook_warnings GTest::gtest)

seatbook_add_test_program(seatbook_unit_tests unit/*_test.cpp)
seatbook_add_test_program(seatbook_conformance conformance/*.cpp)
seatbook_add_test_program(seatbook_storage_tests
  storage/*_test.cpp storage/local_kinds.cpp OBJECTS seatbook_storage_contract)
seatbook_add_test_program(seatbook_race_tests races/*_test.cpp)
seatbook_add_test_program(seatbook_model_tests
  model/*_test.cpp conformance/operations.cpp conformance/json_forms.cpp)
if(TEST seatbook_race_tests)
  # They depend on the number of cores: no other test may run at the same time.
  set_tests_properties(seatbook_race_tests PROPERTIES RUN_SERIAL ON)
endif()

# The C interface, through its header only. These link the shared library, never the C++ one.
function(seatbook_add_c_test_program program)
  add_executable(${program} ${ARGN})
  seatbook_set_standard(${program})
  target_include_directories(${program} PRIVATE "${tests_dir}" "${PROJECT_SOURCE_DIR}/bindings")
  target_link_libraries(${program} PRIVATE
    seatbook::c seatbook_warnings nlohmann_json::nlohmann_json GTest::gtest)
  # The library has sanitizers: a program needs the same ones.
  target_compile_options(${program} PRIVATE $<$<CONFIG:Release>:-O1>
    $<$<BOOL:${SEATBOOK_SANITIZE}>:-O0> ${seatbook_sanitize_options})
  target_link_options(${program} PRIVATE ${seatbook_sanitize_options})
  add_test(NAME ${program} COMMAND ${launcher} $<TARGET_FILE:${program}>)
  set_tests_properties(${program} PROPERTIES TIMEOUT 900)
endfunction()
if(TARGET seatbook_c)
  include(cmake/SeatbookCTests.cmake)
  include(cmake/SeatbookGoTests.cmake)
  if(NOT SEATBOOK_SANITIZE)
    include(cmake/SeatbookNodeTests.cmake)
  endif()
endif()

# seatbook_add_check(<test> <script under tests/> [argument ...]): adds a script as a test; nothing
# if there is no script.
function(seatbook_add_check test script)
  if(EXISTS "${tests_dir}/${script}")
    add_test(NAME ${test} COMMAND "${SEATBOOK_PYTHON}" "${tests_dir}/${script}" ${ARGN})
    set_tests_properties(${test} PROPERTIES TIMEOUT 300)
  endif()
endfunction()

seatbook_add_check(rules_report support/rules_report_test.py)
seatbook_add_check(include_boundaries boundaries/check_includes.py "${PROJECT_SOURCE_DIR}")
seatbook_add_check(include_boundaries_check boundaries/check_includes_test.py)
seatbook_add_check(headers_alone boundaries/check_headers.py
  --compiler "${CMAKE_CXX_COMPILER}" "${PROJECT_SOURCE_DIR}/include")
seatbook_add_check(headers_for_hosts boundaries/hosts_test.py "${CMAKE_CXX_COMPILER}"
  "${PROJECT_SOURCE_DIR}/include")
if(TEST headers_alone)
  # It runs several compilers at the same time.
  set_tests_properties(headers_alone PROPERTIES PROCESSORS 2)
endif()

seatbook_add_check(readme_examples docs/readme_examples_test.py)
seatbook_add_check(errors_reference docs/errors_test.py)
seatbook_add_check(decision_records docs/decisions_test.py)
seatbook_add_check(rule_numbers docs/rule_numbers_test.py)
# The examples of the documents are run, not only compiled.
if(TARGET seatbook_quickstart)
  add_test(NAME example_quickstart COMMAND seatbook_quickstart)
  set_tests_properties(example_quickstart PROPERTIES PASS_REGULAR_EXPRESSION
    "^1/1\nNo seats remaining on this license.\n1 of 1 available\n$")
endif()
if(TARGET seatbook_keeping_a_book)
  set(example_folder "${PROJECT_BINARY_DIR}/keeping_a_book")
  add_test(NAME example_folder_emptied COMMAND ${CMAKE_COMMAND}
    -D "FOLDER=${example_folder}" -P "${PROJECT_SOURCE_DIR}/cmake/EmptyFolder.cmake")
  set_tests_properties(example_folder_emptied PROPERTIES FIXTURES_SETUP example_folder)
  add_test(NAME example_keeping_a_book COMMAND seatbook_keeping_a_book "${example_folder}")
  set_tests_properties(example_keeping_a_book PROPERTIES FIXTURES_REQUIRED example_folder)
endif()
if(TARGET seatbook_sharing_a_book)
  add_test(NAME example_sharing_a_book COMMAND "${SEATBOOK_PYTHON}"
    "${tests_dir}/postgres/server.py" run -- sh -c "\"$0\" \"$SEATBOOK_TEST_POSTGRES\""
    $<TARGET_FILE:seatbook_sharing_a_book>)
  set_tests_properties(example_sharing_a_book PROPERTIES PASS_REGULAR_EXPRESSION "^1/1\n1/1\n$")
endif()

# The package as its users see it. An instrumented library needs the sanitizer in its host too.
seatbook_add_check(package_versions packaging/versions_test.py)
if(SEATBOOK_INSTALL AND NOT SEATBOOK_SANITIZE)
  seatbook_add_check(packaging packaging/packaging_test.py "${PROJECT_BINARY_DIR}")
  set_tests_properties(packaging PROPERTIES TIMEOUT 900)
endif()

# The contract suite against storages that each break one guarantee: it has to fail.
seatbook_add_check(broken_storages
  storage/broken_storages_test.py $<TARGET_FILE:seatbook_storage_tests>)

# Books in PostgreSQL, on a server that is started for each test.
if(SEATBOOK_POSTGRES)
  set(with_server "${SEATBOOK_PYTHON}" "${tests_dir}/postgres/server.py" run --)
  seatbook_add_test_program(seatbook_postgres_tests
    postgres/*_test.cpp postgres/postgres_kinds.cpp
    UNDER ${with_server} OBJECTS seatbook_storage_contract)
  target_link_libraries(seatbook_postgres_tests PRIVATE PostgreSQL::PostgreSQL)
  # The protocol of these books, on a simulated server.
  seatbook_add_test_program(seatbook_simulation_tests simulation/*.cpp)
  seatbook_add_program(seatbook_postgres_worker
    "${tests_dir}/postgres/worker.cpp" "${tests_dir}/postgres/skewed_machine.cpp")
  target_include_directories(seatbook_postgres_worker PRIVATE "${tests_dir}")
  # Preloaded into the server: never instrumented, and without the library.
  add_library(seatbook_simulated_disk MODULE "${tests_dir}/postgres/simulated_disk.cpp")
  seatbook_set_standard(seatbook_simulated_disk)
  target_link_libraries(seatbook_simulated_disk PRIVATE seatbook_warnings)
  seatbook_add_check(postgres_server postgres/server_test.py)
  seatbook_add_check(postgres_checker postgres/checker_test.py)
  # The variable is empty without Go: then only checker.py checks the histories.
  include(cmake/SeatbookLinearizability.cmake)
  seatbook_add_check(postgres_unfaithful postgres/unfaithful_test.py
    $<TARGET_FILE:seatbook_postgres_worker> ${seatbook_linearizability})
  seatbook_add_check(postgres_proxy postgres/proxy_test.py)
  seatbook_add_check(postgres_pool
    postgres/pool_test.py $<TARGET_FILE:seatbook_postgres_worker>)
  seatbook_add_check(postgres_durability
    postgres/durability_test.py $<TARGET_FILE:seatbook_postgres_worker>)
  seatbook_add_check(postgres_chaos
    postgres/chaos_test.py $<TARGET_FILE:seatbook_postgres_worker> --seconds 12)
  seatbook_add_check(postgres_clients postgres/clients_test.py
    $<TARGET_FILE:seatbook_postgres_worker> ${seatbook_linearizability})
  seatbook_add_check(postgres_standby
    postgres/standby_test.py $<TARGET_FILE:seatbook_postgres_worker>)
  set(power_test postgres/power_test.py
    $<TARGET_FILE:seatbook_postgres_worker> $<TARGET_FILE:seatbook_simulated_disk>)
  seatbook_add_check(postgres_power ${power_test} --ahead some)
  seatbook_add_check(postgres_power_control ${power_test} --control)
  set(serial postgres_unfaithful postgres_chaos postgres_clients
    postgres_power postgres_power_control)
  if(seatbook_linearizability)
    # At 20 calls a second of each thread, no license has 20,000 calls.
    set(histories postgres/chaos_test.py $<TARGET_FILE:seatbook_postgres_worker>
      --linearizability "${seatbook_linearizability}" --seconds 10)
    seatbook_add_check(postgres_linearizability ${histories} --threads 8 --rate 20)
    seatbook_add_check(postgres_linearizability_pool ${histories} --pool --rate 160)
    list(APPEND serial postgres_linearizability postgres_linearizability_pool)
  endif()
  # Many processes at the same time: no other test may use the cores.
  set_tests_properties(${serial} PROPERTIES RUN_SERIAL ON)
endif()

seatbook_add_program(seatbook_csv_cells "${tests_dir}/csv/csv_cells.cpp")
seatbook_add_check(csv_differential csv/differential_test.py $<TARGET_FILE:seatbook_csv_cells>)

# Each fuzz target is replayed on its corpus in every run; `make fuzz` searches for more (preset
# fuzz).
foreach(target IN ITEMS reader import record)
  set(corpus "${tests_dir}/fuzz/corpus/${target}")
  seatbook_add_program(seatbook_fuzz_${target}_replay
    "${tests_dir}/fuzz/${target}_fuzz.cpp" "${tests_dir}/fuzz/replay.cpp")
  target_include_directories(seatbook_fuzz_${target}_replay PRIVATE "${tests_dir}")
  add_test(NAME fuzz_${target}_replay COMMAND seatbook_fuzz_${target}_replay "${corpus}")
  set_tests_properties(fuzz_${target}_replay PROPERTIES TIMEOUT 300)
endforeach()

# The tour asserts its output, on its own files and on those of the tests; the queries that it
# prints are run on its file.
if(TARGET seatbook_tour)
  seatbook_find_python(SEATBOOK_SQLITE_PYTHON sqlite3)
  set(tour_test "${SEATBOOK_SQLITE_PYTHON}" "${tests_dir}/docs/tour_test.py")
  add_test(NAME tour COMMAND ${tour_test} $<TARGET_FILE:seatbook_tour>)
  add_test(NAME tour_on_inventory COMMAND ${tour_test}
    --expect "52 people, 18 licenses, 18 seats in use, no row left out"
    $<TARGET_FILE:seatbook_tour>
    --people "${inventory}/people.csv" --licenses "${inventory}/licenses.csv")
endif()

# The Python package: its tests, its examples, and whether its stub matches the module.
if(TARGET seatbook_python)
  function(seatbook_add_python_test test script)
    set(under)
    if(script MATCHES "/database_")
      if(NOT SEATBOOK_POSTGRES)
        return()
      endif()
      set(under "${SEATBOOK_PYTHON}" "${tests_dir}/postgres/server.py" run --)
    endif()
    add_test(NAME ${test}
      COMMAND ${under} "${Python_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/bindings/python/${script}" ${ARGN})
    set_tests_properties(${test} PROPERTIES TIMEOUT 300
      ENVIRONMENT "PYTHONPATH=${PROJECT_BINARY_DIR}/python;PYTHONDONTWRITEBYTECODE=1")
  endfunction()
  seatbook_add_python_test(python_types tools/check_types.py)
  seatbook_add_python_test(python_quickstart examples/quickstart.py)
  seatbook_add_python_test(python_readme examples/readme.py)
  seatbook_add_python_test(python_asyncio examples/asyncio_desk.py)
  # The examples in the pages of the documentation are run.
  seatbook_add_python_test(pages ../../tests/docs/pages_test.py)
  seatbook_add_python_test(command_page ../../tools/command_page.py --check)
  seatbook_add_python_test(docs_site ../../tools/docs_site.py --check "${PROJECT_BINARY_DIR}/site")
  # The tour of `make demo`, on its own files and on those of the tests.
  set(demo_test ../../tests/docs/demo_test.py)
  if(TARGET seatbook_tour)
    list(APPEND demo_test --tour $<TARGET_FILE:seatbook_tour>)
  endif()
  seatbook_add_python_test(demo ${demo_test})
  seatbook_add_python_test(demo_on_inventory ${demo_test}
    --people "${inventory}/people.csv" --licenses "${inventory}/licenses.csv")
  # An operation is added to a copy of the project, and its programs are linked from the objects of
  # this build.
  if(TARGET seatbook_c AND CMAKE_GENERATOR STREQUAL "Ninja" AND NOT SEATBOOK_SANITIZE)
    seatbook_add_python_test(parity_new_operation
      ../../tests/parity/new_operation_test.py "${PROJECT_BINARY_DIR}")
    set_tests_properties(parity_new_operation PROPERTIES TIMEOUT 600)  # it compiles
  endif()
  file(GLOB python_tests CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/bindings/python/tests/*_test.py")
  foreach(script IN LISTS python_tests)
    cmake_path(GET script STEM name)
    seatbook_add_python_test(python_${name} tests/${name}.py)
  endforeach()
endif()

seatbook_find_python(SEATBOOK_JSONSCHEMA_PYTHON jsonschema)
# After the unit tests, which leave real payloads behind.
add_test(NAME event_schema COMMAND "${SEATBOOK_JSONSCHEMA_PYTHON}"
  "${tests_dir}/docs/event_schema_test.py" "${payloads}/payloads.jsonl")
set_tests_properties(event_schema PROPERTIES DEPENDS seatbook_unit_tests)

if(EXISTS "${tests_dir}/conformance/check_schema.py")
  add_test(NAME conformance_schema
    COMMAND "${SEATBOOK_JSONSCHEMA_PYTHON}" "${tests_dir}/conformance/check_schema.py")
endif()
