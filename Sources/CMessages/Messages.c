#define _GNU_SOURCE
#include "CMessages.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#if defined(__has_include)
#if __has_include(<mpi.h>)
#define ESPALIER_HAS_MPI 1
#elif __has_include(<mpi/mpi.h>)
#define ESPALIER_HAS_MPI 1
#define ESPALIER_MPI_IN_FOLDER 1
#endif
#endif

#ifdef ESPALIER_HAS_MPI

#define OMPI_SKIP_MPICXX 1
#define MPICH_SKIP_MPICXX 1
#ifdef ESPALIER_MPI_IN_FOLDER
#include <mpi/mpi.h>
#else
#include <mpi.h>
#endif

#define ESPALIER_FUNCTIONS(F) \
  F(MPI_Init_thread)          \
  F(MPI_Comm_rank)            \
  F(MPI_Comm_size)            \
  F(MPI_Comm_dup)             \
  F(MPI_Comm_set_errhandler)  \
  F(MPI_Iallreduce)           \
  F(MPI_Iallgather)           \
  F(MPI_Ibcast)               \
  F(MPI_Isend)                \
  F(MPI_Irecv)                \
  F(MPI_Iprobe)               \
  F(MPI_Get_count)            \
  F(MPI_Test)                 \
  F(MPI_Get_library_version)  \
  F(MPI_Finalize)

static struct {
#define ESPALIER_FIELD(NAME) __typeof__(&NAME) NAME;
  ESPALIER_FUNCTIONS(ESPALIER_FIELD)
#undef ESPALIER_FIELD
} mpi;

enum { CHANNELS = 4, MESSAGES = 256 };

static void *handle;
static MPI_Comm channels[CHANNELS];
static MPI_Datatype float_type, double_type, byte_type;
static MPI_Op sum;
static MPI_Request requests[MESSAGES];
static int is_used[MESSAGES];
static int own_rank, rank_count = 1, is_begun;
static char library_name[81];

/// One call at a time, which is all that is asked of the library.
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *open_library(void) {
#if defined(OPEN_MPI)
  static const char *const names[] = {"libmpi.so.40", "libmpi.so.80", "libmpi.40.dylib", "libmpi.dylib"};
#else
  static const char *const names[] = {"libmpich.so.12", "libmpi.so.12", "libmpi.12.dylib", "libmpi.dylib"};
#endif
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    void *found = dlopen(names[i], RTLD_NOW | RTLD_GLOBAL);
    if (found != NULL) return found;
  }
  return NULL;
}

/// Where what the header calls by a name is: Open MPI has an object for it, others a number.
#if defined(OPEN_MPI)
#define ESPALIER_OBJECT(TYPE, SYMBOL, NUMBER) ((TYPE)dlsym(handle, SYMBOL))
#else
#define ESPALIER_OBJECT(TYPE, SYMBOL, NUMBER) (NUMBER)
#endif

/// Opens the library and finds its functions; whether they are all there.
static int find_functions(void) {
  if (handle == NULL) handle = open_library();
  if (handle == NULL) return 0;
#define ESPALIER_FIND(NAME)                               \
  mpi.NAME = (__typeof__(mpi.NAME))dlsym(handle, #NAME);  \
  if (mpi.NAME == NULL) return 0;
  ESPALIER_FUNCTIONS(ESPALIER_FIND)
#undef ESPALIER_FIND
  return 1;
}

const char *espalier_messages_library(void) {
  if (library_name[0] != 0 || !find_functions()) return library_name;
  char name[MPI_MAX_LIBRARY_VERSION_STRING] = "";
  int length = 0;
  mpi.MPI_Get_library_version(name, &length);
  snprintf(library_name, sizeof library_name, "%.*s", (int)strcspn(name, ",\n"), name);
  return library_name;
}

int espalier_messages_begin(void) {
  if (is_begun) return ESPALIER_MESSAGES_BEGUN;
  if (!find_functions()) return ESPALIER_MESSAGES_NO_LIBRARY;
  MPI_Comm world = ESPALIER_OBJECT(MPI_Comm, "ompi_mpi_comm_world", MPI_COMM_WORLD);
  MPI_Errhandler returns =
      ESPALIER_OBJECT(MPI_Errhandler, "ompi_mpi_errors_return", MPI_ERRORS_RETURN);
  float_type = ESPALIER_OBJECT(MPI_Datatype, "ompi_mpi_float", MPI_FLOAT);
  double_type = ESPALIER_OBJECT(MPI_Datatype, "ompi_mpi_double", MPI_DOUBLE);
  byte_type = ESPALIER_OBJECT(MPI_Datatype, "ompi_mpi_byte", MPI_BYTE);
  sum = ESPALIER_OBJECT(MPI_Op, "ompi_mpi_op_sum", MPI_SUM);
  int level = MPI_THREAD_SINGLE;
  if (mpi.MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &level) != MPI_SUCCESS ||
      level < MPI_THREAD_SERIALIZED) {
    return ESPALIER_MESSAGES_REFUSED;
  }
  mpi.MPI_Comm_set_errhandler(world, returns);
  for (int channel = 0; channel < CHANNELS; channel++) {
    if (mpi.MPI_Comm_dup(world, &channels[channel]) != MPI_SUCCESS) return ESPALIER_MESSAGES_REFUSED;
    mpi.MPI_Comm_set_errhandler(channels[channel], returns);
  }
  mpi.MPI_Comm_rank(world, &own_rank);
  mpi.MPI_Comm_size(world, &rank_count);
  is_begun = 1;
  return ESPALIER_MESSAGES_BEGUN;
}

int espalier_messages_rank(void) { return own_rank; }
int espalier_messages_count(void) { return rank_count; }

/// Begins a message in a free place, whose number it answers.
#define ESPALIER_BEGIN(CALL)                                        \
  if (!is_begun || channel < 0 || channel >= CHANNELS) return -1;   \
  pthread_mutex_lock(&mutex);                                       \
  int message = 0;                                                  \
  while (message < MESSAGES && is_used[message]) message++;         \
  if (message == MESSAGES || (CALL) != MPI_SUCCESS) {               \
    message = -1;                                                   \
  } else {                                                          \
    is_used[message] = 1;                                           \
  }                                                                 \
  pthread_mutex_unlock(&mutex);                                     \
  return message;

int espalier_messages_sum_floats(int channel, float *values, int32_t count) {
  ESPALIER_BEGIN(mpi.MPI_Iallreduce(
      MPI_IN_PLACE, values, count, float_type, sum, channels[channel], &requests[message]))
}

int espalier_messages_sum_doubles(int channel, double *values, int32_t count) {
  ESPALIER_BEGIN(mpi.MPI_Iallreduce(
      MPI_IN_PLACE, values, count, double_type, sum, channels[channel], &requests[message]))
}

int espalier_messages_gather(int channel, const void *bytes, void *all, int32_t count) {
  ESPALIER_BEGIN(mpi.MPI_Iallgather(
      bytes, count, byte_type, all, count, byte_type, channels[channel], &requests[message]))
}

int espalier_messages_broadcast(int channel, void *bytes, int32_t count) {
  ESPALIER_BEGIN(mpi.MPI_Ibcast(
      bytes, count, byte_type, 0, channels[channel], &requests[message]))
}

int espalier_messages_send(int rank, int tag, const void *bytes, int32_t count) {
  const int channel = ESPALIER_MESSAGES_LETTERS;
  ESPALIER_BEGIN(mpi.MPI_Isend(
      bytes, count, byte_type, rank, tag, channels[channel], &requests[message]))
}

int espalier_messages_look(int tag, int32_t *rank, int32_t *count) {
  if (!is_begun) return -1;
  MPI_Status found;
  int is_there = 0, bytes = 0;
  pthread_mutex_lock(&mutex);
  int status = mpi.MPI_Iprobe(
      MPI_ANY_SOURCE, tag, channels[ESPALIER_MESSAGES_LETTERS], &is_there, &found);
  if (status == MPI_SUCCESS && is_there) status = mpi.MPI_Get_count(&found, byte_type, &bytes);
  pthread_mutex_unlock(&mutex);
  if (status != MPI_SUCCESS) return -1;
  if (!is_there) return 0;
  *rank = found.MPI_SOURCE;
  *count = bytes;
  return 1;
}

int espalier_messages_receive(int rank, int tag, void *bytes, int32_t count) {
  const int channel = ESPALIER_MESSAGES_LETTERS;
  ESPALIER_BEGIN(mpi.MPI_Irecv(
      bytes, count, byte_type, rank, tag, channels[channel], &requests[message]))
}

int espalier_messages_test(int message) {
  if (message < 0 || message >= MESSAGES || !is_used[message]) return -1;
  int is_done = 0;
  pthread_mutex_lock(&mutex);
  int status = mpi.MPI_Test(&requests[message], &is_done, MPI_STATUS_IGNORE);
  if (is_done || status != MPI_SUCCESS) is_used[message] = 0;
  pthread_mutex_unlock(&mutex);
  return status != MPI_SUCCESS ? -1 : is_done;
}

void espalier_messages_end(void) {
  if (!is_begun) return;
  is_begun = 0;
  mpi.MPI_Finalize();
}

#else

int espalier_messages_begin(void) { return ESPALIER_MESSAGES_NOT_BUILT; }
const char *espalier_messages_library(void) { return ""; }
int espalier_messages_rank(void) { return 0; }
int espalier_messages_count(void) { return 1; }
int espalier_messages_sum_floats(int channel, float *values, int32_t count) { return -1; }
int espalier_messages_sum_doubles(int channel, double *values, int32_t count) { return -1; }
int espalier_messages_gather(int channel, const void *bytes, void *all, int32_t count) { return -1; }
int espalier_messages_broadcast(int channel, void *bytes, int32_t count) { return -1; }
int espalier_messages_send(int rank, int tag, const void *bytes, int32_t count) { return -1; }
int espalier_messages_look(int tag, int32_t *rank, int32_t *count) { return -1; }
int espalier_messages_receive(int rank, int tag, void *bytes, int32_t count) { return -1; }
int espalier_messages_test(int message) { return -1; }
void espalier_messages_end(void) {}

#endif
