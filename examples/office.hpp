// The book of the tour: a SQLite file with a manual clock, used by a service named operator. Checks
// each change, the events that it publishes, and that a refused call changes nothing.
#ifndef SEATBOOK_EXAMPLES_OFFICE_HPP_
#define SEATBOOK_EXAMPLES_OFFICE_HPP_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expect.hpp"
#include "page.hpp"
#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"

namespace tour {

inline constexpr std::int64_t day_us = 86'400'000'000;

inline std::string number(std::uint64_t value) {
  return std::to_string(value);
}
inline std::string day(seatbook::Timestamp instant) {
  return seatbook::Date::of(instant).to_string();
}

/// A seat that was assigned or revoked.
struct SeatChange {
  bool assigned;
  seatbook::LicenseId license;
  seatbook::PersonId person;
};

class Office {
 public:
  /// Creates the book. `path` must not exist.
  Office(Page& page, std::string path, seatbook::Timestamp start)
      : page_(page),
        path_(std::move(path)),
        clock_(std::make_shared<seatbook::ManualClock>(start)),
        book_(require(seatbook::sqlite::open(path_, {}, {.clock = clock_}), "opening the book")),
        desk_(book_.session({.actor = "operator", .role = seatbook::Role::super_admin})) {
    book_.subscribe([this](const seatbook::Event& event) { events_.push_back(event); });
    book_.subscribe_notifications(
        [this](const seatbook::Notification& item) { notifications_.push_back(item); });
  }
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;

  [[nodiscard]] seatbook::Book& book() { return book_; }
  [[nodiscard]] seatbook::Session& desk() { return desk_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] seatbook::Timestamp now() const { return clock_->now(); }
  /// Returns the start of the current day.
  [[nodiscard]] seatbook::Timestamp today() const { return {now().us - now().us % day_us}; }
  void later(std::int64_t days) { clock_->advance_us(days * day_us); }

  /// All events that the book has published.
  [[nodiscard]] const std::vector<seatbook::Event>& events() const { return events_; }

  [[nodiscard]] std::string name(seatbook::PersonId person) {
    return require(desk_.get_person(person), "a person").name;
  }
  [[nodiscard]] std::string name(seatbook::LicenseId license) {
    return require(desk_.get_license(license), "a license").name;
  }
  [[nodiscard]] seatbook::Usage usage(seatbook::LicenseId license) {
    return require(desk_.usage(license), "a license's usage");
  }
  [[nodiscard]] std::uint64_t seats_in_use() {
    const auto rows = desk_.utilization({.by = seatbook::UtilizationBy::book});
    return require(rows, "the book's utilization").front().used;
  }
  [[nodiscard]] bool holds(seatbook::PersonId person, seatbook::LicenseId license) {
    return require(desk_.find_seat(license, person), "a seat").has_value();
  }
  /// Returns the assignment of a person, who must hold a seat.
  [[nodiscard]] seatbook::AssignmentId seat(seatbook::PersonId person,
                                            seatbook::LicenseId license) {
    const auto found = require(desk_.find_seat(license, person), "a seat");
    require(found.has_value(), name(person) + " holds a seat");
    return *found;
  }
  [[nodiscard]] std::vector<seatbook::SoftwareRow> software(seatbook::PersonId person) {
    return require(desk_.my_software(person), "a person's software");
  }
  [[nodiscard]] std::string dump() { return require(book_.dump(), "a dump of the book"); }

  /// Executes a command, which must change exactly these seats, and returns its result.
  template <class Command>
  auto change(const std::string& what, const std::vector<SeatChange>& changes,
              const Command& command) {
    std::map<seatbook::LicenseId, std::uint64_t> used;
    for (const SeatChange& change : changes) used[change.license] = usage(change.license).used;
    const std::size_t events = events_.size();
    const std::size_t notifications = notifications_.size();
    auto result = require(command(), what);
    for (const SeatChange& change : changes) used[change.license] += change.assigned ? 1 : -1;
    for (const auto& [license, seats] : used) {
      require(usage(license).used == seats, what + ": the used seats of " + name(license));
    }
    require_published(what, changes, events, notifications);
    return result;
  }

  void assign(seatbook::PersonId person, seatbook::LicenseId license,
              const std::string& access_level = {}) {
    const std::string what = "assign " + name(person);
    change(what, {{true, license, person}}, [&] {
      return desk_.assign({.license = license, .person = person, .access_level = access_level});
    });
    page_.step(what, std::string(seatbook::assigned_text) + ", " + usage(license).text());
  }

  void set_total(seatbook::LicenseId license, std::uint64_t total) {
    change("setting the total", {}, [&] {
      return desk_.set_total_seats({.license = license, .total_seats = seats(total)});
    });
    page_.step("set total of " + name(license), usage(license).text());
  }
  static std::int64_t seats(std::uint64_t total) { return static_cast<std::int64_t>(total); }

  /// Prints the error of a call, which must fail with `code` and change nothing.
  template <class Call>
  void refused(const std::string& what, seatbook::Code code, const Call& call) {
    const auto before = dump();
    const std::size_t events = events_.size();
    const auto result = call();
    require(!result && result.error().code == code,
            what + " must be refused with " + std::string(to_string(code)));
    require(dump() == before && events_.size() == events,
            what + " was refused and changed something");
    page_.refusal(what, to_string(code), result.error().message);
  }

 private:
  /// Requires an event for each change, and one notification with all new seats for each person.
  void require_published(const std::string& what, const std::vector<SeatChange>& changes,
                         std::size_t events, std::size_t notifications) {
    require(events_.size() == events + changes.size(), what + ": one event for each change");
    std::map<seatbook::PersonId, std::size_t> seats;
    for (const SeatChange& change : changes) {
      const seatbook::Event& event = events_[events++];
      require((event.kind == seatbook::EventKind::software_assigned) == change.assigned &&
                  event.person == change.person && event.license == change.license &&
                  event.version == book_.version(),
              what + ": the event is that of the change");
      if (change.assigned) ++seats[change.person];
    }
    require(notifications_.size() == notifications + seats.size(),
            what + ": one notification for each person with new seats");
    for (; notifications < notifications_.size(); ++notifications) {
      const seatbook::Notification& item = notifications_[notifications];
      require(item.seats.size() == seats[item.person], what + ": the notification has all seats");
    }
  }

  Page& page_;
  std::string path_;
  std::shared_ptr<seatbook::ManualClock> clock_;
  // Before the book, which adds to them.
  std::vector<seatbook::Event> events_;
  std::vector<seatbook::Notification> notifications_;
  seatbook::Book book_;
  seatbook::Session desk_;
};

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_OFFICE_HPP_
