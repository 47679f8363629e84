package seatbook

// #include "bridge.h"
import "C"

import (
	"context"
	"fmt"
	"io"
	"math"
	"runtime"
	"runtime/cgo"
	"time"
	"unsafe"
)

// input holds the arguments of one call: memory of C, so that C never keeps a pointer of Go, and objects
// that must stay alive during the call. The zero value is ready to use. Call free after the call.
type input struct {
	blocks  []unsafe.Pointer
	rest    unsafe.Pointer // of the last block
	left    uintptr
	alive   []any
	clocks  []*C.seatbook_clock
	handles []cgo.Handle // of the log
	err     *Error
	ctx     context.Context
	writer  *writer
}

const blockSize = 1024

// alloc returns zeroed memory. If it returns nil, the call fails.
func (in *input) alloc(count int, size uintptr) unsafe.Pointer {
	if size != 0 && uintptr(count) > math.MaxInt64/size {
		in.err = refused(ErrOutOfMemory, "", "the request is too large")
		return nil
	}
	needed := (uintptr(count)*size + 7) &^ 7
	if needed > in.left {
		block := needed
		if block < blockSize {
			block = blockSize
		}
		memory := C.calloc(1, C.size_t(block))
		if memory == nil {
			in.err = refused(ErrOutOfMemory, "", "not enough memory for the request")
			return nil
		}
		in.blocks = append(in.blocks, memory)
		if needed == block { // a separate block; the last one may still have space
			return memory
		}
		in.rest, in.left = memory, block
	}
	memory := in.rest
	in.rest, in.left = unsafe.Add(in.rest, needed), in.left-needed
	return memory
}

func (in *input) free() {
	for _, block := range in.blocks {
		C.free(block)
	}
	in.blocks = nil
	for _, clock := range in.clocks {
		C.seatbook_clock_free(clock)
	}
	runtime.KeepAlive(in.alive)
	if w := in.writer; w != nil {
		w.handle.Delete()
		// After Goexit, which Fatal of a test calls, there is no panic to continue.
		if w.panicked && w.panic != nil {
			panic(w.panic)
		}
	}
}

func (in *input) reject(field, message string) {
	if in.err == nil {
		in.err = refused(ErrInvalidArgument, field, message)
	}
}

// invalid returns the error of an invalid argument.
func (in *input) invalid() error {
	if in.err == nil {
		return nil
	}
	for _, handle := range in.handles {
		handle.Delete()
	}
	in.handles = nil
	return in.err
}

// failed converts the error of C, frees it, and adds the cause of a cancelled call.
func (in *input) failed(code C.seatbook_code, failure *C.seatbook_error) error {
	err := errorOf(code, failure)
	if err.Code == ErrCancelled {
		switch {
		case in.writer != nil:
			err.cause = in.writer.err
		case in.ctx != nil:
			err.cause = in.ctx.Err()
		}
	}
	return err
}

func (in *input) text(text string) C.seatbook_text {
	if text == "" {
		return C.seatbook_text{}
	}
	memory := in.alloc(len(text), 1)
	if memory == nil {
		return C.seatbook_text{}
	}
	copy(unsafe.Slice((*byte)(memory), len(text)), text)
	return C.seatbook_text{data: (*C.char)(memory), size: C.size_t(len(text))}
}

func (in *input) requestID(id RequestID) (to [16]C.uint8_t) {
	for n, b := range id {
		to[n] = C.uint8_t(b)
	}
	return to
}

func idList[ID ~uint64](in *input, from []ID) (*C.seatbook_id, C.size_t) {
	memory := in.alloc(len(from), unsafe.Sizeof(C.seatbook_id(0)))
	if memory == nil {
		return nil, 0
	}
	to := unsafe.Slice((*C.seatbook_id)(memory), len(from))
	for n, id := range from {
		to[n] = C.seatbook_id(id)
	}
	return &to[0], C.size_t(len(to))
}

func (in *input) count(field string, number int64) uint64 {
	if number < 0 {
		in.reject(field, field+" must not be negative")
	}
	return uint64(number)
}

func (in *input) number32(field string, number int) uint32 {
	if number < 0 || uint64(number) > math.MaxUint32 {
		in.reject(field, field+" must be between 0 and 4,294,967,295")
	}
	return uint32(number)
}

func (in *input) integer32(field string, number int) int32 {
	if int64(number) < math.MinInt32 || int64(number) > math.MaxInt32 {
		in.reject(field, field+" must fit in 32 bits")
	}
	return int32(number)
}

func (in *input) milliseconds(field string, duration time.Duration) uint32 {
	ms := duration.Milliseconds()
	if ms < 0 || ms > math.MaxUint32 {
		in.reject(field, field+" must be between 0 and 4,294,967,295 ms")
	}
	return uint32(ms)
}

func (in *input) progress(progress *Progress) *C.seatbook_progress {
	handle, err := progress.use()
	if err != nil {
		in.err = err
		return nil
	}
	in.alive = append(in.alive, progress)
	return handle
}

// watch cancels the call when the context is done, until the returned function is called.
func (in *input) watch(ctx context.Context, progress **Progress) func() {
	if ctx == nil || ctx.Done() == nil {
		return func() {}
	}
	in.ctx = ctx
	if *progress == nil {
		*progress = new(Progress)
	}
	watched := *progress
	if ctx.Err() != nil {
		watched.Cancel()
		return func() {}
	}
	finished := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done():
			watched.Cancel()
		case <-finished:
		}
	}()
	return func() { close(finished) }
}

// ------------------------------------------------------------------------------------ files

// writer is the io.Writer of an export.
type writer struct {
	to       io.Writer
	handle   cgo.Handle
	err      error
	panic    any
	panicked bool
}

func (in *input) sink(to io.Writer) *C.seatbook_sink {
	memory := in.alloc(1, C.sizeof_seatbook_sink)
	if memory == nil {
		return nil
	}
	w := &writer{to: to}
	w.handle = cgo.NewHandle(w)
	in.writer = w
	sink := (*C.seatbook_sink)(memory)
	C.sbgo_fill_sink(sink, C.uintptr_t(w.handle))
	return sink
}

// A panic must not unwind frames of C: it continues after the call has returned.
//
//export seatbookGoWrite
func seatbookGoWrite(self C.uintptr_t, bytes *C.char, size C.size_t) (proceed C.int32_t) {
	w, ok := cgo.Handle(self).Value().(*writer)
	if !ok {
		return 0
	}
	defer func() {
		if w.panicked {
			w.panic = recover()
			proceed = 0
		}
	}()
	w.panicked = true
	n, err := w.to.Write(unsafe.Slice((*byte)(unsafe.Pointer(bytes)), int(size)))
	w.panicked = false
	if err == nil && n < int(size) {
		err = io.ErrShortWrite
	}
	if err != nil {
		w.err = fmt.Errorf("writing the file: %w", err)
		return 0
	}
	return 1
}
