#define _GNU_SOURCE
#include <stddef.h>

/// Handles are addresses of objects, of which the constants have names in the library.
typedef void *Handle;

typedef struct {
  int MPI_SOURCE, MPI_TAG, MPI_ERROR, cancelled;
  size_t count;
} Status;

#define IN_PLACE ((void *)1)
#define ANY_SOURCE (-1)
#define STATUS_IGNORE NULL
enum { LONGEST_NAME = 256 };

static struct {
  Handle WORLD, FLOAT, DOUBLE, BYTE, SUM, ERRORS_RETURN;
} constants;

static int find_constants(void *handle);

#include "Calls.h"

static int find_constants(void *handle) {
  constants.WORLD = dlsym(handle, "ompi_mpi_comm_world");
  constants.FLOAT = dlsym(handle, "ompi_mpi_float");
  constants.DOUBLE = dlsym(handle, "ompi_mpi_double");
  constants.BYTE = dlsym(handle, "ompi_mpi_byte");
  constants.SUM = dlsym(handle, "ompi_mpi_op_sum");
  constants.ERRORS_RETURN = dlsym(handle, "ompi_mpi_errors_return");
  return constants.WORLD != NULL && constants.FLOAT != NULL && constants.DOUBLE != NULL &&
         constants.BYTE != NULL && constants.SUM != NULL && constants.ERRORS_RETURN != NULL;
}

static const char *const names[] = {
    "libmpi.so.40", "libmpi.so.80", "libmpi.40.dylib", "libmpi.dylib", NULL};

const struct espalier_library espalier_open_mpi = ESPALIER_LIBRARY(names);
