#define _GNU_SOURCE
#include "CMessages.h"

#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sched.h>
#endif

static uint64_t mix(uint64_t hash, const void *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) {
    hash = (hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3u;
  }
  return hash;
}

int64_t espalier_messages_place(void) {
  char name[256] = "";
  gethostname(name, sizeof name - 1);
  uint64_t hash = mix(0xcbf29ce484222325u, name, strlen(name));
#ifdef __linux__
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
    hash = mix(hash, &allowed, sizeof allowed);
  }
#endif
  return (int64_t)hash;
}
