#define _GNU_SOURCE
#include <stddef.h>

/// Handles are numbers, which are the same in all libraries of this binary interface
/// (https://www.mpich.org/abi/).
typedef int Handle;

typedef struct {
  int count_low, count_high_and_cancelled;
  int MPI_SOURCE, MPI_TAG, MPI_ERROR;
} Status;

#define IN_PLACE ((void *)-1)
#define ANY_SOURCE (-2)
#define STATUS_IGNORE ((Status *)1)
enum { LONGEST_NAME = 8192 };

static const struct {
  Handle WORLD, FLOAT, DOUBLE, BYTE, SUM, ERRORS_RETURN;
} constants = {
    .WORLD = 0x44000000,
    .FLOAT = 0x4c00040a,
    .DOUBLE = 0x4c00080b,
    .BYTE = 0x4c00010d,
    .SUM = 0x58000003,
    .ERRORS_RETURN = 0x54000001,
};

static int find_constants(void *handle);

#include "Calls.h"

/// Open MPI may have a file of the same name.
static int find_constants(void *handle) { return dlsym(handle, "ompi_mpi_comm_world") == NULL; }

static const char *const names[] = {
    "libmpi.so.12",    "libmpich.so.12",    "libmpi.12.dylib",
    "libmpich.12.dylib", "libmpi.dylib", NULL};

const struct espalier_library espalier_mpich = ESPALIER_LIBRARY(names);
