#include "Library.h"

#include <stdlib.h>
#include <string.h>

#ifdef ESPALIER_HAS_ONEDNN

#if ESPALIER_ONEDNN_V3
typedef const_dnnl_memory_desc_t description;
#else
typedef const dnnl_memory_desc_t *description;
#endif

enum { SOURCE, WEIGHTS, BIAS, DESTINATION, SCRATCH, MEMORIES };

struct espalier_convolution {
  dnnl_primitive_desc_t desc, pack_desc, unpack_desc;
  dnnl_primitive_t primitive, pack, unpack;
  dnnl_memory_t memory[MEMORIES];
  dnnl_memory_t plain;
  dnnl_exec_arg_t arguments[MEMORIES];
  int argument_count;
  int is_plain;
  size_t scratch_bytes, weight_bytes;
  const char *implementation;
};

/// The descriptions of source, weights, bias and destination before a layout is chosen.
typedef struct {
#if ESPALIER_ONEDNN_V3
  dnnl_memory_desc_t of[DESTINATION + 1];
  dnnl_memory_desc_t plain;
#else
  dnnl_memory_desc_t storage[DESTINATION + 1];
  dnnl_memory_desc_t plain_storage;
  description of[DESTINATION + 1];
  description plain;
#endif
} descriptions;

#if ESPALIER_ONEDNN_V3
#define DESCRIBE(TARGET, STORAGE, N, DIMS, TAG) \
  status |= dnnl->dnnl_memory_desc_create_with_tag(&TARGET, N, DIMS, dnnl_f32, TAG)
#else
#define DESCRIBE(TARGET, STORAGE, N, DIMS, TAG)                                          \
  do {                                                                                   \
    status |= dnnl->dnnl_memory_desc_init_by_tag(&STORAGE, N, DIMS, dnnl_f32, TAG);      \
    TARGET = &STORAGE;                                                                   \
  } while (0)
#endif

static int describe(
    const espalier_library *dnnl, const espalier_convolution_shape *s, int has_bias,
    descriptions *d) {
  int status = 0;
  memset(d, 0, sizeof *d);
  dnnl_dims_t source = {s->batch, s->input_channels, s->input_height, s->input_width};
  dnnl_dims_t destination = {s->batch, s->output_channels, s->output_height, s->output_width};
  dnnl_dims_t bias = {s->output_channels};
  DESCRIBE(d->of[SOURCE], d->storage[SOURCE], 4, source, dnnl_nhwc);
  DESCRIBE(d->of[DESTINATION], d->storage[DESTINATION], 4, destination, dnnl_nhwc);
  if (has_bias) DESCRIBE(d->of[BIAS], d->storage[BIAS], 1, bias, dnnl_x);
  int64_t inputs = s->input_channels / s->groups, outputs = s->output_channels / s->groups;
  if (s->groups > 1) {
    dnnl_dims_t weights = {s->groups, outputs, inputs, s->kernel_height, s->kernel_width};
    DESCRIBE(d->of[WEIGHTS], d->storage[WEIGHTS], 5, weights, dnnl_format_tag_any);
    DESCRIBE(d->plain, d->plain_storage, 5, weights, dnnl_goihw);
  } else {
    dnnl_dims_t weights = {outputs, inputs, s->kernel_height, s->kernel_width};
    DESCRIBE(d->of[WEIGHTS], d->storage[WEIGHTS], 4, weights, dnnl_format_tag_any);
    DESCRIBE(d->plain, d->plain_storage, 4, weights, dnnl_oihw);
  }
  return status;
}

static void forget(const espalier_library *dnnl, descriptions *d) {
#if ESPALIER_ONEDNN_V3
  for (int i = 0; i <= DESTINATION; i++) {
    if (d->of[i] != NULL) dnnl->dnnl_memory_desc_destroy(d->of[i]);
  }
  if (d->plain != NULL) dnnl->dnnl_memory_desc_destroy(d->plain);
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

static description query(
    const espalier_library *dnnl, const espalier_convolution *c, dnnl_query_t what) {
  return dnnl->dnnl_primitive_desc_query_md(c->desc, what, 0);
}

static int create_memory(
    const espalier_library *dnnl, espalier_convolution *c, int role, int argument, description of) {
  if (of == NULL) return dnnl_invalid_arguments;
  int status = dnnl->dnnl_memory_create(&c->memory[role], of, dnnl->engine, NULL);
  c->arguments[c->argument_count].arg = argument;
  c->arguments[c->argument_count].memory = c->memory[role];
  c->argument_count++;
  return status;
}

static int create_memories(
    const espalier_library *dnnl, espalier_convolution *c, int pass, const descriptions *d,
    int has_bias) {
  int to_data = pass == ESPALIER_BACKWARD_DATA, to_weights = pass == ESPALIER_BACKWARD_WEIGHTS;
  int status = create_memory(
      dnnl, c, SOURCE, to_data ? DNNL_ARG_DIFF_SRC : DNNL_ARG_SRC, d->of[SOURCE]);
  status |= create_memory(
      dnnl, c, DESTINATION, to_data || to_weights ? DNNL_ARG_DIFF_DST : DNNL_ARG_DST,
      d->of[DESTINATION]);
  description weights =
      query(dnnl, c, to_weights ? dnnl_query_diff_weights_md : dnnl_query_weights_md);
  status |= create_memory(
      dnnl, c, WEIGHTS, to_weights ? DNNL_ARG_DIFF_WEIGHTS : DNNL_ARG_WEIGHTS, weights);
  if (has_bias) {
    status |= create_memory(
        dnnl, c, BIAS, to_weights ? DNNL_ARG_DIFF_BIAS : DNNL_ARG_BIAS, d->of[BIAS]);
  }
  description scratch = query(dnnl, c, dnnl_query_scratchpad_md);
  if (scratch != NULL) c->scratch_bytes = dnnl->dnnl_memory_desc_get_size(scratch);
  if (c->scratch_bytes > 0) status |= create_memory(dnnl, c, SCRATCH, DNNL_ARG_SCRATCHPAD, scratch);
  if (status != 0) return status;
  c->weight_bytes = dnnl->dnnl_memory_desc_get_size(weights);
  c->is_plain = dnnl->dnnl_memory_desc_equal(weights, d->plain);
  status = dnnl->dnnl_memory_create(&c->plain, d->plain, dnnl->engine, NULL);
  if (status != 0 || c->is_plain) return status;
  if (to_weights) {
    status = dnnl->dnnl_reorder_primitive_desc_create(
        &c->unpack_desc, weights, dnnl->engine, d->plain, dnnl->engine, NULL);
    return status != 0 ? status : dnnl->dnnl_primitive_create(&c->unpack, c->unpack_desc);
  }
  status = dnnl->dnnl_reorder_primitive_desc_create(
      &c->pack_desc, d->plain, dnnl->engine, weights, dnnl->engine, NULL);
  return status != 0 ? status : dnnl->dnnl_primitive_create(&c->pack, c->pack_desc);
}

/// With code it can be executed; without, it is known what it would take.
static espalier_convolution *create(
    const espalier_convolution_shape *shape, int pass, int has_bias, int with_code) {
  const espalier_library *dnnl = espalier_library_open();
  if (dnnl == NULL) return NULL;
  if (pass == ESPALIER_BACKWARD_DATA) has_bias = 0;
  espalier_convolution *c = calloc(1, sizeof *c);
  if (c == NULL) return NULL;
  descriptions d;
  dnnl_primitive_attr_t attributes = NULL;
  dnnl_primitive_desc_t hint = NULL;
  int status = describe(dnnl, shape, has_bias, &d);
  if (status == 0) status = dnnl->dnnl_primitive_attr_create(&attributes);
  if (status == 0) {
    status = dnnl->dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user);
  }
  if (status == 0 && (pass == ESPALIER_BACKWARD_DATA || pass == ESPALIER_BACKWARD_WEIGHTS)) {
    status = create_desc(dnnl, shape, ESPALIER_FORWARD_TRAINING, &d, attributes, NULL, &hint);
  }
  if (status == 0) status = create_desc(dnnl, shape, pass, &d, attributes, hint, &c->desc);
  if (status == 0) {
    status = dnnl->dnnl_primitive_desc_query(
        c->desc, dnnl_query_impl_info_str, 0, &c->implementation);
  }
  if (status == 0) status = create_memories(dnnl, c, pass, &d, has_bias);
  if (status == 0 && with_code) status = dnnl->dnnl_primitive_create(&c->primitive, c->desc);
  if (hint != NULL) dnnl->dnnl_primitive_desc_destroy(hint);
  if (attributes != NULL) dnnl->dnnl_primitive_attr_destroy(attributes);
  forget(dnnl, &d);
  if (espalier_note_status(status) == 0) return c;
  espalier_convolution_free(c);
  return NULL;
}

espalier_convolution *espalier_convolution_create(
    const espalier_convolution_shape *shape, int pass, int has_bias) {
  return create(shape, pass, has_bias, 1);
}

espalier_convolution *espalier_convolution_describe(
    const espalier_convolution_shape *shape, int pass, int has_bias) {
  return create(shape, pass, has_bias, 0);
}

void espalier_convolution_free(espalier_convolution *c) {
  const espalier_library *dnnl = espalier_library_open();
  if (c == NULL || dnnl == NULL) return;
  dnnl_primitive_t primitives[] = {c->primitive, c->pack, c->unpack};
  dnnl_primitive_desc_t descs[] = {c->desc, c->pack_desc, c->unpack_desc};
  for (int i = 0; i < 3; i++) {
    if (primitives[i] != NULL) dnnl->dnnl_primitive_destroy(primitives[i]);
    if (descs[i] != NULL) dnnl->dnnl_primitive_desc_destroy(descs[i]);
  }
  for (int i = 0; i < MEMORIES; i++) {
    if (c->memory[i] != NULL) dnnl->dnnl_memory_destroy(c->memory[i]);
  }
  if (c->plain != NULL) dnnl->dnnl_memory_destroy(c->plain);
  free(c);
}

int espalier_convolution_bind(
    espalier_convolution *c, void *source, void *weights, void *bias, void *destination,
    void *plain, void *scratch) {
  const espalier_library *dnnl = espalier_library_open();
  if (dnnl == NULL) return dnnl_unimplemented;
  void *handles[MEMORIES] = {source, weights, bias, destination, scratch};
  int status = 0;
  for (int i = 0; i < MEMORIES; i++) {
    if (c->memory[i] != NULL) {
      status |= dnnl->dnnl_memory_set_data_handle(c->memory[i], handles[i]);
    }
  }
  status |= dnnl->dnnl_memory_set_data_handle(c->plain, plain);
  return espalier_note_status(status);
}

static int reorder(dnnl_primitive_t primitive, dnnl_memory_t from, dnnl_memory_t to) {
  const espalier_library *dnnl = espalier_library_open();
  if (dnnl == NULL || primitive == NULL) return 0;
  dnnl_exec_arg_t arguments[] = {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}};
  return espalier_note_status(
      dnnl->dnnl_primitive_execute(primitive, dnnl->stream, 2, arguments));
}

int espalier_convolution_pack(const espalier_convolution *c) {
  return reorder(c->pack, c->plain, c->memory[WEIGHTS]);
}

int espalier_convolution_unpack(const espalier_convolution *c) {
  return reorder(c->unpack, c->memory[WEIGHTS], c->plain);
}

int espalier_convolution_execute(const espalier_convolution *c) {
  const espalier_library *dnnl = espalier_library_open();
  if (dnnl == NULL || c->primitive == NULL) return dnnl_unimplemented;
  return espalier_note_status(dnnl->dnnl_primitive_execute(
      c->primitive, dnnl->stream, c->argument_count, c->arguments));
}

const char *espalier_convolution_implementation(const espalier_convolution *c) {
  return c->implementation;
}

size_t espalier_convolution_scratch_bytes(const espalier_convolution *c) {
  return c->scratch_bytes;
}

size_t espalier_convolution_weight_bytes(const espalier_convolution *c) { return c->weight_bytes; }

int espalier_convolution_weights_are_plain(const espalier_convolution *c) { return c->is_plain; }

#else

espalier_convolution *espalier_convolution_create(
    const espalier_convolution_shape *shape, int pass, int has_bias) {
  return NULL;
}
espalier_convolution *espalier_convolution_describe(
    const espalier_convolution_shape *shape, int pass, int has_bias) {
  return NULL;
}
void espalier_convolution_free(espalier_convolution *c) {}
int espalier_convolution_bind(
    espalier_convolution *c, void *source, void *weights, void *bias, void *destination,
    void *plain, void *scratch) {
  return 1;
}
int espalier_convolution_pack(const espalier_convolution *c) { return 1; }
int espalier_convolution_unpack(const espalier_convolution *c) { return 1; }
int espalier_convolution_execute(const espalier_convolution *c) { return 1; }
const char *espalier_convolution_implementation(const espalier_convolution *c) { return ""; }
size_t espalier_convolution_scratch_bytes(const espalier_convolution *c) { return 0; }
size_t espalier_convolution_weight_bytes(const espalier_convolution *c) { return 0; }
int espalier_convolution_weights_are_plain(const espalier_convolution *c) { return 0; }

#endif
