/// A convolution of oneDNN for one number of images and channels, on one thread.
#ifndef ESPALIER_CONVOLUTION_KERNEL_H
#define ESPALIER_CONVOLUTION_KERNEL_H

#include "Library.h"

#ifdef ESPALIER_HAS_ONEDNN

#if ESPALIER_ONEDNN_V3
typedef const_dnnl_memory_desc_t description;
#else
typedef const dnnl_memory_desc_t *description;
#endif

/// What a convolution has in memory.
enum role { SOURCE, WEIGHTS, BIAS, DESTINATION, SCRATCH, ROLES };

typedef struct {
  dnnl_primitive_desc_t desc, pack_desc, unpack_desc;
  dnnl_primitive_t primitive, pack, unpack;

  /// The library's number for each role, 0 where it has none.
  int arguments[ROLES];
  int is_plain;
  size_t scratch_bytes, weight_bytes;
  const char *implementation;
} convolution_kernel;

/// Whether values in a role are bfloat16: operands of products are, results are not.
static inline int is_rounded(const espalier_convolution_shape *shape, int pass, enum role role) {
  if (shape->precision != ESPALIER_BFLOAT16) return 0;
  int is_result = pass == ESPALIER_BACKWARD_DATA      ? role == SOURCE
                  : pass == ESPALIER_BACKWARD_WEIGHTS ? role == WEIGHTS
                                                      : role == DESTINATION;
  return !is_result && (role == SOURCE || role == WEIGHTS || role == DESTINATION);
}

/// What a kernel computes; without code it cannot be executed. It has the weights in the layout of another one, if any, and finds plain ones of
/// `plain_inputs` inputs.
typedef struct {
  espalier_convolution_shape shape;
  int pass, has_bias, has_code;
  int64_t plain_inputs;
  const convolution_kernel *model;
} convolution_request;

convolution_kernel *espalier_kernel_create(const convolution_request *request);

void espalier_kernel_free(convolution_kernel *kernel);

/// The description of what plays a role.
description espalier_kernel_description(const convolution_kernel *kernel, enum role role);

/// The description of plain weights where they are reordered.
description espalier_kernel_plain(const convolution_kernel *kernel);

#endif

#endif
