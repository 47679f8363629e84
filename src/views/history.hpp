/// The audit trail as people read it.
#ifndef SEATBOOK_VIEWS_HISTORY_HPP_
#define SEATBOOK_VIEWS_HISTORY_HPP_

#include <vector>

#include "model/tables.hpp"
#include "seatbook/queries.hpp"

namespace seatbook::views {

/// The rows that `query` asks for; its ids must exist.
[[nodiscard]] std::vector<HistoryEntry> history(const model::Tables& tables,
                                                const HistoryQuery& query);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_HISTORY_HPP_
