// EncodedStorage and encoded_storage(): adapts a storage of rows to a storage of records.
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/record_codec.hpp"
#include "storage/append_each.hpp"
#include "types/try.hpp"

namespace seatbook {
namespace {

/// Decodes the rows of a plug-in, which is not trusted. read() returns the first error, whatever
/// the plug-in returns.
class DecodingSink final : public EncodedSink {
 public:
  DecodingSink(Version after, RecordSink& records) : after_(after), records_(records) {}

  Result<void> accept(EncodedImage row) override {
    try {
      if (problem_) return *problem_;
      return take(row);
    } catch (const std::bad_alloc&) {
      problem_ = Error{Code::out_of_memory, "out of memory"};  // short enough to need no allocation
    }
    return Error{Code::out_of_memory, "out of memory"};
  }

  /// Returns the result of read() for the plug-in's result.
  Result<Version> finish(Result<Version> version) {
    if (problem_) return *std::move(problem_);
    if (version && *version < newest_) {
      return corrupt("a row has version " + std::to_string(newest_.value) +
                     ", but read() returned version " + std::to_string(version->value));
    }
    return version;
  }

 private:
  Result<void> take(const EncodedImage& row) {
    auto decoded = record_of(row);
    auto taken =
        decoded ? records_.accept(*std::move(decoded)) : Result<void>(std::move(decoded).error());
    if (!taken) {
      problem_ = std::move(taken).error();
      return *problem_;
    }
    if (newest_ < row.version) newest_ = row.version;
    return {};
  }

  Result<RecordImage> record_of(const EncodedImage& row) const {
    const auto where = [&] {
      return std::string(table_name(row.table)) + " " + std::to_string(row.id) + ": ";
    };
    if (row.version <= after_)
      return corrupt(where() + "the row is not newer than the requested version");
    auto decoded = decode_record(row.table, row.bytes);
    if (!decoded) {
      Error error = std::move(decoded).error();
      if (error.code == Code::storage_corrupt) error.message.insert(0, where());
      return error;
    }
    if (id_of(*decoded) != row.id)
      return corrupt(where() + "the row contains a record with another id");
    return decoded;
  }

  static Error corrupt(std::string message) { return {Code::storage_corrupt, std::move(message)}; }

  const Version after_;
  RecordSink& records_;
  Version newest_;
  std::optional<Error> problem_;
};

class EncodingStorage final : public Storage {
 public:
  explicit EncodingStorage(std::shared_ptr<EncodedStorage> inner) : inner_(std::move(inner)) {}

  Result<Version> read(Version after, RecordSink& sink) override {
    DecodingSink decoding(after, sink);
    return decoding.finish(inner_->read(after, decoding));
  }

  Result<void> append(const Batch& batch) override {
    SEATBOOK_TRY(const EncodedBatch encoded, encode(batch));
    return inner_->append(encoded);
  }
  [[nodiscard]] std::size_t largest_group() const override { return inner_->largest_group(); }
  Result<void> append_group(const std::vector<Batch>& batches) override {
    std::vector<EncodedBatch> encoded;
    encoded.reserve(batches.size());
    for (const Batch& batch : batches) {
      SEATBOOK_TRY(encoded.emplace_back(), encode(batch));
    }
    return inner_->append_group(encoded);
  }
  Result<void> sync() override { return inner_->sync(); }

  Result<std::optional<Version>> find(const Token& token) override {
    return checked(inner_->find(token));
  }
  Result<std::optional<Version>> seen(const Token& token) override {
    return checked(inner_->seen(token));
  }

  Result<void> lock() override { return inner_->lock(); }
  void unlock() noexcept override { inner_->unlock(); }
  std::shared_ptr<Clock> clock() override { return inner_->clock(); }
  Result<void> backup_to(const std::string& path) override { return inner_->backup_to(path); }

 private:
  static Result<EncodedBatch> encode(const Batch& batch) {
    EncodedBatch encoded{batch.base, batch.token, {}};
    encoded.images.reserve(batch.images.size());
    for (const RecordImage& image : batch.images) {
      auto bytes = encode_record(image);
      if (!bytes) {
        return Error{Code::storage_failed, std::string(table_name(kind_of(image))) + " " +
                                               std::to_string(id_of(image)) +
                                               " cannot be encoded: " + bytes.error().message};
      }
      encoded.images.push_back(
          {kind_of(image), id_of(image), Version(batch.base.value + 1), *std::move(bytes)});
    }
    return encoded;
  }

  static Result<std::optional<Version>> checked(Result<std::optional<Version>> found) {
    if (found && *found && !**found) {
      return Error{Code::storage_unknown, "the storage returned version 0 for a token"};
    }
    return found;
  }

  const std::shared_ptr<EncodedStorage> inner_;
};

}  // namespace

Result<void> EncodedStorage::append_group(const std::vector<EncodedBatch>& batches) {
  return detail::append_each(*this, batches);
}

Result<void> EncodedStorage::backup_to(const std::string& /*path*/) {
  return Error{Code::unsupported_storage, "this storage does not support copies"};
}

std::shared_ptr<Storage> encoded_storage(std::shared_ptr<EncodedStorage> inner) {
  return std::make_shared<EncodingStorage>(std::move(inner));
}

}  // namespace seatbook
