/* What the decoders of PNG and TIFF have in common: a region of the image, and the library's words. */
#ifndef EYESLOTS_REGION_H
#define EYESLOTS_REGION_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pixels.h"

/* A region of the image and where its pixels go: BGR, rows without gaps. */
struct pixels { int x, y, width, height; uint8_t *out; };

/* Whether it lies in the image and in the buffer. No product can wrap. */
static inline int is_part(const struct pixels *r, int image_width, int image_height, size_t out_length)
{
    if (r->x < 0 || r->y < 0 || r->width < 1 || r->height < 1) return 0;
    if ((int64_t)r->x + r->width > image_width || (int64_t)r->y + r->height > image_height) return 0;
    return out_length / CHANNELS / (size_t)r->width >= (size_t)r->height;
}

static inline uint8_t *row_of(const struct pixels *r, int y) { return r->out + (size_t)(y - r->y) * (size_t)r->width * CHANNELS; }

/* The first message stays: what follows is its consequence. */
static inline void say(char *message, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline void say(char *message, const char *format, ...)
{
    if (message[0]) return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, MESSAGE_BYTES, format, arguments);
    va_end(arguments);
}

#endif
