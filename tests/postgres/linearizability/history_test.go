package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A story is the log and the records of a small book: two people and one license with one seat.
type story struct {
	calls, records []string
	batch          int
}

// call adds a call of process 1 and its result. An empty result is a call that did not return.
func (s *story) call(c int, do, args string, start, end int, result string) *story {
	s.calls = append(s.calls,
		fmt.Sprintf(`{"p":1,"c":%d,"try":1,"do":"%s","args":{%s},"start":%d}`, c, do, args, start))
	if result != "" {
		s.calls = append(s.calls,
			fmt.Sprintf(`{"p":1,"c":%d,"try":1,"end":%d,"seen":%d,%s}`, c, end, s.batch, result))
	}
	return s
}

// batch adds a stored row of a call.
func (s *story) batchOf(c int, row string) *story {
	s.batch++
	s.records = append(s.records,
		fmt.Sprintf(`{"table":"actors","record":{"id":%d,"actor":"p1.c%d"}}`, c, c),
		fmt.Sprintf(`{"table":"history","record":{"seq":%d,"batch":%d,"actor":%d,%s}}`,
			s.batch, s.batch, c, row))
	return s
}

// wrote adds a call that succeeded, and its row.
func (s *story) wrote(c int, do, args string, start, end int, result, row string) *story {
	s.batchOf(c, row)
	if result != "" {
		result = "," + result
	}
	return s.call(c, do, args, start, end, fmt.Sprintf(`"code":"ok","version":%d%s`, s.batch, result))
}

func (s *story) assign(c, person, start, end, seat int) *story {
	return s.wrote(c, "assign", fmt.Sprintf(`"license":1,"person":%d`, person), start, end,
		fmt.Sprintf(`"assignment":%d`, seat),
		fmt.Sprintf(`"kind":"assigned","license":1,"person":%d,"assignment":%d`, person, seat))
}

// seat adds a stored assignment.
func (s *story) seat(id, person int, active bool) *story {
	revoked := `"2026-03-01T12:00:00Z"`
	if active {
		revoked = "null"
	}
	s.records = append(s.records, fmt.Sprintf(
		`{"table":"assignments","record":{"id":%d,"license":1,"person":%d,"revoked_at":%s}}`,
		id, person, revoked))
	return s
}

func begin() *story {
	s := &story{}
	s.wrote(1, "add_person", "", 1, 2, `"person":1`, `"kind":"person_added","person":1`)
	s.wrote(2, "add_person", "", 3, 4, `"person":2`, `"kind":"person_added","person":2`)
	s.wrote(3, "add_license", `"total":1`, 5, 6, `"license":1`, `"kind":"license_added","license":1`)
	s.records = append(s.records,
		`{"table":"licenses","record":{"id":1,"total_seats":1,"state":"active"}}`)
	return s
}

// violations checks the story.
func (s *story) violations(t *testing.T) []string {
	t.Helper()
	folder := t.TempDir()
	write := func(name string, lines []string) {
		text := strings.Join(lines, "\n") + "\n"
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("calls-1.jsonl", s.calls)
	write("records.jsonl", append([]string{fmt.Sprintf(`{"version":%d}`, s.batch)}, s.records...))
	found, _, err := check(folder)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

const (
	assignFirst  = `"license":1,"person":1`
	assignSecond = `"license":1,"person":2`
	full         = `"code":"no_seats_remaining"`
)

var stories = []struct {
	name     string
	story    *story
	accepted bool
}{
	{"a grant and refusals", begin().assign(4, 1, 10, 11, 1).
		call(5, "assign", assignSecond, 12, 13, full).
		call(6, "assign", assignFirst, 14, 15, `"code":"already_assigned"`).
		call(7, "revoke", `"assignment":9`, 16, 17, `"code":"assignment_not_found"`).
		seat(1, 1, true), true},
	{"a refusal before the grant", begin().call(5, "assign", assignSecond, 8, 9, full).
		assign(4, 1, 10, 11, 1).seat(1, 1, true), false},
	{"a refusal while the grant runs", begin().call(5, "assign", assignSecond, 8, 20, full).
		assign(4, 1, 10, 30, 1).seat(1, 1, true), true},
	{"two grants of one seat", begin().assign(4, 1, 10, 11, 1).assign(5, 2, 12, 13, 2).
		seat(1, 1, true).seat(2, 2, true), false},
	{"a grant that is not stored", begin().call(4, "assign", assignFirst, 10, 11,
		`"code":"ok","version":4,"assignment":1`), false},
	{"a stored grant of a killed process", begin().call(4, "assign", assignFirst, 10, 0, "").
		batchOf(4, `"license":1,"person":1,"assignment":1`).
		call(5, "assign", assignSecond, 12, 13, full).seat(1, 1, true), true},
	{"a stored grant of a killed process, before it started",
		begin().call(5, "assign", assignSecond, 8, 9, full).
			call(4, "assign", assignFirst, 10, 0, "").
			batchOf(4, `"license":1,"person":1,"assignment":1`).seat(1, 1, true), false},
	{"a killed process that wrote nothing", begin().call(4, "assign", assignFirst, 10, 0, "").
		call(5, "usage", `"license":1`, 12, 13, `"code":"ok","fresh_since":11,"used":0,"total":1`),
		true},
	{"a refused grant that is stored", begin().call(4, "assign", assignFirst, 10, 11, full).
		batchOf(4, `"license":1,"person":1,"assignment":1`).seat(1, 1, true), false},
	{"a query from an old state", begin().assign(4, 1, 10, 11, 1).
		call(5, "usage", `"license":1`, 12, 13, `"code":"ok","fresh_since":12,"used":0,"total":1`).
		seat(1, 1, true), false},
	{"a query without a refresh", begin().assign(4, 1, 10, 11, 1).
		call(5, "usage", `"license":1`, 12, 13, `"code":"ok","fresh_since":0,"used":0,"total":1`).
		seat(1, 1, true), true},
	{"a total that was set before", begin().
		call(4, "set_total_seats", `"license":1,"total":1`, 10, 11, `"code":"ok","version":3`), true},
	{"a total that was not set", begin().
		call(4, "set_total_seats", `"license":1,"total":2`, 10, 11, `"code":"ok","version":3`), false},
}

func TestStories(t *testing.T) {
	for _, each := range stories {
		t.Run(each.name, func(t *testing.T) {
			found := each.story.violations(t)
			if (len(found) == 0) != each.accepted {
				t.Errorf("violations: %q", found)
			}
		})
	}
}

// The search without the shortcut has the same results.
func TestTheShortcutIsOnlyAShortcut(t *testing.T) {
	for _, each := range stories {
		t.Run(each.name, func(t *testing.T) {
			for at, line := range each.story.calls {
				each.story.calls[at] = strings.ReplaceAll(line, `"seen":`, `"unseen":`)
			}
			if found := each.story.violations(t); (len(found) == 0) != each.accepted {
				t.Errorf("violations: %q", found)
			}
		})
	}
}

func TestTooManyCalls(t *testing.T) {
	ops := make([]*op, mostCalls)
	if _, err := checkLicense(1, ops); err == nil || !strings.Contains(err.Error(), "must be below 20000") {
		t.Error(err)
	}
}
