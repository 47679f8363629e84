/// The table of operations: the member function of Session that implements each operation, and the
/// names of its arguments if it takes no struct.
///
/// The generator (capi/tools) combines this table with the members of requests and results in
/// include/seatbook/describe.hpp, and writes everything that repeats for each operation.
#ifndef SEATBOOK_CAPI_OPERATIONS_HPP_
#define SEATBOOK_CAPI_OPERATIONS_HPP_

#include <initializer_list>

#include "seatbook/seatbook.hpp"

namespace seatbook::capi {

/// Visits each operation, in the order of Operation, with call(name, method, argument names).
/// Exports are visited with file(name, method, the query in the request, members of the query to
/// leave out).
template <class Visitor>
void visit_operations(Visitor&& visit) {
  visit.call("add_person", &Session::add_person);
  visit.call("update_person", &Session::update_person);
  visit.call("archive_person", &Session::archive_person);
  visit.call("reactivate_person", &Session::reactivate_person);
  visit.call("erase_person", &Session::erase_person);

  visit.call("add_license", &Session::add_license);
  visit.call("update_license", &Session::update_license);
  visit.call("set_total_seats", &Session::set_total_seats);
  visit.call("set_policy", &Session::set_policy);
  visit.call("set_owners", &Session::set_owners);
  visit.call("archive_license", &Session::archive_license);
  visit.call("reactivate_license", &Session::reactivate_license);

  visit.call("assign", &Session::assign);
  visit.call("bulk_assign", &Session::bulk_assign);
  visit.call("assign_many", &Session::assign_many);
  visit.call("revoke", &Session::revoke);
  visit.call("revoke_all", &Session::revoke_all);
  visit.call("transfer", &Session::transfer);
  visit.call("edit_seat", &Session::edit_seat);
  visit.call("mark_reviewed", &Session::mark_reviewed);
  visit.call("record_use", &Session::record_use);
  visit.call("record_uses", &Session::record_uses);

  visit.call("people", &Session::people);
  visit.call("licenses", &Session::licenses);
  visit.call("get_person", &Session::get_person, {"person"});
  visit.call("get_license", &Session::get_license, {"license"});
  visit.call("get_assignment", &Session::get_assignment, {"assignment"});
  visit.call("get_actor", &Session::get_actor, {"actor"});
  visit.call("find_person", &Session::find_person);
  visit.call("find_license", &Session::find_license);
  visit.call("find_actor", &Session::find_actor);
  visit.call("find_seat", &Session::find_seat, {"license", "person"});
  visit.call("last_use", &Session::last_use, {"assignment"});
  visit.call("usage", &Session::usage, {"license"});
  visit.call("license_seats", &Session::license_seats, {"license"});
  visit.call("my_software", &Session::my_software, {"person"});
  visit.call("assignable_people", &Session::assignable_people);
  visit.call("needs_review", &Session::needs_review, {"license"});
  visit.call("needs_review_count", &Session::needs_review_count, {"license"});
  visit.call("archived_owners", &Session::archived_owners, {});
  visit.call("license_contacts", &Session::license_contacts, {"license"});
  visit.call("renewals_due", &Session::renewals_due);
  visit.call("history", &Session::history);
  visit.call("events_after", &Session::events_after, {"after", "limit"});
  visit.call("notifications_after", &Session::notifications_after, {"after", "limit"});

  visit.call("seat_list", &Session::seat_list);
  visit.call("seat_figures", &Session::seat_figures);
  visit.call("roster", &Session::roster);
  visit.file("export_seat_list", &Session::export_seat_list, &ExportSeatList::list,
             {"after", "limit"});
  visit.file("export_roster", &Session::export_roster);
  visit.file("export_history", &Session::export_history, &ExportHistory::history, {"limit"});

  visit.call("utilization", &Session::utilization);
  visit.call("reclaim_candidates", &Session::reclaim_candidates);
  visit.call("holders_at", &Session::holders_at, {"license", "at"});
  visit.call("usage_over_time", &Session::usage_over_time);
  visit.call("peak_usage", &Session::peak_usage);
  visit.call("offboarding_times", &Session::offboarding_times);

  visit.call("import_roster", &Session::import_roster);
  visit.call("import_people", &Session::import_people);
  visit.call("import_licenses", &Session::import_licenses);

  visit.call("can", &Session::can, {"operation"});
  visit.call("why_not", &Session::why_not, {"operation"});
}

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_OPERATIONS_HPP_
