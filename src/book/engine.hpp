/// Executes commands and queries (docs/architecture.md, "How a command is processed").
#ifndef SEATBOOK_BOOK_ENGINE_HPP_
#define SEATBOOK_BOOK_ENGINE_HPP_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "book/event_queue.hpp"
#include "book/fair_shared_mutex.hpp"
#include "book/group.hpp"
#include "book/meter.hpp"
#include "book/request_memory.hpp"
#include "book/table_slices.hpp"
#include "book/token_source.hpp"
#include "book/writer_queue.hpp"
#include "imports/inventory_import.hpp"
#include "imports/roster_import.hpp"
#include "model/slices.hpp"
#include "model/tables.hpp"
#include "rules/permissions.hpp"
#include "rules/rules.hpp"
#include "rules/transaction.hpp"
#include "rules/view.hpp"
#include "seatbook/book.hpp"
#include "storage/fork_guard.hpp"
#include "types/function_ref.hpp"
#include "types/try.hpp"

namespace seatbook::detail {

/// The immutable state of a session.
struct SessionState {
  Actor actor;
  Result<void> well_formed;  ///< the error of every call if the actor is malformed
  Version at_least;          ///< queries observe at least this version
};

/// What a query needs. With `about`, `view_own` is enough if the actor is that person.
struct Access {
  Access(Operation needed) : operation(needed) {}  // NOLINT: most queries name only the operation
  Access(Operation needed, PersonId person) : operation(needed), about(person) {}
  Operation operation;
  std::optional<PersonId> about;
};

class StorageLock;

class Engine {
 public:
  /// `storage` may be null: then the book is in memory only.
  Engine(std::shared_ptr<Storage> storage, OpenOptions options);

  /// Reads the storage. Called once, before any other call.
  Result<void> load();

  /// Executes a command: `rule(transaction, command)` decides it, once per attempt to write. Sets
  /// the version of its receipt.
  template <class Command, class Rule>
  auto execute(const SessionState& session, Operation operation, const Command& command,
               const Rule& rule)
      -> std::invoke_result_t<const Rule&, rules::Transaction&, const Command&> {
    try {
      SEATBOOK_TRY(session.well_formed);
      SEATBOOK_TRY(check_form(command));
      using Decided = std::invoke_result_t<const Rule&, rules::Transaction&, const Command&>;
      typename Decided::value_type receipt;
      // Inline in the function that FunctionRef calls: one frame between run() and the rule.
      const auto decide = [&](rules::Transaction& transaction)
                              __attribute__((always_inline)) -> Result<void> {
        SEATBOOK_TRY(receipt, rule(transaction, command));
        return {};
      };
      Call call(session.actor, operation, command.request_id, decide, joins_groups<Decided>);
      SEATBOOK_TRY(receipt.version, run(call));
      return receipt;
    } catch (...) {
      return translate_exception();
    }
  }

  /// Reads the file of a command with `parse(command)`, without a lock. Before that checks the
  /// actor, the command with the file's size, the state of the book, the permission and the request
  /// id, so that no file is parsed for a caller without permission (C66).
  template <class Command, class File>
  Result<File> read_file(const SessionState& session, Operation operation, const Command& command,
                         Result<File> (*parse)(const Command&)) {
    try {
      SEATBOOK_TRY(session.well_formed);
      SEATBOOK_TRY(check_form(command));
      if (auto checked = check_before_reading(session.actor, operation, command.request_id);
          !checked) {
        meter_.command_failed();
        return std::move(checked).error();
      }
      auto file = parse(command);
      if (!file) meter_.command_failed();
      return file;
    } catch (...) {
      return translate_exception();
    }
  }

  /// Runs a query under the shared lock: `query(tables)` if its cost does not grow with the book,
  /// `query(tables, slices)`, or `query(tables, now, slices)` if it depends on the current time.
  /// The query returns a Result. Permission and state are checked in each slice (C69).
  template <class Query>
  QueryResult<Query> ask(const SessionState& session, const Access& access, const Query& query) {
    SEATBOOK_TRY(session.well_formed);
    Timestamp now;
    if constexpr (needs_time<Query>) {
      SEATBOOK_TRY(now, clock_time());
    }
    SEATBOOK_TRY(reach(session.at_least));
    return read(
        [&] {
          return access.about ? rules::refusal_about(*tables_, session.actor, access.operation,
                                                     *access.about)
                              : rules::refusal(*tables_, session.actor, access.operation);
        },
        now, query);
  }
  /// Like ask(), without an actor and on a single version: the query restarts if a commit comes
  /// between two slices. The fourth attempt blocks writers until it is done; readers never wait.
  template <class Query>
  QueryResult<Query> inspect(const Query& query) {
    constexpr int attempts = 3;
    for (int attempt = 0; attempt < attempts; ++attempt) {
      std::optional<Version> version;
      bool moved = false;
      auto result = read(
          [&]() -> Result<void> {
            if (!version) version = tables_->version;
            moved = tables_->version != *version;
            return moved ? Result<void>(Error{}) : Result<void>();
          },
          {}, query);
      if (!moved) return result;
    }
    try {
      WritersWait slices(*this);
      SEATBOOK_TRY(check_open());
      if (!slices.enter()) return Error{};
      return run_query(query, *tables_, {}, slices);
    } catch (...) {
      return translate_exception();
    }
  }

  [[nodiscard]] Version version() const;
  Result<Version> refresh();
  Result<void> backup_to(const std::string& path);
  /// Frees the tables, the storage, the clock and the listeners. If called from a callback of the
  /// book's storage or clock, the book closes when the current call ends.
  void close();
  [[nodiscard]] bool closed() const noexcept { return state_.load() == State::closed; }
  /// Whether this process is a fork of the one that opened the book. If so, no lock may be taken.
  [[nodiscard]] bool forked() const noexcept { return fork_guard_.forked(); }
  [[nodiscard]] EventQueue& events() { return events_; }
  /// Sets the members of the statistics that do not come from the tables.
  void measure(BookStats& stats) const;

 private:
  enum class State : std::uint8_t { open, closed, needs_reopen };

  /// The commands on a single seat, which are those that return its receipt, join groups.
  template <class Decided>
  static constexpr bool joins_groups = std::is_same_v<Decided, Result<SeatReceipt>>;

  /// The time in which this thread is first in the queue of writers. Storages and their clocks are
  /// host code that runs in this time, so they must not use the book (in_callback()).
  class Turn {
   public:
    /// Waits until the caller is first.
    explicit Turn(Engine& engine);
    /// `place` must be first. The turn ends for all places up to `last`.
    Turn(Engine& engine, WriterQueue::Place& place);
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    /// Ends the turn, delivers the log, then closes the book if a callback has called close().
    ~Turn();
    void ends_after(WriterQueue::Place& last) { last_ = &last; }

   private:
    friend class Engine;
    Engine& engine_;
    WriterQueue::Place own_{false};
    WriterQueue::Place* last_;
    const Turn* const outer_;
    // The innermost Turn of this thread: a callback may use another book on another storage.
    static thread_local const Turn* innermost;
  };
  /// Marks that this thread calls the host's clock. It has no turn, but its callback must not use
  /// the book either: a call that needs the time would call the clock again without end.
  class ClockCall {
   public:
    /// When a close() of the callback takes effect.
    enum class Closing : std::uint8_t { at_once, after_the_call };
    ClockCall(const Engine& engine, Closing closing)
        : engine_(engine), closing_(closing), outer_(innermost) {
      innermost = this;
    }
    ClockCall(const ClockCall&) = delete;
    ClockCall& operator=(const ClockCall&) = delete;
    ~ClockCall() { innermost = outer_; }

   private:
    friend class Engine;
    const Engine& engine_;
    const Closing closing_;
    const ClockCall* const outer_;
    static thread_local const ClockCall* innermost;
  };
  /// For a query that needs a single version but is interrupted by commits: blocks writers, so the
  /// tables do not change and need no lock.
  class WritersWait final : public model::OneSlice {
   public:
    explicit WritersWait(Engine& engine) { turn_.emplace(engine); }
    void leave() override { turn_.reset(); }

   private:
    std::optional<Turn> turn_;
  };

  struct BatchTime {
    Timestamp now;  // the clock's
    Timestamp at;   // not earlier than the last batch
  };

  template <class Check, class Query>
  QueryResult<Query> read(const Check& check, Timestamp now, const Query& query) const {
    try {
      SEATBOOK_TRY(check_caller());
      const auto check_all = [&] {
        Result<void> open = check_open();
        return open ? check() : open;
      };
      TableSlices slices(tables_mutex_, tables_, check_all);
      if (!slices.enter()) return slices.error();
      auto result = run_query(query, *tables_, now, slices);
      slices.leave();  // before anything large is destroyed
      if (slices.ended()) return slices.error();
      return result;
    } catch (...) {
      return translate_exception();
    }
  }

  template <class Command>
  static Result<void> check_form(const Command& command) {
    using imports::malformed;
    using rules::malformed;
    return malformed(command);
  }

  Result<Version> run(Call& own);
  bool enter(WriterQueue::Place& place);
  void report(const Result<Version>& result);
  Result<void> get_ready(StorageLock& storage_lock, bool joins);
  Result<BatchTime> check_call(const Call& call, Timestamp now, const rules::View& view);
  using LookUp = Result<std::optional<Version>> (Storage::*)(const Token& token);
  Result<void> check_new(const RequestId& id, LookUp look_up);
  void show_pending(rules::View& view) const;
  Result<Version> add_batch(const Call& call, rules::Transaction& transaction);
  Result<std::size_t> make_durable(StorageLock& storage_lock);
  Result<std::size_t> append();
  Result<void> publish();
  // catch_up.cpp: reading from the storage.
  /// Where catch_up() puts what it reads.
  enum class Into : std::uint8_t { fresh_tables, tables, group };
  Result<bool> catch_up(std::size_t limit, Into into);
  Result<void> catch_up();
  Result<void> lock_and_catch_up(StorageLock& storage_lock, Into into);
  Result<void> reread();
  Result<Version> read_newer();
  Result<void> resolve();
  Result<void> sync();
  Result<std::size_t> count_written();
  void resolved(bool written);
  [[nodiscard]] Result<BatchTime> batch_time(Timestamp now, Timestamp last) const;
  /// Changes the tables. If `change` fails part-way, the tables are no longer trusted: the book
  /// enters the failed state (book_needs_reopen).
  Result<void> change_tables(types::FunctionRef<Result<void>()> change);
  [[nodiscard]] Result<void> reach(Version version);
  void queue_events(Seq first, Seq last);

  /// The checks of a command with a file that need no file.
  [[nodiscard]] Result<void> check_before_reading(const Actor& actor, Operation operation,
                                                  const std::optional<RequestId>& request_id);
  [[nodiscard]] Result<Timestamp> clock_time(
      ClockCall::Closing closing = ClockCall::Closing::at_once) const;

  /// Whether this thread is in a callback of this book, or of another book on the same storage.
  [[nodiscard]] bool in_callback() const noexcept;
  /// Returns the call of this book's clock that this thread is in; null if none.
  [[nodiscard]] const ClockCall* in_clock() const noexcept;
  void close_if_wanted();
  /// Returns the error for a call from a forked process or a callback. Checked before any lock is
  /// taken.
  [[nodiscard]] Result<void> check_caller() const;
  [[nodiscard]] Result<void> check_open() const {
    if (state_.load() == State::open) return {};
    return not_open();
  }
  [[nodiscard]] Error not_open() const;
  [[nodiscard]] Result<void> check_writable() const {
    if (!read_only_) return {};
    return not_writable();
  }
  [[nodiscard]] static Error not_writable();
  [[nodiscard]] Error translate_exception() const noexcept;

  // tables_ change only in a Turn with tables_mutex_ held, so the caller that has the turn may read
  // them without the mutex while it waits for the storage.
  WriterQueue queue_;
  mutable FairSharedMutex tables_mutex_;
  std::shared_ptr<model::Tables> tables_ = std::make_shared<model::Tables>();  // null once closed
  Version last_version_;                                                       // of a closed book
  std::atomic<State> state_{State::open};
  std::atomic<bool> close_wanted_{false};  // close() was called from a callback
  const ForkGuard fork_guard_;

  // Used in a Turn only.
  std::shared_ptr<Storage> storage_;
  const void* const storage_id_;  // only compared, never dereferenced
  const bool host_clock_;         // clock_ is the host's own code
  std::shared_ptr<Clock> clock_;  // guarded like tables_
  const bool allow_clock_behind_;
  const bool read_only_;
  TokenSource tokens_;
  RequestMemory requests_;  // used if there is no storage
  Group group_;             // a member, so that its memory is used again
  const std::size_t largest_group_;
  std::chrono::microseconds last_append_{0};
  /// The tokens of the last group while its outcome is unknown, and what its first batch is based
  /// on. The memory is reserved.
  std::vector<Token> unresolved_;
  Version unresolved_base_;

  Meter meter_;
  EventQueue events_;
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_ENGINE_HPP_
