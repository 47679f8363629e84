// Made by capi/tools/generate.py: do not edit.
#include "capi/src/generated/requests.hpp"
#include "capi/src/run.hpp"
#include "seatbook.h"

using namespace seatbook;        // NOLINT
using namespace seatbook::capi;  // NOLINT

extern "C" {

seatbook_code seatbook_add_person(seatbook_session *session,
                                  const seatbook_add_person_request *request, seatbook_id *person,
                                  seatbook_rows **result, seatbook_error **error) {
  return command<AddPerson>(session, request, result, error, &Session::add_person,
      [&](const auto& value) { put(person, value.person.value); });
}

seatbook_code seatbook_update_person(seatbook_session *session,
                                     const seatbook_update_person_request *request,
                                     seatbook_id *person, seatbook_rows **result,
                                     seatbook_error **error) {
  return command<UpdatePerson>(session, request, result, error, &Session::update_person,
      [&](const auto& value) { put(person, value.person.value); });
}

seatbook_code seatbook_archive_person(seatbook_session *session,
                                      const seatbook_archive_person_request *request,
                                      seatbook_id *person, seatbook_rows **result,
                                      seatbook_error **error) {
  return command<ArchivePerson>(session, request, result, error, &Session::archive_person,
      [&](const auto& value) { put(person, value.person.value); });
}

seatbook_code seatbook_reactivate_person(seatbook_session *session,
                                         const seatbook_reactivate_person_request *request,
                                         seatbook_id *person, seatbook_rows **result,
                                         seatbook_error **error) {
  return command<ReactivatePerson>(session, request, result, error, &Session::reactivate_person,
      [&](const auto& value) { put(person, value.person.value); });
}

seatbook_code seatbook_erase_person(seatbook_session *session,
                                    const seatbook_erase_person_request *request,
                                    seatbook_id *person, seatbook_rows **result,
                                    seatbook_error **error) {
  return command<ErasePerson>(session, request, result, error, &Session::erase_person,
      [&](const auto& value) { put(person, value.person.value); });
}

seatbook_code seatbook_add_license(seatbook_session *session,
                                   const seatbook_add_license_request *request,
                                   seatbook_id *license, seatbook_rows **result,
                                   seatbook_error **error) {
  return command<AddLicense>(session, request, result, error, &Session::add_license,
      [&](const auto& value) { put(license, value.license.value); });
}

seatbook_code seatbook_update_license(seatbook_session *session,
                                      const seatbook_update_license_request *request,
                                      seatbook_id *license, seatbook_rows **result,
                                      seatbook_error **error) {
  return command<UpdateLicense>(session, request, result, error, &Session::update_license,
      [&](const auto& value) { put(license, value.license.value); });
}

seatbook_code seatbook_set_total_seats(seatbook_session *session,
                                       const seatbook_set_total_seats_request *request,
                                       seatbook_id *license, seatbook_rows **result,
                                       seatbook_error **error) {
  return command<SetTotalSeats>(session, request, result, error, &Session::set_total_seats,
      [&](const auto& value) { put(license, value.license.value); });
}

seatbook_code seatbook_set_policy(seatbook_session *session,
                                  const seatbook_set_policy_request *request, seatbook_id *license,
                                  seatbook_rows **result, seatbook_error **error) {
  return command<SetPolicy>(session, request, result, error, &Session::set_policy,
      [&](const auto& value) { put(license, value.license.value); });
}

seatbook_code seatbook_set_owners(seatbook_session *session,
                                  const seatbook_set_owners_request *request, seatbook_id *license,
                                  seatbook_rows **result, seatbook_error **error) {
  return command<SetOwners>(session, request, result, error, &Session::set_owners,
      [&](const auto& value) { put(license, value.license.value); });
}

seatbook_code seatbook_archive_license(seatbook_session *session,
                                       const seatbook_archive_license_request *request,
                                       seatbook_id *license, seatbook_rows **result,
                                       seatbook_error **error) {
  return command<ArchiveLicense>(session, request, result, error, &Session::archive_license,
      [&](const auto& value) { put(license, value.license.value); });
}

seatbook_code seatbook_reactivate_license(seatbook_session *session,
                                          const seatbook_reactivate_license_request *request,
                                          seatbook_id *license, seatbook_rows **result,
                                          seatbook_error **error) {
  return command<ReactivateLicense>(session, request, result, error, &Session::reactivate_license,
      [&](const auto& value) { put(license, value.license.value); });
}

seatbook_code seatbook_assign(seatbook_session *session, const seatbook_assign_request *request,
                              seatbook_id *assignment, seatbook_rows **result,
                              seatbook_error **error) {
  return command<Assign>(session, request, result, error, &Session::assign,
      [&](const auto& value) { put(assignment, value.assignment.value); });
}

seatbook_code seatbook_bulk_assign(seatbook_session *session,
                                   const seatbook_bulk_assign_request *request, uint64_t *done,
                                   seatbook_rows **result, seatbook_error **error) {
  return command<BulkAssign>(session, request, result, error, &Session::bulk_assign,
      [&](const auto& value) { put(done, value.summary.done); });
}

seatbook_code seatbook_assign_many(seatbook_session *session,
                                   const seatbook_assign_many_request *request, uint64_t *done,
                                   seatbook_rows **result, seatbook_error **error) {
  return command<AssignMany>(session, request, result, error, &Session::assign_many,
      [&](const auto& value) { put(done, value.summary.done); });
}

seatbook_code seatbook_revoke(seatbook_session *session, const seatbook_revoke_request *request,
                              seatbook_id *assignment, seatbook_rows **result,
                              seatbook_error **error) {
  return command<Revoke>(session, request, result, error, &Session::revoke,
      [&](const auto& value) { put(assignment, value.assignment.value); });
}

seatbook_code seatbook_revoke_all(seatbook_session *session,
                                  const seatbook_revoke_all_request *request, uint64_t *done,
                                  seatbook_rows **result, seatbook_error **error) {
  return command<RevokeAll>(session, request, result, error, &Session::revoke_all,
      [&](const auto& value) { put(done, value.summary.done); });
}

seatbook_code seatbook_transfer(seatbook_session *session, const seatbook_transfer_request *request,
                                seatbook_id *assignment, seatbook_rows **result,
                                seatbook_error **error) {
  return command<Transfer>(session, request, result, error, &Session::transfer,
      [&](const auto& value) { put(assignment, value.assignment.value); });
}

seatbook_code seatbook_edit_seat(seatbook_session *session,
                                 const seatbook_edit_seat_request *request, seatbook_id *assignment,
                                 seatbook_rows **result, seatbook_error **error) {
  return command<EditSeat>(session, request, result, error, &Session::edit_seat,
      [&](const auto& value) { put(assignment, value.assignment.value); });
}

seatbook_code seatbook_mark_reviewed(seatbook_session *session,
                                     const seatbook_mark_reviewed_request *request,
                                     seatbook_id *assignment, seatbook_rows **result,
                                     seatbook_error **error) {
  return command<MarkReviewed>(session, request, result, error, &Session::mark_reviewed,
      [&](const auto& value) { put(assignment, value.assignment.value); });
}

seatbook_code seatbook_record_use(seatbook_session *session,
                                  const seatbook_record_use_request *request,
                                  seatbook_id *assignment, seatbook_rows **result,
                                  seatbook_error **error) {
  return command<RecordUse>(session, request, result, error, &Session::record_use,
      [&](const auto& value) { put(assignment, value.assignment.value); });
}

seatbook_code seatbook_record_uses(seatbook_session *session,
                                   const seatbook_record_uses_request *request, uint64_t *done,
                                   seatbook_rows **result, seatbook_error **error) {
  return command<RecordUses>(session, request, result, error, &Session::record_uses,
      [&](const auto& value) { put(done, value.summary.done); });
}

seatbook_code seatbook_people(const seatbook_session *session,
                              const seatbook_people_request *request, seatbook_rows **result,
                              seatbook_error **error) {
  return question<PeopleQuery>(session, request, result, error, &Session::people,
      nothing_else);
}

seatbook_code seatbook_licenses(const seatbook_session *session,
                                const seatbook_licenses_request *request, seatbook_rows **result,
                                seatbook_error **error) {
  return question<LicensesQuery>(session, request, result, error, &Session::licenses,
      nothing_else);
}

seatbook_code seatbook_get_person(const seatbook_session *session, seatbook_id person,
                                  seatbook_rows **result, seatbook_error **error) {
  return run(session, error, [&](const Session& on) {
    return finish(on.get_person(PersonId(person)), result, error, nothing_else);
  });
}

seatbook_code seatbook_get_license(const seatbook_session *session, seatbook_id license,
                                   seatbook_rows **result, seatbook_error **error) {
  return run(session, error, [&](const Session& on) {
    return finish(on.get_license(LicenseId(license)), result, error, nothing_else);
  });
}

seatbook_code seatbook_get_assignment(const seatbook_session *session, seatbook_id assignment,
                                      seatbook_rows **result, seatbook_error **error) {
  return run(session, error, [&](const Session& on) {
    return finish(on.get_assignment(AssignmentId(assignment)), result, error, nothing_else);
  });
}

seatbook_code seatbook_get_actor(const seatbook_session *session, seatbook_id actor,
                                 seatbook_rows **result, seatbook_error **error) {
  return run(session, error, [&](const Session& on) {
    return finish(on.get_actor(ActorId(actor)), result, error, nothing_else);
  });
}

seatbook_code seatbook_find_person(const seatbook_session *session,
                                   const seatbook_find_person_request *request, seatbook_id *person,
                                   seatbook_error **error) {
  return value<PersonLookup>(session, request, error, &Session::find_person,
      [&](const auto& found) { put(person, id_or_none(found)); });
}

seatbook_code seatbook_find_license(const seatbook_session *session,
                                    const seatbook_find_license_request *request,
                                    seatbook_id *license, seatbook_error **error) {
  return value<LicenseLookup>(session, request, error, &Session::find_license,
      [&](const auto& found) { put(license, id_or_none(found)); });
}

seatbook_code seatbook_find_actor(const seatbook_session *session,
                                  const seatbook_find_actor_request *request, seatbook_id *actor,
                                  seatbook_error **error) {
  return value<ActorLookup>(session, request, error, &Session::find_actor,
      [&](const auto& found) { put(actor, id_or_none(found)); });
}

seatbook_code seatbook_find_seat(const seatbook_session *session, seatbook_id license,
                                 seatbook_id person, seatbook_id *assignment,
                                 seatbook_error **error) {
  return run(session, error, [&](const Session& on) {
    return finish(on.find_seat(LicenseId(license), PersonId(person)), error,
        [&](const auto& found) { put(assignment, id_or_none(found)); });
  });
}

seatbook_code seatbook_last_use(const seatbook_session *session, seatbook_id assignment,
                                seatbook_time *used_at, seatbook_error **error) {
  return run(session, error, [&](const Session& on) {
    return finish(on.last_use(AssignmentId(assignment)), error,
        [&](const auto& found) { put(used_at, time_or_none(found)); });
  });
}

seatbook_code seatbook_usage(const seatbook_session *session, seatbook_id license, uint64_t *used,
                             int64_t *total, seatbook_rows **result, seatbook_error **error) {
  return run(session, error, [&](const Session& on) {
    return finish(on.usage(LicenseId(license)), result, error, [&](const auto& value) { put(used, value.used); put(total, total_of(value.total)); });
  });
}

seatbook_code seatbook_license_seats(const seatbook_session *session, seatbook_id license,
                                     seatbook_rows **result, seatbook_error **error) {
  return run(session, error, [&](const Session& on) {
    return finish(on.license_seats(LicenseId(license)), result, error, nothing_else);
  });
}

seatbook_code seatbook_my_software(const seatbook_session *session, seatbook_id person,
                                   seatbook_rows **result, seatbook_error **error) {
  return run(session, error, [&](const Session& on) {
    return finish(on.my_software(PersonId(person)), result, error, nothing_else);
  });
}

seatbook_code seatbook_assignable_people(const seatbook_session *session,
                                         const seatbook_assignable_people_request *request,
                                         seatbook_rows **result, seatbook_error **error) {
  return question<AssignableQuery>(session, request, result, error, &Session::assignable_people,
      nothing_else);
}

seatbook_code seatbook_needs_review(const seatbook_session *session,
                                    const seatbook_needs_review_request *request,
                                    seatbook_rows **result, seatbook_error **error) {
  return rows_of_license(session, request, result, error, &Session::needs_review);
}

seatbook_code seatbook_needs_review_count(const seatbook_session *session,
                                          const seatbook_needs_review_count_request *request,
                                          uint64_t *count, seatbook_error **error) {
  return question_of_license(session, request, error, &Session::needs_review_count,
      [&](const auto& found) { put(count, number(found)); });
}

seatbook_code seatbook_archived_owners(const seatbook_session *session, seatbook_rows **result,
                                       seatbook_error **error) {
  return run(session, error, [&](const Session& on) {
    return finish(on.archived_owners(), result, error, nothing_else);
  });
}

seatbook_code seatbook_license_contacts(const seatbook_session *session, seatbook_id license,
                                        seatbook_rows **result, seatbook_error **error) {
  return run(session, error, [&](const Session& on) {
    return finish(on.license_contacts(LicenseId(license)), result, error, nothing_else);
  });
}

seatbook_code seatbook_renewals_due(const seatbook_session *session,
                                    const seatbook_renewals_due_request *request,
                                    seatbook_rows **result, seatbook_error **error) {
  return question<RenewalsQuery>(session, request, result, error, &Session::renewals_due,
      nothing_else);
}

seatbook_code seatbook_history(const seatbook_session *session,
                               const seatbook_history_request *request, seatbook_rows **result,
                               seatbook_error **error) {
  return question<HistoryQuery>(session, request, result, error, &Session::history,
      nothing_else);
}

seatbook_code seatbook_events_after(const seatbook_session *session, uint64_t after, uint32_t limit,
                                    seatbook_rows **result, seatbook_error **error) {
  return run(session, error, [&](const Session& on) {
    return finish(on.events_after(Seq(after), limit), result, error, nothing_else);
  });
}

seatbook_code seatbook_notifications_after(const seatbook_session *session, uint64_t after,
                                           uint32_t limit, seatbook_rows **result,
                                           seatbook_error **error) {
  return run(session, error, [&](const Session& on) {
    return finish(on.notifications_after(Seq(after), limit), result, error, nothing_else);
  });
}

seatbook_code seatbook_seat_list(const seatbook_session *session,
                                 const seatbook_seat_list_request *request, seatbook_rows **result,
                                 seatbook_error **error) {
  return question<SeatListQuery>(session, request, result, error, &Session::seat_list,
      nothing_else);
}

seatbook_code seatbook_seat_figures(const seatbook_session *session,
                                    const seatbook_seat_figures_request *request,
                                    seatbook_rows **result, seatbook_error **error) {
  return question<SeatFiguresQuery>(session, request, result, error, &Session::seat_figures,
      nothing_else);
}

seatbook_code seatbook_roster(const seatbook_session *session,
                              const seatbook_roster_request *request, seatbook_rows **result,
                              seatbook_error **error) {
  return question<RosterQuery>(session, request, result, error, &Session::roster,
      nothing_else);
}

seatbook_code seatbook_export_seat_list(const seatbook_session *session,
                                        const seatbook_export_seat_list_request *request,
                                        seatbook_rows **result, seatbook_error **error) {
  return file<ExportSeatList>(session, request, result, error, &Session::export_seat_list);
}

seatbook_code seatbook_export_roster(const seatbook_session *session,
                                     const seatbook_export_roster_request *request,
                                     seatbook_rows **result, seatbook_error **error) {
  return file<ExportRoster>(session, request, result, error, &Session::export_roster);
}

seatbook_code seatbook_export_history(const seatbook_session *session,
                                      const seatbook_export_history_request *request,
                                      seatbook_rows **result, seatbook_error **error) {
  return file<ExportHistory>(session, request, result, error, &Session::export_history);
}

seatbook_code seatbook_utilization(const seatbook_session *session,
                                   const seatbook_utilization_request *request,
                                   seatbook_rows **result, seatbook_error **error) {
  return question<UtilizationQuery>(session, request, result, error, &Session::utilization,
      nothing_else);
}

seatbook_code seatbook_reclaim_candidates(const seatbook_session *session,
                                          const seatbook_reclaim_candidates_request *request,
                                          seatbook_rows **result, seatbook_error **error) {
  return question<ReclaimQuery>(session, request, result, error, &Session::reclaim_candidates,
      nothing_else);
}

seatbook_code seatbook_holders_at(const seatbook_session *session, seatbook_id license,
                                  seatbook_time at, seatbook_rows **result,
                                  seatbook_error **error) {
  return run(session, error, [&](const Session& on) {
    return finish(on.holders_at(LicenseId(license), Timestamp{at}), result, error, nothing_else);
  });
}

seatbook_code seatbook_usage_over_time(const seatbook_session *session,
                                       const seatbook_usage_over_time_request *request,
                                       seatbook_rows **result, seatbook_error **error) {
  return question<UsageOverTimeQuery>(session, request, result, error, &Session::usage_over_time,
      nothing_else);
}

seatbook_code seatbook_peak_usage(const seatbook_session *session,
                                  const seatbook_peak_usage_request *request,
                                  seatbook_rows **result, seatbook_error **error) {
  return question<UsageRange>(session, request, result, error, &Session::peak_usage,
      nothing_else);
}

seatbook_code seatbook_offboarding_times(const seatbook_session *session,
                                         const seatbook_offboarding_times_request *request,
                                         seatbook_rows **result, seatbook_error **error) {
  return question<OffboardingQuery>(session, request, result, error, &Session::offboarding_times,
      nothing_else);
}

seatbook_code seatbook_import_roster(seatbook_session *session,
                                     const seatbook_import_roster_request *request, uint64_t *added,
                                     seatbook_rows **result, seatbook_error **error) {
  return command<ImportRoster>(session, request, result, error, &Session::import_roster,
      [&](const auto& value) { put(added, value.added); });
}

seatbook_code seatbook_import_people(seatbook_session *session,
                                     const seatbook_import_people_request *request, uint64_t *added,
                                     seatbook_rows **result, seatbook_error **error) {
  return command<ImportPeople>(session, request, result, error, &Session::import_people,
      [&](const auto& value) { put(added, value.added); });
}

seatbook_code seatbook_import_licenses(seatbook_session *session,
                                       const seatbook_import_licenses_request *request,
                                       uint64_t *added, seatbook_rows **result,
                                       seatbook_error **error) {
  return command<ImportLicenses>(session, request, result, error, &Session::import_licenses,
      [&](const auto& value) { put(added, value.added); });
}

int32_t seatbook_can(const seatbook_session *session, seatbook_operation operation) {
  return yes_or_no(session, [&](const Session& on) {
    return on.can(choice<Operation>(operation));
  });
}

seatbook_code seatbook_why_not(const seatbook_session *session, seatbook_operation operation,
                               seatbook_error **error) {
  return run(session, error, [&](const Session& on) {
    return finish(on.why_not(choice<Operation>(operation)), error);
  });
}

}  // extern "C"
