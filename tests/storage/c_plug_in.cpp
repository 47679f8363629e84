// The C plug-in of the contract suite, and tests of the callbacks that it does not have.
#include "storage/c_plug_in.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>
#include <new>
#include <stdexcept>
#include <tuple>
#include <vector>

#include "capi/plug_in.h"
#include "capi/src/handles.hpp"
#include "storage/records.hpp"

namespace seatbook::testing {
namespace {

seatbook_storage_callbacks plug_in_callbacks() {
  seatbook_storage_callbacks callbacks;
  if (plug_in_make(&callbacks) == 0) throw std::bad_alloc();
  return callbacks;
}

std::shared_ptr<Storage> storage_of(const seatbook_storage_callbacks& callbacks) {
  seatbook_storage* storage = nullptr;
  if (seatbook_storage_new(&callbacks, &storage, nullptr) != SEATBOOK_OK) {
    throw std::runtime_error("seatbook_storage_new failed");
  }
  auto kept = storage->storage;
  seatbook_storage_free(storage);  // books on it keep it alive
  return kept;
}

/// Callbacks that count their calls and return `code`.
struct Counting {
  seatbook_code code = SEATBOOK_OK;
  int syncs = 0;
  int finds = 0;
  int seen_calls = 0;
  std::vector<std::size_t> groups = {};

  seatbook_storage_callbacks callbacks() {
    seatbook_storage_callbacks given = SEATBOOK_STORAGE_CALLBACKS_INIT;
    given.self = this;
    given.read = [](void* /*self*/, uint64_t /*after*/, seatbook_row_sink* /*sink*/,
                    uint64_t* version, seatbook_failure* /*failure*/) {
      *version = 0;
      return seatbook_code{SEATBOOK_OK};
    };
    given.append = [](void* self, const seatbook_batch* /*batch*/, seatbook_failure* /*failure*/) {
      return static_cast<Counting*>(self)->code;
    };
    given.find = [](void* self, const uint8_t* /*token*/, uint64_t* version,
                    seatbook_failure* /*failure*/) {
      ++static_cast<Counting*>(self)->finds;
      *version = 3;
      return static_cast<Counting*>(self)->code;
    };
    given.largest_group = 5;
    given.append_group = [](void* self, const seatbook_batch* const* batches, size_t count,
                            seatbook_failure* failure) {
      for (size_t n = 0; n < count; ++n) EXPECT_EQ(seatbook_batch_base(batches[n]), 7 + n);
      static_cast<Counting*>(self)->groups.push_back(count);
      seatbook_failure_set(failure, "from the plug-in", SEATBOOK_NUL_TERMINATED);
      return static_cast<Counting*>(self)->code;
    };
    given.sync = [](void* self, seatbook_failure* /*failure*/) {
      ++static_cast<Counting*>(self)->syncs;
      return static_cast<Counting*>(self)->code;
    };
    given.seen = [](void* self, const uint8_t* /*token*/, uint64_t* version,
                    seatbook_failure* /*failure*/) {
      ++static_cast<Counting*>(self)->seen_calls;
      *version = 0;
      return static_cast<Counting*>(self)->code;
    };
    return given;
  }
};

const std::vector<Batch> group_of_two = {batch(7, 1, {person(1, "Ada")}),
                                         batch(8, 2, {person(1, "Bo")})};

TEST(CPlugIn, GetsGroupsSyncsAndRepeatedRequests) {
  Counting plug_in;
  const auto storage = storage_of(plug_in.callbacks());
  EXPECT_EQ(storage->largest_group(), 5U);
  EXPECT_TRUE(storage->append_group(group_of_two));
  EXPECT_EQ(plug_in.groups, (std::vector<std::size_t>{2}));
  EXPECT_TRUE(storage->sync());
  EXPECT_EQ(plug_in.syncs, 1);
  EXPECT_FALSE(storage->seen(token(1)).value());
  EXPECT_EQ(storage->find(token(1)).value(), Version(3));
  EXPECT_EQ(plug_in.seen_calls, 1);
  EXPECT_EQ(plug_in.finds, 1);

  for (const auto& [code, group, sync, seen] :
       {std::tuple(SEATBOOK_CONFLICT, Code::conflict, Code::conflict, Code::conflict),
        std::tuple(SEATBOOK_STORAGE_FAILED, Code::storage_failed, Code::storage_failed,
                   Code::storage_failed),
        std::tuple(SEATBOOK_STORAGE_UNKNOWN, Code::storage_unknown, Code::storage_unknown,
                   Code::storage_unknown),
        std::tuple(SEATBOOK_BOOK_NEEDS_REOPEN, Code::book_needs_reopen, Code::book_needs_reopen,
                   Code::book_needs_reopen),
        std::tuple(SEATBOOK_PERSON_NOT_FOUND, Code::storage_unknown, Code::storage_failed,
                   Code::storage_unknown)}) {
    plug_in.code = code;
    const auto appended = storage->append_group(group_of_two);
    EXPECT_EQ(code_of(appended), group);
    EXPECT_EQ(appended.error().message, "from the plug-in");
    EXPECT_EQ(code_of(storage->sync()), sync);
    EXPECT_EQ(code_of(storage->seen(token(1))), seen);
  }
}

TEST(CPlugIn, MayLackTheCallbacksOfGroups) {
  Counting plug_in;
  seatbook_storage_callbacks callbacks = plug_in.callbacks();
  callbacks.largest_group = 0;
  callbacks.append_group = nullptr;
  callbacks.sync = nullptr;
  callbacks.seen = nullptr;
  const auto storage = storage_of(callbacks);
  EXPECT_EQ(storage->largest_group(), 1U);
  plug_in.code = SEATBOOK_STORAGE_FAILED;
  EXPECT_TRUE(storage->sync());
  plug_in.code = SEATBOOK_OK;
  EXPECT_EQ(storage->seen(token(1)).value(), Version(3)) << "calls find";
  EXPECT_EQ(plug_in.finds, 1);
}

TEST(CPlugIn, Of01TakesNoGroups) {
  EXPECT_EQ(c_plug_in_of_0_1()->largest_group(), 1U);
}

}  // namespace

std::shared_ptr<Storage> c_plug_in() {
  return storage_of(plug_in_callbacks());
}

std::shared_ptr<Storage> c_plug_in_of_0_1() {
  seatbook_storage_callbacks callbacks = plug_in_callbacks();
  callbacks.struct_size = offsetof(seatbook_storage_callbacks, now);
  // The members behind the struct of 0.1 are other memory.
  std::memset(&callbacks.now, 0xA5, sizeof callbacks - callbacks.struct_size);
  return storage_of(callbacks);
}

}  // namespace seatbook::testing
