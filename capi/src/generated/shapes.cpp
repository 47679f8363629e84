// Made by capi/tools/generate.py: do not edit.
#include "capi/src/generated/shapes.hpp"

namespace seatbook::capi {
namespace {

constexpr ColumnShape ids_columns[] = {
    {"value", SEATBOOK_TYPE_ID, 0, 0}};

constexpr ColumnShape texts_columns[] = {
    {"value", SEATBOOK_TYPE_TEXT, 0, 0}};

constexpr ColumnShape person_receipt_columns[] = {
    {"person", SEATBOOK_TYPE_ID, 0, 0},
    {"revision", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"flags_changed", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape license_receipt_columns[] = {
    {"license", SEATBOOK_TYPE_ID, 0, 0},
    {"revision", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape seat_receipt_columns[] = {
    {"assignment", SEATBOOK_TYPE_ID, 0, 0},
    {"revision", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape bulk_receipt_columns[] = {
    {"outcomes", SEATBOOK_TYPE_LIST, 0, 0},
    {"summary", SEATBOOK_TYPE_RECORD, 0, 9},
    {"summary_done", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"summary_skipped", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"summary_no_seats_remaining", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"summary_already_assigned", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"summary_license_archived", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"summary_person_archived", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"summary_person_erased", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"summary_other", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"summary_assign_text", SEATBOOK_TYPE_TEXT, 0, 0},
    {"dry_run", SEATBOOK_TYPE_FLAG, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape outcome_columns[] = {
    {"code", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_CODE, 0},
    {"item", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"assignment", SEATBOOK_TYPE_ID, 0, 0}};

constexpr ColumnShape bulk_summary_columns[] = {
    {"done", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"skipped", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"no_seats_remaining", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"already_assigned", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"license_archived", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"person_archived", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"person_erased", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"other", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"assign_text", SEATBOOK_TYPE_TEXT, 0, 0}};

constexpr ColumnShape person_columns[] = {
    {"id", SEATBOOK_TYPE_ID, 0, 0},
    {"name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"email", SEATBOOK_TYPE_TEXT, 0, 0},
    {"host_key", SEATBOOK_TYPE_TEXT, 0, 0},
    {"state", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_PERSON_STATE, 0},
    {"revision", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape license_columns[] = {
    {"id", SEATBOOK_TYPE_ID, 0, 0},
    {"name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"vendor", SEATBOOK_TYPE_TEXT, 0, 0},
    {"product_group", SEATBOOK_TYPE_TEXT, 0, 0},
    {"host_key", SEATBOOK_TYPE_TEXT, 0, 0},
    {"total_seats", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"policy", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_CAPACITY_POLICY, 0},
    {"owner", SEATBOOK_TYPE_ID, 0, 0},
    {"backup_owner", SEATBOOK_TYPE_ID, 0, 0},
    {"cost_per_seat", SEATBOOK_TYPE_MONEY, 0, 0},
    {"currency", SEATBOOK_TYPE_TEXT, 0, 0},
    {"billing_period", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_BILLING_PERIOD, 0},
    {"renewal_date", SEATBOOK_TYPE_DATE, 0, 0},
    {"state", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_LICENSE_STATE, 0},
    {"revision", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape assignment_columns[] = {
    {"id", SEATBOOK_TYPE_ID, 0, 0},
    {"license", SEATBOOK_TYPE_ID, 0, 0},
    {"person", SEATBOOK_TYPE_ID, 0, 0},
    {"assigned_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"assigned_by", SEATBOOK_TYPE_ID, 0, 0},
    {"revoked_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"revoked_by", SEATBOOK_TYPE_ID, 0, 0},
    {"revoke_reason", SEATBOOK_TYPE_TEXT, 0, 0},
    {"access_level", SEATBOOK_TYPE_TEXT, 0, 0},
    {"account", SEATBOOK_TYPE_TEXT, 0, 0},
    {"notes", SEATBOOK_TYPE_TEXT, 0, 0},
    {"cost_override", SEATBOOK_TYPE_MONEY, 0, 0},
    {"needs_review", SEATBOOK_TYPE_FLAG, 0, 0},
    {"revision", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"active", SEATBOOK_TYPE_FLAG, 0, 0}};

constexpr ColumnShape actor_record_columns[] = {
    {"id", SEATBOOK_TYPE_ID, 0, 0},
    {"actor", SEATBOOK_TYPE_TEXT, 0, 0},
    {"person", SEATBOOK_TYPE_ID, 0, 0}};

constexpr ColumnShape usage_columns[] = {
    {"used", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"total", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"policy", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_CAPACITY_POLICY, 0},
    {"archived", SEATBOOK_TYPE_FLAG, 0, 0},
    {"available", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"over_by", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"can_assign", SEATBOOK_TYPE_FLAG, 0, 0},
    {"text", SEATBOOK_TYPE_TEXT, 0, 0},
    {"available_text", SEATBOOK_TYPE_TEXT, 0, 0}};

constexpr ColumnShape seat_row_columns[] = {
    {"assignment", SEATBOOK_TYPE_ID, 0, 0},
    {"person", SEATBOOK_TYPE_ID, 0, 0},
    {"name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"email", SEATBOOK_TYPE_TEXT, 0, 0},
    {"archived", SEATBOOK_TYPE_FLAG, 0, 0},
    {"needs_review", SEATBOOK_TYPE_FLAG, 0, 0},
    {"assigned_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"access_level", SEATBOOK_TYPE_TEXT, 0, 0},
    {"account", SEATBOOK_TYPE_TEXT, 0, 0},
    {"cost_override", SEATBOOK_TYPE_MONEY, 0, 0}};

constexpr ColumnShape software_row_columns[] = {
    {"assignment", SEATBOOK_TYPE_ID, 0, 0},
    {"license", SEATBOOK_TYPE_ID, 0, 0},
    {"license_name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"needs_review", SEATBOOK_TYPE_FLAG, 0, 0},
    {"assigned_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"access_level", SEATBOOK_TYPE_TEXT, 0, 0},
    {"account", SEATBOOK_TYPE_TEXT, 0, 0}};

constexpr ColumnShape assignable_person_columns[] = {
    {"person", SEATBOOK_TYPE_ID, 0, 0},
    {"name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"email", SEATBOOK_TYPE_TEXT, 0, 0}};

constexpr ColumnShape review_row_columns[] = {
    {"assignment", SEATBOOK_TYPE_ID, 0, 0},
    {"license", SEATBOOK_TYPE_ID, 0, 0},
    {"license_name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"person", SEATBOOK_TYPE_ID, 0, 0},
    {"name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"email", SEATBOOK_TYPE_TEXT, 0, 0},
    {"archived", SEATBOOK_TYPE_FLAG, 0, 0},
    {"assigned_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"flagged_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"waiting_days", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape archived_owner_row_columns[] = {
    {"license", SEATBOOK_TYPE_ID, 0, 0},
    {"license_name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"owner", SEATBOOK_TYPE_ID, 0, 0},
    {"owner_archived", SEATBOOK_TYPE_FLAG, 0, 0},
    {"backup_owner", SEATBOOK_TYPE_ID, 0, 0},
    {"backup_archived", SEATBOOK_TYPE_FLAG, 0, 0}};

constexpr ColumnShape license_contacts_columns[] = {
    {"owner", SEATBOOK_TYPE_ID, 0, 0},
    {"owner_archived", SEATBOOK_TYPE_FLAG, 0, 0},
    {"backup_owner", SEATBOOK_TYPE_ID, 0, 0},
    {"backup_archived", SEATBOOK_TYPE_FLAG, 0, 0},
    {"approver", SEATBOOK_TYPE_ID, 0, 0},
    {"renewal_recipients", SEATBOOK_TYPE_LIST, 0, 0}};

constexpr ColumnShape renewal_row_columns[] = {
    {"license", SEATBOOK_TYPE_ID, 0, 0},
    {"license_name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"renewal_date", SEATBOOK_TYPE_DATE, 0, 0},
    {"recipients", SEATBOOK_TYPE_LIST, 0, 0},
    {"used", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"total", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"right_sized_seats", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"currency", SEATBOOK_TYPE_TEXT, 0, 0},
    {"monthly_saving", SEATBOOK_TYPE_MONEY_SUM, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"last_version", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape history_entry_columns[] = {
    {"row", SEATBOOK_TYPE_RECORD, 0, 21},
    {"row_seq", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"row_batch", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"row_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"row_actor", SEATBOOK_TYPE_ID, 0, 0},
    {"row_kind", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_HISTORY_KIND, 0},
    {"row_license", SEATBOOK_TYPE_ID, 0, 0},
    {"row_person", SEATBOOK_TYPE_ID, 0, 0},
    {"row_assignment", SEATBOOK_TYPE_ID, 0, 0},
    {"row_counterpart", SEATBOOK_TYPE_ID, 0, 0},
    {"row_before", SEATBOOK_TYPE_RECORD, 0, 4},
    {"row_before_total_seats", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"row_before_policy", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_CAPACITY_POLICY, 0},
    {"row_before_owner", SEATBOOK_TYPE_ID, 0, 0},
    {"row_before_backup_owner", SEATBOOK_TYPE_ID, 0, 0},
    {"row_after", SEATBOOK_TYPE_RECORD, 0, 4},
    {"row_after_total_seats", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"row_after_policy", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_CAPACITY_POLICY, 0},
    {"row_after_owner", SEATBOOK_TYPE_ID, 0, 0},
    {"row_after_backup_owner", SEATBOOK_TYPE_ID, 0, 0},
    {"row_grants", SEATBOOK_TYPE_FLAG, 0, 0},
    {"row_removes", SEATBOOK_TYPE_FLAG, 0, 0},
    {"texts", SEATBOOK_TYPE_RECORD, 0, 6},
    {"texts_seq", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"texts_name_before", SEATBOOK_TYPE_TEXT, 0, 0},
    {"texts_name_after", SEATBOOK_TYPE_TEXT, 0, 0},
    {"texts_email_before", SEATBOOK_TYPE_TEXT, 0, 0},
    {"texts_email_after", SEATBOOK_TYPE_TEXT, 0, 0},
    {"texts_reason", SEATBOOK_TYPE_TEXT, 0, 0},
    {"actor", SEATBOOK_TYPE_RECORD, 0, 3},
    {"actor_id", SEATBOOK_TYPE_ID, 0, 0},
    {"actor_actor", SEATBOOK_TYPE_TEXT, 0, 0},
    {"actor_person", SEATBOOK_TYPE_ID, 0, 0},
    {"actor_name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"license_name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"person_name", SEATBOOK_TYPE_TEXT, 0, 0}};

constexpr ColumnShape history_row_columns[] = {
    {"seq", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"batch", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"at", SEATBOOK_TYPE_TIME, 0, 0},
    {"actor", SEATBOOK_TYPE_ID, 0, 0},
    {"kind", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_HISTORY_KIND, 0},
    {"license", SEATBOOK_TYPE_ID, 0, 0},
    {"person", SEATBOOK_TYPE_ID, 0, 0},
    {"assignment", SEATBOOK_TYPE_ID, 0, 0},
    {"counterpart", SEATBOOK_TYPE_ID, 0, 0},
    {"before", SEATBOOK_TYPE_RECORD, 0, 4},
    {"before_total_seats", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"before_policy", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_CAPACITY_POLICY, 0},
    {"before_owner", SEATBOOK_TYPE_ID, 0, 0},
    {"before_backup_owner", SEATBOOK_TYPE_ID, 0, 0},
    {"after", SEATBOOK_TYPE_RECORD, 0, 4},
    {"after_total_seats", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"after_policy", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_CAPACITY_POLICY, 0},
    {"after_owner", SEATBOOK_TYPE_ID, 0, 0},
    {"after_backup_owner", SEATBOOK_TYPE_ID, 0, 0},
    {"grants", SEATBOOK_TYPE_FLAG, 0, 0},
    {"removes", SEATBOOK_TYPE_FLAG, 0, 0}};

constexpr ColumnShape license_terms_columns[] = {
    {"total_seats", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"policy", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_CAPACITY_POLICY, 0},
    {"owner", SEATBOOK_TYPE_ID, 0, 0},
    {"backup_owner", SEATBOOK_TYPE_ID, 0, 0}};

constexpr ColumnShape history_texts_columns[] = {
    {"seq", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"name_before", SEATBOOK_TYPE_TEXT, 0, 0},
    {"name_after", SEATBOOK_TYPE_TEXT, 0, 0},
    {"email_before", SEATBOOK_TYPE_TEXT, 0, 0},
    {"email_after", SEATBOOK_TYPE_TEXT, 0, 0},
    {"reason", SEATBOOK_TYPE_TEXT, 0, 0}};

constexpr ColumnShape event_page_columns[] = {
    {"events", SEATBOOK_TYPE_LIST, 0, 0},
    {"next", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"more", SEATBOOK_TYPE_FLAG, 0, 0}};

constexpr ColumnShape event_columns[] = {
    {"seq", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"kind", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_EVENT_KIND, 0},
    {"at", SEATBOOK_TYPE_TIME, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"assignment", SEATBOOK_TYPE_ID, 0, 0},
    {"license", SEATBOOK_TYPE_ID, 0, 0},
    {"license_name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"person", SEATBOOK_TYPE_ID, 0, 0},
    {"person_name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"person_email", SEATBOOK_TYPE_TEXT, 0, 0},
    {"actor", SEATBOOK_TYPE_RECORD, 0, 3},
    {"actor_id", SEATBOOK_TYPE_ID, 0, 0},
    {"actor_actor", SEATBOOK_TYPE_TEXT, 0, 0},
    {"actor_person", SEATBOOK_TYPE_ID, 0, 0},
    {"actor_name", SEATBOOK_TYPE_TEXT, 0, 0}};

constexpr ColumnShape notification_page_columns[] = {
    {"notifications", SEATBOOK_TYPE_LIST, 0, 0},
    {"next", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"more", SEATBOOK_TYPE_FLAG, 0, 0}};

constexpr ColumnShape notification_columns[] = {
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"seq", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"at", SEATBOOK_TYPE_TIME, 0, 0},
    {"person", SEATBOOK_TYPE_ID, 0, 0},
    {"person_name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"person_email", SEATBOOK_TYPE_TEXT, 0, 0},
    {"seats", SEATBOOK_TYPE_LIST, 0, 0},
    {"actor", SEATBOOK_TYPE_RECORD, 0, 3},
    {"actor_id", SEATBOOK_TYPE_ID, 0, 0},
    {"actor_actor", SEATBOOK_TYPE_TEXT, 0, 0},
    {"actor_person", SEATBOOK_TYPE_ID, 0, 0},
    {"actor_name", SEATBOOK_TYPE_TEXT, 0, 0}};

constexpr ColumnShape notification_seat_columns[] = {
    {"assignment", SEATBOOK_TYPE_ID, 0, 0},
    {"license", SEATBOOK_TYPE_ID, 0, 0},
    {"license_name", SEATBOOK_TYPE_TEXT, 0, 0}};

constexpr ColumnShape seat_list_page_columns[] = {
    {"rows", SEATBOOK_TYPE_LIST, 0, 0},
    {"next", SEATBOOK_TYPE_TEXT, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape seat_list_row_columns[] = {
    {"assignment", SEATBOOK_TYPE_ID, 0, 0},
    {"license", SEATBOOK_TYPE_ID, 0, 0},
    {"license_name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"person", SEATBOOK_TYPE_ID, 0, 0},
    {"name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"email", SEATBOOK_TYPE_TEXT, 0, 0},
    {"archived", SEATBOOK_TYPE_FLAG, 0, 0},
    {"needs_review", SEATBOOK_TYPE_FLAG, 0, 0},
    {"inactive", SEATBOOK_TYPE_FLAG, 0, 0},
    {"assigned_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"last_used_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"access_level", SEATBOOK_TYPE_TEXT, 0, 0},
    {"account", SEATBOOK_TYPE_TEXT, 0, 0},
    {"cost_override", SEATBOOK_TYPE_MONEY, 0, 0}};

constexpr ColumnShape seat_figures_columns[] = {
    {"total_assigned", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"inactive", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"available", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"last_version", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape roster_page_columns[] = {
    {"rows", SEATBOOK_TYPE_LIST, 0, 0},
    {"next", SEATBOOK_TYPE_ID, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape roster_row_columns[] = {
    {"assignment", SEATBOOK_TYPE_ID, 0, 0},
    {"person", SEATBOOK_TYPE_ID, 0, 0},
    {"name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"email", SEATBOOK_TYPE_TEXT, 0, 0},
    {"archived", SEATBOOK_TYPE_FLAG, 0, 0},
    {"needs_review", SEATBOOK_TYPE_FLAG, 0, 0},
    {"access_level", SEATBOOK_TYPE_TEXT, 0, 0},
    {"assigned_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"revoked_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"cost_override", SEATBOOK_TYPE_MONEY, 0, 0}};

constexpr ColumnShape exported_file_columns[] = {
    {"csv", SEATBOOK_TYPE_TEXT, 0, 0},
    {"rows", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"bytes", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape utilization_row_columns[] = {
    {"license", SEATBOOK_TYPE_ID, 0, 0},
    {"license_name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"product_group", SEATBOOK_TYPE_TEXT, 0, 0},
    {"licenses", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"used", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"used_unlimited", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"total", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"available", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"over_by", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"basis_points", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"monthly_cost", SEATBOOK_TYPE_LIST, 0, 0},
    {"monthly_waste", SEATBOOK_TYPE_LIST, 0, 0},
    {"unpriced", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"last_version", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape money_total_columns[] = {
    {"currency", SEATBOOK_TYPE_TEXT, 0, 0},
    {"monthly", SEATBOOK_TYPE_MONEY_SUM, 0, 0},
    {"twelfths", SEATBOOK_TYPE_TEXT, 0, 0}};

constexpr ColumnShape reclaim_page_columns[] = {
    {"rows", SEATBOOK_TYPE_LIST, 0, 0},
    {"more", SEATBOOK_TYPE_FLAG, 0, 0},
    {"candidates", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"monthly_saving", SEATBOOK_TYPE_LIST, 0, 0},
    {"unpriced", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"last_version", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape reclaim_row_columns[] = {
    {"assignment", SEATBOOK_TYPE_ID, 0, 0},
    {"license", SEATBOOK_TYPE_ID, 0, 0},
    {"license_name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"person", SEATBOOK_TYPE_ID, 0, 0},
    {"name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"email", SEATBOOK_TYPE_TEXT, 0, 0},
    {"archived", SEATBOOK_TYPE_FLAG, 0, 0},
    {"needs_review", SEATBOOK_TYPE_FLAG, 0, 0},
    {"assigned_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"last_used_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"currency", SEATBOOK_TYPE_TEXT, 0, 0},
    {"monthly_saving", SEATBOOK_TYPE_MONEY_SUM, 0, 0}};

constexpr ColumnShape holder_row_columns[] = {
    {"assignment", SEATBOOK_TYPE_ID, 0, 0},
    {"person", SEATBOOK_TYPE_ID, 0, 0},
    {"name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"email", SEATBOOK_TYPE_TEXT, 0, 0},
    {"erased", SEATBOOK_TYPE_FLAG, 0, 0},
    {"assigned_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"revoked_at", SEATBOOK_TYPE_TIME, 0, 0}};

constexpr ColumnShape usage_over_time_columns[] = {
    {"steps", SEATBOOK_TYPE_LIST, 0, 0},
    {"next", SEATBOOK_TYPE_TIME, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape usage_step_columns[] = {
    {"at", SEATBOOK_TYPE_TIME, 0, 0},
    {"used", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"used_unlimited", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"total", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"policy", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_CAPACITY_POLICY, 0}};

constexpr ColumnShape offboarding_times_columns[] = {
    {"rows", SEATBOOK_TYPE_LIST, 0, 0},
    {"more", SEATBOOK_TYPE_FLAG, 0, 0},
    {"waiting", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"kept", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"released", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"reactivated", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"days_sum", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"mean_days", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"median_days", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"longest_days", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape offboarding_row_columns[] = {
    {"flagged", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"assignment", SEATBOOK_TYPE_ID, 0, 0},
    {"license", SEATBOOK_TYPE_ID, 0, 0},
    {"license_name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"person", SEATBOOK_TYPE_ID, 0, 0},
    {"name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"outcome", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_OFFBOARDING_OUTCOME, 0},
    {"offboarded_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"released_at", SEATBOOK_TYPE_TIME, 0, 0},
    {"days", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape roster_report_columns[] = {
    {"rows", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"added", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"already_linked", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"not_found", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"invalid", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"no_seats", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"removed_rows", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"not_added", SEATBOOK_TYPE_LIST, 0, 0},
    {"columns", SEATBOOK_TYPE_LIST, 0, 0},
    {"ignored_columns", SEATBOOK_TYPE_LIST, 0, 0},
    {"dry_run", SEATBOOK_TYPE_FLAG, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"empty_rows", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"unmatched_emails", SEATBOOK_TYPE_LIST, 0, 0}};

constexpr ColumnShape roster_file_row_columns[] = {
    {"line", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"outcome", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_ROSTER_OUTCOME, 0},
    {"code", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_CODE, 0},
    {"column", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"differs", SEATBOOK_TYPE_FLAG, 0, 0},
    {"first_line", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"assignment", SEATBOOK_TYPE_ID, 0, 0},
    {"email", SEATBOOK_TYPE_TEXT, 0, 0},
    {"access_level", SEATBOOK_TYPE_TEXT, 0, 0},
    {"cost", SEATBOOK_TYPE_TEXT, 0, 0},
    {"date_removed", SEATBOOK_TYPE_TEXT, 0, 0},
    {"reason", SEATBOOK_TYPE_TEXT, 0, 0},
    {"column_name", SEATBOOK_TYPE_TEXT, 0, 0}};

constexpr ColumnShape inventory_report_columns[] = {
    {"rows", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"added", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"already_known", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"invalid", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"without_seat", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"empty_rows", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"seats_given", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"not_added", SEATBOOK_TYPE_LIST, 0, 0},
    {"columns", SEATBOOK_TYPE_LIST, 0, 0},
    {"ignored_columns", SEATBOOK_TYPE_LIST, 0, 0},
    {"dry_run", SEATBOOK_TYPE_FLAG, 0, 0},
    {"version", SEATBOOK_TYPE_NUMBER, 0, 0}};

constexpr ColumnShape inventory_row_columns[] = {
    {"line", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"outcome", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_INVENTORY_OUTCOME, 0},
    {"code", SEATBOOK_TYPE_CHOICE, SEATBOOK_CHOICE_CODE, 0},
    {"column", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"first_line", SEATBOOK_TYPE_NUMBER, 0, 0},
    {"record", SEATBOOK_TYPE_ID, 0, 0},
    {"name", SEATBOOK_TYPE_TEXT, 0, 0},
    {"column_name", SEATBOOK_TYPE_TEXT, 0, 0}};

}  // namespace

const Shape ids_shape = {"Ids", ids_columns, 1};
const Shape texts_shape = {"Texts", texts_columns, 1};
template <>
const Shape ShapeOf<PersonReceipt>::shape = {"PersonReceipt", person_receipt_columns, 4};
template <>
const Shape ShapeOf<LicenseReceipt>::shape = {"LicenseReceipt", license_receipt_columns, 3};
template <>
const Shape ShapeOf<SeatReceipt>::shape = {"SeatReceipt", seat_receipt_columns, 3};
template <>
const Shape ShapeOf<BulkReceipt>::shape = {"BulkReceipt", bulk_receipt_columns, 13};
template <>
const Shape ShapeOf<Outcome>::shape = {"Outcome", outcome_columns, 3};
template <>
const Shape ShapeOf<BulkSummary>::shape = {"BulkSummary", bulk_summary_columns, 9};
template <>
const Shape ShapeOf<Person>::shape = {"Person", person_columns, 6};
template <>
const Shape ShapeOf<License>::shape = {"License", license_columns, 15};
template <>
const Shape ShapeOf<Assignment>::shape = {"Assignment", assignment_columns, 15};
template <>
const Shape ShapeOf<ActorRecord>::shape = {"ActorRecord", actor_record_columns, 3};
template <>
const Shape ShapeOf<Usage>::shape = {"Usage", usage_columns, 9};
template <>
const Shape ShapeOf<SeatRow>::shape = {"SeatRow", seat_row_columns, 10};
template <>
const Shape ShapeOf<SoftwareRow>::shape = {"SoftwareRow", software_row_columns, 7};
template <>
const Shape ShapeOf<AssignablePerson>::shape = {"AssignablePerson", assignable_person_columns, 3};
template <>
const Shape ShapeOf<ReviewRow>::shape = {"ReviewRow", review_row_columns, 10};
template <>
const Shape ShapeOf<ArchivedOwnerRow>::shape = {"ArchivedOwnerRow", archived_owner_row_columns, 6};
template <>
const Shape ShapeOf<LicenseContacts>::shape = {"LicenseContacts", license_contacts_columns, 6};
template <>
const Shape ShapeOf<RenewalRow>::shape = {"RenewalRow", renewal_row_columns, 11};
template <>
const Shape ShapeOf<HistoryEntry>::shape = {"HistoryEntry", history_entry_columns, 36};
template <>
const Shape ShapeOf<HistoryRow>::shape = {"HistoryRow", history_row_columns, 21};
template <>
const Shape ShapeOf<LicenseTerms>::shape = {"LicenseTerms", license_terms_columns, 4};
template <>
const Shape ShapeOf<HistoryTexts>::shape = {"HistoryTexts", history_texts_columns, 6};
template <>
const Shape ShapeOf<EventPage>::shape = {"EventPage", event_page_columns, 3};
template <>
const Shape ShapeOf<Event>::shape = {"Event", event_columns, 15};
template <>
const Shape ShapeOf<NotificationPage>::shape = {"NotificationPage", notification_page_columns, 3};
template <>
const Shape ShapeOf<Notification>::shape = {"Notification", notification_columns, 12};
template <>
const Shape ShapeOf<Notification::Seat>::shape = {"NotificationSeat", notification_seat_columns, 3};
template <>
const Shape ShapeOf<SeatListPage>::shape = {"SeatListPage", seat_list_page_columns, 3};
template <>
const Shape ShapeOf<SeatListRow>::shape = {"SeatListRow", seat_list_row_columns, 14};
template <>
const Shape ShapeOf<SeatFigures>::shape = {"SeatFigures", seat_figures_columns, 5};
template <>
const Shape ShapeOf<RosterPage>::shape = {"RosterPage", roster_page_columns, 3};
template <>
const Shape ShapeOf<RosterRow>::shape = {"RosterRow", roster_row_columns, 10};
template <>
const Shape ShapeOf<ExportedFile>::shape = {"ExportedFile", exported_file_columns, 4};
template <>
const Shape ShapeOf<UtilizationRow>::shape = {"UtilizationRow", utilization_row_columns, 15};
template <>
const Shape ShapeOf<MoneyTotal>::shape = {"MoneyTotal", money_total_columns, 3};
template <>
const Shape ShapeOf<ReclaimPage>::shape = {"ReclaimPage", reclaim_page_columns, 7};
template <>
const Shape ShapeOf<ReclaimRow>::shape = {"ReclaimRow", reclaim_row_columns, 12};
template <>
const Shape ShapeOf<HolderRow>::shape = {"HolderRow", holder_row_columns, 7};
template <>
const Shape ShapeOf<UsageOverTime>::shape = {"UsageOverTime", usage_over_time_columns, 3};
template <>
const Shape ShapeOf<UsageStep>::shape = {"UsageStep", usage_step_columns, 5};
template <>
const Shape ShapeOf<OffboardingTimes>::shape = {"OffboardingTimes", offboarding_times_columns, 11};
template <>
const Shape ShapeOf<OffboardingRow>::shape = {"OffboardingRow", offboarding_row_columns, 10};
template <>
const Shape ShapeOf<RosterReport>::shape = {"RosterReport", roster_report_columns, 14};
template <>
const Shape ShapeOf<RosterFileRow>::shape = {"RosterFileRow", roster_file_row_columns, 13};
template <>
const Shape ShapeOf<InventoryReport>::shape = {"InventoryReport", inventory_report_columns, 12};
template <>
const Shape ShapeOf<InventoryRow>::shape = {"InventoryRow", inventory_row_columns, 8};

}  // namespace seatbook::capi
