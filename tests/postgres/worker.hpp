/// One client of a shared book: makes calls at random and writes each of them down (call_log.hpp),
/// whatever becomes of its connection, its server or the answers.
///
/// Every call is made by an actor of its own, "p<process>.c<call>". History names who did it, so
/// the records themselves tell which call wrote each batch, and how often it did.
#ifndef SEATBOOK_TESTS_POSTGRES_WORKER_HPP_
#define SEATBOOK_TESTS_POSTGRES_WORKER_HPP_

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
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

/// What a book is made of here. The hot license is what everybody fights for.
inline constexpr std::uint64_t people_count = 12;
inline constexpr std::uint64_t cold_count = 24;
inline constexpr const char* hot_key = "hot";

/// Stamps times some seconds beside the machine's.
class SkewedClock final : public Clock {
 public:
  explicit SkewedClock(std::int64_t seconds) : skew_us_(seconds * 1'000'000) {}
  Timestamp now() override { return {machine_.now().us + skew_us_}; }

 private:
  SystemClock machine_;
  std::int64_t skew_us_;
};

struct WorkerOptions {
  std::filesystem::path folder;  ///< where its files go
  std::uint64_t process = 0;     ///< its number, of which there is no second one
  std::uint64_t seed = 1;
  std::optional<std::int64_t> clock_skew_s;  ///< gives the book a clock of the host's
  bool listen = false;
  /// Opens the storage, anew each time.
  std::function<Result<std::shared_ptr<Storage>>()> open_storage;
};

/// Nothing more can be done: what is stored is wrong, or stays out of reach.
class GaveUp final : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Any call may throw GaveUp; then the worker is good for nothing more.
class Worker {
 public:
  explicit Worker(WorkerOptions options)
      : options_(std::move(options)),
        random_(options_.seed * 1'000'003 + options_.process),
        calls_file_(file("calls", ".jsonl")) {
    if (options_.listen) events_file_.emplace(file("events", ".jsonl"));
    reopen();
    const auto hot = session_->find_license({.host_key = hot_key});
    if (hot && *hot) hot_ = **hot;
  }

  /// The people and the licenses, each by a logged call.
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

  /// One call, chosen at random.
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
        {5, &Worker::random_look},
    };
    unsigned all = 0;
    for (const Choice& choice : choices) all += choice.weight;
    auto chosen = below(all);
    for (const Choice& choice : choices) {
      if (chosen < choice.weight) return (this->*choice.make)();
      chosen -= choice.weight;
    }
  }

  /// The first person who holds no seat of the hot license gets one.
  void grant_hot() {
    for (std::uint64_t person = 1; person <= people_count; ++person) {
      const auto held = session_->find_seat(hot_, PersonId(person));
      if (held && !*held) return assign(hot_, PersonId(person));
    }
    throw std::runtime_error("nobody to give a seat");
  }

  /// Takes in what the others have written, then says how full the hot license is.
  void look() {
    refresh();
    usage(hot_);
  }

  /// Takes in everything and leaves its dump. Answers the version.
  Version finish() {
    for (int attempt = 0; !refresh(); ++attempt) {
      if (attempt == 60) throw GaveUp("the last refresh failed");
      std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
    std::ofstream(file("dump", ".json"), std::ios::binary) << book_->dump().value();
    return book_->version();
  }

 private:
  using Attempt = std::function<Json(Session&, const std::optional<RequestId>&)>;

  [[nodiscard]] std::filesystem::path file(const char* what, const char* ending) const {
    return options_.folder / (what + ("-" + std::to_string(options_.process)) + ending);
  }

  // ------------------------------------------------------------------------------- the book

  /// Opens the book, again and again where its storage cannot be reached.
  void reopen() {
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
          book_.emplace(*std::move(opened));
          session_ = book_->session({.actor = "onlooker", .role = Role::super_admin});
          listen();
          return;
        }
        why = text_of(opened.error());
        // What is stored is wrong: no later attempt finds it right.
        if (opened.error().code == Code::storage_corrupt) break;
      } else {
        why = text_of(storage.error());
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(250));
    }
    calls_file_.line({{"p", options_.process}, {"do", "open"}, {"code", "gave_up"}, {"why", why}});
    throw GaveUp("the book cannot be opened: " + why);
  }

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

  // ------------------------------------------------------------------------------ logged calls

  /// The first line of an attempt, the attempt, and its second line. Answers its code.
  Code attempt(std::uint64_t call, std::uint64_t number, const char* name, const Json& arguments,
               const std::optional<RequestId>& request, const Attempt& run) {
    Session desk = book_->session(
        {.actor = "p" + std::to_string(options_.process) + ".c" + std::to_string(call),
         .role = Role::super_admin});
    Json line = {{"p", options_.process}, {"c", call}, {"try", number}};
    Json before = line;
    before["do"] = name;
    before["args"] = arguments;
    if (request) before["request"] = request->to_string();
    before["start"] = monotonic_ns();
    calls_file_.line(before);
    Json answer = run(desk, request);
    line["end"] = monotonic_ns();
    line.update(answer);
    calls_file_.line(line);
    return code_from_string(answer.at("code").get<std::string>()).value();
  }

  /// A call, and what follows where it did not go through: nothing, or the same request once more.
  void call(const char* name, const Json& arguments, const Attempt& run) {
    const std::uint64_t number = ++calls_;
    std::optional<RequestId> request;
    if (below(3) == 0) {
      request.emplace();
      for (std::uint8_t& byte : request->bytes) byte = static_cast<std::uint8_t>(random_());
    }
    for (std::uint64_t tries = 1;; ++tries) {
      const Code code = attempt(number, tries, name, arguments, request, run);
      if (code == Code::book_needs_reopen || code == Code::storage_corrupt) {
        reopen();
      } else if (code == Code::storage_unknown || code == Code::storage_failed) {
        std::this_thread::sleep_for(std::chrono::milliseconds(below(50)));
        refresh();
      } else if (code == Code::ok && request && tries == 1 && below(10) == 0) {
        continue;  // sent twice for no reason: it has to be recognized
      } else {
        return;
      }
      if (!request || tries == 5) return;
    }
  }

  template <class Value, class Fill>
  static Json returned(const Result<Value>& result, const Fill& fill) {
    Json answer;
    if (result) {
      answer["code"] = "ok";
      answer["version"] = result->version.value;
      fill(answer, *result);
      return answer;
    }
    const Error& error = result.error();
    answer["code"] = to_string(error.code);
    answer["message"] = error.message;
    if (error.code == Code::repeated_request) answer["version"] = error.values.at(0);
    if (!error.outcomes.empty()) answer["outcomes"] = outcomes(error.outcomes);
    return answer;
  }
  template <class Value>
  static Json returned(const Result<Value>& result) {
    return returned(result, [](Json&, const Value&) {});
  }
  static Json answered_seat(const Result<SeatReceipt>& result) {
    return returned(result, [](Json& answer, const SeatReceipt& seat) {
      answer["assignment"] = seat.assignment.value;
    });
  }
  static Json outcomes(const std::vector<Outcome>& outcomes) {
    Json list = Json::array();
    for (const Outcome& outcome : outcomes) {
      list.push_back({outcome.item, to_string(outcome.code), outcome.assignment});
    }
    return list;
  }

  bool refresh() {
    const Code code =
        attempt(++calls_, 1, "refresh", Json::object(), {}, [this](Session&, const auto&) -> Json {
          const auto version = book_->refresh();
          if (version) return {{"code", "ok"}, {"version", version->value}};
          return {{"code", to_string(version.error().code)}, {"message", version.error().message}};
        });
    if (code == Code::book_needs_reopen || code == Code::storage_corrupt) reopen();
    return code == Code::ok;
  }

  void usage(LicenseId license) {
    attempt(++calls_, 1, "usage", {{"license", license.value}}, {},
            [&](Session& desk, const auto&) -> Json {
              const auto usage = desk.usage(license);
              if (!usage) return {{"code", to_string(usage.error().code)}};
              // One thread uses this book: it is at the version that the answer is of.
              return {{"code", "ok"},
                      {"version", book_->version().value},
                      {"used", usage->used},
                      {"total", usage->total.seats()},
                      {"archived", usage->archived}};
            });
  }

  void assign(LicenseId license, PersonId person) {
    call("assign", {{"license", license.value}, {"person", person.value}},
         [=](Session& desk, const auto& request) {
           return answered_seat(
               desk.assign({.license = license, .person = person, .request_id = request}));
         });
  }

  void add_person(const std::string& name) {
    call("add_person", {{"name", name}}, [=](Session& desk, const auto& request) {
      return returned(
          desk.add_person({.name = name, .request_id = request}),
          [](Json& answer, const PersonReceipt& added) { answer["person"] = added.person.value; });
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
                           [](Json& answer, const LicenseReceipt& added) {
                             answer["license"] = added.license.value;
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

  /// Mostly a seat that is held as far as this book knows; sometimes any, or one there never was.
  AssignmentId some_seat() {
    const auto seats = session_->license_seats(some_license());
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
      return answered_seat(desk.revoke({.assignment = seat, .request_id = request}));
    });
  }
  void random_transfer() {
    const AssignmentId seat = some_seat();
    const PersonId person = some_person();
    call("transfer", {{"assignment", seat.value}, {"person", person.value}},
         [=](Session& desk, const auto& request) {
           return answered_seat(
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
                           [](Json& answer, const BulkReceipt& bulk) {
                             answer["outcomes"] = outcomes(bulk.outcomes);
                           });
         });
  }
  void random_archive_license() {
    const LicenseId license = some_license();
    call("archive_license", {{"license", license.value}}, [=](Session& desk, const auto& request) {
      return returned(desk.archive_license({.license = license, .request_id = request}));
    });
  }
  /// Of those that are away, as far as this book knows: else most of them would be, in the end.
  void random_reactivate_license() {
    LicenseId license = some_license();
    const auto all = session_->licenses();
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
        const auto one = session_->get_person(PersonId(id));
        if (one && one->state == PersonState::archived) person = one->id;
      }
    }
    call("reactivate_person", {{"person", person.value}}, [=](Session& desk, const auto& request) {
      return returned(desk.reactivate_person({.person = person, .request_id = request}));
    });
  }
  /// Nothing about it makes a second one impossible: only the storage does.
  void random_new_person() {
    add_person("New of p" + std::to_string(options_.process) + ".c" + std::to_string(calls_ + 1));
  }
  void random_look() {
    if (below(2) == 0) refresh();
    usage(some_license());
  }

  WorkerOptions options_;
  std::mt19937_64 random_;
  LineFile calls_file_;
  std::optional<LineFile> events_file_;
  std::optional<Book> book_;
  std::optional<Session> session_;  // for looking around, unlogged
  LicenseId hot_;
  std::uint64_t calls_ = 0;
  std::uint64_t last_seat_ = 0;
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_POSTGRES_WORKER_HPP_
