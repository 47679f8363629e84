package seatbook_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	seatbook "seatbook.example/go"
)

func benchmarkDesk(b *testing.B, people int) *seatbook.Session {
	book, err := seatbook.Open("")
	if err != nil {
		b.Fatal(err)
	}
	desk := book.Session(seatbook.Actor{Name: "it", Role: seatbook.ITAdmin})
	var csv strings.Builder
	csv.WriteString("Name,Email\n")
	for n := 0; n < people; n++ {
		fmt.Fprintf(&csv, "Person %d,person%d@example.com\n", n, n)
	}
	_, err = desk.ImportPeople(context.Background(), seatbook.ImportPeople{CSV: csv.String(),
		Columns: seatbook.PeopleColumns{Name: "Name", Email: "Email"}})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	return desk
}

func BenchmarkGetPerson(b *testing.B) {
	desk := benchmarkDesk(b, 1)
	for n := 0; n < b.N; n++ {
		if _, err := desk.GetPerson(1); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFailedCall(b *testing.B) {
	desk := benchmarkDesk(b, 1)
	for n := 0; n < b.N; n++ {
		if _, err := desk.GetPerson(99); err == nil {
			b.Fatal("found")
		}
	}
}

func BenchmarkAddPerson(b *testing.B) {
	desk := benchmarkDesk(b, 1)
	for n := 0; n < b.N; n++ {
		if _, err := desk.AddPerson(seatbook.AddPerson{Name: "Bo"}); err != nil {
			b.Fatal(err)
		}
	}
}

// One call for a list of 100,000 rows.
func BenchmarkPeople(b *testing.B) {
	desk := benchmarkDesk(b, 100_000)
	for n := 0; n < b.N; n++ {
		people, err := desk.People(seatbook.PeopleQuery{Limit: seatbook.Some(100_000)})
		if err != nil || len(people) != 100_000 {
			b.Fatal(len(people), err)
		}
	}
}
