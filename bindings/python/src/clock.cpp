#include "python/src/clock.hpp"

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "python/src/errors.hpp"

namespace seatbook::python {
namespace {

struct HeldClock {
  std::shared_ptr<ManualClock> clock;
};

/// A clock written in Python. Threads of the library call and destroy it.
class PythonClock final : public Clock {
 public:
  explicit PythonClock(py::object function) : function_(std::move(function)) {}
  PythonClock(const PythonClock&) = delete;
  PythonClock& operator=(const PythonClock&) = delete;
  ~PythonClock() override {
    const WithInterpreter interpreter;
    function_ = py::object();
  }

  Timestamp now() override {
    const WithInterpreter interpreter;
    try {
      return clock_time(call_host(function_), "clock");
    } catch (...) {
      set_error();
    }
    py::error_already_set raised;
    const std::string what = raised.what();
    keep_raised(raised);
    throw std::runtime_error(what);
  }

 private:
  py::object function_;
};

/// Returns the microseconds of a timedelta, at most those of 64 bits: 292,000 years.
std::int64_t microseconds_of(const py::object& by) {
  const auto microsecond = py::module_::import("datetime").attr("timedelta")(0, 0, 1);
  // The operator raises if `by` is not a timedelta.
  PyObject* const count = PyNumber_FloorDivide(by.ptr(), microsecond.ptr());
  if (count == nullptr) throw py::error_already_set();
  const auto steps = py::reinterpret_steal<py::object>(count);
  int beyond = 0;
  const std::int64_t microseconds = PyLong_AsLongLongAndOverflow(steps.ptr(), &beyond);
  if (beyond == 0) return microseconds;
  return beyond > 0 ? INT64_MAX : INT64_MIN;
}

/// Advances the clock, within the range of datetime.
void advance(const HeldClock& held, const py::object& by) {
  constexpr std::int64_t first_us = -62'135'596'800'000'000;  // 0001-01-01
  constexpr std::int64_t last_us = 253'402'300'799'999'999;   // 9999-12-31
  const std::int64_t steps = microseconds_of(by);
  const std::int64_t now = held.clock->now().us;
  if (steps < 0 ? now < first_us - steps : now > last_us - steps) {
    refuse(Code::date_out_of_range, "by", "must keep the time in the years 1 to 9999");
  }
  held.clock->advance_us(steps);
}

}  // namespace

std::shared_ptr<Clock> clock_of(const py::object& value, const char* member) {
  if (value.is_none()) return nullptr;
  if (const HeldClock* const held = Frozen<HeldClock>::in(value)) return held->clock;
  if (PyCallable_Check(value.ptr()) == 0) wrong_type(member, "a ManualClock or a callable", value);
  return std::make_shared<PythonClock>(value);
}

void bind_clock(py::module_& module) {
  FrozenClass<HeldClock> made("ManualClock",
                              "ManualClock(start)\n--\n\n"
                              "A fixed clock for tests, shared by all threads.");
  made.slot(
      Py_tp_new, +[](PyTypeObject* /*type: it is final*/, PyObject* args, PyObject* kwargs) {
        return guarded([&] {
          static const char* const names[] = {"start", nullptr};
          PyObject* start = nullptr;
          if (PyArg_ParseTupleAndKeywords(args, kwargs, "O:ManualClock",
                                          const_cast<char**>(names),  // NOLINT: the C signature
                                          &start) == 0) {
            throw py::error_already_set();
          }
          return Frozen<HeldClock>::make(
              {std::make_shared<ManualClock>(clock_time(start, "start"))});
        });
      });
  const py::object type = made.add_to(module);
  add_method<HeldClock>(
      type, "set",
      +[](const HeldClock& held, const py::object& instant) {
        held.clock->set(clock_time(instant, "instant"));
      },
      py::arg("instant"), "set(self, instant)\n--\n\nSets the time of the clock.");
  add_method<HeldClock>(type, "advance", &advance, py::arg("by"),
                        "advance(self, by)\n--\n\nAdvances the clock by a timedelta.");
  add_method<HeldClock>(
      type, "now", +[](const HeldClock& held) { return to_python(held.clock->now()); },
      "now(self)\n--\n\nReturns the time of the clock.");
}

}  // namespace seatbook::python
