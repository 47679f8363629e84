/// Compares the seat list and the roster with results computed from the naive book's records.
#ifndef SEATBOOK_TESTS_MODEL_LIST_COMPARISON_HPP_
#define SEATBOOK_TESTS_MODEL_LIST_COMPARISON_HPP_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "model/generator.hpp"
#include "model/naive_book.hpp"
#include "seatbook/describe.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook::naive {

class ListComparison {
 public:
  ListComparison(const Book& naive, Session session, Timestamp now)
      : naive_(naive), session_(std::move(session)), now_(now) {}

  /// Compares the list page by page, its rows and its figures. Returns the first difference or "".
  std::string seat_list(SeatListQuery query) {
    const std::vector<const Assignment*> expected = seats(query);
    std::vector<SeatListRow> actual;
    do {
      const auto page = session_.seat_list(query);
      if (!page) return "seat list: " + page.error().message;
      if (query.limit != all_rows && page->rows.size() > query.limit) return "seat list: too long";
      actual.insert(actual.end(), page->rows.begin(), page->rows.end());
      query.after = page->next;
    } while (!query.after.empty() && actual.size() <= expected.size());
    if (actual.size() != expected.size()) {
      return "seat list: " + std::to_string(actual.size()) + " rows, not " +
             std::to_string(expected.size());
    }
    for (std::size_t at = 0; at < actual.size(); ++at) {
      if (!is_row_of(actual[at], *expected[at], query)) {
        return "seat list: row " + std::to_string(at) + " is assignment " +
               std::to_string(actual[at].assignment.value) + ", expected assignment " +
               std::to_string(expected[at]->id.value);
      }
    }
    return figures(query);
  }

  std::string roster(RosterQuery query) {
    std::vector<const Assignment*> expected;
    for (const Assignment& assignment : naive_.assignments) {
      if (assignment.license == query.license && (assignment.active() || !query.active_only)) {
        expected.push_back(&assignment);
      }
    }
    std::size_t at = 0;
    do {
      const auto page = session_.roster(query);
      if (!page) return "roster: " + page.error().message;
      for (const RosterRow& row : page->rows) {
        if (at == expected.size()) return "roster: too many rows";
        const Assignment& assignment = *expected[at++];
        const Person& person = *naive_.find(assignment.person);
        if (row != RosterRow{assignment.id, person.id, person.name, person.email,
                             person.state == PersonState::archived, assignment.needs_review,
                             assignment.access_level, assignment.assigned_at, assignment.revoked_at,
                             assignment.cost_override, Book::since(assignment)}) {
          return "roster: different row of assignment " + std::to_string(assignment.id.value);
        }
      }
      query.after = page->next;
    } while (query.after);
    return at == expected.size() ? "" : "roster: too few rows";
  }

 private:
  [[nodiscard]] std::int64_t used_us(const Assignment& assignment) const {
    const auto known = naive_.last_uses.find(assignment.id.value);
    return known == naive_.last_uses.end() ? -1 : known->second.us;
  }

  [[nodiscard]] bool is_inactive(const Assignment& assignment, std::int64_t days,
                                 std::int64_t grace) const {
    if (grace > 0 && now_.us - Book::since(assignment).us < grace * day_us) return false;
    const std::int64_t used = used_us(assignment);
    return used < 0 || (used <= now_.us && now_.us - used >= days * day_us);
  }

  std::vector<const Assignment*> seats(const SeatListQuery& query) const {
    std::vector<const Assignment*> seats;
    for (const Assignment& assignment : naive_.assignments) {
      const Person& person = *naive_.find(assignment.person);
      if (!assignment.active()) continue;
      if (query.license && assignment.license != *query.license) continue;
      if (query.person && assignment.person != *query.person) continue;
      if (query.needs_review_only && !assignment.needs_review) continue;
      if (query.archived_only && person.state != PersonState::archived) continue;
      if (query.inactive_only &&
          !is_inactive(assignment, query.inactive_days, query.new_seat_grace_days)) {
        continue;
      }
      const std::string wanted = folded(query.search);
      if (folded(person.name).find(wanted) == std::string::npos &&
          folded(person.email).find(wanted) == std::string::npos) {
        continue;
      }
      seats.push_back(&assignment);
    }
    const auto key = [&](const Assignment* assignment) {
      return std::tuple(
          query.sort == SeatSort::user ? folded(naive_.find(assignment->person)->name) : "",
          query.sort == SeatSort::last_used ? used_us(*assignment) : 0, assignment->id);
    };
    std::sort(seats.begin(), seats.end(),
              [&](const auto* a, const auto* b) { return key(a) < key(b); });
    if (query.descending) std::reverse(seats.begin(), seats.end());
    return seats;
  }

  bool is_row_of(const SeatListRow& row, const Assignment& assignment,
                 const SeatListQuery& query) const {
    const Person& person = *naive_.find(assignment.person);
    const std::int64_t used = used_us(assignment);
    const auto last_used = used < 0 ? std::nullopt : std::optional(Timestamp{used});
    return row ==
           SeatListRow{assignment.id,
                       assignment.license,
                       naive_.find(assignment.license)->name,
                       person.id,
                       person.name,
                       person.email,
                       person.state == PersonState::archived,
                       assignment.needs_review,
                       is_inactive(assignment, query.inactive_days, query.new_seat_grace_days),
                       assignment.assigned_at,
                       last_used,
                       assignment.access_level,
                       assignment.account,
                       assignment.cost_override,
                       Book::since(assignment)};
  }

  std::string figures(const SeatListQuery& query) {
    SeatListQuery unfiltered;
    unfiltered.license = query.license;
    unfiltered.person = query.person;
    const auto all = seats(unfiltered);
    unfiltered.inactive_only = true;
    unfiltered.inactive_days = query.inactive_days;
    unfiltered.new_seat_grace_days = query.new_seat_grace_days;
    const auto inactive = seats(unfiltered);
    const auto figures = session_.seat_figures({.license = query.license,
                                                .person = query.person,
                                                .inactive_days = query.inactive_days,
                                                .new_seat_grace_days = query.new_seat_grace_days});
    if (!figures) return "figures: " + figures.error().message;
    if (figures->total_assigned != all.size() || figures->inactive != inactive.size()) {
      return "figures: " + std::to_string(figures->total_assigned) + " assigned, " +
             std::to_string(figures->inactive) + " inactive";
    }
    return "";
  }

  const Book& naive_;
  Session session_;
  Timestamp now_;
};

}  // namespace seatbook::naive

#endif  // SEATBOOK_TESTS_MODEL_LIST_COMPARISON_HPP_
