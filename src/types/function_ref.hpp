/// A reference to a callable.
#ifndef SEATBOOK_TYPES_FUNCTION_REF_HPP_
#define SEATBOOK_TYPES_FUNCTION_REF_HPP_

#include <memory>
#include <utility>

namespace seatbook::types {

template <class Signature>
class FunctionRef;

/// Like std::function, but does not own the callable, which must outlive it, and never allocates.
template <class Returned, class... Arguments>
class FunctionRef<Returned(Arguments...)> {
 public:
  template <class Callable>
  FunctionRef(const Callable& callable)  // NOLINT: made from a lambda at the call
      : callable_(std::addressof(callable)), call_(&call<Callable>) {}

  Returned operator()(Arguments... arguments) const {
    return call_(callable_, std::forward<Arguments>(arguments)...);
  }

 private:
  template <class Callable>
  static Returned call(const void* callable, Arguments... arguments) {
    return (*static_cast<const Callable*>(callable))(std::forward<Arguments>(arguments)...);
  }

  const void* callable_;
  Returned (*call_)(const void*, Arguments...);
};

}  // namespace seatbook::types

#endif  // SEATBOOK_TYPES_FUNCTION_REF_HPP_
