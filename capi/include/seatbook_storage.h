/* seatbook_storage.h: storages supplied by the program, in C.
 *
 * The conventions of seatbook.h apply. A storage keeps rows. A row is a record of a table: its id,
 * its content as JSON that the storage need not understand (docs/guides/storage.md), and the
 * version that wrote it. A storage makes no decisions and never deletes a row: a newer image of a
 * record replaces the previous one.
 *
 * EXPERIMENTAL until version 1.0.
 */
#ifndef SEATBOOK_STORAGE_H_
#define SEATBOOK_STORAGE_H_

#include "seatbook.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The table that a row belongs to. */
typedef int32_t seatbook_table;
enum seatbook_table_values {
  SEATBOOK_TABLE_BOOK = 0,
  SEATBOOK_TABLE_PEOPLE = 1,
  SEATBOOK_TABLE_ACTORS = 2,
  SEATBOOK_TABLE_LICENSES = 3,
  SEATBOOK_TABLE_ASSIGNMENTS = 4,
  SEATBOOK_TABLE_HISTORY = 5,
  SEATBOOK_TABLE_HISTORY_TEXTS = 6,
  SEATBOOK_TABLE_LAST_USES = 7
};
/* Returns the name of a table, such as "people", or "unknown" for an unknown number. The text is
 * static: do not free it. Threads: any. */
SEATBOOK_API const char *seatbook_table_name(seatbook_table table);

/* Limits of storages. */
enum seatbook_storage_values {
  SEATBOOK_REMEMBERED_TOKENS = 10000, /* a storage keeps the tokens of at least so many batches */
  SEATBOOK_MAX_GROUP_SIZE = 64        /* the maximum number of batches of one `append_group` */
};

/* Receives the rows that `read` reads. It belongs to the library and is valid during one call of
 * `read`. */
typedef struct seatbook_row_sink seatbook_row_sink;
/* Passes one row to the book. The bytes are not used after the call. If it returns a code other
 * than 0, `read` must stop and return that code. Errors: SEATBOOK_INVALID_ARGUMENT,
 * SEATBOOK_STORAGE_CORRUPT, SEATBOOK_FORMAT_TOO_NEW, SEATBOOK_OUT_OF_MEMORY, and any other code of
 * the book. */
SEATBOOK_API seatbook_code seatbook_row_sink_put(seatbook_row_sink *sink, seatbook_table table,
                                                 uint64_t id, uint64_t version, const char *bytes,
                                                 size_t size);

/* A batch: the rows that one command writes. It belongs to the library and is valid during one call
 * of `append` or `append_group`. The functions below accept NULL. */
typedef struct seatbook_batch seatbook_batch;
/* Returns the version that the batch is based on. The stored batch becomes version base + 1. */
SEATBOOK_API uint64_t seatbook_batch_base(const seatbook_batch *batch);
/* Returns the batch's token: 16 bytes that identify it permanently. */
SEATBOOK_API const uint8_t *seatbook_batch_token(const seatbook_batch *batch);
/* Returns the number of rows. */
SEATBOOK_API size_t seatbook_batch_count(const seatbook_batch *batch);
/* Returns one row through the out-parameters, each of which may be NULL. All rows of a batch have
 * the version base + 1. No two rows have the same table and id. The bytes are terminated by NUL and
 * valid as long as the batch. Errors: SEATBOOK_INVALID_ARGUMENT (no such row). */
SEATBOOK_API seatbook_code seatbook_batch_row(const seatbook_batch *batch, size_t row,
                                              seatbook_table *table, uint64_t *id,
                                              const char **bytes, size_t *size);

/* The message of a callback that fails. Valid during one call of the callback. */
typedef struct seatbook_failure seatbook_failure;
/* Sets the message: one line of UTF-8 for people, of which 1,000 bytes are kept. The library acts
 * only on the code that the callback returns. `failure` may be NULL. */
SEATBOOK_API void seatbook_failure_set(seatbook_failure *failure, const char *message,
                                       size_t message_size);

/* The callbacks of a storage. Initialize the struct with SEATBOOK_STORAGE_CALLBACKS_INIT. The
 * library does not call callbacks that it does not know.
 *
 * A book writes in this order: `lock`, `read` of newer rows, `append` or `append_group`, `unlock`.
 * `unlock` is called after each `lock` that succeeded. A storage without a lock must rely on the
 * comparison of versions in `append` and `append_group`.
 *
 * Codes that a callback may return, besides SEATBOOK_OK and the codes of seatbook_row_sink_put():
 * - SEATBOOK_CONFLICT (append, append_group): the stored version is not the base of the batch or of
 *   the first one. Nothing was written.
 * - SEATBOOK_STORAGE_FAILED: the call failed. Nothing was written.
 * - SEATBOOK_STORAGE_UNKNOWN (append, append_group): the batches may or may not have been written.
 *   The book accepts no further command until `find` has succeeded.
 * - SEATBOOK_STORAGE_CORRUPT, SEATBOOK_FORMAT_TOO_NEW (read, lock).
 * - SEATBOOK_BOOK_NEEDS_REOPEN (lock, append, append_group, sync): nothing was written, and the
 *   storage accepts no more changes. The book can still be read.
 * Any other code is treated as SEATBOOK_STORAGE_UNKNOWN in `append` and `append_group`, and as
 * SEATBOOK_STORAGE_FAILED in the other callbacks.
 *
 * Threads: a book calls its storage, except `now` and `backup_to`, from one thread at a time, the
 * thread that called the book, and holds its writer lock. A callback, except `backup_to`, must not
 * call back into a book on its own storage: such re-entrant calls fail with
 * SEATBOOK_INVALID_ARGUMENT. seatbook_book_close() and seatbook_book_free() are allowed: they close
 * the book when the running call ends. While the storage's lock is held, the sink accepts up to
 * 1,000 rows of a `read` and rejects more; the book then unlocks, reads again without the lock, and
 * locks again. Several books that share a storage call it at the same time. */
typedef struct seatbook_storage_callbacks {
  size_t struct_size; /* sizeof(seatbook_storage_callbacks) */
  void *self;         /* passed to every callback */
  /* Called exactly once: after the storage and the last book on it were freed, on the thread that
   * freed the last of them and without a lock, or before a failing seatbook_storage_new() returns.
   * May be NULL. */
  void (*destroy)(void *self);
  /* Passes to the sink the newest row of every record that a version after `after` wrote (0: of
   * every record), each once, in any order, from one consistent state. Stores the version of that
   * state in *version, unless the callback fails. */
  seatbook_code (*read)(void *self, uint64_t after, seatbook_row_sink *sink, uint64_t *version,
                        seatbook_failure *failure);
  /* Stores the batch durably and atomically, if the stored version is the batch's base. Makes the
   * batches that it is based on durable too. */
  seatbook_code (*append)(void *self, const seatbook_batch *batch, seatbook_failure *failure);
  /* Stores in *version the version that the batch with a token became; 0 if it was not stored. The
   * result must be final: a batch that is still in flight must not be stored later. */
  seatbook_code (*find)(void *self, const uint8_t *token, uint64_t *version,
                        seatbook_failure *failure);
  /* Acquires the writer lock of a shared storage. May be NULL, together with `unlock`. */
  seatbook_code (*lock)(void *self, seatbook_failure *failure);
  /* Releases the writer lock. May be NULL, together with `lock`. */
  void (*unlock)(void *self);
  /* Returns the common time of a storage that several machines share, such as that of its server.
   * A book without the option `clock` uses it. It should be most accurate right after `lock` and
   * `read`. Called like `now` of seatbook_clock_callbacks; in a command, after `lock` and `read`.
   * May be NULL: the book uses the machine's clock. A struct of 0.1 ends before this member. */
  seatbook_time (*now)(void *self);
  /* Copies one committed version to a new file. `path` is UTF-8, terminated by NUL; `path_size` is
   * its size without the NUL. Called without a lock, from any thread, even while other callbacks
   * run; it may use the book. Codes: SEATBOOK_UNSUPPORTED_STORAGE, SEATBOOK_INVALID_ARGUMENT (the
   * path: the file exists, or no such folder); any other code is treated as
   * SEATBOOK_STORAGE_FAILED. May be NULL: seatbook_book_backup() fails with
   * SEATBOOK_UNSUPPORTED_STORAGE. */
  seatbook_code (*backup_to)(void *self, const char *path, size_t path_size,
                             seatbook_failure *failure);
  /* The maximum number of batches that `append_group` takes. A book passes at most
   * SEATBOOK_MAX_GROUP_SIZE. 0, together with NULL as `append_group`: the storage takes no groups. */
  size_t largest_group;
  /* Stores one or more batches durably and atomically, in this order, if the stored version is the
   * base of the first. Each further batch is based on the one before it. A later batch can contain
   * a newer row of the same record. Called instead of `append` for calls that wait for each other.
   * `batches` is valid during the call. May be NULL: the book stores each batch with `append`. */
  seatbook_code (*append_group)(void *self, const seatbook_batch *const *batches, size_t count,
                                seatbook_failure *failure);
  /* Makes everything that `read` has returned durable, or fails with SEATBOOK_STORAGE_FAILED if some
   * of it is lost. May be NULL: it always is durable. */
  seatbook_code (*sync)(void *self, seatbook_failure *failure);
  /* Like `find`, but a result of 0 need not be final. Called between `lock` and `unlock` to
   * recognize a repeated request id. May be NULL: `find` is called. */
  seatbook_code (*seen)(void *self, const uint8_t *token, uint64_t *version,
                        seatbook_failure *failure);
} seatbook_storage_callbacks;
#define SEATBOOK_STORAGE_CALLBACKS_INIT \
  {sizeof(seatbook_storage_callbacks), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/* Creates a storage from callbacks, for seatbook_book_open(). The struct is copied. The storage
 * owns `self`, even if the call fails, unless `callbacks` is NULL or its struct_size is invalid.
 * Errors: SEATBOOK_INVALID_ARGUMENT (`callbacks`, `struct_size`, `storage`, or the missing
 * callback), SEATBOOK_OUT_OF_MEMORY. Ownership: the caller frees *storage (seatbook_storage_free);
 * books on it keep it alive. Threads: any. */
SEATBOOK_API seatbook_code seatbook_storage_new(const seatbook_storage_callbacks *callbacks,
                                                seatbook_storage **storage,
                                                seatbook_error **error);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* SEATBOOK_STORAGE_H_ */
