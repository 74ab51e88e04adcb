#ifdef __linux__
#define _GNU_SOURCE
#include <sys/mman.h>
#endif

#include "COneDNN.h"

#include <stdlib.h>
#include <sys/resource.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

void espalier_share_heap(void) {
#ifdef __GLIBC__
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
    mallopt(M_ARENA_MAX, 1);
  }
#endif
}

void *espalier_resize_memory(void *memory, size_t bytes, size_t wanted) {
#ifdef __linux__
  void *moved = mremap(memory, bytes, wanted, MREMAP_MAYMOVE);
  return moved == MAP_FAILED ? NULL : moved;
#else
  (void)memory;
  (void)bytes;
  (void)wanted;
  return NULL;
#endif
}
