#include "Library.h"

#include <string.h>

#ifdef __x86_64__

#include <immintrin.h>

/// For processors that have AVX512_BF16, which is asked before; what is smaller than 2⁻¹²⁶ becomes 0.
__attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16"))) void espalier_round(
    uint16_t *rounded, const float *values, int64_t count) {
  int64_t index = 0;
  for (; index + 16 <= count; index += 16) {
    __m512 floats = _mm512_loadu_ps(values + index);
    _mm256_storeu_si256((__m256i *)(rounded + index), (__m256i)_mm512_cvtneps_pbh(floats));
  }
  if (index == count) return;
  __mmask16 rest = (__mmask16)((1u << (count - index)) - 1);
  __m512 floats = _mm512_maskz_loadu_ps(rest, values + index);
  _mm256_mask_storeu_epi16(rounded + index, rest, (__m256i)_mm512_cvtneps_pbh(floats));
}

#else

void espalier_round(uint16_t *rounded, const float *values, int64_t count) {
  for (int64_t index = 0; index < count; index++) {
    uint32_t bits;
    memcpy(&bits, values + index, sizeof bits);
    int is_nan = (bits & 0x7fffffff) > 0x7f800000;
    rounded[index] =
        (uint16_t)(is_nan ? bits >> 16 | 64 : (bits + 0x7fff + (bits >> 16 & 1)) >> 16);
  }
}

#endif
