/// Describes each record, request and result once: one line per struct.
///
/// Description<Struct>::name is the struct's name in all languages, and type_name its name in C++,
/// such as "NotificationSeat" and "Notification::Seat". Description<Struct>::visit(visitor) calls
/// the visitor with each member as (name, pointer to member), in the order of declaration. The JSON
/// of records, the columns of databases, equality and the bindings to other languages follow from
/// these lines and from the types of the members. Hosts can use them to serialize:
///
///     Description<Assignment>::visit([&](const char* name, auto member) {
///       write(name, assignment.*member);
///     });
///
/// A description that lacks a member of its struct does not compile.
#ifndef SEATBOOK_DESCRIBE_HPP_
#define SEATBOOK_DESCRIBE_HPP_

#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "seatbook/actor.hpp"
#include "seatbook/bulk.hpp"
#include "seatbook/commands.hpp"
#include "seatbook/csv.hpp"
#include "seatbook/events.hpp"
#include "seatbook/imports.hpp"
#include "seatbook/inventory.hpp"
#include "seatbook/lists.hpp"
#include "seatbook/queries.hpp"
#include "seatbook/records.hpp"
#include "seatbook/reports.hpp"
#include "seatbook/result.hpp"
#include "seatbook/stats.hpp"
#include "seatbook/usage.hpp"

namespace seatbook {

template <class Struct>
struct Description;

namespace detail {
template <class Struct, class = void>
struct IsDescribed : std::false_type {};
template <class Struct>
struct IsDescribed<Struct, std::void_t<decltype(Description<Struct>::name)>> : std::true_type {};
}  // namespace detail

/// Whether a struct has a description.
template <class Struct>
inline constexpr bool is_described = detail::IsDescribed<Struct>::value;

/// Described structs are equal if all their members are.
template <class Struct, class = std::enable_if_t<is_described<Struct>>>
[[nodiscard]] bool operator==(const Struct& a, const Struct& b) {
  bool equal = true;
  Description<Struct>::visit(
      [&](const char* /*name*/, auto member) { equal = equal && a.*member == b.*member; });
  return equal;
}
template <class Struct, class = std::enable_if_t<is_described<Struct>>>
[[nodiscard]] bool operator!=(const Struct& a, const Struct& b) {
  return !(a == b);
}

// C++17 has no __VA_OPT__: one macro for each number of members, up to 48.
// clang-format off
#define SEATBOOK_DETAIL_EACH_1(each, type, member) each(type, member)
#define SEATBOOK_DETAIL_EACH_2(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_1(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_3(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_2(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_4(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_3(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_5(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_4(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_6(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_5(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_7(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_6(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_8(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_7(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_9(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_8(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_10(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_9(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_11(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_10(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_12(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_11(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_13(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_12(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_14(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_13(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_15(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_14(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_16(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_15(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_17(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_16(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_18(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_17(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_19(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_18(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_20(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_19(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_21(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_20(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_22(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_21(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_23(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_22(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_24(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_23(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_25(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_24(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_26(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_25(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_27(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_26(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_28(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_27(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_29(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_28(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_30(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_29(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_31(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_30(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_32(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_31(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_33(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_32(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_34(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_33(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_35(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_34(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_36(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_35(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_37(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_36(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_38(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_37(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_39(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_38(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_40(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_39(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_41(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_40(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_42(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_41(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_43(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_42(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_44(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_43(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_45(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_44(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_46(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_45(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_47(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_46(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_EACH_48(each, type, member, ...) \
  each(type, member) SEATBOOK_DETAIL_EACH_47(each, type, __VA_ARGS__)
#define SEATBOOK_DETAIL_PICK(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, \
  m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31, m32, m33, m34, \
  m35, m36, m37, m38, m39, m40, m41, m42, m43, m44, m45, m46, m47, m48, picked, ...) picked
#define SEATBOOK_DETAIL_EACH_MEMBER(each, type, ...) SEATBOOK_DETAIL_PICK(__VA_ARGS__, \
  SEATBOOK_DETAIL_EACH_48, SEATBOOK_DETAIL_EACH_47, SEATBOOK_DETAIL_EACH_46, \
  SEATBOOK_DETAIL_EACH_45, SEATBOOK_DETAIL_EACH_44, SEATBOOK_DETAIL_EACH_43, \
  SEATBOOK_DETAIL_EACH_42, SEATBOOK_DETAIL_EACH_41, SEATBOOK_DETAIL_EACH_40, \
  SEATBOOK_DETAIL_EACH_39, SEATBOOK_DETAIL_EACH_38, SEATBOOK_DETAIL_EACH_37, \
  SEATBOOK_DETAIL_EACH_36, SEATBOOK_DETAIL_EACH_35, SEATBOOK_DETAIL_EACH_34, \
  SEATBOOK_DETAIL_EACH_33, SEATBOOK_DETAIL_EACH_32, SEATBOOK_DETAIL_EACH_31, \
  SEATBOOK_DETAIL_EACH_30, SEATBOOK_DETAIL_EACH_29, SEATBOOK_DETAIL_EACH_28, \
  SEATBOOK_DETAIL_EACH_27, SEATBOOK_DETAIL_EACH_26, SEATBOOK_DETAIL_EACH_25, \
  SEATBOOK_DETAIL_EACH_24, SEATBOOK_DETAIL_EACH_23, SEATBOOK_DETAIL_EACH_22, \
  SEATBOOK_DETAIL_EACH_21, SEATBOOK_DETAIL_EACH_20, SEATBOOK_DETAIL_EACH_19, \
  SEATBOOK_DETAIL_EACH_18, SEATBOOK_DETAIL_EACH_17, SEATBOOK_DETAIL_EACH_16, \
  SEATBOOK_DETAIL_EACH_15, SEATBOOK_DETAIL_EACH_14, SEATBOOK_DETAIL_EACH_13, \
  SEATBOOK_DETAIL_EACH_12, SEATBOOK_DETAIL_EACH_11, SEATBOOK_DETAIL_EACH_10, \
  SEATBOOK_DETAIL_EACH_9, SEATBOOK_DETAIL_EACH_8, SEATBOOK_DETAIL_EACH_7, \
  SEATBOOK_DETAIL_EACH_6, SEATBOOK_DETAIL_EACH_5, SEATBOOK_DETAIL_EACH_4, \
  SEATBOOK_DETAIL_EACH_3, SEATBOOK_DETAIL_EACH_2, SEATBOOK_DETAIL_EACH_1, none) (each, type, \
  __VA_ARGS__)
// clang-format on
#define SEATBOOK_DETAIL_VISIT(type, member) visit(#member, &type::member);
#define SEATBOOK_DETAIL_IS(type, member) (static_cast<void>(&type::member), name == #member) ||

/// Describes a struct of namespace seatbook by its members, in the order of declaration.
#define SEATBOOK_DESCRIBE(type, ...) SEATBOOK_DESCRIBE_AS(type, type, __VA_ARGS__)
/// Describes a struct under another name.
#define SEATBOOK_DESCRIBE_AS(type, alias, ...)                              \
  template <>                                                               \
  struct Description<type> {                                                \
    static constexpr const char* name = #alias;                             \
    static constexpr const char* type_name = #type;                         \
    template <class Visitor>                                                \
    static constexpr void visit(Visitor&& visit) {                          \
      SEATBOOK_DETAIL_EACH_MEMBER(SEATBOOK_DETAIL_VISIT, type, __VA_ARGS__) \
    }                                                                       \
  };                                                                        \
  namespace detail {                                                        \
  inline void names_all_members(const type& described) {                    \
    [[maybe_unused]] const auto& [__VA_ARGS__] = described;                 \
  }                                                                         \
  }

/// Required<Struct>::has(name) returns whether a line SEATBOOK_REQUIRED lists the member.
template <class Struct>
struct Required {
  [[nodiscard]] static constexpr bool has(std::string_view /*name*/) { return false; }
};

namespace detail {
template <class Value>
struct IsIdOrList : std::false_type {};
template <>
struct IsIdOrList<PersonId> : std::true_type {};
template <>
struct IsIdOrList<LicenseId> : std::true_type {};
template <>
struct IsIdOrList<AssignmentId> : std::true_type {};
template <>
struct IsIdOrList<ActorId> : std::true_type {};
template <class Item>
struct IsIdOrList<std::vector<Item>> : std::true_type {};
}  // namespace detail

/// Returns whether a request must set the member: an id that is not optional, a list, or a member
/// that a line SEATBOOK_REQUIRED lists. Value is the type of the member.
template <class Struct, class Value>
[[nodiscard]] constexpr bool is_required(std::string_view name) {
  return detail::IsIdOrList<Value>::value || Required<Struct>::has(name);
}

/// Derived<Struct>::visit(visitor) calls the visitor with each value that a method computes from
/// the struct, as (name, function of the struct). Records of the bindings have them next to the
/// members. Derived<Struct>::in_json is whether the JSON of the conformance cases has them too.
template <class Struct>
struct Derived {
  static constexpr bool in_json = true;
  template <class Visitor>
  static constexpr void visit(Visitor&& /*visit*/) {}
};
#define SEATBOOK_DETAIL_METHOD(type, method) \
  visit(#method, [](const type& described) { return described.method(); });
#define SEATBOOK_DETAIL_DERIVED(in_json_too, type, ...)                      \
  template <>                                                                \
  struct Derived<type> {                                                     \
    static constexpr bool in_json = in_json_too;                             \
    template <class Visitor>                                                 \
    static constexpr void visit(Visitor&& visit) {                           \
      SEATBOOK_DETAIL_EACH_MEMBER(SEATBOOK_DETAIL_METHOD, type, __VA_ARGS__) \
    }                                                                        \
  };
#define SEATBOOK_DERIVED(type, ...) SEATBOOK_DETAIL_DERIVED(true, type, __VA_ARGS__)
#define SEATBOOK_DERIVED_OUTSIDE_JSON(type, ...) SEATBOOK_DETAIL_DERIVED(false, type, __VA_ARGS__)

/// Lists the members that a request must set, except ids and lists.
#define SEATBOOK_REQUIRED(type, ...)                                                   \
  template <>                                                                          \
  struct Required<type> {                                                              \
    [[nodiscard]] static constexpr bool has(std::string_view name) {                   \
      return SEATBOOK_DETAIL_EACH_MEMBER(SEATBOOK_DETAIL_IS, type, __VA_ARGS__) false; \
    }                                                                                  \
  };

// clang-format off
// records, in the order of RecordKind, and their parts

SEATBOOK_DESCRIBE(BookInfo, unicode_version)
SEATBOOK_DESCRIBE(Person, id, name, email, host_key, state, revision)
SEATBOOK_DESCRIBE(License, id, name, vendor, product_group, host_key, total_seats, policy, owner,
                  backup_owner, cost_per_seat, currency, billing_period, renewal_date, state,
                  revision)
SEATBOOK_DESCRIBE(Assignment, id, license, person, assigned_at, assigned_by, revoked_at, revoked_by,
                  revoke_reason, access_level, account, notes, cost_override, needs_review,
                  revision, held_since)
SEATBOOK_DESCRIBE(ActorRecord, id, actor, person)
SEATBOOK_DESCRIBE(LicenseTerms, total_seats, policy, owner, backup_owner)
SEATBOOK_DESCRIBE(HistoryRow, seq, batch, at, actor, kind, license, person, assignment, counterpart,
                  before, after)
SEATBOOK_DESCRIBE(LastUse, assignment, used_at)
SEATBOOK_DESCRIBE(FieldChange, field, before, after)
SEATBOOK_DESCRIBE(HistoryTexts, seq, name_before, name_after, email_before, email_after, reason,
                  changes)

// commands and results

SEATBOOK_DESCRIBE(AddPerson, name, email, host_key, request_id)
SEATBOOK_DESCRIBE(UpdatePerson, person, name, email, host_key, expected_revision, request_id)
SEATBOOK_DESCRIBE(ArchivePerson, person, expected_revision, request_id)
SEATBOOK_DESCRIBE(ReactivatePerson, person, expected_revision, request_id)
SEATBOOK_DESCRIBE(ErasePerson, person, revoke_first, expected_revision, request_id)
SEATBOOK_DESCRIBE(PersonReceipt, person, revision, flags_changed, version)
SEATBOOK_DESCRIBE(AddLicense, name, vendor, product_group, host_key, total_seats, policy, owner,
                  backup_owner, cost_per_seat, currency, billing_period, renewal_date, request_id)
SEATBOOK_DESCRIBE(SetTotalSeats, license, total_seats, expected_revision, request_id)
SEATBOOK_DESCRIBE(UpdateLicense, license, name, vendor, product_group, host_key, cost_per_seat,
                  currency, billing_period, renewal_date, expected_revision, request_id)
SEATBOOK_DESCRIBE(SetPolicy, license, policy, expected_revision, request_id)
SEATBOOK_DESCRIBE(SetOwners, license, owner, backup_owner, expected_revision, request_id)
SEATBOOK_DESCRIBE(ArchiveLicense, license, expected_revision, request_id)
SEATBOOK_DESCRIBE(ReactivateLicense, license, expected_revision, request_id)
SEATBOOK_DESCRIBE(LicenseReceipt, license, revision, version)
SEATBOOK_DESCRIBE(Assign, license, person, access_level, account, notes, cost_override, request_id,
                  held_since)
SEATBOOK_DESCRIBE(Revoke, assignment, reason, expected_revision, request_id)
SEATBOOK_DESCRIBE(Transfer, assignment, person, expected_revision, request_id)
SEATBOOK_DESCRIBE(EditSeat, assignment, access_level, account, notes, cost_override,
                  expected_revision, request_id, held_since)
SEATBOOK_DESCRIBE(MarkReviewed, assignment, expected_revision, request_id)
SEATBOOK_DESCRIBE(SeatReceipt, assignment, revision, version)
SEATBOOK_DESCRIBE(RecordUse, assignment, used_at, request_id)
SEATBOOK_DESCRIBE(BulkAssign, person, licenses, all_or_nothing, dry_run, request_id, held_since)
SEATBOOK_DESCRIBE(AssignMany, license, people, access_level, cost_override, all_or_nothing, dry_run,
                  request_id, held_since)
SEATBOOK_DESCRIBE(RevokeAll, person, reason, dry_run, request_id)
SEATBOOK_DESCRIBE(SeatUse, assignment, license, email, used_at)
SEATBOOK_DESCRIBE(RecordUses, uses, all_or_nothing, dry_run, request_id)
SEATBOOK_DESCRIBE(BulkSummary, done, skipped, no_seats_remaining, already_assigned,
                  license_archived, person_archived, person_erased, other)
SEATBOOK_DESCRIBE(BulkReceipt, outcomes, summary, dry_run, version)

// queries and rows

SEATBOOK_DESCRIBE(Usage, used, total, policy, archived)
SEATBOOK_DESCRIBE(PersonLookup, email, host_key)
SEATBOOK_DESCRIBE(LicenseLookup, host_key)
SEATBOOK_DESCRIBE(ActorLookup, actor, person)
SEATBOOK_DESCRIBE(SeatRow, assignment, person, name, email, archived, needs_review, assigned_at,
                  access_level, account, cost_override, since)
SEATBOOK_DESCRIBE(SoftwareRow, assignment, license, license_name, needs_review, assigned_at,
                  access_level, account, since)
SEATBOOK_DESCRIBE(AssignableQuery, license, search, limit)
SEATBOOK_DESCRIBE(AssignablePerson, person, name, email)
SEATBOOK_DESCRIBE(ReviewRow, assignment, license, license_name, person, name, email, archived,
                  assigned_at, flagged_at, waiting_days, since)
SEATBOOK_DESCRIBE(ArchivedOwnerRow, license, license_name, owner, owner_archived, backup_owner,
                  backup_archived)
SEATBOOK_DESCRIBE(LicenseContacts, owner, owner_archived, backup_owner, backup_archived, approver,
                  renewal_recipients)
SEATBOOK_DESCRIBE(HistoryQuery, license, person, actor, kind, since, until, from, newest_first,
                  limit)
SEATBOOK_DESCRIBE(HistoryEntry, row, texts, actor, actor_name, license_name, person_name)
SEATBOOK_DESCRIBE(PeopleQuery, after, state, limit)
SEATBOOK_DESCRIBE(LicensesQuery, after, state, limit)

// lists

SEATBOOK_DESCRIBE(SeatListQuery, license, person, search, inactive_only, inactive_days,
                  new_seat_grace_days, needs_review_only, archived_only, sort, descending, after,
                  limit)
SEATBOOK_DESCRIBE(SeatListRow, assignment, license, license_name, person, name, email, archived,
                  needs_review, inactive, assigned_at, last_used_at, access_level, account,
                  cost_override, since)
SEATBOOK_DESCRIBE(SeatListPage, rows, next, version)
SEATBOOK_DESCRIBE(SeatFiguresQuery, license, person, inactive_days, new_seat_grace_days)
SEATBOOK_DESCRIBE(SeatFigures, total_assigned, inactive, available, version, last_version)
SEATBOOK_DESCRIBE(RosterQuery, license, active_only, after, limit)
SEATBOOK_DESCRIBE(RosterRow, assignment, person, name, email, archived, needs_review, access_level,
                  assigned_at, revoked_at, cost_override, since)
SEATBOOK_DESCRIBE(RosterPage, rows, next, version)

// exports

SEATBOOK_DESCRIBE(ExportSeatList, list, format)
SEATBOOK_DESCRIBE(ExportRoster, license, include_cost, format)
SEATBOOK_DESCRIBE(ExportHistory, history, format)
SEATBOOK_DESCRIBE(ExportReport, rows, bytes, version)
SEATBOOK_DESCRIBE(CsvFormat, profile, utc_offset_minutes, byte_order_mark)

// roster imports

SEATBOOK_DESCRIBE(RosterFileRow, line, outcome, code, column, differs, first_line, assignment,
                  email, access_level, cost, date_removed, held_since)
SEATBOOK_DESCRIBE(RosterReport, rows, added, already_linked, not_found, invalid, no_seats,
                  removed_rows, not_added, columns, ignored_columns, dry_run, version, empty_rows)
SEATBOOK_DESCRIBE(ImportRoster, license, csv, profile, all_or_nothing, dry_run, progress,
                  request_id, utc_offset_minutes)

// inventory imports

SEATBOOK_DESCRIBE(PeopleColumns, name, first_name, last_name, email, host_key, active)
SEATBOOK_DESCRIBE(LicenseColumns, name, vendor, product_group, host_key, total_seats, cost_per_seat,
                  currency, billing_period, renewal_date, policy, owner_email, holder_email,
                  held_since)
SEATBOOK_DESCRIBE(InventoryRow, line, outcome, code, column, first_line, record, name)
SEATBOOK_DESCRIBE(InventoryReport, rows, added, already_known, invalid, without_seat, empty_rows,
                  seats_given, not_added, columns, ignored_columns, dry_run, version)
SEATBOOK_DESCRIBE(ImportPeople, csv, columns, profile, all_or_nothing, dry_run, progress,
                  request_id, max_bytes)
SEATBOOK_DESCRIBE(ImportLicenses, csv, columns, profile, date_order, currency_sign,
                  default_currency, default_owner, all_or_nothing, dry_run, progress, request_id,
                  max_bytes, utc_offset_minutes)

// reports

SEATBOOK_DESCRIBE(MoneyTotal, currency, monthly)
SEATBOOK_DESCRIBE(UtilizationQuery, by, license, product_group, at_least_percent, at_most_percent,
                  include_archived)
SEATBOOK_DESCRIBE(UtilizationRow, license, license_name, product_group, licenses, used,
                  used_unlimited, total, available, over_by, basis_points, monthly_cost,
                  monthly_waste, unpriced, version, last_version)
SEATBOOK_DESCRIBE(ReclaimQuery, license, inactive_days, new_seat_grace_days, after, limit)
SEATBOOK_DESCRIBE(ReclaimRow, assignment, license, license_name, person, name, email, archived,
                  needs_review, assigned_at, last_used_at, currency, monthly_saving, since)
SEATBOOK_DESCRIBE(ReclaimPage, rows, more, candidates, monthly_saving, unpriced, version,
                  last_version)
SEATBOOK_DESCRIBE(RenewalsQuery, until, inactive_days, new_seat_grace_days)
SEATBOOK_DESCRIBE(RenewalRow, license, license_name, renewal_date, recipients, used, total,
                  right_sized_seats, currency, monthly_saving, version, last_version)
SEATBOOK_DESCRIBE(HolderRow, assignment, person, name, email, erased, assigned_at, revoked_at,
                  granted_by, granted_by_name, access_level, access_level_recorded)
SEATBOOK_DESCRIBE(UsageRange, license, since, until)
SEATBOOK_DESCRIBE(UsageStep, at, used, used_unlimited, total, policy)
SEATBOOK_DESCRIBE(UsageOverTimeQuery, license, since, until, limit)
SEATBOOK_DESCRIBE(UsageOverTime, steps, next, version)
SEATBOOK_DESCRIBE(OffboardingQuery, license, since, until, after, limit)
SEATBOOK_DESCRIBE(OffboardingRow, flagged, assignment, license, license_name, person, name, outcome,
                  offboarded_at, released_at, days)
SEATBOOK_DESCRIBE(OffboardingTimes, rows, more, waiting, kept, released, reactivated, days_sum,
                  mean_days, median_days, longest_days, version)

// events

SEATBOOK_DESCRIBE(Event, seq, kind, at, version, assignment, license, license_name, person,
                  person_name, person_email, actor, actor_name)
SEATBOOK_DESCRIBE(EventPage, events, next, more)
SEATBOOK_DESCRIBE(NotificationPage, notifications, next, more)
SEATBOOK_DESCRIBE_AS(Notification::Seat, NotificationSeat, assignment, license, license_name)
SEATBOOK_DESCRIBE(Notification, version, seq, at, person, person_name, person_email, seats, actor,
                  actor_name)

// statistics, log

SEATBOOK_DESCRIBE(CallTimes, calls, total_us, longest_us)
SEATBOOK_DESCRIBE(BookStats, version, people, licenses, assignments, history_rows, queue_length,
                  wait, batches, groups, largest_group, groups_of_1, groups_of_2_to_3,
                  groups_of_4_to_7, groups_of_8_to_15, groups_of_16_to_31, groups_of_32_to_64,
                  failed_commands, lock, read, append, sync, find, conflicts, storage_failures,
                  unknown_outcomes, rereads, dropped_events, listener_failures, log_failures)
SEATBOOK_DESCRIBE(LogEntry, level, kind, code, message, duration_us)

// sessions

SEATBOOK_DESCRIBE(Actor, actor, person, role, permissions)

// errors

SEATBOOK_DESCRIBE(Error, code, message, field, index, values, outcomes)
SEATBOOK_DESCRIBE(Outcome, code, item, assignment)

// values that methods compute

SEATBOOK_DERIVED(Usage, available, over_by, can_assign, text, available_text)
SEATBOOK_DERIVED(BulkSummary, assign_text)
SEATBOOK_DERIVED(RosterReport, unmatched_emails)
SEATBOOK_DERIVED_OUTSIDE_JSON(Assignment, active)
SEATBOOK_DERIVED_OUTSIDE_JSON(HistoryRow, grants, removes)
SEATBOOK_DERIVED_OUTSIDE_JSON(MoneyTotal, twelfths)
SEATBOOK_DERIVED_OUTSIDE_JSON(RosterFileRow, reason)

// required members

SEATBOOK_REQUIRED(AddPerson, name)
SEATBOOK_REQUIRED(AddLicense, name)
SEATBOOK_REQUIRED(SetTotalSeats, total_seats)
SEATBOOK_REQUIRED(SetPolicy, policy)
SEATBOOK_REQUIRED(RecordUse, used_at)
SEATBOOK_REQUIRED(ImportRoster, csv)
SEATBOOK_REQUIRED(ImportPeople, csv)
SEATBOOK_REQUIRED(ImportLicenses, csv)
SEATBOOK_REQUIRED(RenewalsQuery, until)
// clang-format on

/// Calls visit(name, access) for each argument of an export: its own members, and those of its list
/// and its format. access(request) returns a reference to the value. A file has all rows, so the
/// members of the list that select a page are left out.
template <class Export, class Visitor>
void visit_export(Visitor&& visit) {
  Description<Export>::visit([&](const char* name, auto member) {
    using Member = std::decay_t<decltype(std::declval<Export&>().*member)>;
    if constexpr (is_described<Member>) {
      Description<Member>::visit([&](const char* inner_name, auto inner) {
        const std::string_view text = inner_name;
        if (text == "after" || text == "limit") return;
        visit(inner_name, [=](Export& request) -> auto& { return request.*member.*inner; });
      });
    } else {
      visit(name, [=](Export& request) -> auto& { return request.*member; });
    }
  });
}

}  // namespace seatbook

#endif  // SEATBOOK_DESCRIBE_HPP_
