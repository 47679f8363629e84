// Session: paged lists and CSV exports.
#include <algorithm>
#include <new>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "book/engine.hpp"
#include "book/query_checks.hpp"
#include "csv/writer.hpp"
#include "exports/exports.hpp"
#include "rules/fields.hpp"
#include "rules/lookups.hpp"
#include "seatbook/book.hpp"
#include "views/inactivity.hpp"
#include "views/views.hpp"

namespace seatbook {

using detail::missing_actor;
using detail::missing_license;
using detail::missing_person;
using model::Slices;
using model::Tables;

namespace {

/// Number of rows of a file that are read under one lock.
constexpr std::size_t rows_at_a_time = 1000;
/// Minimum size of a chunk for a sink, in bytes.
constexpr std::size_t chunk_bytes = std::size_t{64} << 10U;

std::optional<Error> malformed_limit(std::uint32_t limit) {
  return limit == all_rows ? std::nullopt : detail::bad_limit(limit);
}

template <class Query>
std::optional<Error> malformed_days(const Query& query) {
  return views::malformed(views::rule_of(query));
}

/// Checks the filter and the order of a seat list.
std::optional<Error> malformed(const SeatListQuery& query) {
  if (auto error = rules::malformed_texts({{"search", query.search}})) return error;
  if (auto error = malformed_days(query)) return error;
  return rules::malformed_choice("sort", query.sort);
}

template <class Query>
std::optional<Error> missing_scope(const Tables& tables, const Query& query) {
  if (auto error = missing_license(tables, query.license)) return error;
  return missing_person(tables, query.person);
}

std::optional<Error> malformed(const HistoryQuery& query) {
  return query.kind ? rules::malformed_choice("kind", *query.kind) : std::nullopt;
}

std::optional<Error> malformed(const CsvFormat& format, const CsvSink& sink) {
  if (auto error = rules::malformed_choice("profile", format.profile)) return error;
  if (auto error = rules::malformed_offset(format.utc_offset_minutes)) return error;
  if (!sink) return Error{Code::invalid_argument, "sink must be set", "sink"};
  return std::nullopt;
}

/// Runs an export. If memory runs out outside the engine's calls, returns out_of_memory; other
/// exceptions of the sink propagate.
template <class Export>
Result<ExportReport> exported(const Export& run) {
  try {
    return run();
  } catch (const std::bad_alloc&) {
    return Error{Code::out_of_memory, "out of memory"};
  }
}

/// The rows of a file in their order, as of `version`.
template <class Order>
struct Contents {
  Order order;
  Version version;
};

/// Writes a file to its sink in chunks, without a lock. `read_rows(ids)` takes the lock for one
/// page.
template <class File, class Key, class ReadRows>
Result<ExportReport> stream(const File& file, const CsvFormat& format, const std::vector<Key>& keys,
                            Version version, const ReadRows& read_rows, const CsvSink& sink) {
  ExportReport report;
  report.version = version;
  csv::Writer writer(format);
  const auto flush = [&] {
    report.bytes += writer.bytes().size();
    const bool go_on = sink(writer.bytes());
    writer.clear();
    return go_on;
  };
  const Error cancelled{Code::cancelled, "the sink cancelled the export"};

  file.header(writer);
  for (std::span<const Key> rest = keys; !rest.empty();) {
    const auto page = rest.first(std::min(rest.size(), rows_at_a_time));
    rest = rest.subspan(page.size());
    auto rows = read_rows(page);
    if (!rows) return std::move(rows).error();
    for (const auto& row : *rows) {
      file.row(writer, row);
      ++report.rows;
      if (writer.bytes().size() >= chunk_bytes && !flush()) return cancelled;
    }
  }
  if (!writer.bytes().empty() && !flush()) return cancelled;
  return report;
}

}  // namespace

Result<SeatListPage> Session::seat_list(const SeatListQuery& query) const {
  if (auto error = malformed(query)) return *std::move(error);
  std::optional<views::SeatPosition> after;
  if (!query.after.empty()) {
    after = views::position_of(query);
    if (!after) {
      return Error{Code::invalid_argument, "after is not a cursor of this sort order", "after"};
    }
  }
  if (auto error = malformed_limit(query.limit)) return *std::move(error);
  return engine_->ask_now(
      *state_, Operation::seat_list,
      [&](const Tables& tables, Timestamp now, Slices& slices) -> Result<SeatListPage> {
        if (auto error = missing_scope(tables, query)) {
          return *std::move(error);
        }
        return views::seat_list(tables, query, after, now, slices);
      });
}

Result<SeatFigures> Session::seat_figures(const SeatFiguresQuery& query) const {
  if (auto error = malformed_days(query)) return *std::move(error);
  return engine_->ask_now(
      *state_, Operation::seat_figures,
      [&](const Tables& tables, Timestamp now, Slices& slices) -> Result<SeatFigures> {
        if (auto error = missing_scope(tables, query)) {
          return *std::move(error);
        }
        return views::seat_figures(tables, query, now, slices);
      });
}

Result<RosterPage> Session::roster(const RosterQuery& query) const {
  if (auto error = malformed_limit(query.limit)) return *std::move(error);
  return engine_->ask(
      *state_, Operation::roster, [&](const Tables& tables, Slices& slices) -> Result<RosterPage> {
        if (auto error = missing_license(tables, query.license)) return *std::move(error);
        const AssignmentId after = query.after.value_or(AssignmentId());
        const auto* last = tables.assignments.find(after);
        if (after && (last == nullptr || LicenseId(last->license) != query.license)) {
          return Error{Code::assignment_not_found, "after is not an assignment of this license",
                       "after"};
        }
        return views::roster(tables, query, slices);
      });
}

Result<ExportReport> Session::export_seat_list(const ExportSeatList& request,
                                               const CsvSink& sink) const {
  SeatListQuery list = request.list;
  list.limit = all_rows;
  if (auto error = malformed(list)) return *std::move(error);
  if (auto error = malformed(request.format, sink)) return *std::move(error);
  using Taken = Contents<std::vector<AssignmentId>>;
  auto contents =
      engine_->ask_now(*state_, Operation::export_seat_list,
                       [&](const Tables& tables, Timestamp now, Slices& slices) -> Result<Taken> {
                         if (auto error = missing_scope(tables, list)) {
                           return *std::move(error);
                         }
                         const Version version = tables.version;
                         auto order = views::seat_order(tables, list, {}, now, slices);
                         return Taken{std::move(order.seats), version};
                       });
  if (!contents) return std::move(contents).error();
  const auto read_rows = [&](std::span<const AssignmentId> ids) {
    return engine_->ask_now(*state_, Operation::export_seat_list,
                            [&](const Tables& tables, Timestamp now,
                                Slices& slices) -> Result<std::vector<SeatListRow>> {
                              return views::seat_rows(tables, ids, list, now, slices);
                            });
  };
  return exported([&] {
    return stream(exports::SeatListFile(request), request.format, contents->order,
                  contents->version, read_rows, sink);
  });
}

Result<ExportReport> Session::export_roster(const ExportRoster& request,
                                            const CsvSink& sink) const {
  if (auto error = malformed(request.format, sink)) return *std::move(error);
  using Taken = Contents<std::vector<AssignmentId>>;
  auto contents =
      engine_->ask(*state_, Operation::export_roster,
                   [&](const Tables& tables, Slices& slices) -> Result<Taken> {
                     if (auto error = missing_license(tables, request.license))
                       return *std::move(error);
                     const Version version = tables.version;
                     return Taken{views::roster_order(tables, request.license, slices), version};
                   });
  if (!contents) return std::move(contents).error();
  const auto read_rows = [&](std::span<const AssignmentId> ids) {
    return engine_->ask(
        *state_, Operation::export_roster,
        [&](const Tables& tables, Slices& slices) -> Result<std::vector<RosterRow>> {
          return views::roster_rows(tables, ids, slices);
        });
  };
  return exported([&] {
    return stream(exports::RosterFile(request), request.format, contents->order, contents->version,
                  read_rows, sink);
  });
}

Result<ExportReport> Session::export_history(const ExportHistory& request,
                                             const CsvSink& sink) const {
  const HistoryQuery& history = request.history;
  if (auto error = malformed(history)) return *std::move(error);
  if (auto error = malformed(request.format, sink)) return *std::move(error);
  using Taken = Contents<std::vector<Seq>>;
  auto contents =
      engine_->ask(*state_, Operation::export_history,
                   [&](const Tables& tables, Slices& slices) -> Result<Taken> {
                     if (auto error = missing_scope(tables, history)) return *std::move(error);
                     if (auto error = missing_actor(tables, history.actor)) {
                       return *std::move(error);
                     }
                     if (auto error = detail::bad_instants(history.since, history.until)) {
                       return *std::move(error);
                     }
                     const Version version = tables.version;
                     return Taken{views::history_order(tables, history, slices), version};
                   });
  if (!contents) return std::move(contents).error();
  const auto read_rows = [&](std::span<const Seq> rows) {
    return engine_->ask(
        *state_, Operation::export_history,
        [&](const Tables& tables, Slices& slices) -> Result<std::vector<HistoryEntry>> {
          return views::history_entries(tables, rows, slices);
        });
  };
  return exported([&] {
    return stream(exports::HistoryFile(), request.format, contents->order, contents->version,
                  read_rows, sink);
  });
}

}  // namespace seatbook
