#include "book/group.hpp"

#include <utility>

#include "book/storage_calls.hpp"

namespace seatbook::detail {

Group::Group() {
  calls_.reserve(max_group_size);
  rejected_.reserve(max_group_size);
  batches_.reserve(max_group_size);
  writers_.reserve(max_group_size);
}

void Group::clear() {
  calls_.clear();
  rejected_.clear();
  foreign_.reset();
  batches_.clear();
  writers_.clear();
}

void Group::start_with(Call& first) {
  calls_.clear();
  foreign_.reset();
  batches_.clear();
  writers_.clear();
  calls_.push_back(&first);
  first.rests_on = 0;
}

void Group::rest_on(ForeignRecords&& foreign) noexcept {
  foreign_ = std::move(foreign);
  calls_.front()->rests_on = pending();
}

Call* Group::next(const WriterQueue& queue, std::size_t limit) {
  // The group's calls are the first ones of the queue. Compared without the queue's mutex: a call
  // that enters now may lead the next group.
  if (calls_.size() >= limit || calls_.size() == queue.length()) return nullptr;
  auto* const call = static_cast<Call*>(queue.joining_behind(*calls_.back()));
  if (call == nullptr) return nullptr;
  calls_.push_back(call);
  call->rests_on = pending();
  return call;
}

void Group::add(Batch&& batch) {
  batches_.push_back(std::move(batch));
  writers_.push_back(calls_.back());
  calls_.back()->rests_on = pending();
}

std::optional<Version> Group::version_of(const RequestId& id) const {
  for (std::size_t i = 0; i < batches_.size(); ++i) {
    if (writers_[i]->request_id == id) return Version(batches_[i].base.value + 1);
  }
  return std::nullopt;
}

void Group::keep(std::size_t count) {
  if (count == batches_.size()) return;
  batches_.resize(count);
  writers_.resize(count);
  while (calls_.back()->rests_on > pending(count)) calls_.pop_back();
}

void Group::first_alone() {
  rejected_.swap(calls_);
}

void Group::fail(const Error& error) {
  if (!rejected_.empty()) calls_.swap(rejected_);
  rejected_.clear();
  for (Call* call : calls_) {
    if (call->rests_on != 0) call->result = copy_of(error);
  }
}

}  // namespace seatbook::detail
