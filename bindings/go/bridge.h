/* Helpers in C that save calls: a call from Go costs as much as dozens of calls in C. */
#ifndef SEATBOOK_GO_BRIDGE_H_
#define SEATBOOK_GO_BRIDGE_H_

#include <stdint.h>
#include <stdlib.h>

#include "seatbook.h"

/* A column of a table. Pointers that its type does not use are NULL. */
typedef struct sbgo_column {
  const int64_t *numbers;
  const uint64_t *offsets;
  const char *bytes;
  size_t size; /* of bytes */
  const uint8_t *validity;
  const seatbook_rows *list;
} sbgo_column;

/* Looks up the first `count` columns, or all if there are fewer. Returns the number of rows. */
size_t sbgo_table(const seatbook_rows *rows, sbgo_column *columns, uint32_t count);

typedef struct sbgo_error {
  const char *message;
  const char *field;
  int64_t index;
  const uint64_t *values;
  size_t values_count;
  const seatbook_rows *outcomes;
} sbgo_error;

/* Reads all parts of an error. */
void sbgo_error_parts(const seatbook_error *error, sbgo_error *parts);

/* Fills in a sink that writes to the writer of a cgo.Handle. */
void sbgo_fill_sink(seatbook_sink *sink, uintptr_t writer);

/* The two functions below own the cgo.Handle, even if they fail. */

/* Creates a clock that calls the Clock of a cgo.Handle. */
seatbook_code sbgo_new_clock(uintptr_t clock, seatbook_clock **made, seatbook_error **error);

/* Fills in a listener that calls the receiver of a cgo.Handle, and deletes it at its end. */
void sbgo_fill_listener(seatbook_listener *listener, uintptr_t receiver);

/* Adds a listener, of notifications if `notifications` is not 0, that calls the receiver of a
 * cgo.Handle. */
seatbook_code sbgo_subscribe(seatbook_book *book, int32_t notifications, uintptr_t receiver,
                             uint64_t *subscription, seatbook_error **error);

#endif
