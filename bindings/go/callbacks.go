package seatbook

// #include "bridge.h"
import "C"

import (
	"runtime"
	"runtime/cgo"
	"time"
)

// Clock is the clock of a book: a *ManualClock, or code of the program.
//
// Each command calls Now before it waits for other commands. Now must not block. Several goroutines
// may call it at the same time. If it returns a time outside the years 1970 to 2200, or
// panics, a command fails with ErrDateOutOfRange; a time more than 10 minutes before the last change
// fails with ErrClockBehind. Now must not use a book with this clock: such a call fails with
// ErrInvalidArgument.
type Clock interface {
	Now() time.Time
}

// ClockFunc is a function as a Clock. A nil one in Options is not set, like a nil *ManualClock.
type ClockFunc func() time.Time

// Now calls f.
func (f ClockFunc) Now() time.Time { return f() }

// clock returns the C object of a clock, or nil if the clock is not set. The object is valid until the
// call returns; the book keeps what it needs.
func (in *input) clock(clock Clock) *C.seatbook_clock {
	if function, ok := clock.(ClockFunc); ok && function == nil {
		return nil // not set
	}
	if manual, ok := clock.(*ManualClock); ok {
		if manual == nil { // not set
			return nil
		}
		handle, err := manual.use()
		if err != nil {
			in.reject("clock", "the clock must be created with NewManualClock")
			return nil
		}
		in.alive = append(in.alive, manual)
		return handle
	}
	var made *C.seatbook_clock
	var failure *C.seatbook_error
	// If it fails, C has deleted the handle too.
	if code := C.sbgo_new_clock(C.uintptr_t(cgo.NewHandle(clock)), &made, &failure); code != 0 {
		in.err = errorOf(code, failure)
		return nil
	}
	in.clocks = append(in.clocks, made)
	return made
}

// log returns a listener of C that calls a function with each entry of the log. C owns the handle once
// it gets the listener; invalid deletes it before that.
func (in *input) log(onLog func(LogEntry)) *C.seatbook_listener {
	memory := in.alloc(1, C.sizeof_seatbook_listener)
	if memory == nil {
		return nil
	}
	listener := (*C.seatbook_listener)(memory)
	handle := cgo.NewHandle(receiver(func(rows *C.seatbook_rows) {
		onLog(objectOf(rows, columnsOfLogEntry, readLogEntry))
	}))
	in.handles = append(in.handles, handle)
	C.sbgo_fill_listener(listener, C.uintptr_t(handle))
	return listener
}

// Subscribe calls listener with the events of every later commit of this Book, in the order of the
// commits. For the events of other programs, or to miss none, use Session.EventsAfter.
//
// A command calls the listeners after its commit, before it returns, from one goroutine at a time. Other
// commands can commit meanwhile; they wait for a listener up to 2 s, then leave their events to it. The
// listener may use the book, and may close it. A panic of the listener is counted (ListenerFailures) and
// undoes nothing.
//
// The subscription ends when unsubscribe is called or the book is closed. A Book with a listener that
// refers to it is not freed by a finalizer: close it.
func (b *Book) Subscribe(listener func(Event)) (unsubscribe func(), err error) {
	if listener == nil {
		return nil, refused(ErrInvalidArgument, "listener", "listener must not be nil")
	}
	return b.subscribe(0, func(rows *C.seatbook_rows) {
		listener(objectOf(rows, columnsOfEvent, readEvent))
	})
}

// SubscribeNotifications calls listener with the notifications of every later commit of this Book. Those
// of a commit are delivered after its events. Otherwise it is like Subscribe.
func (b *Book) SubscribeNotifications(listener func(Notification)) (unsubscribe func(), err error) {
	if listener == nil {
		return nil, refused(ErrInvalidArgument, "listener", "listener must not be nil")
	}
	return b.subscribe(1, func(rows *C.seatbook_rows) {
		listener(objectOf(rows, columnsOfNotification, readNotification))
	})
}

// receiver is the value of a listener's handle.
type receiver func(rows *C.seatbook_rows)

func (b *Book) subscribe(notifications C.int32_t, receive receiver) (func(), error) {
	c, err := b.use()
	if err != nil {
		return nil, err
	}
	defer b.keep()
	var subscription C.uint64_t
	var failure *C.seatbook_error
	handle := C.uintptr_t(cgo.NewHandle(receive)) // if it fails, C has deleted it too
	if code := C.sbgo_subscribe(c, notifications, handle, &subscription, &failure); code != 0 {
		return nil, errorOf(code, failure)
	}
	kept := b.book
	return func() {
		C.seatbook_book_unsubscribe(kept.c, subscription, nil)
		runtime.KeepAlive(kept)
	}, nil
}

// ListenerFailures returns how many times a listener has panicked.
func (b *Book) ListenerFailures() int64 {
	c, err := b.use()
	if err != nil {
		return 0
	}
	defer b.keep()
	return int64(C.seatbook_book_listener_failures(c))
}

// DroppedEvents returns how many events were not delivered to listeners because 100,000 others
// were waiting or memory ran out. Session.EventsAfter returns all of them.
func (b *Book) DroppedEvents() int64 {
	c, err := b.use()
	if err != nil {
		return 0
	}
	defer b.keep()
	return int64(C.seatbook_book_dropped_events(c))
}

// A panic must not unwind frames of C.

//export seatbookGoNow
func seatbookGoNow(self C.uintptr_t) (now C.int64_t) {
	now = C.SEATBOOK_NONE
	defer func() { _ = recover() }()
	return C.int64_t(microseconds(cgo.Handle(self).Value().(Clock).Now()))
}

//export seatbookGoReceive
func seatbookGoReceive(self C.uintptr_t, rows *C.seatbook_rows) (failed C.int32_t) {
	failed = 1
	defer func() { _ = recover() }()
	cgo.Handle(self).Value().(receiver)(rows)
	return 0
}

//export seatbookGoDestroy
func seatbookGoDestroy(self C.uintptr_t) { cgo.Handle(self).Delete() }
