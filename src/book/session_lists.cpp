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
#include "types/try.hpp"
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

Result<void> malformed_limit(std::uint32_t limit) {
  return limit == all_rows ? Result<void>() : detail::bad_limit(limit);
}

template <class Query>
Result<void> malformed_days(const Query& query) {
  return views::malformed(views::rule_of(query));
}

/// Checks the filter and the order of a seat list.
Result<void> malformed(const SeatListQuery& query) {
  SEATBOOK_TRY(rules::malformed_texts({{"search", query.search}}));
  SEATBOOK_TRY(malformed_days(query));
  return rules::malformed_choice("sort", query.sort);
}

template <class Query>
Result<void> missing_scope(const Tables& tables, const Query& query) {
  SEATBOOK_TRY(missing_license(tables, query.license));
  return missing_person(tables, query.person);
}

Result<void> malformed(const HistoryQuery& query) {
  return query.kind ? rules::malformed_choice("kind", *query.kind) : Result<void>();
}

Result<void> malformed(const CsvFormat& format, const CsvSink& sink) {
  SEATBOOK_TRY(rules::malformed_choice("profile", format.profile));
  SEATBOOK_TRY(rules::malformed_offset(format.utc_offset_minutes));
  if (!sink) return Error{Code::invalid_argument, "sink must be set", "sink"};
  return {};
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
    SEATBOOK_TRY(const auto rows, read_rows(page));
    for (const auto& row : rows) {
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
  SEATBOOK_TRY(malformed(query));
  std::optional<views::SeatPosition> after;
  if (!query.after.empty()) {
    after = views::position_of(query);
    if (!after) {
      return Error{Code::invalid_argument, "after is not a cursor of this sort order", "after"};
    }
  }
  SEATBOOK_TRY(malformed_limit(query.limit));
  return engine_->ask(
      *state_, Operation::seat_list,
      [&](const Tables& tables, Timestamp now, Slices& slices) -> Result<SeatListPage> {
        SEATBOOK_TRY(missing_scope(tables, query));
        return views::seat_list(tables, query, after, now, slices);
      });
}

Result<SeatFigures> Session::seat_figures(const SeatFiguresQuery& query) const {
  SEATBOOK_TRY(malformed_days(query));
  return engine_->ask(
      *state_, Operation::seat_figures,
      [&](const Tables& tables, Timestamp now, Slices& slices) -> Result<SeatFigures> {
        SEATBOOK_TRY(missing_scope(tables, query));
        return views::seat_figures(tables, query, now, slices);
      });
}

Result<RosterPage> Session::roster(const RosterQuery& query) const {
  SEATBOOK_TRY(malformed_limit(query.limit));
  return engine_->ask(
      *state_, Operation::roster, [&](const Tables& tables, Slices& slices) -> Result<RosterPage> {
        SEATBOOK_TRY(missing_license(tables, query.license));
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
  SEATBOOK_TRY(malformed(list));
  SEATBOOK_TRY(malformed(request.format, sink));
  using Taken = Contents<std::vector<AssignmentId>>;
  const auto take = [&](const Tables& tables, Timestamp now, Slices& slices) -> Result<Taken> {
    SEATBOOK_TRY(missing_scope(tables, list));
    const Version version = tables.version;
    auto order = views::seat_order(tables, list, {}, now, slices);
    return Taken{std::move(order.seats), version};
  };
  SEATBOOK_TRY(const Taken contents, engine_->ask(*state_, Operation::export_seat_list, take));
  const auto read_rows = [&](std::span<const AssignmentId> ids) {
    return engine_->ask(*state_, Operation::export_seat_list,
                        [&](const Tables& tables, Timestamp now,
                            Slices& slices) -> Result<std::vector<SeatListRow>> {
                          return views::seat_rows(tables, ids, list, now, slices);
                        });
  };
  return exported([&] {
    return stream(exports::SeatListFile(request), request.format, contents.order, contents.version,
                  read_rows, sink);
  });
}

Result<ExportReport> Session::export_roster(const ExportRoster& request,
                                            const CsvSink& sink) const {
  SEATBOOK_TRY(malformed(request.format, sink));
  using Taken = Contents<std::vector<AssignmentId>>;
  const auto take = [&](const Tables& tables, Slices& slices) -> Result<Taken> {
    SEATBOOK_TRY(missing_license(tables, request.license));
    const Version version = tables.version;
    return Taken{views::roster_order(tables, request.license, slices), version};
  };
  SEATBOOK_TRY(const Taken contents, engine_->ask(*state_, Operation::export_roster, take));
  const auto read_rows = [&](std::span<const AssignmentId> ids) {
    return engine_->ask(
        *state_, Operation::export_roster,
        [&](const Tables& tables, Slices& slices) -> Result<std::vector<RosterRow>> {
          return views::roster_rows(tables, ids, slices);
        });
  };
  return exported([&] {
    return stream(exports::RosterFile(request), request.format, contents.order, contents.version,
                  read_rows, sink);
  });
}

Result<ExportReport> Session::export_history(const ExportHistory& request,
                                             const CsvSink& sink) const {
  const HistoryQuery& history = request.history;
  SEATBOOK_TRY(malformed(history));
  SEATBOOK_TRY(malformed(request.format, sink));
  using Taken = Contents<std::vector<Seq>>;
  const auto take = [&](const Tables& tables, Slices& slices) -> Result<Taken> {
    SEATBOOK_TRY(missing_scope(tables, history));
    SEATBOOK_TRY(missing_actor(tables, history.actor));
    SEATBOOK_TRY(detail::bad_instants(history.since, history.until));
    const Version version = tables.version;
    return Taken{views::history_order(tables, history, slices), version};
  };
  SEATBOOK_TRY(const Taken contents, engine_->ask(*state_, Operation::export_history, take));
  const auto read_rows = [&](std::span<const Seq> rows) {
    return engine_->ask(
        *state_, Operation::export_history,
        [&](const Tables& tables, Slices& slices) -> Result<std::vector<HistoryEntry>> {
          return views::history_entries(tables, rows, slices);
        });
  };
  return exported([&] {
    return stream(exports::HistoryFile(), request.format, contents.order, contents.version,
                  read_rows, sink);
  });
}

}  // namespace seatbook
