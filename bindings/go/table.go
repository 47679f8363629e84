package seatbook

// #include "bridge.h"
import "C"

import (
	"runtime"
	"unsafe"
)

// table reads an answer of C: whole columns, looked up once. What it gives away is copied.
type table struct {
	rows    int
	columns []C.sbgo_column
	texts   []string // each column's, in one piece, when first asked for
	lists   []*table
}

func tableOf(rows *C.seatbook_rows, columns int) *table {
	t := &table{columns: make([]C.sbgo_column, columns)}
	t.rows = int(C.sbgo_table(rows, &t.columns[0], C.uint32_t(columns)))
	return t
}

func (t *table) number(row, column int) int64 {
	numbers := t.columns[column].numbers
	if numbers == nil {
		return 0
	}
	return *(*int64)(unsafe.Add(unsafe.Pointer(numbers), row*8))
}

func (t *table) has(row, column int) bool {
	validity := t.columns[column].validity
	return validity == nil || *(*byte)(unsafe.Add(unsafe.Pointer(validity), row/8))>>(row%8)&1 == 1
}

func (t *table) seats(row, column int) Seats {
	if t.has(row, column) {
		return Limited(t.number(row, column))
	}
	return Unlimited
}

// span is where a row's text or list starts and ends.
func (t *table) span(row, column int) (int, int) {
	offsets := t.columns[column].offsets
	if offsets == nil {
		return 0, 0
	}
	at := (*[2]uint64)(unsafe.Add(unsafe.Pointer(offsets), row*8))
	return int(at[0]), int(at[1])
}

func (t *table) text(row, column int) string {
	from, to := t.span(row, column)
	if to-from <= 1 { // the NUL
		return ""
	}
	if t.texts == nil {
		t.texts = make([]string, len(t.columns))
	}
	if t.texts[column] == "" {
		c := &t.columns[column]
		t.texts[column] = string(unsafe.Slice((*byte)(unsafe.Pointer(c.bytes)), int(c.size)))
	}
	return t.texts[column][from : to-1]
}

func readText(t *table, row, at int) string       { return t.text(row, at) }
func readPersonID(t *table, row, at int) PersonID { return PersonID(t.number(row, at)) }

func listOf[Row any](t *table, row, column, columns int, read func(*table, int, int) Row) []Row {
	from, to := t.span(row, column)
	if t.lists == nil {
		t.lists = make([]*table, len(t.columns))
	}
	if t.lists[column] == nil {
		t.lists[column] = tableOf(t.columns[column].list, columns)
	}
	list := make([]Row, to-from)
	for n := range list {
		list[n] = read(t.lists[column], from+n, 0)
	}
	return list
}

func rowsOf[Row any](rows *C.seatbook_rows, columns int, read func(*table, int, int) Row) []Row {
	t := tableOf(rows, columns)
	list := make([]Row, t.rows)
	for n := range list {
		list[n] = read(t, n, 0)
	}
	return list
}

// objectOf reads an answer of one row. Memory may have been missing for the answer of a command that
// was carried out: then it is the zero value.
func objectOf[Row any](rows *C.seatbook_rows, columns int, read func(*table, int, int) Row) (object Row) {
	if t := tableOf(rows, columns); t.rows > 0 {
		object = read(t, 0, 0)
	}
	return object
}

// textsOf reads the rows of one text each, and frees them.
func textsOf(rows *C.seatbook_rows) []string {
	defer C.seatbook_rows_free(rows)
	return rowsOf(rows, 1, readText)
}

// answer is one that C has to be asked about later.
type answer struct {
	rows *C.seatbook_rows
	finalized
}

func keepAnswer(rows *C.seatbook_rows) *answer {
	kept := &answer{rows: rows}
	runtime.SetFinalizer(kept, func(kept *answer) { C.seatbook_rows_free(kept.rows) })
	return kept
}

// CSV is the rows of an import of a roster that were not added, as a file that can be mended and
// imported again; format is the one of the import.
func (r RosterReport) CSV(format CSVFormat) (string, error) {
	if r.rows == nil {
		return "", refused(ErrInvalidArgument, "report", "no answer of ImportRoster")
	}
	var in input
	defer in.free()
	var c C.seatbook_csv_format
	in.fillCSVFormat(&c, &format)
	if err := in.refusal(); err != nil {
		return "", err
	}
	var csv *C.seatbook_rows
	var failure *C.seatbook_error
	code := C.seatbook_rows_to_csv(r.rows.rows, &c, &csv, &failure)
	runtime.KeepAlive(r.rows)
	if code != 0 {
		return "", errorOf(code, failure)
	}
	return textsOf(csv)[0], nil
}
