/// The audit trail as people read it, and the events that are made from it.
#ifndef SEATBOOK_VIEWS_HISTORY_HPP_
#define SEATBOOK_VIEWS_HISTORY_HPP_

#include <cstdint>
#include <optional>
#include <vector>

#include "model/tables.hpp"
#include "seatbook/events.hpp"
#include "seatbook/queries.hpp"

namespace seatbook::views {

/// The rows that `query` asks for; its ids must exist.
[[nodiscard]] std::vector<HistoryEntry> history(const model::Tables& tables,
                                                const HistoryQuery& query);

/// The event of a history row, if it is a grant or a removal (A40).
[[nodiscard]] std::optional<Event> event_of(const model::Tables& tables, Seq seq);

/// Up to `limit` events of rows after `after`.
[[nodiscard]] EventPage events_after(const model::Tables& tables, Seq after, std::uint32_t limit);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_HISTORY_HPP_
