#include "capi/src/storages.hpp"

#include <utility>

#ifdef SEATBOOK_CAPI_SQLITE
#include "seatbook/sqlite.hpp"
#endif
#ifdef SEATBOOK_CAPI_POSTGRES
#include "seatbook/postgres.hpp"
#endif

namespace seatbook::capi {
namespace {

[[maybe_unused]] Error not_built_in(const char* what) {
  return {Code::unsupported_storage, std::string("this build does not support ") + what,
          "location"};
}

/// Renames the field of an error: the storages have other names for the location.
template <class Value>
[[maybe_unused]] Result<Value> with_location_field(Result<Value> result, const char* field) {
  if (result || result.error().field != field) return result;
  Error error = std::move(result).error();
  error.field = "location";
  return error;
}

Result<std::shared_ptr<Storage>> open_file([[maybe_unused]] std::string_view path,
                                           [[maybe_unused]] const Opening& opening) {
#ifdef SEATBOOK_CAPI_SQLITE
  if (opening.durability > Durability::relaxed)
    return malformed("durability", "must be full or relaxed");
  sqlite::Options options;
  options.durability = static_cast<sqlite::Durability>(opening.durability);
  options.must_exist = opening.must_exist;
  options.read_only = opening.read_only;
  options.vfs = opening.vfs;
  return with_location_field(sqlite::open_storage(std::string(path), options), "path");
#else
  return not_built_in("SQLite files");
#endif
}

#ifdef SEATBOOK_CAPI_POSTGRES
postgres::Options database_options(const Opening& opening) {
  postgres::Options options;
  options.must_exist = opening.must_exist;
  options.read_only = opening.read_only;
  if (opening.book) options.book = *opening.book;
  if (opening.schema) options.schema = *opening.schema;
  const auto set = [](std::uint32_t& to, const std::optional<std::uint32_t>& value) {
    if (value) to = *value;
  };
  set(options.connect_timeout_ms, opening.connect_timeout_ms);
  set(options.lock_timeout_ms, opening.lock_timeout_ms);
  set(options.statement_timeout_ms, opening.statement_timeout_ms);
  set(options.idle_transaction_timeout_ms, opening.idle_transaction_timeout_ms);
  set(options.tcp_timeout_ms, opening.tcp_timeout_ms);
  set(options.retry_for_ms, opening.retry_for_ms);
  set(options.connections, opening.connections);
  return options;
}
#endif

Result<std::shared_ptr<Storage>> open_database([[maybe_unused]] std::string_view url,
                                               [[maybe_unused]] const Opening& opening) {
#ifdef SEATBOOK_CAPI_POSTGRES
  return with_location_field(postgres::open_storage(std::string(url), database_options(opening)),
                             "url");
#else
  return not_built_in("PostgreSQL databases");
#endif
}

std::optional<Error> not_a_database(std::string_view location) {
  if (kind_of_location(location) == Kind::database) return std::nullopt;
  return malformed("location", "must be a postgresql:// or postgres:// URI");
}

}  // namespace

Kind kind_of_location(std::string_view location) noexcept {
  if (location.empty() || location == ":memory:") return Kind::memory;
  const auto starts = [&](std::string_view scheme) {
    return location.substr(0, scheme.size()) == scheme;
  };
  return starts("postgresql://") || starts("postgres://") ? Kind::database : Kind::file;
}

Result<std::shared_ptr<Storage>> open_storage(std::string_view location, const Opening& opening) {
  switch (kind_of_location(location)) {
    case Kind::memory:
      return memory_storage();
    case Kind::file:
      return open_file(location, opening);
    case Kind::database:
      return open_database(location, opening);
  }
  return Error{Code::internal, "unknown kind of location"};
}

Result<void> create_schema(std::string_view location, [[maybe_unused]] const Opening& opening) {
  if (auto refused = not_a_database(location)) return *std::move(refused);
#ifdef SEATBOOK_CAPI_POSTGRES
  return with_location_field(
      postgres::create_schema(std::string(location), database_options(opening)), "url");
#else
  return not_built_in("PostgreSQL databases");
#endif
}

Result<void> migrate_schema(std::string_view location, [[maybe_unused]] const Opening& opening) {
  if (auto refused = not_a_database(location)) return *std::move(refused);
#ifdef SEATBOOK_CAPI_POSTGRES
  return with_location_field(postgres::migrate(std::string(location), database_options(opening)),
                             "url");
#else
  return not_built_in("PostgreSQL databases");
#endif
}

Result<void> drop_book(std::string_view location, [[maybe_unused]] std::string_view confirm,
                       [[maybe_unused]] const Opening& opening) {
  if (auto refused = not_a_database(location)) return *std::move(refused);
#ifdef SEATBOOK_CAPI_POSTGRES
  return with_location_field(
      postgres::drop_book(std::string(location), std::string(confirm), database_options(opening)),
      "url");
#else
  return not_built_in("PostgreSQL databases");
#endif
}

bool is_valid_text(std::string_view bytes) noexcept {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const std::size_t more = first < 0x80   ? 0
                             : first < 0xC2 ? 9
                             : first < 0xE0 ? 1
                             : first < 0xF0 ? 2
                             : first < 0xF5 ? 3
                                            : 9;
    if (first == 0 || more == 9 || at + more >= bytes.size()) return false;
    for (std::size_t n = 1; n <= more; ++n) {
      const auto next = static_cast<unsigned char>(bytes[at + n]);
      unsigned least = 0x80;
      unsigned most = 0xBF;
      if (n == 1 && first == 0xE0) least = 0xA0;  // overlong
      if (n == 1 && first == 0xED) most = 0x9F;   // surrogates
      if (n == 1 && first == 0xF0) least = 0x90;
      if (n == 1 && first == 0xF4) most = 0x8F;  // beyond U+10FFFF
      if (next < least || next > most) return false;
    }
    at += more + 1;
  }
  return true;
}

}  // namespace seatbook::capi
