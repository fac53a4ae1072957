/* The encoder of crops: writes into memory that is there, so that a face allocates nothing. */
#include "jpeg_session.h"

#include <string.h>

struct picture { const uint8_t *pixels; int width, height; int64_t stride; };

/* In place of the library's, which would go on in a buffer of its own. */
static boolean on_full_buffer(j_compress_ptr cinfo) { session_leave((j_common_ptr)cinfo, STATUS_NO_ROOM); }

static void compress(j_compress_ptr cinfo, const struct picture *p, int quality)
{
    cinfo->image_width = (JDIMENSION)p->width;
    cinfo->image_height = (JDIMENSION)p->height;
    cinfo->input_components = CHANNELS;
    cinfo->in_color_space = JCS_EXT_BGR;
    jpeg_set_defaults(cinfo);
    jpeg_set_quality(cinfo, quality, TRUE);
    jpeg_start_compress(cinfo, TRUE);
    for (int row = 0; row < p->height; row++) {
        JSAMPROW line = (JSAMPROW)(p->pixels + (int64_t)row * p->stride);
        jpeg_write_scanlines(cinfo, &line, 1);
    }
    jpeg_finish_compress(cinfo);
}

/*
 * Encodes BGR pixels as baseline JPEG, 4:2:0, with the standard Huffman tables.
 *   pixels    rows stride bytes apart, within length bytes
 *   out       of out_length bytes; *written are used
 * Returns a status; only STATUS_OK has written something.
 */
EXPORT int eyeslots_jpeg_encode(
    const uint8_t *pixels, size_t length, int width, int height, int64_t stride, int quality,
    uint8_t *out, size_t out_length, size_t *written)
{
    struct session s;
    struct jpeg_compress_struct cinfo;
    struct picture picture = { pixels, width, height, stride };
    unsigned char *target = out;
    unsigned long size = out_length;
    *written = 0;
    if (!lies_within(length, width, height, stride, 0) || !out_length) return STATUS_NO_ROOM;
    memset(&cinfo, 0, sizeof cinfo);
    session_begin(&s, &cinfo.err);
    if (setjmp(s.leave)) {
        jpeg_destroy_compress(&cinfo);
        return s.status;
    }

    jpeg_create_compress(&cinfo);
    jpeg_mem_dest(&cinfo, &target, &size);
    cinfo.dest->empty_output_buffer = on_full_buffer;
    compress(&cinfo, &picture, quality);
    jpeg_destroy_compress(&cinfo);
    *written = size;
    return STATUS_OK;
}
