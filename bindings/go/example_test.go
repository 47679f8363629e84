package seatbook_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	seatbook "seatbook.example/go"
)

// newDesk returns a session of a book with a fixed time, one person and one license with two seats.
func newDesk() (*seatbook.Session, seatbook.PersonID, seatbook.LicenseID) {
	clock, err := seatbook.NewManualClock(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	if err != nil {
		log.Fatal(err)
	}
	book, err := seatbook.OpenWith("", seatbook.Options{Clock: clock})
	if err != nil {
		log.Fatal(err)
	}
	desk := book.Session(seatbook.Actor{Name: "it-desk", Role: seatbook.ITAdmin})
	ada, err := desk.AddPerson(seatbook.AddPerson{Name: "Ada", Email: "ada@example.com"})
	if err != nil {
		log.Fatal(err)
	}
	inkwell, err := desk.AddLicense(seatbook.AddLicense{Name: "Inkwell", Vendor: "Ink Ltd",
		TotalSeats: seatbook.Limited(2), Owner: seatbook.Some(ada.Person), CostPerSeat: seatbook.Some[seatbook.Money](125800),
		Currency: "EUR"})
	if err != nil {
		log.Fatal(err)
	}
	return desk, ada.Person, inkwell.License
}

// An update keeps members that are not set, and can clear a member.
func ExampleEdit() {
	desk, _, inkwell := newDesk()
	_, err := desk.UpdateLicense(seatbook.UpdateLicense{
		License: inkwell,
		Name:    seatbook.Set("Inkwell Pro"),
		Vendor:  seatbook.Clear[string](),
	})
	if err != nil {
		log.Fatal(err)
	}
	license, _ := desk.GetLicense(inkwell)
	fmt.Printf("%q %q %s %s\n", license.Name, license.Vendor, license.CostPerSeat, license.TotalSeats)
	// Output: "Inkwell Pro" "" 12.58 2
}

func ExampleError() {
	desk, ada, inkwell := newDesk()
	first, _ := desk.Assign(seatbook.Assign{License: inkwell, Person: ada})
	_, err := desk.Assign(seatbook.Assign{License: inkwell, Person: ada})

	var failure *seatbook.Error
	if errors.As(err, &failure) && failure.Code == seatbook.ErrAlreadyAssigned {
		fmt.Println(failure.Field, failure.Values[0] == uint64(first.Assignment))
	}
	// Output: person true
}

// Go 1.23 can range over iterators. With older versions, call an iterator with a function.
func ExampleSession_AllPeople() {
	desk, _, _ := newDesk()
	desk.AllPeople(seatbook.PeopleQuery{})(func(person seatbook.Person, err error) bool {
		fmt.Println(person.Name, person.State, err)
		return true
	})
	// Output: Ada active <nil>
}

func ExampleSession_FollowEvents() {
	desk, ada, inkwell := newDesk()
	if _, err := desk.Assign(seatbook.Assign{License: inkwell, Person: ada}); err != nil {
		log.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	desk.FollowEvents(ctx, 0, time.Second)(func(event seatbook.Event, err error) bool {
		if err != nil {
			fmt.Println(err)
			return false
		}
		fmt.Println(event.Kind, event.PersonName, event.At.Format(time.RFC3339))
		stop()
		return true
	})
	// Output:
	// software.assigned Ada 2026-03-01T12:00:00Z
	// context canceled
}

func ExampleSession_ExportRoster() {
	desk, ada, inkwell := newDesk()
	if _, err := desk.Assign(seatbook.Assign{License: inkwell, Person: ada, AccessLevel: "Editor"}); err != nil {
		log.Fatal(err)
	}
	var file bytes.Buffer // or any other io.Writer
	if _, err := desk.ExportRoster(seatbook.ExportRoster{License: inkwell, To: &file}); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%q\n", file.String())
	// Output: "Name,Email,Role,Date Added,Date Removed\r\nAda,ada@example.com,Editor,2026-03-01,\r\n"
}
