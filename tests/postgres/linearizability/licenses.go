package main

import (
	"fmt"
	"sort"
)

// licenses splits a recording into one history for each license.
//
// A call that concerns several licenses, or a person, is in the history of each license that it
// concerns: if the calls on the whole book are linearizable, each of these histories is.
type licenses struct {
	*recording
	people     map[uint64]int    // the index of each person that a call names
	licenseOf  map[uint64]uint64 // by assignment
	holderOf   map[uint64]uint64
	ops        map[uint64][]*op // by license
	violations []string         // found without a search
	end        int64            // when the last call had returned
	seen       []int64          // by version: when the first call that had seen it returned
}

func split(r *recording) (*licenses, error) {
	l := &licenses{
		recording: r, people: map[uint64]int{}, licenseOf: map[uint64]uint64{},
		holderOf: map[uint64]uint64{}, ops: map[uint64][]*op{},
	}
	for _, each := range r.licenses {
		l.ops[each.ID] = nil
	}
	for _, name := range r.order {
		for _, a := range r.calls[name] {
			if a.Args.Person != 0 {
				l.index(a.Args.Person)
			}
			l.end = max(l.end, a.Start, a.End)
		}
	}
	for _, each := range r.seats {
		l.index(each.Person)
	}
	if len(l.people) > mostPeople {
		return nil, fmt.Errorf("%d people have seats or are named: at most %d", len(l.people), mostPeople)
	}
	l.nameSeats()
	l.findFirstSights()
	for _, name := range r.order {
		l.addCall(name)
	}
	for _, each := range r.licenses {
		l.addEnd(each)
	}
	return l, nil
}

func max(first int64, more ...int64) int64 {
	for _, each := range more {
		if each > first {
			first = each
		}
	}
	return first
}

func min(first, second int64) int64 {
	if second < first {
		return second
	}
	return first
}

func (l *licenses) index(person uint64) int {
	at, known := l.people[person]
	if !known {
		at = len(l.people)
		l.people[person] = at
	}
	return at
}

// findFirstSights sets `seen`.
func (l *licenses) findFirstSights() {
	l.seen = make([]int64, l.version+1)
	for version := range l.seen {
		l.seen[version] = l.end
	}
	for _, tries := range l.calls {
		for _, a := range tries {
			if a.End != 0 && a.Seen <= l.version {
				l.seen[a.Seen] = min(l.seen[a.Seen], a.End)
			}
		}
	}
	for version := len(l.seen) - 1; version > 0; version-- {
		l.seen[version-1] = min(l.seen[version-1], l.seen[version])
	}
}

// nameSeats finds out whose each assignment is: from the results of the calls, and from the records
// for the calls without a result.
func (l *licenses) nameSeats() {
	for id, each := range l.seats {
		l.licenseOf[id], l.holderOf[id] = each.License, each.Person
	}
	for more := true; more; { // a transfer names an assignment that another call granted
		more = false
		for _, name := range l.order {
			for _, a := range l.calls[name] {
				if a.Code != "ok" {
					continue
				}
				switch a.Do {
				case "assign":
					more = l.nameSeat(a, a.Assignment, a.Args.License) || more
				case "transfer":
					if of, known := l.licenseOf[a.Args.Assignment]; known {
						more = l.nameSeat(a, a.Assignment, of) || more
					}
				case "bulk_assign":
					for _, each := range a.outcomes {
						if each.code == "ok" {
							more = l.nameSeat(a, each.seat, each.license) || more
						}
					}
				}
			}
		}
		if len(l.violations) != 0 {
			return
		}
	}
}

// nameSeat returns whether the assignment was not named before.
func (l *licenses) nameSeat(a *attempt, id, of uint64) bool {
	person := a.Args.Person
	if known, is := l.licenseOf[id]; is {
		if known != of || l.holderOf[id] != person {
			l.violate(a, "assignment %d is of license %d and person %d", id, known, l.holderOf[id])
		}
		return false
	}
	l.licenseOf[id], l.holderOf[id] = of, person
	return true
}

func (l *licenses) violate(a *attempt, format string, values ...any) {
	l.violations = append(l.violations, describe(a)+": "+fmt.Sprintf(format, values...))
}

func describe(a *attempt) string {
	text := fmt.Sprintf("p%d.c%d %s %+v -> %q", a.P, a.C, a.Do, a.Args, a.Code)
	switch {
	case a.Code == "ok" && a.Do == "usage":
		return fmt.Sprintf("%s used %d, total %d, archived %t", text, a.Used, a.Total, a.Archived)
	case a.Assignment != 0:
		return fmt.Sprintf("%s assignment %d", text, a.Assignment)
	case len(a.outcomes) != 0:
		return fmt.Sprintf("%s %v", text, a.outcomes)
	}
	return text
}

// addCall adds the ops of all tries of a call.
func (l *licenses) addCall(name string) {
	tries := l.calls[name]
	rows := l.rows[name]
	var unknown, repeated *attempt
	acknowledged := false
	for _, a := range tries {
		switch {
		case a.Do == "refresh":
			return
		case a.Do == "usage":
			// A query without a refresh may return an older state: checker.py checks it.
			if a.Code == "ok" && a.FreshSince != 0 {
				l.add(a, a.Args.License, op{start: a.FreshSince, used: a.Used, total: a.Total,
					archived: a.Archived})
			}
			return
		case a.Code == "ok":
			acknowledged = acknowledged || len(rows) != 0 && a.Version == rows[0].Batch
			l.addResult(a)
		case a.Code == "repeated_request" && repeated == nil:
			repeated = a
		case a.unknown() && unknown == nil:
			unknown = a
		case a.refused():
			l.addResult(a)
		}
	}
	switch {
	case len(rows) == 0 && repeated != nil:
		l.violate(repeated, "nothing is stored of an earlier try")
	case len(rows) != 0 && !acknowledged && unknown != nil:
		// The history says what a try without a result has written. It took effect some time
		// between its start and the first result that says so, or the end.
		written := *unknown
		written.Code, written.End, written.Version = "ok", l.end, rows[0].Batch
		if repeated != nil {
			written.End = repeated.End
		}
		l.resolve(&written, rows)
		l.addResult(&written)
	}
}

// resolve sets the result of a call from the rows that it has written.
func (l *licenses) resolve(a *attempt, rows []row) {
	batch := rows[0].Batch // a second batch is an error, which the search finds
	for _, each := range rows {
		if each.Batch != batch {
			break
		}
		a.Assignment, a.Person, a.License = each.Assignment, each.Person, each.License
		if a.Do == "bulk_assign" {
			a.outcomes = append(a.outcomes, outcome{each.License, "ok", each.Assignment})
		}
	}
}

// addResult adds an attempt to the history of each license that it concerns.
func (l *licenses) addResult(a *attempt) {
	switch a.Do {
	case "add_license":
		l.add(a, a.License, op{total: a.Args.Total})
	case "add_person":
		if _, named := l.people[a.Person]; named {
			l.addToAll(a, op{person: l.people[a.Person]})
		}
	case "archive_person", "reactivate_person":
		l.addToAll(a, op{person: l.people[a.Args.Person]})
	case "bulk_assign":
		l.addBulk(a)
	case "revoke", "transfer":
		id := a.Args.Assignment
		of, known := l.licenseOf[id]
		if !known {
			if a.Code != "assignment_not_found" {
				l.violate(a, "no call has created the assignment")
			}
			return
		}
		o := op{seat: id, holder: l.people[l.holderOf[id]], newSeat: a.Assignment}
		if a.Do == "transfer" {
			o.person = l.people[a.Args.Person]
		}
		if a.Code != "ok" {
			o.newSeat = 0
		}
		l.add(a, of, o)
	case "assign":
		l.add(a, a.Args.License, op{person: l.people[a.Args.Person], newSeat: a.Assignment})
	default:
		l.add(a, a.Args.License, op{total: a.Args.Total})
	}
}

func (l *licenses) addBulk(a *attempt) {
	o := op{person: l.people[a.Args.Person], applied: a.Code == "ok"}
	if len(a.outcomes) == 0 { // the person was refused
		seen := map[uint64]bool{}
		for _, each := range a.Args.Licenses {
			if !seen[each] {
				seen[each] = true
				l.add(a, each, o)
			}
		}
		return
	}
	for _, each := range a.outcomes {
		o.code, o.newSeat = each.code, each.seat
		l.add(a, each.license, o)
	}
}

func (l *licenses) addToAll(a *attempt, o op) {
	for id := range l.ops {
		l.add(a, id, o)
	}
}

// add adds an op with the call, the times and, if they are not set, the code and start of the
// attempt.
func (l *licenses) add(a *attempt, id uint64, o op) {
	if _, stored := l.ops[id]; !stored {
		l.violate(a, "license %d is not stored", id)
		return
	}
	o.do, o.end, o.call = a.Do, a.End, describe(a)
	if rows := l.rows[fmt.Sprintf("p%d.c%d", a.P, a.C)]; len(rows) != 0 && a.Version == rows[0].Batch {
		o.version = a.Version
		if a.Version <= l.version {
			o.seen = l.seen[a.Version]
		}
	}
	if o.code == "" {
		o.code = a.Code
	}
	if o.start == 0 {
		o.start = a.Start
	}
	l.ops[id] = append(l.ops[id], &o)
}

// addEnd adds the stored records as a query after all calls.
func (l *licenses) addEnd(of license) {
	o := op{
		do: "end", code: "ok", call: "the stored records", total: of.TotalSeats,
		archived: of.State == "archived", start: l.end + 1, end: l.end + 2,
	}
	for id, each := range l.seats {
		if each.License == of.ID && each.RevokedAt == nil {
			if o.holds[l.people[each.Person]] != 0 {
				l.violations = append(l.violations,
					fmt.Sprintf("person %d has two seats of license %d", each.Person, of.ID))
			}
			o.holds[l.people[each.Person]] = id
		}
	}
	l.ops[of.ID] = append(l.ops[of.ID], &o)
}

// ids lists the licenses in order.
func (l *licenses) ids() []uint64 {
	var ids []uint64
	for id := range l.ops {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(i, j int) bool { return ids[i] < ids[j] })
	return ids
}
