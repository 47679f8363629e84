#include "rules/transaction.hpp"

#include <string>
#include <utility>

#include "text/utf8.hpp"
#include "types/try.hpp"

namespace seatbook::rules {
namespace {

constexpr std::size_t usual_images = 3;  // most calls write one record and one history row

template <class IdType>
Result<IdType> next_id(std::uint64_t limit, std::uint64_t size, std::uint64_t& added,
                       const char* what) {
  if (size + added >= limit) {
    return Error{Code::limit_exceeded, std::string("a book holds at most 4,294,967,294 ") + what};
  }
  return IdType(size + ++added);
}

}  // namespace

void Transaction::restart() {
  images_.clear();
  images_.reserve(usual_images);
  // Written again if the library follows another Unicode version than the book's keys (C17).
  const auto& info = view_.info();
  if (!info || info->unicode_version != text::unicode_version()) {
    images_.emplace_back(BookInfo{text::unicode_version()});
  }
}

void Transaction::find_actor() {
  if (const ActorRecord* known = view_.find_actor(actor_.actor, actor_.person)) {
    actor_id_ = known->id;
    return;
  }
  actor_id_ = ActorId(view_.actor_count() + 1);
  put(ActorRecord{actor_id_, actor_.actor, actor_.person});
}

Result<PersonId> Transaction::new_person() {
  return next_id<PersonId>(tables().record_limit, tables().people.size(), new_people_, "people");
}

Result<LicenseId> Transaction::new_license() {
  return next_id<LicenseId>(tables().record_limit, tables().licenses.size(), new_licenses_,
                            "licenses");
}

Result<AssignmentId> Transaction::new_assignment() {
  return next_id<AssignmentId>(tables().record_limit, view_.assignment_count(), new_assignments_,
                               "assignments");
}

Result<Seq> Transaction::put_row(const HistoryRow& row) {
  SEATBOOK_TRY(const Seq seq, next_id<Seq>(tables().record_limit, view_.history_size(),
                                           new_history_, "history rows"));
  const ActorId actor = actor_id();  // first: its record comes before the row
  auto& added = add<HistoryRow>(row);
  added.seq = seq;
  added.batch = Version(view_.version().value + 1);
  added.at = at_;
  added.actor = actor;
  return seq;
}

Result<void> Transaction::record(const HistoryRow& row) {
  SEATBOOK_TRY(put_row(row));
  return {};
}

Result<void> Transaction::record(const HistoryRow& row, HistoryTexts texts) {
  SEATBOOK_TRY(const Seq seq, put_row(row));
  if (!texts.empty()) {
    texts.seq = seq;
    put(std::move(texts));
  }
  return {};
}

}  // namespace seatbook::rules
