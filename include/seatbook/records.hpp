/// The records a book is made of, as calls answer them and as storages keep them.
///
/// All are values: a record a call answered never changes and holds on to nothing of the book.
#ifndef SEATBOOK_RECORDS_HPP_
#define SEATBOOK_RECORDS_HPP_

#include <optional>
#include <string>

#include "seatbook/types.hpp"

namespace seatbook {

/// Somebody who can hold a seat or own a license (C1).
struct Person {
  PersonId id = {};
  std::string name = {};      ///< 1 to 255 code points
  std::string email = {};     ///< as given; empty: none. Unique by key among all people (C17).
  std::string host_key = {};  ///< the host's own id; empty: none. Unique when given.
  PersonState state = PersonState::active;
  Revision revision = {};
};

/// A piece of software with a number of seats (C3).
struct License {
  LicenseId id = {};
  std::string name = {};  ///< 1 to 255 code points; not unique
  std::string vendor = {};
  std::string product_group = {};  ///< licenses of one group can be summed
  std::string host_key = {};       ///< the host's own id; empty: none. Unique when given.
  SeatTotal total_seats = {};
  CapacityPolicy policy = CapacityPolicy::enforce;
  PersonId owner = {};                        ///< always set (B4)
  std::optional<PersonId> backup_owner = {};  ///< never the owner (B6)
  std::optional<Money> cost_per_seat = {};
  std::string currency = {};  ///< ISO 4217, such as "EUR"; empty: none given, so no cost either
  BillingPeriod billing_period = BillingPeriod::month;
  std::optional<Date> renewal_date = {};
  LicenseState state = LicenseState::active;
  Revision revision = {};
};

/// One person's hold on one seat of a license. A revoked one stays for good (A17, C19).
struct Assignment {
  AssignmentId id = {};
  LicenseId license = {};
  PersonId person = {};
  Timestamp assigned_at = {};
  ActorId assigned_by = {};
  std::optional<Timestamp> revoked_at = {};  ///< none: the seat is held
  ActorId revoked_by = {};                   ///< 0 while the seat is held
  std::string revoke_reason = {};
  std::string access_level = {};  ///< free text; grants nothing (A11)
  std::string account = {};       ///< the person's login in the vendor's app (A12)
  std::string notes = {};
  std::optional<Money> cost_override = {};  ///< instead of the license's cost, in its currency
  bool needs_review = false;                ///< the holder was archived (B28)
  Revision revision = {};

  [[nodiscard]] bool active() const { return !revoked_at.has_value(); }
};

/// An actor that has written to the book: a service by name, or a person.
struct ActorRecord {
  ActorId id = {};
  std::string actor = {};               ///< the service's name; empty for a person
  std::optional<PersonId> person = {};  ///< none for a service
};

/// The facts of a license that history can restore (C48).
struct LicenseTerms {
  SeatTotal total_seats = {};
  CapacityPolicy policy = CapacityPolicy::enforce;
  PersonId owner = {};
  std::optional<PersonId> backup_owner = {};

  friend bool operator==(const LicenseTerms& a, const LicenseTerms& b) {
    return a.total_seats == b.total_seats && a.policy == b.policy && a.owner == b.owner &&
           a.backup_owner == b.backup_owner;
  }
  friend bool operator!=(const LicenseTerms& a, const LicenseTerms& b) { return !(a == b); }
};

/// One line of the audit trail: written once and never again (C48). It holds no text, so that
/// erasing a person need not touch it; its texts are a HistoryTexts of the same seq.
struct HistoryRow {
  Seq seq = {};
  Version batch = {};  ///< the batch that wrote it
  Timestamp at = {};   ///< never before the row in front of it (C52)
  ActorId actor = {};
  HistoryKind kind = HistoryKind::person_added;
  LicenseId license = {};        ///< 0: not about a license
  PersonId person = {};          ///< 0: not about a person
  AssignmentId assignment = {};  ///< 0: not about an assignment
  /// transferred: the other assignment of the two. Each transfer has two rows: first the seat given
  /// up, whose counterpart is the newer assignment, then the seat received (C55).
  AssignmentId counterpart = {};
  /// What license_added, total_changed, policy_changed and owners_changed found and left.
  std::optional<LicenseTerms> before = {};
  std::optional<LicenseTerms> after = {};

  /// Whether the row gave somebody a seat, or took one back (A40, C55).
  [[nodiscard]] bool grants() const {
    return kind == HistoryKind::assigned ||
           (kind == HistoryKind::transferred && counterpart < assignment);
  }
  [[nodiscard]] bool removes() const {
    return kind == HistoryKind::revoked ||
           (kind == HistoryKind::transferred && counterpart > assignment);
  }
};

/// The texts of one history row; there is none where all would be empty. Erasing a person empties
/// them (C49).
struct HistoryTexts {
  Seq seq = {};
  std::string name_before = {};
  std::string name_after = {};
  std::string email_before = {};
  std::string email_after = {};
  std::string reason = {};

  [[nodiscard]] bool empty() const {
    return name_before.empty() && name_after.empty() && email_before.empty() &&
           email_after.empty() && reason.empty();
  }
};

/// When a seat was last used: telemetry, with no history and no revision (C54).
struct LastUse {
  AssignmentId assignment = {};
  Timestamp used_at = {};
};

/// What a book says of itself; one record, written with the first batch.
struct BookInfo {
  /// The Unicode version that email keys were made with (C17).
  std::string unicode_version = {};
};

}  // namespace seatbook

#endif  // SEATBOOK_RECORDS_HPP_
