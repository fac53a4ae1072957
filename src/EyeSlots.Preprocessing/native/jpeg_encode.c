/* The encoder of crops: writes into memory that is there, so that a face allocates nothing. */
#include "encode.h"
#include "jpeg_session.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define MOST_QUALITY 100

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

/* Encodes by the library; to learn, if any, receives what the quality needs. */
static int encode_by_library(const struct picture *picture, int quality, uint8_t *out, size_t out_length, size_t *written, struct quality *learn)
{
    struct session s;
    struct jpeg_compress_struct cinfo;
    unsigned char *target = out;
    unsigned long size = out_length;
    memset(&cinfo, 0, sizeof cinfo);
    session_begin(&s, &cinfo.err);
    if (setjmp(s.leave)) {
        jpeg_destroy_compress(&cinfo);
        return s.status;
    }

    jpeg_create_compress(&cinfo);
    jpeg_mem_dest(&cinfo, &target, &size);
    cinfo.dest->empty_output_buffer = on_full_buffer;
    compress(&cinfo, picture, quality);
    int status = STATUS_OK;
#ifdef ENCODES_FAST
    if (learn && !encode_prepare(learn, &cinfo, out, size)) status = STATUS_BROKEN;
#else
    (void)learn;
#endif
    jpeg_destroy_compress(&cinfo);
    *written = size;
    return status;
}

#ifdef ENCODES_FAST
/* What a quality needs: learnt once, for all threads, and kept. NULL where that is not possible. */
static const struct quality *quality_of(int quality)
{
    static _Atomic(struct quality *) known[MOST_QUALITY + 1];
    struct quality *there = atomic_load_explicit(&known[quality], memory_order_acquire);
    if (there) return there;
    uint8_t black[CHANNELS] = { 0 }, file[2 * MOST_HEADER];
    struct picture smallest = { black, 1, 1, CHANNELS };
    size_t written;
    struct quality *learnt = malloc(sizeof *learnt);
    if (!learnt || encode_by_library(&smallest, quality, file, sizeof file, &written, learnt) != STATUS_OK) {
        free(learnt);
        return NULL;
    }
    if (atomic_compare_exchange_strong_explicit(&known[quality], &there, learnt, memory_order_acq_rel, memory_order_acquire)) return learnt;
    free(learnt);
    return there;
}
#endif

/*
 * Encodes BGR pixels as baseline JPEG, 4:2:0, with the standard Huffman tables.
 *   pixels    rows stride bytes apart, within length bytes
 *   quality   1 to 100; what lies outside counts as the nearest
 *   out       of out_length bytes; *written are used
 * Returns a status; only STATUS_OK has written something.
 */
EXPORT int eyeslots_jpeg_encode(
    const uint8_t *pixels, size_t length, int width, int height, int64_t stride, int quality,
    uint8_t *out, size_t out_length, size_t *written)
{
    struct picture picture = { pixels, width, height, stride };
    *written = 0;
    if (!lies_within(length, width, height, stride, 0) || !out_length) return STATUS_NO_ROOM;
    quality = quality < 1 ? 1 : quality > MOST_QUALITY ? MOST_QUALITY : quality;
#ifdef ENCODES_FAST
    const struct quality *known = encode_can_fast() ? quality_of(quality) : NULL;
    if (known) return encode_fast(known, pixels, width, height, stride, out, out_length, written);
#endif
    return encode_by_library(&picture, quality, out, out_length, written, NULL);
}
