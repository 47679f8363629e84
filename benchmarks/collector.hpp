/// A Google Benchmark reporter that collects all results for a table of medians.
#ifndef SEATBOOK_BENCHMARKS_COLLECTOR_HPP_
#define SEATBOOK_BENCHMARKS_COLLECTOR_HPP_

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace seatbook::bench {

/// Prints to the console and stores every figure.
class Collector final : public benchmark::ConsoleReporter {
 public:
  Collector() : ConsoleReporter(OO_Tabular) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Iteration || run.error_occurred) continue;
      const std::string name = run.run_name.function_name;
      figures_[name].push_back(run.GetAdjustedCPUTime());
      for (const auto& [counter, value] : run.counters) {
        figures_[name + "/" + counter].push_back(value);
      }
    }
    ConsoleReporter::ReportRuns(runs);
  }

  /// Returns the median, or 0 if nothing was measured.
  [[nodiscard]] double figure(const std::string& name) const {
    const auto found = figures_.find(name);
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
