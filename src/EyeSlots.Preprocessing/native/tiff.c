/*
 * The TIFF decoder. libtiff (inside libOpenCvSharpExtern.so) decodes the strips or tiles that a region touches to RGBA, by the
 * conversions that OpenCV uses too, with three differences:
 *   the Orientation tag   is set to "as stored", so that nothing is mirrored or turned
 *   alpha                 is declared to be multiplied already, so that nothing is multiplied
 *   errors and warnings   of the library while it decodes are the end; OpenCV passes over them
 *
 * The input is untrusted: the caller's own parser has walked the directory, compared each strip and tile with the file, and lets only
 * known compressions pass. What the library allocates is limited by what that parser has found.
 */
#include "region.h"

/* libtiff's interface, as far as it is used. */
typedef struct tiff tiff;
typedef struct TIFFOpenOptions options;
typedef ptrdiff_t (*transfer)(void *file, void *buffer, ptrdiff_t size);
typedef int (*message_handler)(tiff *, void *user, const char *module, const char *format, va_list arguments);
extern tiff *TIFFClientOpenExt(const char *name, const char *mode, void *file, transfer read, transfer write,
                               uint64_t (*seek)(void *, uint64_t, int), int (*close)(void *), uint64_t (*size)(void *),
                               int (*map)(void *, void **, uint64_t *), void (*unmap)(void *, void *, uint64_t), options *);
extern void TIFFClose(tiff *);
extern int TIFFGetField(tiff *, uint32_t tag, ...);
extern int TIFFGetFieldDefaulted(tiff *, uint32_t tag, ...);
extern int TIFFIsTiled(tiff *);
extern options *TIFFOpenOptionsAlloc(void);
extern void TIFFOpenOptionsFree(options *);
extern void TIFFOpenOptionsSetErrorHandlerExtR(options *, message_handler, void *user);
extern void TIFFOpenOptionsSetMaxCumulatedMemAlloc(options *, ptrdiff_t);
extern void TIFFOpenOptionsSetWarningHandlerExtR(options *, message_handler, void *user);
extern int TIFFReadRGBAStripExt(tiff *, uint32_t row, uint32_t *raster, int stop_on_error);
extern int TIFFReadRGBATileExt(tiff *, uint32_t column, uint32_t row, uint32_t *raster, int stop_on_error);
extern int TIFFSetField(tiff *, uint32_t tag, ...);

enum { TAG_WIDTH = 256, TAG_HEIGHT = 257, TAG_ORIENTATION = 274, TAG_ROWS_PER_STRIP = 278, TAG_TILE_WIDTH = 322, TAG_TILE_HEIGHT = 323,
       TAG_EXTRA_SAMPLES = 338 };
enum { ORIENTATION_TOP_LEFT = 1, ALPHA_MULTIPLIED = 1, ALPHA_SEPARATE = 2, MOST_EXTRA_SAMPLES = 8 };

/* What is decoded at a time, a strip or a tile. */
struct block { uint32_t width, height; };

struct decoding {
    const uint8_t *data;
    size_t length;
    uint64_t at;
    struct pixels region;
    struct block block;
    uint32_t *raster;
    int is_open;        /* from here on a warning means pixels */
    int damages;
    char *message;
};

static ptrdiff_t on_read(void *file, void *buffer, ptrdiff_t size)
{
    struct decoding *d = file;
    if (size <= 0 || d->at >= d->length) return 0;
    size_t now = (size_t)size < d->length - d->at ? (size_t)size : d->length - (size_t)d->at;
    memcpy(buffer, d->data + d->at, now);
    d->at += now;
    return (ptrdiff_t)now;
}

static ptrdiff_t on_write(void *file, void *buffer, ptrdiff_t size)
{
    (void)file; (void)buffer; (void)size;
    return -1;
}

static uint64_t on_seek(void *file, uint64_t to, int from)
{
    struct decoding *d = file;
    d->at = from == SEEK_CUR ? d->at + to : from == SEEK_END ? d->length + to : to;
    return d->at;
}

static int on_close(void *file)
{
    (void)file;
    return 0;
}

static uint64_t on_size(void *file) { return ((struct decoding *)file)->length; }

/* The library reads strips where they lie, without a copy. It opens for reading only, and writes nothing there. */
static int on_map(void *file, void **base, uint64_t *size)
{
    struct decoding *d = file;
    *base = (void *)d->data;
    *size = d->length;
    return 1;
}

static void on_unmap(void *file, void *base, uint64_t size) { (void)file; (void)base; (void)size; }

static void note(struct decoding *d, const char *format, va_list arguments)
{
    if (!d->message[0]) vsnprintf(d->message, MESSAGE_BYTES, format, arguments);
    d->damages++;
}

static int on_error(tiff *tiff, void *user, const char *module, const char *format, va_list arguments)
{
    (void)tiff; (void)module;
    note(user, format, arguments);
    return 1;
}

/* While the library opens the file it warns of tags that it does not know or that are out of order; our own parser has judged them. */
static int on_warning(tiff *tiff, void *user, const char *module, const char *format, va_list arguments)
{
    (void)tiff; (void)module;
    struct decoding *d = user;
    if (d->is_open) note(d, format, arguments);
    return 1;
}

static tiff *open_file(struct decoding *d, int64_t memory)
{
    options *o = TIFFOpenOptionsAlloc();
    if (!o) return NULL;
    TIFFOpenOptionsSetErrorHandlerExtR(o, on_error, d);
    TIFFOpenOptionsSetWarningHandlerExtR(o, on_warning, d);
    TIFFOpenOptionsSetMaxCumulatedMemAlloc(o, (ptrdiff_t)memory);
    /* "c": one long strip is not taken for many short ones, so that what is allocated is what the caller's parser expects. */
    tiff *t = TIFFClientOpenExt("image", "rc", d, on_read, on_write, on_seek, on_close, on_size, on_map, on_unmap, o);
    TIFFOpenOptionsFree(o);
    return t;
}

/* From now on there is no orientation, and alpha is nothing to multiply by. */
static int take_as_stored(tiff *t)
{
    uint16_t count = 0, *kinds = NULL, changed[MOST_EXTRA_SAMPLES];
    if (!TIFFSetField(t, TAG_ORIENTATION, ORIENTATION_TOP_LEFT)) return 0;
    if (!TIFFGetField(t, TAG_EXTRA_SAMPLES, &count, &kinds) || count == 0) return 1;
    if (count > MOST_EXTRA_SAMPLES) return 0;
    for (int i = 0; i < count; i++) changed[i] = kinds[i] == ALPHA_SEPARATE ? ALPHA_MULTIPLIED : kinds[i];
    return TIFFSetField(t, TAG_EXTRA_SAMPLES, (int)count, changed);
}

/* Whether the library sees the image that the caller's parser has seen. */
static int is_expected(tiff *t, int width, int height, const struct block *b)
{
    uint32_t w = 0, h = 0, across = 0, down = 0;
    TIFFGetField(t, TAG_WIDTH, &w);
    TIFFGetField(t, TAG_HEIGHT, &h);
    if (TIFFIsTiled(t)) {
        TIFFGetField(t, TAG_TILE_WIDTH, &across);
        TIFFGetField(t, TAG_TILE_HEIGHT, &down);
    } else {
        TIFFGetFieldDefaulted(t, TAG_ROWS_PER_STRIP, &down);
        across = w;
        if (down > h) down = h;
    }
    return w == (uint32_t)width && h == (uint32_t)height && across == b->width && down == b->height;
}

/* The part of a decoded block that lies in the region. The library's rasters begin with the lowest row. */
static void copy_block(const struct decoding *d, uint32_t column, uint32_t row, uint32_t rows)
{
    const struct pixels *r = &d->region;
    int left = (int)column > r->x ? (int)column : r->x, top = (int)row > r->y ? (int)row : r->y;
    int64_t right = (int64_t)column + d->block.width, below = (int64_t)row + d->block.height;
    if (right > (int64_t)r->x + r->width) right = (int64_t)r->x + r->width;
    if (below > (int64_t)r->y + r->height) below = (int64_t)r->y + r->height;
    for (int y = top; y < below; y++) {
        const uint32_t *from = d->raster + (size_t)(rows - 1 - ((uint32_t)y - row)) * d->block.width + ((uint32_t)left - column);
        uint8_t *to = row_of(r, y) + CHANNELS * (size_t)(left - r->x);
        for (int x = left; x < right; x++, from++, to += CHANNELS) {
            to[0] = (uint8_t)(*from >> 16);
            to[1] = (uint8_t)(*from >> 8);
            to[2] = (uint8_t)*from;
        }
    }
}

static int read_blocks(struct decoding *d, tiff *t, int height)
{
    const struct pixels *r = &d->region;
    int tiled = TIFFIsTiled(t);
    uint32_t w = d->block.width, h = d->block.height;
    for (uint32_t row = (uint32_t)r->y / h * h; row < (uint32_t)(r->y + r->height); row += h) {
        for (uint32_t column = (uint32_t)r->x / w * w; column < (uint32_t)(r->x + r->width); column += w) {
            int read = tiled ? TIFFReadRGBATileExt(t, column, row, d->raster, 1) : TIFFReadRGBAStripExt(t, row, d->raster, 1);
            if (!read || d->damages) return STATUS_DAMAGED;
            copy_block(d, column, row, tiled || (uint32_t)height - row > h ? h : (uint32_t)height - row);
        }
    }
    return STATUS_OK;
}

/*
 * Decodes a region of a TIFF's first image to BGR.
 *   image_width … block_height   as the caller's own parser read them; a block is a strip or a tile. Of another image nothing is decoded
 *   out                          width * height * 3 bytes at its start
 *   memory                       most bytes that the library may hold
 *   message                      of message_length bytes, at least 200; the library's words
 */
EXPORT int eyeslots_tiff_region(const uint8_t *data, size_t length, int image_width, int image_height, int block_width, int block_height,
                                int x, int y, int width, int height, uint8_t *out, size_t out_length, int64_t memory,
                                char *message, size_t message_length)
{
    struct decoding d = { data, length, 0, { x, y, width, height, out }, { (uint32_t)block_width, (uint32_t)block_height }, NULL, 0, 0, message };
    if (message_length < MESSAGE_BYTES) return STATUS_NO_ROOM;
    message[0] = 0;
    if (block_width < 1 || block_height < 1 || memory < 1 || !is_part(&d.region, image_width, image_height, out_length)) return STATUS_BAD_REGION;
    tiff *t = open_file(&d, memory);
    if (!t) return STATUS_BROKEN;
    int status = STATUS_BAD_REGION;
    if (is_expected(t, image_width, image_height, &d.block) && take_as_stored(t)) {
        d.is_open = 1;
        d.damages = message[0] = 0;
        d.raster = calloc((size_t)block_width * (size_t)block_height, sizeof *d.raster);
        status = d.raster ? read_blocks(&d, t, image_height) : STATUS_NO_MEMORY;
    }
    TIFFClose(t);
    free(d.raster);
    return status;
}
