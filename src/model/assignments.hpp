/// The table of assignments, active and revoked: by id, by (license, person), and in the order of
/// grant for each license and each person.
///
/// Shape (measured; docs/decisions/0004): a row is 48 bytes of numbers, found by position (ids are
/// dense) and by a hashed unique index over (license, person) in which revoked rows are told apart
/// by their id, so that the container itself refuses a second active one (C16). What is listed
/// together is linked from row to row, beside the container, as every ordered composite index
/// would cost more than all the rest. Seats in use are the length of such a list.
#ifndef SEATBOOK_MODEL_ASSIGNMENTS_HPP_
#define SEATBOOK_MODEL_ASSIGNMENTS_HPP_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/slices.hpp"
#include "seatbook/records.hpp"

namespace seatbook::model {

/// The numbers of an assignment. Ids are 32 bits wide in here (max_records).
struct AssignmentRow {
  static constexpr std::int64_t held = -1;

  std::int64_t assigned_at_us = 0;
  std::int64_t revoked_at_us = held;
  std::uint32_t id = 0;
  std::uint32_t license = 0;
  std::uint32_t person = 0;
  std::uint32_t assigned_by = 0;
  std::uint32_t revoked_by = 0;
  std::uint32_t revision = 0;
  bool needs_review = false;

  [[nodiscard]] bool active() const { return revoked_at_us == held; }
};

/// The texts and the cost override of an assignment; most have none.
struct AssignmentTexts {
  std::string access_level;
  std::string account;
  std::string notes;
  std::string revoke_reason;
  std::optional<Money> cost_override;
};

/// The record that a row and its texts, if any, are.
[[nodiscard]] Assignment assignment_of(const AssignmentRow& row, const AssignmentTexts* texts);

class AssignmentTable {
 public:
  AssignmentTable();
  ~AssignmentTable();
  AssignmentTable(const AssignmentTable&) = delete;
  AssignmentTable& operator=(const AssignmentTable&) = delete;

  [[nodiscard]] std::uint64_t size() const;
  /// Null where there is none. Valid until the row is put again.
  [[nodiscard]] const AssignmentRow* find(AssignmentId id) const;
  /// Null where the assignment has no texts. Valid as above.
  [[nodiscard]] const AssignmentTexts* texts(AssignmentId id) const;
  /// The whole record. The id must exist.
  [[nodiscard]] Assignment record(AssignmentId id) const;
  /// The active assignment of that person to that license. O(1).
  [[nodiscard]] const AssignmentRow* find_active(LicenseId license, PersonId person) const;

  /// Seats in use / seats held. O(1).
  [[nodiscard]] std::uint64_t active_count(LicenseId license) const;
  [[nodiscard]] std::uint64_t active_count(PersonId person) const;

  /// The ends of the chain of active assignments of a license or a person; 0 if it is empty. O(1).
  [[nodiscard]] AssignmentId first_active(LicenseId license) const;
  [[nodiscard]] AssignmentId first_active(PersonId person) const;
  [[nodiscard]] AssignmentId last_active(LicenseId license) const;
  [[nodiscard]] AssignmentId last_active(PersonId person) const;
  /// The next newer or older assignment in a chain; 0 is the end. O(1). Active assignments lead to
  /// active ones. A revoked one leads to its neighbor at the time when it left the chain, which may
  /// be revoked too, and to 0 if it has no links: it was alone in the chain, or it was already
  /// revoked when this book read it.
  [[nodiscard]] AssignmentId newer_of_license(AssignmentId id) const;
  [[nodiscard]] AssignmentId newer_of_person(AssignmentId id) const;
  [[nodiscard]] AssignmentId older_of_license(AssignmentId id) const;
  [[nodiscard]] AssignmentId older_of_person(AssignmentId id) const;

  /// Walks all assignments of a license, active and revoked, oldest first; 0 is the end.
  [[nodiscard]] AssignmentId first_ever(LicenseId license) const;
  [[nodiscard]] AssignmentId next_ever(AssignmentId id) const;

  /// When the seat was last used, if ever. The id must exist.
  [[nodiscard]] std::optional<Timestamp> last_use(AssignmentId id) const;

  /// The flagged ones, of one license or of all, by license, then id: at most `limit` of those that
  /// follow `after`, which must exist but need not be flagged; 0: from the first one.
  [[nodiscard]] std::vector<AssignmentId> flagged(const std::optional<LicenseId>& license,
                                                  AssignmentId after, std::size_t limit) const;
  /// How many they are. O(log of all flagged).
  [[nodiscard]] std::uint64_t flagged_count(const std::optional<LicenseId>& license) const;

  /// False where there is no such assignment.
  bool put(const LastUse& use);
  /// Adds or replaces a row; a revoked one never becomes active again (C19). Within a change set,
  /// revoked images go first, then new rows by id. The license and the person of a new row must
  /// exist. False, and nothing changed, if the id leaves a gap, the image contradicts what the
  /// grant fixed (license, person, date, actor), or the person has another active assignment to the
  /// license.
  bool put(const Assignment& assignment);

  /// What a broken link or a wrong count looks like, one line each.
  void check(std::vector<std::string>& findings, Slices& slices) const;

 private:
  static constexpr std::int64_t never = -1;

  // Two chains of links run through the active rows: one a license, one a person. A row that has
  // left its chain keeps its links: as rows join at the end only, they still lead to what is left
  // of the rows before and after it. A row that was revoked when the book was opened never had any,
  // so the links of a revoked row may save time but must not change what a query returns.
  struct Links {
    std::uint32_t next = 0;
    std::uint32_t previous = 0;
  };
  struct AssignmentExtras {
    Links of_license;
    Links of_person;
    std::uint32_t next_ever = 0;  // of the same license, active or not
    std::int64_t last_use_us = never;
    std::unique_ptr<AssignmentTexts> texts;
  };
  struct List {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t count = 0;
  };
  struct Ends {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };

  static const List& list_of(const std::deque<List>& lists, std::uint64_t id);
  static List& grown(std::deque<List>& lists, std::uint64_t id);
  void link(List& list, Links AssignmentExtras::* links, std::uint32_t id);
  void unlink(List& list, Links AssignmentExtras::* links, std::uint32_t id);
  void check_rosters(std::vector<std::string>& findings, Slices& slices) const;
  void check_lists(const std::deque<List>& lists, Links AssignmentExtras::* links,
                   std::uint32_t AssignmentRow::* key, const char* what,
                   std::vector<std::string>& findings, Slices& slices) const;

  struct Container;
  std::unique_ptr<Container> container_;
  std::deque<AssignmentExtras> extras_;  // by id - 1
  std::deque<List> active_license_;      // by license id - 1
  std::deque<List> active_person_;       // by person id - 1
  std::deque<Ends> rosters_;             // by license id - 1
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_ASSIGNMENTS_HPP_
