//go:build database

package seatbook_test

import (
	"errors"
	"os"
	"testing"
	"time"

	seatbook "seatbook.example/go"
)

// Needs a server: tests/postgres/server.py starts one and sets its URL.
func TestBooksInADatabase(t *testing.T) {
	url := os.Getenv("SEATBOOK_TEST_POSTGRES")
	if url == "" {
		t.Fatal("SEATBOOK_TEST_POSTGRES must be the URL of a server")
	}
	if !seatbook.HasStorage("postgresql") {
		t.Fatal("the library was built without PostgreSQL")
	}
	options := seatbook.Options{Schema: "from_go"}
	_, err := seatbook.OpenWith(url, options)
	if err == nil {
		t.Fatal("opened a book without tables")
	}
	ok(t, 0, seatbook.CreateSchema(url, options))
	ok(t, 0, seatbook.CreateSchema(url, options))
	options.Book = "acme"
	options.LockTimeout = seatbook.Some(5 * time.Second)
	checkSharing(t, func() (*seatbook.Book, error) { return seatbook.OpenWith(url, options) })

	book, err := seatbook.OpenWith(url, options)
	ok(t, book, err)
	defer book.Close()
	findings, err := book.Check()
	want(t, 0, len(ok(t, findings, err)))
	checkDropping(t, url, options, book)
	options.Book = "another"
	options.MustExist = true
	if _, err = seatbook.OpenWith(url, options); err == nil {
		t.Error("opened a missing book")
	}
	options.ConnectTimeout = seatbook.Some(200 * time.Millisecond)
	options.RetryFor = seatbook.Some(200 * time.Millisecond)
	_, err = seatbook.OpenWith("postgresql://nouser@127.0.0.1:1/none", options)
	if !errors.Is(err, seatbook.ErrStorageFailed) {
		t.Error(err)
	}
}

func checkDropping(t *testing.T, url string, options seatbook.Options, open *seatbook.Book) {
	t.Helper()
	err := seatbook.DropBook(url, "main", options)
	var failure *seatbook.Error
	if !errors.As(err, &failure) || !errors.Is(err, seatbook.ErrInvalidArgument) || failure.Field != "confirm" {
		t.Error(err)
	}
	_, err = open.Refresh()
	ok(t, 0, err)
	ok(t, 0, seatbook.DropBook(url, options.Book, options))
	if _, err = open.Refresh(); !errors.Is(err, seatbook.ErrBookNeedsReopen) {
		t.Error(err)
	}
	err = seatbook.DropBook(url, options.Book, options)
	if !errors.As(err, &failure) || failure.Field != "book" {
		t.Error(err)
	}
}
