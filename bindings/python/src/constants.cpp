// Limits and texts of the C++ headers, named in capitals.
#include "python/src/constants.hpp"

#include <string>

#include "python/src/values.hpp"
#include "seatbook/csv.hpp"

namespace seatbook::python {
namespace {

/// Adds `value` as an attribute of the module, and its type to `all` for the stub.
template <class Value>
void add(py::module_& module, py::dict& all, const char* name, const Value& value) {
  const py::object constant = to_python(value);
  module.attr(name) = constant;
  all[name] = py::str(constant.get_type().attr("__name__"));
}

}  // namespace

void bind_constants(py::module_& module) {
  py::dict all;
  add(module, all, "MAX_NAME_LENGTH", max_name_length);
  add(module, all, "MAX_EMAIL_LENGTH", max_email_length);
  add(module, all, "MAX_VENDOR_LENGTH", max_vendor_length);
  add(module, all, "MAX_PRODUCT_GROUP_LENGTH", max_product_group_length);
  add(module, all, "MAX_HOST_KEY_LENGTH", max_host_key_length);
  add(module, all, "MAX_ACTOR_LENGTH", max_actor_length);
  add(module, all, "MAX_ACCESS_LEVEL_LENGTH", max_access_level_length);
  add(module, all, "MAX_ACCOUNT_LENGTH", max_account_length);
  add(module, all, "MAX_NOTES_LENGTH", max_notes_length);
  add(module, all, "MAX_REASON_LENGTH", max_reason_length);
  add(module, all, "MAX_TEXT_BYTES", max_text_bytes);
  add(module, all, "MAX_BULK_ITEMS", max_bulk_items);
  add(module, all, "MAX_TOTAL_SEATS", max_total_seats);
  add(module, all, "MAX_MONEY", max_money);
  add(module, all, "MAX_RECORDS", max_records);
  add(module, all, "MIN_TIMESTAMP", min_timestamp);
  add(module, all, "MAX_TIMESTAMP", max_timestamp);
  add(module, all, "MAX_IMPORT_BYTES", max_import_bytes);
  add(module, all, "MAX_LARGE_IMPORT_BYTES", max_large_import_bytes);
  add(module, all, "MAX_IMPORT_ROWS", max_import_rows);
  add(module, all, "MAX_LARGE_IMPORT_ROWS", max_large_import_rows);
  add(module, all, "MAX_QUEUED_EVENTS", max_queued_events);
  add(module, all, "ALL_ROWS", all_rows);
  add(module, all, "MAX_LIST_LIMIT", max_list_limit);
  add(module, all, "MAX_INACTIVITY_DAYS", max_inactivity_days);
  add(module, all, "MAX_ASSIGNABLE_LIMIT", max_assignable_limit);
  add(module, all, "MAX_HISTORY_LIMIT", max_history_limit);
  add(module, all, "MAX_RECLAIM_LIMIT", max_reclaim_limit);
  add(module, all, "MAX_STEPS_LIMIT", max_steps_limit);
  add(module, all, "MAX_OFFBOARDING_LIMIT", max_offboarding_limit);
  add(module, all, "ASSIGNED_TEXT", assigned_text);
  add(module, all, "REVOKED_TEXT", revoked_text);
  add(module, all, "ROSTER_TEMPLATE", roster_template);
  module.attr("_constants") = all;
}

}  // namespace seatbook::python
