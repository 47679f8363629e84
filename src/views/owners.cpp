#include "views/views.hpp"

namespace seatbook::views {
namespace {

bool is_archived(const model::Tables& tables, PersonId person) {
  return tables.people.find(person)->person.state != PersonState::active;
}

}  // namespace

LicenseContacts contacts_of(const model::Tables& tables, const License& license) {
  LicenseContacts contacts;
  contacts.owner = license.owner;
  contacts.owner_archived = is_archived(tables, license.owner);
  contacts.backup_owner = license.backup_owner;
  contacts.backup_archived = license.backup_owner && is_archived(tables, *license.backup_owner);
  if (!contacts.owner_archived) {
    contacts.approver = license.owner;
  } else if (license.backup_owner && !contacts.backup_archived) {
    contacts.approver = license.backup_owner;
  }
  if (contacts.approver) contacts.renewal_recipients.push_back(*contacts.approver);
  return contacts;
}

std::vector<ArchivedOwnerRow> archived_owners(const model::Tables& tables, model::Slices& slices) {
  std::vector<ArchivedOwnerRow> rows;
  const std::uint64_t last = tables.licenses.size();
  for (std::uint64_t id = 1; id <= last; ++id) {
    if (!slices.step() || !slices.room(rows)) return rows;
    const License& license = *tables.licenses.find(LicenseId(id));
    if (license.state != LicenseState::active) continue;
    const LicenseContacts contacts = contacts_of(tables, license);
    if (!contacts.owner_archived && !contacts.backup_archived) continue;
    rows.push_back({license.id, license.name, license.owner, contacts.owner_archived,
                    license.backup_owner, contacts.backup_archived});
  }
  return rows;
}

}  // namespace seatbook::views
