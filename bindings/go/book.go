package seatbook

// #cgo LDFLAGS: -lseatbook
// #include "bridge.h"
import "C"

import (
	"encoding/json"
	"runtime"
	"sync"
	"time"
)

// Version is that of the library, such as "0.1.0".
func Version() string { return C.GoString(C.seatbook_version()) }

// HasStorage tells whether the library was built with a kind of storage: "memory", "sqlite",
// "postgresql".
func HasStorage(kind string) bool {
	var in input
	defer in.free()
	given := in.text(kind)
	return C.seatbook_has_storage(given.data, given.size) == 1
}

// Book is one workspace's complete set of records.
type Book struct {
	book *book
}

// The copies of a Book share it. The object of C stays until nothing refers to it: freeing it must
// come after the last call that uses it, and a closed one knows best what to answer.
type book struct {
	c *C.seatbook_book
	finalized
}

// finalized is part of what has a finalizer. Objects without a pointer of Go - one to a type of C that
// is not told is none - share their memory with others, and wait for them.
type finalized struct{ _ *byte }

// Open opens a book. The location decides what keeps it:
//
//   - "" or ":memory:": nothing, the book ends with its object;
//   - "postgresql://...": a database, of which CreateSchema has made the tables;
//   - anything else: the SQLite file of that path, a new one where there is none. A path must not
//     start with ":" or "file:": a file of such a name is "./:name".
func Open(location string) (*Book, error) { return OpenWith(location, Options{}) }

// OpenWith opens a book in another than the usual way.
func OpenWith(location string, options Options) (*Book, error) {
	if loaded := C.seatbook_abi_version(); loaded != C.SEATBOOK_ABI_VERSION {
		return nil, refused(ErrInternal, "", "the package was compiled for another version of the library")
	}
	var in input
	defer in.free()
	given := in.text(location)
	var c C.seatbook_open_options
	in.fillOptions(&c, &options)
	if err := in.refusal(); err != nil {
		return nil, err
	}
	var opened *C.seatbook_book
	var failure *C.seatbook_error
	if code := C.seatbook_open(given.data, given.size, &c, &opened, &failure); code != 0 {
		return nil, errorOf(code, failure)
	}
	return newBook(opened), nil
}

func newBook(opened *C.seatbook_book) *Book {
	b := &book{c: opened}
	runtime.SetFinalizer(b, func(b *book) { C.seatbook_book_free(b.c) })
	return &Book{b}
}

// CreateSchema makes the tables of books in a PostgreSQL database, where they are missing.
func CreateSchema(location string, options Options) error {
	var in input
	defer in.free()
	given := in.text(location)
	var c C.seatbook_open_options
	in.fillOptions(&c, &options)
	if err := in.refusal(); err != nil {
		return err
	}
	var failure *C.seatbook_error
	if code := C.seatbook_schema_create(given.data, given.size, &c, &failure); code != 0 {
		return errorOf(code, failure)
	}
	return nil
}

// Storage is where books are kept, for several books of one process on one of them. It needs no
// closing: its books keep it.
type Storage struct {
	storage *storage
}

type storage struct {
	c *C.seatbook_storage
	finalized
}

// OpenStorage opens the storage alone: as OpenWith, but that "" and ":memory:" keep records in the
// memory of this process. Of the options those of the book are refused here: Clock, AllowClockBehind.
func OpenStorage(location string, options Options) (*Storage, error) {
	var in input
	defer in.free()
	given := in.text(location)
	var c C.seatbook_open_options
	in.fillOptions(&c, &options)
	if err := in.refusal(); err != nil {
		return nil, err
	}
	var opened *C.seatbook_storage
	var failure *C.seatbook_error
	if code := C.seatbook_storage_open(given.data, given.size, &c, &opened, &failure); code != 0 {
		return nil, errorOf(code, failure)
	}
	s := &storage{c: opened}
	runtime.SetFinalizer(s, func(s *storage) { C.seatbook_storage_free(s.c) })
	return &Storage{s}, nil
}

// Open opens a book on the storage. Of the options Clock, AllowClockBehind and ReadOnly count, and the
// others are refused.
func (s *Storage) Open(options Options) (*Book, error) {
	if s == nil || s.storage == nil {
		return nil, refused(ErrInvalidArgument, "storage", "no storage of OpenStorage")
	}
	var in input
	defer in.free()
	var c C.seatbook_open_options
	in.fillOptions(&c, &options)
	if err := in.refusal(); err != nil {
		return nil, err
	}
	var opened *C.seatbook_book
	var failure *C.seatbook_error
	code := C.seatbook_book_open(s.storage.c, &c, &opened, &failure)
	runtime.KeepAlive(s.storage)
	if code != 0 {
		return nil, errorOf(code, failure)
	}
	return newBook(opened), nil
}

// use is the book for one call, which ends with keep().
func (b *Book) use() (*C.seatbook_book, error) {
	if b == nil || b.book == nil {
		return nil, refused(ErrInvalidArgument, "book", "no book of Open")
	}
	return b.book.c, nil
}

func (b *Book) keep() { runtime.KeepAlive(b.book) }

// Version is how many changes the book has committed, as far as this object has seen.
func (b *Book) Version() int64 {
	c, err := b.use()
	if err != nil {
		return 0
	}
	defer b.keep()
	return int64(C.seatbook_book_version(c))
}

// Refresh takes in what others have committed to a shared storage since, and resolves an earlier
// ErrStorageUnknown. It answers the version.
func (b *Book) Refresh() (int64, error) {
	c, err := b.use()
	if err != nil {
		return 0, err
	}
	defer b.keep()
	var version C.uint64_t
	var failure *C.seatbook_error
	if code := C.seatbook_book_refresh(c, &version, &failure); code != 0 {
		return 0, errorOf(code, failure)
	}
	return int64(version), nil
}

// Dump is the whole book as canonical JSON: the same records give the same bytes. For tests, support
// and comparison.
func (b *Book) Dump() (string, error) {
	c, err := b.use()
	if err != nil {
		return "", err
	}
	defer b.keep()
	var rows *C.seatbook_rows
	var failure *C.seatbook_error
	if code := C.seatbook_book_dump(c, &rows, &failure); code != 0 {
		return "", errorOf(code, failure)
	}
	return textsOf(rows)[0], nil
}

// Check looks for anything that breaks the rules; finding nothing is good. For tests and support.
func (b *Book) Check() ([]string, error) {
	c, err := b.use()
	if err != nil {
		return nil, err
	}
	defer b.keep()
	var rows *C.seatbook_rows
	var failure *C.seatbook_error
	if code := C.seatbook_book_check(c, &rows, &failure); code != 0 {
		return nil, errorOf(code, failure)
	}
	return textsOf(rows), nil
}

// Backup writes a copy of what is stored to a new file, while the book is in use.
func (b *Book) Backup(path string) error {
	c, err := b.use()
	if err != nil {
		return err
	}
	defer b.keep()
	var in input
	defer in.free()
	given := in.text(path)
	if err := in.refusal(); err != nil {
		return err
	}
	var failure *C.seatbook_error
	if code := C.seatbook_book_backup(c, given.data, given.size, &failure); code != 0 {
		return errorOf(code, failure)
	}
	return nil
}

// Close lets the storage go. What is called afterwards, through sessions too, answers ErrBookClosed.
// Closing twice is fine.
func (b *Book) Close() error {
	c, err := b.use()
	if err != nil {
		return err
	}
	defer b.keep()
	var failure *C.seatbook_error
	if code := C.seatbook_book_close(c, &failure); code != 0 {
		return errorOf(code, failure)
	}
	return nil
}

// Closed tells whether the book was closed.
func (b *Book) Closed() bool {
	c, err := b.use()
	if err != nil {
		return true
	}
	defer b.keep()
	return C.seatbook_book_closed(c) == 1
}

// --------------------------------------------------------------------------------- sessions

// Session is a book as one actor may use it: every operation is checked against what that actor may
// do. It is cheap to make, and needs no closing.
type Session struct {
	session *session
	err     error
}

type session struct {
	c    *C.seatbook_session
	book *book // kept open as long as there is a session
}

func newSession(c *C.seatbook_session, of *book) *Session {
	s := &session{c, of}
	runtime.SetFinalizer(s, func(s *session) { C.seatbook_session_free(s.c) })
	return &Session{session: s}
}

// Session is the book as that actor may use it. An actor of wrong form - no name and no person, or
// both - makes every call of the session answer ErrInvalidArgument.
func (b *Book) Session(actor Actor) *Session {
	var in input
	defer in.free()
	var given C.seatbook_actor
	in.fillActor(&given, &actor)
	if err := in.refusal(); err != nil {
		return &Session{err: err}
	}
	book, err := b.use()
	if err != nil {
		return &Session{err: err}
	}
	defer b.keep()
	var c *C.seatbook_session
	var failure *C.seatbook_error
	if code := C.seatbook_session_open(book, &given, &c, &failure); code != 0 {
		return &Session{err: errorOf(code, failure)}
	}
	return newSession(c, b.book)
}

// AtLeast is the same actor, whose questions see the book at that version or later: where the book is
// behind, a question first refreshes it from the storage. It waits for nobody: for a version that is
// not there either it answers ErrBookBehind.
func (s *Session) AtLeast(version int64) *Session {
	var in input
	wanted := C.uint64_t(in.count("version", version))
	c, err := s.use(&in)
	if err != nil {
		return &Session{err: err}
	}
	var later *C.seatbook_session
	var failure *C.seatbook_error
	code := C.seatbook_session_at_least(c, wanted, &later, &failure)
	s.keep()
	if code != 0 {
		return &Session{err: errorOf(code, failure)}
	}
	return newSession(later, s.session.book)
}

// use is the session for one call, which ends with keep().
func (s *Session) use(in *input) (*C.seatbook_session, error) {
	switch {
	case in.err != nil:
		return nil, in.err
	case s == nil || s.session == nil && s.err == nil:
		return nil, refused(ErrInvalidArgument, "session", "no session of Book.Session")
	case s.err != nil:
		return nil, s.err
	}
	return s.session.c, nil
}

func (s *Session) keep() { runtime.KeepAlive(s.session) }

// ------------------------------------------------------------------------- clocks, progress

// ManualClock is a clock set by hand, for tests and for replaying.
type ManualClock struct {
	clock *clock
}

type clock struct {
	c *C.seatbook_clock
	finalized
}

// NewManualClock is a clock that stands at that instant.
func NewManualClock(now time.Time) (*ManualClock, error) {
	var c *C.seatbook_clock
	var failure *C.seatbook_error
	if code := C.seatbook_clock_new(C.seatbook_time(microseconds(now)), &c, &failure); code != 0 {
		return nil, errorOf(code, failure)
	}
	made := &clock{c: c}
	runtime.SetFinalizer(made, func(made *clock) { C.seatbook_clock_free(made.c) })
	return &ManualClock{made}, nil
}

func (m *ManualClock) use() (*C.seatbook_clock, *Error) {
	if m == nil || m.clock == nil {
		return nil, refused(ErrInvalidArgument, "clock", "no clock of NewManualClock")
	}
	return m.clock.c, nil
}

// Set puts the clock to that instant.
func (m *ManualClock) Set(now time.Time) {
	if c, err := m.use(); err == nil {
		C.seatbook_clock_set(c, C.seatbook_time(microseconds(now)))
		runtime.KeepAlive(m.clock)
	}
}

// Advance moves the clock.
func (m *ManualClock) Advance(by time.Duration) {
	if c, err := m.use(); err == nil {
		C.seatbook_clock_advance(c, C.int64_t(by.Microseconds()))
		runtime.KeepAlive(m.clock)
	}
}

// Now is where the clock stands; the zero Time for one that NewManualClock has not made.
func (m *ManualClock) Now() time.Time {
	c, err := m.use()
	if err != nil {
		return time.Time{}
	}
	now := C.seatbook_clock_now(c)
	runtime.KeepAlive(m.clock)
	return instant(int64(now))
}

// Progress tells how far an import has come, and can end it, from any goroutine while the call runs.
// Its zero value is ready to use, for one call. (The context of the call ends it too.)
type Progress struct {
	once     sync.Once
	progress *progress
	err      *Error
}

type progress struct {
	c *C.seatbook_progress
	finalized
}

func (p *Progress) use() (*C.seatbook_progress, *Error) {
	p.once.Do(func() {
		var c *C.seatbook_progress
		var failure *C.seatbook_error
		if code := C.seatbook_progress_new(&c, &failure); code != 0 {
			p.err = errorOf(code, failure)
			return
		}
		p.progress = &progress{c: c}
		runtime.SetFinalizer(p.progress, func(made *progress) { C.seatbook_progress_free(made.c) })
	})
	if p.err != nil {
		return nil, p.err
	}
	return p.progress.c, nil
}

// Rows is how many rows of the file were decided on, and how many there are below its header; that
// grows while the file is read.
func (p *Progress) Rows() (done, total int64) {
	if c, err := p.use(); err == nil {
		done, total = int64(C.seatbook_progress_rows_done(c)), int64(C.seatbook_progress_rows_total(c))
		runtime.KeepAlive(p)
	}
	return done, total
}

// Cancel ends the call: it answers ErrCancelled and has changed nothing, unless it has already begun
// to write.
func (p *Progress) Cancel() {
	if c, err := p.use(); err == nil {
		C.seatbook_progress_cancel(c)
		runtime.KeepAlive(p)
	}
}

// ----------------------------------------------------------------------------------- events

// JSONPage is a page of events or notifications, each as the JSON that webhooks carry.
type JSONPage struct {
	Items []json.RawMessage
	// What to go on after.
	Next int64
	More bool
}

// EventsJSON is EventsAfter, as the JSON that webhooks carry.
func (s *Session) EventsJSON(after int64, limit int) (JSONPage, error) {
	return s.pageJSON(after, limit, columnsOfEventPage,
		func(c *C.seatbook_session, after C.uint64_t, limit C.uint32_t, rows **C.seatbook_rows, failure **C.seatbook_error) C.seatbook_code {
			return C.seatbook_events_after(c, after, limit, rows, failure)
		})
}

// NotificationsJSON is NotificationsAfter, as the JSON that webhooks carry.
func (s *Session) NotificationsJSON(after int64, limit int) (JSONPage, error) {
	return s.pageJSON(after, limit, columnsOfNotificationPage,
		func(c *C.seatbook_session, after C.uint64_t, limit C.uint32_t, rows **C.seatbook_rows, failure **C.seatbook_error) C.seatbook_code {
			return C.seatbook_notifications_after(c, after, limit, rows, failure)
		})
}

// Of both kinds of pages the columns are the list, what is next, and whether there is more.
func (s *Session) pageJSON(after int64, limit, columns int, ask func(c *C.seatbook_session, after C.uint64_t,
	limit C.uint32_t, rows **C.seatbook_rows, failure **C.seatbook_error) C.seatbook_code) (JSONPage, error) {
	var in input
	cAfter, cLimit := C.uint64_t(in.count("after", after)), C.uint32_t(in.number32("limit", limit))
	c, err := s.use(&in)
	if err != nil {
		return JSONPage{}, err
	}
	var rows *C.seatbook_rows
	var failure *C.seatbook_error
	code := ask(c, cAfter, cLimit, &rows, &failure)
	s.keep()
	if code != 0 {
		return JSONPage{}, errorOf(code, failure)
	}
	defer C.seatbook_rows_free(rows)
	t := tableOf(rows, columns)
	list := t.columns[0].list
	page := JSONPage{Next: t.number(0, 1), More: t.number(0, 2) != 0, Items: []json.RawMessage{}}
	for n := 0; n < int(C.seatbook_rows_count(list)); n++ {
		var text *C.seatbook_rows
		if code := C.seatbook_rows_to_json(list, C.size_t(n), &text, &failure); code != 0 {
			return JSONPage{}, errorOf(code, failure)
		}
		page.Items = append(page.Items, json.RawMessage(textsOf(text)[0]))
	}
	return page, nil
}
