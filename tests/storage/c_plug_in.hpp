/// The storage of tests/capi/plug_in.c, which implements seatbook_storage.h.
#ifndef SEATBOOK_TESTS_STORAGE_C_PLUG_IN_HPP_
#define SEATBOOK_TESTS_STORAGE_C_PLUG_IN_HPP_

#include <memory>

#include "seatbook/storage.hpp"

namespace seatbook::testing {

/// Creates a new, empty storage.
std::shared_ptr<Storage> c_plug_in();
/// Creates one whose struct of callbacks is as long as that of 0.1.
std::shared_ptr<Storage> c_plug_in_of_0_1();

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_STORAGE_C_PLUG_IN_HPP_
