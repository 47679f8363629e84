/// Clients of a shared book. They make random calls and log each one (call_log.hpp), whatever
/// happens to their connection, their server or the results.
///
/// Every call has a unique actor, "p<process>.c<call>". The history names the actor, so the stored
/// records show which call wrote each batch, and how often.
#ifndef SEATBOOK_TESTS_POSTGRES_WORKER_HPP_
#define SEATBOOK_TESTS_POSTGRES_WORKER_HPP_

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "postgres/call_log.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook::testing {

/// The contents of the book. All workers compete for the hot license.
inline constexpr std::uint64_t people_count = 12;
inline constexpr std::uint64_t cold_count = 24;
inline constexpr const char* hot_key = "hot";

/// A clock that is some seconds ahead of the machine's.
class SkewedClock final : public Clock {
 public:
  explicit SkewedClock(std::int64_t seconds) : skew_us_(seconds * 1'000'000) {}
  Timestamp now() override { return {machine_.now().us + skew_us_}; }

 private:
  SystemClock machine_;
  std::int64_t skew_us_;
};

struct ClientOptions {
  std::filesystem::path folder;  ///< folder of its files
  std::uint64_t process = 0;     ///< its unique number
  std::uint64_t seed = 1;
  std::optional<std::int64_t> clock_skew_s;  ///< gives the book a host clock with this skew
  bool listen = false;
  /// Opens a new storage object on each call.
  std::function<Result<std::shared_ptr<Storage>>()> open_storage;
};

/// The worker cannot continue: the stored data is wrong or stays unreachable.
class GaveUp final : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The open book and the log of a process, for one or more workers.
class Client {
 public:
  /// May throw GaveUp.
  explicit Client(ClientOptions options)
      : options_(std::move(options)), calls_file_(file("calls", ".jsonl")) {
    if (options_.listen) events_file_.emplace(file("events", ".jsonl"));
    reopen(nullptr);
  }

  [[nodiscard]] const ClientOptions& options() const { return options_; }

  [[nodiscard]] std::shared_ptr<Book> book() const {
    const std::lock_guard lock(mutex_);
    if (!book_) throw GaveUp("another worker could not open the book");
    return book_;
  }

  /// Opens the book anew, unless another worker has done so since `broken` was the book. Retries
  /// for about a minute if the storage cannot be reached.
  void reopen(std::shared_ptr<Book> broken) {
    const std::lock_guard lock(mutex_);
    if (gave_up_) throw GaveUp("another worker could not open the book");
    if (book_ != broken) return;
    broken.reset();
    book_.reset();
    std::string why;
    for (int attempt = 0; attempt < 240; ++attempt) {
      auto storage = options_.open_storage();
      if (storage) {
        OpenOptions options;
        if (options_.clock_skew_s) {
          options.clock = std::make_shared<SkewedClock>(*options_.clock_skew_s);
        }
        auto opened = Book::open(*std::move(storage), std::move(options));
        if (opened) {
          book_ = std::make_shared<Book>(*std::move(opened));
          listen();
          return;
        }
        why = text_of(opened.error());
        // The stored data is wrong: retrying does not help.
        if (opened.error().code == Code::storage_corrupt) break;
      } else {
        why = text_of(storage.error());
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(250));
    }
    gave_up_ = true;
    log({{"p", options_.process}, {"do", "open"}, {"code", "gave_up"}, {"why", why}});
    throw GaveUp("the book cannot be opened: " + why);
  }

  /// Returns a number that no other call of the process has.
  std::uint64_t next_call() { return ++calls_; }

  void log(const Json& line) { calls_file_.line(line); }

  [[nodiscard]] std::filesystem::path file(const char* what, const char* ending) const {
    return options_.folder / (what + ("-" + std::to_string(options_.process)) + ending);
  }

 private:
  void listen() {
    if (!events_file_) return;
    book_->subscribe([this](const Event& event) {
      events_file_->line({{"p", options_.process},
                          {"seq", event.seq.value},
                          {"version", event.version.value},
                          {"kind", to_string(event.kind)},
                          {"license", event.license.value},
                          {"person", event.person.value},
                          {"assignment", event.assignment.value},
                          {"actor", event.actor_name}});
    });
  }

  static std::string text_of(const Error& error) {
    return std::string(to_string(error.code)) + ": " + error.message;
  }

  ClientOptions options_;
  LineFile calls_file_;
  std::optional<LineFile> events_file_;
  std::atomic<std::uint64_t> calls_{0};
  mutable std::mutex mutex_;
  std::shared_ptr<Book> book_;
  bool gave_up_ = false;
};

/// One thread that makes calls. Any call may throw GaveUp; the worker is unusable after that.
class Worker {
 public:
  /// Workers with the same client share its book. Each has a different `thread`.
  explicit Worker(std::shared_ptr<Client> client, std::uint64_t thread = 0)
      : client_(std::move(client)),
        random_(client_->options().seed * 1'000'003 + client_->options().process + (thread << 32)) {
    const auto hot = observer().find_license({.host_key = hot_key});
    if (hot && *hot) hot_ = **hot;
  }
  explicit Worker(ClientOptions options) : Worker(std::make_shared<Client>(std::move(options))) {}

  /// Adds the people and the licenses with logged calls.
  void fill() {
    for (std::uint64_t number = 1; number <= people_count; ++number) {
      add_person("Person " + std::to_string(number));
    }
    add_license("Hot", hot_key, 3);
    for (std::uint64_t number = 1; number <= cold_count; ++number) {
      add_license("Cold " + std::to_string(number), "cold" + std::to_string(number),
                  1 + number % 4);
    }
  }

  /// Makes one random call.
  void step() {
    struct Choice {
      unsigned weight;
      void (Worker::*make)();
    };
    static constexpr Choice choices[] = {
        {34, &Worker::random_assign},
        {26, &Worker::random_revoke},
        {10, &Worker::random_transfer},
        {6, &Worker::random_total},
        {8, &Worker::random_bulk},
        {2, &Worker::random_archive_license},
        {3, &Worker::random_reactivate_license},
        {1, &Worker::random_archive_person},
        {2, &Worker::random_reactivate_person},
        {4, &Worker::random_new_person},
        {5, &Worker::random_query},
    };
    unsigned all = 0;
    for (const Choice& choice : choices) all += choice.weight;
    auto chosen = below(all);
    for (const Choice& choice : choices) {
      if (chosen < choice.weight) return (this->*choice.make)();
      chosen -= choice.weight;
    }
  }

  /// Assigns a seat of the hot license to the first person without one.
  void grant_hot() {
    for (std::uint64_t person = 1; person <= people_count; ++person) {
      const auto held = observer().find_seat(hot_, PersonId(person));
      if (held && !*held) return assign(hot_, PersonId(person));
    }
    throw std::runtime_error("every person already has a seat of the hot license");
  }

  /// Refreshes, then queries the usage of the hot license.
  void query() {
    refresh();
    usage(hot_);
  }

  /// Refreshes, writes the dump and returns the version.
  Version finish() {
    for (int attempt = 0; !refresh(); ++attempt) {
      if (attempt == 60) throw GaveUp("the last refresh failed");
      std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
    const auto book = client_->book();
    std::ofstream(client_->file("dump", ".json"), std::ios::binary) << book->dump().value();
    return book->version();
  }

 private:
  using Attempt = std::function<Json(Session&, const std::optional<RequestId>&)>;

  /// For queries that are not logged.
  [[nodiscard]] Session observer() const {
    return client_->book()->session({.actor = "observer", .role = Role::super_admin});
  }

  // ------------------------------------------------------------------------------ logged calls

  /// Writes the first line of an attempt, makes it and writes its second line. Opens the book anew
  /// if the attempt says that it must be. Returns its code.
  Code attempt(std::uint64_t call, std::uint64_t number, const char* name, const Json& arguments,
               const std::optional<RequestId>& request, const Attempt& run) {
    book_ = client_->book();
    const std::uint64_t process = client_->options().process;
    Session desk =
        book_->session({.actor = "p" + std::to_string(process) + ".c" + std::to_string(call),
                        .role = Role::super_admin});
    Json line = {{"p", process}, {"c", call}, {"try", number}};
    Json before = line;
    before["do"] = name;
    before["args"] = arguments;
    if (request) before["request"] = request->to_string();
    before["start"] = monotonic_ns();
    client_->log(before);
    Json result = run(desk, request);
    // The result rests on this version or an older one.
    line["seen"] = book_->version().value;
    line["end"] = monotonic_ns();
    line.update(result);
    client_->log(line);
    const Code code = code_from_string(result.at("code").get<std::string>()).value();
    if (code == Code::book_needs_reopen || code == Code::storage_corrupt) {
      client_->reopen(std::move(book_));
    }
    book_.reset();
    return code;
  }

  /// Makes a call. After a failed or unknown outcome, calls with a request id are retried.
  void call(const char* name, const Json& arguments, const Attempt& run) {
    const std::uint64_t number = client_->next_call();
    std::optional<RequestId> request;
    if (below(3) == 0) {
      request.emplace();
      for (std::uint8_t& byte : request->bytes) byte = static_cast<std::uint8_t>(random_());
    }
    for (std::uint64_t tries = 1;; ++tries) {
      const Code code = attempt(number, tries, name, arguments, request, run);
      if (code == Code::storage_unknown || code == Code::storage_failed) {
        std::this_thread::sleep_for(std::chrono::milliseconds(below(50)));
        refresh();
      } else if (code == Code::ok && request && tries == 1 && below(10) == 0) {
        continue;  // repeats a successful request, which the book must recognize
      } else if (code != Code::book_needs_reopen && code != Code::storage_corrupt) {
        return;
      }
      if (!request || tries == 5) return;
    }
  }

  template <class Value, class Fill>
  static Json returned(const Result<Value>& result, const Fill& fill) {
    Json line;
    if (result) {
      line["code"] = "ok";
      line["version"] = result->version.value;
      fill(line, *result);
      return line;
    }
    const Error& error = result.error();
    line["code"] = to_string(error.code);
    line["message"] = error.message;
    if (error.code == Code::repeated_request) line["version"] = error.values.at(0);
    if (!error.outcomes.empty()) line["outcomes"] = outcomes(error.outcomes);
    return line;
  }
  template <class Value>
  static Json returned(const Result<Value>& result) {
    return returned(result, [](Json&, const Value&) {});
  }
  static Json returned_seat(const Result<SeatReceipt>& result) {
    return returned(result, [](Json& line, const SeatReceipt& seat) {
      line["assignment"] = seat.assignment.value;
    });
  }
  static Json outcomes(const std::vector<Outcome>& outcomes) {
    Json list = Json::array();
    for (const Outcome& outcome : outcomes) {
      list.push_back({outcome.item, to_string(outcome.code),
                      outcome.assignment.value_or(AssignmentId()).value});
    }
    return list;
  }

  bool refresh() {
    refreshed_ns_ = 0;
    const std::int64_t start = monotonic_ns();
    const Code code = attempt(client_->next_call(), 1, "refresh", Json::object(), {},
                              [this](Session&, const auto&) -> Json {
                                const auto version = book_->refresh();
                                if (version) return {{"code", "ok"}, {"version", version->value}};
                                return {{"code", to_string(version.error().code)},
                                        {"message", version.error().message}};
                              });
    if (code == Code::ok) refreshed_ns_ = start;
    return code == Code::ok;
  }

  /// Logs when the refresh before the query started: the result is that of a later state.
  void usage(LicenseId license) {
    attempt(client_->next_call(), 1, "usage", {{"license", license.value}}, {},
            [&](Session& desk, const auto&) -> Json {
              const Version before = book_->version();
              const auto usage = desk.usage(license);
              if (!usage) return {{"code", to_string(usage.error().code)}};
              // Other workers may change the book during the query.
              return {{"code", "ok"},
                      {"lowest_version", before.value},
                      {"version", book_->version().value},
                      {"fresh_since", refreshed_ns_},
                      {"used", usage->used},
                      {"total", usage->total.seats()},
                      {"archived", usage->archived}};
            });
  }

  void assign(LicenseId license, PersonId person) {
    call("assign", {{"license", license.value}, {"person", person.value}},
         [=](Session& desk, const auto& request) {
           return returned_seat(
               desk.assign({.license = license, .person = person, .request_id = request}));
         });
  }

  void add_person(const std::string& name) {
    call("add_person", {{"name", name}}, [=](Session& desk, const auto& request) {
      return returned(
          desk.add_person({.name = name, .request_id = request}),
          [](Json& line, const PersonReceipt& added) { line["person"] = added.person.value; });
    });
  }

  void add_license(const std::string& name, const std::string& key, std::uint64_t total) {
    call("add_license", {{"name", name}, {"host_key", key}, {"total", total}},
         [=](Session& desk, const auto& request) {
           return returned(desk.add_license({.name = name,
                                             .host_key = key,
                                             .total_seats = total,
                                             .owner = PersonId(1),
                                             .request_id = request}),
                           [](Json& line, const LicenseReceipt& added) {
                             line["license"] = added.license.value;
                           });
         });
  }

  // ------------------------------------------------------------------------------ random calls

  std::uint64_t below(std::uint64_t n) { return random_() % n; }
  PersonId some_person() { return PersonId(1 + below(people_count)); }
  LicenseId cold_license() {
    const std::uint64_t number = 1 + below(cold_count);
    return LicenseId(hot_.value + number);
  }
  LicenseId some_license() { return below(3) != 0 ? hot_ : cold_license(); }

  /// Returns mostly a seat that is active in this book; sometimes any id, or one that never
  /// existed.
  AssignmentId some_seat() {
    const auto seats = observer().license_seats(some_license());
    if (seats && !seats->empty()) {
      last_seat_ = std::max(last_seat_, seats->back().assignment.value);
      if (below(10) != 0) return (*seats)[below(seats->size())].assignment;
    }
    if (below(50) == 0) return AssignmentId(last_seat_ + 1'000'000'000);
    return AssignmentId(1 + below(last_seat_ + 1));
  }

  void random_assign() { assign(some_license(), some_person()); }
  void random_revoke() {
    const AssignmentId seat = some_seat();
    call("revoke", {{"assignment", seat.value}}, [=](Session& desk, const auto& request) {
      return returned_seat(desk.revoke({.assignment = seat, .request_id = request}));
    });
  }
  void random_transfer() {
    const AssignmentId seat = some_seat();
    const PersonId person = some_person();
    call("transfer", {{"assignment", seat.value}, {"person", person.value}},
         [=](Session& desk, const auto& request) {
           return returned_seat(
               desk.transfer({.assignment = seat, .person = person, .request_id = request}));
         });
  }
  void random_total() {
    const LicenseId license = some_license();
    const std::uint64_t total = 1 + below(5);
    call("set_total_seats", {{"license", license.value}, {"total", total}},
         [=](Session& desk, const auto& request) {
           return returned(desk.set_total_seats(
               {.license = license, .total_seats = total, .request_id = request}));
         });
  }
  void random_bulk() {
    const PersonId person = some_person();
    std::vector<LicenseId> licenses = {hot_};
    for (std::uint64_t more = below(4); more != 0; --more) licenses.push_back(cold_license());
    std::shuffle(licenses.begin(), licenses.end(), random_);
    const bool all_or_nothing = below(3) == 0;
    Json ids = Json::array();
    for (const LicenseId license : licenses) ids.push_back(license.value);
    call("bulk_assign",
         {{"person", person.value}, {"licenses", ids}, {"all_or_nothing", all_or_nothing}},
         [=](Session& desk, const auto& request) {
           return returned(desk.bulk_assign({.person = person,
                                             .licenses = licenses,
                                             .all_or_nothing = all_or_nothing,
                                             .request_id = request}),
                           [](Json& line, const BulkReceipt& bulk) {
                             line["outcomes"] = outcomes(bulk.outcomes);
                           });
         });
  }
  void random_archive_license() {
    const LicenseId license = some_license();
    call("archive_license", {{"license", license.value}}, [=](Session& desk, const auto& request) {
      return returned(desk.archive_license({.license = license, .request_id = request}));
    });
  }
  /// Prefers archived licenses; otherwise most licenses would end up archived.
  void random_reactivate_license() {
    LicenseId license = some_license();
    const auto all = observer().licenses();
    if (all && below(4) != 0) {
      for (const License& one : *all) {
        if (one.state == LicenseState::archived) license = one.id;
      }
    }
    call("reactivate_license", {{"license", license.value}},
         [=](Session& desk, const auto& request) {
           return returned(desk.reactivate_license({.license = license, .request_id = request}));
         });
  }
  void random_archive_person() {
    const PersonId person = some_person();
    call("archive_person", {{"person", person.value}}, [=](Session& desk, const auto& request) {
      return returned(desk.archive_person({.person = person, .request_id = request}));
    });
  }
  void random_reactivate_person() {
    PersonId person = some_person();
    if (below(4) != 0) {
      for (std::uint64_t id = 1; id <= people_count; ++id) {
        const auto one = observer().get_person(PersonId(id));
        if (one && one->state == PersonState::archived) person = one->id;
      }
    }
    call("reactivate_person", {{"person", person.value}}, [=](Session& desk, const auto& request) {
      return returned(desk.reactivate_person({.person = person, .request_id = request}));
    });
  }
  /// No rule refuses a second person with this name: only the storage can prevent a duplicate.
  void random_new_person() { add_person("New " + std::to_string(random_())); }
  void random_query() {
    refreshed_ns_ = 0;
    if (below(2) == 0) refresh();
    usage(some_license());
  }

  std::shared_ptr<Client> client_;
  std::mt19937_64 random_;
  std::shared_ptr<Book> book_;  // during an attempt
  LicenseId hot_;
  std::uint64_t last_seat_ = 0;
  std::int64_t refreshed_ns_ = 0;  // 0: not since the last change
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_POSTGRES_WORKER_HPP_
