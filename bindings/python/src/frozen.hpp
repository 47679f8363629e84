/// Classes of immutable objects, for the results of calls.
///
/// They use the C API instead of pybind11 classes. With pybind11, each object would copy its record
/// and be registered, and each attribute access would go through a dispatcher, which dominated the
/// time of a loop over rows. Python could also create objects without a value
/// (`Person.__new__(Person)`) or change an object's class (`person.__class__ = License`), and the
/// next attribute access would crash the process.
#ifndef SEATBOOK_BINDINGS_PYTHON_FROZEN_HPP_
#define SEATBOOK_BINDINGS_PYTHON_FROZEN_HPP_

#include <pybind11/pybind11.h>

#include <structmember.h>

#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

namespace seatbook::python {

namespace py = pybind11;

/// Sets the Python error from the current exception. Must be called in a handler.
void set_error() noexcept;

/// Runs `call` for a C callback. Returns its object, or null with the Python error set.
template <class Call>
PyObject* guarded(const Call& call) noexcept {
  try {
    return py::object(call()).release().ptr();
  } catch (...) {
    set_error();
    return nullptr;
  }
}

/// Whether objects of such a value support weak references, which costs one pointer per object.
template <class Value>
constexpr bool weakly_referenced = false;

/// An immutable value held by Python objects. Objects can share it or refer to a part of it.
template <class Value>
class Frozen {
 public:
  using Shared = std::shared_ptr<const Value>;

  static py::object make(Shared value) {
    PyObject* const object = type->tp_alloc(type, 0);
    if (object == nullptr) throw py::error_already_set();
    new (&held(object)) Shared(std::move(value));
    return py::reinterpret_steal<py::object>(object);
  }
  static py::object make(Value value) {
    return make(std::make_shared<const Value>(std::move(value)));
  }

  /// Returns the value; null if the object is of another class.
  static const Value* in(py::handle object) {
    return Py_TYPE(object.ptr()) == type ? held(object.ptr()).get() : nullptr;
  }
  static const Value& of(py::handle object) {
    if (const Value* const value = in(object)) return *value;
    throw py::type_error(std::string("a ") + type->tp_name + " is required, not " +
                         Py_TYPE(object.ptr())->tp_name);
  }
  static const Shared& held_by(py::handle object) { return held(object.ptr()); }

  static inline PyTypeObject* type = nullptr;  // set once the class exists

 private:
  struct Object {
    PyObject_HEAD Shared value;
  };
  template <class>
  friend class FrozenClass;

  static Shared& held(PyObject* object) {
    return reinterpret_cast<Object*>(object)->value;  // NOLINT: the C API
  }
};

/// Builds the class of a frozen value.
template <class Value>
class FrozenClass {
 public:
  using Shared = typename Frozen<Value>::Shared;

  explicit FrozenClass(const char* name, const char* documentation = nullptr) : name_(name) {
    if (documentation != nullptr) document(documentation);
    slot(
        Py_tp_dealloc, +[](PyObject* object) {
          PyTypeObject* const type = Py_TYPE(object);
          if constexpr (weakly_referenced<Value>) PyObject_ClearWeakRefs(object);
          Frozen<Value>::held(object).~Shared();
          type->tp_free(object);
          Py_DECREF(type);
        });
    // The inherited one would create an object without a value.
    slot(
        Py_tp_new, +[](PyTypeObject* type, PyObject* /*args*/, PyObject* /*kwargs*/) {
          PyErr_Format(PyExc_TypeError, "%s cannot be created: it is returned by calls",
                       type->tp_name);
          return static_cast<PyObject*>(nullptr);
        });
  }

  /// Adds a property. `get` returns its object from the shared value. The default documentation
  /// comes from the module _documentation.
  template <class Get>
  void member(const char* name, Get get, const char* documentation = nullptr) {
    getters_.push_back({name,
                        [](PyObject* object, void* closure) {
                          return guarded([&] {
                            return (*static_cast<const Get*>(closure))(Frozen<Value>::held(object));
                          });
                        },
                        nullptr, documentation, new Get(std::move(get))});
  }
  /// Sets the docstring, which may begin with a signature. Python copies it.
  void document(const char* text) {
    slots_.push_back({Py_tp_doc, const_cast<char*>(text)});  // NOLINT: the C signature
  }
  /// Sets a slot, and replaces an earlier function for it.
  template <class Function>
  void slot(int number, Function* function) {
    void* const pointer = reinterpret_cast<void*>(function);  // NOLINT: the C API
    for (PyType_Slot& slot : slots_) {
      if (slot.slot == number) {
        slot.pfunc = pointer;
        return;
      }
    }
    slots_.push_back({number, pointer});
  }

  /// Sets the base class, one of the module _records.
  void derive(const char* base) { base_ = py::module_::import("seatbook._records").attr(base); }

  /// Creates the class and adds it to the module. The class is final.
  py::object add_to(py::module_& module) {
    // The parts of a class must live as long as the class, so they are never freed.
    auto* const getters = new std::vector<PyGetSetDef>(std::move(getters_));
    const auto text_of = py::module_::import("seatbook._documentation").attr("of_member");
    for (PyGetSetDef& getter : *getters) {
      if (getter.doc != nullptr) continue;
      getter.doc = (new std::string(py::cast<std::string>(text_of(name_, getter.name))))->c_str();
    }
    getters->push_back({});
    auto* const full_name = new std::string("seatbook." + name_);
    slots_.push_back({Py_tp_getset, getters->data()});
    constexpr auto held_size = sizeof(typename Frozen<Value>::Object);
    static PyMemberDef members[] = {
        // behind the value
        {"__weaklistoffset__", T_PYSSIZET, held_size, READONLY, nullptr},
        {}};
    if constexpr (weakly_referenced<Value>) slots_.push_back({Py_tp_members, members});
    slots_.push_back({0, nullptr});
    constexpr auto size = held_size + (weakly_referenced<Value> ? sizeof(PyObject*) : 0);
    PyType_Spec spec{full_name->c_str(), static_cast<int>(size), 0, Py_TPFLAGS_DEFAULT,
                     slots_.data()};
    const py::tuple bases = base_ ? py::make_tuple(base_) : py::tuple();
    PyObject* const created = PyType_FromSpecWithBases(&spec, base_ ? bases.ptr() : nullptr);
    if (created == nullptr) throw py::error_already_set();
    Frozen<Value>::type = reinterpret_cast<PyTypeObject*>(created);  // NOLINT: the C API
    auto type = py::reinterpret_borrow<py::object>(created);
    module.attr(name_.c_str()) = type;
    return type;
  }

 private:
  std::string name_;
  py::object base_;
  std::vector<PyGetSetDef> getters_;
  std::vector<PyType_Slot> slots_;
};

/// Compares for equality with `equal(value, other)`, which returns an object. Ordering is
/// undefined.
template <class Value, class Equal>
PyObject* compared(PyObject* object, PyObject* other, int operation, const Equal& equal) noexcept {
  return guarded([&]() -> py::object {
    if (operation != Py_EQ && operation != Py_NE) {
      return py::reinterpret_borrow<py::object>(Py_NotImplemented);
    }
    const py::object same = equal(Frozen<Value>::of(object), py::handle(other));
    if (same.ptr() == Py_NotImplemented || operation == Py_EQ) return same;
    return py::bool_(same.ptr() != Py_True);
  });
}

/// Returns the hash of the object that `values` returns; -1 with the error set.
template <class Values>
Py_hash_t hashed(const Values& values) noexcept {
  Py_hash_t hash = -1;
  PyObject* const done = guarded([&]() -> py::object {
    hash = py::hash(values());
    return py::none();
  });
  Py_XDECREF(done);
  return done == nullptr ? -1 : hash;
}

/// Adds a method to such a class. `call` gets the value and the arguments.
template <class Value, class Returned, class... Rest, class... Extra>
void add_method(const py::object& type, const char* name, Returned (*call)(const Value&, Rest...),
                const Extra&... extra) {
  type.attr(name) = py::cpp_function(
      [call](const py::object& self, Rest... rest) {
        return call(Frozen<Value>::of(self), std::forward<Rest>(rest)...);
      },
      py::name(name), py::is_method(type), extra...);
}

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_FROZEN_HPP_
