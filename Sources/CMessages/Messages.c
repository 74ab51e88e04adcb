#define _GNU_SOURCE
#include "CMessages.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

#include "Library.h"

static const struct espalier_library *library;
static int is_used[ESPALIER_MESSAGES];
static int own_rank, rank_count = 1, is_begun;
static char library_name[81];

/// One call at a time, which is all that is asked of the library.
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

/// Opens a library of an interface; whether there is one.
static int open_library(const struct espalier_library *candidate) {
  for (const char *const *name = candidate->names; *name != NULL; name++) {
    void *handle = dlopen(*name, RTLD_NOW | RTLD_GLOBAL);
    if (handle == NULL) continue;
    if (candidate->find(handle)) {
      library = candidate;
      return 1;
    }
    dlclose(handle);
  }
  return 0;
}

/// Opens the library that belongs to whoever has begun the processes; whether it is there.
static int find_library(int launcher) {
  if (library != NULL) return 1;
  switch (launcher) {
    case ESPALIER_MESSAGES_OPEN_MPI: return open_library(&espalier_open_mpi);
    case ESPALIER_MESSAGES_PMI:
      return open_library(&espalier_mpich) || open_library(&espalier_open_mpi);
    default: return open_library(&espalier_open_mpi) || open_library(&espalier_mpich);
  }
}

/// A name in one line: `MPICH 4.0.2` of `MPICH Version:\t4.0.2\nMPICH Release …`, `Open MPI v4.1.4` of `Open MPI
/// v4.1.4, package: …`.
static void shorten(const char *whole) {
  size_t length = 0;
  for (const char *next = whole; *next != 0 && *next != ',' && *next != '\n'; next++) {
    const char *word = "Version";
    const char *start = next;
    while (*word != 0 && *start == *word) start++, word++;
    if (*word == 0) {
      next = start - 1;
      continue;
    }
    int is_blank = *next == ' ' || *next == '\t' || *next == ':' || *next == '\r';
    if (is_blank && (length == 0 || library_name[length - 1] == ' ')) continue;
    if (length + 1 < sizeof library_name) library_name[length++] = is_blank ? ' ' : *next;
  }
  while (length > 0 && library_name[length - 1] == ' ') length--;
  library_name[length] = 0;
}

const char *espalier_messages_library(void) {
  if (library_name[0] != 0 || !find_library(ESPALIER_MESSAGES_ANY)) return library_name;
  char whole[256] = "";
  library->name(whole, sizeof whole);
  shorten(whole);
  return library_name;
}

int espalier_messages_begin(int launcher) {
  if (is_begun) return ESPALIER_MESSAGES_BEGUN;
  if (!find_library(launcher)) return ESPALIER_MESSAGES_NO_LIBRARY;
  if (library->begin(&own_rank, &rank_count) != ESPALIER_SUCCESS) return ESPALIER_MESSAGES_REFUSED;
  is_begun = 1;
  return ESPALIER_MESSAGES_BEGUN;
}

int espalier_messages_rank(void) { return own_rank; }
int espalier_messages_count(void) { return rank_count; }

/// Begins a message in a free place, whose number it answers.
#define ESPALIER_BEGIN(CALL)                                               \
  if (!is_begun || channel < 0 || channel >= ESPALIER_CHANNELS) return -1; \
  pthread_mutex_lock(&mutex);                                              \
  int message = 0;                                                         \
  while (message < ESPALIER_MESSAGES && is_used[message]) message++;       \
  if (message == ESPALIER_MESSAGES || (CALL) != ESPALIER_SUCCESS) {        \
    message = -1;                                                          \
  } else {                                                                 \
    is_used[message] = 1;                                                  \
  }                                                                        \
  pthread_mutex_unlock(&mutex);                                            \
  return message;

int espalier_messages_sum_floats(int channel, float *values, int32_t count) {
  ESPALIER_BEGIN(library->sum_floats(channel, values, count, message))
}

int espalier_messages_sum_doubles(int channel, double *values, int32_t count) {
  ESPALIER_BEGIN(library->sum_doubles(channel, values, count, message))
}

int espalier_messages_gather(int channel, const void *bytes, void *all, int32_t count) {
  ESPALIER_BEGIN(library->gather(channel, bytes, all, count, message))
}

int espalier_messages_broadcast(int channel, void *bytes, int32_t count) {
  ESPALIER_BEGIN(library->broadcast(channel, bytes, count, message))
}

int espalier_messages_send(int rank, int tag, const void *bytes, int32_t count) {
  const int channel = ESPALIER_MESSAGES_LETTERS;
  ESPALIER_BEGIN(library->send(channel, rank, tag, bytes, count, message))
}

int espalier_messages_look(int tag, int32_t *rank, int32_t *count) {
  if (!is_begun) return -1;
  int is_there = 0;
  pthread_mutex_lock(&mutex);
  int status = library->look(ESPALIER_MESSAGES_LETTERS, tag, &is_there, rank, count);
  pthread_mutex_unlock(&mutex);
  return status != ESPALIER_SUCCESS ? -1 : is_there;
}

int espalier_messages_receive(int rank, int tag, void *bytes, int32_t count) {
  const int channel = ESPALIER_MESSAGES_LETTERS;
  ESPALIER_BEGIN(library->receive(channel, rank, tag, bytes, count, message))
}

int espalier_messages_test(int message) {
  if (message < 0 || message >= ESPALIER_MESSAGES || !is_used[message]) return -1;
  int is_done = 0;
  pthread_mutex_lock(&mutex);
  int status = library->test(message, &is_done);
  if (is_done || status != ESPALIER_SUCCESS) is_used[message] = 0;
  pthread_mutex_unlock(&mutex);
  return status != ESPALIER_SUCCESS ? -1 : is_done;
}

void espalier_messages_end(void) {
  if (!is_begun) return;
  is_begun = 0;
  library->end();
}
