/// Classes of frozen objects: what calls answer.
///
/// They are made by hand. Of pybind11's own every object would copy its record and stand in a
/// register, and every look at a member would go through a dispatcher, which took most of the time
/// that a loop over rows takes. Python could also make objects of them that hold nothing
/// (`Person.__new__(Person)`) or give an object another class (`person.__class__ = License`), and
/// the next look would crash the process.
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

/// Within a handler: makes the exception in flight Python's.
void set_error() noexcept;

/// What a function that C calls answers: an object, or null with the error set.
template <class Call>
PyObject* guarded(const Call& call) noexcept {
  try {
    return py::object(call()).release().ptr();
  } catch (...) {
    set_error();
    return nullptr;
  }
}

/// Whether objects that hold such a value can be referenced weakly: each is larger by a pointer.
template <class Value>
constexpr bool weakly_referenced = false;

/// A value that cannot change, held by objects of Python; they may share it, or be parts of one.
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

  /// Null where it is an object of another class.
  static const Value* in(py::handle object) {
    return Py_TYPE(object.ptr()) == type ? held(object.ptr()).get() : nullptr;
  }
  static const Value& of(py::handle object) {
    if (const Value* const value = in(object)) return *value;
    throw py::type_error(std::string("this is no ") + type->tp_name);
  }
  static const Shared& held_by(py::handle object) { return held(object.ptr()); }

  static inline PyTypeObject* type = nullptr;  // once its class is made

 private:
  struct Object {
    PyObject_HEAD Shared value;
  };
  template <class>
  friend class FrozenClass;

  static Shared& held(PyObject* object) {
    return reinterpret_cast<Object*>(object)->value;  // NOLINT: how C has objects
  }
};

/// Puts the class of a frozen value together.
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
    // The base's would make an object that holds nothing.
    slot(
        Py_tp_new, +[](PyTypeObject* type, PyObject* /*args*/, PyObject* /*kwargs*/) {
          PyErr_Format(PyExc_TypeError, "a %s is answered by calls, not made", type->tp_name);
          return static_cast<PyObject*>(nullptr);
        });
  }

  /// `get` makes an object of the value, which it is given as it is held. Without a text of its own
  /// it has the one of the module _documentation.
  template <class Get>
  void member(const char* name, Get get, const char* documentation = nullptr) {
    getters_.push_back({name,
                        [](PyObject* object, void* kept) {
                          return guarded([&] {
                            return (*static_cast<const Get*>(kept))(Frozen<Value>::held(object));
                          });
                        },
                        nullptr, documentation, new Get(std::move(get))});
  }
  /// May begin with a signature, as of a function. Python makes a copy.
  void document(const char* text) {
    slots_.push_back({Py_tp_doc, const_cast<char*>(text)});  // NOLINT: as C has it
  }
  /// A later one of the same number counts.
  template <class Function>
  void slot(int number, Function* function) {
    void* const pointer = reinterpret_cast<void*>(function);  // NOLINT: how C has slots
    for (PyType_Slot& slot : slots_) {
      if (slot.slot == number) {
        slot.pfunc = pointer;
        return;
      }
    }
    slots_.push_back({number, pointer});
  }

  /// The class, which the module then has under its name. It is final: nothing else may stand for
  /// its objects.
  py::object add_to(py::module_& module) {
    // What a class is made of has to live as long as it, which is for good.
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
        // behind what is held, as the class is told
        {"__weaklistoffset__", T_PYSSIZET, held_size, READONLY, nullptr},
        {}};
    if constexpr (weakly_referenced<Value>) slots_.push_back({Py_tp_members, members});
    slots_.push_back({0, nullptr});
    constexpr auto size = held_size + (weakly_referenced<Value> ? sizeof(PyObject*) : 0);
    PyType_Spec spec{full_name->c_str(), static_cast<int>(size), 0, Py_TPFLAGS_DEFAULT,
                     slots_.data()};
    PyObject* const made = PyType_FromSpec(&spec);
    if (made == nullptr) throw py::error_already_set();
    Frozen<Value>::type = reinterpret_cast<PyTypeObject*>(made);  // NOLINT: how C has classes
    auto type = py::reinterpret_borrow<py::object>(made);
    module.attr(name_.c_str()) = type;
    return type;
  }

 private:
  std::string name_;
  std::vector<PyGetSetDef> getters_;
  std::vector<PyType_Slot> slots_;
};

/// Equality alone, by `equal(value, other)`, which answers an object: order is undefined.
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

/// The hash of what `values` answers; -1 with the error set.
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

/// A method of such a class, beside its members; `call` takes the value and what else there is.
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
