package main

import (
	"fmt"

	"github.com/anishathalye/porcupine"
)

// The number of people that a history can name. Few people make calls collide often.
const mostPeople = 16

// An op is a call as one license sees it, with its result.
type op struct {
	do         string
	code       string // the result: "ok" or an error code
	person     int    // index of the person
	seat       uint64 // the assignment that the call names
	holder     int    // index of the person whose seat that is
	newSeat    uint64 // the assignment in the result
	total      int    // the seats of the license: set, or in the result
	used       int    // the result of a query
	archived   bool   // the result of a query
	applied    bool   // whether a bulk call as a whole succeeded
	holds      [mostPeople]uint64
	version    uint64 // of the batch, 0: the op changed nothing
	seen       int64  // when the first call that had seen the version returned
	start, end int64
	call       string // for messages
}

// A state is a license, and the people as the rules of the license see them.
type state struct {
	exists   bool
	archived bool
	total    int
	lastSeat uint64 // assignments have ascending ids
	holds    [mostPeople]uint64
	people   [mostPeople]string // "", "active" or "archived"
}

func (s *state) used() int {
	used := 0
	for _, seat := range s.holds {
		if seat != 0 {
			used++
		}
	}
	return used
}

// personRefusal returns the error of a call that gives the person a seat, or "ok".
func (s *state) personRefusal(person int) string {
	switch s.people[person] {
	case "":
		return "person_not_found"
	case "archived":
		return "person_archived"
	}
	return "ok"
}

// capacity returns the error of granting the person one more seat, or "ok".
func (s *state) capacity(person int) string {
	if s.holds[person] != 0 {
		return "already_assigned"
	}
	if s.used() >= s.total {
		return "no_seats_remaining"
	}
	return "ok"
}

// licenseRefusal returns the error of a call that changes an active license, or "ok".
func (s *state) licenseRefusal() string {
	if !s.exists {
		return "license_not_found"
	}
	if s.archived {
		return "license_archived"
	}
	return "ok"
}

// firstOf returns the first error, or "ok".
func firstOf(codes ...string) string {
	for _, code := range codes {
		if code != "ok" {
			return code
		}
	}
	return "ok"
}

// expect returns the result code of the op in this state.
func (s *state) expect(o *op) string {
	switch o.do {
	case "add_license", "add_person":
		return "ok"
	case "assign":
		return firstOf(s.licenseRefusal(), s.personRefusal(o.person), s.capacity(o.person))
	case "bulk_assign":
		return firstOf(s.personRefusal(o.person), s.licenseRefusal(), s.capacity(o.person))
	case "revoke":
		if o.seat > s.lastSeat {
			return "assignment_not_found"
		}
		if s.holds[o.holder] != o.seat {
			return "already_revoked"
		}
		return "ok"
	case "transfer":
		if o.seat > s.lastSeat {
			return "assignment_not_found"
		}
		if refusal := firstOf(s.licenseRefusal(), s.personRefusal(o.person)); refusal != "ok" {
			return refusal
		}
		held := s.holds[o.person]
		if held != 0 && held != o.seat {
			return "already_assigned"
		}
		if s.holds[o.holder] != o.seat {
			return "already_revoked"
		}
		if o.holder == o.person {
			return "same_person"
		}
		return "ok"
	case "set_total_seats":
		if refusal := s.licenseRefusal(); refusal != "ok" {
			return refusal
		}
		if s.used() > o.total {
			return "total_below_used"
		}
		return "ok"
	case "archive_license":
		if !s.exists {
			return "license_not_found"
		}
		if s.used() != 0 {
			return "has_active_seats"
		}
		return "ok"
	case "reactivate_license", "usage", "end":
		if !s.exists {
			return "license_not_found"
		}
		return "ok"
	case "archive_person", "reactivate_person":
		if s.people[o.person] == "" {
			return "person_not_found"
		}
		return "ok"
	}
	panic("no model of " + o.do)
}

// step returns whether the op can have this result in this state, and the state after it.
func (s state) step(o *op) (bool, state) {
	if s.expect(o) != o.code {
		return false, s
	}
	if o.code != "ok" {
		// A bulk call names the assignment that the person has.
		return o.newSeat == 0 || o.newSeat == s.holds[o.person], s
	}
	before := s
	switch o.do {
	case "add_license":
		s.exists, s.total = true, o.total
	case "add_person", "reactivate_person":
		s.people[o.person] = "active"
	case "archive_person":
		s.people[o.person] = "archived"
	case "bulk_assign":
		if !o.applied {
			return true, s
		}
		return s.grant(o)
	case "assign":
		return s.grant(o)
	case "transfer":
		s.holds[o.holder] = 0
		return s.grant(o)
	case "revoke":
		s.holds[o.holder] = 0
		return true, s
	case "set_total_seats":
		s.total = o.total
	case "archive_license":
		s.archived = true
	case "reactivate_license":
		s.archived = false
	case "usage":
		return o.used == s.used() && o.total == s.total && o.archived == s.archived, s
	case "end":
		return o.holds == s.holds && o.total == s.total && o.archived == s.archived, s
	}
	// Setting a value that is already set succeeds and writes nothing.
	return (s != before) == (o.version != 0), s
}

func (s state) grant(o *op) (bool, state) {
	if o.newSeat <= s.lastSeat {
		return false, s
	}
	s.holds[o.person] = o.newSeat
	s.lastSeat = o.newSeat
	return true, s
}

func (s *state) hash() uint64 {
	hash := s.lastSeat*31 + uint64(s.total)
	for _, seat := range s.holds {
		hash = hash*1_000_003 + seat
	}
	return hash
}

// licenseModel is the sequential specification of one license.
var licenseModel = porcupine.Model{
	Init: func() interface{} { return state{} },
	Step: func(before, input, _ interface{}) (bool, interface{}) {
		possible, after := before.(state).step(input.(*op))
		return possible, after
	},
	Hash: func(value interface{}) uint64 {
		of := value.(state)
		return of.hash()
	},
	DescribeOperation: func(input, _ interface{}) string { return input.(*op).call },
	DescribeState:     func(value interface{}) string { return fmt.Sprintf("%+v", value) },
}
