// Loads the libpq functions from libpq.so.5 on first use: a host that opens no book in PostgreSQL
// needs neither libpq nor its dependencies.
#include <dlfcn.h>

#include <string>

#include "storage/postgres/libpq.hpp"

namespace seatbook::postgres::detail {
namespace {

constexpr const char* library_name = "libpq.so.5";
constexpr int oldest_version = 140'000;  // the first with pipeline mode

struct Loaded {
  Libpq functions;
  std::string problem;  // empty: all functions were found
};

/// Sets `function` to the symbol `name`. Returns false if there is none.
template <class Function>
bool find(void* library, const char* name, Function& function) {
  // POSIX guarantees that the pointers have one representation; ISO C++ does not.
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

Loaded load() {
  Loaded loaded;
  // Never unloaded: libpq's dependencies keep process-wide state.
  void* const library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* const why = dlerror();
    loaded.problem = why == nullptr ? "it was not found" : why;
    return loaded;
  }
  Libpq& functions = loaded.functions;
  if (!find(library, "PQlibVersion", functions.PQlibVersion) ||
      functions.PQlibVersion() < oldest_version) {
    loaded.problem = "it is older than version 14";
    return loaded;
  }
#define SEATBOOK_LIBPQ_FIND(name) \
  if (!find(library, #name, functions.name)) loaded.problem = "it has no function " #name;
  SEATBOOK_LIBPQ_FUNCTIONS(SEATBOOK_LIBPQ_FIND)
#undef SEATBOOK_LIBPQ_FIND
  return loaded;
}

const Loaded& loaded_once() {
  static const Loaded loaded = load();
  return loaded;
}

}  // namespace

Result<void> load_libpq() {
  const std::string& problem = loaded_once().problem;
  if (problem.empty()) return {};
  return Error{Code::unsupported_storage,
               std::string("a book in PostgreSQL needs ") + library_name +
                   " of version 14 or newer (Debian and Ubuntu: package libpq5): " + problem};
}

const Libpq& libpq() noexcept {
  return loaded_once().functions;
}

}  // namespace seatbook::postgres::detail
