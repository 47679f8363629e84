/// The records of a book, as calls return them and storages store them.
///
/// All are plain values: a returned record never changes and does not refer to the book.
#ifndef SEATBOOK_RECORDS_HPP_
#define SEATBOOK_RECORDS_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "seatbook/types.hpp"

namespace seatbook {

/// A person who can hold a seat or own a license (C1).
struct Person {
  PersonId id = {};
  std::string name = {};      ///< 1 to 255 code points
  std::string email = {};     ///< as given; empty: none. Unique when case-folded (C17).
  std::string host_key = {};  ///< the host's own id; empty: none. Unique when given.
  PersonState state = PersonState::active;
  Revision revision = {};
};

/// A software license with a number of seats (C3).
struct License {
  LicenseId id = {};
  std::string name = {};  ///< 1 to 255 code points; not unique
  std::string vendor = {};
  std::string product_group = {};  ///< reports can add up the licenses of a group
  std::string host_key = {};       ///< the host's own id; empty: none. Unique when given.
  SeatTotal total_seats = {};
  CapacityPolicy policy = CapacityPolicy::enforce;
  PersonId owner = {};                        ///< always set (B4); uses no seat (C11)
  std::optional<PersonId> backup_owner = {};  ///< never the owner (B6)
  std::optional<Money> cost_per_seat = {};    ///< the standard cost (B34)
  std::string currency = {};  ///< ISO 4217, such as "EUR"; empty: none given, so no cost either
  BillingPeriod billing_period = BillingPeriod::month;
  std::optional<Date> renewal_date = {};
  LicenseState state = LicenseState::active;
  Revision revision = {};
};

/// Records that a person holds or held one seat of a license. A revoked assignment is kept
/// permanently (A17, C6, C19).
struct Assignment {
  AssignmentId id = {};
  LicenseId license = {};
  PersonId person = {};
  Timestamp assigned_at = {};                ///< when the book recorded it: Date Added (C5)
  ActorId assigned_by = {};                  ///< who assigned the seat
  std::optional<Timestamp> revoked_at = {};  ///< none: the seat is held
  std::optional<ActorId> revoked_by = {};    ///< none: the seat is held
  std::string revoke_reason = {};            ///< free text, or "transferred"
  std::string access_level = {};             ///< free text; grants nothing (A11)
  std::string account = {};  ///< the person's login in the vendor's application (A12)
  std::string notes = {};
  std::optional<Money> cost_override = {};  ///< instead of the license's cost, in its currency
  bool needs_review = false;                ///< flagged for review: the holder was archived (B28)
  Revision revision = {};
  /// Since when the person has held the seat, if not since assigned_at (C62).
  std::optional<Timestamp> held_since = {};

  /// Returns "Since": held_since, or else assigned_at (C62).
  [[nodiscard]] Timestamp since() const { return held_since.value_or(assigned_at); }
  /// Returns whether the seat is held: it is not revoked.
  [[nodiscard]] bool active() const { return !revoked_at.has_value(); }
};

/// An actor that has written to the book: a service by name, or a person.
struct ActorRecord {
  ActorId id = {};
  std::string actor = {};               ///< the service's name; empty for a person
  std::optional<PersonId> person = {};  ///< none for a service
};

/// The fields of a license that history can restore (C48).
struct LicenseTerms {
  SeatTotal total_seats = {};
  CapacityPolicy policy = CapacityPolicy::enforce;
  PersonId owner = {};  ///< the person responsible for the license
  std::optional<PersonId> backup_owner = {};
};

/// One row of the audit trail, written once and never changed (C48). It has no text, so erasing a
/// person does not change it; its texts are a HistoryTexts of the same seq.
struct HistoryRow {
  Seq seq = {};        ///< the number of the row, from 1
  Version batch = {};  ///< the batch that wrote it
  Timestamp at = {};   ///< never before the previous row (C52)
  ActorId actor = {};  ///< who did it
  HistoryKind kind = HistoryKind::person_added;
  // What the row is about.
  std::optional<LicenseId> license = {};
  std::optional<PersonId> person = {};
  std::optional<AssignmentId> assignment = {};
  /// transferred: the other assignment of the two. Each transfer has two rows: first the revoked
  /// seat, whose counterpart is the newer assignment, then the received seat (C55).
  std::optional<AssignmentId> counterpart = {};
  /// The terms before and after: set by license_added, total_changed, policy_changed and
  /// owners_changed.
  std::optional<LicenseTerms> before = {};
  std::optional<LicenseTerms> after = {};  ///< the terms after the change

  /// Returns whether the row assigned a seat (A40, C55).
  [[nodiscard]] bool grants() const {
    return kind == HistoryKind::assigned ||
           (kind == HistoryKind::transferred && counterpart < assignment);
  }
  /// Returns whether the row revoked a seat (A40, C55).
  [[nodiscard]] bool removes() const {
    return kind == HistoryKind::revoked ||
           (kind == HistoryKind::transferred && counterpart > assignment);
  }
};

/// A field that a command changed, with its old and new values as text; empty: no value (C59).
/// Amounts, dates and instants are written as in JSON, choices by name.
struct FieldChange {
  std::string field = {};   ///< as in the command: "access_level"
  std::string before = {};  ///< the old value
  std::string after = {};   ///< the new value
};

/// The texts of one history row; not stored if all are empty. Erasing a person empties them (C49);
/// `changes` keeps the names of the fields, amounts and instants (C59).
struct HistoryTexts {
  Seq seq = {};                   ///< the number of the history row
  std::string name_before = {};   ///< the name before the change
  std::string name_after = {};    ///< the name after the change
  std::string email_before = {};  ///< the email before the change
  std::string email_after = {};   ///< the email after the change
  std::string reason = {};        ///< why the seat was revoked, in free text
  /// edited, license_updated, person_updated: what changed, in the order of the command's fields
  /// (C59). Empty in rows that 0.1 wrote.
  std::vector<FieldChange> changes = {};

  [[nodiscard]] bool empty() const {
    return changes.empty() && name_before.empty() && name_after.empty() && email_before.empty() &&
           email_after.empty() && reason.empty();
  }
};

/// When a seat was last used: telemetry, without history and revision (C54).
struct LastUse {
  AssignmentId assignment = {};
  Timestamp used_at = {};
};

/// Facts about the book; one record, written with the first batch.
struct BookInfo {
  /// The Unicode version by which emails were case-folded (C17).
  std::string unicode_version = {};
};

/// The new image of one record. Records are identified by kind (the alternative) and id: `id`,
/// `seq` for history rows and their texts, `assignment` for a last use. There is one BookInfo.
using RecordImage = std::variant<BookInfo, Person, ActorRecord, License, Assignment, HistoryRow,
                                 HistoryTexts, LastUse>;

/// The kinds of record, in the order of RecordImage's alternatives. The numbers are stable.
enum class RecordKind : std::uint8_t {
  book_info = 0,
  person = 1,
  actor = 2,
  license = 3,
  assignment = 4,
  history = 5,
  history_texts = 6,
  last_use = 7,
};
[[nodiscard]] RecordKind kind_of(const RecordImage& image) noexcept;
/// Returns the record's number within its kind, from 1; 1 for BookInfo.
[[nodiscard]] std::uint64_t id_of(const RecordImage& image) noexcept;

/// The changes of one call. A record that frees a unique key (an email, a host key, an active
/// assignment of a person to a license) comes before the record that takes it. No record occurs
/// twice.
struct Batch {
  Version base = {};  ///< the version the rules decided on; the batch makes base + 1
  Token token = {};
  std::vector<RecordImage> images = {};
};

}  // namespace seatbook

#endif  // SEATBOOK_RECORDS_HPP_
