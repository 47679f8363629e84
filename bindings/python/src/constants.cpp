// Limits and texts of the C++ headers, named in capitals.
#include "python/src/constants.hpp"

#include <string>

#include "python/src/values.hpp"
#include "seatbook/csv.hpp"

namespace seatbook::python {
namespace {

template <class Value>
void add(py::module_& module, const char* name, const Value& value) {
  module.attr(name) = to_python(value);
}

}  // namespace

void bind_constants(py::module_& module) {
  add(module, "MAX_NAME_LENGTH", max_name_length);
  add(module, "MAX_EMAIL_LENGTH", max_email_length);
  add(module, "MAX_VENDOR_LENGTH", max_vendor_length);
  add(module, "MAX_PRODUCT_GROUP_LENGTH", max_product_group_length);
  add(module, "MAX_HOST_KEY_LENGTH", max_host_key_length);
  add(module, "MAX_ACTOR_LENGTH", max_actor_length);
  add(module, "MAX_ACCESS_LEVEL_LENGTH", max_access_level_length);
  add(module, "MAX_ACCOUNT_LENGTH", max_account_length);
  add(module, "MAX_NOTES_LENGTH", max_notes_length);
  add(module, "MAX_REASON_LENGTH", max_reason_length);
  add(module, "MAX_TEXT_BYTES", max_text_bytes);
  add(module, "MAX_BULK_ITEMS", max_bulk_items);
  add(module, "MAX_TOTAL_SEATS", max_total_seats);
  add(module, "MAX_MONEY", max_money);
  add(module, "MAX_RECORDS", max_records);
  add(module, "MIN_TIMESTAMP", min_timestamp);
  add(module, "MAX_TIMESTAMP", max_timestamp);
  add(module, "MAX_IMPORT_BYTES", max_import_bytes);
  add(module, "MAX_LARGE_IMPORT_BYTES", max_large_import_bytes);
  add(module, "MAX_IMPORT_ROWS", max_import_rows);
  add(module, "MAX_LARGE_IMPORT_ROWS", max_large_import_rows);
  add(module, "MAX_QUEUED_EVENTS", max_queued_events);
  add(module, "ALL_ROWS", all_rows);
  add(module, "MAX_LIST_LIMIT", max_list_limit);
  add(module, "MAX_INACTIVITY_DAYS", max_inactivity_days);
  add(module, "MAX_ASSIGNABLE_LIMIT", max_assignable_limit);
  add(module, "MAX_HISTORY_LIMIT", max_history_limit);
  add(module, "MAX_RECLAIM_LIMIT", max_reclaim_limit);
  add(module, "MAX_STEPS_LIMIT", max_steps_limit);
  add(module, "MAX_OFFBOARDING_LIMIT", max_offboarding_limit);
  add(module, "ASSIGNED_TEXT", assigned_text);
  add(module, "REVOKED_TEXT", revoked_text);
  add(module, "ROSTER_TEMPLATE", roster_template);
}

}  // namespace seatbook::python
