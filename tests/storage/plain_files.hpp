/// An example of a storage plug-in: a book in one append-only file.
///
/// The first line names the format. Each further line is one batch:
///
///     <CRC-32 of the rest of the line, 8 digits>
///     {"version":1,"token":"...","puts":[["people",1,{...}],...]}
///
/// Reads are served from a copy of the rows in memory. A plug-in must ensure that
/// - a batch is acknowledged only after it has reached the disk;
/// - a truncated batch (power loss, full disk) is dropped completely when the file is opened;
/// - after a failed write nothing more is written until the file is opened again;
/// - the base version is compared under the same lock as the write;
/// - no other process can open the file at the same time.
#ifndef SEATBOOK_TESTS_STORAGE_PLAIN_FILES_HPP_
#define SEATBOOK_TESTS_STORAGE_PLAIN_FILES_HPP_

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "seatbook/record_codec.hpp"

namespace seatbook::testing {

/// The operating system calls of the storage. Tests replace them with failing ones.
struct PlainFileCalls {
  std::function<ssize_t(int file, const char* bytes, std::size_t size, off_t offset)> write =
      [](int file, const char* bytes, std::size_t size, off_t offset) {
        return ::pwrite(file, bytes, size, offset);
      };
  std::function<int(int file)> sync = [](int file) { return ::fsync(file); };
};

/// Thread-safe, and may be shared by any number of books. The file can be open only once.
class PlainFile final : public EncodedStorage {
 public:
  /// Opens or creates the file. Errors: storage_failed (cannot be opened, read or written, or is
  /// open elsewhere), storage_corrupt (another file format, or damage before the last line).
  static Result<std::shared_ptr<EncodedStorage>> open(const std::filesystem::path& path,
                                                      PlainFileCalls calls = {}) {
    const auto storage = std::shared_ptr<PlainFile>(new PlainFile(std::move(calls)));
    if (auto opened = storage->load(path); !opened) return std::move(opened).error();
    return std::shared_ptr<EncodedStorage>(storage);
  }
  ~PlainFile() override {
    if (file_ >= 0) ::close(file_);  // also releases the lock
  }

  Result<Version> read(Version after, EncodedSink& sink) override {
    // Copies the rows first, so that the caller's sink is not called under the mutex.
    std::vector<EncodedImage> rows;
    Version version;
    {
      const std::lock_guard guard(mutex_);
      version = version_;
      for (const auto& [key, row] : rows_) {
        if (row.version > after) rows.push_back(row);
      }
    }
    for (EncodedImage& row : rows) {
      if (auto accepted = sink.accept(std::move(row)); !accepted)
        return std::move(accepted).error();
    }
    return version;
  }

  Result<void> append(const EncodedBatch& batch) override {
    const std::lock_guard guard(mutex_);
    if (state_ != State::sound) return failed("a write has failed: the file must be opened again");
    if (batch.base != version_) return Error{Code::conflict, "the base version is out of date"};
    // All allocations come before the first byte is written.
    const std::string line = line_of(batch);
    Rows rows;
    for (const EncodedImage& image : batch.images)
      rows.emplace(std::pair(image.table, image.id), image);
    Tokens tokens = {{batch.token, Version(batch.base.value + 1)}};

    // A truncated line is dropped at the next open, so the batch is certainly not written.
    if (!write_all(line)) return broken(State::cut_off, Code::storage_failed, "write");
    // The complete line may or may not be there at the next open. Retrying the sync proves nothing:
    // the system may have discarded the pages it could not write.
    if (calls_.sync(file_) != 0) return broken(State::in_doubt, Code::storage_unknown, "sync");
    end_ += line.size();
    apply(std::move(rows), std::move(tokens));
    return {};
  }

  Result<std::optional<Version>> find(const Token& token) override {
    const std::lock_guard guard(mutex_);
    const auto found = tokens_.find(token);
    if (found != tokens_.end()) return std::optional(found->second);
    // "Not found" must be final, but the batch in doubt may be there after the next open.
    if (state_ == State::in_doubt) {
      return Error{Code::storage_unknown, "a sync has failed: the file must be opened again"};
    }
    return std::optional<Version>();
  }

  // For books of this process that share the storage. Other processes cannot open the file.
  Result<void> lock() override {
    writer_.lock();
    return {};
  }
  void unlock() noexcept override { writer_.unlock(); }

 private:
  using Rows = std::map<std::pair<RecordKind, std::uint64_t>, EncodedImage>;
  using Tokens = std::map<Token, Version>;
  using json = nlohmann::json;
  enum class State { sound, cut_off, in_doubt };

  static constexpr std::string_view header = "seatbook plain file, format 1\n";

  explicit PlainFile(PlainFileCalls calls) : calls_(std::move(calls)) {}

  static Error failed(const std::string& what) { return {Code::storage_failed, what}; }
  static Error failed_call(const char* call) {
    return failed(std::string(call) + ": " + std::strerror(errno));
  }
  Error broken(State state, Code code, const char* call) {
    state_ = state;
    return {code, failed_call(call).message};
  }

  // -------------------------------------------------------------------------------------- lines

  static std::string checksum(std::string_view bytes) {
    std::uint32_t sum = ~0U;
    for (const char byte : bytes) {
      sum ^= static_cast<unsigned char>(byte);
      for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1U) ^ ((sum & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    char digits[16];
    std::snprintf(digits, sizeof digits, "%08x ", ~sum);
    return digits;
  }
  static bool is_whole(std::string_view line) {
    constexpr std::size_t digits = 9;  // and the space
    return line.size() > digits && line.substr(0, digits) == checksum(line.substr(digits));
  }

  /// Encodes a batch. A record's bytes are JSON without line breaks, so they are copied unchanged.
  static std::string line_of(const EncodedBatch& batch) {
    std::string text = R"({"version":)" + std::to_string(batch.base.value + 1) + R"(,"token":")" +
                       batch.token.to_string() + R"(","puts":[)";
    for (const EncodedImage& image : batch.images) {
      text += (text.back() == '[' ? "[\"" : ",[\"") + std::string(table_name(image.table)) + "\"," +
              std::to_string(image.id) + "," + image.bytes + "]";
    }
    text += "]}";
    return checksum(text) + text + "\n";
  }

  /// Applies a line with a correct checksum. Returns false or throws json::exception if it is not a
  /// valid batch.
  bool apply_line(std::string_view line) {
    // A checksum does not authenticate the line. Values nested deeper than any record are dropped
    // before they can exhaust the stack; decoding then reports the missing value.
    constexpr int deepest = 6;
    const json batch =
        json::parse(line.substr(line.find(' ')),
                    [](int depth, json::parse_event_t, json&) { return depth <= deepest; });
    const Version version(batch.at("version").get<std::uint64_t>());
    const auto token = Token::parse(batch.at("token").get_ref<const std::string&>());
    if (version.value != version_.value + 1 || !token) return false;
    Rows rows;
    for (const json& image : batch.at("puts")) {
      const auto table = kind_of_table(image.at(0).get_ref<const std::string&>());
      if (!table) return false;
      const auto id = image.at(1).get<std::uint64_t>();
      rows.emplace(std::pair(*table, id), EncodedImage{*table, id, version, image.at(2).dump()});
    }
    apply(std::move(rows), {{*token, version}});
    return true;
  }

  void apply(Rows rows, Tokens tokens) noexcept {
    for (auto& [key, row] : rows) {
      if (const auto old = rows_.find(key); old != rows_.end()) old->second = std::move(row);
    }
    rows_.merge(rows);  // adds the new ones
    tokens_.merge(tokens);
    version_ = Version(version_.value + 1);
  }

  // ------------------------------------------------------------------------------------ opening

  Result<void> load(const std::filesystem::path& path) {
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0) return failed_call("open");
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
      return errno == EWOULDBLOCK ? failed("the file is open elsewhere") : failed_call("flock");
    }
    auto bytes = read_all();
    if (!bytes) return std::move(bytes).error();
    try {
      if (auto applied = apply_lines(*bytes); !applied) return applied;
    } catch (const json::exception& error) {
      return Error{Code::storage_corrupt, std::string("a line is not a batch: ") + error.what()};
    }
    return make_durable(*bytes, path);
  }

  Result<std::string> read_all() const {
    std::string bytes;
    char buffer[1 << 16];
    for (;;) {
      const ssize_t count = ::pread(file_, buffer, sizeof buffer, static_cast<off_t>(bytes.size()));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return failed_call("read");
      if (count == 0) return bytes;
      bytes.append(buffer, static_cast<std::size_t>(count));
    }
  }

  /// Applies all lines. Sets end_ to the end of the last complete line, and last_line_ to its
  /// start.
  Result<void> apply_lines(std::string_view bytes) {
    // A truncated header: the file was being created, and no batch was acknowledged.
    if (bytes.size() < header.size() && bytes == header.substr(0, bytes.size())) return {};
    if (bytes.substr(0, header.size()) != header) {
      return Error{Code::storage_corrupt, "not a Seatbook plain file, or a newer format"};
    }
    end_ = header.size();
    bool cut_off = false;
    for (std::size_t begin = end_; begin < bytes.size();) {
      const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
      const std::string_view line = bytes.substr(begin, end - begin);
      const bool whole = end < bytes.size() && is_whole(line);
      // Each line reached the disk before the next was started, so only the last can be truncated.
      if (whole && (cut_off || !apply_line(line))) {
        return Error{Code::storage_corrupt, "the file is damaged at byte " + std::to_string(end_)};
      }
      if (whole) {
        last_line_ = begin;
        end_ = end + 1;
      }
      cut_off = !whole;
      begin = end + 1;
    }
    return {};
  }

  /// Makes the content that was read durable before it is used. Writes the last line again: its
  /// first sync may have failed, and the system may have marked the unwritten pages as clean.
  Result<void> make_durable(const std::string& bytes, const std::filesystem::path& path) {
    if (::ftruncate(file_, static_cast<off_t>(end_)) != 0) return failed_call("truncate");
    const std::string_view kept = std::string_view(bytes).substr(0, end_);
    const std::string_view last = last_line_ == 0 ? header : kept.substr(last_line_);
    end_ = last_line_;
    if (!write_all(last)) return failed_call("write");
    end_ += last.size();
    if (calls_.sync(file_) != 0) return failed_call("sync");
    // The directory entry must be durable too.
    const auto parent = std::filesystem::absolute(path).parent_path();
    const int folder = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return failed_call("open");
    const int synced = calls_.sync(folder);
    ::close(folder);
    return synced == 0 ? Result<void>() : failed_call("sync");
  }

  /// Appends bytes to the file. Returns false if not all of them could be written.
  bool write_all(std::string_view bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t wrote = calls_.write(file_, bytes.data() + done, bytes.size() - done,
                                         static_cast<off_t>(end_ + done));
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote <= 0) return false;
      done += static_cast<std::size_t>(wrote);
    }
    return true;
  }

  const PlainFileCalls calls_;
  std::mutex writer_;  // lock() to unlock()
  std::mutex mutex_;   // everything below
  int file_ = -1;
  State state_ = State::sound;
  std::size_t end_ = 0;        // end of the last complete line
  std::size_t last_line_ = 0;  // start of that line, or 0 if there is none
  Version version_;
  Rows rows_;
  Tokens tokens_;
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_STORAGE_PLAIN_FILES_HPP_
