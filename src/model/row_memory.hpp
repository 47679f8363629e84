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
    if (size > left_) add_block();
    std::byte* const row = next_;
    next_ += size;
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

  void add_block() {
    blocks_.push_back(std::make_unique_for_overwrite<Block>());
    next_ = blocks_.back()->bytes.data();
    left_ = block_size;
  }

  std::vector<std::unique_ptr<Block>> blocks_;
  std::byte* next_ = nullptr;  // the free bytes of the last block
  std::size_t left_ = 0;
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_ROW_MEMORY_HPP_
