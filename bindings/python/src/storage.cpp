#include "python/src/storage.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "python/src/clock.hpp"
#include "python/src/errors.hpp"
#include "seatbook/record_codec.hpp"

namespace seatbook::python {
namespace {

py::bytes bytes_of(const Token& token) {
  // NOLINTNEXTLINE: bytes are bytes
  return {reinterpret_cast<const char*>(token.bytes.data()), token.bytes.size()};
}

/// Converts a Python exception to an error. Called in a handler, with the interpreter's lock held.
Error error_of(py::error_already_set& raised, Code otherwise) {
  const auto ours = py::module_::import("seatbook._errors").attr("Error");
  if (raised.matches(ours)) {
    const py::object value = raised.value();
    return {static_cast<Code>(py::cast<std::int32_t>(value.attr("code").attr("value"))),
            py::cast<std::string>(value.attr("message")),
            py::cast<std::string>(value.attr("field"))};
  }
  const Error error{otherwise, raised.what()};
  keep_raised(raised);
  return error;
}

/// Returns the arguments of append().
py::tuple arguments_of(const EncodedBatch& batch) {
  py::list rows;
  for (const EncodedImage& image : batch.images) {
    rows.append(py::make_tuple(to_python(table_name(image.table)), image.id, image.version.value,
                               py::bytes(image.bytes)));
  }
  return py::make_tuple(batch.base.value, bytes_of(batch.token), rows);
}

EncodedImage row_of(py::handle item) {
  const auto row = py::cast<py::tuple>(py::reinterpret_borrow<py::object>(item));
  if (row.size() != 4) throw py::type_error("a row must be (table, id, version, bytes)");
  const auto kind = kind_of_table(py::cast<std::string>(row[0]));
  if (!kind) throw py::value_error("unknown table: " + py::cast<std::string>(row[0]));
  EncodedImage image;
  image.table = *kind;
  from_python(row[1], "id", image.id);
  from_python(row[2], "version", image.version);
  std::string_view bytes;
  from_python(row[3], "bytes", bytes);
  image.bytes = bytes;
  return image;
}

class PythonStorage final : public EncodedStorage {
 public:
  explicit PythonStorage(py::object object)
      : object_(std::move(object)),
        clock_(has("clock") ? clock_of(call_host(object_.attr("clock")), "clock") : nullptr) {
    if (has("largest_group")) {
      from_python(call_host(object_.attr("largest_group")), "largest_group", largest_group_);
    }
  }
  PythonStorage(const PythonStorage&) = delete;
  PythonStorage& operator=(const PythonStorage&) = delete;
  ~PythonStorage() override {
    const WithInterpreter interpreter;
    object_ = py::object();
  }

  Result<Version> read(Version after, EncodedSink& sink) override {
    return call<Version>(Code::storage_failed, [&]() -> Result<Version> {
      const auto result = py::cast<py::tuple>(call_host(object_.attr("read"), after.value));
      if (result.size() != 2) throw py::type_error("read() must return (version, rows)");
      const py::iterator items = py::iter(result[1]);
      while (const py::object item = next_of_host(items)) {
        if (auto accepted = sink.accept(row_of(item)); !accepted) {
          return std::move(accepted).error();
        }
      }
      Version version;
      from_python(result[0], "version", version);
      return version;
    });
  }

  Result<void> append(const EncodedBatch& batch) override {
    return call<void>(Code::storage_unknown, [&]() -> Result<void> {
      const py::tuple arguments = arguments_of(batch);
      call_host(object_.attr("append"), arguments[0], arguments[1], arguments[2]);
      return {};
    });
  }

  std::size_t largest_group() const override { return largest_group_; }

  Result<void> append_group(const std::vector<EncodedBatch>& batches) override {
    return call<void>(Code::storage_unknown, [&]() -> Result<void> {
      py::list group;
      for (const EncodedBatch& batch : batches) group.append(arguments_of(batch));
      call_host(object_.attr("append_group"), group);
      return {};
    });
  }

  Result<void> sync() override {
    return call<void>(Code::storage_failed, [&]() -> Result<void> {
      if (has("sync")) call_host(object_.attr("sync"));
      return {};
    });
  }

  Result<std::optional<Version>> find(const Token& token) override {
    return find_with("find", token);
  }
  Result<std::optional<Version>> seen(const Token& token) override {
    return find_with("seen", token);
  }

  Result<void> lock() override {
    return call<void>(Code::storage_failed, [&]() -> Result<void> {
      call_host(object_.attr("lock"));
      return {};
    });
  }
  void unlock() noexcept override {
    const WithInterpreter interpreter;
    try {
      call_host(object_.attr("unlock"));
    } catch (py::error_already_set& raised) {
      raised.discard_as_unraisable("seatbook.Storage.unlock");
    }
  }

  std::shared_ptr<Clock> clock() override { return clock_; }

  Result<void> backup_to(const std::string& path) override {
    return call<void>(Code::storage_failed, [&]() -> Result<void> {
      if (!has("backup_to")) return EncodedStorage::backup_to(path);
      const py::object text = py::module_::import("os").attr("fsdecode")(py::bytes(path));
      call_host(object_.attr("backup_to"), text);
      return {};
    });
  }

 private:
  /// Returns whether the object has a method that classes written for 0.1, and not derived from
  /// Storage, do not have.
  [[nodiscard]] bool has(const char* name) const { return py::hasattr(object_, name); }

  Result<std::optional<Version>> find_with(const char* name, const Token& token) {
    using Found = std::optional<Version>;
    return call<Found>(Code::storage_unknown, [&]() -> Result<Found> {
      const py::object found = call_host(object_.attr(has(name) ? name : "find"), bytes_of(token));
      if (found.is_none()) return Found();
      Version version;
      from_python(found, "version", version);
      return Found(version);
    });
  }

  template <class Value, class Call>
  Result<Value> call(Code otherwise, const Call& call) {
    const WithInterpreter interpreter;
    try {
      return call();
    } catch (py::error_already_set& raised) {
      return error_of(raised, otherwise);
    } catch (const Refused& refused) {
      return invalid_result(otherwise, refused.error.message);
    } catch (const std::exception& invalid) {
      return invalid_result(otherwise, invalid.what());
    }
  }
  static Error invalid_result(Code code, const std::string& problem) {
    return {code, "invalid result of the storage: " + problem};
  }

  py::object object_;
  // An exception of clock() or largest_group() is raised by open().
  std::shared_ptr<Clock> clock_;
  std::size_t largest_group_ = 1;
};

}  // namespace

std::shared_ptr<Storage> storage_of(py::object object) {
  return encoded_storage(std::make_shared<PythonStorage>(std::move(object)));
}

}  // namespace seatbook::python
