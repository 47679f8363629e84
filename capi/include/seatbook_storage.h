/* Storages of the host's own, in C: where a book keeps its records.
 *
 * The conventions of seatbook.h hold here too. A storage keeps rows: a record of a table under its
 * number, as bytes of JSON that it need not understand (docs/guides/storage.md), with the version
 * that wrote it. It decides nothing, and never deletes a row: a newer image replaces the one
 * before.
 *
 * EXPERIMENTAL until version 1.0.
 */
#ifndef SEATBOOK_STORAGE_H_
#define SEATBOOK_STORAGE_H_

#include "seatbook.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Which table a row belongs to. */
typedef int32_t seatbook_table;
enum {
  SEATBOOK_TABLE_BOOK = 0,
  SEATBOOK_TABLE_PEOPLE = 1,
  SEATBOOK_TABLE_ACTORS = 2,
  SEATBOOK_TABLE_LICENSES = 3,
  SEATBOOK_TABLE_ASSIGNMENTS = 4,
  SEATBOOK_TABLE_HISTORY = 5,
  SEATBOOK_TABLE_HISTORY_TEXTS = 6,
  SEATBOOK_TABLE_LAST_USES = 7
};
/* The table's name: "people". "unknown" for a number that is none. Never freed. Threads: any. */
SEATBOOK_API const char *seatbook_table_name(seatbook_table table);

/* What is kept of the last changes, at least: their tokens. */
enum { SEATBOOK_REMEMBERED_TOKENS = 10000 };

/* Takes the rows that are read. It is the library's, and lives for one call of `read`. */
typedef struct seatbook_row_sink seatbook_row_sink;
/* Hands over one row; what is not 0 means: stop reading, and answer that code. The bytes may go
 * afterwards. Errors: SEATBOOK_INVALID_ARGUMENT, SEATBOOK_STORAGE_CORRUPT,
 * SEATBOOK_FORMAT_TOO_NEW, SEATBOOK_OUT_OF_MEMORY, and what the book answers. */
SEATBOOK_API seatbook_code seatbook_row_sink_put(seatbook_row_sink *sink, seatbook_table table,
                                                 uint64_t id, uint64_t version, const char *bytes,
                                                 size_t size);

/* What one change writes. It is the library's, and lives for one call of `append`. All of these
 * take NULL too. */
typedef struct seatbook_batch seatbook_batch;
/* The version it was decided on. Carried out it becomes version base + 1. */
SEATBOOK_API uint64_t seatbook_batch_base(const seatbook_batch *batch);
/* 16 bytes that name the batch for good. */
SEATBOOK_API const uint8_t *seatbook_batch_token(const seatbook_batch *batch);
SEATBOOK_API size_t seatbook_batch_count(const seatbook_batch *batch);
/* One of its rows, in their order; every one has the version base + 1, and no two have the same
 * table and id. The bytes, which end with NUL, live as long as the batch. Outputs may be NULL.
 * Errors: SEATBOOK_INVALID_ARGUMENT (there is no such row). */
SEATBOOK_API seatbook_code seatbook_batch_row(const seatbook_batch *batch, size_t row,
                                              seatbook_table *table, uint64_t *id,
                                              const char **bytes, size_t *size);

/* Takes the message of a callback that fails, one line of UTF-8 for people, at most 1000 bytes of
 * it; the code alone says what is to be done. It lives for one call. NULL is fine. */
typedef struct seatbook_failure seatbook_failure;
SEATBOOK_API void seatbook_failure_set(seatbook_failure *failure, const char *message,
                                        size_t message_size);

/* The callbacks of a storage. Start with SEATBOOK_STORAGE_CALLBACKS_INIT; slots that the library
 * does not know are never called.
 *
 * A write is: lock, read what is newer, append, unlock; unlock is always called after a lock that
 * succeeded. A storage without a lock has to be right by the comparison in `append` alone.
 *
 * Codes: SEATBOOK_CONFLICT (append: the stored version is not the base; nothing was written),
 * SEATBOOK_STORAGE_FAILED (surely nothing was written), SEATBOOK_STORAGE_UNKNOWN (append: perhaps
 * it was; the book takes no further write until `find` has answered), SEATBOOK_STORAGE_CORRUPT and
 * SEATBOOK_FORMAT_TOO_NEW (read, lock), SEATBOOK_BOOK_NEEDS_REOPEN (lock, append: nothing was
 * written, and the storage takes no change any more; the book can still be read), and what
 * seatbook_row_sink_put() has answered. Any other code counts as SEATBOOK_STORAGE_UNKNOWN in
 * `append` and as SEATBOOK_STORAGE_FAILED elsewhere.
 *
 * Threads: a book calls its storage from one thread at a time, that of whoever called the book,
 * while it holds its lock: a callback must not call a book on its own storage, which is refused by
 * SEATBOOK_INVALID_ARGUMENT. seatbook_book_close() and seatbook_book_free() are not refused: they
 * close the book when the call that is under way ends. While the storage's lock is held, the sink
 * takes up to 1,000 rows of a `read` and refuses more; the book then unlocks, reads again without
 * the lock, and locks again. A storage that several books share is called by several at once. */
typedef struct seatbook_storage_callbacks {
  size_t struct_size; /* sizeof(seatbook_storage_callbacks) */
  void *self;         /* handed to every callback */
  /* Called exactly once: when the storage and the last book on it are gone, on the thread that
   * released the last of them and under no lock, or before seatbook_storage_new() has failed. May be
   * NULL. */
  void (*destroy)(void *self);
  /* Hands over the newest row of every record that a change after `after` wrote (0: of all), each
   * once, in any order, from one consistent state, and answers that state's version. *version need
   * not be set if the callback fails. */
  seatbook_code (*read)(void *self, uint64_t after, seatbook_row_sink *sink, uint64_t *version,
                        seatbook_failure *failure);
  /* Makes the batch durable, all or nothing, only if the stored version is its base. */
  seatbook_code (*append)(void *self, const seatbook_batch *batch, seatbook_failure *failure);
  /* Which version carried out the batch with that token; 0: none. It must be final: a batch still
   * on its way may not land afterwards. */
  seatbook_code (*find)(void *self, const uint8_t *token, uint64_t *version,
                        seatbook_failure *failure);
  /* A shared storage may hold its writers' lock from here to unlock. Both may be NULL. */
  seatbook_code (*lock)(void *self, seatbook_failure *failure);
  void (*unlock)(void *self);
} seatbook_storage_callbacks;
#define SEATBOOK_STORAGE_CALLBACKS_INIT \
  {sizeof(seatbook_storage_callbacks), 0, 0, 0, 0, 0, 0, 0}

/* A storage of callbacks, for seatbook_book_open(). The struct is copied; `self` becomes the
 * storage's, also where the call fails, unless `callbacks` is NULL or its struct_size too small.
 * Errors: SEATBOOK_INVALID_ARGUMENT (`field` names the slot that is missing),
 * SEATBOOK_OUT_OF_MEMORY. Ownership: the caller frees *storage (seatbook_storage_free); books on it
 * keep it alive. Threads: any. */
SEATBOOK_API seatbook_code seatbook_storage_new(const seatbook_storage_callbacks *callbacks,
                                                seatbook_storage **storage,
                                                seatbook_error **error);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* SEATBOOK_STORAGE_H_ */
