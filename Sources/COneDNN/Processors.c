#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sched.h>
#endif

#include "Library.h"

int espalier_processors(void) {
#ifdef __linux__
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return CPU_COUNT(&allowed);
#endif
  return (int)sysconf(_SC_NPROCESSORS_ONLN);
}

#ifdef __x86_64__
int espalier_has_avx2(void) { return __builtin_cpu_supports("x86-64-v3") != 0; }
int espalier_has_avx512(void) { return __builtin_cpu_supports("x86-64-v4") != 0; }
int espalier_has_bfloat16(void) {
  return espalier_has_avx512() && __builtin_cpu_supports("avx512bf16") != 0;
}
#else
int espalier_has_avx2(void) { return 0; }
int espalier_has_avx512(void) { return 0; }
int espalier_has_bfloat16(void) { return 0; }
#endif

const char *espalier_instructions(void) { return getenv("ESPALIER_INSTRUCTIONS"); }

void espalier_set_instructions(const char *set) { setenv("ESPALIER_INSTRUCTIONS", set, 1); }

/// Older versions of oneDNN know the first name only, newer ones both.
void espalier_limit_onednn(void) {
  const char *set = espalier_instructions();
  if (set == NULL || getenv("DNNL_MAX_CPU_ISA") != NULL || getenv("ONEDNN_MAX_CPU_ISA") != NULL) {
    return;
  }
  const char *most = NULL;
  if (strcmp(set, "baseline") == 0) most = "SSE41";
  if (strcmp(set, "avx2") == 0) most = "AVX2";
  if (most == NULL) return;
  setenv("DNNL_MAX_CPU_ISA", most, 1);
  setenv("ONEDNN_MAX_CPU_ISA", most, 1);
}
