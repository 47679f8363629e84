package seatbook_test

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	seatbook "seatbook.example/go"
)

// eventDesk returns a book with a person and a license.
func eventDesk(t *testing.T, options seatbook.Options) (*seatbook.Book, *seatbook.Session) {
	t.Helper()
	book, err := seatbook.OpenWith("", options)
	ok(t, book, err)
	desk := book.Session(seatbook.Actor{Name: "root", Role: seatbook.SuperAdmin})
	ada, err := desk.AddPerson(seatbook.AddPerson{Name: "Ada"})
	_, err = desk.AddLicense(seatbook.AddLicense{Name: "Ink", Owner: seatbook.Some(ok(t, ada, err).Person)})
	ok(t, 0, err)
	return book, desk
}

// assignAndRevoke causes two events and one notification.
func assignAndRevoke(t *testing.T, desk *seatbook.Session) {
	t.Helper()
	seat, err := desk.Assign(seatbook.Assign{License: 1, Person: 1})
	if err != nil {
		t.Error(err)
		return
	}
	if _, err := desk.Revoke(seatbook.Revoke{Assignment: seat.Assignment}); err != nil {
		t.Error(err)
	}
}

type steppingClock struct{ seconds atomic.Int64 }

func (c *steppingClock) Now() time.Time {
	return time.Date(2026, 3, 1, 12, 0, int(c.seconds.Add(1)), 0, time.UTC)
}

func TestClocksOfTheProgram(t *testing.T) {
	var clock steppingClock
	_, desk := eventDesk(t, seatbook.Options{Clock: &clock})
	history, err := desk.History(seatbook.HistoryQuery{})
	want(t, "2026-03-01T12:00:01Z", ok(t, history, err)[0].Row.At.Format(time.RFC3339))
	want(t, "2026-03-01T12:00:02Z", history[1].Row.At.Format(time.RFC3339))

	now := func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }
	book, desk := eventDesk(t, seatbook.Options{Clock: seatbook.ClockFunc(func() time.Time { return now() })})
	add := func() error {
		_, err := desk.AddPerson(seatbook.AddPerson{Name: "Bo"})
		return err
	}
	now = func() time.Time { return time.Date(2026, 3, 1, 11, 0, 0, 0, time.UTC) }
	wantCode(t, add(), seatbook.ErrClockBehind)
	for _, outside := range []time.Time{{}, time.Date(2201, 1, 1, 0, 0, 0, 0, time.UTC), seatbook.UnreadableTime} {
		now = func() time.Time { return outside }
		wantCode(t, add(), seatbook.ErrDateOutOfRange)
	}
	now = func() time.Time { panic("no time") }
	wantCode(t, add(), seatbook.ErrDateOutOfRange)
	var inside error
	now = func() time.Time {
		_, inside = book.Refresh()
		return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	}
	ok(t, 0, add())
	wantCode(t, inside, seatbook.ErrInvalidArgument)

	_, err = seatbook.OpenStorage("", seatbook.Options{Clock: &clock})
	wantCode(t, err, seatbook.ErrInvalidArgument)
	var noClock *seatbook.ManualClock
	var noFunction seatbook.ClockFunc
	for _, none := range []seatbook.Clock{noClock, noFunction} {
		_, desk := eventDesk(t, seatbook.Options{Clock: none}) // has the clock of the machine
		_, err := desk.AddPerson(seatbook.AddPerson{Name: "Bo"})
		ok(t, 0, err)
	}
}

func TestListeners(t *testing.T) {
	book, desk := eventDesk(t, seatbook.Options{})
	var events []seatbook.Event
	var notifications []seatbook.Notification
	unsubscribe, err := book.Subscribe(func(event seatbook.Event) {
		events = append(events, event)
		ok(t, 0, desk.WhyNot(seatbook.OpPeople))
	})
	ok(t, 0, err)
	_, err = book.SubscribeNotifications(func(n seatbook.Notification) { notifications = append(notifications, n) })
	ok(t, 0, err)
	assignAndRevoke(t, desk)
	page, err := desk.EventsAfter(0, 10)
	want(t, ok(t, page, err).Events, events)
	received, err := desk.NotificationsAfter(0, 10)
	want(t, ok(t, received, err).Notifications, notifications)
	want(t, "Ink", notifications[0].Seats[0].LicenseName)
	unsubscribe()
	unsubscribe()
	assignAndRevoke(t, desk)
	want(t, 2, len(events))
	want(t, 2, len(notifications))
	want(t, int64(0), book.ListenerFailures())
	want(t, int64(0), book.DroppedEvents())

	ok(t, 0, book.Close())
	_, err = book.Subscribe(func(seatbook.Event) {})
	wantCode(t, err, seatbook.ErrBookClosed)
	unsubscribe()
	_, err = book.Subscribe(nil)
	wantCode(t, err, seatbook.ErrInvalidArgument)
	_, err = book.SubscribeNotifications(nil)
	wantCode(t, err, seatbook.ErrInvalidArgument)
	_, err = new(seatbook.Book).Subscribe(func(seatbook.Event) {})
	wantCode(t, err, seatbook.ErrInvalidArgument)
}

func TestListenersThatPanicAreCounted(t *testing.T) {
	book, desk := eventDesk(t, seatbook.Options{})
	_, err := book.Subscribe(func(seatbook.Event) { panic("in a listener") })
	ok(t, 0, err)
	assignAndRevoke(t, desk)
	want(t, int64(2), book.ListenerFailures())
}

func TestListenersMayUnsubscribeAndCloseTheBook(t *testing.T) {
	book, desk := eventDesk(t, seatbook.Options{})
	received := 0
	var unsubscribe func()
	unsubscribe, err := book.Subscribe(func(seatbook.Event) {
		received++
		unsubscribe()
	})
	ok(t, 0, err)
	assignAndRevoke(t, desk)
	want(t, 1, received)
	_, err = book.Subscribe(func(seatbook.Event) { ok(t, 0, book.Close()) })
	ok(t, 0, err)
	_, err = desk.Assign(seatbook.Assign{License: 1, Person: 1})
	ok(t, 0, err)
	want(t, true, book.Closed())
}

func TestListenersUnderLoad(t *testing.T) {
	book, desk := eventDesk(t, seatbook.Options{Clock: seatbook.ClockFunc(time.Now)})
	for person := 0; person < 7; person++ {
		_, err := desk.AddPerson(seatbook.AddPerson{Name: "Bo"})
		ok(t, 0, err)
	}
	_, err := desk.SetTotalSeats(seatbook.SetTotalSeats{License: 1, TotalSeats: seatbook.Limited(8)})
	ok(t, 0, err)
	var received atomic.Int64
	_, err = book.Subscribe(func(seatbook.Event) { received.Add(1) })
	ok(t, 0, err)
	var group sync.WaitGroup
	for person := 1; person <= 8; person++ {
		group.Add(1)
		go func(person seatbook.PersonID) {
			defer group.Done()
			for n := 0; n < 100; n++ {
				unsubscribe, err := book.Subscribe(func(seatbook.Event) {})
				if err != nil {
					t.Error(err)
					return
				}
				seat, err := desk.Assign(seatbook.Assign{License: 1, Person: person})
				if err == nil {
					_, err = desk.Revoke(seatbook.Revoke{Assignment: seat.Assignment})
				}
				if err != nil {
					t.Error(err)
				}
				unsubscribe()
			}
		}(seatbook.PersonID(person))
	}
	group.Wait()
	want(t, int64(1600), received.Load()+book.DroppedEvents())
}

// The finalizer of a book releases its listeners and its clock.
func TestFinalizersReleaseListeners(t *testing.T) {
	released := make(chan struct{})
	func() {
		listener := new([16]byte)
		runtime.SetFinalizer(listener, func(*[16]byte) { close(released) })
		book, desk := eventDesk(t, seatbook.Options{Clock: seatbook.ClockFunc(func() time.Time {
			listener[1] = 1
			return time.Now()
		})})
		_, err := book.Subscribe(func(seatbook.Event) { listener[0] = 1 })
		ok(t, 0, err)
		assignAndRevoke(t, desk)
	}()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for {
		runtime.GC()
		select {
		case <-released:
			return
		case <-ctx.Done():
			t.Fatal("the listener is still reachable")
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func TestStatsAndLog(t *testing.T) {
	var entries []seatbook.LogEntry
	var book *seatbook.Book
	book, desk := eventDesk(t, seatbook.Options{OnLog: func(entry seatbook.LogEntry) {
		entries = append(entries, entry)
		_, err := book.Stats() // no lock is held
		ok(t, 0, err)
		panic("no disk")
	}})
	_, err := book.Subscribe(func(seatbook.Event) { panic("no listener") })
	ok(t, 0, err)
	assignAndRevoke(t, desk)
	want(t, 2, len(entries))
	want(t, seatbook.LogWarning, entries[0].Level)
	want(t, seatbook.LogListenerFailed, entries[0].Kind)
	want(t, "a listener failed: the listener failed", entries[0].Message)
	want(t, false, entries[0].DurationUs.Valid)
	stats, err := book.Stats()
	want(t, int64(1), ok(t, stats, err).People)
	want(t, int64(4), stats.Batches)
	want(t, int64(4), stats.GroupsOf1)
	want(t, int64(2), stats.ListenerFailures)
	want(t, int64(2), stats.LogFailures)
	want(t, int64(0), stats.Append.Calls)
	ok(t, 0, book.Close())
	_, err = book.Stats()
	wantCode(t, err, seatbook.ErrBookClosed)

	onLog := func(seatbook.LogEntry) {}
	_, err = seatbook.OpenStorage("", seatbook.Options{OnLog: onLog})
	wantCode(t, err, seatbook.ErrInvalidArgument)
	// Refused by the package, before the library gets the function.
	_, err = seatbook.OpenWith("", seatbook.Options{OnLog: onLog, LockTimeout: seatbook.Some(-time.Second)})
	wantCode(t, err, seatbook.ErrInvalidArgument)
}
