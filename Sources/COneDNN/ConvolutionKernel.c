#include "ConvolutionKernel.h"

#include <stdlib.h>
#include <string.h>

#ifdef ESPALIER_HAS_ONEDNN

/// The descriptions of source, weights, bias and destination before a layout is chosen, and of plain weights.
typedef struct {
  dnnl_memory_desc_t created[ROLES];
  description of[DESTINATION + 1];
  description plain;
} descriptions;

/// Where plain weights stand among the created descriptions.
enum { PLAIN = SCRATCH };

#if ESPALIER_ONEDNN_V3
#define CREATE_BY_TAG dnnl_memory_desc_create_with_tag
#define CREATE_BY_STRIDES dnnl_memory_desc_create_with_strides
#define CREATED(D, ROLE) (D)->created[ROLE]
#else
#define CREATE_BY_TAG dnnl_memory_desc_init_by_tag
#define CREATE_BY_STRIDES dnnl_memory_desc_init_by_strides
#define CREATED(D, ROLE) &(D)->created[ROLE]
#endif

/// Describes plain weights, which may be some of the inputs of larger ones.
static int describe_plain(
    const espalier_library *dnnl, const convolution_request *request, int count,
    const dnnl_dims_t weights, descriptions *d) {
  const espalier_convolution_shape *s = &request->shape;
  int64_t inputs = s->input_channels / s->groups;
  int status;
  if (s->groups > 1 || request->plain_inputs == inputs) {
    status = dnnl->CREATE_BY_TAG(
        &d->created[PLAIN], count, weights, dnnl_f32, s->groups > 1 ? dnnl_goihw : dnnl_oihw);
  } else {
    int64_t window = s->kernel_height * s->kernel_width;
    dnnl_dims_t strides = {request->plain_inputs * window, window, s->kernel_width, 1};
    status = dnnl->CREATE_BY_STRIDES(&d->created[PLAIN], count, weights, dnnl_f32, strides);
  }
  d->plain = CREATED(d, PLAIN);
  return status;
}

static int describe(
    const espalier_library *dnnl, const convolution_request *request, descriptions *d) {
  const espalier_convolution_shape *s = &request->shape;
  memset(d, 0, sizeof *d);
  dnnl_dims_t source = {s->batch, s->input_channels, s->input_height, s->input_width};
  dnnl_dims_t destination = {s->batch, s->output_channels, s->output_height, s->output_width};
  dnnl_dims_t bias = {s->output_channels};
  dnnl_data_type_t types[ROLES];
  for (enum role role = SOURCE; role < ROLES; role++) {
    types[role] = is_rounded(s, request->pass, role) ? dnnl_bf16 : dnnl_f32;
  }
  int status = dnnl->CREATE_BY_TAG(&d->created[SOURCE], 4, source, types[SOURCE], dnnl_nhwc);
  d->of[SOURCE] = CREATED(d, SOURCE);
  status |= dnnl->CREATE_BY_TAG(
      &d->created[DESTINATION], 4, destination, types[DESTINATION], dnnl_nhwc);
  d->of[DESTINATION] = CREATED(d, DESTINATION);
  if (request->has_bias) {
    status |= dnnl->CREATE_BY_TAG(&d->created[BIAS], 1, bias, dnnl_f32, dnnl_x);
    d->of[BIAS] = CREATED(d, BIAS);
  }
  int64_t inputs = s->input_channels / s->groups, outputs = s->output_channels / s->groups;
  int count = s->groups > 1 ? 5 : 4;
  dnnl_dims_t alone = {outputs, inputs, s->kernel_height, s->kernel_width};
  dnnl_dims_t grouped = {s->groups, outputs, inputs, s->kernel_height, s->kernel_width};
  const dnnl_dim_t *weights = s->groups > 1 ? grouped : alone;
  status |= dnnl->CREATE_BY_TAG(
      &d->created[WEIGHTS], count, weights, types[WEIGHTS], dnnl_format_tag_any);
  d->of[WEIGHTS] = request->model != NULL ? espalier_kernel_description(request->model, WEIGHTS)
                                          : CREATED(d, WEIGHTS);
  return status | describe_plain(dnnl, request, count, weights, d);
}

static void forget(const espalier_library *dnnl, descriptions *d) {
#if ESPALIER_ONEDNN_V3
  for (int i = 0; i < ROLES; i++) {
    if (d->created[i] != NULL) dnnl->dnnl_memory_desc_destroy(d->created[i]);
  }
#endif
}

/// Creates the description of one pass; backward passes want the forward one as `hint`.
static int create_desc(
    const espalier_library *dnnl, const espalier_convolution_shape *s, int pass,
    const descriptions *d, dnnl_primitive_attr_t attributes, dnnl_primitive_desc_t hint,
    dnnl_primitive_desc_t *result) {
  dnnl_dims_t strides = {s->stride_height, s->stride_width};
  dnnl_dims_t dilations = {s->dilation_height - 1, s->dilation_width - 1};
  dnnl_dims_t before = {s->pad_top, s->pad_left};
  dnnl_dims_t after = {s->pad_bottom, s->pad_right};
  const description x = d->of[SOURCE], w = d->of[WEIGHTS], b = d->of[BIAS], y = d->of[DESTINATION];
  dnnl_prop_kind_t kind =
      pass == ESPALIER_FORWARD_INFERENCE ? dnnl_forward_inference : dnnl_forward_training;
#if ESPALIER_ONEDNN_V3
  if (pass == ESPALIER_BACKWARD_DATA) {
    return dnnl->dnnl_convolution_backward_data_primitive_desc_create(
        result, dnnl->engine, dnnl_convolution_direct, x, w, y, strides, dilations, before, after,
        hint, attributes);
  }
  if (pass == ESPALIER_BACKWARD_WEIGHTS) {
    return dnnl->dnnl_convolution_backward_weights_primitive_desc_create(
        result, dnnl->engine, dnnl_convolution_direct, x, w, b, y, strides, dilations, before,
        after, hint, attributes);
  }
  return dnnl->dnnl_convolution_forward_primitive_desc_create(
      result, dnnl->engine, kind, dnnl_convolution_direct, x, w, b, y, strides, dilations, before,
      after, attributes);
#else
  dnnl_convolution_desc_t operation;
  int status;
  if (pass == ESPALIER_BACKWARD_DATA) {
    status = dnnl->dnnl_dilated_convolution_backward_data_desc_init(
        &operation, dnnl_convolution_direct, x, w, y, strides, dilations, before, after);
  } else if (pass == ESPALIER_BACKWARD_WEIGHTS) {
    status = dnnl->dnnl_dilated_convolution_backward_weights_desc_init(
        &operation, dnnl_convolution_direct, x, w, b, y, strides, dilations, before, after);
  } else {
    status = dnnl->dnnl_dilated_convolution_forward_desc_init(
        &operation, kind, dnnl_convolution_direct, x, w, b, y, strides, dilations, before, after);
  }
  if (status != 0) return status;
  return dnnl->dnnl_primitive_desc_create(result, &operation, attributes, dnnl->engine, hint);
#endif
}

/// Creates the description of a forward pass, of which a backward one wants to know.
static int create_hint(
    const espalier_library *dnnl, const convolution_request *request,
    dnnl_primitive_attr_t attributes, dnnl_primitive_desc_t *hint) {
  convolution_request forward = *request;
  forward.pass = ESPALIER_FORWARD_TRAINING;
  forward.model = NULL;
  descriptions d;
  int status = describe(dnnl, &forward, &d);
  if (status == 0) {
    status = create_desc(dnnl, &forward.shape, forward.pass, &d, attributes, NULL, hint);
  }
  forget(dnnl, &d);
  return status;
}

/// The library's numbers for what plays each role in a pass.
static void number(convolution_kernel *kernel, int pass, int has_bias) {
  int to_data = pass == ESPALIER_BACKWARD_DATA, to_weights = pass == ESPALIER_BACKWARD_WEIGHTS;
  kernel->arguments[SOURCE] = to_data ? DNNL_ARG_DIFF_SRC : DNNL_ARG_SRC;
  kernel->arguments[DESTINATION] = to_data || to_weights ? DNNL_ARG_DIFF_DST : DNNL_ARG_DST;
  kernel->arguments[WEIGHTS] = to_weights ? DNNL_ARG_DIFF_WEIGHTS : DNNL_ARG_WEIGHTS;
  if (has_bias) kernel->arguments[BIAS] = to_weights ? DNNL_ARG_DIFF_BIAS : DNNL_ARG_BIAS;
}

description espalier_kernel_description(const convolution_kernel *kernel, enum role role) {
  const espalier_library *dnnl = espalier_library_open();
  if (dnnl == NULL) return NULL;
  return dnnl->dnnl_primitive_desc_query_md(
      kernel->desc, dnnl_query_exec_arg_md, kernel->arguments[role]);
}

description espalier_kernel_plain(const convolution_kernel *kernel) {
  const espalier_library *dnnl = espalier_library_open();
  if (dnnl == NULL) return NULL;
  if (kernel->pack_desc != NULL) {
    return dnnl->dnnl_primitive_desc_query_md(
        kernel->pack_desc, dnnl_query_exec_arg_md, DNNL_ARG_FROM);
  }
  if (kernel->unpack_desc == NULL) return NULL;
  return dnnl->dnnl_primitive_desc_query_md(
      kernel->unpack_desc, dnnl_query_exec_arg_md, DNNL_ARG_TO);
}

/// Creates a reordering of weights that several threads may do at the same time: one without working memory.
static int create_reorder(
    const espalier_library *dnnl, description from, description to,
    const_dnnl_primitive_attr_t attributes, dnnl_primitive_desc_t *desc, dnnl_primitive_t *result,
    int has_code) {
  int status = dnnl->dnnl_reorder_primitive_desc_create(
      desc, from, dnnl->engine, to, dnnl->engine, attributes);
  if (status != 0) return status;
  description scratch = dnnl->dnnl_primitive_desc_query_md(*desc, dnnl_query_scratchpad_md, 0);
  if (scratch != NULL && dnnl->dnnl_memory_desc_get_size(scratch) > 0) return dnnl_unimplemented;
  return has_code ? dnnl->dnnl_primitive_create(result, *desc) : 0;
}

/// Finds out what the chosen implementation needs.
static int measure(
    const espalier_library *dnnl, convolution_kernel *kernel, const convolution_request *request,
    const descriptions *d, const_dnnl_primitive_attr_t attributes) {
  number(kernel, request->pass, request->has_bias);
  description weights = espalier_kernel_description(kernel, WEIGHTS);
  if (weights == NULL) return dnnl_invalid_arguments;
  description scratch =
      dnnl->dnnl_primitive_desc_query_md(kernel->desc, dnnl_query_scratchpad_md, 0);
  if (scratch != NULL) kernel->scratch_bytes = dnnl->dnnl_memory_desc_get_size(scratch);
  if (kernel->scratch_bytes > 0) kernel->arguments[SCRATCH] = DNNL_ARG_SCRATCHPAD;
  kernel->weight_bytes = dnnl->dnnl_memory_desc_get_size(weights);
  kernel->is_plain = dnnl->dnnl_memory_desc_equal(weights, d->plain);
  if (kernel->is_plain) return 0;
  if (request->pass == ESPALIER_BACKWARD_WEIGHTS) {
    return create_reorder(
        dnnl, weights, d->plain, attributes, &kernel->unpack_desc, &kernel->unpack,
        request->has_code);
  }
  return create_reorder(
      dnnl, d->plain, weights, attributes, &kernel->pack_desc, &kernel->pack, request->has_code);
}

convolution_kernel *espalier_kernel_create(const convolution_request *request) {
  const espalier_library *dnnl = espalier_library_open();
  if (dnnl == NULL) return NULL;
  convolution_kernel *kernel = calloc(1, sizeof *kernel);
  if (kernel == NULL) return NULL;
  descriptions d;
  int pass = request->pass;
  dnnl_primitive_attr_t attributes = NULL;
  dnnl_primitive_desc_t hint = NULL;
  int status = describe(dnnl, request, &d);
  if (status == 0) status = dnnl->dnnl_primitive_attr_create(&attributes);
  if (status == 0) {
    status = dnnl->dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user);
  }
  const espalier_convolution_shape *shape = &request->shape;
  if (status == 0 && (pass == ESPALIER_BACKWARD_DATA || pass == ESPALIER_BACKWARD_WEIGHTS)) {
    status = create_hint(dnnl, request, attributes, &hint);
  }
  if (status == 0) status = create_desc(dnnl, shape, pass, &d, attributes, hint, &kernel->desc);
  if (status == 0) {
    status = dnnl->dnnl_primitive_desc_query(
        kernel->desc, dnnl_query_impl_info_str, 0, &kernel->implementation);
  }
  if (status == 0) status = measure(dnnl, kernel, request, &d, attributes);
  if (status == 0 && request->has_code) {
    status = dnnl->dnnl_primitive_create(&kernel->primitive, kernel->desc);
  }
  if (hint != NULL) dnnl->dnnl_primitive_desc_destroy(hint);
  if (attributes != NULL) dnnl->dnnl_primitive_attr_destroy(attributes);
  forget(dnnl, &d);
  if (espalier_note_status(status) == 0) return kernel;
  espalier_kernel_free(kernel);
  return NULL;
}

void espalier_kernel_free(convolution_kernel *kernel) {
  const espalier_library *dnnl = espalier_library_open();
  if (kernel == NULL || dnnl == NULL) return;
  dnnl_primitive_t primitives[] = {kernel->primitive, kernel->pack, kernel->unpack};
  dnnl_primitive_desc_t descs[] = {kernel->desc, kernel->pack_desc, kernel->unpack_desc};
  for (int i = 0; i < 3; i++) {
    if (primitives[i] != NULL) dnnl->dnnl_primitive_destroy(primitives[i]);
    if (descs[i] != NULL) dnnl->dnnl_primitive_desc_destroy(descs[i]);
  }
  free(kernel);
}

#endif
