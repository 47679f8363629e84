// Package seatbook tracks software licenses: who holds a seat on which license, since when and granted
// by whom, who owns the license, and which seats are unused. It calls the Seatbook library through its
// C API; the library implements all rules. Operations have the same names in every language.
//
// # Books and sessions
//
// Open opens a book: in memory, in a SQLite file or in a PostgreSQL database. A Session gives one actor
// access to a book; the operations are its methods. Close the book when it is no longer needed. Sessions
// need not be closed.
//
// # Values
//
// Each kind of id has its own type. Ids start at 1. Instants are time.Time values with microseconds; in
// results they are in UTC. Days are Date, amounts Money, numbers of seats Seats. In a request, a member
// with the zero value is not set. A member for which zero is a valid value is an Opt, which is set with
// Some. A member of an update is an Edit: the zero value keeps the stored value, Set replaces it, and
// Clear removes it. In results an Opt is a value that may be missing.
//
// # Errors
//
// A call that fails has changed nothing. It returns an *Error with the code, the field and the other
// details. Compare it with the constants Err... using errors.Is:
//
//	if errors.Is(err, seatbook.ErrNoSeatsRemaining) { ... }
//
// # Goroutines
//
// All types may be used by several goroutines at the same time. Calls on a closed book fail with
// ErrBookClosed, including calls of sessions that were opened before. Objects that are no longer
// referenced are freed by finalizers.
//
// # Memory
//
// The texts of a list share the memory of their column. To keep a few texts of a long list, copy them
// with strings.Clone.
package seatbook
