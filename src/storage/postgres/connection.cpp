#include "storage/postgres/connection.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <utility>

#include "storage/postgres/binary.hpp"

namespace seatbook::postgres::detail {
namespace {

using Clock = std::chrono::steady_clock;
struct ClearResult {
  void operator()(PGresult* result) const noexcept { libpq().PQclear(result); }
};
using ResultPointer = std::unique_ptr<PGresult, ClearResult>;

/// How much longer than the server's own statement timeout the client waits for a result.
constexpr auto grace = std::chrono::milliseconds(2'000);

void ignore_notice(void* /*unused*/, const PGresult* /*notice*/) {}

enum class Waited : std::uint8_t { ready, not_yet, timed_out };

/// Waits until one of `events` is possible on the socket, for at most a second.
Waited wait_for(int socket, short events, Clock::time_point until) {
  constexpr std::int64_t longest_ms = 1'000;
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
  if (left <= 0) return Waited::timed_out;
  pollfd watched{socket, events, 0};
  const int found = ::poll(&watched, 1, static_cast<int>(std::min(left, longest_ms)));
  return found > 0 ? Waited::ready : Waited::not_yet;
}

/// Whether a retry may succeed: serialization failure, deadlock, too many connections, server
/// shutting down or starting.
bool is_transient(std::string_view state) {
  static constexpr std::array<std::string_view, 7> states = {"40001", "40P01", "53300", "57P01",
                                                             "57P02", "57P03", "25P03"};
  return std::find(states.begin(), states.end(), state) != states.end() ||
         state.substr(0, 2) == "08";
}

/// Whether a prepared statement is missing, or a statement not yet prepared already exists: the
/// session of the server is not the one that this connection set up.
bool is_foreign_session(std::string_view state) {
  return state == "26000" || state == "42P05";
}

/// Returns the failure for a pool that moves one client between several server connections.
SqlFailure pooled_by_transaction() {
  SqlFailure failure{
      {"the connection pool switches server connections between transactions: a book needs a "
       "dedicated connection (PgBouncer: pool_mode = session)"}};
  failure.unsupported = true;
  return failure;
}

std::string field(const PGresult* result, int code) {
  const char* value = libpq().PQresultErrorField(result, code);
  return value == nullptr ? "" : value;
}

}  // namespace

Parameters& Parameters::number(std::uint64_t value) {
  std::string bytes;
  append_integer(bytes, value, 8);
  values_.emplace_back(std::move(bytes));
  return *this;
}

std::optional<std::int64_t> Row::number(int column) const {
  return integer_of(bytes(column));
}

// ---------------------------------------------------------------------------------- connecting

std::optional<SqlFailure> Connection::open(const Target& target, const Options& options) {
  close();
  target_ = target;
  options_ = options;
  if (auto failure = connect_to_any()) return failure;
  if (libpq().PQsetnonblocking(connection_, 1) != 0 ||
      libpq().PQenterPipelineMode(connection_) != 1) {
    return lost("libpq does not support non-blocking pipeline mode here");
  }
  auto failure = set_up_session();
  if (failure) close();
  return failure;
}

std::optional<SqlFailure> Connection::set_up_session() {
  const auto limit = [this](const char* name, std::uint32_t time_ms) {
    send({"", std::string("SET ") + name + " = " + std::to_string(time_ms)});
  };
  limit("lock_timeout", options_.lock_timeout_ms);
  limit("statement_timeout", options_.statement_timeout_ms);
  limit("idle_in_transaction_session_timeout", options_.idle_transaction_timeout_ms);
  if (options_.read_only) send({"", "SET default_transaction_read_only = on"});
  // A role, a database or the server may set synchronous_commit to off: a batch would then be
  // acknowledged before it is durable. Other values are kept. set_config() fixes the value for the
  // whole session, so a configuration reload on the server does not turn it off either.
  const std::size_t requested =
      send({"",
            "SELECT pg_catalog.pg_backend_pid(), "
            "coalesce(current_setting('fsync', true), 'on') = 'off' AND "
            "lower(coalesce(current_setting('seatbook.allow_fsync_off', true), '')) NOT IN "
            "('on', 'true', 'yes', '1'), "
            "set_config('synchronous_commit', CASE current_setting('synchronous_commit') "
            "WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false), "
            // Other servers that speak this protocol have another log, or none.
            "version() LIKE 'PostgreSQL %' AND version() NOT LIKE '%-YB-%' AND EXISTS (SELECT 1 "
            "FROM pg_catalog.pg_proc WHERE proname = 'pg_logical_emit_message')"});
  // TCP keepalives let the server detect that this machine is gone. Not every server supports these
  // settings; without one, other writers wait for their lock_timeout instead.
  const std::uint32_t seconds = std::max(1U, options_.tcp_timeout_ms / 1'000);
  const std::pair<const char*, std::uint32_t> keepalives[] = {
      {"tcp_user_timeout", options_.tcp_timeout_ms},
      {"tcp_keepalives_idle", seconds},
      {"tcp_keepalives_interval", std::max(1U, seconds / 3)},
      {"tcp_keepalives_count", 3},
  };
  for (const auto& [name, value] : keepalives) {
    send({"",
          "SELECT set_config($1::text, $2::text, false) WHERE current_setting($1::text, true) "
          "IS NOT NULL"},
         Parameters().bytes(name).bytes(std::to_string(value)));
  }
  bool loses_commits = false;
  auto failure = finish([&](std::size_t statement, const Row& row) {
    if (statement == requested) {
      process_ = row.number(0).value_or(0);
      loses_commits = row.number(1).value_or(0) != 0;
      shares_syncs_ = row.number(3).value_or(0) != 0;
    }
    return true;
  });
  if (!failure && loses_commits && !options_.read_only) {
    failure =
        SqlFailure{{"the server runs with fsync = off: a crash of its machine can lose "
                    "acknowledged changes or "
                    "the whole book; for tests, set seatbook.allow_fsync_off = on in the server's "
                    "configuration"}};
    failure->unsupported = true;
  }
  return failure;
}

std::optional<SqlFailure> Connection::read_process(std::int64_t& process) {
  send({"", "SELECT pg_catalog.pg_backend_pid()"});
  return finish([&process](std::size_t, const Row& row) {
    process = row.number(0).value_or(0);
    return true;
  });
}

std::optional<SqlFailure> Connection::check_pool() {
  // A round-robin pool shows a different server process in the next transaction.
  std::int64_t now = 0;
  if (auto failure = read_process(now)) return failure;
  bool shared = now != process_;
  // A pool that prefers the connection used last is only detected by a second client. There is a
  // pool only if the process id announced when connecting is not the server's: pools invent one.
  if (!shared && process_ > 0 && libpq().PQbackendPID(connection_) != process_) {
    constexpr std::uint32_t longest_ms = 1'000;
    Options options = options_;
    options.connect_timeout_ms = std::min(options.connect_timeout_ms, longest_ms);
    options.statement_timeout_ms = std::min(options.statement_timeout_ms, longest_ms);
    Connection second;
    // If the pool has no further connection for the second client, this connection is not shared.
    if (!second.open(target_, options)) shared = second.process_ == process_;
  }
  if (!shared) return std::nullopt;
  send({"", "RESET ALL"});  // the server's connection is used by others
  (void)finish();
  close();
  return pooled_by_transaction();
}

std::optional<SqlFailure> Connection::connect_to_any() {
  std::optional<SqlFailure> failure;
  for (const ConnectionParameters& host : target_.hosts) {
    failure = connect(host);
    if (!failure) break;
  }
  return failure;
}

std::optional<SqlFailure> Connection::connect(const ConnectionParameters& host) {
  std::vector<const char*> keywords;
  std::vector<const char*> values;
  for (const auto& [keyword, value] : host) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  const auto until = Clock::now() + std::chrono::milliseconds(options_.connect_timeout_ms);
  connection_ = libpq().PQconnectStartParams(keywords.data(), values.data(), 0);
  if (connection_ == nullptr) return SqlFailure{{"out of memory"}};
  // Set before connecting: libpq prints notices by default.
  libpq().PQsetNoticeReceiver(connection_, ignore_notice, nullptr);
  PostgresPollingStatusType status = PGRES_POLLING_WRITING;
  while (status != PGRES_POLLING_OK) {
    if (libpq().PQstatus(connection_) == CONNECTION_BAD || status == PGRES_POLLING_FAILED) {
      return lost("cannot connect: " + target_.redacted(libpq().PQerrorMessage(connection_)));
    }
    const short events = status == PGRES_POLLING_WRITING ? POLLOUT : POLLIN;
    switch (wait_for(libpq().PQsocket(connection_), events, until)) {
      case Waited::ready:
        status = libpq().PQconnectPoll(connection_);
        break;
      case Waited::not_yet:
        break;
      case Waited::timed_out:
        return lost("not connected within connect_timeout_ms = " +
                    std::to_string(options_.connect_timeout_ms));
    }
  }
  const char* const encoding = libpq().PQparameterStatus(connection_, "server_encoding");
  if (encoding != nullptr && std::string_view(encoding) != "UTF8") {
    const std::string name = encoding;
    close();
    return SqlFailure{{"the database's encoding must be UTF8: it is " + name}};
  }
  return std::nullopt;
}

void Connection::close() noexcept {
  if (connection_ != nullptr) libpq().PQfinish(std::exchange(connection_, nullptr));
  process_ = 0;
  prepared_.clear();
  sent_.clear();
  statements_ = 0;
  refused_ = false;
}

void Connection::abandon() noexcept {
  // PQfinish would end the session of the parent process. Its memory is leaked instead.
  if (connection_ != nullptr) ::close(libpq().PQsocket(std::exchange(connection_, nullptr)));
}

bool Connection::in_transaction() const {
  if (connection_ == nullptr) return false;
  const PGTransactionStatusType status = libpq().PQtransactionStatus(connection_);
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool Connection::is_idle() const {
  return connection_ != nullptr && libpq().PQtransactionStatus(connection_) == PQTRANS_IDLE;
}

bool Connection::has_ended() const {
  // A server sends nothing between two messages, except when it ends the session or its
  // configuration has changed. A new connection serves both cases.
  pollfd watched{libpq().PQsocket(connection_), POLLIN, 0};
  return ::poll(&watched, 1, 0) != 0;
}

SqlFailure Connection::lost(const std::string& why) {
  close();
  SqlFailure failure{{why}};
  failure.lost = true;
  failure.transient = true;
  return failure;
}

// ---------------------------------------------------------------------------------- statements

std::size_t Connection::send(const Statement& statement, const Parameters& parameters) {
  return send(statement, parameters, false);
}
std::size_t Connection::send_streamed(const Statement& statement, const Parameters& parameters) {
  return send(statement, parameters, true);
}

void Connection::add_sent(int queued, Sent entry) {
  if (queued == 1) {
    sent_.push_back(std::move(entry));
  } else {
    refused_ = true;  // finish() reports it
  }
}

std::size_t Connection::send(const Statement& statement, const Parameters& parameters,
                             bool streamed) {
  const std::size_t number = statements_++;
  if (connection_ == nullptr || refused_) return number;
  const auto& values = parameters.values();
  std::vector<const char*> starts;
  std::vector<int> lengths;
  for (const std::optional<std::string>& value : values) {
    starts.push_back(value ? value->data() : nullptr);
    lengths.push_back(value ? static_cast<int>(value->size()) : 0);
  }
  const std::vector<int> binary(values.size(), 1);
  const int count = static_cast<int>(values.size());
  if (statement.name.empty()) {
    add_sent(libpq().PQsendQueryParams(connection_, statement.sql.c_str(), count, nullptr,
                                       starts.data(), lengths.data(), binary.data(), 1),
             {"", number, streamed});
    return number;
  }
  const bool preparing = std::any_of(sent_.begin(), sent_.end(), [&](const Sent& earlier) {
    return earlier.prepares == statement.name;
  });
  if (!preparing && prepared_.count(statement.name) == 0) {
    add_sent(libpq().PQsendPrepare(connection_, statement.name.c_str(), statement.sql.c_str(), 0,
                                   nullptr),
             {statement.name, number, false});
  }
  add_sent(libpq().PQsendQueryPrepared(connection_, statement.name.c_str(), count, starts.data(),
                                       lengths.data(), binary.data(), 1),
           {"", number, streamed});
  return number;
}

std::optional<SqlFailure> Connection::finish(const TakeRow& take) {
  if (connection_ == nullptr) {
    statements_ = 0;
    return lost("the connection was lost");
  }
  // An early return leaves unread results that could not be distinguished from the next ones.
  struct Guard {
    Connection& connection;
    bool done = false;
    ~Guard() {
      if (!done) connection.close();
    }
  } guard{*this};
  ++messages_;
  if (refused_ || libpq().PQpipelineSync(connection_) != 1) {
    return lost("libpq rejected a statement: " +
                target_.redacted(libpq().PQerrorMessage(connection_)));
  }
  std::optional<SqlFailure> first;
  const std::vector<Sent> expected = std::exchange(sent_, {});
  for (const Sent& one : expected) {
    if (auto failure = receive(one, take)) {
      if (failure->lost) return failure;
      if (!first) {
        first = std::move(failure);
        first->statement = one.number;
      }
    }
  }
  if (auto failure = await_result()) return failure;
  const ResultPointer sync(libpq().PQgetResult(connection_));
  if (libpq().PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) {
    if (first) return lost(first->message);
    return lost("unexpected result from the server: " +
                target_.redacted(libpq().PQerrorMessage(connection_)));
  }
  statements_ = 0;
  guard.done = true;
  return first;
}

/// Reads all results of one statement.
std::optional<SqlFailure> Connection::receive(const Sent& sent, const TakeRow& take) {
  if (sent.streamed) (void)libpq().PQsetSingleRowMode(connection_);
  std::optional<SqlFailure> failure;
  bool skipped = false;
  for (;;) {
    if (auto gone = await_result()) return failure && failure->lost ? failure : gone;
    const ResultPointer result(libpq().PQgetResult(connection_));
    if (!result) break;
    switch (libpq().PQresultStatus(result.get())) {
      case PGRES_TUPLES_OK:
      case PGRES_SINGLE_TUPLE:
        for (int row = 0; take && row < libpq().PQntuples(result.get()); ++row) {
          if (!take(sent.number, Row(result.get(), row))) return lost("reading was cancelled");
        }
        break;
      case PGRES_COMMAND_OK:
        break;
      case PGRES_PIPELINE_ABORTED:
        skipped = true;
        break;
      default:
        failure = failure_of(result.get());
        if (failure->lost) return failure;
    }
  }
  if (!failure && !skipped && !sent.prepares.empty()) prepared_.insert(sent.prepares);
  return failure;
}

/// Flushes the send buffer and waits until a result can be read.
std::optional<SqlFailure> Connection::await_result() {
  const auto until =
      Clock::now() + std::chrono::milliseconds(options_.statement_timeout_ms) + grace;
  bool rechecked = false;
  for (;;) {
    const int unsent = libpq().PQflush(connection_);
    if (unsent == 0 && libpq().PQisBusy(connection_) == 0) return std::nullopt;
    if (unsent < 0) {
      // The server may have sent an error before it closed the connection.
      if (libpq().PQconsumeInput(connection_) == 1 && libpq().PQisBusy(connection_) == 0)
        return std::nullopt;
      return lost("the connection was lost: " +
                  target_.redacted(libpq().PQerrorMessage(connection_)));
    }
    // Data that TLS has decrypted but libpq had no buffer for is no longer in the socket.
    const bool decrypted = libpq().PQsslInUse(connection_) != 0 && !rechecked;
    rechecked = decrypted;
    const auto events = static_cast<short>(unsent > 0 ? POLLIN | POLLOUT : POLLIN);
    if (!decrypted && wait_for(libpq().PQsocket(connection_), events, until) == Waited::timed_out) {
      return lost("the server did not respond within statement_timeout_ms");
    }
    if (libpq().PQconsumeInput(connection_) != 1 && libpq().PQisBusy(connection_) != 0) {
      return lost("the connection was lost: " +
                  target_.redacted(libpq().PQerrorMessage(connection_)));
    }
  }
}

std::optional<SqlFailure> Connection::failure_of(const PGresult* result) {
  SqlFailure failure;
  failure.state = field(result, PG_DIAG_SQLSTATE);
  if (is_foreign_session(failure.state)) {
    SqlFailure pooled = pooled_by_transaction();
    pooled.state = failure.state;
    pooled.message += " (SQLSTATE " + failure.state + ")";
    return pooled;
  }
  // Without PG_DIAG_MESSAGE_DETAIL, which may contain values of a row.
  failure.message = target_.redacted(libpq().PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
  if (failure.message.empty())
    failure.message = target_.redacted(libpq().PQresultErrorMessage(result));
  if (!failure.state.empty()) failure.message += " (SQLSTATE " + failure.state + ")";
  failure.table = field(result, PG_DIAG_TABLE_NAME);
  const std::string severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  // 40003: CockroachDB reports that the statement's outcome is unknown.
  failure.lost = severity == "FATAL" || severity == "PANIC" || failure.state.empty() ||
                 failure.state == "40003" || failure.state.substr(0, 2) == "08" ||
                 libpq().PQstatus(connection_) == CONNECTION_BAD;
  failure.transient = failure.lost || is_transient(failure.state);
  if (failure.lost) close();
  return failure;
}

}  // namespace seatbook::postgres::detail
