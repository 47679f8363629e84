/// The table of active and revoked assignments, indexed by id and by (license, person), and linked
/// in the order of grant per license and per person.
///
/// Shape (measured; docs/decisions/0004): a row is 48 bytes of numbers, found by position (ids are
/// dense) and by a hashed unique index over (license, person). In that index revoked rows also have
/// their id in the key, so the container itself rejects a second active one (C16). Lists are linked
/// from row to row outside the container, because an ordered composite index would cost more than
/// everything else. The number of seats in use is the length of such a list.
#ifndef SEATBOOK_MODEL_ASSIGNMENTS_HPP_
#define SEATBOOK_MODEL_ASSIGNMENTS_HPP_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/chunked.hpp"
#include "model/slices.hpp"
#include "seatbook/records.hpp"

namespace seatbook::model {

/// The numeric members of an assignment. Ids fit in 32 bits (max_records).
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
  bool has_held_since = false;  // see AssignmentTexts

  [[nodiscard]] bool active() const { return revoked_at_us == held; }
};

/// The texts of an assignment, its cost override and held_since; most have none.
struct AssignmentTexts {
  static constexpr std::int64_t none = -1;

  std::string access_level;
  std::string account;
  std::string notes;
  std::string revoke_reason;
  std::optional<Money> cost_override;
  std::int64_t held_since_us = none;

  [[nodiscard]] std::optional<Timestamp> held_since() const {
    return held_since_us == none ? std::nullopt : std::optional(Timestamp{held_since_us});
  }
};

/// Returns the numeric members of a record.
[[nodiscard]] AssignmentRow row_of(const Assignment& assignment);
/// Returns the record of a row and its texts (null if none).
[[nodiscard]] Assignment assignment_of(const AssignmentRow& row, const AssignmentTexts* texts);

class AssignmentTable {
 public:
  AssignmentTable();
  ~AssignmentTable();
  AssignmentTable(const AssignmentTable&) = delete;
  AssignmentTable& operator=(const AssignmentTable&) = delete;

  [[nodiscard]] std::uint64_t size() const;
  /// Returns null if there is none. Valid until the row is put again.
  [[nodiscard]] const AssignmentRow* find(AssignmentId id) const;
  /// Returns null if the assignment has no texts. Valid until the row is put again.
  [[nodiscard]] const AssignmentTexts* texts(AssignmentId id) const;
  /// Returns the whole record. The id must exist.
  [[nodiscard]] Assignment record(AssignmentId id) const;
  /// Returns Assignment::since() of a row of the table (C62). Reads only the row, unless it has
  /// held_since.
  [[nodiscard]] Timestamp since(const AssignmentRow& row) const {
    return row.has_held_since ? Timestamp{texts(AssignmentId(row.id))->held_since_us}
                              : Timestamp{row.assigned_at_us};
  }
  /// Returns the active assignment of a person to a license; null if there is none. O(1).
  [[nodiscard]] const AssignmentRow* find_active(LicenseId license, PersonId person) const;

  /// Returns the seats in use of a license / held by a person. O(1).
  [[nodiscard]] std::uint64_t active_count(LicenseId license) const;
  [[nodiscard]] std::uint64_t active_count(PersonId person) const;

  /// Returns an end of the chain of active assignments of a license or a person; 0 if empty. O(1).
  [[nodiscard]] AssignmentId first_active(LicenseId license) const;
  [[nodiscard]] AssignmentId first_active(PersonId person) const;
  [[nodiscard]] AssignmentId last_active(LicenseId license) const;
  [[nodiscard]] AssignmentId last_active(PersonId person) const;
  /// Returns the next newer or older assignment of a chain; 0 at the end. O(1). Active assignments
  /// link to active ones. A revoked one links to its neighbor at the time when it left the chain,
  /// which may be revoked too. It returns 0 if it was alone in the chain, or was already revoked
  /// when this book read it.
  [[nodiscard]] AssignmentId newer_of_license(AssignmentId id) const;
  [[nodiscard]] AssignmentId newer_of_person(AssignmentId id) const;
  [[nodiscard]] AssignmentId older_of_license(AssignmentId id) const;
  [[nodiscard]] AssignmentId older_of_person(AssignmentId id) const;

  /// Iterate over all assignments of a license, active and revoked, oldest first; 0 at the end.
  [[nodiscard]] AssignmentId first_ever(LicenseId license) const;
  [[nodiscard]] AssignmentId next_ever(AssignmentId id) const;

  /// Returns when the seat was last used, if ever. The id must exist.
  [[nodiscard]] std::optional<Timestamp> last_use(AssignmentId id) const;

  /// Returns up to `limit` flagged assignments of one license or of all, ordered by license, then
  /// id, starting behind `after`, which must exist but need not be flagged; 0: from the first one.
  [[nodiscard]] std::vector<AssignmentId> flagged(const std::optional<LicenseId>& license,
                                                  AssignmentId after, std::size_t limit) const;
  /// Returns the number of flagged assignments. O(log n) in all flagged ones.
  [[nodiscard]] std::uint64_t flagged_count(const std::optional<LicenseId>& license) const;

  /// Returns false if there is no such assignment.
  bool put(const LastUse& use);
  /// Adds or replaces a row. A revoked assignment never becomes active again (C19). Within a batch,
  /// put revoked images first, then new rows by id. The license and the person of a new row must
  /// exist. Returns false and changes nothing if the id leaves a gap, the image changes a member
  /// that the grant fixed (license, person, date, actor), or the person has another active
  /// assignment to the license.
  bool put(const Assignment& assignment);

  /// Adds a line to `findings` for each broken link and each wrong count.
  void check(std::vector<std::string>& findings, Slices& slices) const;

 private:
  static constexpr std::int64_t never = -1;

  // Each active row is in two chains, one per license and one per person. A row that has left its
  // chain keeps its links. Rows are only added at the end, so these links still lead to the
  // remaining rows before and after it. A row that was revoked before the book was opened never had
  // links, so the links of a revoked row may save time but must not affect the result of a query.
  struct Links {
    std::uint32_t next = 0;
    std::uint32_t previous = 0;
  };
  struct AssignmentExtras {
    Links of_license;
    Links of_person;
    std::uint32_t next_ever = 0;  // next of the same license, active or revoked
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

  static const List& list_of(const Chunked<List>& lists, std::uint64_t id);
  void link(List& list, Links AssignmentExtras::* links, std::uint32_t id);
  void unlink(List& list, Links AssignmentExtras::* links, std::uint32_t id);
  void check_rosters(std::vector<std::string>& findings, Slices& slices) const;
  void check_lists(const Chunked<List>& lists, Links AssignmentExtras::* links,
                   std::uint32_t AssignmentRow::* key, const char* what,
                   std::vector<std::string>& findings, Slices& slices) const;

  struct Container;
  std::unique_ptr<Container> container_;
  Chunked<AssignmentExtras> extras_;  // by id - 1
  Chunked<List> active_license_;      // by license id - 1
  Chunked<List> active_person_;       // by person id - 1
  Chunked<Ends> rosters_;             // by license id - 1
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_ASSIGNMENTS_HPP_
