#include "imports/inventory_files.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "csv/profile.hpp"
#include "imports/cells.hpp"
#include "imports/import_rows.hpp"
#include "imports/table.hpp"
#include "seatbook/describe.hpp"
#include "text/utf8.hpp"
#include "types/try.hpp"

namespace seatbook::imports {
namespace {

/// One field of a row: its name in the command's columns, the column that the command assigns to
/// it, and its default column names.
struct Field {
  const char* name;
  const std::string& named;
  std::vector<std::string> usual;
};

/// Returns the default column names of a field: "Cost Per Seat" and "cost_per_seat".
std::vector<std::string> usual_names(const char* field) {
  std::string title = field;
  bool starts_word = true;
  for (char& c : title) {
    if (starts_word) c = static_cast<char>(c - 'a' + 'A');
    starts_word = c == '_';
    if (starts_word) c = ' ';
  }
  if (title.find(' ') == std::string::npos) return {title};
  return {title, field};
}

/// Returns the fields of PeopleColumns or LicenseColumns, in the order of their members.
template <class Columns>
std::vector<Field> fields_of(const Columns& columns) {
  std::vector<Field> fields;
  Description<Columns>::visit([&](const char* name, auto member) {
    fields.push_back({name, columns.*member, usual_names(name)});
  });
  return fields;
}

bool same_name(const std::string& a, const std::string& b) {
  return text::fold(text::trim(a)) == text::fold(text::trim(b));
}

/// A column that the command assigns to a field belongs to it, even if its name is the default of
/// another field.
std::vector<KnownColumn> known_columns(const std::vector<Field>& fields) {
  std::vector<KnownColumn> columns;
  for (const Field& field : fields) {
    KnownColumn& column = columns.emplace_back();
    if (!field.named.empty()) {
      column.names = {field.named};
      column.required = true;
      continue;
    }
    for (const std::string& usual : field.usual) {
      const bool taken = std::any_of(fields.begin(), fields.end(), [&](const Field& other) {
        return !other.named.empty() && same_name(other.named, usual);
      });
      if (!taken) column.names.push_back(usual);
    }
    column.title = field.usual.front();
  }
  return columns;
}

/// Stores the texts of a file's rows, and parses a row on demand. Its fields are the known columns.
template <class Line>
class InventoryRows : public InventoryFile<Line>, public TableHandler {
 public:
  using File = InventoryFile<Line>;

  InventoryRows(std::string_view file, CsvProfile profile)
      : InventoryFile<Line>(file), profile_(profile) {}

  void row(const Header& header, const csv::Row& row) final {
    this->rows.begin(row.line);
    for (std::size_t field = 0; field < header.places.size(); ++field) {
      const csv::Cell* const cell = header.cell(row, field);
      if (cell == nullptr) continue;
      const std::string_view text = text::trim(csv::unguarded(cell->text, profile_));
      this->rows.add(field, text, place_of(*cell, text));
    }
    if (const auto fault = fault_of(header, row)) {
      this->rows.set_error(Code::malformed_csv, fault->column);
    }
  }
  /// Call after the last row.
  void finish(const std::vector<Field>& fields, Table table) {
    for (std::size_t field = 0; field < fields.size(); ++field) {
      numbers_.push_back(table.header.number(field));
      this->places.emplace(fields[field].name, numbers_.back());
    }
    this->columns = std::move(table.header.names);
    this->ignored_columns = std::move(table.header.unknown);
    this->empty_rows = table.empty_rows;
  }

 protected:
  [[nodiscard]] Line begun(std::size_t row) const {
    Line line;
    line.line = this->rows.line(row);
    line.code = this->rows.code(row);
    line.column = this->rows.column(row);
    return line;
  }
  [[nodiscard]] std::string text(std::size_t row, std::size_t field) const {
    return std::string(this->rows.text(row, field));
  }
  /// Sets `target` to the value of the field's text; keeps it if the text is empty.
  template <class Value, class Target, class... Options>
  void read_into(Line& line, Target& target, std::size_t row, std::size_t field,
                 Result<Value> (*parse)(std::string_view, Options...), Options... options) const {
    const std::string_view text = this->rows.text(row, field);
    if (text.empty()) return;
    auto value = parse(text, options...);
    if (value) {
      target = *std::move(value);
    } else if (line.code == Code::ok) {
      line.code = value.error().code;
      line.column = numbers_[field];
    }
  }

 private:
  CsvProfile profile_;
  std::vector<std::uint32_t> numbers_;
};

namespace person_field {
enum : std::size_t { name, first_name, last_name, email, host_key, active };
}

class PeopleRows final : public InventoryRows<PersonLine> {
 public:
  explicit PeopleRows(const ImportPeople& command) : InventoryRows(command.csv, command.profile) {}

  [[nodiscard]] PersonLine line(std::size_t row) const override {
    PersonLine line = begun(row);
    line.person.name = text(row, person_field::name);
    if (line.person.name.empty()) {
      const std::string first = text(row, person_field::first_name);
      const std::string last = text(row, person_field::last_name);
      line.person.name = first + (first.empty() || last.empty() ? "" : " ") + last;
    }
    line.person.email = text(row, person_field::email);
    line.person.host_key = text(row, person_field::host_key);
    read_into(line, line.active, row, person_field::active, &flag_in);
    return line;
  }
};

namespace license_field {
enum : std::size_t {
  name,
  vendor,
  product_group,
  host_key,
  total_seats,
  cost_per_seat,
  currency,
  billing_period,
  renewal_date,
  policy,
  owner_email,
  holder_email,
  held_since
};
}

class LicenseRows final : public InventoryRows<LicenseLine> {
 public:
  explicit LicenseRows(const ImportLicenses& command)
      : InventoryRows(command.csv, command.profile), command_(command) {}

  [[nodiscard]] LicenseLine line(std::size_t row) const override {
    LicenseLine line = begun(row);
    AddLicense& license = line.license;
    license.name = text(row, license_field::name);
    license.vendor = text(row, license_field::vendor);
    license.product_group = text(row, license_field::product_group);
    license.host_key = text(row, license_field::host_key);
    read_into(line, license.total_seats, row, license_field::total_seats, &total_in);
    read_into(line, license.cost_per_seat, row, license_field::cost_per_seat, &cost_in,
              std::string_view(command_.currency_sign));
    license.currency = text(row, license_field::currency);
    read_into(line, license.billing_period, row, license_field::billing_period, &period_in);
    read_into(line, license.renewal_date, row, license_field::renewal_date, &date_in,
              command_.date_order);
    read_into(line, license.policy, row, license_field::policy, &policy_in);
    line.owner_email = text(row, license_field::owner_email);
    line.holder_email = text(row, license_field::holder_email);
    read_into(line, line.held_since, row, license_field::held_since, &instant_in,
              command_.utc_offset_minutes, command_.date_order);
    return line;
  }

 private:
  const ImportLicenses& command_;
};

template <class Rows, class Command>
auto read_file(const Command& command, const std::vector<Field>& fields,
               const std::vector<KnownColumn>& columns)
    -> Result<std::unique_ptr<const typename Rows::File>> {
  auto rows = std::make_unique<Rows>(command);
  SEATBOOK_TRY(Table table, read_table(command.csv, columns, max_rows_of(command.max_bytes),
                                       command.progress, *rows));
  rows->finish(fields, std::move(table));
  return std::unique_ptr<const typename Rows::File>(std::move(rows));
}

}  // namespace

Result<PeopleFile> read_people(const ImportPeople& command) {
  const PeopleColumns& of = command.columns;
  const std::vector<Field> fields = fields_of(of);
  std::vector<KnownColumn> columns = known_columns(fields);
  columns[person_field::name].required = true;
  if (of.name.empty()) {
    columns[person_field::name].or_else = {person_field::first_name, person_field::last_name};
  }
  return read_file<PeopleRows>(command, fields, columns);
}

Result<LicensesFile> read_licenses(const ImportLicenses& command) {
  const std::vector<Field> fields = fields_of(command.columns);
  std::vector<KnownColumn> columns = known_columns(fields);
  columns[license_field::name].required = true;
  return read_file<LicenseRows>(command, fields, columns);
}

}  // namespace seatbook::imports
