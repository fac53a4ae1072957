/*
 * The JPEG region decoder: reads only the rows and columns that a padded eye slot needs and stops there.
 *
 * Built against Debian's jpeglib.h but linked to the libjpeg-turbo inside libOpenCvSharpExtern.so, which was configured
 * with JPEG_LIB_VERSION 70. jpeg_CreateDecompress checks version and structure size, so a mismatch is an error, not a crash.
 *
 * The input is untrusted; jpeg_session.c says which warnings make a file unreadable. A single-scan file is decoded row by row and
 * left after the last needed row, so damage below it is never seen. In a single-scan Huffman file without restart markers the
 * library takes an invalid code for a zero and says nothing (its fast decoder, jdhuff.c); such damage is noticed where it runs into
 * a marker or the end, and nowhere else. OpenCV sees no more. A file with several scans is read whole first: any premature end or
 * damage is fatal, whatever the rows.
 *
 * Of a file of one scan its start may be enough. Nothing but success is said of a start, and only where the whole file gives the same:
 *   The library reads each byte once, in order; where they end it warns (jpeg_mem_src), which ends the decode. It asks how many are left
 *   at one place only, before each MCU: with fewer than FAST_BYTES a block it takes its slow decoder, which sees more damage. So a
 *   decode by the library that leaves as many unread is that of the whole file, step by step.
 *   Ours takes no code that ends less than LOOKED_AHEAD bytes before a cut (huffman_bytes.c); there it surrenders. What it takes are
 *   ordinary codes of the start, thus of the file, of which every decoder makes the same coefficients.
 * The headers are walked before (JpegHeader), and lie within the start, or the caller never comes here.
 *
 * Block smoothing is off. Where a progressive file's last scans were never sent, it guesses the missing coefficients from the blocks
 * around, and a region's rim has other blocks around it than the image's. What is stored are coefficients, missing ones being zero,
 * and pixels are their inverse transform, on this way as on any.
 */
#include "huffman.h"
#include "jpeg_session.h"
#include "rows.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(MESSAGE_BYTES >= JMSG_LENGTH_MAX, "the library's words fit into a message");

/* With fewer bytes left for a block the library reads an MCU by its slow decoder (jdhuff.c: BUFSIZE). */
#define FAST_BYTES (DCTSIZE2 * 8)

/* What decoding keeps from file to file, about 3.2 MB, of which an untouched part costs nothing. For one thread at a time. */
struct decoder { struct kept kept; struct huffman huffman; };

/* A part of an image, in pixels. */
struct area { int32_t x, y, width, height; };

/* The most bytes that the library may hold for the coefficients of a file with several scans, and the most of those. */
struct limits { int64_t memory; int32_t scans; };

/* One region of one file. */
struct job {
    const uint8_t *file;
    size_t length, whole;    /* bytes at hand, from the first on, and those of the whole file */
    struct area area;
    struct limits limits;
    struct needed needed;
    uint8_t *out;            /* rows of the region without gaps */
    size_t out_length;
};

/*
 * Ink to light, as OpenCV does it: files of four components hold inverted ink, 255 for none, whatever their Adobe marker says.
 */
static void bgr_from_cmyk(const uint8_t *ink, uint8_t *pixels, size_t count)
{
    for (size_t i = 0; i < count; i++, ink += 4, pixels += CHANNELS) {
        int cyan = ink[0], magenta = ink[1], yellow = ink[2], black = ink[3];
        pixels[2] = (uint8_t)(black - ((255 - cyan) * black >> 8));
        pixels[1] = (uint8_t)(black - ((255 - magenta) * black >> 8));
        pixels[0] = (uint8_t)(black - ((255 - yellow) * black >> 8));
    }
}

static void read_rows(j_decompress_ptr cinfo, const struct job *job, JSAMPROW scratch, size_t skip)
{
    size_t width = (size_t)job->area.width;
    for (int row = 0; row < job->area.height; row++) {
        uint8_t *out = job->out + (size_t)row * width * CHANNELS;
        if (jpeg_read_scanlines(cinfo, &scratch, 1) != 1) session_leave((j_common_ptr)cinfo, STATUS_PREMATURE_END);
        if (cinfo->out_color_space == JCS_CMYK) bgr_from_cmyk(scratch + 4 * skip, out, width);
        else memcpy(out, scratch + CHANNELS * skip, width * CHANNELS);
    }
}

static void skip_rows(j_decompress_ptr cinfo, JDIMENSION rows)
{
    if (rows > 0 && jpeg_skip_scanlines(cinfo, rows) != rows) session_leave((j_common_ptr)cinfo, STATUS_PREMATURE_END);
}

/* Without the library's last steps, which make two rows at a time: an odd first row begins with the one above, which is not kept. */
static void read_needed(j_decompress_ptr cinfo, const struct job *job, JSAMPROW scratch, int left)
{
    const struct area *a = &job->area;
    struct rows rows = { job->out, job->out + job->out_length, a->x, a->y, a->width, a->height, left, job->needed, { 0, 0 }, 0 };
    skip_rows(cinfo, (JDIMENSION)a->y & ~1u);
    rows_install(cinfo, &rows);
    for (JDIMENSION end = (JDIMENSION)(a->y + a->height); cinfo->output_scanline < end; )
        if (!jpeg_read_scanlines(cinfo, &scratch, end - cinfo->output_scanline)) session_leave((j_common_ptr)cinfo, STATUS_PREMATURE_END);
}

static int is_start(const struct job *job) { return job->length < job->whole; }

/* How many bytes of the file a decode needs that reads just as this one did. */
static size_t bytes_used(j_decompress_ptr cinfo, const struct job *job, int by_us)
{
    if (jpeg_has_multiple_scans(cinfo)) return job->whole;
    const uint8_t *reached = by_us ? huffman_reached(cinfo->client_data) : cinfo->src->next_input_byte;
    size_t used = (size_t)(reached - job->file) + (by_us ? 2 * LOOKED_AHEAD : FAST_BYTES * (size_t)cinfo->blocks_in_MCU);
    return used < job->whole ? used : job->whole;
}

static size_t read_region(j_decompress_ptr cinfo, struct kept *kept, const struct job *job)
{
    JDIMENSION left = (JDIMENSION)job->area.x, columns = (JDIMENSION)job->area.width, top = (JDIMENSION)job->area.y;
    /* Off the alignment at which the library writes past the caches: the row is read again at once. */
    size_t row_bytes = (size_t)cinfo->output_width * (size_t)cinfo->output_components + 4;
    JSAMPROW scratch = (JSAMPROW)(*cinfo->mem->alloc_large)((j_common_ptr)cinfo, JPOOL_IMAGE, row_bytes) + 4;
    jpeg_crop_scanline(cinfo, &left, &columns);
    struct request request = { left, columns, top, top + (JDIMENSION)job->area.height, job->needed, job->whole - job->length };
    int by_us = kept && huffman_install(cinfo, kept, &request);
    if (rows_can(cinfo)) read_needed(cinfo, job, scratch, (int)left);
    else {
        skip_rows(cinfo, top);
        read_rows(cinfo, job, scratch, (size_t)job->area.x - left);
    }
    size_t used = bytes_used(cinfo, job, by_us);
    if (is_start(job) && !by_us && used > job->length) session_leave((j_common_ptr)cinfo, STATUS_RAN_OUT);
    return used;
}

static int lies_inside(const struct area *a, JDIMENSION width, JDIMENSION height)
{
    return a->x >= 0 && a->y >= 0 && a->width > 0 && a->height > 0 &&
        (int64_t)a->x + a->width <= (int64_t)width && (int64_t)a->y + a->height <= (int64_t)height;
}

/* With kept: by our entropy decoder where it can. Returns the bytes used. */
static size_t decompress(j_decompress_ptr cinfo, struct session *s, struct kept *kept, const struct job *job)
{
    jpeg_create_decompress(cinfo);
    cinfo->mem->max_memory_to_use = (long)job->limits.memory;
    session_limit_scans(s, cinfo, job->limits.scans);
    jpeg_mem_src(cinfo, (unsigned char *)job->file, job->length);
    jpeg_read_header(cinfo, TRUE);
    if (!lies_inside(&job->area, cinfo->image_width, cinfo->image_height)) session_leave((j_common_ptr)cinfo, STATUS_BAD_REGION);
    cinfo->out_color_space = cinfo->num_components == 4 ? JCS_CMYK : JCS_EXT_BGR;
    cinfo->do_block_smoothing = FALSE;
    if (is_start(job) && jpeg_has_multiple_scans(cinfo)) session_leave((j_common_ptr)cinfo, STATUS_RAN_OUT);
    jpeg_start_decompress(cinfo);
    return read_region(cinfo, jpeg_has_multiple_scans(cinfo) ? NULL : kept, job);
}

static int try_region(struct decoder *decoder, const struct job *job, size_t *used, char *message, int fast)
{
    struct session s;
    struct jpeg_decompress_struct cinfo;
    jmp_buf surrender;
    memset(&cinfo, 0, sizeof cinfo);
    session_begin(&s, &cinfo.err);
    decoder->huffman.walks.surrender = &surrender;
    cinfo.client_data = &decoder->huffman;
    if (setjmp(s.leave)) {
        jpeg_destroy_decompress(&cinfo);
        memcpy(message, s.message, sizeof s.message);
        return s.status;
    }
    if (setjmp(surrender)) {
        jpeg_destroy_decompress(&cinfo);
        return STATUS_SURRENDERED;
    }

    *used = decompress(&cinfo, &s, fast ? &decoder->kept : NULL, job);
    jpeg_destroy_decompress(&cinfo); /* not jpeg_finish_decompress: what lies below is never read */
    return STATUS_OK;
}

/* A decoder, or NULL where there is no memory. Whoever asked for it frees it. */
EXPORT struct decoder *eyeslots_decoder_new(void) { return calloc(1, sizeof(struct decoder)); }

EXPORT void eyeslots_decoder_free(struct decoder *decoder) { free(decoder); }

/*
 * Decodes a region of a gray, YCbCr, RGB, CMYK or YCCK JPEG to BGR.
 *   length    of the file, or of its start, of which nothing but success is said: else it ran out
 *   whole     bytes of the whole file, at least length
 *   needed    four corners (x, y) around the only pixels that will be read, or NULL: all. The others may hold anything
 *   out       of out_length bytes; 3 * width * height are used
 *   used      receives how many bytes of the file were enough where it succeeds; all of them for a file of several scans
 *   message   of message_length bytes, at least 200; the library's words for STATUS_BROKEN
 * Returns a status. Rows and columns next to the region's rim may differ from a full decode where the rim is not the
 * image's: ask for a rim of 2 pixels and drop it.
 */
EXPORT int eyeslots_decoder_region(
    struct decoder *decoder, const uint8_t *file, size_t length, size_t whole, const struct area *area, const double *needed,
    const struct limits *limits, uint8_t *out, size_t out_length, size_t *used, char *message, size_t message_length)
{
    struct job job = { file, length, whole, *area, *limits, { needed }, out, out_length };
    if (message_length < MESSAGE_BYTES) return STATUS_NO_ROOM;
    message[0] = 0;
    if (area->x < 0 || area->y < 0 || area->width < 1 || area->height < 1 || limits->memory < 1 || whole < length) return STATUS_BAD_REGION;
    if (!lies_within(out_length, area->width, area->height, CHANNELS * (int64_t)area->width, 0)) return STATUS_NO_ROOM;
    int status = try_region(decoder, &job, used, message, 1);
    if (is_start(&job)) return status == STATUS_OK ? STATUS_OK : STATUS_RAN_OUT;
    return status == STATUS_SURRENDERED ? try_region(decoder, &job, used, message, 0) : status;
}
