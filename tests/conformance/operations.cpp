#include "conformance/operations.hpp"

#include <array>
#include <string_view>
#include <tuple>
#include <utility>

#include "conformance/results.hpp"

namespace seatbook::conformance {
namespace {

// The request of an export has the members of its query and of its format.
void read(Arguments& in, ExportSeatList& request) {
  read(in, request.list, {"after", "limit"});
  read(in, request.format);
}
void read(Arguments& in, ExportRoster& request) {
  in.read("license", request.license);
  in.read("include_cost", request.include_cost);
  read(in, request.format);
}
void read(Arguments& in, ExportHistory& request) {
  read(in, request.history, {"limit"});
  read(in, request.format);
}

template <class Value>
Reply reply_of(const Result<Value>& result) {
  if (!result) return {result.error(), nullptr};
  return {std::nullopt, json_of(*result)};
}
Reply reply_of(const Result<void>& result) {
  if (!result) return {result.error(), nullptr};
  return {};
}

/// Makes the call, unless an argument could not be converted.
template <class Call>
Reply run_call(const Arguments& in, const Call& call) {
  if (const Refusal& refused = in.finish()) return {refused, nullptr};
  return reply_of(call());
}

/// Runs a call that takes one struct.
template <class Request, class Method>
Run with_struct(Method method) {
  return [method](Target& on, Arguments& in) {
    Request request;
    read(in, request);
    return run_call(in, [&] { return (on.session.*method)(request); });
  };
}
template <class Request, class Value>
Run call(Result<Value> (Session::*method)(const Request&)) {
  return with_struct<Request>(method);
}
template <class Request, class Value>
Run call(Result<Value> (Session::*method)(const Request&) const) {
  return with_struct<Request>(method);
}

/// Runs a query that takes small values; `members` are their names.
template <class Value, class... Values>
Run call(Result<Value> (Session::*method)(Values...) const,
         std::array<const char*, sizeof...(Values)> members) {
  return [=](Target& on, Arguments& in) {
    std::tuple<Values...> values;
    std::apply(
        [&](Values&... each) {
          std::size_t next = 0;
          (in.read(members.at(next++), each), ...);
        },
        values);
    return run_call(in, [&] {
      return std::apply([&](Values... each) { return (on.session.*method)(each...); }, values);
    });
  };
}

/// Runs a query that takes `after` and `limit` and returns a page.
template <class Value>
Run page(Result<Value> (Session::*method)(Seq, std::uint32_t) const) {
  return [method](Target& on, Arguments& in) {
    Seq after;
    std::uint32_t limit = 1000;
    in.read("after", after);
    in.read("limit", limit);
    return run_call(in, [&] { return (on.session.*method)(after, limit); });
  };
}

/// Runs an export. The exported bytes are part of the result; `"sink": "stops"` cancels it.
template <class Request>
Run file(Result<ExportReport> (Session::*method)(const Request&, const CsvSink&) const) {
  return [method](Target& on, Arguments& in) {
    Request request;
    read(in, request);
    std::string sink;
    in.read("sink", sink);
    std::string csv;
    const CsvSink stop = [](std::string_view) { return false; };
    Reply reply = run_call(
        in, [&] { return (on.session.*method)(request, sink == "stops" ? stop : append_to(csv)); });
    if (!reply.error) reply.result["csv"] = csv;
    return reply;
  };
}

Reply can(Target& on, Arguments& in) {
  auto operation = Operation::add_person;
  in.read("operation", operation);
  if (const Refusal& refused = in.finish()) return {refused, nullptr};
  return {std::nullopt, on.session.can(operation)};
}

Reply why_not(Target& on, Arguments& in) {
  auto operation = Operation::add_person;
  in.read("operation", operation);
  return run_call(in, [&]() -> Result<void> {
    if (auto refusal = on.session.why_not(operation)) return *std::move(refusal);
    return {};
  });
}

// ---------------------------------------------------------------------- operations of the book

Reply dump(Target& on, Arguments& in) {
  Reply reply = run_call(in, [&] { return on.book.dump(); });
  if (!reply.error) reply.result = json::parse(reply.result.get<std::string>());
  return reply;
}

Reply check(Target& on, Arguments& in) {
  return run_call(in, [&] { return on.book.check_invariants(); });
}

Reply close(Target& on, Arguments& in) {
  return run_call(in, [&] {
    on.book.close();
    return Result<void>();
  });
}

}  // namespace

const std::map<std::string, Run>& operations() {
  static const std::map<std::string, Run> table = {
      {"add_person", call(&Session::add_person)},
      {"update_person", call(&Session::update_person)},
      {"archive_person", call(&Session::archive_person)},
      {"reactivate_person", call(&Session::reactivate_person)},
      {"erase_person", call(&Session::erase_person)},
      {"add_license", call(&Session::add_license)},
      {"update_license", call(&Session::update_license)},
      {"set_total_seats", call(&Session::set_total_seats)},
      {"set_policy", call(&Session::set_policy)},
      {"set_owners", call(&Session::set_owners)},
      {"archive_license", call(&Session::archive_license)},
      {"reactivate_license", call(&Session::reactivate_license)},
      {"assign", call(&Session::assign)},
      {"bulk_assign", call(&Session::bulk_assign)},
      {"assign_many", call(&Session::assign_many)},
      {"revoke", call(&Session::revoke)},
      {"revoke_all", call(&Session::revoke_all)},
      {"transfer", call(&Session::transfer)},
      {"edit_seat", call(&Session::edit_seat)},
      {"mark_reviewed", call(&Session::mark_reviewed)},
      {"record_use", call(&Session::record_use)},
      {"record_uses", call(&Session::record_uses)},
      {"people", call(&Session::people)},
      {"licenses", call(&Session::licenses)},
      {"get_person", call(&Session::get_person, {"person"})},
      {"get_license", call(&Session::get_license, {"license"})},
      {"get_assignment", call(&Session::get_assignment, {"assignment"})},
      {"get_actor", call(&Session::get_actor, {"actor"})},
      {"find_person", call(&Session::find_person)},
      {"find_license", call(&Session::find_license)},
      {"find_actor", call(&Session::find_actor)},
      {"find_seat", call(&Session::find_seat, {"license", "person"})},
      {"last_use", call(&Session::last_use, {"assignment"})},
      {"usage", call(&Session::usage, {"license"})},
      {"license_seats", call(&Session::license_seats, {"license"})},
      {"my_software", call(&Session::my_software, {"person"})},
      {"assignable_people", call(&Session::assignable_people)},
      {"needs_review", call(&Session::needs_review, {"license"})},
      {"needs_review_count", call(&Session::needs_review_count, {"license"})},
      {"archived_owners", call(&Session::archived_owners, {})},
      {"license_contacts", call(&Session::license_contacts, {"license"})},
      {"renewals_due", call(&Session::renewals_due)},
      {"history", call(&Session::history)},
      {"events_after", page(&Session::events_after)},
      {"notifications_after", page(&Session::notifications_after)},
      {"seat_list", call(&Session::seat_list)},
      {"seat_figures", call(&Session::seat_figures)},
      {"roster", call(&Session::roster)},
      {"export_seat_list", file(&Session::export_seat_list)},
      {"export_roster", file(&Session::export_roster)},
      {"export_history", file(&Session::export_history)},
      {"utilization", call(&Session::utilization)},
      {"reclaim_candidates", call(&Session::reclaim_candidates)},
      {"holders_at", call(&Session::holders_at, {"license", "at"})},
      {"usage_over_time", call(&Session::usage_over_time)},
      {"peak_usage", call(&Session::peak_usage)},
      {"offboarding_times", call(&Session::offboarding_times)},
      {"import_roster", call(&Session::import_roster)},
      {"import_people", call(&Session::import_people)},
      {"import_licenses", call(&Session::import_licenses)},
      {"can", can},
      {"why_not", why_not},
      {"dump", dump},
      {"check", check},
      {"close", close},
  };
  return table;
}

Actor actor_of(const json& members) {
  Arguments in(members);
  Actor actor;
  in.read("actor", actor.actor);
  in.read("person", actor.person);
  in.read("role", actor.role);
  in.read("permissions", actor.permissions);
  if (in.finish()) throw CaseError("not an actor: " + shown(members));
  return actor;
}

}  // namespace seatbook::conformance
