#include "model/history.hpp"

#include <boost/multi_index/hashed_index.hpp>
#include <boost/multi_index/key.hpp>
#include <boost/multi_index/random_access_index.hpp>
#include <boost/multi_index_container.hpp>
#include <memory_resource>
#include <utility>

#include "model/compact.hpp"
#include "model/row_memory.hpp"

namespace seatbook::model {

namespace mi = boost::multi_index;

struct HistoryTable::Row {
  std::uint64_t batch = 0;
  std::int64_t at_us = 0;
  std::uint32_t actor = 0;
  std::uint32_t license = 0;
  std::uint32_t person = 0;
  std::uint32_t assignment = 0;
  std::uint32_t previous_of_license = 0;
  std::uint32_t previous_of_person = 0;
  std::uint32_t previous_of_actor = 0;
  HistoryKind kind = HistoryKind::person_added;
  bool has_more = false;  // see MoreRow
};

namespace {

/// The members that only a few kinds of row have.
struct MoreRow {
  Seq seq;
  std::optional<AssignmentId> counterpart;
  std::optional<LicenseTerms> before;
  std::optional<LicenseTerms> after;
};

std::uint64_t seq_of_texts(const HistoryTexts& texts) {
  return texts.seq.value;
}
std::uint64_t seq_of_more(const MoreRow& row) {
  return row.seq.value;
}

struct TextsIndices : mi::indexed_by<mi::hashed_unique<mi::key<&seq_of_texts>>> {};
struct MoreIndices : mi::indexed_by<mi::hashed_unique<mi::key<&seq_of_more>>> {};

Seq head(const Chunked<std::uint32_t>& heads, std::uint64_t id) {
  return Seq(id - 1 < heads.size() ? heads[id - 1] : 0);
}

}  // namespace

struct HistoryTable::Container {
  struct RowIndices : mi::indexed_by<mi::random_access<>> {};  // by seq: position seq - 1

  RowMemory memory;
  mi::multi_index_container<Row, RowIndices, std::pmr::polymorphic_allocator<Row>> rows{&memory};
  mi::multi_index_container<MoreRow, MoreIndices> more;
  mi::multi_index_container<HistoryTexts, TextsIndices> texts;
};

HistoryTable::HistoryTable() : container_(std::make_unique<Container>()) {}
HistoryTable::~HistoryTable() = default;

std::uint64_t HistoryTable::size() const {
  return container_->rows.size();
}

const HistoryTable::Row& HistoryTable::compact(Seq seq) const {
  return container_->rows[seq.value - 1];
}

HistoryRow HistoryTable::row(Seq seq) const {
  const Row& compact = this->compact(seq);
  HistoryRow row;
  row.seq = seq;
  row.batch = Version(compact.batch);
  row.at = {compact.at_us};
  row.actor = ActorId(compact.actor);
  row.kind = compact.kind;
  row.license = id_or_none<LicenseId>(compact.license);
  row.person = id_or_none<PersonId>(compact.person);
  row.assignment = id_or_none<AssignmentId>(compact.assignment);
  if (compact.has_more) {
    const auto more = container_->more.find(seq.value);
    row.counterpart = more->counterpart;
    row.before = more->before;
    row.after = more->after;
  }
  return row;
}

Version HistoryTable::batch(Seq seq) const {
  return Version(compact(seq).batch);
}

HistoryKind HistoryTable::kind(Seq seq) const {
  return compact(seq).kind;
}

bool HistoryTable::moves_a_seat(Seq seq) const {
  const HistoryKind kind = this->kind(seq);
  return kind == HistoryKind::assigned || kind == HistoryKind::revoked ||
         kind == HistoryKind::transferred;
}

const HistoryTexts* HistoryTable::texts(Seq seq) const {
  const auto found = container_->texts.find(seq.value);
  return found == container_->texts.end() ? nullptr : &*found;
}

Timestamp HistoryTable::last_at() const {
  return container_->rows.empty() ? min_timestamp : Timestamp{container_->rows.back().at_us};
}

ActorId HistoryTable::last_actor() const {
  return container_->rows.empty() ? ActorId() : ActorId(container_->rows.back().actor);
}

Seq HistoryTable::last_of(LicenseId license) const {
  return head(last_of_license_, license.value);
}
Seq HistoryTable::last_of(PersonId person) const {
  return head(last_of_person_, person.value);
}
Seq HistoryTable::last_of(ActorId actor) const {
  return head(last_of_actor_, actor.value);
}

Seq HistoryTable::previous_of_license(Seq seq) const {
  return Seq(compact(seq).previous_of_license);
}
Seq HistoryTable::previous_of_person(Seq seq) const {
  return Seq(compact(seq).previous_of_person);
}
Seq HistoryTable::previous_of_actor(Seq seq) const {
  return Seq(compact(seq).previous_of_actor);
}

bool HistoryTable::put(const HistoryRow& row) {
  if (row.seq.value != size() + 1 || row.at < last_at()) return false;
  Row stored;
  stored.batch = row.batch.value;
  stored.at_us = row.at.us;
  stored.actor = model::compact(row.actor);
  stored.license = model::compact(row.license);
  stored.person = model::compact(row.person);
  stored.assignment = model::compact(row.assignment);
  stored.kind = row.kind;
  stored.has_more = row.counterpart || row.before || row.after;

  // A row without a license, person or actor is not in that list.
  std::uint32_t none = 0;
  std::uint32_t& of_license = row.license ? last_of_license_.grow_to(row.license->value - 1) : none;
  std::uint32_t& of_person = row.person ? last_of_person_.grow_to(row.person->value - 1) : none;
  std::uint32_t& of_actor = row.actor ? last_of_actor_.grow_to(row.actor.value - 1) : none;
  stored.previous_of_license = of_license;
  stored.previous_of_person = of_person;
  stored.previous_of_actor = of_actor;

  if (stored.has_more) {
    container_->more.insert(MoreRow{row.seq, row.counterpart, row.before, row.after});
  }
  container_->rows.push_back(stored);
  const auto seq = static_cast<std::uint32_t>(row.seq.value);
  of_license = row.license ? seq : 0;
  of_person = row.person ? seq : 0;
  of_actor = row.actor ? seq : 0;
  return true;
}

bool HistoryTable::put_texts(HistoryTexts texts) {
  if (texts.seq.value - 1 >= size()) return false;
  const auto found = container_->texts.find(texts.seq.value);
  if (found == container_->texts.end()) {
    container_->texts.insert(std::move(texts));
    return true;
  }
  return container_->texts.replace(found, std::move(texts));
}

}  // namespace seatbook::model
