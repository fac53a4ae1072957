/*
 * The PNG decoder. libpng (inside libOpenCvSharpExtern.so) is given the chunks that hold pixels, and nothing else: no text, no colour
 * profile, no transparency, no animation reaches it, so none of them can change, cost or break anything. What it decodes is the stored
 * image, IDAT.
 *
 * The whole image is read, whatever the region: only the end of IDAT has the sums that tell damaged pixels from right ones.
 *   16 bits a channel   become 8 by rounding v * 255 / 65535 to the nearest, as OpenCV does
 *   alpha               is dropped, never multiplied
 *   palette, gray       become colours; a gray of 1, 2 or 4 bits is scaled to 0 to 255
 *
 * The input is untrusted. Errors leave the library by longjmp. Warnings are damage, but for those about bytes behind the last pixel.
 */
#include "region.h"

/* libpng's interface, as far as it is used; all of it stable since 1.6.0, which the library checks. */
#define PNG_VERSION "1.6.0"
typedef struct png_struct png;
typedef struct png_info info;
extern png *png_create_read_struct(const char *version, void *io, void (*on_error)(png *, const char *), void (*on_warning)(png *, const char *));
extern info *png_create_info_struct(png *);
extern void png_destroy_read_struct(png **, info **, info **);
extern void png_error(png *, const char *) __attribute__((noreturn));
extern void *png_get_error_ptr(const png *);
extern void *png_get_io_ptr(const png *);
extern uint32_t png_get_image_width(const png *, const info *);
extern uint32_t png_get_image_height(const png *, const info *);
extern size_t png_get_rowbytes(const png *, const info *);
extern void png_read_end(png *, info *);
extern void png_read_info(png *, info *);
extern void png_read_row(png *, uint8_t *row, uint8_t *display);
extern void png_read_update_info(png *, info *);
extern void png_set_bgr(png *);
extern void png_set_gray_to_rgb(png *);
extern int png_set_interlace_handling(png *);
extern void png_set_palette_to_rgb(png *);
extern void png_set_read_fn(png *, void *io, void (*read)(png *, uint8_t *, size_t));
extern void png_set_scale_16(png *);
extern void png_set_sig_bytes(png *, int);
extern void png_set_strip_alpha(png *);
extern void png_set_user_limits(png *, uint32_t width, uint32_t height);

#define SIGNATURE_BYTES 8
#define COLOUR_TYPE_AT 25   /* in IHDR, which is always the first chunk */
#define COLOUR_TYPE_PALETTE 3
#define FRAME_BYTES 12      /* of a chunk: length, name, sum */

/* The file, and how much is left of the chunk that is being read. */
struct chunks { const uint8_t *data; size_t length, at, left; int wants_palette; };

struct decoding {
    struct chunks chunks;
    struct pixels region;
    png *png;
    info *info;
    uint8_t *rows;
    jmp_buf leave;
    int status;
    int damaged;
    char *message;
};

static int is_wanted(const struct chunks *c, const uint8_t *name)
{
    if (memcmp(name, "PLTE", 4) == 0) return c->wants_palette;
    return memcmp(name, "IHDR", 4) == 0 || memcmp(name, "IDAT", 4) == 0 || memcmp(name, "IEND", 4) == 0;
}

/* Finds the next chunk that holds pixels; none where the file ends. */
static int find_chunk(struct chunks *c)
{
    while (c->length - c->at >= FRAME_BYTES) {
        const uint8_t *p = c->data + c->at;
        size_t body = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
        if (body > c->length - c->at - FRAME_BYTES) return 0;
        if (is_wanted(c, p + 4)) {
            c->left = body + FRAME_BYTES;
            return 1;
        }
        c->at += body + FRAME_BYTES;
    }
    return 0;
}

static void on_read(png *png, uint8_t *out, size_t wanted)
{
    struct chunks *c = png_get_io_ptr(png);
    while (wanted > 0) {
        if (c->left == 0 && !find_chunk(c)) png_error(png, "the file ends before the image does");
        size_t now = wanted < c->left ? wanted : c->left;
        memcpy(out, c->data + c->at, now);
        out += now;
        wanted -= now;
        c->at += now;
        c->left -= now;
    }
}

static void on_error(png *png, const char *text)
{
    struct decoding *d = png_get_error_ptr(png);
    say(d->message, "%s", text);
    d->status = strstr(text, "memory") ? STATUS_NO_MEMORY : STATUS_BROKEN;
    longjmp(d->leave, 1);
}

static void on_warning(png *png, const char *text)
{
    struct decoding *d = png_get_error_ptr(png);
    if (strstr(text, "Extra compressed data") || strstr(text, "Too much image data")) return; /* bytes behind the last pixel */
    say(d->message, "%s", text);
    d->damaged = 1;
}

static void leave_with(struct decoding *d, int status)
{
    d->status = status;
    longjmp(d->leave, 1);
}

static void prepare(struct decoding *d, int width, int height)
{
    d->png = png_create_read_struct(PNG_VERSION, d, on_error, on_warning);
    if (d->png) d->info = png_create_info_struct(d->png);
    if (!d->info) leave_with(d, STATUS_NO_MEMORY);
    png_set_user_limits(d->png, (uint32_t)width, (uint32_t)height);
    png_set_read_fn(d->png, &d->chunks, on_read);
    png_set_sig_bytes(d->png, SIGNATURE_BYTES);
    png_read_info(d->png, d->info);
    if (png_get_image_width(d->png, d->info) != (uint32_t)width || png_get_image_height(d->png, d->info) != (uint32_t)height)
        leave_with(d, STATUS_BAD_REGION);
    png_set_palette_to_rgb(d->png);
    png_set_gray_to_rgb(d->png);
    png_set_scale_16(d->png);
    png_set_strip_alpha(d->png);
    png_set_bgr(d->png);
}

/* An interlaced image comes in seven passes, so the region's rows are all held; else one. */
static void read_rows(struct decoding *d, int width, int height)
{
    const struct pixels *r = &d->region;
    int passes = png_set_interlace_handling(d->png);
    png_read_update_info(d->png, d->info);
    size_t stride = CHANNELS * (size_t)width;
    if (png_get_rowbytes(d->png, d->info) != stride) leave_with(d, STATUS_BAD_REGION);
    d->rows = calloc(passes > 1 ? (size_t)r->height : 1, stride);
    if (!d->rows) leave_with(d, STATUS_NO_MEMORY);
    for (int pass = 1; pass <= passes; pass++) {
        for (int y = 0; y < height; y++) {
            int inside = y >= r->y && y - r->y < r->height;
            uint8_t *row = inside ? d->rows + (passes > 1 ? (size_t)(y - r->y) * stride : 0) : NULL;
            png_read_row(d->png, row, NULL);
            if (inside && pass == passes) memcpy(row_of(r, y), row + CHANNELS * (size_t)r->x, CHANNELS * (size_t)r->width);
        }
    }
    png_read_end(d->png, NULL);
}

/* Apart from what owns the decoding: nothing that changes here is read after a longjmp. */
static void decode(struct decoding *d, int width, int height)
{
    if (setjmp(d->leave)) return;
    prepare(d, width, height);
    read_rows(d, width, height);
    d->status = d->damaged ? STATUS_DAMAGED : STATUS_OK;
}

/*
 * Decodes a region of a PNG to BGR.
 *   image_width, image_height   as the caller's own parser read them; of another image nothing is decoded
 *   out                         width * height * 3 bytes at its start
 *   message                     of message_length bytes, at least 200; the library's words
 */
EXPORT int eyeslots_png_region(const uint8_t *data, size_t length, int image_width, int image_height, int x, int y, int width, int height,
                               uint8_t *out, size_t out_length, char *message, size_t message_length)
{
    struct decoding d = { .region = { x, y, width, height, out }, .message = message };
    if (message_length < MESSAGE_BYTES) return STATUS_NO_ROOM;
    message[0] = 0;
    if (length <= COLOUR_TYPE_AT || !is_part(&d.region, image_width, image_height, out_length)) return STATUS_BAD_REGION;
    d.chunks = (struct chunks){ data, length, SIGNATURE_BYTES, 0, data[COLOUR_TYPE_AT] == COLOUR_TYPE_PALETTE };
    decode(&d, image_width, image_height);
    png_destroy_read_struct(&d.png, &d.info, NULL);
    free(d.rows);
    return d.status;
}
