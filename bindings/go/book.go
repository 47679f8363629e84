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

// Version returns the version of the library, such as "0.1.0".
func Version() string { return C.GoString(C.seatbook_version()) }

// HasStorage reports whether the library supports a kind of storage: "memory", "sqlite" or
// "postgresql".
func HasStorage(kind string) bool {
	var in input
	defer in.free()
	given := in.text(kind)
	return C.seatbook_has_storage(given.data, given.size) == 1
}

// Book is the complete records of one workspace.
type Book struct {
	book *book
}

// Copies of a Book share a book. The C object must be freed after the last call that uses it, so a
// finalizer frees it; until then a closed book still fails with ErrBookClosed.
type book struct {
	c *C.seatbook_book
	finalized
}

// finalized is embedded in types with a finalizer. Go's tiny allocator may pack pointer-free objects
// together, which delays their finalizers. (Pointers to incomplete C types do not count as pointers.)
// The dummy field prevents this.
type finalized struct{ _ *byte }

// Open opens a book with the default options. The form of location selects the storage:
//
//   - "" or ":memory:": none. The records are lost when the book is freed.
//   - "postgresql://...": a PostgreSQL database. Its tables must exist; CreateSchema creates them.
//   - anything else: the path of a SQLite file, which is created if it does not exist. A path must not
//     start with ":" or "file:"; write "./:name" for such a file name.
func Open(location string) (*Book, error) { return OpenWith(location, Options{}) }

// OpenWith opens a book with options.
func OpenWith(location string, options Options) (*Book, error) {
	if loaded := C.seatbook_abi_version(); loaded != C.SEATBOOK_ABI_VERSION {
		return nil, refused(ErrInternal, "", "the package was compiled for another ABI version of the library")
	}
	var in input
	defer in.free()
	given := in.text(location)
	var c C.seatbook_open_options
	in.fillOptions(&c, &options)
	if err := in.invalid(); err != nil {
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

// CreateSchema creates the tables for books in a PostgreSQL database, unless they exist.
func CreateSchema(location string, options Options) error {
	return changeSchema(location, options, func(at C.seatbook_text, c *C.seatbook_open_options, failure **C.seatbook_error) C.seatbook_code {
		return C.seatbook_schema_create(at.data, at.size, c, failure)
	})
}

// Migrate changes the tables of an earlier release in a database to the newest format, in one
// transaction. It does nothing if they have that format. Programs of the earlier release cannot use
// the tables afterwards.
func Migrate(location string, options Options) error {
	return changeSchema(location, options, func(at C.seatbook_text, c *C.seatbook_open_options, failure **C.seatbook_error) C.seatbook_code {
		return C.seatbook_schema_migrate(at.data, at.size, c, failure)
	})
}

// DropBook deletes the book options.Book of a PostgreSQL database permanently: all its rows, in one
// transaction. confirm must be the same name. The tables and the other books stay. Books that
// have it open cannot write any more: their next command or Refresh fails with ErrBookNeedsReopen, and
// then every call. If DropBook fails with ErrStorageUnknown, call it again.
func DropBook(location, confirm string, options Options) error {
	return changeSchema(location, options, func(at C.seatbook_text, c *C.seatbook_open_options, failure **C.seatbook_error) C.seatbook_code {
		var in input
		defer in.free()
		name := in.text(confirm)
		return C.seatbook_book_drop(at.data, at.size, name.data, name.size, c, failure)
	})
}

func changeSchema(location string, options Options,
	change func(C.seatbook_text, *C.seatbook_open_options, **C.seatbook_error) C.seatbook_code) error {
	var in input
	defer in.free()
	given := in.text(location)
	var c C.seatbook_open_options
	in.fillOptions(&c, &options)
	if err := in.invalid(); err != nil {
		return err
	}
	var failure *C.seatbook_error
	if code := change(given, &c, &failure); code != 0 {
		return errorOf(code, failure)
	}
	return nil
}

// Storage is a storage on which one process opens several books. It need not be closed: its books keep
// it alive.
type Storage struct {
	storage *storage
}

type storage struct {
	c *C.seatbook_storage
	finalized
}

// OpenStorage opens a storage without a book. The location is as in Open, except that "" and ":memory:"
// keep the records in memory for several books. The options of a book, Clock, AllowClockBehind and OnLog,
// are errors.
func OpenStorage(location string, options Options) (*Storage, error) {
	var in input
	defer in.free()
	given := in.text(location)
	var c C.seatbook_open_options
	in.fillOptions(&c, &options)
	if err := in.invalid(); err != nil {
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

// Open opens a book on the storage. Only the options Clock, AllowClockBehind, ReadOnly and OnLog are
// accepted.
func (s *Storage) Open(options Options) (*Book, error) {
	if s == nil || s.storage == nil {
		return nil, refused(ErrInvalidArgument, "storage", "the storage must be opened with OpenStorage")
	}
	var in input
	defer in.free()
	var c C.seatbook_open_options
	in.fillOptions(&c, &options)
	if err := in.invalid(); err != nil {
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

// use returns the C object for one call. Call keep after it.
func (b *Book) use() (*C.seatbook_book, error) {
	if b == nil || b.book == nil {
		return nil, refused(ErrInvalidArgument, "book", "the book must be opened with Open")
	}
	return b.book.c, nil
}

func (b *Book) keep() { runtime.KeepAlive(b.book) }

// Version returns the number of changes committed to the book that this object has read.
func (b *Book) Version() int64 {
	c, err := b.use()
	if err != nil {
		return 0
	}
	defer b.keep()
	return int64(C.seatbook_book_version(c))
}

// Refresh reads the changes that other books have committed to a shared storage, and resolves an
// earlier ErrStorageUnknown. It returns the new version.
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

// Dump returns the whole book as canonical JSON, for tests, support and comparison. Equal records give
// equal bytes.
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

// Check checks the book's invariants, for tests and support. It returns a text for each violation.
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

// Stats returns what this Book has done since it was opened and how long its storage took. It never waits
// for storage.
func (b *Book) Stats() (BookStats, error) {
	c, err := b.use()
	if err != nil {
		return BookStats{}, err
	}
	defer b.keep()
	var rows *C.seatbook_rows
	var failure *C.seatbook_error
	if code := C.seatbook_book_stats(c, &rows, &failure); code != 0 {
		return BookStats{}, errorOf(code, failure)
	}
	defer C.seatbook_rows_free(rows)
	return objectOf(rows, columnsOfBookStats, readBookStats), nil
}

// Backup writes a copy of the stored book to a new file while the book is in use.
func (b *Book) Backup(path string) error {
	c, err := b.use()
	if err != nil {
		return err
	}
	defer b.keep()
	var in input
	defer in.free()
	given := in.text(path)
	if err := in.invalid(); err != nil {
		return err
	}
	var failure *C.seatbook_error
	if code := C.seatbook_book_backup(c, given.data, given.size, &failure); code != 0 {
		return errorOf(code, failure)
	}
	return nil
}

// Close releases the storage. Later calls fail with ErrBookClosed, including those of sessions. Closing
// a closed book does nothing.
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

// Closed reports whether the book is closed.
func (b *Book) Closed() bool {
	c, err := b.use()
	if err != nil {
		return true
	}
	defer b.keep()
	return C.seatbook_book_closed(c) == 1
}

// --------------------------------------------------------------------------------- sessions

// Session gives one actor access to a book. Every operation checks the actor's permissions. A session is
// cheap and need not be closed.
type Session struct {
	session *session
	err     error
}

type session struct {
	c    *C.seatbook_session
	book *book // keeps the book alive
}

func newSession(c *C.seatbook_session, of *book) *Session {
	s := &session{c, of}
	runtime.SetFinalizer(s, func(s *session) { C.seatbook_session_free(s.c) })
	return &Session{session: s}
}

// Session returns a session for an actor. If the actor is invalid, for example because it has neither a
// name nor a person, every call of the session fails with ErrInvalidArgument.
func (b *Book) Session(actor Actor) *Session {
	var in input
	defer in.free()
	var given C.seatbook_actor
	in.fillActor(&given, &actor)
	if err := in.invalid(); err != nil {
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

// AtLeast returns a session for the same actor whose queries observe at least that version. If the book
// is older, a query first refreshes from storage. It never blocks for a version: if storage has not
// reached it, the query fails with ErrBookBehind.
func (s *Session) AtLeast(version int64) *Session {
	var in input
	required := C.uint64_t(in.count("version", version))
	c, err := s.use(&in)
	if err != nil {
		return &Session{err: err}
	}
	var later *C.seatbook_session
	var failure *C.seatbook_error
	code := C.seatbook_session_at_least(c, required, &later, &failure)
	s.keep()
	if code != 0 {
		return &Session{err: errorOf(code, failure)}
	}
	return newSession(later, s.session.book)
}

// use returns the C object for one call. Call keep after it.
func (s *Session) use(in *input) (*C.seatbook_session, error) {
	switch {
	case in.err != nil:
		return nil, in.err
	case s == nil || s.session == nil && s.err == nil:
		return nil, refused(ErrInvalidArgument, "session", "the session must be opened with Book.Session")
	case s.err != nil:
		return nil, s.err
	}
	return s.session.c, nil
}

func (s *Session) keep() { runtime.KeepAlive(s.session) }

// ------------------------------------------------------------------------- clocks, progress

// ManualClock is a clock that the program sets, for tests and replays.
type ManualClock struct {
	clock *clock
}

type clock struct {
	c *C.seatbook_clock
	finalized
}

// NewManualClock returns a clock that shows an instant.
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
		return nil, refused(ErrInvalidArgument, "clock", "the clock must be created with NewManualClock")
	}
	return m.clock.c, nil
}

// Set sets the clock to an instant.
func (m *ManualClock) Set(now time.Time) {
	if c, err := m.use(); err == nil {
		C.seatbook_clock_set(c, C.seatbook_time(microseconds(now)))
		runtime.KeepAlive(m.clock)
	}
}

// Advance advances the clock.
func (m *ManualClock) Advance(by time.Duration) {
	if c, err := m.use(); err == nil {
		C.seatbook_clock_advance(c, C.int64_t(by.Microseconds()))
		runtime.KeepAlive(m.clock)
	}
}

// Now returns the clock's time, or the zero Time if NewManualClock did not create the clock.
func (m *ManualClock) Now() time.Time {
	c, err := m.use()
	if err != nil {
		return time.Time{}
	}
	now := C.seatbook_clock_now(c)
	runtime.KeepAlive(m.clock)
	return instant(int64(now))
}

// Progress reports the progress of an import and cancels it, from any goroutine while the call runs.
// The zero value is ready to use, for one call. (Cancelling the context of the call cancels it too.)
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

// Rows returns how many rows of the file have been processed, and the number of rows without the header,
// which increases while the file is read.
func (p *Progress) Rows() (done, total int64) {
	if c, err := p.use(); err == nil {
		done, total = int64(C.seatbook_progress_rows_done(c)), int64(C.seatbook_progress_rows_total(c))
		runtime.KeepAlive(p)
	}
	return done, total
}

// Cancel cancels the import: it fails with ErrCancelled and has changed nothing, unless it has already
// started to write.
func (p *Progress) Cancel() {
	if c, err := p.use(); err == nil {
		C.seatbook_progress_cancel(c)
		runtime.KeepAlive(p)
	}
}

// ----------------------------------------------------------------------------------- events

// JSONPage is a page of events or notifications, each as the JSON that webhooks deliver.
type JSONPage struct {
	Items []json.RawMessage
	// The cursor of the next page.
	Next int64
	More bool
}

// EventsJSON is like EventsAfter, but returns the JSON that webhooks deliver.
func (s *Session) EventsJSON(after int64, limit int) (JSONPage, error) {
	return s.pageJSON(after, limit, columnsOfEventPage,
		func(c *C.seatbook_session, after C.uint64_t, limit C.uint32_t, rows **C.seatbook_rows, failure **C.seatbook_error) C.seatbook_code {
			return C.seatbook_events_after(c, after, limit, rows, failure)
		})
}

// NotificationsJSON is like NotificationsAfter, but returns the JSON that webhooks deliver.
func (s *Session) NotificationsJSON(after int64, limit int) (JSONPage, error) {
	return s.pageJSON(after, limit, columnsOfNotificationPage,
		func(c *C.seatbook_session, after C.uint64_t, limit C.uint32_t, rows **C.seatbook_rows, failure **C.seatbook_error) C.seatbook_code {
			return C.seatbook_notifications_after(c, after, limit, rows, failure)
		})
}

// The columns of both kinds of pages are the list, the next cursor, and whether there are more.
func (s *Session) pageJSON(after int64, limit, columns int, query func(c *C.seatbook_session, after C.uint64_t,
	limit C.uint32_t, rows **C.seatbook_rows, failure **C.seatbook_error) C.seatbook_code) (JSONPage, error) {
	var in input
	cAfter, cLimit := C.uint64_t(in.count("after", after)), C.uint32_t(in.number32("limit", limit))
	c, err := s.use(&in)
	if err != nil {
		return JSONPage{}, err
	}
	var rows *C.seatbook_rows
	var failure *C.seatbook_error
	code := query(c, cAfter, cLimit, &rows, &failure)
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
