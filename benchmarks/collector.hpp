/// Remembers what Google Benchmark measures, for a table of medians.
#ifndef SEATBOOK_BENCHMARKS_COLLECTOR_HPP_
#define SEATBOOK_BENCHMARKS_COLLECTOR_HPP_

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace seatbook::bench {

/// Prints as usual, and remembers every figure for the table at the end.
class Collector final : public benchmark::ConsoleReporter {
 public:
  Collector() : ConsoleReporter(OO_Tabular) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Iteration || run.error_occurred) continue;
      const std::string what = run.run_name.function_name;
      figures_[what].push_back(run.GetAdjustedCPUTime());
      for (const auto& [counter, value] : run.counters) {
        figures_[what + "/" + counter].push_back(value);
      }
    }
    ConsoleReporter::ReportRuns(runs);
  }

  /// The median; 0 where nothing was measured.
  [[nodiscard]] double figure(const std::string& what) const {
    const auto found = figures_.find(what);
    if (found == figures_.end()) return 0;
    std::vector<double> values = found->second;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
  }

 private:
  std::map<std::string, std::vector<double>> figures_;
};

}  // namespace seatbook::bench

#endif  // SEATBOOK_BENCHMARKS_COLLECTOR_HPP_
