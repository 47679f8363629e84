package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
)

// A line is one line of a worker's log, before or after a call (worker.hpp).
type line struct {
	P          uint64            `json:"p"`
	C          uint64            `json:"c"`
	Try        int               `json:"try"`
	Do         string            `json:"do"`
	Args       arguments         `json:"args"`
	Start      int64             `json:"start"`
	End        int64             `json:"end"`
	Code       string            `json:"code"`
	Version    uint64            `json:"version"`
	Seen       uint64            `json:"seen"`
	Assignment uint64            `json:"assignment"`
	Person     uint64            `json:"person"`
	License    uint64            `json:"license"`
	Outcomes   []json.RawMessage `json:"outcomes"`
	Used       int               `json:"used"`
	Total      int               `json:"total"`
	Archived   bool              `json:"archived"`
	FreshSince int64             `json:"fresh_since"`
}

type arguments struct {
	License    uint64   `json:"license"`
	Licenses   []uint64 `json:"licenses"`
	Person     uint64   `json:"person"`
	Assignment uint64   `json:"assignment"`
	Total      int      `json:"total"`
}

// An outcome is what a bulk call did with one license: [license, code, assignment].
type outcome struct {
	license uint64
	code    string
	seat    uint64
}

// An attempt is one try of a call: the lines before and after it, as one.
type attempt struct {
	line
	outcomes []outcome
}

// unknown returns whether the batch may have been written. A call has no code if its process ended.
func (a *attempt) unknown() bool {
	return a.Code == "" || a.Code == "storage_unknown" || a.Code == "book_needs_reopen"
}

// refused returns whether the result is that of a rule.
func (a *attempt) refused() bool {
	switch a.Code {
	case "ok", "repeated_request", "storage_failed", "conflict", "clock_behind", "storage_corrupt",
		"internal", "out_of_memory", "invalid_argument":
		return false
	}
	return !a.unknown()
}

// A row is a stored row of the history.
type row struct {
	Seq         uint64  `json:"seq"`
	Batch       uint64  `json:"batch"`
	Actor       uint64  `json:"actor"`
	Kind        string  `json:"kind"`
	License     uint64  `json:"license"`
	Person      uint64  `json:"person"`
	Assignment  uint64  `json:"assignment"`
	Counterpart *uint64 `json:"counterpart"`
}

// A seat is what the stored records say about an assignment.
type seat struct {
	ID        uint64  `json:"id"`
	License   uint64  `json:"license"`
	Person    uint64  `json:"person"`
	RevokedAt *string `json:"revoked_at"`
}

type license struct {
	ID         uint64 `json:"id"`
	TotalSeats int    `json:"total_seats"`
	State      string `json:"state"`
}

// A recording is the calls of all processes and the records that were stored at the end.
type recording struct {
	calls    map[string][]*attempt // by the actor of the call, in order of the tries
	order    []string              // the calls, in order of their start
	version  uint64                // of the stored book
	rows     map[string][]row      // by actor, in order
	seats    map[uint64]seat
	licenses []license
}

// eachLine calls take with each line of the file. A line that the end of a process cut off is last.
func eachLine(path string, take func([]byte) error) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, one := range bytes.Split(text, []byte("\n")) {
		if !json.Valid(one) {
			break
		}
		if err := take(one); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

// read reads the files of a run.
func read(folder string) (*recording, error) {
	r := &recording{
		calls: map[string][]*attempt{}, rows: map[string][]row{}, seats: map[uint64]seat{},
	}
	paths, err := filepath.Glob(filepath.Join(folder, "calls-*.jsonl"))
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		if err := eachLine(path, r.addLine); err != nil {
			return nil, err
		}
	}
	for name, tries := range r.calls {
		sort.Slice(tries, func(i, j int) bool { return tries[i].Try < tries[j].Try })
		r.order = append(r.order, name)
	}
	sort.Slice(r.order, func(i, j int) bool {
		return r.calls[r.order[i]][0].Start < r.calls[r.order[j]][0].Start
	})
	if len(r.order) == 0 {
		return nil, fmt.Errorf("no calls in %s", folder)
	}
	return r, r.readRecords(filepath.Join(folder, "records.jsonl"))
}

func (r *recording) addLine(text []byte) error {
	var l line
	if err := json.Unmarshal(text, &l); err != nil {
		return err
	}
	if l.Do == "open" { // the process gave up: checker.py reports it
		return nil
	}
	name := fmt.Sprintf("p%d.c%d", l.P, l.C)
	if l.Start != 0 {
		r.calls[name] = append(r.calls[name], &attempt{line: l})
		return nil
	}
	for _, each := range r.calls[name] {
		if each.Try == l.Try {
			// Keeps what the line before the call says.
			if err := json.Unmarshal(text, &each.line); err != nil {
				return err
			}
			return each.readOutcomes()
		}
	}
	return fmt.Errorf("%s has a result but no call", name)
}

func (a *attempt) readOutcomes() error {
	for _, each := range a.Outcomes {
		var o outcome
		if err := json.Unmarshal(each, &[]any{&o.license, &o.code, &o.seat}); err != nil {
			return err
		}
		a.outcomes = append(a.outcomes, o)
	}
	return nil
}

func (r *recording) readRecords(path string) error {
	actors := map[uint64]string{}
	var rows []row
	err := eachLine(path, func(text []byte) error {
		var record struct {
			Table   string          `json:"table"`
			Record  json.RawMessage `json:"record"`
			Version uint64          `json:"version"`
		}
		if err := json.Unmarshal(text, &record); err != nil {
			return err
		}
		switch record.Table {
		case "": // the first line
			r.version = record.Version
		case "actors":
			var actor struct {
				ID    uint64 `json:"id"`
				Actor string `json:"actor"`
			}
			err := json.Unmarshal(record.Record, &actor)
			actors[actor.ID] = actor.Actor
			return err
		case "history":
			rows = append(rows, row{})
			return json.Unmarshal(record.Record, &rows[len(rows)-1])
		case "assignments":
			var stored seat
			err := json.Unmarshal(record.Record, &stored)
			r.seats[stored.ID] = stored
			return err
		case "licenses":
			r.licenses = append(r.licenses, license{})
			return json.Unmarshal(record.Record, &r.licenses[len(r.licenses)-1])
		}
		return nil
	})
	sort.Slice(rows, func(i, j int) bool { return rows[i].Seq < rows[j].Seq })
	for _, each := range rows {
		r.rows[actors[each.Actor]] = append(r.rows[actors[each.Actor]], each)
	}
	return err
}
