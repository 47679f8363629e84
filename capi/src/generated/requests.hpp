// Made by capi/tools/generate.py: do not edit.
#ifndef SEATBOOK_CAPI_GENERATED_REQUESTS_HPP_
#define SEATBOOK_CAPI_GENERATED_REQUESTS_HPP_

#include <optional>

#include "capi/src/reader.hpp"
#include "capi/src/storages.hpp"

namespace seatbook::capi {

template <>
struct Layout<seatbook_open_options> {
  static constexpr std::uint64_t known_fields = 0x3fff;
  static constexpr std::size_t first_size = 112;
  static constexpr bool reserved_is_zero(const seatbook_open_options& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_actor> {
  static constexpr std::uint64_t known_fields = 0xf;
  static constexpr std::size_t first_size = 48;
  static constexpr bool reserved_is_zero(const seatbook_actor& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_seat_use> {
  static constexpr std::uint64_t known_fields = 0xf;
  static constexpr std::size_t first_size = 56;
  static constexpr bool reserved_is_zero(const seatbook_seat_use& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_people_columns> {
  static constexpr std::uint64_t known_fields = 0x3f;
  static constexpr std::size_t first_size = 112;
  static constexpr bool reserved_is_zero(const seatbook_people_columns& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_license_columns> {
  static constexpr std::uint64_t known_fields = 0xfff;
  static constexpr std::size_t first_size = 208;
  static constexpr bool reserved_is_zero(const seatbook_license_columns& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_csv_format> {
  static constexpr std::uint64_t known_fields = 0x7;
  static constexpr std::size_t first_size = 32;
  static constexpr bool reserved_is_zero(const seatbook_csv_format& from) {
    return from.reserved_0 == 0;
  }
};

template <>
struct Layout<seatbook_add_person_request> {
  static constexpr std::uint64_t known_fields = 0xf;
  static constexpr std::size_t first_size = 80;
  static constexpr bool reserved_is_zero(const seatbook_add_person_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_update_person_request> {
  static constexpr std::uint64_t known_fields = 0x3f;
  static constexpr std::size_t first_size = 96;
  static constexpr bool reserved_is_zero(const seatbook_update_person_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_archive_person_request> {
  static constexpr std::uint64_t known_fields = 0x7;
  static constexpr std::size_t first_size = 48;
  static constexpr bool reserved_is_zero(const seatbook_archive_person_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_reactivate_person_request> {
  static constexpr std::uint64_t known_fields = 0x7;
  static constexpr std::size_t first_size = 48;
  static constexpr bool reserved_is_zero(const seatbook_reactivate_person_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_erase_person_request> {
  static constexpr std::uint64_t known_fields = 0xf;
  static constexpr std::size_t first_size = 56;
  static constexpr bool reserved_is_zero(const seatbook_erase_person_request& from) {
    return from.reserved_0 == 0;
  }
};

template <>
struct Layout<seatbook_add_license_request> {
  static constexpr std::uint64_t known_fields = 0x1fff;
  static constexpr std::size_t first_size = 160;
  static constexpr bool reserved_is_zero(const seatbook_add_license_request& from) {
    return from.reserved_0 == 0;
  }
};

template <>
struct Layout<seatbook_update_license_request> {
  static constexpr std::uint64_t known_fields = 0x7ff;
  static constexpr std::size_t first_size = 144;
  static constexpr bool reserved_is_zero(const seatbook_update_license_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_set_total_seats_request> {
  static constexpr std::uint64_t known_fields = 0xf;
  static constexpr std::size_t first_size = 56;
  static constexpr bool reserved_is_zero(const seatbook_set_total_seats_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_set_policy_request> {
  static constexpr std::uint64_t known_fields = 0xf;
  static constexpr std::size_t first_size = 56;
  static constexpr bool reserved_is_zero(const seatbook_set_policy_request& from) {
    return from.reserved_0 == 0;
  }
};

template <>
struct Layout<seatbook_set_owners_request> {
  static constexpr std::uint64_t known_fields = 0x1f;
  static constexpr std::size_t first_size = 64;
  static constexpr bool reserved_is_zero(const seatbook_set_owners_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_archive_license_request> {
  static constexpr std::uint64_t known_fields = 0x7;
  static constexpr std::size_t first_size = 48;
  static constexpr bool reserved_is_zero(const seatbook_archive_license_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_reactivate_license_request> {
  static constexpr std::uint64_t known_fields = 0x7;
  static constexpr std::size_t first_size = 48;
  static constexpr bool reserved_is_zero(const seatbook_reactivate_license_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_assign_request> {
  static constexpr std::uint64_t known_fields = 0x7f;
  static constexpr std::size_t first_size = 104;
  static constexpr bool reserved_is_zero(const seatbook_assign_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_bulk_assign_request> {
  static constexpr std::uint64_t known_fields = 0x1f;
  static constexpr std::size_t first_size = 64;
  static constexpr bool reserved_is_zero(const seatbook_bulk_assign_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_assign_many_request> {
  static constexpr std::uint64_t known_fields = 0x7f;
  static constexpr std::size_t first_size = 88;
  static constexpr bool reserved_is_zero(const seatbook_assign_many_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_revoke_request> {
  static constexpr std::uint64_t known_fields = 0xf;
  static constexpr std::size_t first_size = 64;
  static constexpr bool reserved_is_zero(const seatbook_revoke_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_revoke_all_request> {
  static constexpr std::uint64_t known_fields = 0xf;
  static constexpr std::size_t first_size = 64;
  static constexpr bool reserved_is_zero(const seatbook_revoke_all_request& from) {
    return from.reserved_0 == 0;
  }
};

template <>
struct Layout<seatbook_transfer_request> {
  static constexpr std::uint64_t known_fields = 0xf;
  static constexpr std::size_t first_size = 56;
  static constexpr bool reserved_is_zero(const seatbook_transfer_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_edit_seat_request> {
  static constexpr std::uint64_t known_fields = 0x7f;
  static constexpr std::size_t first_size = 104;
  static constexpr bool reserved_is_zero(const seatbook_edit_seat_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_mark_reviewed_request> {
  static constexpr std::uint64_t known_fields = 0x7;
  static constexpr std::size_t first_size = 48;
  static constexpr bool reserved_is_zero(const seatbook_mark_reviewed_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_record_use_request> {
  static constexpr std::uint64_t known_fields = 0x7;
  static constexpr std::size_t first_size = 48;
  static constexpr bool reserved_is_zero(const seatbook_record_use_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_record_uses_request> {
  static constexpr std::uint64_t known_fields = 0xf;
  static constexpr std::size_t first_size = 56;
  static constexpr bool reserved_is_zero(const seatbook_record_uses_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_people_request> {
  static constexpr std::uint64_t known_fields = 0x7;
  static constexpr std::size_t first_size = 32;
  static constexpr bool reserved_is_zero(const seatbook_people_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_licenses_request> {
  static constexpr std::uint64_t known_fields = 0x7;
  static constexpr std::size_t first_size = 32;
  static constexpr bool reserved_is_zero(const seatbook_licenses_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_find_person_request> {
  static constexpr std::uint64_t known_fields = 0x3;
  static constexpr std::size_t first_size = 48;
  static constexpr bool reserved_is_zero(const seatbook_find_person_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_find_license_request> {
  static constexpr std::uint64_t known_fields = 0x1;
  static constexpr std::size_t first_size = 32;
  static constexpr bool reserved_is_zero(const seatbook_find_license_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_find_actor_request> {
  static constexpr std::uint64_t known_fields = 0x3;
  static constexpr std::size_t first_size = 40;
  static constexpr bool reserved_is_zero(const seatbook_find_actor_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_assignable_people_request> {
  static constexpr std::uint64_t known_fields = 0x7;
  static constexpr std::size_t first_size = 48;
  static constexpr bool reserved_is_zero(const seatbook_assignable_people_request& from) {
    return from.reserved_0 == 0;
  }
};

template <>
struct Layout<seatbook_needs_review_request> {
  static constexpr std::uint64_t known_fields = 0x1;
  static constexpr std::size_t first_size = 24;
  static constexpr bool reserved_is_zero(const seatbook_needs_review_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_needs_review_count_request> {
  static constexpr std::uint64_t known_fields = 0x1;
  static constexpr std::size_t first_size = 24;
  static constexpr bool reserved_is_zero(const seatbook_needs_review_count_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_renewals_due_request> {
  static constexpr std::uint64_t known_fields = 0x7;
  static constexpr std::size_t first_size = 32;
  static constexpr bool reserved_is_zero(const seatbook_renewals_due_request& from) {
    return from.reserved_0 == 0;
  }
};

template <>
struct Layout<seatbook_history_request> {
  static constexpr std::uint64_t known_fields = 0x1ff;
  static constexpr std::size_t first_size = 80;
  static constexpr bool reserved_is_zero(const seatbook_history_request& from) {
    return from.reserved_0 == 0;
  }
};

template <>
struct Layout<seatbook_seat_list_request> {
  static constexpr std::uint64_t known_fields = 0xfff;
  static constexpr std::size_t first_size = 104;
  static constexpr bool reserved_is_zero(const seatbook_seat_list_request& from) {
    return from.reserved_0 == 0 && from.reserved_1 == 0;
  }
};

template <>
struct Layout<seatbook_seat_figures_request> {
  static constexpr std::uint64_t known_fields = 0xf;
  static constexpr std::size_t first_size = 40;
  static constexpr bool reserved_is_zero(const seatbook_seat_figures_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_roster_request> {
  static constexpr std::uint64_t known_fields = 0xf;
  static constexpr std::size_t first_size = 48;
  static constexpr bool reserved_is_zero(const seatbook_roster_request& from) {
    return from.reserved_0 == 0 && from.reserved_1 == 0;
  }
};

template <>
struct Layout<seatbook_export_seat_list_request> {
  static constexpr std::uint64_t known_fields = 0x3fff;
  static constexpr std::size_t first_size = 96;
  static constexpr bool reserved_is_zero(const seatbook_export_seat_list_request& from) {
    static_cast<void>(from);
    return true;
  }
  static constexpr std::uint64_t sink_bit = 0x2000;
};

template <>
struct Layout<seatbook_export_roster_request> {
  static constexpr std::uint64_t known_fields = 0x3f;
  static constexpr std::size_t first_size = 48;
  static constexpr bool reserved_is_zero(const seatbook_export_roster_request& from) {
    static_cast<void>(from);
    return true;
  }
  static constexpr std::uint64_t sink_bit = 0x20;
};

template <>
struct Layout<seatbook_export_history_request> {
  static constexpr std::uint64_t known_fields = 0xfff;
  static constexpr std::size_t first_size = 96;
  static constexpr bool reserved_is_zero(const seatbook_export_history_request& from) {
    return from.reserved_0 == 0;
  }
  static constexpr std::uint64_t sink_bit = 0x800;
};

template <>
struct Layout<seatbook_utilization_request> {
  static constexpr std::uint64_t known_fields = 0x3f;
  static constexpr std::size_t first_size = 64;
  static constexpr bool reserved_is_zero(const seatbook_utilization_request& from) {
    return from.reserved_0 == 0 && from.reserved_1 == 0;
  }
};

template <>
struct Layout<seatbook_reclaim_candidates_request> {
  static constexpr std::uint64_t known_fields = 0x1f;
  static constexpr std::size_t first_size = 48;
  static constexpr bool reserved_is_zero(const seatbook_reclaim_candidates_request& from) {
    return from.reserved_0 == 0;
  }
};

template <>
struct Layout<seatbook_usage_over_time_request> {
  static constexpr std::uint64_t known_fields = 0xf;
  static constexpr std::size_t first_size = 48;
  static constexpr bool reserved_is_zero(const seatbook_usage_over_time_request& from) {
    return from.reserved_0 == 0;
  }
};

template <>
struct Layout<seatbook_peak_usage_request> {
  static constexpr std::uint64_t known_fields = 0x7;
  static constexpr std::size_t first_size = 40;
  static constexpr bool reserved_is_zero(const seatbook_peak_usage_request& from) {
    static_cast<void>(from);
    return true;
  }
};

template <>
struct Layout<seatbook_offboarding_times_request> {
  static constexpr std::uint64_t known_fields = 0x1f;
  static constexpr std::size_t first_size = 56;
  static constexpr bool reserved_is_zero(const seatbook_offboarding_times_request& from) {
    return from.reserved_0 == 0;
  }
};

template <>
struct Layout<seatbook_import_roster_request> {
  static constexpr std::uint64_t known_fields = 0x7f;
  static constexpr std::size_t first_size = 80;
  static constexpr bool reserved_is_zero(const seatbook_import_roster_request& from) {
    return from.reserved_0 == 0;
  }
};

template <>
struct Layout<seatbook_import_people_request> {
  static constexpr std::uint64_t known_fields = 0xff;
  static constexpr std::size_t first_size = 80;
  static constexpr bool reserved_is_zero(const seatbook_import_people_request& from) {
    return from.reserved_0 == 0 && from.reserved_1 == 0;
  }
};

template <>
struct Layout<seatbook_import_licenses_request> {
  static constexpr std::uint64_t known_fields = 0xfff;
  static constexpr std::size_t first_size = 120;
  static constexpr bool reserved_is_zero(const seatbook_import_licenses_request& from) {
    return from.reserved_0 == 0;
  }
};

inline void read_members(Reader& in, const seatbook_open_options& from, Opening& to) {
  in.read(0x1, "clock", from.clock, to.clock);
  in.read(0x2, "allow_clock_behind", from.allow_clock_behind, to.allow_clock_behind);
  in.read(0x4, "read_only", from.read_only, to.read_only);
  in.read(0x8, "must_exist", from.must_exist, to.must_exist);
  in.read(0x10, "durability", from.durability, to.durability);
  in.read(0x20, "vfs", from.vfs, to.vfs);
  in.read(0x40, "book", from.book, to.book);
  in.read(0x80, "schema", from.schema, to.schema);
  in.read(0x100, "connect_timeout_ms", from.connect_timeout_ms, to.connect_timeout_ms);
  in.read(0x200, "lock_timeout_ms", from.lock_timeout_ms, to.lock_timeout_ms);
  in.read(0x400, "statement_timeout_ms", from.statement_timeout_ms, to.statement_timeout_ms);
  in.read(0x800, "idle_transaction_timeout_ms", from.idle_transaction_timeout_ms, to.idle_transaction_timeout_ms);
  in.read(0x1000, "tcp_timeout_ms", from.tcp_timeout_ms, to.tcp_timeout_ms);
  in.read(0x2000, "retry_for_ms", from.retry_for_ms, to.retry_for_ms);
}

inline void read_members(Reader& in, const seatbook_actor& from, Actor& to) {
  in.read(0x1, "actor", from.actor, to.actor);
  in.read(0x2, "person", from.person, to.person);
  in.read(0x4, "role", from.role, to.role);
  in.permissions(0x8, "permissions", from.permissions, to.permissions);
}

inline void read_members(Reader& in, const seatbook_seat_use& from, SeatUse& to) {
  in.read(0x1, "assignment", from.assignment, to.assignment);
  in.read(0x2, "license", from.license, to.license);
  in.read(0x4, "email", from.email, to.email);
  in.read(0x8, "used_at", from.used_at, to.used_at);
}

inline void read_members(Reader& in, const seatbook_people_columns& from, PeopleColumns& to) {
  in.read(0x1, "name", from.name, to.name);
  in.read(0x2, "first_name", from.first_name, to.first_name);
  in.read(0x4, "last_name", from.last_name, to.last_name);
  in.read(0x8, "email", from.email, to.email);
  in.read(0x10, "host_key", from.host_key, to.host_key);
  in.read(0x20, "active", from.active, to.active);
}

inline void read_members(Reader& in, const seatbook_license_columns& from, LicenseColumns& to) {
  in.read(0x1, "name", from.name, to.name);
  in.read(0x2, "vendor", from.vendor, to.vendor);
  in.read(0x4, "product_group", from.product_group, to.product_group);
  in.read(0x8, "host_key", from.host_key, to.host_key);
  in.read(0x10, "total_seats", from.total_seats, to.total_seats);
  in.read(0x20, "cost_per_seat", from.cost_per_seat, to.cost_per_seat);
  in.read(0x40, "currency", from.currency, to.currency);
  in.read(0x80, "billing_period", from.billing_period, to.billing_period);
  in.read(0x100, "renewal_date", from.renewal_date, to.renewal_date);
  in.read(0x200, "policy", from.policy, to.policy);
  in.read(0x400, "owner_email", from.owner_email, to.owner_email);
  in.read(0x800, "holder_email", from.holder_email, to.holder_email);
}

inline void read_members(Reader& in, const seatbook_csv_format& from, CsvFormat& to) {
  in.read(0x1, "profile", from.profile, to.profile);
  in.read(0x2, "utc_offset_minutes", from.utc_offset_minutes, to.utc_offset_minutes);
  in.read(0x4, "byte_order_mark", from.byte_order_mark, to.byte_order_mark);
}

inline void read_members(Reader& in, const seatbook_add_person_request& from, AddPerson& to) {
  in.read(0x1, "name", from.name, to.name);
  in.read(0x2, "email", from.email, to.email);
  in.read(0x4, "host_key", from.host_key, to.host_key);
  in.read(0x8, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_update_person_request& from, UpdatePerson& to) {
  in.read(0x1, "person", from.person, to.person);
  in.read(0x2, "name", from.name, to.name);
  in.read(0x4, "email", from.email, to.email);
  in.read(0x8, "host_key", from.host_key, to.host_key);
  in.read(0x10, "expected_revision", from.expected_revision, to.expected_revision);
  in.read(0x20, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_archive_person_request& from, ArchivePerson& to) {
  in.read(0x1, "person", from.person, to.person);
  in.read(0x2, "expected_revision", from.expected_revision, to.expected_revision);
  in.read(0x4, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_reactivate_person_request& from, ReactivatePerson& to) {
  in.read(0x1, "person", from.person, to.person);
  in.read(0x2, "expected_revision", from.expected_revision, to.expected_revision);
  in.read(0x4, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_erase_person_request& from, ErasePerson& to) {
  in.read(0x1, "person", from.person, to.person);
  in.read(0x2, "revoke_first", from.revoke_first, to.revoke_first);
  in.read(0x4, "expected_revision", from.expected_revision, to.expected_revision);
  in.read(0x8, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_add_license_request& from, AddLicense& to) {
  in.read(0x1, "name", from.name, to.name);
  in.read(0x2, "vendor", from.vendor, to.vendor);
  in.read(0x4, "product_group", from.product_group, to.product_group);
  in.read(0x8, "host_key", from.host_key, to.host_key);
  in.read(0x10, "total_seats", from.total_seats, to.total_seats);
  in.read(0x20, "policy", from.policy, to.policy);
  in.read(0x40, "owner", from.owner, to.owner);
  in.read(0x80, "backup_owner", from.backup_owner, to.backup_owner);
  in.read(0x100, "cost_per_seat", from.cost_per_seat, to.cost_per_seat);
  in.read(0x200, "currency", from.currency, to.currency);
  in.read(0x400, "billing_period", from.billing_period, to.billing_period);
  in.read(0x800, "renewal_date", from.renewal_date, to.renewal_date);
  in.read(0x1000, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_update_license_request& from, UpdateLicense& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "name", from.name, to.name);
  in.read(0x4, "vendor", from.vendor, to.vendor);
  in.read(0x8, "product_group", from.product_group, to.product_group);
  in.read(0x10, "host_key", from.host_key, to.host_key);
  in.read(0x20, "cost_per_seat", from.cost_per_seat, to.cost_per_seat);
  in.read(0x40, "currency", from.currency, to.currency);
  in.read(0x80, "billing_period", from.billing_period, to.billing_period);
  in.read(0x100, "renewal_date", from.renewal_date, to.renewal_date);
  in.read(0x200, "expected_revision", from.expected_revision, to.expected_revision);
  in.read(0x400, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_set_total_seats_request& from, SetTotalSeats& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "total_seats", from.total_seats, to.total_seats);
  in.read(0x4, "expected_revision", from.expected_revision, to.expected_revision);
  in.read(0x8, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_set_policy_request& from, SetPolicy& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "policy", from.policy, to.policy);
  in.read(0x4, "expected_revision", from.expected_revision, to.expected_revision);
  in.read(0x8, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_set_owners_request& from, SetOwners& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "owner", from.owner, to.owner);
  in.read(0x4, "backup_owner", from.backup_owner, to.backup_owner);
  in.read(0x8, "expected_revision", from.expected_revision, to.expected_revision);
  in.read(0x10, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_archive_license_request& from, ArchiveLicense& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "expected_revision", from.expected_revision, to.expected_revision);
  in.read(0x4, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_reactivate_license_request& from, ReactivateLicense& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "expected_revision", from.expected_revision, to.expected_revision);
  in.read(0x4, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_assign_request& from, Assign& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "person", from.person, to.person);
  in.read(0x4, "access_level", from.access_level, to.access_level);
  in.read(0x8, "account", from.account, to.account);
  in.read(0x10, "notes", from.notes, to.notes);
  in.read(0x20, "cost_override", from.cost_override, to.cost_override);
  in.read(0x40, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_bulk_assign_request& from, BulkAssign& to) {
  in.read(0x1, "person", from.person, to.person);
  in.read(0x2, "licenses", from.licenses, from.licenses_count, to.licenses);
  in.read(0x4, "all_or_nothing", from.all_or_nothing, to.all_or_nothing);
  in.read(0x8, "dry_run", from.dry_run, to.dry_run);
  in.read(0x10, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_assign_many_request& from, AssignMany& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "people", from.people, from.people_count, to.people);
  in.read(0x4, "access_level", from.access_level, to.access_level);
  in.read(0x8, "cost_override", from.cost_override, to.cost_override);
  in.read(0x10, "all_or_nothing", from.all_or_nothing, to.all_or_nothing);
  in.read(0x20, "dry_run", from.dry_run, to.dry_run);
  in.read(0x40, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_revoke_request& from, Revoke& to) {
  in.read(0x1, "assignment", from.assignment, to.assignment);
  in.read(0x2, "reason", from.reason, to.reason);
  in.read(0x4, "expected_revision", from.expected_revision, to.expected_revision);
  in.read(0x8, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_revoke_all_request& from, RevokeAll& to) {
  in.read(0x1, "person", from.person, to.person);
  in.read(0x2, "reason", from.reason, to.reason);
  in.read(0x4, "dry_run", from.dry_run, to.dry_run);
  in.read(0x8, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_transfer_request& from, Transfer& to) {
  in.read(0x1, "assignment", from.assignment, to.assignment);
  in.read(0x2, "person", from.person, to.person);
  in.read(0x4, "expected_revision", from.expected_revision, to.expected_revision);
  in.read(0x8, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_edit_seat_request& from, EditSeat& to) {
  in.read(0x1, "assignment", from.assignment, to.assignment);
  in.read(0x2, "access_level", from.access_level, to.access_level);
  in.read(0x4, "account", from.account, to.account);
  in.read(0x8, "notes", from.notes, to.notes);
  in.read(0x10, "cost_override", from.cost_override, to.cost_override);
  in.read(0x20, "expected_revision", from.expected_revision, to.expected_revision);
  in.read(0x40, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_mark_reviewed_request& from, MarkReviewed& to) {
  in.read(0x1, "assignment", from.assignment, to.assignment);
  in.read(0x2, "expected_revision", from.expected_revision, to.expected_revision);
  in.read(0x4, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_record_use_request& from, RecordUse& to) {
  in.read(0x1, "assignment", from.assignment, to.assignment);
  in.read(0x2, "used_at", from.used_at, to.used_at);
  in.read(0x4, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_record_uses_request& from, RecordUses& to) {
  in.read(0x1, "uses", from.uses, from.uses_count, to.uses);
  in.read(0x2, "all_or_nothing", from.all_or_nothing, to.all_or_nothing);
  in.read(0x4, "dry_run", from.dry_run, to.dry_run);
  in.read(0x8, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_people_request& from, PeopleQuery& to) {
  in.read(0x1, "after", from.after, to.after);
  in.read(0x2, "state", from.state, to.state);
  in.read(0x4, "limit", from.limit, to.limit);
}

inline void read_members(Reader& in, const seatbook_licenses_request& from, LicensesQuery& to) {
  in.read(0x1, "after", from.after, to.after);
  in.read(0x2, "state", from.state, to.state);
  in.read(0x4, "limit", from.limit, to.limit);
}

inline void read_members(Reader& in, const seatbook_find_person_request& from, PersonLookup& to) {
  in.read(0x1, "email", from.email, to.email);
  in.read(0x2, "host_key", from.host_key, to.host_key);
}

inline void read_members(Reader& in, const seatbook_find_license_request& from, LicenseLookup& to) {
  in.read(0x1, "host_key", from.host_key, to.host_key);
}

inline void read_members(Reader& in, const seatbook_find_actor_request& from, ActorLookup& to) {
  in.read(0x1, "actor", from.actor, to.actor);
  in.read(0x2, "person", from.person, to.person);
}

inline void read_members(Reader& in, const seatbook_assignable_people_request& from, AssignableQuery& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "search", from.search, to.search);
  in.read(0x4, "limit", from.limit, to.limit);
}

inline void read_members(Reader& in, const seatbook_renewals_due_request& from, RenewalsQuery& to) {
  in.read(0x1, "until", from.until, to.until);
  in.read(0x2, "inactive_days", from.inactive_days, to.inactive_days);
  in.read(0x4, "new_seat_grace_days", from.new_seat_grace_days, to.new_seat_grace_days);
}

inline void read_members(Reader& in, const seatbook_history_request& from, HistoryQuery& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "person", from.person, to.person);
  in.read(0x4, "actor", from.actor, to.actor);
  in.read(0x8, "kind", from.kind, to.kind);
  in.read(0x10, "since", from.since, to.since);
  in.read(0x20, "until", from.until, to.until);
  in.read(0x40, "from", from.from, to.from);
  in.read(0x80, "newest_first", from.newest_first, to.newest_first);
  in.read(0x100, "limit", from.limit, to.limit);
}

inline void read_members(Reader& in, const seatbook_seat_list_request& from, SeatListQuery& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "person", from.person, to.person);
  in.read(0x4, "search", from.search, to.search);
  in.read(0x8, "inactive_only", from.inactive_only, to.inactive_only);
  in.read(0x10, "inactive_days", from.inactive_days, to.inactive_days);
  in.read(0x20, "new_seat_grace_days", from.new_seat_grace_days, to.new_seat_grace_days);
  in.read(0x40, "needs_review_only", from.needs_review_only, to.needs_review_only);
  in.read(0x80, "archived_only", from.archived_only, to.archived_only);
  in.read(0x100, "sort", from.sort, to.sort);
  in.read(0x200, "descending", from.descending, to.descending);
  in.read(0x400, "after", from.after, to.after);
  in.read(0x800, "limit", from.limit, to.limit);
}

inline void read_members(Reader& in, const seatbook_seat_figures_request& from, SeatFiguresQuery& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "person", from.person, to.person);
  in.read(0x4, "inactive_days", from.inactive_days, to.inactive_days);
  in.read(0x8, "new_seat_grace_days", from.new_seat_grace_days, to.new_seat_grace_days);
}

inline void read_members(Reader& in, const seatbook_roster_request& from, RosterQuery& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "active_only", from.active_only, to.active_only);
  in.read(0x4, "after", from.after, to.after);
  in.read(0x8, "limit", from.limit, to.limit);
}

inline void read_members(Reader& in, const seatbook_export_seat_list_request& from, ExportSeatList& to) {
  in.read(0x1, "license", from.license, to.list.license);
  in.read(0x2, "person", from.person, to.list.person);
  in.read(0x4, "search", from.search, to.list.search);
  in.read(0x8, "inactive_only", from.inactive_only, to.list.inactive_only);
  in.read(0x10, "inactive_days", from.inactive_days, to.list.inactive_days);
  in.read(0x20, "new_seat_grace_days", from.new_seat_grace_days, to.list.new_seat_grace_days);
  in.read(0x40, "needs_review_only", from.needs_review_only, to.list.needs_review_only);
  in.read(0x80, "archived_only", from.archived_only, to.list.archived_only);
  in.read(0x100, "sort", from.sort, to.list.sort);
  in.read(0x200, "descending", from.descending, to.list.descending);
  in.read(0x400, "profile", from.profile, to.format.profile);
  in.read(0x800, "utc_offset_minutes", from.utc_offset_minutes, to.format.utc_offset_minutes);
  in.read(0x1000, "byte_order_mark", from.byte_order_mark, to.format.byte_order_mark);
  in.sink(0x2000, "sink", from.sink);
}

inline void read_members(Reader& in, const seatbook_export_roster_request& from, ExportRoster& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "include_cost", from.include_cost, to.include_cost);
  in.read(0x4, "profile", from.profile, to.format.profile);
  in.read(0x8, "utc_offset_minutes", from.utc_offset_minutes, to.format.utc_offset_minutes);
  in.read(0x10, "byte_order_mark", from.byte_order_mark, to.format.byte_order_mark);
  in.sink(0x20, "sink", from.sink);
}

inline void read_members(Reader& in, const seatbook_export_history_request& from, ExportHistory& to) {
  in.read(0x1, "license", from.license, to.history.license);
  in.read(0x2, "person", from.person, to.history.person);
  in.read(0x4, "actor", from.actor, to.history.actor);
  in.read(0x8, "kind", from.kind, to.history.kind);
  in.read(0x10, "since", from.since, to.history.since);
  in.read(0x20, "until", from.until, to.history.until);
  in.read(0x40, "from", from.from, to.history.from);
  in.read(0x80, "newest_first", from.newest_first, to.history.newest_first);
  in.read(0x100, "profile", from.profile, to.format.profile);
  in.read(0x200, "utc_offset_minutes", from.utc_offset_minutes, to.format.utc_offset_minutes);
  in.read(0x400, "byte_order_mark", from.byte_order_mark, to.format.byte_order_mark);
  in.sink(0x800, "sink", from.sink);
}

inline void read_members(Reader& in, const seatbook_utilization_request& from, UtilizationQuery& to) {
  in.read(0x1, "by", from.by, to.by);
  in.read(0x2, "license", from.license, to.license);
  in.read(0x4, "product_group", from.product_group, to.product_group);
  in.read(0x8, "at_least_percent", from.at_least_percent, to.at_least_percent);
  in.read(0x10, "at_most_percent", from.at_most_percent, to.at_most_percent);
  in.read(0x20, "include_archived", from.include_archived, to.include_archived);
}

inline void read_members(Reader& in, const seatbook_reclaim_candidates_request& from, ReclaimQuery& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "inactive_days", from.inactive_days, to.inactive_days);
  in.read(0x4, "new_seat_grace_days", from.new_seat_grace_days, to.new_seat_grace_days);
  in.read(0x8, "after", from.after, to.after);
  in.read(0x10, "limit", from.limit, to.limit);
}

inline void read_members(Reader& in, const seatbook_usage_over_time_request& from, UsageOverTimeQuery& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "since", from.since, to.since);
  in.read(0x4, "until", from.until, to.until);
  in.read(0x8, "limit", from.limit, to.limit);
}

inline void read_members(Reader& in, const seatbook_peak_usage_request& from, UsageRange& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "since", from.since, to.since);
  in.read(0x4, "until", from.until, to.until);
}

inline void read_members(Reader& in, const seatbook_offboarding_times_request& from, OffboardingQuery& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "since", from.since, to.since);
  in.read(0x4, "until", from.until, to.until);
  in.read(0x8, "after", from.after, to.after);
  in.read(0x10, "limit", from.limit, to.limit);
}

inline void read_members(Reader& in, const seatbook_import_roster_request& from, ImportRoster& to) {
  in.read(0x1, "license", from.license, to.license);
  in.read(0x2, "csv", from.csv, to.csv);
  in.read(0x4, "profile", from.profile, to.profile);
  in.read(0x8, "all_or_nothing", from.all_or_nothing, to.all_or_nothing);
  in.read(0x10, "dry_run", from.dry_run, to.dry_run);
  in.read(0x20, "progress", from.progress, to.progress);
  in.read(0x40, "request_id", from.request_id, to.request_id);
}

inline void read_members(Reader& in, const seatbook_import_people_request& from, ImportPeople& to) {
  in.read(0x1, "csv", from.csv, to.csv);
  in.read(0x2, "columns", from.columns, to.columns);
  in.read(0x4, "profile", from.profile, to.profile);
  in.read(0x8, "all_or_nothing", from.all_or_nothing, to.all_or_nothing);
  in.read(0x10, "dry_run", from.dry_run, to.dry_run);
  in.read(0x20, "progress", from.progress, to.progress);
  in.read(0x40, "request_id", from.request_id, to.request_id);
  in.read(0x80, "max_bytes", from.max_bytes, to.max_bytes);
}

inline void read_members(Reader& in, const seatbook_import_licenses_request& from, ImportLicenses& to) {
  in.read(0x1, "csv", from.csv, to.csv);
  in.read(0x2, "columns", from.columns, to.columns);
  in.read(0x4, "profile", from.profile, to.profile);
  in.read(0x8, "date_order", from.date_order, to.date_order);
  in.read(0x10, "currency_sign", from.currency_sign, to.currency_sign);
  in.read(0x20, "default_currency", from.default_currency, to.default_currency);
  in.read(0x40, "default_owner", from.default_owner, to.default_owner);
  in.read(0x80, "all_or_nothing", from.all_or_nothing, to.all_or_nothing);
  in.read(0x100, "dry_run", from.dry_run, to.dry_run);
  in.read(0x200, "progress", from.progress, to.progress);
  in.read(0x400, "request_id", from.request_id, to.request_id);
  in.read(0x800, "max_bytes", from.max_bytes, to.max_bytes);
}

/// The name of an option, by its bit.
inline const char* first_option(std::uint64_t fields) {
  if ((fields & 0x1) != 0) return "clock";
  if ((fields & 0x2) != 0) return "allow_clock_behind";
  if ((fields & 0x4) != 0) return "read_only";
  if ((fields & 0x8) != 0) return "must_exist";
  if ((fields & 0x10) != 0) return "durability";
  if ((fields & 0x20) != 0) return "vfs";
  if ((fields & 0x40) != 0) return "book";
  if ((fields & 0x80) != 0) return "schema";
  if ((fields & 0x100) != 0) return "connect_timeout_ms";
  if ((fields & 0x200) != 0) return "lock_timeout_ms";
  if ((fields & 0x400) != 0) return "statement_timeout_ms";
  if ((fields & 0x800) != 0) return "idle_transaction_timeout_ms";
  if ((fields & 0x1000) != 0) return "tcp_timeout_ms";
  if ((fields & 0x2000) != 0) return "retry_for_ms";
  return "fields";
}

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_GENERATED_REQUESTS_HPP_
