// Records and checks the events and notifications of a book.
#ifndef SEATBOOK_EXAMPLES_LISTENERS_HPP_
#define SEATBOOK_EXAMPLES_LISTENERS_HPP_

#include <algorithm>
#include <cstddef>
#include <vector>

#include "expect.hpp"
#include "seatbook/seatbook.hpp"

namespace tour {

/// A seat that was assigned or revoked.
struct SeatChange {
  seatbook::EventKind kind;
  seatbook::LicenseId license;
  seatbook::PersonId person;
};

class Listeners {
 public:
  /// The number of events and notifications at some point.
  struct Mark {
    std::size_t events;
    std::size_t notifications;
    bool operator==(const Mark&) const = default;
  };

  Listeners() = default;
  Listeners(const Listeners&) = delete;
  Listeners& operator=(const Listeners&) = delete;

  void listen_to(seatbook::Book& book) {
    book.subscribe([this](const seatbook::Event& event) { events_.push_back(event); });
    book.subscribe_notifications(
        [this](const seatbook::Notification& item) { notifications_.push_back(item); });
  }

  /// All events and notifications since the subscription.
  [[nodiscard]] const std::vector<seatbook::Event>& events() const { return events_; }
  [[nodiscard]] const std::vector<seatbook::Notification>& notifications() const {
    return notifications_;
  }
  [[nodiscard]] Mark mark() const { return {events_.size(), notifications_.size()}; }

  /// Requires that exactly the events and notifications of one batch were published since `before`:
  /// an event for each change, and one notification with all new seats for each person.
  void require_published(const Mark& before, const std::vector<SeatChange>& changes,
                         seatbook::PersonId actor, seatbook::Version version) const {
    require(events_.size() == before.events + changes.size(), "one event for each change");
    std::vector<std::vector<SeatChange>> assigned;  // by person, in the order of their first seat
    for (std::size_t i = 0; i < changes.size(); ++i) {
      const seatbook::Event& event = events_[before.events + i];
      const SeatChange& change = changes[i];
      require(event.kind == change.kind && event.person == change.person &&
                  event.license == change.license && event.actor.person == actor &&
                  event.version == version,
              "the event is that of the change");
      if (change.kind != seatbook::EventKind::software_assigned) continue;
      const auto known = std::find_if(assigned.begin(), assigned.end(), [&](const auto& seats) {
        return seats.front().person == change.person;
      });
      (known == assigned.end() ? assigned.emplace_back() : *known).push_back(change);
    }
    require(notifications_.size() == before.notifications + assigned.size(),
            "one notification for each person with new seats");
    for (std::size_t i = 0; i < assigned.size(); ++i) {
      const seatbook::Notification& item = notifications_[before.notifications + i];
      require(item.person == assigned[i].front().person && item.version == version &&
                  std::equal(item.seats.begin(), item.seats.end(), assigned[i].begin(),
                             assigned[i].end(),
                             [](const auto& a, const auto& b) { return a.license == b.license; }),
              "the notification has all new seats");
    }
  }

 private:
  std::vector<seatbook::Event> events_;
  std::vector<seatbook::Notification> notifications_;
};

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_LISTENERS_HPP_
