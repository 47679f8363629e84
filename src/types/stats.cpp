#include "seatbook/stats.hpp"

#include "types/names.hpp"

namespace seatbook {
namespace {

constexpr types::Names<LogLevel, 4> level_names = {{
    {LogLevel::debug, "debug"},
    {LogLevel::info, "info"},
    {LogLevel::warning, "warning"},
    {LogLevel::error, "error"},
}};

constexpr types::Names<LogKind, 9> kind_names = {{
    {LogKind::conflict, "conflict"},
    {LogKind::outcome_resolved, "outcome_resolved"},
    {LogKind::storage_reread, "storage_reread"},
    {LogKind::storage_slow, "storage_slow"},
    {LogKind::events_dropped, "events_dropped"},
    {LogKind::listener_failed, "listener_failed"},
    {LogKind::storage_failed, "storage_failed"},
    {LogKind::outcome_unknown, "outcome_unknown"},
    {LogKind::needs_reopen, "needs_reopen"},
}};

}  // namespace

std::string_view to_string(LogLevel level) noexcept {
  return types::name_of(level_names, level);
}

std::string_view to_string(LogKind kind) noexcept {
  return types::name_of(kind_names, kind);
}

}  // namespace seatbook
