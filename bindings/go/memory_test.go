package seatbook_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	seatbook "seatbook.example/go"
)

func residentBytes(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skip("no /proc/self/statm")
	}
	var size, resident int
	if _, err := fmt.Sscan(string(text), &size, &resident); err != nil {
		t.Fatal(err)
	}
	return resident * os.Getpagesize()
}

func TestCloseFreesMemoryWhileSessionsExist(t *testing.T) {
	// A new process has no memory that malloc kept from other tests.
	const inChild = "SEATBOOK_TEST_MEMORY"
	if os.Getenv(inChild) == "" {
		child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
		child.Env = append(os.Environ(), inChild+"=1")
		output, err := child.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
		if strings.Contains(string(output), "--- SKIP") {
			t.Skip("no /proc/self/statm")
		}
		return
	}
	// malloc keeps freed memory for each thread that has used it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var csv strings.Builder
	csv.WriteString("Name,Email\n")
	for n := 0; n < 5000; n++ {
		fmt.Fprintf(&csv, "Person number %d,person%d@example.com\n", n, n)
	}
	var sessions []*seatbook.Session
	largestBook, after := 0, make([]int, 20)
	for round := range after {
		before := residentBytes(t)
		opened, err := seatbook.Open("")
		book := ok(t, opened, err)
		desk := book.Session(seatbook.Actor{Name: "root", Role: seatbook.SuperAdmin})
		report, err := desk.ImportPeople(context.Background(), seatbook.ImportPeople{CSV: csv.String()})
		ok(t, report, err)
		if size := residentBytes(t) - before; size > largestBook {
			largestBook = size
		}
		if err := book.Close(); err != nil {
			t.Fatal(err)
		}
		sessions = append(sessions, desk)
		after[round] = residentBytes(t)
	}
	if largestBook < 1<<20 {
		t.Errorf("a book of %d bytes is too small for this test", largestBook)
	}
	// Without malloc_trim, malloc keeps some of the memory for reuse.
	if grown := after[len(after)-1] - after[3]; grown > 2*largestBook {
		t.Errorf("16 closed books keep %d bytes: %v", grown, after)
	}
	for _, desk := range sessions {
		_, err := desk.People(seatbook.PeopleQuery{})
		wantCode(t, err, seatbook.ErrBookClosed)
	}
}
