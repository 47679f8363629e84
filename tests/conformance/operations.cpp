#include "conformance/operations.hpp"

#include <array>
#include <string_view>
#include <tuple>
#include <utility>

#include "conformance/results.hpp"

namespace seatbook::conformance {
namespace {

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
    std::uint32_t limit = default_page_limit;
    in.read("after", after);
    in.read("limit", limit);
    return run_call(in, [&] { return (on.session.*method)(after, limit); });
  };
}

/// Runs an export, whose arguments are those of its list and format. The exported bytes are part of
/// the result; `"sink": "stops"` cancels it.
template <class Request>
Run file(Result<ExportReport> (Session::*method)(const Request&, const CsvSink&) const) {
  return [method](Target& on, Arguments& in) {
    Request request;
    visit_export<Request>([&](const char* name, auto access) { in.read(name, access(request)); });
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
#define SEATBOOK_NAMES(...) {__VA_ARGS__}
#define SEATBOOK_OPERATION(name, Result, permission) {#name, call(&Session::name)},
#define SEATBOOK_LOOKUP(name, arguments, Result, permission) \
  {#name, call(&Session::name, SEATBOOK_NAMES arguments)},
#define SEATBOOK_PAGE(name, Result, permission) {#name, page(&Session::name)},
#define SEATBOOK_EXPORT(name, Request, Result, permission) {#name, file(&Session::name)},
#include "seatbook/operations.def"
#undef SEATBOOK_NAMES
      {"can", can}, {"why_not", why_not}, {"dump", dump}, {"check", check}, {"close", close},
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
