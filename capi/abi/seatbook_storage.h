/* What seatbook_storage.h declares, as recorded by tests/capi/abi_test.py. */
#ifndef SEATBOOK_STORAGE_H_
#define SEATBOOK_STORAGE_H_
#include "seatbook.h"
#ifdef __cplusplus
extern "C" {
#endif
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
SEATBOOK_API const char *seatbook_table_name(seatbook_table table);
enum seatbook_storage_values {
  SEATBOOK_REMEMBERED_TOKENS = 10000,
  SEATBOOK_MAX_GROUP_SIZE = 64
};
typedef struct seatbook_row_sink seatbook_row_sink;
SEATBOOK_API seatbook_code seatbook_row_sink_put(seatbook_row_sink *sink, seatbook_table table,
                                                 uint64_t id, uint64_t version, const char *bytes,
                                                 size_t size);
typedef struct seatbook_batch seatbook_batch;
SEATBOOK_API uint64_t seatbook_batch_base(const seatbook_batch *batch);
SEATBOOK_API const uint8_t *seatbook_batch_token(const seatbook_batch *batch);
SEATBOOK_API size_t seatbook_batch_count(const seatbook_batch *batch);
SEATBOOK_API seatbook_code seatbook_batch_row(const seatbook_batch *batch, size_t row,
                                              seatbook_table *table, uint64_t *id,
                                              const char **bytes, size_t *size);
typedef struct seatbook_failure seatbook_failure;
SEATBOOK_API void seatbook_failure_set(seatbook_failure *failure, const char *message,
                                       size_t message_size);
typedef struct seatbook_storage_callbacks {
  size_t struct_size;
  void *self;
  void (*destroy)(void *self);
  seatbook_code (*read)(void *self, uint64_t after, seatbook_row_sink *sink, uint64_t *version,
                        seatbook_failure *failure);
  seatbook_code (*append)(void *self, const seatbook_batch *batch, seatbook_failure *failure);
  seatbook_code (*find)(void *self, const uint8_t *token, uint64_t *version,
                        seatbook_failure *failure);
  seatbook_code (*lock)(void *self, seatbook_failure *failure);
  void (*unlock)(void *self);
  seatbook_time (*now)(void *self);
  seatbook_code (*backup_to)(void *self, const char *path, size_t path_size,
                             seatbook_failure *failure);
  size_t largest_group;
  seatbook_code (*append_group)(void *self, const seatbook_batch *const *batches, size_t count,
                                seatbook_failure *failure);
  seatbook_code (*sync)(void *self, seatbook_failure *failure);
  seatbook_code (*seen)(void *self, const uint8_t *token, uint64_t *version,
                        seatbook_failure *failure);
} seatbook_storage_callbacks;
#define SEATBOOK_STORAGE_CALLBACKS_INIT \
  {sizeof(seatbook_storage_callbacks), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
SEATBOOK_API seatbook_code seatbook_storage_new(const seatbook_storage_callbacks *callbacks,
                                                seatbook_storage **storage,
                                                seatbook_error **error);
#ifdef __cplusplus
}
#endif
#endif
