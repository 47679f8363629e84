// Package seatbook keeps the books on software seats: who holds a seat on which license, since when,
// granted by whom, who owns the license, which seats nobody uses. It is the Seatbook library, over
// its C interface; the rules are the library's own, and calls have the same names in every language.
//
// # Books and sessions
//
// Open opens a book: in memory, in a SQLite file or in a PostgreSQL database. A Session is the book
// as one actor may use it; all operations are its methods. Close the book when you are done; sessions
// need no closing.
//
// # Values
//
// Ids have types of their own, and start with 1. Instants are time.Time, to the microsecond and in
// UTC in answers; days are Date, amounts are Money, numbers of seats are Seats. In a request the zero
// value of a member leaves it out. Where zero is a value of its own, the member is an Opt, to be set
// with Some; in updates it is an Edit: leave it out to leave what there is, Set it, or Clear it. In
// answers Opt stands for what may be missing.
//
// # Errors
//
// A call that fails has changed nothing. Its error is an *Error, with everything that a program can
// use; errors.Is compares it with the constants Err...:
//
//	if errors.Is(err, seatbook.ErrNoSeatsRemaining) { ... }
//
// # Goroutines
//
// Everything may be used from any number of goroutines at once. Calls on a closed book, also through
// sessions that were opened before, answer ErrBookClosed. What is forgotten is freed by finalizers.
//
// # Memory
//
// The texts of one list share the memory of their column: who keeps a few of many rows for long had
// better copy the texts (strings.Clone).
package seatbook
