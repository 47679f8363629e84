// What a book tells its listeners, written down and checked.
#ifndef SEATBOOK_EXAMPLES_LISTENERS_HPP_
#define SEATBOOK_EXAMPLES_LISTENERS_HPP_

#include <algorithm>
#include <cstddef>
#include <vector>

#include "expect.hpp"
#include "seatbook/seatbook.hpp"

namespace tour {

/// A seat given or taken.
struct SeatChange {
  seatbook::EventKind kind;
  seatbook::LicenseId license;
  seatbook::PersonId person;
};

class Listeners {
 public:
  /// How much they had heard at some moment.
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
        [this](const seatbook::Notification& told) { notifications_.push_back(told); });
  }

  /// Everything that they were told.
  [[nodiscard]] const std::vector<seatbook::Event>& events() const { return events_; }
  [[nodiscard]] const std::vector<seatbook::Notification>& notifications() const {
    return notifications_;
  }
  [[nodiscard]] Mark mark() const { return {events_.size(), notifications_.size()}; }

  /// Since `before` one batch was told, of exactly these changes: an event for each, and one
  /// notification of all their new seats to each person who was given any.
  void require_told(const Mark& before, const std::vector<SeatChange>& changes,
                    seatbook::PersonId actor, seatbook::Version version) const {
    require(events_.size() == before.events + changes.size(), "one event for each change");
    std::vector<std::vector<SeatChange>> given;  // by person, in the order of their first seat
    for (std::size_t i = 0; i < changes.size(); ++i) {
      const seatbook::Event& event = events_[before.events + i];
      const SeatChange& change = changes[i];
      require(event.kind == change.kind && event.person == change.person &&
                  event.license == change.license && event.actor.person == actor &&
                  event.version == version,
              "the event tells of this change");
      if (change.kind != seatbook::EventKind::software_assigned) continue;
      const auto known = std::find_if(given.begin(), given.end(), [&](const auto& seats) {
        return seats.front().person == change.person;
      });
      (known == given.end() ? given.emplace_back() : *known).push_back(change);
    }
    require(notifications_.size() == before.notifications + given.size(),
            "one notification for each person who is given seats");
    for (std::size_t i = 0; i < given.size(); ++i) {
      const seatbook::Notification& told = notifications_[before.notifications + i];
      require(told.person == given[i].front().person && told.version == version &&
                  std::equal(told.seats.begin(), told.seats.end(), given[i].begin(), given[i].end(),
                             [](const auto& a, const auto& b) { return a.license == b.license; }),
              "the notification names every seat given");
    }
  }

 private:
  std::vector<seatbook::Event> events_;
  std::vector<seatbook::Notification> notifications_;
};

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_LISTENERS_HPP_
