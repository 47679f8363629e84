package seatbook

import (
	"context"
	"time"
)

// The functions All... and Follow... return iterators, which Go 1.23 can range over and assign to
// iter.Seq2. With older versions, call an iterator with a function that returns whether to continue.
// Each use of an iterator queries again. An error is the last value it yields.
//
// Iterators read one page at a time, so they may or may not observe changes made meanwhile. `Limit` is
// the size of a page.

const pageSize = 1000

// eachPage yields the rows of all pages. next reads a page.
func eachPage[Row any](yield func(Row, error) bool, next func() (rows []Row, more bool, err error)) {
	for more := true; more; {
		var rows []Row
		var err error
		if rows, more, err = next(); err != nil {
			var none Row
			yield(none, err)
			return
		}
		for n := range rows {
			if !yield(rows[n], nil) {
				return
			}
		}
	}
}

// AllPeople iterates over the rows of People, page by page.
func (s *Session) AllPeople(r PeopleQuery) func(yield func(Person, error) bool) {
	r.Limit = Some(r.Limit.Or(pageSize))
	return func(yield func(Person, error) bool) {
		r := r
		eachPage(yield, func() ([]Person, bool, error) {
			rows, err := s.People(r)
			if len(rows) > 0 {
				r.After = Some(rows[len(rows)-1].ID)
			}
			return rows, len(rows) >= r.Limit.V, err
		})
	}
}

// AllLicenses iterates over the rows of Licenses, page by page.
func (s *Session) AllLicenses(r LicensesQuery) func(yield func(License, error) bool) {
	r.Limit = Some(r.Limit.Or(pageSize))
	return func(yield func(License, error) bool) {
		r := r
		eachPage(yield, func() ([]License, bool, error) {
			rows, err := s.Licenses(r)
			if len(rows) > 0 {
				r.After = Some(rows[len(rows)-1].ID)
			}
			return rows, len(rows) >= r.Limit.V, err
		})
	}
}

// AllHistory iterates over the rows of History, page by page.
func (s *Session) AllHistory(r HistoryQuery) func(yield func(HistoryEntry, error) bool) {
	r.Limit = Some(r.Limit.Or(pageSize))
	return func(yield func(HistoryEntry, error) bool) {
		r := r
		eachPage(yield, func() ([]HistoryEntry, bool, error) {
			rows, err := s.History(r)
			if len(rows) > 0 {
				r.From = rows[len(rows)-1].Row.Seq
			}
			return rows, len(rows) >= r.Limit.V, err
		})
	}
}

// AllSeats iterates over the rows of SeatList, page by page.
func (s *Session) AllSeats(r SeatListQuery) func(yield func(SeatListRow, error) bool) {
	return func(yield func(SeatListRow, error) bool) {
		r := r
		eachPage(yield, func() ([]SeatListRow, bool, error) {
			page, err := s.SeatList(r)
			r.After = page.Next
			return page.Rows, page.Next != "", err
		})
	}
}

// AllOfRoster iterates over the rows of Roster, page by page.
func (s *Session) AllOfRoster(r RosterQuery) func(yield func(RosterRow, error) bool) {
	return func(yield func(RosterRow, error) bool) {
		r := r
		eachPage(yield, func() ([]RosterRow, bool, error) {
			page, err := s.Roster(r)
			r.After = page.Next
			return page.Rows, page.Next.Valid, err
		})
	}
}

// AllReclaimCandidates iterates over the rows of ReclaimCandidates, page by page.
func (s *Session) AllReclaimCandidates(r ReclaimCandidatesQuery) func(yield func(ReclaimRow, error) bool) {
	return func(yield func(ReclaimRow, error) bool) {
		r := r
		eachPage(yield, func() ([]ReclaimRow, bool, error) {
			page, err := s.ReclaimCandidates(r)
			if len(page.Rows) > 0 {
				r.After = Some(page.Rows[len(page.Rows)-1].Assignment)
			}
			return page.Rows, page.More, err
		})
	}
}

// AllUsageOverTime iterates over the steps of UsageOverTime, page by page.
func (s *Session) AllUsageOverTime(r UsageOverTimeQuery) func(yield func(UsageStep, error) bool) {
	return func(yield func(UsageStep, error) bool) {
		r := r
		eachPage(yield, func() ([]UsageStep, bool, error) {
			page, err := s.UsageOverTime(r)
			r.Since = page.Next.V
			return page.Steps, page.Next.Valid, err
		})
	}
}

// AllOffboardingTimes iterates over the rows of OffboardingTimes, page by page.
func (s *Session) AllOffboardingTimes(r OffboardingTimesQuery) func(yield func(OffboardingRow, error) bool) {
	return func(yield func(OffboardingRow, error) bool) {
		r := r
		eachPage(yield, func() ([]OffboardingRow, bool, error) {
			page, err := s.OffboardingTimes(r)
			if len(page.Rows) > 0 {
				r.After = page.Rows[len(page.Rows)-1].Flagged
			}
			return page.Rows, page.More, err
		})
	}
}

// FollowEvents iterates over the events of history rows after `after`, and then over new events, for
// which it polls the book at the interval `every`. It ends when the context is done, and yields the
// context's error last. To continue after a restart, save the Seq of the last event you processed. If
// other processes write to the storage, call Book.Refresh regularly.
func (s *Session) FollowEvents(ctx context.Context, after int64, every time.Duration) func(yield func(Event, error) bool) {
	return follow(ctx, after, every, func(after int64) ([]Event, int64, bool, error) {
		page, err := s.EventsAfter(after, pageSize)
		return page.Events, page.Next, page.More, err
	})
}

// FollowNotifications is like FollowEvents, for notifications.
func (s *Session) FollowNotifications(ctx context.Context, after int64, every time.Duration) func(yield func(Notification, error) bool) {
	return follow(ctx, after, every, func(after int64) ([]Notification, int64, bool, error) {
		page, err := s.NotificationsAfter(after, pageSize)
		return page.Notifications, page.Next, page.More, err
	})
}

func follow[Row any](ctx context.Context, after int64, every time.Duration,
	read func(after int64) ([]Row, int64, bool, error)) func(yield func(Row, error) bool) {
	if every <= 0 {
		every = time.Second
	}
	return func(yield func(Row, error) bool) {
		after := after
		ticks := time.NewTicker(every)
		defer ticks.Stop()
		eachPage(yield, func() ([]Row, bool, error) {
			for {
				if err := ctx.Err(); err != nil {
					return nil, false, err
				}
				rows, next, more, err := read(after)
				if err != nil {
					return nil, false, err
				}
				after = next
				if len(rows) > 0 || more {
					return rows, true, nil
				}
				select {
				case <-ctx.Done():
				case <-ticks.C:
				}
			}
		})
	}
}
