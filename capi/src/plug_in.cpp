// Storages supplied by the program: adapts C callbacks to EncodedStorage.
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "capi/src/callbacks.hpp"
#include "capi/src/errors.hpp"
#include "capi/src/handles.hpp"
#include "capi/src/reader.hpp"
#include "seatbook/record_codec.hpp"
#include "seatbook_storage.h"

/// A handle that is valid during one callback: its destructor marks it as freed.
template <seatbook::capi::HandleKind of_kind>
struct OfOneCallback : seatbook::capi::Handle<of_kind> {
  OfOneCallback() = default;
  OfOneCallback(const OfOneCallback&) = delete;
  OfOneCallback& operator=(const OfOneCallback&) = delete;
  ~OfOneCallback() { this->tag.set(seatbook::capi::HandleKind::freed); }
};

struct seatbook_row_sink : OfOneCallback<seatbook::capi::HandleKind::row_sink> {
  explicit seatbook_row_sink(seatbook::EncodedSink& to) : sink(to) {}
  seatbook::EncodedSink& sink;
  std::optional<seatbook::Error> refused;  // the error of the book
};

struct seatbook_batch : OfOneCallback<seatbook::capi::HandleKind::batch> {
  explicit seatbook_batch(const seatbook::EncodedBatch& of) : batch(of) {}
  const seatbook::EncodedBatch& batch;
};

struct seatbook_failure : OfOneCallback<seatbook::capi::HandleKind::failure> {
  std::string message;
};

namespace seatbook::capi {

/// 0.1 had the members up to `unlock`.
template <>
inline constexpr std::size_t first_callbacks_size<seatbook_storage_callbacks> =
    offsetof(seatbook_storage_callbacks, now);

namespace {

static_assert(SEATBOOK_REMEMBERED_TOKENS == remembered_tokens);
static_assert(SEATBOOK_MAX_GROUP_SIZE == max_group_size);

constexpr std::size_t max_message = 1000;

using Owner = CallbackOwner<seatbook_storage_callbacks>;

class PlugIn final : public EncodedStorage {
 public:
  explicit PlugIn(std::shared_ptr<const Owner> callbacks)
      : owner_(std::move(callbacks)), callbacks_(*owner_) {}

  Result<Version> read(Version after, EncodedSink& sink) override {
    seatbook_row_sink rows(sink);
    std::uint64_t version = 0;
    auto done = call(Code::storage_failed, [&](seatbook_failure* failure) {
      return callbacks_->read(callbacks_->self, after.value, &rows, &version, failure);
    });
    if (rows.refused) return *std::move(rows.refused);
    if (!done) return std::move(done).error();
    return Version(version);
  }

  Result<void> append(const EncodedBatch& batch) override {
    const seatbook_batch handle(batch);
    return call(Code::storage_unknown, [&](seatbook_failure* failure) {
      return callbacks_->append(callbacks_->self, &handle, failure);
    });
  }

  std::size_t largest_group() const override {
    return std::max<std::size_t>(callbacks_->largest_group, 1);
  }

  Result<void> append_group(const std::vector<EncodedBatch>& batches) override {
    if (callbacks_->append_group == nullptr) return EncodedStorage::append_group(batches);
    std::deque<seatbook_batch> handles;
    std::vector<const seatbook_batch*> pointers;
    for (const EncodedBatch& batch : batches) pointers.push_back(&handles.emplace_back(batch));
    return call(Code::storage_unknown, [&](seatbook_failure* failure) {
      return callbacks_->append_group(callbacks_->self, pointers.data(), pointers.size(), failure);
    });
  }

  Result<void> sync() override {
    if (callbacks_->sync == nullptr) return {};
    return call(Code::storage_failed, [&](seatbook_failure* failure) {
      return callbacks_->sync(callbacks_->self, failure);
    });
  }

  Result<std::optional<Version>> find(const Token& token) override {
    return find_with(callbacks_->find, token);
  }
  Result<std::optional<Version>> seen(const Token& token) override {
    return find_with(callbacks_->seen == nullptr ? callbacks_->find : callbacks_->seen, token);
  }

  Result<void> lock() override {
    if (callbacks_->lock == nullptr) return {};
    return call(Code::storage_failed, [&](seatbook_failure* failure) {
      return callbacks_->lock(callbacks_->self, failure);
    });
  }

  void unlock() noexcept override {
    if (callbacks_->unlock == nullptr) return;
    callbacks_->unlock(callbacks_->self);
  }

  std::shared_ptr<Clock> clock() override {
    if (callbacks_->now == nullptr) return nullptr;
    return std::make_shared<CallbackClock<seatbook_storage_callbacks>>(owner_);
  }

  Result<void> backup_to(const std::string& path) override {
    if (callbacks_->backup_to == nullptr) return EncodedStorage::backup_to(path);
    seatbook_failure failure;
    const seatbook_code code =
        callbacks_->backup_to(callbacks_->self, path.c_str(), path.size(), &failure);
    if (code == SEATBOOK_OK) return {};
    if (code == SEATBOOK_UNSUPPORTED_STORAGE) return failed(Code::unsupported_storage, failure);
    if (code != SEATBOOK_INVALID_ARGUMENT) return failed(Code::storage_failed, failure);
    Error error = failed(Code::invalid_argument, failure);
    error.field = "path";
    return error;
  }

 private:
  Result<std::optional<Version>> find_with(decltype(seatbook_storage_callbacks::find) callback,
                                           const Token& token) {
    std::uint64_t version = 0;
    auto done = call(Code::storage_unknown, [&](seatbook_failure* failure) {
      return callback(callbacks_->self, token.bytes.data(), &version, failure);
    });
    if (!done) return std::move(done).error();
    if (version == 0) return std::optional<Version>();
    return std::optional(Version(version));
  }

  template <class Callback>
  [[nodiscard]] Result<void> call(Code otherwise, const Callback& callback) const {
    seatbook_failure failure;
    const seatbook_code code = callback(&failure);
    if (code == SEATBOOK_OK) return {};
    return failed(known(code, otherwise), failure);
  }

  static Error failed(Code code, seatbook_failure& failure) {
    if (failure.message.empty()) failure.message = "the storage failed";
    return {code, std::move(failure.message)};
  }

  static Code known(seatbook_code code, Code otherwise) {
    switch (code) {
      case SEATBOOK_CONFLICT:
      case SEATBOOK_STORAGE_FAILED:
      case SEATBOOK_STORAGE_UNKNOWN:
      case SEATBOOK_BOOK_NEEDS_REOPEN:
      case SEATBOOK_STORAGE_CORRUPT:
      case SEATBOOK_FORMAT_TOO_NEW:
        return static_cast<Code>(code);
      default:
        return otherwise;
    }
  }

  const std::shared_ptr<const Owner> owner_;
  const Owner& callbacks_;
};

}  // namespace
}  // namespace seatbook::capi

using namespace seatbook;        // NOLINT
using namespace seatbook::capi;  // NOLINT

extern "C" {

const char* seatbook_table_name(seatbook_table table) {
  constexpr seatbook_table beyond_all = 255;
  const bool known = table >= 0 && table < beyond_all;
  return table_name(static_cast<RecordKind>(known ? table : beyond_all)).data();  // a literal
}

seatbook_code seatbook_row_sink_put(seatbook_row_sink* sink, seatbook_table table, uint64_t id,
                                    uint64_t version, const char* bytes, size_t size) {
  return guard(nullptr, [&] {
    if (!is_handle(sink)) return seatbook_code{SEATBOOK_INVALID_ARGUMENT};
    std::string_view view;
    if (!view_of(bytes, size, view) || table < 0 || table > SEATBOOK_TABLE_LAST_USES) {
      sink->refused = Error{Code::storage_corrupt, "the storage returned an invalid row"};
      return seatbook_code{SEATBOOK_INVALID_ARGUMENT};
    }
    EncodedImage row;
    row.table = static_cast<RecordKind>(table);
    row.id = id;
    row.version = Version(version);
    // The book rejects a row by its size if it is too large: do not copy all of it.
    row.bytes = view.substr(0, max_record_bytes + 1);
    auto taken = sink->sink.accept(std::move(row));
    if (taken) return seatbook_code{SEATBOOK_OK};
    if (!sink->refused) sink->refused = taken.error();
    return fail(taken.error().code, nullptr);
  });
}

uint64_t seatbook_batch_base(const seatbook_batch* batch) {
  return is_handle(batch) ? batch->batch.base.value : 0;
}

const uint8_t* seatbook_batch_token(const seatbook_batch* batch) {
  return is_handle(batch) ? batch->batch.token.bytes.data() : nullptr;
}

size_t seatbook_batch_count(const seatbook_batch* batch) {
  return is_handle(batch) ? batch->batch.images.size() : 0;
}

seatbook_code seatbook_batch_row(const seatbook_batch* batch, size_t row, seatbook_table* table,
                                 uint64_t* id, const char** bytes, size_t* size) {
  if (!is_handle(batch) || row >= batch->batch.images.size()) return SEATBOOK_INVALID_ARGUMENT;
  const EncodedImage& found = batch->batch.images[row];
  put(table, static_cast<seatbook_table>(found.table));
  put(id, found.id);
  put(bytes, found.bytes.c_str());
  put(size, found.bytes.size());
  return SEATBOOK_OK;
}

void seatbook_failure_set(seatbook_failure* failure, const char* message, size_t message_size) {
  if (!is_handle(failure)) return;
  static_cast<void>(guard(nullptr, [&] {
    std::string_view view;
    if (view_of(message, message_size, view)) failure->message = view.substr(0, max_message);
    return seatbook_code{SEATBOOK_OK};
  }));
}

seatbook_code seatbook_storage_new(const seatbook_storage_callbacks* callbacks,
                                   seatbook_storage** storage, seatbook_error** error) {
  return guard(error, [&] {
    std::optional<Owner> owner;
    if (auto refused = take_over("callbacks", callbacks, owner)) {
      return fail(*std::move(refused), error);
    }
    const Owner& given = *owner;
    if (storage == nullptr) return refuse("storage", "must not be NULL", error);
    if (given->read == nullptr) return refuse("read", "must not be NULL", error);
    if (given->append == nullptr) return refuse("append", "must not be NULL", error);
    if (given->find == nullptr) return refuse("find", "must not be NULL", error);
    if (given->lock == nullptr && given->unlock != nullptr) {
      return refuse("lock", "must be set if unlock is set", error);
    }
    if (given->lock != nullptr && given->unlock == nullptr) {
      return refuse("unlock", "must be set if lock is set", error);
    }
    if (given->append_group == nullptr && given->largest_group != 0) {
      return refuse("append_group", "must be set if largest_group is set", error);
    }
    if (given->append_group != nullptr && given->largest_group == 0) {
      return refuse("largest_group", "must be set if append_group is set", error);
    }
    auto made = std::make_unique<seatbook_storage>();
    made->storage =
        encoded_storage(std::make_shared<PlugIn>(std::make_shared<const Owner>(*std::move(owner))));
    *storage = made.release();
    return seatbook_code{SEATBOOK_OK};
  });
}

}  // extern "C"
