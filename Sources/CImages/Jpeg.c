#include "CImages.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

/// Scans of a progressive file that are read; more only serve to keep a machine busy.
enum { MOST_SCANS = 200 };

/// What is in the making, where a failure finds it.
typedef struct {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr manager;
  struct jpeg_progress_mgr progress;
  jmp_buf failure;
  espalier_image_error *error;
} reading;

static void fail_with(reading *reading, const char *words) {
  snprintf(reading->error->words, sizeof reading->error->words, "%s", words);
  longjmp(reading->failure, 1);
}

static void fail(j_common_ptr jpeg) {
  char words[JMSG_LENGTH_MAX];
  jpeg->err->format_message(jpeg, words);
  fail_with(jpeg->client_data, words);
}

static void ignore(j_common_ptr jpeg, int level) {
  (void)jpeg;
  (void)level;
}

static boolean want_more(j_decompress_ptr jpeg) {
  fail_with(jpeg->client_data, "the file ends early");
  return FALSE;
}

static void count_scans(j_common_ptr jpeg) {
  if (((j_decompress_ptr)jpeg)->input_scan_number > MOST_SCANS)
    fail_with(jpeg->client_data, "more than 200 scans");
}

/// Reads the file up to its samples, which are asked for as grey, or red, green and blue.
static void begin(reading *reading, espalier_image_file file, espalier_image *image) {
  j_decompress_ptr jpeg = &reading->jpeg;
  jpeg_create_decompress(jpeg);
  jpeg->client_data = reading;
  jpeg->progress = &reading->progress;
  jpeg_mem_src(jpeg, (unsigned char *)file.bytes, file.count);
  jpeg->src->fill_input_buffer = want_more;
  jpeg_read_header(jpeg, TRUE);
  image->width = jpeg->image_width;
  image->height = jpeg->image_height;
  image->depth = 8;
  image->is_cmyk =
      jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK;
  int is_grey = jpeg->jpeg_color_space == JCS_GRAYSCALE;
  image->channels = is_grey ? 1 : 3;
  if (!image->is_cmyk) jpeg->out_color_space = is_grey ? JCS_GRAYSCALE : JCS_RGB;
}

static void read_samples(
    reading *reading, espalier_image_file file, espalier_image wanted, uint8_t *samples) {
  espalier_image image;
  begin(reading, file, &image);
  jpeg_start_decompress(&reading->jpeg);
  if (image.is_cmyk || reading->jpeg.output_width != wanted.width ||
      reading->jpeg.output_height != wanted.height ||
      (uint32_t)reading->jpeg.output_components != wanted.channels || wanted.depth != 8)
    fail_with(reading, "the samples are not those described");
  size_t row = (size_t)wanted.width * wanted.channels;
  while (reading->jpeg.output_scanline < reading->jpeg.output_height) {
    JSAMPROW target = samples + reading->jpeg.output_scanline * row;
    jpeg_read_scanlines(&reading->jpeg, &target, 1);
  }
}

/// Describes an image, or reads its samples where there is room for them.
static int run(
    espalier_image_file file, espalier_image *image, void *samples, espalier_image_error *error) {
  reading reading;
  memset(&reading, 0, sizeof reading);
  reading.error = error;
  reading.jpeg.err = jpeg_std_error(&reading.manager);
  reading.jpeg.client_data = &reading;
  reading.manager.error_exit = fail;
  reading.manager.emit_message = ignore;
  reading.progress.progress_monitor = count_scans;
  if (setjmp(reading.failure) != 0) {
    jpeg_destroy_decompress(&reading.jpeg);
    return 1;
  }
  if (samples == NULL)
    begin(&reading, file, image);
  else
    read_samples(&reading, file, *image, samples);
  jpeg_destroy_decompress(&reading.jpeg);
  return 0;
}

int espalier_jpeg_describe(
    espalier_image_file file, espalier_image *image, espalier_image_error *error) {
  return run(file, image, NULL, error);
}

int espalier_jpeg_read(
    espalier_image_file file, espalier_image image, void *samples, espalier_image_error *error) {
  return run(file, &image, samples, error);
}
