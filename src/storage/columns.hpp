/// One list of columns for each kind of record, which database storages write, read and add to the
/// checksum.
///
/// Columns<Record>::visit() calls a visitor for every member, in the order of the columns. A
/// visitor has one function for each type of column:
///
///     key(name, id)             the primary key
///     number(name, value)       an id, a revision, a version, an instant: an integer, never null
///     number_or_null(name, v)   the same; null for an id of 0 and an empty optional
///     money(name, value)        whole ten-thousandths; null for none
///     date(name, value)         the text YYYY-MM-DD; null for none
///     total(name, value)        a number of seats; null for unlimited
///     text(name, value)         never null
///     text_or_null(name, v)     null if empty
///     choice(name, value)       an enumerator's name
///     flag(name, value)         0 or 1
///     terms(name, value)        the four columns of a license's terms; `name` is their suffix
#ifndef SEATBOOK_STORAGE_COLUMNS_HPP_
#define SEATBOOK_STORAGE_COLUMNS_HPP_

#include <cstdint>

#include "seatbook/records.hpp"

namespace seatbook::detail {

/// Returns the number that a database stores for a value.
template <class Tag>
std::uint64_t stored_number(Id<Tag> id) {
  return id.value;
}
inline std::uint64_t stored_number(Timestamp instant) {
  return static_cast<std::uint64_t>(instant.us);
}
inline std::uint64_t stored_number(Money money) {
  return static_cast<std::uint64_t>(money.ten_thousandths);
}

template <class Record>
struct Columns;

template <>
struct Columns<BookInfo> {
  template <class Visitor, class Record>
  static void visit(Visitor& column, Record& info) {
    PersonId only(1);
    column.key("id", only);
    column.text("unicode_version", info.unicode_version);
  }
};

template <>
struct Columns<Person> {
  template <class Visitor, class Record>
  static void visit(Visitor& column, Record& person) {
    column.key("id", person.id);
    column.text("name", person.name);
    column.text_or_null("email", person.email);
    column.text_or_null("host_key", person.host_key);
    column.choice("state", person.state);
    column.number("revision", person.revision);
  }
};

template <>
struct Columns<ActorRecord> {
  template <class Visitor, class Record>
  static void visit(Visitor& column, Record& actor) {
    column.key("id", actor.id);
    column.text_or_null("actor", actor.actor);
    column.number_or_null("person", actor.person);
  }
};

template <>
struct Columns<License> {
  template <class Visitor, class Record>
  static void visit(Visitor& column, Record& license) {
    column.key("id", license.id);
    column.text("name", license.name);
    column.text_or_null("vendor", license.vendor);
    column.text_or_null("product_group", license.product_group);
    column.text_or_null("host_key", license.host_key);
    column.total("total_seats", license.total_seats);
    column.choice("policy", license.policy);
    column.number("owner", license.owner);
    column.number_or_null("backup_owner", license.backup_owner);
    column.money("cost_per_seat_ten_thousandths", license.cost_per_seat);
    column.text_or_null("currency", license.currency);
    column.choice("billing_period", license.billing_period);
    column.date("renewal_date", license.renewal_date);
    column.choice("state", license.state);
    column.number("revision", license.revision);
  }
};

template <>
struct Columns<Assignment> {
  template <class Visitor, class Record>
  static void visit(Visitor& column, Record& assignment) {
    column.key("id", assignment.id);
    column.number("license", assignment.license);
    column.number("person", assignment.person);
    column.number("assigned_at_us", assignment.assigned_at);
    column.number("assigned_by", assignment.assigned_by);
    column.number_or_null("revoked_at_us", assignment.revoked_at);
    column.number_or_null("revoked_by", assignment.revoked_by);
    column.text_or_null("revoke_reason", assignment.revoke_reason);
    column.text_or_null("access_level", assignment.access_level);
    column.text_or_null("account", assignment.account);
    column.text_or_null("notes", assignment.notes);
    column.money("cost_override_ten_thousandths", assignment.cost_override);
    column.flag("needs_review", assignment.needs_review);
    column.number("revision", assignment.revision);
  }
};

template <>
struct Columns<HistoryRow> {
  template <class Visitor, class Record>
  static void visit(Visitor& column, Record& row) {
    column.key("seq", row.seq);
    column.number("batch", row.batch);
    column.number("at_us", row.at);
    column.number("actor", row.actor);
    column.choice("kind", row.kind);
    column.number_or_null("license", row.license);
    column.number_or_null("person", row.person);
    column.number_or_null("assignment", row.assignment);
    column.number_or_null("counterpart", row.counterpart);
    column.terms("before", row.before);
    column.terms("after", row.after);
  }
};

template <>
struct Columns<HistoryTexts> {
  template <class Visitor, class Record>
  static void visit(Visitor& column, Record& texts) {
    column.key("seq", texts.seq);
    column.text_or_null("name_before", texts.name_before);
    column.text_or_null("name_after", texts.name_after);
    column.text_or_null("email_before", texts.email_before);
    column.text_or_null("email_after", texts.email_after);
    column.text_or_null("reason", texts.reason);
  }
};

template <>
struct Columns<LastUse> {
  template <class Visitor, class Record>
  static void visit(Visitor& column, Record& use) {
    column.key("assignment", use.assignment);
    column.number("used_at_us", use.used_at);
  }
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_STORAGE_COLUMNS_HPP_
