/// Events and notifications that a book publishes after a commit (A40 to A42, C41).
#ifndef SEATBOOK_EVENTS_HPP_
#define SEATBOOK_EVENTS_HPP_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "seatbook/records.hpp"
#include "seatbook/types.hpp"

namespace seatbook {

/// What happened to a seat.
enum class EventKind : std::uint8_t {
  software_assigned = 0,  ///< "software.assigned"
  software_revoked = 1,   ///< "software.revoked"
};
/// Returns the event's name in webhooks: "software.assigned".
[[nodiscard]] std::string_view to_string(EventKind kind) noexcept;

/// One grant or removal: the license, the person and the actor (A41). It is derived from the
/// history row of the same number, so it can be read again at any time. Names are the current ones.
struct Event {
  Seq seq = {};  ///< the history row; stable, so it is also the event's id
  EventKind kind = EventKind::software_assigned;
  Timestamp at = {};     ///< the time of the history row
  Version version = {};  ///< the number of the batch
  AssignmentId assignment = {};
  LicenseId license = {};
  std::string license_name = {};
  PersonId person = {};
  std::string person_name = {};
  std::string person_email = {};
  ActorRecord actor = {};
  std::string actor_name = {};  ///< the service's name, or the name of the person who acted
};

/// A page of events. `next` is the position of the following page, even if `events` is empty.
struct EventPage {
  std::vector<Event> events = {};  ///< oldest first
  Seq next = {};                   ///< pass it as `after` of the next call
  bool more = false;               ///< whether the book had more rows at the time
};

/// One in-app notification for one person, about every seat that one batch assigned to them (A34,
/// C39, C40). A revoke sends none.
struct Notification {
  /// A seat that the batch assigned.
  struct Seat {
    AssignmentId assignment = {};
    LicenseId license = {};
    std::string license_name = {};
  };
  Version version = {};  ///< the batch; permanent id of the notification, with `person`
  Seq seq = {};          ///< the batch's first row about this person's new seats
  Timestamp at = {};     ///< the time of the first history row
  PersonId person = {};
  std::string person_name = {};
  std::string person_email = {};
  std::vector<Seat> seats = {};  ///< in the order of their history rows
  ActorRecord actor = {};        ///< who assigned the seats
  std::string actor_name = {};   ///< the service's name, or the name of the person who acted
};

/// A page of notifications. `next` is the position of the following page.
struct NotificationPage {
  std::vector<Notification> notifications = {};  ///< oldest first
  Seq next = {};                                 ///< pass it as `after` of the next call
  bool more = false;                             ///< whether the book had more rows at the time
};

/// Returns an event or a notification as one JSON object (docs/reference/events.md and its schema).
[[nodiscard]] std::string to_json(const Event& event);
[[nodiscard]] std::string to_json(const Notification& notification);

/// Called with each event of this book's own commits, in commit order, after the commit, without a
/// lock of the book. One thread at a time calls it: a thread of the host that committed (C70).
///
/// A command that committed delivers its events, and those queued before them, before it returns.
/// If another thread is delivering, the command waits until that thread has delivered its own
/// events, then continues in its place. If no event is delivered for 2 s, the command leaves its
/// events to that thread, or to the next commit, and returns.
///
/// A listener can use the book; the events of its commits are delivered after it returns. An
/// exception undoes nothing: it is counted and passed to the error callback. The listener and its
/// captures are destroyed without a lock of the book.
using Listener = std::function<void(const Event&)>;
/// Called with each notification of this book's own commits. Otherwise like Listener.
using NotificationListener = std::function<void(const Notification&)>;
/// Called with the exception of a listener: the history row of the event, and the exception's text.
using ListenerErrorCallback = std::function<void(Seq seq, std::string_view what)>;
/// Identifies one subscription.
using ListenerId = Id<struct ListenerTag>;

/// The maximum number of events and notifications that wait for delivery. While this many or more
/// wait, the events of further commits are not queued but counted as dropped; events_after()
/// returns them. The events of one commit are queued together or not at all (C70).
inline constexpr std::size_t max_queued_events = 100'000;  ///< events

}  // namespace seatbook

#endif  // SEATBOOK_EVENTS_HPP_
