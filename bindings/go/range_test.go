//go:build go1.23

package seatbook_test

import (
	"iter"
	"testing"

	seatbook "seatbook.example/go"
)

func TestRangesOverIterators(t *testing.T) {
	desk, ada, _ := newDesk()
	count := 0
	for person, err := range desk.AllPeople(seatbook.PeopleQuery{}) {
		if err != nil || person.ID != ada {
			t.Error(person, err)
		}
		count++
	}
	if count != 1 {
		t.Error(count)
	}
	var people iter.Seq2[seatbook.Person, error] = desk.AllPeople(seatbook.PeopleQuery{})
	next, stop := iter.Pull2(people)
	defer stop()
	if person, err, ok := next(); !ok || err != nil || person.ID != ada {
		t.Error(person, err, ok)
	}
}
