#include "CImages.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

/// Bytes that a chunk beside the image may take: profiles and texts are skipped, a palette is small.
enum { LARGEST_CHUNK = 8 << 20 };

/// What is in the making, where a failure finds it.
typedef struct {
  espalier_image_file file;
  size_t position;
  png_structp png;
  png_infop info;
  jmp_buf failure;
  espalier_image_error *error;
} reading;

static void fail(png_structp png, png_const_charp words) {
  reading *reading = png_get_error_ptr(png);
  snprintf(reading->error->words, sizeof reading->error->words, "%s", words);
  longjmp(reading->failure, 1);
}

static void ignore(png_structp png, png_const_charp words) {
  (void)png;
  (void)words;
}

static void take(png_structp png, png_bytep target, size_t count) {
  reading *reading = png_get_io_ptr(png);
  if (count > reading->file.count - reading->position) png_error(png, "the file ends early");
  memcpy(target, reading->file.bytes + reading->position, count);
  reading->position += count;
}

/// Reads the file up to its samples, which are asked for as 8 or 16 bits of one to four channels.
static void begin(reading *reading, espalier_image *image) {
  png_structp png = reading->png;
  png_set_read_fn(png, reading, take);
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_chunk_malloc_max(png, LARGEST_CHUNK);
  png_set_benign_errors(png, 1);
  png_read_info(png, reading->info);
  png_set_expand(png);
  const uint16_t one = 1;
  if (*(const uint8_t *)&one == 1) png_set_swap(png);
  png_set_interlace_handling(png);
  image->width = png_get_image_width(png, reading->info);
  image->height = png_get_image_height(png, reading->info);
  int color = png_get_color_type(png, reading->info);
  int has_alpha =
      (color & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid(png, reading->info, PNG_INFO_tRNS) != 0;
  image->channels = ((color & PNG_COLOR_MASK_COLOR) != 0 ? 3 : 1) + (has_alpha ? 1 : 0);
  image->depth = png_get_bit_depth(png, reading->info) == 16 ? 16 : 8;
  image->is_cmyk = 0;
}

static void read_samples(reading *reading, espalier_image wanted, uint8_t *samples) {
  espalier_image image;
  begin(reading, &image);
  png_read_update_info(reading->png, reading->info);
  size_t row = (size_t)wanted.width * wanted.channels * (wanted.depth / 8);
  if (image.width != wanted.width || image.height != wanted.height ||
      image.channels != wanted.channels || image.depth != wanted.depth ||
      png_get_rowbytes(reading->png, reading->info) != row)
    png_error(reading->png, "the samples are not those described");
  int passes = png_get_interlace_type(reading->png, reading->info) == PNG_INTERLACE_NONE ? 1 : 7;
  for (int pass = 0; pass < passes; pass++)
    for (size_t y = 0; y < image.height; y++) png_read_row(reading->png, samples + y * row, NULL);
}

/// Describes an image, or reads its samples where there is room for them.
static int run(
    espalier_image_file file, espalier_image *image, void *samples, espalier_image_error *error) {
  reading reading = {.file = file, .error = error};
  snprintf(error->words, sizeof error->words, "no memory to read it");
  reading.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reading, fail, ignore);
  if (reading.png == NULL) return 1;
  reading.info = png_create_info_struct(reading.png);
  if (reading.info == NULL || setjmp(reading.failure) != 0) {
    png_destroy_read_struct(&reading.png, &reading.info, NULL);
    return 1;
  }
  if (samples == NULL)
    begin(&reading, image);
  else
    read_samples(&reading, *image, samples);
  png_destroy_read_struct(&reading.png, &reading.info, NULL);
  return 0;
}

int espalier_png_describe(
    espalier_image_file file, espalier_image *image, espalier_image_error *error) {
  return run(file, image, NULL, error);
}

int espalier_png_read(
    espalier_image_file file, espalier_image image, void *samples, espalier_image_error *error) {
  return run(file, &image, samples, error);
}
