/// The memory of the rows of a table.
#ifndef SEATBOOK_MODEL_ROW_MEMORY_HPP_
#define SEATBOOK_MODEL_ROW_MEMORY_HPP_

#include <array>
#include <cstddef>
#include <memory>
#include <memory_resource>
#include <vector>

namespace seatbook::model {

/// Allocates rows next to each other in blocks, without malloc's header. Rows are never erased, so
/// their memory is freed with the table. Larger pieces are the container's arrays, which it
/// replaces as it grows: they are allocated and freed as usual.
class RowMemory final : public std::pmr::memory_resource {
 private:
  static constexpr std::size_t block_size = std::size_t{16} << 10U;
  static constexpr std::size_t largest_row = 256;
  static constexpr std::size_t row_alignment = alignof(void*);
  struct Block {
    alignas(row_alignment) std::array<std::byte, block_size> bytes;
  };

  static bool is_row(std::size_t bytes, std::size_t alignment) {
    return bytes <= largest_row && alignment <= row_alignment;
  }

  void* do_allocate(std::size_t bytes, std::size_t alignment) override {
    if (!is_row(bytes, alignment)) {
      return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    }
    const std::size_t size = (bytes + row_alignment - 1) / row_alignment * row_alignment;
    if (size > left_) {
      blocks_.push_back(std::make_unique_for_overwrite<Block>());
      left_ = block_size;
    }
    std::byte* const row = blocks_.back()->bytes.data() + (block_size - left_);
    left_ -= size;
    return row;
  }
  void do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) override {
    if (is_row(bytes, alignment)) return;
    std::pmr::new_delete_resource()->deallocate(memory, bytes, alignment);
  }
  [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override {
    return this == &other;
  }

  std::vector<std::unique_ptr<Block>> blocks_;
  std::size_t left_ = 0;  // free bytes at the end of the last block
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_ROW_MEMORY_HPP_
