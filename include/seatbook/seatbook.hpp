/// Seatbook: tracks who holds a seat of which software license, since when, and who granted it.
///
/// The umbrella header. Start at Book in book.hpp.
#ifndef SEATBOOK_SEATBOOK_HPP_
#define SEATBOOK_SEATBOOK_HPP_

#include "seatbook/actor.hpp"         // IWYU pragma: export
#include "seatbook/book.hpp"          // IWYU pragma: export
#include "seatbook/clock.hpp"         // IWYU pragma: export
#include "seatbook/commands.hpp"      // IWYU pragma: export
#include "seatbook/csv.hpp"           // IWYU pragma: export
#include "seatbook/describe.hpp"      // IWYU pragma: export
#include "seatbook/events.hpp"        // IWYU pragma: export
#include "seatbook/imports.hpp"       // IWYU pragma: export
#include "seatbook/inventory.hpp"     // IWYU pragma: export
#include "seatbook/lists.hpp"         // IWYU pragma: export
#include "seatbook/queries.hpp"       // IWYU pragma: export
#include "seatbook/record_codec.hpp"  // IWYU pragma: export
#include "seatbook/records.hpp"       // IWYU pragma: export
#include "seatbook/reports.hpp"       // IWYU pragma: export
#include "seatbook/result.hpp"        // IWYU pragma: export
#include "seatbook/stats.hpp"         // IWYU pragma: export
#include "seatbook/storage.hpp"       // IWYU pragma: export
#include "seatbook/types.hpp"         // IWYU pragma: export

#define SEATBOOK_VERSION_MAJOR 0
#define SEATBOOK_VERSION_MINOR 1
#define SEATBOOK_VERSION_PATCH 0

namespace seatbook {
/// Returns the version of the linked library, such as "0.1.0".
[[nodiscard]] const char* library_version() noexcept;
}  // namespace seatbook

#endif  // SEATBOOK_SEATBOOK_HPP_
