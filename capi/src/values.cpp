// Versions, values, choices, clocks and progress objects.
#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "capi/src/callbacks.hpp"
#include "capi/src/errors.hpp"
#include "capi/src/handles.hpp"
#include "capi/src/reader.hpp"
#include "capi/src/storages.hpp"

namespace seatbook::capi {
namespace {

// Numbers that the handwritten part of seatbook.h repeats.
static_assert(SEATBOOK_MAX_TIME == max_timestamp.us);
static_assert(SEATBOOK_MAX_MONEY == max_money.ten_thousandths);
static_assert(SEATBOOK_UNREADABLE_TIME == Timestamp::unreadable().us);
static_assert(SEATBOOK_UNREADABLE_MONEY == Money::unreadable().ten_thousandths);
static_assert(SEATBOOK_UNREADABLE_DATE == Date::unreadable().days);
static_assert(SEATBOOK_ALL_ROWS == all_rows);

template <class Value, class Put>
seatbook_code parse(const char* text, std::size_t size, seatbook_error** error,
                    const Put& put_value) {
  return guard(error, [&] {
    std::string_view view;
    if (!view_of(text, size, view))
      return refuse("text", "must not be NULL if its size is not 0", error);
    if (view.size() > max_text_bytes)
      return refuse("text", "must have at most 1,048,576 bytes", error);
    if (!is_valid_text(view)) {
      return fail(Error{Code::invalid_text, "text must be UTF-8 without NUL", "text"}, error);
    }
    auto value = Value::parse(view);
    if (!value) {
      Error reason = std::move(value).error();
      reason.field = "text";
      return fail(std::move(reason), error);
    }
    put_value(*value);
    return seatbook_code{SEATBOOK_OK};
  });
}

template <class Value>
std::size_t format(const Value& value, char* buffer, std::size_t capacity) noexcept {
  try {
    const std::string text = value.to_string();
    if (buffer != nullptr && capacity > 0) {
      const std::size_t size = std::min(text.size(), capacity - 1);
      std::memcpy(buffer, text.data(), size);
      buffer[size] = '\0';
    }
    return text.size();
  } catch (...) {
    if (buffer != nullptr && capacity > 0) *buffer = '\0';
    return 0;
  }
}

// -------------------------------------------------------------------------------------- clocks

template <class Change>
seatbook_code change_clock(const seatbook_clock* clock, const Change& change) noexcept {
  if (!is_handle(clock) || clock->manual == nullptr) return SEATBOOK_INVALID_ARGUMENT;
  change(*clock->manual);
  return SEATBOOK_OK;
}

// ------------------------------------------------------------------------------------- choices

using ToName = std::string_view (*)(std::int32_t);
template <class Enum>
std::string_view name_of(std::int32_t value) {
  return to_string(choice<Enum>(value));
}
// In the order of SEATBOOK_CHOICE_..., from 1.
constexpr auto names = std::to_array<ToName>({
#include "capi/src/generated/choices.inc"
});

const ToName* names_of(std::int32_t kind) {
  return kind >= 1 && kind <= static_cast<std::int32_t>(names.size()) ? &names[kind - 1] : nullptr;
}

}  // namespace
}  // namespace seatbook::capi

using namespace seatbook;        // NOLINT
using namespace seatbook::capi;  // NOLINT

extern "C" {

// ------------------------------------------------------------------------------------ versions

const char* seatbook_version(void) {
  return library_version();
}

int32_t seatbook_abi_version(void) {
  return SEATBOOK_ABI_VERSION;
}

int32_t seatbook_has_storage(const char* kind, size_t kind_size) {
  std::string_view view;
  if (!view_of(kind, kind_size, view)) return 0;
  return view == "memory" || (view == "sqlite" && has_sqlite) ||
                 (view == "postgresql" && has_postgres)
             ? 1
             : 0;
}

// -------------------------------------------------------------------------------------- values

seatbook_code seatbook_money_parse(const char* text, size_t text_size, seatbook_money* money,
                                   seatbook_error** error) {
  return parse<Money>(text, text_size, error,
                      [&](Money value) { put(money, value.ten_thousandths); });
}

seatbook_code seatbook_time_parse(const char* text, size_t text_size, seatbook_time* time,
                                  seatbook_error** error) {
  return parse<Timestamp>(text, text_size, error, [&](Timestamp value) { put(time, value.us); });
}

seatbook_code seatbook_date_parse(const char* text, size_t text_size, seatbook_date* date,
                                  seatbook_error** error) {
  return parse<Date>(text, text_size, error, [&](Date value) { put(date, value.days); });
}

seatbook_code seatbook_request_id_parse(const char* text, size_t text_size, uint8_t* request_id,
                                        seatbook_error** error) {
  return parse<Token>(text, text_size, error, [&](const Token& value) {
    if (request_id != nullptr) {
      std::memcpy(request_id, value.bytes.data(), value.bytes.size());
    }
  });
}

size_t seatbook_money_format(seatbook_money money, char* buffer, size_t capacity) {
  return format(Money{money}, buffer, capacity);
}

size_t seatbook_time_format(seatbook_time time, char* buffer, size_t capacity) {
  return format(Timestamp{time}, buffer, capacity);
}

size_t seatbook_date_format(seatbook_date date, char* buffer, size_t capacity) {
  return format(Date{date}, buffer, capacity);
}

size_t seatbook_request_id_format(const uint8_t* request_id, char* buffer, size_t capacity) {
  Token token;
  if (request_id != nullptr) {
    std::memcpy(token.bytes.data(), request_id, token.bytes.size());
  }
  return format(token, buffer, capacity);
}

// ------------------------------------------------------------------------------------- choices

const char* seatbook_choice_name(int32_t kind, int32_t value) {
  const auto* const name = names_of(kind);
  return name == nullptr ? "unknown" : (*name)(value).data();  // literals, terminated by NUL
}

seatbook_code seatbook_choice_value(int32_t kind, const char* name, size_t name_size,
                                    int32_t* value, seatbook_error** error) {
  return guard(error, [&] {
    std::string_view view;
    if (!view_of(name, name_size, view))
      return refuse("name", "must not be NULL if its size is not 0", error);
    const auto* const to_name = names_of(kind);
    if (to_name == nullptr) return refuse("choice", "must be a kind of choice", error);
    const auto role = role_from_string(view);
    if (kind == SEATBOOK_CHOICE_ROLE && role) {
      put(value, static_cast<int32_t>(*role));
      return seatbook_code{SEATBOOK_OK};
    }
    constexpr int32_t beyond_all = 255;
    for (int32_t number = 0; number < beyond_all; ++number) {
      if (view != "unknown" && (*to_name)(number) == view) {
        put(value, number);
        return seatbook_code{SEATBOOK_OK};
      }
    }
    return refuse("name", "must be the name of a choice of this kind", error);
  });
}

uint32_t seatbook_operation_permissions(seatbook_operation operation) {
  if (operation < 0 || operation >= static_cast<int32_t>(operation_count)) return 0;
  const Permissions required = required_permissions(static_cast<Operation>(operation));
  uint32_t bits = 0;
  for (std::size_t n = 0; n < permission_count; ++n) {
    if (required.has(static_cast<Permission>(n))) bits |= uint32_t{1} << n;
  }
  return bits;
}

uint32_t seatbook_role_permissions(seatbook_role role) {
  if (role < 0 || role > static_cast<int32_t>(Role::employee)) return 0;
  const Permissions granted = permissions_of(static_cast<Role>(role));
  uint32_t bits = 0;
  for (std::size_t n = 0; n < permission_count; ++n) {
    if (granted.has(static_cast<Permission>(n))) bits |= uint32_t{1} << n;
  }
  return bits;
}

int32_t seatbook_operation_own_view(seatbook_operation operation) {
  if (operation < 0 || operation >= static_cast<int32_t>(operation_count)) return 0;
  return own_view_suffices(static_cast<Operation>(operation)) ? 1 : 0;
}

// ----------------------------------------------------------------------------- clock, progress

seatbook_code seatbook_clock_new(seatbook_time now, seatbook_clock** clock,
                                 seatbook_error** error) {
  return guard(error, [&] {
    if (clock == nullptr) return refuse("clock", "must not be NULL", error);
    const auto manual = std::make_shared<ManualClock>(Timestamp{now});
    *clock = new seatbook_clock{{}, manual, manual};
    return seatbook_code{SEATBOOK_OK};
  });
}

seatbook_code seatbook_clock_from_callbacks(const seatbook_clock_callbacks* callbacks,
                                            seatbook_clock** clock, seatbook_error** error) {
  using Owner = CallbackOwner<seatbook_clock_callbacks>;
  return guard(error, [&] {
    std::optional<Owner> owner;
    if (auto refused = take_over("callbacks", callbacks, owner)) {
      return fail(*std::move(refused), error);
    }
    if (clock == nullptr) return refuse("clock", "must not be NULL", error);
    if ((*owner)->now == nullptr) return refuse("now", "must not be NULL", error);
    auto made = std::make_unique<seatbook_clock>();
    made->clock = std::make_shared<CallbackClock<seatbook_clock_callbacks>>(
        std::make_shared<const Owner>(*std::move(owner)));
    *clock = made.release();
    return seatbook_code{SEATBOOK_OK};
  });
}

seatbook_code seatbook_clock_set(seatbook_clock* clock, seatbook_time now) {
  return change_clock(clock, [&](ManualClock& manual) { manual.set({now}); });
}

seatbook_code seatbook_clock_advance(seatbook_clock* clock, int64_t microseconds) {
  return change_clock(clock, [&](ManualClock& manual) { manual.advance_us(microseconds); });
}

seatbook_time seatbook_clock_now(const seatbook_clock* clock) {
  return is_handle(clock) ? clock->clock->now().us : SEATBOOK_NONE;
}

void seatbook_clock_free(seatbook_clock* clock) {
  free_handle(clock);
}

seatbook_code seatbook_progress_new(seatbook_progress** progress, seatbook_error** error) {
  return guard(error, [&] {
    if (progress == nullptr) return refuse("progress", "must not be NULL", error);
    *progress = new seatbook_progress{{}, std::make_shared<Progress>()};
    return seatbook_code{SEATBOOK_OK};
  });
}

uint64_t seatbook_progress_rows_done(const seatbook_progress* progress) {
  return is_handle(progress) ? progress->progress->rows_done() : 0;
}

uint64_t seatbook_progress_rows_total(const seatbook_progress* progress) {
  return is_handle(progress) ? progress->progress->rows_total() : 0;
}

void seatbook_progress_cancel(seatbook_progress* progress) {
  if (is_handle(progress)) progress->progress->cancel();
}

int32_t seatbook_progress_cancelled(const seatbook_progress* progress) {
  return is_handle(progress) && progress->progress->cancelled() ? 1 : 0;
}

void seatbook_progress_free(seatbook_progress* progress) {
  free_handle(progress);
}

}  // extern "C"
