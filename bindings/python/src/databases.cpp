#include "python/src/databases.hpp"

#include <pybind11/pybind11.h>

#include <cstdint>
#include <string>
#include <utility>

#include "python/src/errors.hpp"
#ifdef SEATBOOK_WITH_POSTGRES
#include "seatbook/postgres.hpp"
#endif

namespace seatbook::python {
namespace {

#ifdef SEATBOOK_WITH_POSTGRES

struct Number {
  const char* name;
  std::uint32_t postgres::Options::* member;
};
constexpr Number numbers[] = {
    {"connect_timeout_ms", &postgres::Options::connect_timeout_ms},
    {"lock_timeout_ms", &postgres::Options::lock_timeout_ms},
    {"statement_timeout_ms", &postgres::Options::statement_timeout_ms},
    {"idle_transaction_timeout_ms", &postgres::Options::idle_transaction_timeout_ms},
    {"tcp_timeout_ms", &postgres::Options::tcp_timeout_ms},
    {"retry_for_ms", &postgres::Options::retry_for_ms},
    {"connections", &postgres::Options::connections},
};

bool read_number(postgres::Options& options, const std::string& name, const py::handle& value) {
  for (const Number& number : numbers) {
    if (name != number.name) continue;
    from_python(value, number.name, options.*number.member);
    return true;
  }
  return false;
}

postgres::Options options_of(const py::kwargs& database) {
  postgres::Options options;
  for (const auto& [key, value] : database) {
    const auto name = py::cast<std::string>(key);
    if (name == "book") {
      from_python(value, "book", options.book);
    } else if (name == "schema") {
      from_python(value, "schema", options.schema);
    } else if (!read_number(options, name, value)) {
      throw py::type_error("a book in a database has no argument '" + name + "'");
    }
  }
  return options;
}

#else

[[noreturn]] void not_built_in() {
  raise({Code::unsupported_storage, "this build of Seatbook does not support PostgreSQL", "path"});
}

#endif

}  // namespace

bool is_database_url(std::string_view place) {
  return place.rfind("postgresql://", 0) == 0 || place.rfind("postgres://", 0) == 0;
}

#ifdef SEATBOOK_WITH_POSTGRES

Book open_database(const std::string& url, bool must_exist, bool read_only, OpenOptions options,
                   const py::kwargs& database) {
  auto settings = options_of(database);
  settings.must_exist = must_exist;
  settings.read_only = read_only;
  return value_or_raise(
      without_interpreter([&] { return postgres::open(url, settings, std::move(options)); }));
}

void create_schema(const py::object& place, const py::kwargs& database) {
  const std::string url = argument<std::string>(place, "url");
  const auto settings = options_of(database);
  value_or_raise(without_interpreter([&] { return postgres::create_schema(url, settings); }));
}

void migrate(const py::object& place, const py::kwargs& database) {
  const std::string url = argument<std::string>(place, "url");
  const auto settings = options_of(database);
  value_or_raise(without_interpreter([&] { return postgres::migrate(url, settings); }));
}

void drop_book(const py::object& place, const py::object& confirmed, const py::kwargs& database) {
  const std::string url = argument<std::string>(place, "url");
  const std::string confirm = argument<std::string>(confirmed, "confirm");
  const auto settings = options_of(database);
  value_or_raise(without_interpreter([&] { return postgres::drop_book(url, confirm, settings); }));
}

#else

Book open_database(const std::string& /*url*/, bool /*must_exist*/, bool /*read_only*/,
                   OpenOptions /*options*/, const py::kwargs& /*database*/) {
  not_built_in();
}

void create_schema(const py::object& /*url*/, const py::kwargs& /*database*/) {
  not_built_in();
}

void migrate(const py::object& /*url*/, const py::kwargs& /*database*/) {
  not_built_in();
}

void drop_book(const py::object& /*url*/, const py::object& /*confirm*/,
               const py::kwargs& /*database*/) {
  not_built_in();
}

#endif

}  // namespace seatbook::python
