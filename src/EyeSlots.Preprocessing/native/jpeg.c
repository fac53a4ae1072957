/*
 * The JPEG region decoder: reads only the rows and columns that a padded eye slot needs and stops there.
 * Also the encoder of crops, so that neither direction allocates for each face.
 *
 * Built against Debian's jpeglib.h but linked to the libjpeg-turbo inside libOpenCvSharpExtern.so, which was configured
 * with JPEG_LIB_VERSION 70. jpeg_CreateDecompress checks version and structure size, so a mismatch is an error, not a crash.
 *
 * The input is untrusted. Errors leave the library by longjmp and are returned as a status. Warnings are counted:
 *   JWRN_HIT_MARKER, JWRN_JPEG_EOF         premature end: what follows is invented gray. Fatal above the last needed row.
 *   JWRN_HUFF_BAD_CODE, JWRN_ARITH_BAD_CODE, JWRN_MUST_RESYNC, JWRN_NOT_SEQUENTIAL, JWRN_BOGUS_PROGRESSION
 *                                          damaged data: pixels are wrong from here on. Fatal above the last needed row.
 *   JWRN_EXTRANEOUS_DATA                   bytes between markers, skipped: pixels are right. Ignored.
 *   JWRN_JFIF_MAJOR, JWRN_ADOBE_XFORM, JWRN_BOGUS_ICC, JWRN_TOO_MUCH_DATA
 *                                          about metadata or after the last row: pixels are right. Ignored.
 * A single-scan file is decoded row by row and left after the last needed row, so damage below it is never seen.
 * In a single-scan Huffman file without restart markers the library takes an invalid code for a zero and says nothing (its fast
 * decoder, jdhuff.c); such damage is noticed where it runs into a marker or the end, and nowhere else. OpenCV sees no more.
 * A file with several scans is read whole first: any premature end or damage is fatal, whatever the rows.
 */
#include "huffman.h"

#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

enum status {
    STATUS_OK = 0,
    STATUS_BROKEN = 1,       /* not a JPEG that this library decodes; the message says why */
    STATUS_PREMATURE_END = 2,
    STATUS_DAMAGED = 3,
    STATUS_TOO_MANY_SCANS = 4,
    STATUS_NO_MEMORY = 5,
    STATUS_NO_ROOM = 6,      /* the caller's buffer is too small */
    STATUS_BAD_REGION = 7,
    STATUS_SURRENDERED = 8   /* within this file: decode again with the library's entropy decoder */
};

struct session {
    struct jpeg_error_mgr errors;   /* first: the library hands its address back */
    struct jpeg_progress_mgr progress;
    jmp_buf leave;
    int status;
    int limit_scans;
    long ends;
    long damages;
    char message[JMSG_LENGTH_MAX];
    struct huffman huffman;         /* last: large, and cleared by nobody */
};

static struct session *session_of(j_common_ptr cinfo) { return (struct session *)cinfo->err; }

static void leave_with(j_common_ptr cinfo, int status)
{
    struct session *s = session_of(cinfo);
    s->status = status;
    longjmp(s->leave, 1);
}

static void on_error(j_common_ptr cinfo)
{
    struct session *s = session_of(cinfo);
    (*cinfo->err->format_message)(cinfo, s->message);
    int code = cinfo->err->msg_code;
    leave_with(cinfo, code == JERR_OUT_OF_MEMORY || code == JERR_NO_BACKING_STORE ? STATUS_NO_MEMORY : STATUS_BROKEN);
}

static void on_message(j_common_ptr cinfo, int level)
{
    struct session *s = session_of(cinfo);
    if (level >= 0) return;
    switch (cinfo->err->msg_code) {
    case JWRN_HIT_MARKER:
    case JWRN_JPEG_EOF:
        s->ends++;
        break;
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
    case JWRN_NOT_SEQUENTIAL:
    case JWRN_BOGUS_PROGRESSION:
        s->damages++;
        break;
    default:
        break;
    }
}

static void no_output(j_common_ptr cinfo) { (void)cinfo; }

/* A few bytes of a progressive file can ask for scans without end over a large image (CVE-2018-14498 and its kin). */
static void on_progress(j_common_ptr cinfo)
{
    struct session *s = session_of(cinfo);
    if (cinfo->is_decompressor && ((j_decompress_ptr)cinfo)->input_scan_number > s->limit_scans)
        leave_with(cinfo, STATUS_TOO_MANY_SCANS);
}

static void check_warnings(j_decompress_ptr cinfo)
{
    struct session *s = session_of((j_common_ptr)cinfo);
    if (s->ends) leave_with((j_common_ptr)cinfo, STATUS_PREMATURE_END);
    if (s->damages) leave_with((j_common_ptr)cinfo, STATUS_DAMAGED);
}

static void prepare(struct session *s, struct jpeg_error_mgr **errors)
{
    memset(s, 0, offsetof(struct session, huffman));
    *errors = jpeg_std_error(&s->errors);
    s->errors.error_exit = on_error;
    s->errors.emit_message = on_message;
    s->errors.output_message = no_output;
    s->progress.progress_monitor = on_progress;
}

/* A region, what of it will be read, and where its pixels go: BGR, rows width * 3 bytes apart. */
struct region { int x, y, width, height; struct needed needed; uint8_t *out; };

static void read_region(j_decompress_ptr cinfo, const struct region *r, int fast)
{
    JDIMENSION left = (JDIMENSION)r->x, columns = (JDIMENSION)r->width;
    /* Off the alignment at which the library writes past the caches: the row is read again at once. */
    JSAMPROW scratch = (JSAMPROW)(*cinfo->mem->alloc_large)((j_common_ptr)cinfo, JPOOL_IMAGE, (size_t)cinfo->output_width * 3 + 4) + 4;
    jpeg_crop_scanline(cinfo, &left, &columns);
    struct request request = { left, columns, (JDIMENSION)(r->y + r->height), r->needed };
    if (fast) huffman_install(cinfo, &request);
    size_t skip = ((size_t)r->x - left) * 3, row_bytes = (size_t)r->width * 3;
    if (r->y > 0 && jpeg_skip_scanlines(cinfo, (JDIMENSION)r->y) != (JDIMENSION)r->y) leave_with((j_common_ptr)cinfo, STATUS_PREMATURE_END);
    for (int row = 0; row < r->height; row++) {
        if (jpeg_read_scanlines(cinfo, &scratch, 1) != 1) leave_with((j_common_ptr)cinfo, STATUS_PREMATURE_END);
        memcpy(r->out + (size_t)row * row_bytes, scratch + skip, row_bytes);
    }
}

static void decode(j_decompress_ptr cinfo, const uint8_t *data, size_t length, const struct region *r, int fast)
{
    cinfo->progress = &session_of((j_common_ptr)cinfo)->progress;
    jpeg_mem_src(cinfo, (unsigned char *)data, length);
    jpeg_read_header(cinfo, TRUE);
    if ((int64_t)r->x + r->width > cinfo->image_width || (int64_t)r->y + r->height > cinfo->image_height)
        leave_with((j_common_ptr)cinfo, STATUS_BAD_REGION);
    cinfo->out_color_space = JCS_EXT_BGR;
    int several = jpeg_has_multiple_scans(cinfo);
    jpeg_start_decompress(cinfo);
    if (several) check_warnings(cinfo);
    read_region(cinfo, r, fast && !several);
    check_warnings(cinfo);
}

static int try_region(const uint8_t *data, size_t length, const struct region *r, int64_t memory, int scans, char *message, int fast)
{
    struct session s;
    struct jpeg_decompress_struct cinfo;
    jmp_buf surrender;
    memset(&cinfo, 0, sizeof cinfo);
    prepare(&s, &cinfo.err);
    s.limit_scans = scans;
    s.huffman.walks.surrender = &surrender;
    if (setjmp(s.leave)) {
        jpeg_destroy_decompress(&cinfo);
        memcpy(message, s.message, JMSG_LENGTH_MAX);
        return s.status;
    }
    if (setjmp(surrender)) {
        jpeg_destroy_decompress(&cinfo);
        return STATUS_SURRENDERED;
    }

    jpeg_create_decompress(&cinfo);
    cinfo.client_data = &s.huffman;
    if (memory > 0) cinfo.mem->max_memory_to_use = (long)memory;
    decode(&cinfo, data, length, r, fast);
    jpeg_destroy_decompress(&cinfo); /* not jpeg_finish_decompress: what lies below is never read */
    return STATUS_OK;
}

/*
 * Decodes a region of a gray, YCbCr or RGB JPEG to BGR.
 *   needed    four corners (x, y) around the only pixels that will be read, or NULL: all. The others may hold anything
 *   out       width * height * 3 bytes
 *   memory    most bytes the library may hold for coefficients, 0 for its default
 *   scans     most scans of a file with several
 *   message   200 bytes; the library's words for STATUS_BROKEN
 * Returns a status. Rows and columns next to the region's rim may differ from a full decode where the rim is not the
 * image's: ask for a rim of 2 pixels and drop it.
 */
EXPORT int eyeslots_jpeg_region(const uint8_t *data, size_t length, int x, int y, int width, int height, const double *needed,
                                uint8_t *out, size_t out_length, int64_t memory, int scans, char *message)
{
    struct region r = { x, y, width, height, { needed }, out };
    message[0] = 0;
    if (x < 0 || y < 0 || width <= 0 || height <= 0) return STATUS_BAD_REGION;
    if (out_length / 3 / (size_t)width < (size_t)height) return STATUS_NO_ROOM;
    int status = try_region(data, length, &r, memory, scans, message, 1);
    return status == STATUS_SURRENDERED ? try_region(data, length, &r, memory, scans, message, 0) : status;
}

/* Whether rows of pixels, stride bytes apart, lie within length bytes. No product can wrap. */
static int lies_within(size_t length, int width, int height, int64_t stride)
{
    if (width < 1 || height < 1 || width > JPEG_MAX_DIMENSION || height > JPEG_MAX_DIMENSION) return 0;
    size_t row = 3 * (size_t)width;
    if (stride < (int64_t)row || length < row) return 0;
    return height == 1 || (length - row) / ((size_t)height - 1) >= (size_t)stride;
}

/*
 * Encodes BGR pixels as baseline JPEG, 4:2:0, with the standard Huffman tables.
 *   pixels        rows stride bytes apart, within length bytes
 *   *out_length   bytes of out; on return the bytes written
 */
EXPORT int eyeslots_jpeg_encode(
    const uint8_t *pixels, size_t length, int width, int height, int64_t stride, int quality, uint8_t *out, size_t *out_length)
{
    if (!lies_within(length, width, height, stride)) return STATUS_BAD_REGION;
    struct session s;
    struct jpeg_compress_struct cinfo;
    unsigned char *target = out;
    unsigned long size = *out_length;
    memset(&cinfo, 0, sizeof cinfo);
    prepare(&s, &cinfo.err);
    if (setjmp(s.leave)) {
        jpeg_destroy_compress(&cinfo);
        if (target != out) free(target);
        return s.status;
    }

    jpeg_create_compress(&cinfo);
    jpeg_mem_dest(&cinfo, &target, &size);
    cinfo.image_width = (JDIMENSION)width;
    cinfo.image_height = (JDIMENSION)height;
    cinfo.input_components = 3;
    cinfo.in_color_space = JCS_EXT_BGR;
    jpeg_set_defaults(&cinfo);
    jpeg_set_quality(&cinfo, quality, TRUE);
    jpeg_start_compress(&cinfo, TRUE);
    for (int row = 0; row < height; row++) {
        JSAMPROW line = (JSAMPROW)(pixels + (size_t)row * (size_t)stride);
        jpeg_write_scanlines(&cinfo, &line, 1);
    }

    jpeg_finish_compress(&cinfo);
    jpeg_destroy_compress(&cinfo);
    if (target != out) {
        /* The library outgrew the caller's buffer and moved to one of its own. */
        *out_length = size;
        free(target);
        return STATUS_NO_ROOM;
    }

    *out_length = size;
    return STATUS_OK;
}
