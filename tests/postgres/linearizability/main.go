// Linearizability checks the calls of all processes on a book with Porcupine, one license at a time.
//
//	linearizability FOLDER
//
// The folder holds the files that checker.py reads too: the workers' logs of their calls
// (calls-*.jsonl) and the stored records (records.jsonl). The history of a license is accepted if
// its calls, in some order that respects real time, have the results of licenseModel. A call
// without a result (its process was killed, or it failed with storage_unknown) took effect if the
// stored history has its batch, at any time after its start.
//
// The order that is searched for does not depend on the versions in the log, as that of checker.py
// does: they only say where to search first (see shortcut). Porcupine's memory grows with the square of the number of calls, so a license with
// 20,000 calls or more is refused.
//
// Exits with 0 if all licenses are linearizable, 1 if not, 2 if it could not check.
package main

import (
	"fmt"
	"math"
	"os"
	"sort"
	"time"

	"github.com/anishathalye/porcupine"
)

const (
	mostCalls = 20_000
	// A search ends after this time. The histories of the tests take a few seconds.
	searchTime   = 2 * time.Minute
	shortcutTime = 20 * time.Second
	// How long to search for the explanation of a violation.
	explainTime = 10 * time.Second
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: linearizability FOLDER")
		os.Exit(2)
	}
	violations, summary, err := check(os.Args[1])
	for _, each := range violations {
		fmt.Println(each)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "linearizability:", err)
		os.Exit(2)
	}
	fmt.Println("linearizability:", summary)
	if len(violations) != 0 {
		os.Exit(1)
	}
}

// check checks the files of a run. It returns the violations and a line about the histories.
func check(folder string) ([]string, string, error) {
	recorded, err := read(folder)
	if err != nil {
		return nil, "", err
	}
	split, err := split(recorded)
	if err != nil {
		return nil, "", err
	}
	violations, all, most := split.violations, 0, 0
	for _, id := range split.ids() {
		violation, err := checkLicense(id, split.ops[id])
		if err != nil {
			return violations, "", err
		}
		if violation != "" {
			violations = append(violations, violation)
		}
		count := len(split.ops[id])
		all += count
		if count > most {
			most = count
		}
	}
	return violations, fmt.Sprintf("%d licenses, %d calls, at most %d on one, %d violations",
		len(split.ops), all, most, len(violations)), nil
}

// checkLicense returns a text about the violation, or "" if the history is linearizable.
func checkLicense(id uint64, ops []*op) (string, error) {
	if len(ops) >= mostCalls {
		return "", fmt.Errorf("license %d has %d calls: must be below %d", id, len(ops), mostCalls)
	}
	if history := shortcut(ops); history != nil &&
		porcupine.CheckOperationsTimeout(licenseModel, history, shortcutTime) == porcupine.Ok {
		return "", nil
	}
	history := make([]porcupine.Operation, len(ops))
	for at, each := range ops {
		history[at] = porcupine.Operation{Input: each, Call: each.start, Return: each.end}
	}
	switch porcupine.CheckOperationsTimeout(licenseModel, history, searchTime) {
	case porcupine.Ok:
		return "", nil
	case porcupine.Illegal:
		return fmt.Sprintf("license %d is not linearizable: %s", id, explain(history)), nil
	}
	return "", fmt.Errorf("license %d: %d calls were not checked within %s", id, len(ops), searchTime)
}

// shortcut returns the history with less freedom: a call that changed something takes effect at the
// end of the first call that had seen its version, in order of the versions. An order that respects
// these times respects the real ones too, so a history that is accepted this way is linearizable.
// Without the shortcut, the search takes exponential time when many calls overlap. It returns nil
// if a call would take effect when it was not running.
func shortcut(ops []*op) []porcupine.Operation {
	var first int64 = math.MaxInt64
	for _, each := range ops {
		if each.start < first {
			first = each.start
		}
	}
	changes := []*op{}
	history := make([]porcupine.Operation, 0, len(ops))
	for _, each := range ops {
		if each.version != 0 {
			if each.seen < each.start || each.seen > each.end {
				return nil
			}
			changes = append(changes, each)
			continue
		}
		history = append(history, porcupine.Operation{
			Input: each, Call: (each.start - first) * mostCalls,
			Return: (each.end-first)*mostCalls + mostCalls - 1,
		})
	}
	sort.Slice(changes, func(i, j int) bool { return changes[i].version < changes[j].version })
	for at, each := range changes {
		moment := (each.seen-first)*mostCalls + int64(at)
		history = append(history, porcupine.Operation{Input: each, Call: moment, Return: moment})
	}
	return history
}

// explain names the first call to return that no order found can include.
func explain(history []porcupine.Operation) string {
	_, info := porcupine.CheckOperationsVerbose(licenseModel, history, explainTime)
	var longest []porcupine.Operation
	for _, order := range info.PartialLinearizationsOperations()[0] {
		if len(order) > len(longest) {
			longest = order
		}
	}
	included := map[*op]bool{}
	before := state{}
	for _, each := range longest {
		included[each.Input.(*op)] = true
		_, before = before.step(each.Input.(*op))
	}
	var stuck *op
	for _, each := range history {
		one := each.Input.(*op)
		if !included[one] && (stuck == nil || one.end < stuck.end) {
			stuck = one
		}
	}
	if stuck == nil {
		return "no explanation"
	}
	return fmt.Sprintf("%s, after %d calls, in state %+v", stuck.call, len(longest), before)
}
