/// A script of commands for tests with a failing storage. Each command has a request id, so the
/// storage shows afterwards which of them it holds. Running the same commands in memory yields the
/// expected records.
#ifndef SEATBOOK_TESTS_STORAGE_SCRIPT_HPP_
#define SEATBOOK_TESTS_STORAGE_SCRIPT_HPP_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "support/books.hpp"

namespace seatbook::testing {

/// The outcome of a step.
enum class StepOutcome {
  acknowledged,
  refused,  ///< certainly not written
  unknown,  ///< storage_unknown
  skipped,  ///< a record that it needs is missing
};

class Script {
 public:
  using Step = std::function<Result<Version>(Session&, const RequestId&)>;

  Script() {
    add([](Session& desk, const RequestId& id) {
      return version(
          desk.add_person({.name = "Olga", .email = "olga@example.com", .request_id = id}));
    });
    add([](Session& desk, const RequestId& id) {
      return version(desk.add_license({.name = "Vector",
                                       .host_key = "vector",
                                       .total_seats = SeatTotal::unlimited(),
                                       .owner = person(desk, "olga"),
                                       .request_id = id}));
    });
    // Long texts, so that a batch covers several pages.
    for (const char* name : {"ada", "bo", "cy"}) {
      add([name](Session& desk, const RequestId& id) {
        return version(desk.add_person({.name = std::string(200, *name),
                                        .email = std::string(name) + "@example.com",
                                        .request_id = id}));
      });
      add([name](Session& desk, const RequestId& id) {
        return version(desk.assign({.license = license(desk),
                                    .person = person(desk, name),
                                    .notes = std::string(1000, *name),
                                    .request_id = id}));
      });
    }
    add([](Session& desk, const RequestId& id) {
      std::string people = "Name,Email\n";
      for (int i = 0; i < 60; ++i) {
        const std::string number = std::to_string(i);
        people += std::string(200, 'n') + number + ",many" + number + "@example.com\n";
      }
      const auto report = desk.import_people({.csv = people, .request_id = id});
      return report ? Result<Version>(report->version) : report.error();
    });
    add([](Session& desk, const RequestId& id) {
      return version(
          desk.revoke({.assignment = seat(desk, "bo"), .reason = "left", .request_id = id}));
    });
    add([](Session& desk, const RequestId& id) {
      return version(desk.archive_person({.person = person(desk, "ada"), .request_id = id}));
    });
    add([](Session& desk, const RequestId& id) {
      return version(desk.erase_person({.person = person(desk, "bo"), .request_id = id}));
    });
    add([](Session& desk, const RequestId& id) {
      return version(desk.edit_seat(
          {.assignment = seat(desk, "cy"), .notes = std::string("short"), .request_id = id}));
    });
  }

  [[nodiscard]] std::size_t size() const { return steps_.size(); }

  [[nodiscard]] static RequestId request(std::size_t step) {
    RequestId id;
    id.bytes[0] = 0xaa;
    id.bytes[15] = static_cast<std::uint8_t>(step + 1);
    return id;
  }

  /// Runs one step at a fixed time, so that it always writes the same records.
  StepOutcome run(std::size_t step, Book& book, ManualClock& clock) const {
    clock.set({instant("2026-03-01T12:00:00Z").us + static_cast<std::int64_t>(step) * second_us});
    Session desk = book.session({.actor = "root", .role = Role::super_admin});
    const auto result = steps_[step](desk, request(step));
    if (result) return StepOutcome::acknowledged;
    switch (result.error().code) {
      case Code::storage_unknown:
        return StepOutcome::unknown;
      case Code::storage_failed:
        return StepOutcome::refused;
      case Code::repeated_request:
        return StepOutcome::acknowledged;
      case Code::person_not_found:
      case Code::license_not_found:
      case Code::assignment_not_found:
      case Code::has_active_seats:
        return StepOutcome::skipped;
      default:
        ADD_FAILURE() << "step " << step << ": " << result.error().message;
        return StepOutcome::skipped;
    }
  }

  /// Returns the dump of a book after exactly these steps.
  [[nodiscard]] std::string dump_after(const std::vector<std::size_t>& steps) const {
    const auto clock = std::make_shared<ManualClock>(instant("2026-03-01T12:00:00Z"));
    Book book = Book::open(OpenOptions{.clock = clock}).value();
    for (const std::size_t step : steps) {
      EXPECT_EQ(run(step, book, *clock), StepOutcome::acknowledged) << "step " << step;
    }
    return book.dump().value();
  }

 private:
  void add(Step step) { steps_.push_back(std::move(step)); }

  template <class Value>
  static Result<Version> version(const Result<Value>& result) {
    if (!result) return result.error();
    return result->version;
  }
  static PersonId person(Session& desk, const char* name) {
    return desk.find_person({.email = std::string(name) + "@example.com"})
        .value()
        .value_or(PersonId(999'999));
  }
  static LicenseId license(Session& desk) {
    return desk.find_license({.host_key = "vector"}).value().value_or(LicenseId(999'999));
  }
  static AssignmentId seat(Session& desk, const char* name) {
    return desk.find_seat(license(desk), person(desk, name))
        .value()
        .value_or(AssignmentId(999'999));
  }

  std::vector<Step> steps_;
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_STORAGE_SCRIPT_HPP_
