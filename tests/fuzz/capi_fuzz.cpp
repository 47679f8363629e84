// Makes sequences of C interface calls from arbitrary bytes, which select operations, members and
// values, and sometimes invalid structs. Nothing may crash, every cell of a result must be
// readable, and the book must satisfy its invariants at the end.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "capi/api.hpp"
#include "capi/raw_calls.hpp"

namespace {

using namespace seatbook::capi_tests;

/// Reads the input byte by byte. Returns 0 at the end.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : next_(data), end_(data + size) {}
  [[nodiscard]] bool empty() const { return next_ == end_; }
  std::uint8_t take() { return empty() ? 0 : *next_++; }
  std::uint64_t raw() {
    std::uint64_t value = 0;
    for (int n = 0; n < 8; ++n) value = value << 8U | take();
    return value;
  }

 private:
  const std::uint8_t* next_;
  const std::uint8_t* end_;
};

struct Member {
  std::string type;
  std::size_t offset = 0;
  std::size_t size = 0;
  std::size_t count_offset = 0;
  unsigned bit = 0;
  std::string part;  ///< name of the struct that it points to
};
struct Operation {
  std::function<seatbook_code(RawCall&)> call;
  std::string request;
};
struct StructLayout {
  std::size_t size = 0;
  std::vector<Member> members;
};

/// Returns the struct's name in a type such as "const seatbook_seat_use *", or "".
std::string pointed(const std::string& c) {
  return c.starts_with("const seatbook_") ? c.substr(6, c.find(' ', 6) - 6) : "";
}

const std::map<std::string, StructLayout>& structs() {
  static const std::map<std::string, StructLayout> all = [] {
    std::map<std::string, StructLayout> made;
    for (const json& each : api().all().at("structs")) {
      StructLayout& layout = made[each.at("name")];
      layout.size = each.at("size");
      for (const json& member : each.at("members")) {
        if (!member.contains("type")) continue;
        std::size_t count_offset = 0;
        for (const json& other : each.at("members")) {
          if (other.at("name") == member.value("count", "-")) count_offset = other.at("offset");
        }
        layout.members.push_back({member.at("type"), member.at("offset"), member.at("size"),
                                  count_offset, member.at("bit").get<unsigned>(),
                                  pointed(member.at("c"))});
      }
    }
    return made;
  }();
  return all;
}

const std::vector<Operation>& operations() {
  static const std::vector<Operation> all = [] {
    std::vector<Operation> made;
    for (const json& each : api().all().at("operations")) {
      const auto call = raw_calls().find(each.at("name"));
      if (call == raw_calls().end()) continue;  // seatbook_can(), which has no error
      const json& request = each.at("request");
      made.push_back({call->second, request.is_null() ? "" : request.get<std::string>()});
    }
    return made;
  }();
  return all;
}

constexpr const char* texts[] = {"Ada",
                                 "ada@example.com",
                                 "EUR",
                                 "Email,Role\nada@example.com,Editor\n",
                                 "\xff",
                                 "Name,Email,Host Key\nBo,bo@example.com,b\n",
                                 "Name,Holder Email\nInk,ada@example.com\n",
                                 ""};

/// Owns the memory of one call.
struct CallMemory {
  std::deque<std::vector<std::uint64_t>> blocks;
  std::deque<std::string> strings;
  std::deque<Progress> progress;
};

char* struct_of(Bytes& in, CallMemory& memory, const std::string& name, int depth);

template <class Value>
void write(char* to, Value value) {
  std::memcpy(to, &value, sizeof value);
}

seatbook_text text_of(Bytes& in, CallMemory& memory) {
  const std::uint8_t choice = in.take();
  if (choice < 128) {
    const char* const known = texts[choice % std::size(texts)];
    return {known, choice % 2 == 0 ? std::strlen(known) : SEATBOOK_NUL_TERMINATED};
  }
  if (choice > 250) return {nullptr, choice > 252 ? std::size_t{0} : std::size_t{choice}};
  std::string& made = memory.strings.emplace_back();
  for (int n = choice % 40; n > 0; --n) made += static_cast<char>(in.take());
  return {made.data(), made.size()};
}

void write_member(Bytes& in, CallMemory& memory, const Member& member, char* base, int depth) {
  char* const to = base + member.offset;
  if (member.type.ends_with("text")) {
    write(to, text_of(in, memory));
  } else if (member.type == "progress") {
    seatbook_progress* progress = nullptr;
    if (seatbook_progress_new(&progress, nullptr) == SEATBOOK_OK) {
      memory.progress.emplace_back(progress);
      if (in.take() % 2 == 0) seatbook_progress_cancel(progress);
    }
    write(to, progress);
  } else if (member.type == "sink") {
    static int context = 0;
    static const seatbook_sink sink = {
        sizeof sink, &context,
        [](void*, const char*, std::size_t size) { return std::int32_t{size % 3 != 0}; }, nullptr};
    write(to, &sink);
  } else if (member.type.starts_with("list id")) {
    auto& ids = memory.blocks.emplace_back(in.take() % 6U);
    for (auto& id : ids) id = in.take() % 8U;
    write(to, ids.data());
    write(base + member.count_offset, ids.size());
  } else if (member.type.starts_with("list record")) {
    const std::size_t count = in.take() % 4U;
    const std::size_t size = structs().at(member.part).size;
    auto& items = memory.blocks.emplace_back(size / 8 * count);
    for (std::size_t n = 0; n < count; ++n) {
      std::memcpy(items.data() + size / 8 * n, struct_of(in, memory, member.part, depth + 1), size);
    }
    write(to, items.data());
    write(base + member.count_offset, count);
  } else if (member.type.starts_with("record")) {
    write(to, depth < 2 ? struct_of(in, memory, member.part, depth + 1) : nullptr);
  } else {
    const std::uint8_t choice = in.take();
    std::uint64_t value = choice < 200 ? choice % 8U : in.raw();
    if (member.type.ends_with("time") && choice < 200) {
      value = std::uint64_t{1'772'366'400'000'000} + choice * 3'600'000'000ULL;
    }
    std::memcpy(to, &value, std::min(member.size, sizeof value));
  }
}

char* struct_of(Bytes& in, CallMemory& memory, const std::string& name, int depth) {
  const StructLayout& layout = structs().at(name);
  auto& block = memory.blocks.emplace_back(layout.size / 8);
  auto* const base = reinterpret_cast<char*>(block.data());  // NOLINT: raw memory of C
  std::uint64_t fields = 0;
  for (const Member& member : layout.members) {
    if (in.take() % 3 == 0) continue;
    fields |= std::uint64_t{1} << member.bit;
    write_member(in, memory, member, base, depth);
  }
  const std::uint8_t fault = in.take();
  if (fault == 255) fields ^= in.raw();
  write(base, fault == 254 ? std::size_t{in.take()} % (layout.size + 1) : layout.size);
  write(base + 8, fields);
  return base;
}

/// Reads every cell of a result and of its nested lists.
std::uint64_t read_all(const seatbook_rows* rows) {
  std::uint64_t sum = 0;
  for (std::uint32_t column = 0; column < seatbook_rows_column_count(rows); ++column) {
    for (std::size_t row = 0; row < seatbook_rows_count(rows); ++row) {
      std::size_t size = 0;
      const char* const text = seatbook_rows_text(rows, row, column, &size);
      for (std::size_t n = 0; n <= size; ++n) sum += static_cast<unsigned char>(text[n]);
      sum += static_cast<std::uint64_t>(seatbook_rows_number(rows, row, column));
      sum += static_cast<std::uint64_t>(seatbook_rows_is_null(rows, row, column));
    }
    sum += read_all(seatbook_rows_list(rows, column));
  }
  return sum;
}

void require(bool condition) {
  if (!condition) std::abort();
}

Session session_of(const seatbook_book* book, seatbook_role role) {
  seatbook_actor actor = SEATBOOK_ACTOR_INIT;
  actor.fields = SEATBOOK_FIELD_ACTOR_ACTOR | SEATBOOK_FIELD_ACTOR_ROLE;
  actor.actor = {"fuzz", 4};
  actor.role = role;
  seatbook_session* session = nullptr;
  require(seatbook_session_open(book, &actor, &session, nullptr) == SEATBOOK_OK);
  return Session(session);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes in(data, size);
  seatbook_clock* clock = nullptr;
  require(seatbook_clock_new(1'772'366'400'000'000, &clock, nullptr) == SEATBOOK_OK);
  const Clock owned_clock(clock);
  seatbook_open_options options = SEATBOOK_OPEN_OPTIONS_INIT;
  options.fields = SEATBOOK_FIELD_OPEN_CLOCK;
  options.clock = clock;
  seatbook_book* book = nullptr;
  require(seatbook_open(nullptr, 0, &options, &book, nullptr) == SEATBOOK_OK);
  const Book owned_book(book);
  const Session admin = session_of(book, SEATBOOK_ROLE_ADMIN);
  const Session employee = session_of(book, SEATBOOK_ROLE_EMPLOYEE);
  while (!in.empty()) {
    const Operation& operation = operations()[in.take() % operations().size()];
    const std::uint8_t choice = in.take();
    seatbook_clock_advance(clock, choice * std::int64_t{60'000'000});
    CallMemory memory;
    RawCall call;
    call.session = choice == 0 ? nullptr : choice < 8 ? employee.get() : admin.get();
    if (!operation.request.empty() && choice % 16 != 1) {
      call.request = struct_of(in, memory, operation.request, 0);
    } else {
      call.argument = choice % 4 == 0 ? static_cast<std::int64_t>(in.raw()) : choice % 8;
    }
    call.with_outputs = choice % 5 != 0;
    call.with_error = choice % 7 != 0;
    const seatbook_code code = operation.call(call);
    const Rows rows(call.rows);
    const ErrorObject error(call.error);
    require(code != SEATBOOK_INTERNAL);
    require(code == SEATBOOK_OK || call.rows == nullptr);
    require(!call.with_error || (code == SEATBOOK_OK) == (call.error == nullptr));
    static_cast<void>(read_all(call.rows));
    static_cast<void>(read_all(seatbook_error_outcomes(call.error)));
  }
  seatbook_rows* findings = nullptr;
  require(seatbook_book_check(book, &findings, nullptr) == SEATBOOK_OK);
  const Rows owned_findings(findings);
  require(seatbook_rows_count(findings) == 0);
  return 0;
}
