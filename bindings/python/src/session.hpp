/// The session's methods, and files out.
#ifndef SEATBOOK_BINDINGS_PYTHON_SESSION_HPP_
#define SEATBOOK_BINDINGS_PYTHON_SESSION_HPP_

#include <functional>
#include <memory>
#include <utility>

#include "python/src/storage.hpp"
#include "python/src/values.hpp"

namespace seatbook::python {

/// What an object of the class Book holds.
class HeldBook {
 public:
  explicit HeldBook(Book held) : book_(std::move(held)) {}
  HeldBook(const HeldBook&) = delete;
  HeldBook& operator=(const HeldBook&) = delete;
  /// Closing may wait for a storage that is written in Python.
  ~HeldBook() {
    const WithoutInterpreter released;
    const Book last = std::move(book_);
  }
  /// A book may change, although the object cannot become another's.
  [[nodiscard]] Book& book() const { return book_; }

 private:
  mutable Book book_;
};

/// For hosts that keep something for each of their books.
template <>
constexpr bool weakly_referenced<HeldBook> = true;

/// What an object of the class Session holds: its book, too, which would be closed without it.
struct HeldSession {
  std::shared_ptr<const HeldBook> book;
  mutable Session session;

  [[nodiscard]] Session& usable() const {
    (void)book->book();
    return session;
  }
};

/// What an export answers; `csv` is None where something else has taken the file.
struct ExportedFile {
  ExportReport report;
  py::object csv;
};

/// Runs an export into `to`: a binary file, a callable, or None.
py::object export_file(const std::function<Result<ExportReport>(const CsvSink&)>& write,
                       const py::object& to);

void bind_session(py::module_& module);

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_SESSION_HPP_
