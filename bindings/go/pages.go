package seatbook

import (
	"context"
	"time"
)

// What the functions All... and Follow... answer can be ranged over since Go 1.23, and assigned to
// iter.Seq2; before, call it with a function that answers whether to go on. Each use of it asks anew.
// An error is the last thing it yields.
//
// They ask for a page at a time: what changes meanwhile may be seen or not. `Limit` is the size of the
// pages.

const pageSize = 1000

// eachPage yields the rows of pages until there are no more: next asks for one.
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

// AllPeople is People, of all pages.
func (s *Session) AllPeople(r PeopleQuery) func(yield func(Person, error) bool) {
	r.Limit = Some(r.Limit.Or(pageSize))
	return func(yield func(Person, error) bool) {
		r := r
		eachPage(yield, func() ([]Person, bool, error) {
			rows, err := s.People(r)
			if len(rows) > 0 {
				r.After = rows[len(rows)-1].ID
			}
			return rows, len(rows) >= r.Limit.V, err
		})
	}
}

// AllLicenses is Licenses, of all pages.
func (s *Session) AllLicenses(r LicensesQuery) func(yield func(License, error) bool) {
	r.Limit = Some(r.Limit.Or(pageSize))
	return func(yield func(License, error) bool) {
		r := r
		eachPage(yield, func() ([]License, bool, error) {
			rows, err := s.Licenses(r)
			if len(rows) > 0 {
				r.After = rows[len(rows)-1].ID
			}
			return rows, len(rows) >= r.Limit.V, err
		})
	}
}

// AllHistory is History, of all pages.
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

// AllSeats is SeatList, of all pages.
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

// AllOfRoster is Roster, of all pages.
func (s *Session) AllOfRoster(r RosterQuery) func(yield func(RosterRow, error) bool) {
	return func(yield func(RosterRow, error) bool) {
		r := r
		eachPage(yield, func() ([]RosterRow, bool, error) {
			page, err := s.Roster(r)
			r.After = page.Next
			return page.Rows, page.Next != 0, err
		})
	}
}

// AllReclaimCandidates is the rows of ReclaimCandidates, of all pages.
func (s *Session) AllReclaimCandidates(r ReclaimCandidatesQuery) func(yield func(ReclaimRow, error) bool) {
	return func(yield func(ReclaimRow, error) bool) {
		r := r
		eachPage(yield, func() ([]ReclaimRow, bool, error) {
			page, err := s.ReclaimCandidates(r)
			if len(page.Rows) > 0 {
				r.After = page.Rows[len(page.Rows)-1].Assignment
			}
			return page.Rows, page.More, err
		})
	}
}

// AllUsageOverTime is the steps of UsageOverTime, of all pages.
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

// AllOffboardingTimes is the rows of OffboardingTimes, of all pages.
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

// FollowEvents is the events of history rows after `after`, and then those that come, for which the
// book is asked again and again, `every` so often, until the context ends; its error is the last thing
// that is yielded. Keep the Seq of what was dealt with, to go on there after a restart. Of a storage
// that other processes write to, refresh the book.
func (s *Session) FollowEvents(ctx context.Context, after int64, every time.Duration) func(yield func(Event, error) bool) {
	return follow(ctx, after, every, func(after int64) ([]Event, int64, bool, error) {
		page, err := s.EventsAfter(after, pageSize)
		return page.Events, page.Next, page.More, err
	})
}

// FollowNotifications is as FollowEvents, of notifications.
func (s *Session) FollowNotifications(ctx context.Context, after int64, every time.Duration) func(yield func(Notification, error) bool) {
	return follow(ctx, after, every, func(after int64) ([]Notification, int64, bool, error) {
		page, err := s.NotificationsAfter(after, pageSize)
		return page.Notifications, page.Next, page.More, err
	})
}

func follow[Row any](ctx context.Context, after int64, every time.Duration,
	ask func(after int64) ([]Row, int64, bool, error)) func(yield func(Row, error) bool) {
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
				rows, next, more, err := ask(after)
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
