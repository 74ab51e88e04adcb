/// The functions of oneDNN that are used, found when the library is opened.
#ifndef ESPALIER_LIBRARY_H
#define ESPALIER_LIBRARY_H

#include "COneDNN.h"

/// Has oneDNN use no instructions beyond the set that the environment asks for, unless that limits it already; counts
/// before it is opened.
void espalier_limit_onednn(void);

#if defined(__has_include)
#if __has_include(<oneapi/dnnl/dnnl.h>)
#define ESPALIER_HAS_ONEDNN 1
#include <oneapi/dnnl/dnnl.h>
#endif
#endif

#ifdef ESPALIER_HAS_ONEDNN

#if DNNL_VERSION_MAJOR >= 3
#define ESPALIER_ONEDNN_V3 1
#define ESPALIER_VERSIONED(V2, V3) V3
#else
#define ESPALIER_VERSIONED(V2, V3) V2
#endif

#define ESPALIER_FUNCTIONS(F)             \
  F(dnnl_version)                         \
  F(dnnl_get_effective_cpu_isa)           \
  F(dnnl_engine_create)                   \
  F(dnnl_stream_create)                   \
  F(dnnl_stream_wait)                     \
  F(dnnl_primitive_attr_create)           \
  F(dnnl_primitive_attr_destroy)          \
  F(dnnl_primitive_attr_set_scratchpad_mode) \
  F(dnnl_primitive_desc_query)            \
  F(dnnl_primitive_desc_query_md)         \
  F(dnnl_primitive_desc_destroy)          \
  F(dnnl_primitive_create)                \
  F(dnnl_primitive_execute)               \
  F(dnnl_primitive_destroy)               \
  F(dnnl_memory_create)                   \
  F(dnnl_memory_set_data_handle)          \
  F(dnnl_memory_destroy)                  \
  F(dnnl_memory_desc_get_size)            \
  F(dnnl_memory_desc_equal)               \
  F(dnnl_reorder_primitive_desc_create)   \
  F(dnnl_sgemm)                           \
  ESPALIER_VERSIONED(ESPALIER_FUNCTIONS_V2, ESPALIER_FUNCTIONS_V3)(F)

#define ESPALIER_FUNCTIONS_V2(F)                      \
  F(dnnl_memory_desc_init_by_tag)                     \
  F(dnnl_memory_desc_init_by_strides)                 \
  F(dnnl_dilated_convolution_forward_desc_init)       \
  F(dnnl_dilated_convolution_backward_data_desc_init) \
  F(dnnl_dilated_convolution_backward_weights_desc_init) \
  F(dnnl_primitive_desc_create)

#define ESPALIER_FUNCTIONS_V3(F)                            \
  F(dnnl_memory_desc_create_with_tag)                       \
  F(dnnl_memory_desc_create_with_strides)                   \
  F(dnnl_memory_desc_destroy)                               \
  F(dnnl_convolution_forward_primitive_desc_create)         \
  F(dnnl_convolution_backward_data_primitive_desc_create)   \
  F(dnnl_convolution_backward_weights_primitive_desc_create)

/// Everything found in the opened library.
typedef struct {
#define ESPALIER_FIELD(NAME) __typeof__(&NAME) NAME;
  ESPALIER_FUNCTIONS(ESPALIER_FIELD)
#undef ESPALIER_FIELD
  dnnl_engine_t engine;
  dnnl_stream_t stream;
} espalier_library;

/// The opened library, or NULL. It computes on the calling thread; its stream may be used by several, as those of
/// processors keep nothing.
const espalier_library *espalier_library_open(void);

#endif

/// Rounds floats to bfloat16, to the nearest, ties to even.
void espalier_round(uint16_t *rounded, const float *values, int64_t count);

/// The number of the calling thread among those that do a job.
int espalier_thread_number(void);

/// Remembers a failure and returns it.
int espalier_note_status(int status);

#endif
