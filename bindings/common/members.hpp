/// Lists the members of all request and result structs for the bindings to other languages.
///
/// Members<Struct>::visit() calls a visitor with each member as (name, pointer to member), in the
/// order of the struct. Add a new member of a struct here as well: the arguments, records and stub
/// of Python and the requests and columns of C are derived from this list. The conformance runners
/// fail if a member is missing.
#ifndef SEATBOOK_BINDINGS_COMMON_MEMBERS_HPP_
#define SEATBOOK_BINDINGS_COMMON_MEMBERS_HPP_

#include "seatbook/seatbook.hpp"

namespace seatbook::bindings {

template <class Struct>
struct Members;

// -------------------------------------------------------------------------------------- records

template <>
struct Members<Person> {
  static constexpr const char* name = "Person";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("id", &Person::id);
    visit("name", &Person::name);
    visit("email", &Person::email);
    visit("host_key", &Person::host_key);
    visit("state", &Person::state);
    visit("revision", &Person::revision);
  }
};

template <>
struct Members<License> {
  static constexpr const char* name = "License";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("id", &License::id);
    visit("name", &License::name);
    visit("vendor", &License::vendor);
    visit("product_group", &License::product_group);
    visit("host_key", &License::host_key);
    visit("total_seats", &License::total_seats);
    visit("policy", &License::policy);
    visit("owner", &License::owner);
    visit("backup_owner", &License::backup_owner);
    visit("cost_per_seat", &License::cost_per_seat);
    visit("currency", &License::currency);
    visit("billing_period", &License::billing_period);
    visit("renewal_date", &License::renewal_date);
    visit("state", &License::state);
    visit("revision", &License::revision);
  }
};

template <>
struct Members<Assignment> {
  static constexpr const char* name = "Assignment";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("id", &Assignment::id);
    visit("license", &Assignment::license);
    visit("person", &Assignment::person);
    visit("assigned_at", &Assignment::assigned_at);
    visit("assigned_by", &Assignment::assigned_by);
    visit("revoked_at", &Assignment::revoked_at);
    visit("revoked_by", &Assignment::revoked_by);
    visit("revoke_reason", &Assignment::revoke_reason);
    visit("access_level", &Assignment::access_level);
    visit("account", &Assignment::account);
    visit("notes", &Assignment::notes);
    visit("cost_override", &Assignment::cost_override);
    visit("needs_review", &Assignment::needs_review);
    visit("revision", &Assignment::revision);
  }
};

template <>
struct Members<ActorRecord> {
  static constexpr const char* name = "ActorRecord";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("id", &ActorRecord::id);
    visit("actor", &ActorRecord::actor);
    visit("person", &ActorRecord::person);
  }
};

template <>
struct Members<LicenseTerms> {
  static constexpr const char* name = "LicenseTerms";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("total_seats", &LicenseTerms::total_seats);
    visit("policy", &LicenseTerms::policy);
    visit("owner", &LicenseTerms::owner);
    visit("backup_owner", &LicenseTerms::backup_owner);
  }
};

template <>
struct Members<HistoryRow> {
  static constexpr const char* name = "HistoryRow";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("seq", &HistoryRow::seq);
    visit("batch", &HistoryRow::batch);
    visit("at", &HistoryRow::at);
    visit("actor", &HistoryRow::actor);
    visit("kind", &HistoryRow::kind);
    visit("license", &HistoryRow::license);
    visit("person", &HistoryRow::person);
    visit("assignment", &HistoryRow::assignment);
    visit("counterpart", &HistoryRow::counterpart);
    visit("before", &HistoryRow::before);
    visit("after", &HistoryRow::after);
  }
};

template <>
struct Members<HistoryTexts> {
  static constexpr const char* name = "HistoryTexts";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("seq", &HistoryTexts::seq);
    visit("name_before", &HistoryTexts::name_before);
    visit("name_after", &HistoryTexts::name_after);
    visit("email_before", &HistoryTexts::email_before);
    visit("email_after", &HistoryTexts::email_after);
    visit("reason", &HistoryTexts::reason);
  }
};

// ------------------------------------------------------------------------ commands and results

template <>
struct Members<AddPerson> {
  static constexpr const char* name = "AddPerson";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("name", &AddPerson::name);
    visit("email", &AddPerson::email);
    visit("host_key", &AddPerson::host_key);
    visit("request_id", &AddPerson::request_id);
  }
};

template <>
struct Members<UpdatePerson> {
  static constexpr const char* name = "UpdatePerson";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("person", &UpdatePerson::person);
    visit("name", &UpdatePerson::name);
    visit("email", &UpdatePerson::email);
    visit("host_key", &UpdatePerson::host_key);
    visit("expected_revision", &UpdatePerson::expected_revision);
    visit("request_id", &UpdatePerson::request_id);
  }
};

template <>
struct Members<ArchivePerson> {
  static constexpr const char* name = "ArchivePerson";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("person", &ArchivePerson::person);
    visit("expected_revision", &ArchivePerson::expected_revision);
    visit("request_id", &ArchivePerson::request_id);
  }
};

template <>
struct Members<ReactivatePerson> {
  static constexpr const char* name = "ReactivatePerson";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("person", &ReactivatePerson::person);
    visit("expected_revision", &ReactivatePerson::expected_revision);
    visit("request_id", &ReactivatePerson::request_id);
  }
};

template <>
struct Members<ErasePerson> {
  static constexpr const char* name = "ErasePerson";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("person", &ErasePerson::person);
    visit("revoke_first", &ErasePerson::revoke_first);
    visit("expected_revision", &ErasePerson::expected_revision);
    visit("request_id", &ErasePerson::request_id);
  }
};

template <>
struct Members<PersonReceipt> {
  static constexpr const char* name = "PersonReceipt";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("person", &PersonReceipt::person);
    visit("revision", &PersonReceipt::revision);
    visit("flags_changed", &PersonReceipt::flags_changed);
    visit("version", &PersonReceipt::version);
  }
};

template <>
struct Members<AddLicense> {
  static constexpr const char* name = "AddLicense";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("name", &AddLicense::name);
    visit("vendor", &AddLicense::vendor);
    visit("product_group", &AddLicense::product_group);
    visit("host_key", &AddLicense::host_key);
    visit("total_seats", &AddLicense::total_seats);
    visit("policy", &AddLicense::policy);
    visit("owner", &AddLicense::owner);
    visit("backup_owner", &AddLicense::backup_owner);
    visit("cost_per_seat", &AddLicense::cost_per_seat);
    visit("currency", &AddLicense::currency);
    visit("billing_period", &AddLicense::billing_period);
    visit("renewal_date", &AddLicense::renewal_date);
    visit("request_id", &AddLicense::request_id);
  }
};

template <>
struct Members<SetTotalSeats> {
  static constexpr const char* name = "SetTotalSeats";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &SetTotalSeats::license);
    visit("total_seats", &SetTotalSeats::total_seats);
    visit("expected_revision", &SetTotalSeats::expected_revision);
    visit("request_id", &SetTotalSeats::request_id);
  }
};

template <>
struct Members<UpdateLicense> {
  static constexpr const char* name = "UpdateLicense";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &UpdateLicense::license);
    visit("name", &UpdateLicense::name);
    visit("vendor", &UpdateLicense::vendor);
    visit("product_group", &UpdateLicense::product_group);
    visit("host_key", &UpdateLicense::host_key);
    visit("cost_per_seat", &UpdateLicense::cost_per_seat);
    visit("currency", &UpdateLicense::currency);
    visit("billing_period", &UpdateLicense::billing_period);
    visit("renewal_date", &UpdateLicense::renewal_date);
    visit("expected_revision", &UpdateLicense::expected_revision);
    visit("request_id", &UpdateLicense::request_id);
  }
};

template <>
struct Members<SetPolicy> {
  static constexpr const char* name = "SetPolicy";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &SetPolicy::license);
    visit("policy", &SetPolicy::policy);
    visit("expected_revision", &SetPolicy::expected_revision);
    visit("request_id", &SetPolicy::request_id);
  }
};

template <>
struct Members<SetOwners> {
  static constexpr const char* name = "SetOwners";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &SetOwners::license);
    visit("owner", &SetOwners::owner);
    visit("backup_owner", &SetOwners::backup_owner);
    visit("expected_revision", &SetOwners::expected_revision);
    visit("request_id", &SetOwners::request_id);
  }
};

template <>
struct Members<ArchiveLicense> {
  static constexpr const char* name = "ArchiveLicense";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &ArchiveLicense::license);
    visit("expected_revision", &ArchiveLicense::expected_revision);
    visit("request_id", &ArchiveLicense::request_id);
  }
};

template <>
struct Members<ReactivateLicense> {
  static constexpr const char* name = "ReactivateLicense";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &ReactivateLicense::license);
    visit("expected_revision", &ReactivateLicense::expected_revision);
    visit("request_id", &ReactivateLicense::request_id);
  }
};

template <>
struct Members<LicenseReceipt> {
  static constexpr const char* name = "LicenseReceipt";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &LicenseReceipt::license);
    visit("revision", &LicenseReceipt::revision);
    visit("version", &LicenseReceipt::version);
  }
};

template <>
struct Members<Assign> {
  static constexpr const char* name = "Assign";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &Assign::license);
    visit("person", &Assign::person);
    visit("access_level", &Assign::access_level);
    visit("account", &Assign::account);
    visit("notes", &Assign::notes);
    visit("cost_override", &Assign::cost_override);
    visit("request_id", &Assign::request_id);
  }
};

template <>
struct Members<Revoke> {
  static constexpr const char* name = "Revoke";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("assignment", &Revoke::assignment);
    visit("reason", &Revoke::reason);
    visit("expected_revision", &Revoke::expected_revision);
    visit("request_id", &Revoke::request_id);
  }
};

template <>
struct Members<Transfer> {
  static constexpr const char* name = "Transfer";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("assignment", &Transfer::assignment);
    visit("person", &Transfer::person);
    visit("expected_revision", &Transfer::expected_revision);
    visit("request_id", &Transfer::request_id);
  }
};

template <>
struct Members<EditSeat> {
  static constexpr const char* name = "EditSeat";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("assignment", &EditSeat::assignment);
    visit("access_level", &EditSeat::access_level);
    visit("account", &EditSeat::account);
    visit("notes", &EditSeat::notes);
    visit("cost_override", &EditSeat::cost_override);
    visit("expected_revision", &EditSeat::expected_revision);
    visit("request_id", &EditSeat::request_id);
  }
};

template <>
struct Members<MarkReviewed> {
  static constexpr const char* name = "MarkReviewed";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("assignment", &MarkReviewed::assignment);
    visit("expected_revision", &MarkReviewed::expected_revision);
    visit("request_id", &MarkReviewed::request_id);
  }
};

template <>
struct Members<SeatReceipt> {
  static constexpr const char* name = "SeatReceipt";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("assignment", &SeatReceipt::assignment);
    visit("revision", &SeatReceipt::revision);
    visit("version", &SeatReceipt::version);
  }
};

template <>
struct Members<RecordUse> {
  static constexpr const char* name = "RecordUse";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("assignment", &RecordUse::assignment);
    visit("used_at", &RecordUse::used_at);
    visit("request_id", &RecordUse::request_id);
  }
};

template <>
struct Members<BulkAssign> {
  static constexpr const char* name = "BulkAssign";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("person", &BulkAssign::person);
    visit("licenses", &BulkAssign::licenses);
    visit("all_or_nothing", &BulkAssign::all_or_nothing);
    visit("dry_run", &BulkAssign::dry_run);
    visit("request_id", &BulkAssign::request_id);
  }
};

template <>
struct Members<AssignMany> {
  static constexpr const char* name = "AssignMany";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &AssignMany::license);
    visit("people", &AssignMany::people);
    visit("access_level", &AssignMany::access_level);
    visit("cost_override", &AssignMany::cost_override);
    visit("all_or_nothing", &AssignMany::all_or_nothing);
    visit("dry_run", &AssignMany::dry_run);
    visit("request_id", &AssignMany::request_id);
  }
};

template <>
struct Members<RevokeAll> {
  static constexpr const char* name = "RevokeAll";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("person", &RevokeAll::person);
    visit("reason", &RevokeAll::reason);
    visit("dry_run", &RevokeAll::dry_run);
    visit("request_id", &RevokeAll::request_id);
  }
};

template <>
struct Members<SeatUse> {
  static constexpr const char* name = "SeatUse";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("assignment", &SeatUse::assignment);
    visit("license", &SeatUse::license);
    visit("email", &SeatUse::email);
    visit("used_at", &SeatUse::used_at);
  }
};

template <>
struct Members<RecordUses> {
  static constexpr const char* name = "RecordUses";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("uses", &RecordUses::uses);
    visit("all_or_nothing", &RecordUses::all_or_nothing);
    visit("dry_run", &RecordUses::dry_run);
    visit("request_id", &RecordUses::request_id);
  }
};

template <>
struct Members<BulkSummary> {
  static constexpr const char* name = "BulkSummary";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("done", &BulkSummary::done);
    visit("skipped", &BulkSummary::skipped);
    visit("no_seats_remaining", &BulkSummary::no_seats_remaining);
    visit("already_assigned", &BulkSummary::already_assigned);
    visit("license_archived", &BulkSummary::license_archived);
    visit("person_archived", &BulkSummary::person_archived);
    visit("person_erased", &BulkSummary::person_erased);
    visit("other", &BulkSummary::other);
  }
};

template <>
struct Members<BulkReceipt> {
  static constexpr const char* name = "BulkReceipt";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("outcomes", &BulkReceipt::outcomes);
    visit("summary", &BulkReceipt::summary);
    visit("dry_run", &BulkReceipt::dry_run);
    visit("version", &BulkReceipt::version);
  }
};

// ----------------------------------------------------------------------------- queries and rows

template <>
struct Members<Usage> {
  static constexpr const char* name = "Usage";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("used", &Usage::used);
    visit("total", &Usage::total);
    visit("policy", &Usage::policy);
    visit("archived", &Usage::archived);
  }
};

template <>
struct Members<PersonLookup> {
  static constexpr const char* name = "PersonLookup";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("email", &PersonLookup::email);
    visit("host_key", &PersonLookup::host_key);
  }
};

template <>
struct Members<LicenseLookup> {
  static constexpr const char* name = "LicenseLookup";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("host_key", &LicenseLookup::host_key);
  }
};

template <>
struct Members<ActorLookup> {
  static constexpr const char* name = "ActorLookup";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("actor", &ActorLookup::actor);
    visit("person", &ActorLookup::person);
  }
};

template <>
struct Members<SeatRow> {
  static constexpr const char* name = "SeatRow";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("assignment", &SeatRow::assignment);
    visit("person", &SeatRow::person);
    visit("name", &SeatRow::name);
    visit("email", &SeatRow::email);
    visit("archived", &SeatRow::archived);
    visit("needs_review", &SeatRow::needs_review);
    visit("assigned_at", &SeatRow::assigned_at);
    visit("access_level", &SeatRow::access_level);
    visit("account", &SeatRow::account);
    visit("cost_override", &SeatRow::cost_override);
  }
};

template <>
struct Members<SoftwareRow> {
  static constexpr const char* name = "SoftwareRow";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("assignment", &SoftwareRow::assignment);
    visit("license", &SoftwareRow::license);
    visit("license_name", &SoftwareRow::license_name);
    visit("needs_review", &SoftwareRow::needs_review);
    visit("assigned_at", &SoftwareRow::assigned_at);
    visit("access_level", &SoftwareRow::access_level);
    visit("account", &SoftwareRow::account);
  }
};

template <>
struct Members<AssignableQuery> {
  static constexpr const char* name = "AssignableQuery";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &AssignableQuery::license);
    visit("search", &AssignableQuery::search);
    visit("limit", &AssignableQuery::limit);
  }
};

template <>
struct Members<AssignablePerson> {
  static constexpr const char* name = "AssignablePerson";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("person", &AssignablePerson::person);
    visit("name", &AssignablePerson::name);
    visit("email", &AssignablePerson::email);
  }
};

template <>
struct Members<ReviewRow> {
  static constexpr const char* name = "ReviewRow";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("assignment", &ReviewRow::assignment);
    visit("license", &ReviewRow::license);
    visit("license_name", &ReviewRow::license_name);
    visit("person", &ReviewRow::person);
    visit("name", &ReviewRow::name);
    visit("email", &ReviewRow::email);
    visit("archived", &ReviewRow::archived);
    visit("assigned_at", &ReviewRow::assigned_at);
    visit("flagged_at", &ReviewRow::flagged_at);
    visit("waiting_days", &ReviewRow::waiting_days);
  }
};

template <>
struct Members<ArchivedOwnerRow> {
  static constexpr const char* name = "ArchivedOwnerRow";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &ArchivedOwnerRow::license);
    visit("license_name", &ArchivedOwnerRow::license_name);
    visit("owner", &ArchivedOwnerRow::owner);
    visit("owner_archived", &ArchivedOwnerRow::owner_archived);
    visit("backup_owner", &ArchivedOwnerRow::backup_owner);
    visit("backup_archived", &ArchivedOwnerRow::backup_archived);
  }
};

template <>
struct Members<LicenseContacts> {
  static constexpr const char* name = "LicenseContacts";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("owner", &LicenseContacts::owner);
    visit("owner_archived", &LicenseContacts::owner_archived);
    visit("backup_owner", &LicenseContacts::backup_owner);
    visit("backup_archived", &LicenseContacts::backup_archived);
    visit("approver", &LicenseContacts::approver);
    visit("renewal_recipients", &LicenseContacts::renewal_recipients);
  }
};

template <>
struct Members<HistoryQuery> {
  static constexpr const char* name = "HistoryQuery";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &HistoryQuery::license);
    visit("person", &HistoryQuery::person);
    visit("actor", &HistoryQuery::actor);
    visit("kind", &HistoryQuery::kind);
    visit("since", &HistoryQuery::since);
    visit("until", &HistoryQuery::until);
    visit("from", &HistoryQuery::from);
    visit("newest_first", &HistoryQuery::newest_first);
    visit("limit", &HistoryQuery::limit);
  }
};

template <>
struct Members<HistoryEntry> {
  static constexpr const char* name = "HistoryEntry";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("row", &HistoryEntry::row);
    visit("texts", &HistoryEntry::texts);
    visit("actor", &HistoryEntry::actor);
    visit("actor_name", &HistoryEntry::actor_name);
    visit("license_name", &HistoryEntry::license_name);
    visit("person_name", &HistoryEntry::person_name);
  }
};

template <>
struct Members<PeopleQuery> {
  static constexpr const char* name = "PeopleQuery";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("after", &PeopleQuery::after);
    visit("state", &PeopleQuery::state);
    visit("limit", &PeopleQuery::limit);
  }
};

template <>
struct Members<LicensesQuery> {
  static constexpr const char* name = "LicensesQuery";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("after", &LicensesQuery::after);
    visit("state", &LicensesQuery::state);
    visit("limit", &LicensesQuery::limit);
  }
};

// ---------------------------------------------------------------------------------------- lists

template <>
struct Members<SeatListQuery> {
  static constexpr const char* name = "SeatListQuery";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &SeatListQuery::license);
    visit("person", &SeatListQuery::person);
    visit("search", &SeatListQuery::search);
    visit("inactive_only", &SeatListQuery::inactive_only);
    visit("inactive_days", &SeatListQuery::inactive_days);
    visit("new_seat_grace_days", &SeatListQuery::new_seat_grace_days);
    visit("needs_review_only", &SeatListQuery::needs_review_only);
    visit("archived_only", &SeatListQuery::archived_only);
    visit("sort", &SeatListQuery::sort);
    visit("descending", &SeatListQuery::descending);
    visit("after", &SeatListQuery::after);
    visit("limit", &SeatListQuery::limit);
  }
};

template <>
struct Members<SeatListRow> {
  static constexpr const char* name = "SeatListRow";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("assignment", &SeatListRow::assignment);
    visit("license", &SeatListRow::license);
    visit("license_name", &SeatListRow::license_name);
    visit("person", &SeatListRow::person);
    visit("name", &SeatListRow::name);
    visit("email", &SeatListRow::email);
    visit("archived", &SeatListRow::archived);
    visit("needs_review", &SeatListRow::needs_review);
    visit("inactive", &SeatListRow::inactive);
    visit("assigned_at", &SeatListRow::assigned_at);
    visit("last_used_at", &SeatListRow::last_used_at);
    visit("access_level", &SeatListRow::access_level);
    visit("account", &SeatListRow::account);
    visit("cost_override", &SeatListRow::cost_override);
  }
};

template <>
struct Members<SeatListPage> {
  static constexpr const char* name = "SeatListPage";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("rows", &SeatListPage::rows);
    visit("next", &SeatListPage::next);
    visit("version", &SeatListPage::version);
  }
};

template <>
struct Members<SeatFiguresQuery> {
  static constexpr const char* name = "SeatFiguresQuery";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &SeatFiguresQuery::license);
    visit("person", &SeatFiguresQuery::person);
    visit("inactive_days", &SeatFiguresQuery::inactive_days);
    visit("new_seat_grace_days", &SeatFiguresQuery::new_seat_grace_days);
  }
};

template <>
struct Members<SeatFigures> {
  static constexpr const char* name = "SeatFigures";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("total_assigned", &SeatFigures::total_assigned);
    visit("inactive", &SeatFigures::inactive);
    visit("available", &SeatFigures::available);
    visit("version", &SeatFigures::version);
    visit("last_version", &SeatFigures::last_version);
  }
};

template <>
struct Members<RosterQuery> {
  static constexpr const char* name = "RosterQuery";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &RosterQuery::license);
    visit("active_only", &RosterQuery::active_only);
    visit("after", &RosterQuery::after);
    visit("limit", &RosterQuery::limit);
  }
};

template <>
struct Members<RosterRow> {
  static constexpr const char* name = "RosterRow";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("assignment", &RosterRow::assignment);
    visit("person", &RosterRow::person);
    visit("name", &RosterRow::name);
    visit("email", &RosterRow::email);
    visit("archived", &RosterRow::archived);
    visit("needs_review", &RosterRow::needs_review);
    visit("access_level", &RosterRow::access_level);
    visit("assigned_at", &RosterRow::assigned_at);
    visit("revoked_at", &RosterRow::revoked_at);
    visit("cost_override", &RosterRow::cost_override);
  }
};

template <>
struct Members<RosterPage> {
  static constexpr const char* name = "RosterPage";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("rows", &RosterPage::rows);
    visit("next", &RosterPage::next);
    visit("version", &RosterPage::version);
  }
};

// -------------------------------------------------------------------------------------- exports

template <>
struct Members<ExportReport> {
  static constexpr const char* name = "ExportReport";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("rows", &ExportReport::rows);
    visit("bytes", &ExportReport::bytes);
    visit("version", &ExportReport::version);
  }
};

template <>
struct Members<CsvFormat> {
  static constexpr const char* name = "CsvFormat";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("profile", &CsvFormat::profile);
    visit("utc_offset_minutes", &CsvFormat::utc_offset_minutes);
    visit("byte_order_mark", &CsvFormat::byte_order_mark);
  }
};

// ------------------------------------------------------------------------------- roster imports

template <>
struct Members<RosterFileRow> {
  static constexpr const char* name = "RosterFileRow";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("line", &RosterFileRow::line);
    visit("outcome", &RosterFileRow::outcome);
    visit("code", &RosterFileRow::code);
    visit("column", &RosterFileRow::column);
    visit("differs", &RosterFileRow::differs);
    visit("first_line", &RosterFileRow::first_line);
    visit("assignment", &RosterFileRow::assignment);
    visit("email", &RosterFileRow::email);
    visit("access_level", &RosterFileRow::access_level);
    visit("cost", &RosterFileRow::cost);
    visit("date_removed", &RosterFileRow::date_removed);
  }
};

template <>
struct Members<RosterReport> {
  static constexpr const char* name = "RosterReport";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("rows", &RosterReport::rows);
    visit("added", &RosterReport::added);
    visit("already_linked", &RosterReport::already_linked);
    visit("not_found", &RosterReport::not_found);
    visit("invalid", &RosterReport::invalid);
    visit("no_seats", &RosterReport::no_seats);
    visit("removed_rows", &RosterReport::removed_rows);
    visit("not_added", &RosterReport::not_added);
    visit("columns", &RosterReport::columns);
    visit("ignored_columns", &RosterReport::ignored_columns);
    visit("dry_run", &RosterReport::dry_run);
    visit("version", &RosterReport::version);
    visit("empty_rows", &RosterReport::empty_rows);
  }
};

template <>
struct Members<ImportRoster> {
  static constexpr const char* name = "ImportRoster";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &ImportRoster::license);
    visit("csv", &ImportRoster::csv);
    visit("profile", &ImportRoster::profile);
    visit("all_or_nothing", &ImportRoster::all_or_nothing);
    visit("dry_run", &ImportRoster::dry_run);
    visit("progress", &ImportRoster::progress);
    visit("request_id", &ImportRoster::request_id);
  }
};

// ---------------------------------------------------------------------------- inventory imports

template <>
struct Members<PeopleColumns> {
  static constexpr const char* name = "PeopleColumns";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("name", &PeopleColumns::name);
    visit("first_name", &PeopleColumns::first_name);
    visit("last_name", &PeopleColumns::last_name);
    visit("email", &PeopleColumns::email);
    visit("host_key", &PeopleColumns::host_key);
    visit("active", &PeopleColumns::active);
  }
};

template <>
struct Members<LicenseColumns> {
  static constexpr const char* name = "LicenseColumns";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("name", &LicenseColumns::name);
    visit("vendor", &LicenseColumns::vendor);
    visit("product_group", &LicenseColumns::product_group);
    visit("host_key", &LicenseColumns::host_key);
    visit("total_seats", &LicenseColumns::total_seats);
    visit("cost_per_seat", &LicenseColumns::cost_per_seat);
    visit("currency", &LicenseColumns::currency);
    visit("billing_period", &LicenseColumns::billing_period);
    visit("renewal_date", &LicenseColumns::renewal_date);
    visit("policy", &LicenseColumns::policy);
    visit("owner_email", &LicenseColumns::owner_email);
    visit("holder_email", &LicenseColumns::holder_email);
  }
};

template <>
struct Members<InventoryRow> {
  static constexpr const char* name = "InventoryRow";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("line", &InventoryRow::line);
    visit("outcome", &InventoryRow::outcome);
    visit("code", &InventoryRow::code);
    visit("column", &InventoryRow::column);
    visit("first_line", &InventoryRow::first_line);
    visit("record", &InventoryRow::record);
    visit("name", &InventoryRow::name);
  }
};

template <>
struct Members<InventoryReport> {
  static constexpr const char* name = "InventoryReport";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("rows", &InventoryReport::rows);
    visit("added", &InventoryReport::added);
    visit("already_known", &InventoryReport::already_known);
    visit("invalid", &InventoryReport::invalid);
    visit("without_seat", &InventoryReport::without_seat);
    visit("empty_rows", &InventoryReport::empty_rows);
    visit("seats_given", &InventoryReport::seats_given);
    visit("not_added", &InventoryReport::not_added);
    visit("columns", &InventoryReport::columns);
    visit("ignored_columns", &InventoryReport::ignored_columns);
    visit("dry_run", &InventoryReport::dry_run);
    visit("version", &InventoryReport::version);
  }
};

template <>
struct Members<ImportPeople> {
  static constexpr const char* name = "ImportPeople";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("csv", &ImportPeople::csv);
    visit("columns", &ImportPeople::columns);
    visit("profile", &ImportPeople::profile);
    visit("all_or_nothing", &ImportPeople::all_or_nothing);
    visit("dry_run", &ImportPeople::dry_run);
    visit("progress", &ImportPeople::progress);
    visit("request_id", &ImportPeople::request_id);
    visit("max_bytes", &ImportPeople::max_bytes);
  }
};

template <>
struct Members<ImportLicenses> {
  static constexpr const char* name = "ImportLicenses";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("csv", &ImportLicenses::csv);
    visit("columns", &ImportLicenses::columns);
    visit("profile", &ImportLicenses::profile);
    visit("date_order", &ImportLicenses::date_order);
    visit("currency_sign", &ImportLicenses::currency_sign);
    visit("default_currency", &ImportLicenses::default_currency);
    visit("default_owner", &ImportLicenses::default_owner);
    visit("all_or_nothing", &ImportLicenses::all_or_nothing);
    visit("dry_run", &ImportLicenses::dry_run);
    visit("progress", &ImportLicenses::progress);
    visit("request_id", &ImportLicenses::request_id);
    visit("max_bytes", &ImportLicenses::max_bytes);
  }
};

// -------------------------------------------------------------------------------------- reports

template <>
struct Members<MoneyTotal> {
  static constexpr const char* name = "MoneyTotal";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("currency", &MoneyTotal::currency);
    visit("monthly", &MoneyTotal::monthly);
  }
};

template <>
struct Members<UtilizationQuery> {
  static constexpr const char* name = "UtilizationQuery";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("by", &UtilizationQuery::by);
    visit("license", &UtilizationQuery::license);
    visit("product_group", &UtilizationQuery::product_group);
    visit("at_least_percent", &UtilizationQuery::at_least_percent);
    visit("at_most_percent", &UtilizationQuery::at_most_percent);
    visit("include_archived", &UtilizationQuery::include_archived);
  }
};

template <>
struct Members<UtilizationRow> {
  static constexpr const char* name = "UtilizationRow";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &UtilizationRow::license);
    visit("license_name", &UtilizationRow::license_name);
    visit("product_group", &UtilizationRow::product_group);
    visit("licenses", &UtilizationRow::licenses);
    visit("used", &UtilizationRow::used);
    visit("used_unlimited", &UtilizationRow::used_unlimited);
    visit("total", &UtilizationRow::total);
    visit("available", &UtilizationRow::available);
    visit("over_by", &UtilizationRow::over_by);
    visit("basis_points", &UtilizationRow::basis_points);
    visit("monthly_cost", &UtilizationRow::monthly_cost);
    visit("monthly_waste", &UtilizationRow::monthly_waste);
    visit("unpriced", &UtilizationRow::unpriced);
    visit("version", &UtilizationRow::version);
    visit("last_version", &UtilizationRow::last_version);
  }
};

template <>
struct Members<ReclaimQuery> {
  static constexpr const char* name = "ReclaimQuery";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &ReclaimQuery::license);
    visit("inactive_days", &ReclaimQuery::inactive_days);
    visit("new_seat_grace_days", &ReclaimQuery::new_seat_grace_days);
    visit("after", &ReclaimQuery::after);
    visit("limit", &ReclaimQuery::limit);
  }
};

template <>
struct Members<ReclaimRow> {
  static constexpr const char* name = "ReclaimRow";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("assignment", &ReclaimRow::assignment);
    visit("license", &ReclaimRow::license);
    visit("license_name", &ReclaimRow::license_name);
    visit("person", &ReclaimRow::person);
    visit("name", &ReclaimRow::name);
    visit("email", &ReclaimRow::email);
    visit("archived", &ReclaimRow::archived);
    visit("needs_review", &ReclaimRow::needs_review);
    visit("assigned_at", &ReclaimRow::assigned_at);
    visit("last_used_at", &ReclaimRow::last_used_at);
    visit("currency", &ReclaimRow::currency);
    visit("monthly_saving", &ReclaimRow::monthly_saving);
  }
};

template <>
struct Members<ReclaimPage> {
  static constexpr const char* name = "ReclaimPage";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("rows", &ReclaimPage::rows);
    visit("more", &ReclaimPage::more);
    visit("candidates", &ReclaimPage::candidates);
    visit("monthly_saving", &ReclaimPage::monthly_saving);
    visit("unpriced", &ReclaimPage::unpriced);
    visit("version", &ReclaimPage::version);
    visit("last_version", &ReclaimPage::last_version);
  }
};

template <>
struct Members<RenewalsQuery> {
  static constexpr const char* name = "RenewalsQuery";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("until", &RenewalsQuery::until);
    visit("inactive_days", &RenewalsQuery::inactive_days);
    visit("new_seat_grace_days", &RenewalsQuery::new_seat_grace_days);
  }
};

template <>
struct Members<RenewalRow> {
  static constexpr const char* name = "RenewalRow";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &RenewalRow::license);
    visit("license_name", &RenewalRow::license_name);
    visit("renewal_date", &RenewalRow::renewal_date);
    visit("recipients", &RenewalRow::recipients);
    visit("used", &RenewalRow::used);
    visit("total", &RenewalRow::total);
    visit("right_sized_seats", &RenewalRow::right_sized_seats);
    visit("currency", &RenewalRow::currency);
    visit("monthly_saving", &RenewalRow::monthly_saving);
    visit("version", &RenewalRow::version);
    visit("last_version", &RenewalRow::last_version);
  }
};

template <>
struct Members<HolderRow> {
  static constexpr const char* name = "HolderRow";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("assignment", &HolderRow::assignment);
    visit("person", &HolderRow::person);
    visit("name", &HolderRow::name);
    visit("email", &HolderRow::email);
    visit("erased", &HolderRow::erased);
    visit("assigned_at", &HolderRow::assigned_at);
    visit("revoked_at", &HolderRow::revoked_at);
  }
};

template <>
struct Members<UsageRange> {
  static constexpr const char* name = "UsageRange";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &UsageRange::license);
    visit("since", &UsageRange::since);
    visit("until", &UsageRange::until);
  }
};

template <>
struct Members<UsageStep> {
  static constexpr const char* name = "UsageStep";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("at", &UsageStep::at);
    visit("used", &UsageStep::used);
    visit("used_unlimited", &UsageStep::used_unlimited);
    visit("total", &UsageStep::total);
    visit("policy", &UsageStep::policy);
  }
};

template <>
struct Members<UsageOverTimeQuery> {
  static constexpr const char* name = "UsageOverTimeQuery";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &UsageOverTimeQuery::license);
    visit("since", &UsageOverTimeQuery::since);
    visit("until", &UsageOverTimeQuery::until);
    visit("limit", &UsageOverTimeQuery::limit);
  }
};

template <>
struct Members<UsageOverTime> {
  static constexpr const char* name = "UsageOverTime";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("steps", &UsageOverTime::steps);
    visit("next", &UsageOverTime::next);
    visit("version", &UsageOverTime::version);
  }
};

template <>
struct Members<OffboardingQuery> {
  static constexpr const char* name = "OffboardingQuery";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("license", &OffboardingQuery::license);
    visit("since", &OffboardingQuery::since);
    visit("until", &OffboardingQuery::until);
    visit("after", &OffboardingQuery::after);
    visit("limit", &OffboardingQuery::limit);
  }
};

template <>
struct Members<OffboardingRow> {
  static constexpr const char* name = "OffboardingRow";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("flagged", &OffboardingRow::flagged);
    visit("assignment", &OffboardingRow::assignment);
    visit("license", &OffboardingRow::license);
    visit("license_name", &OffboardingRow::license_name);
    visit("person", &OffboardingRow::person);
    visit("name", &OffboardingRow::name);
    visit("outcome", &OffboardingRow::outcome);
    visit("offboarded_at", &OffboardingRow::offboarded_at);
    visit("released_at", &OffboardingRow::released_at);
    visit("days", &OffboardingRow::days);
  }
};

template <>
struct Members<OffboardingTimes> {
  static constexpr const char* name = "OffboardingTimes";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("rows", &OffboardingTimes::rows);
    visit("more", &OffboardingTimes::more);
    visit("waiting", &OffboardingTimes::waiting);
    visit("kept", &OffboardingTimes::kept);
    visit("released", &OffboardingTimes::released);
    visit("reactivated", &OffboardingTimes::reactivated);
    visit("days_sum", &OffboardingTimes::days_sum);
    visit("mean_days", &OffboardingTimes::mean_days);
    visit("median_days", &OffboardingTimes::median_days);
    visit("longest_days", &OffboardingTimes::longest_days);
    visit("version", &OffboardingTimes::version);
  }
};

// --------------------------------------------------------------------------------------- events

template <>
struct Members<Event> {
  static constexpr const char* name = "Event";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("seq", &Event::seq);
    visit("kind", &Event::kind);
    visit("at", &Event::at);
    visit("version", &Event::version);
    visit("assignment", &Event::assignment);
    visit("license", &Event::license);
    visit("license_name", &Event::license_name);
    visit("person", &Event::person);
    visit("person_name", &Event::person_name);
    visit("person_email", &Event::person_email);
    visit("actor", &Event::actor);
    visit("actor_name", &Event::actor_name);
  }
};

template <>
struct Members<EventPage> {
  static constexpr const char* name = "EventPage";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("events", &EventPage::events);
    visit("next", &EventPage::next);
    visit("more", &EventPage::more);
  }
};

template <>
struct Members<NotificationPage> {
  static constexpr const char* name = "NotificationPage";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("notifications", &NotificationPage::notifications);
    visit("next", &NotificationPage::next);
    visit("more", &NotificationPage::more);
  }
};

template <>
struct Members<Notification::Seat> {
  static constexpr const char* name = "NotificationSeat";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("assignment", &Notification::Seat::assignment);
    visit("license", &Notification::Seat::license);
    visit("license_name", &Notification::Seat::license_name);
  }
};

template <>
struct Members<Notification> {
  static constexpr const char* name = "Notification";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("version", &Notification::version);
    visit("seq", &Notification::seq);
    visit("at", &Notification::at);
    visit("person", &Notification::person);
    visit("person_name", &Notification::person_name);
    visit("person_email", &Notification::person_email);
    visit("seats", &Notification::seats);
    visit("actor", &Notification::actor);
    visit("actor_name", &Notification::actor_name);
  }
};

// ------------------------------------------------------------------------------------- outcomes

template <>
struct Members<Outcome> {
  static constexpr const char* name = "Outcome";
  template <class Visitor>
  static constexpr void visit(Visitor&& visit) {
    visit("code", &Outcome::code);
    visit("item", &Outcome::item);
    visit("assignment", &Outcome::assignment);
  }
};

}  // namespace seatbook::bindings

#endif  // SEATBOOK_BINDINGS_COMMON_MEMBERS_HPP_
