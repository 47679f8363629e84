#include "plug_in.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* One row: the newest image of a record. */
struct row {
  seatbook_table table;
  uint64_t id;
  uint64_t version;
  char *bytes;
  size_t size;
};

struct token {
  uint8_t bytes[16];
  uint64_t version;
};

struct store {
  pthread_mutex_t writers; /* from lock to unlock */
  pthread_mutex_t guard;   /* protects the members below */
  uint64_t version;
  struct row *rows;
  size_t row_count, row_capacity;
  size_t *slots; /* a hash table of positions in rows, counted from 1 */
  size_t slot_count;
  struct token *tokens; /* a ring */
  size_t token_count;
};

static int alive = 0;
static pthread_mutex_t alive_guard = PTHREAD_MUTEX_INITIALIZER;

int plug_in_alive(void) {
  int count;
  pthread_mutex_lock(&alive_guard);
  count = alive;
  pthread_mutex_unlock(&alive_guard);
  return count;
}

static void count_alive(int change) {
  pthread_mutex_lock(&alive_guard);
  alive += change;
  pthread_mutex_unlock(&alive_guard);
}

static size_t place_of(const struct store *store, seatbook_table table, uint64_t id) {
  size_t slot = (size_t)((id * 8 + (uint64_t)table) * UINT64_C(0x9E3779B97F4A7C15) >> 20);
  for (slot %= store->slot_count; store->slots[slot] != 0; slot = (slot + 1) % store->slot_count) {
    const struct row *row = &store->rows[store->slots[slot] - 1];
    if (row->table == table && row->id == id) break;
  }
  return slot;
}

/* Reserves space for `more` additional rows. Returns 0 if memory runs out. */
static int reserve(struct store *store, size_t more) {
  size_t needed = store->row_count + more, n;
  if (needed > store->row_capacity) {
    size_t capacity = needed * 2;
    struct row *rows = realloc(store->rows, capacity * sizeof *rows);
    if (rows == NULL) return 0;
    store->rows = rows;
    store->row_capacity = capacity;
  }
  if (needed * 2 > store->slot_count) {
    size_t *slots = calloc(needed * 4, sizeof *slots);
    if (slots == NULL) return 0;
    free(store->slots);
    store->slots = slots;
    store->slot_count = needed * 4;
    for (n = 0; n < store->row_count; ++n) {
      slots[place_of(store, store->rows[n].table, store->rows[n].id)] = n + 1;
    }
  }
  return 1;
}

static seatbook_code read_rows(void *self, uint64_t after, seatbook_row_sink *sink,
                               uint64_t *version, seatbook_failure *failure) {
  struct store *store = self;
  seatbook_code code = SEATBOOK_OK;
  size_t n;
  (void)failure;
  pthread_mutex_lock(&store->guard);
  for (n = 0; n < store->row_count && code == SEATBOOK_OK; ++n) {
    const struct row *row = &store->rows[n];
    if (row->version > after) {
      code = seatbook_row_sink_put(sink, row->table, row->id, row->version, row->bytes, row->size);
    }
  }
  *version = store->version;
  pthread_mutex_unlock(&store->guard);
  return code;
}

static void keep(struct store *store, const seatbook_batch *batch, char **copies) {
  size_t count = seatbook_batch_count(batch), n;
  struct token *token;
  for (n = 0; n < count; ++n) {
    struct row row = {0, 0, 0, NULL, 0};
    size_t slot;
    seatbook_batch_row(batch, n, &row.table, &row.id, NULL, &row.size);
    row.version = store->version + 1;
    row.bytes = copies[n];
    slot = place_of(store, row.table, row.id);
    if (store->slots[slot] == 0) {
      store->rows[store->row_count] = row;
      store->slots[slot] = ++store->row_count;
    } else {
      struct row *old = &store->rows[store->slots[slot] - 1];
      free(old->bytes);
      *old = row;
    }
  }
  ++store->version;
  token = &store->tokens[store->token_count++ % SEATBOOK_REMEMBERED_TOKENS];
  memcpy(token->bytes, seatbook_batch_token(batch), sizeof token->bytes);
  token->version = store->version;
}

static seatbook_code append_group(void *self, const seatbook_batch *const *batches, size_t count,
                                  seatbook_failure *failure) {
  struct store *store = self;
  size_t rows = 0, copied = 0, n, row;
  char **copies;
  seatbook_code code;
  for (n = 0; n < count; ++n) rows += seatbook_batch_count(batches[n]);
  copies = calloc(rows + 1, sizeof *copies);
  code = copies == NULL ? SEATBOOK_STORAGE_FAILED : SEATBOOK_OK;
  /* Allocates all copies first, so that storing the batches cannot fail half-way. */
  for (n = 0; n < count; ++n) {
    for (row = 0; row < seatbook_batch_count(batches[n]) && code == SEATBOOK_OK; ++row) {
      const char *bytes = NULL;
      size_t size = 0;
      seatbook_batch_row(batches[n], row, NULL, NULL, &bytes, &size);
      copies[copied] = malloc(size + 1);
      if (copies[copied] == NULL) {
        code = SEATBOOK_STORAGE_FAILED;
      } else {
        memcpy(copies[copied++], bytes, size + 1);
      }
    }
  }
  pthread_mutex_lock(&store->guard);
  if (code == SEATBOOK_OK && seatbook_batch_base(batches[0]) != store->version) {
    code = SEATBOOK_CONFLICT;
  }
  if (code == SEATBOOK_OK && !reserve(store, rows)) code = SEATBOOK_STORAGE_FAILED;
  if (code == SEATBOOK_OK) {
    for (n = 0, row = 0; n < count; ++n) {
      keep(store, batches[n], copies + row);
      row += seatbook_batch_count(batches[n]);
    }
  } else if (copies != NULL) {
    for (n = 0; n < copied; ++n) free(copies[n]);
  }
  pthread_mutex_unlock(&store->guard);
  free(copies);
  if (code == SEATBOOK_STORAGE_FAILED) {
    seatbook_failure_set(failure, "out of memory", SEATBOOK_NUL_TERMINATED);
  }
  return code;
}

static seatbook_code append_batch(void *self, const seatbook_batch *batch,
                                  seatbook_failure *failure) {
  return append_group(self, &batch, 1, failure);
}

static seatbook_code find_token(void *self, const uint8_t *token, uint64_t *version,
                                seatbook_failure *failure) {
  struct store *store = self;
  size_t n;
  (void)failure;
  *version = 0;
  pthread_mutex_lock(&store->guard);
  for (n = 0; n < store->token_count && n < SEATBOOK_REMEMBERED_TOKENS; ++n) {
    if (memcmp(store->tokens[n].bytes, token, sizeof store->tokens[n].bytes) == 0) {
      *version = store->tokens[n].version;
    }
  }
  pthread_mutex_unlock(&store->guard);
  return SEATBOOK_OK;
}

static seatbook_code lock_writers(void *self, seatbook_failure *failure) {
  (void)failure;
  pthread_mutex_lock(&((struct store *)self)->writers);
  return SEATBOOK_OK;
}

static void unlock_writers(void *self) {
  pthread_mutex_unlock(&((struct store *)self)->writers);
}

static void destroy(void *self) {
  struct store *store = self;
  size_t n;
  for (n = 0; n < store->row_count; ++n) free(store->rows[n].bytes);
  free(store->rows);
  free(store->slots);
  free(store->tokens);
  pthread_mutex_destroy(&store->guard);
  pthread_mutex_destroy(&store->writers);
  free(store);
  count_alive(-1);
}

int plug_in_make(seatbook_storage_callbacks *callbacks) {
  const seatbook_storage_callbacks empty = SEATBOOK_STORAGE_CALLBACKS_INIT;
  struct store *store = calloc(1, sizeof *store);
  if (store == NULL) return 0;
  store->tokens = calloc(SEATBOOK_REMEMBERED_TOKENS, sizeof *store->tokens);
  if (store->tokens == NULL || pthread_mutex_init(&store->guard, NULL) != 0 ||
      pthread_mutex_init(&store->writers, NULL) != 0) {
    free(store->tokens);
    free(store);
    return 0;
  }
  count_alive(1);
  *callbacks = empty;
  callbacks->self = store;
  callbacks->destroy = &destroy;
  callbacks->read = &read_rows;
  callbacks->append = &append_batch;
  callbacks->find = &find_token;
  callbacks->lock = &lock_writers;
  callbacks->unlock = &unlock_writers;
  callbacks->largest_group = SEATBOOK_MAX_GROUP_SIZE;
  callbacks->append_group = &append_group;
  return 1;
}
