/// The methods of sessions, and exports.
#ifndef SEATBOOK_BINDINGS_PYTHON_SESSION_HPP_
#define SEATBOOK_BINDINGS_PYTHON_SESSION_HPP_

#include <functional>
#include <memory>
#include <utility>

#include "python/src/storage.hpp"
#include "python/src/values.hpp"

namespace seatbook::python {

/// The value of an object of class Book.
class HeldBook {
 public:
  explicit HeldBook(Book held) : book_(std::move(held)) {}
  HeldBook(const HeldBook&) = delete;
  HeldBook& operator=(const HeldBook&) = delete;
  /// Releases the interpreter's lock: closing may wait for a storage written in Python.
  ~HeldBook() {
    const WithoutInterpreter released;
    const Book closing = std::move(book_);
  }
  /// Returns the book, which is mutable; the object always refers to the same book.
  [[nodiscard]] Book& book() const { return book_; }

 private:
  mutable Book book_;
};

/// For hosts that keep weak references to their books.
template <>
constexpr bool weakly_referenced<HeldBook> = true;

/// The value of an object of class Session. Keeps its book open.
struct HeldSession {
  std::shared_ptr<const HeldBook> book;
  mutable Session session;

  [[nodiscard]] Session& usable() const {
    (void)book->book();
    return session;
  }
};

/// The result of an export. `csv` is None if the file was written elsewhere.
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
