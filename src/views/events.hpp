/// Events and notifications, derived from history on demand (A34, A35, A40, A41, C39 to C41). A
/// change does not depend on whether anyone receives its events (A42).
#ifndef SEATBOOK_VIEWS_EVENTS_HPP_
#define SEATBOOK_VIEWS_EVENTS_HPP_

#include <cstdint>
#include <optional>
#include <vector>

#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/events.hpp"

namespace seatbook::views {

/// Returns the event of a history row, if it is a grant or a removal.
[[nodiscard]] std::optional<Event> event_of(const model::Tables& tables, Seq seq);

/// Returns the notifications of the rows from `first` to `last`, which form one batch: one for each
/// person who was assigned seats, in the order of their first.
[[nodiscard]] std::vector<Notification> notifications_of(const model::Tables& tables, Seq first,
                                                         Seq last);

/// Returns up to `limit` events of rows after `after`.
[[nodiscard]] EventPage events_after(const model::Tables& tables, Seq after, std::uint32_t limit,
                                     model::Slices& slices);
/// Returns the notifications of the batches after `after`; starts no further batch once there are
/// `limit`.
[[nodiscard]] NotificationPage notifications_after(const model::Tables& tables, Seq after,
                                                   std::uint32_t limit, model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_EVENTS_HPP_
