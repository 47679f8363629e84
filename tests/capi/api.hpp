/// Calls the C API like a binding, with seatbook.h and seatbook.api.json only. Uses nothing of the
/// C++ API.
#ifndef SEATBOOK_TESTS_CAPI_API_HPP_
#define SEATBOOK_TESTS_CAPI_API_HPP_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "conformance/json_forms.hpp"
#include "seatbook.h"

namespace seatbook::capi_tests {

using conformance::CaseError;
using conformance::json;
using conformance::shown;

template <auto free_function>
struct Free {
  template <class Handle>
  void operator()(Handle* handle) const {
    free_function(handle);
  }
};
using Book = std::unique_ptr<seatbook_book, Free<&seatbook_book_free>>;
using Storage = std::unique_ptr<seatbook_storage, Free<&seatbook_storage_free>>;
using Session = std::unique_ptr<seatbook_session, Free<&seatbook_session_free>>;
using Clock = std::unique_ptr<seatbook_clock, Free<&seatbook_clock_free>>;
using Progress = std::unique_ptr<seatbook_progress, Free<&seatbook_progress_free>>;
using Rows = std::unique_ptr<seatbook_rows, Free<&seatbook_rows_free>>;
using ErrorObject = std::unique_ptr<seatbook_error, Free<&seatbook_error_free>>;

/// The lists of seatbook.api.json by name.
class Api {
 public:
  explicit Api(const std::string& path);
  [[nodiscard]] const json& get(const char* list, const std::string& name) const;
  [[nodiscard]] const json& all() const { return all_; }

 private:
  json all_;
  std::map<std::string, std::map<std::string, json>> by_name_;
};
/// Returns the description of this project.
const Api& api();

/// The result of a call: an error or a value.
struct Reply {
  std::optional<json> error;
  json result;
};

json error_json(const seatbook_error* error);
/// Returns one row as an object, or all rows as a list, without the columns that the conformance
/// cases leave out.
json row_json(const seatbook_rows* rows, std::size_t row);
json rows_json(const seatbook_rows* rows);
json time_json(seatbook_time time);

/// A struct of C and the memory that it points to, filled from JSON with the offsets in
/// seatbook.api.json.
class Request {
 public:
  explicit Request(const std::string& struct_name);
  /// Sets members. An invalid request id is stored as the error of the call. Throws CaseError for
  /// an unknown member.
  void fill(const json& members);
  [[nodiscard]] const void* bytes() const { return bytes_; }
  [[nodiscard]] const std::optional<json>& error() const { return error_; }
  void set_error(const json& error) {
    if (!error_) error_ = error;
  }
  /// Converts a value of a type to 64 bits.
  std::int64_t number(const std::string& name, const std::string& type, const json& value);

 private:
  char* block(std::size_t size);
  char* fill_struct(const json& described, const json& members, char* to);
  void put(const json& member, const json& value, char* to);
  void put_list(const json& member, const std::string& type, const json& value, char* to);
  seatbook_text text(const json& value);

  const json& described_;
  std::deque<std::vector<std::uint64_t>> blocks_;
  std::deque<std::string> texts_;
  std::deque<Progress> progress_;
  std::deque<seatbook_sink> sinks_;
  char* bytes_ = nullptr;
  char* base_ = nullptr;
  std::optional<json> error_;
};

/// Returns every operation of a session by name.
using Call = std::function<Reply(seatbook_session*, const json& arguments)>;
const std::map<std::string, Call>& calls();

}  // namespace seatbook::capi_tests

#endif  // SEATBOOK_TESTS_CAPI_API_HPP_
