#define _GNU_SOURCE
#include <unistd.h>

#ifdef __linux__
#include <sched.h>
#endif

#include "COneDNN.h"

int espalier_processors(void) {
#ifdef __linux__
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return CPU_COUNT(&allowed);
#endif
  return (int)sysconf(_SC_NPROCESSORS_ONLN);
}
