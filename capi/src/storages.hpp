/// Opens the storage of a location with the storages of this build.
#ifndef SEATBOOK_CAPI_STORAGES_HPP_
#define SEATBOOK_CAPI_STORAGES_HPP_

#include <cstdint>
#include <memory>
#include <string_view>

#include "capi/src/opening.hpp"
#include "capi/src/reader.hpp"
#include "seatbook.h"
#include "seatbook/seatbook.hpp"

namespace seatbook::capi {

#ifdef SEATBOOK_CAPI_SQLITE
inline constexpr bool has_sqlite = true;
#else
inline constexpr bool has_sqlite = false;
#endif
#ifdef SEATBOOK_CAPI_POSTGRES
inline constexpr bool has_postgres = true;
#else
inline constexpr bool has_postgres = false;
#endif

enum class Kind : std::uint8_t { memory, file, database };
[[nodiscard]] Kind kind_of_location(std::string_view location) noexcept;

/// The options that apply to each kind of location.
inline constexpr std::uint64_t options_of_book =
    SEATBOOK_FIELD_OPEN_CLOCK | SEATBOOK_FIELD_OPEN_ALLOW_CLOCK_BEHIND |
    SEATBOOK_FIELD_OPEN_READ_ONLY | SEATBOOK_FIELD_OPEN_ON_LOG;
inline constexpr std::uint64_t options_of_file =
    SEATBOOK_FIELD_OPEN_READ_ONLY | SEATBOOK_FIELD_OPEN_MUST_EXIST |
    SEATBOOK_FIELD_OPEN_DURABILITY | SEATBOOK_FIELD_OPEN_VFS;
inline constexpr std::uint64_t options_of_schema =
    SEATBOOK_FIELD_OPEN_SCHEMA | SEATBOOK_FIELD_OPEN_CONNECT_TIMEOUT_MS |
    SEATBOOK_FIELD_OPEN_LOCK_TIMEOUT_MS | SEATBOOK_FIELD_OPEN_STATEMENT_TIMEOUT_MS |
    SEATBOOK_FIELD_OPEN_IDLE_TRANSACTION_TIMEOUT_MS | SEATBOOK_FIELD_OPEN_TCP_TIMEOUT_MS |
    SEATBOOK_FIELD_OPEN_RETRY_FOR_MS;
inline constexpr std::uint64_t options_of_database =
    options_of_schema | SEATBOOK_FIELD_OPEN_READ_ONLY | SEATBOOK_FIELD_OPEN_MUST_EXIST |
    SEATBOOK_FIELD_OPEN_BOOK;
[[nodiscard]] constexpr std::uint64_t options_of(Kind kind) {
  return kind == Kind::file ? options_of_file : kind == Kind::database ? options_of_database : 0;
}

/// Opens a storage. Errors: those of the storage; unsupported_storage (not in this build).
[[nodiscard]] Result<std::shared_ptr<Storage>> open_storage(std::string_view location,
                                                            const Opening& opening);
[[nodiscard]] Result<void> create_schema(std::string_view location, const Opening& opening);
[[nodiscard]] Result<void> migrate_schema(std::string_view location, const Opening& opening);
[[nodiscard]] Result<void> drop_book(std::string_view location, std::string_view confirm,
                                     const Opening& opening);

/// Reports whether bytes are UTF-8 without NUL.
[[nodiscard]] bool is_valid_text(std::string_view bytes) noexcept;

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_STORAGES_HPP_
