/// The storage of tests/capi/plug_in.c as books see it: through seatbook_storage.h.
#ifndef SEATBOOK_TESTS_STORAGE_C_PLUG_IN_HPP_
#define SEATBOOK_TESTS_STORAGE_C_PLUG_IN_HPP_

#include <memory>

#include "seatbook/storage.hpp"

namespace seatbook::testing {

/// A fresh one.
std::shared_ptr<Storage> c_plug_in();

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_STORAGE_C_PLUG_IN_HPP_
