/* What every exported function shares: how it is exported, what it returns, and how sizes are held against lengths. */
#ifndef EYESLOTS_PIXELS_H
#define EYESLOTS_PIXELS_H

#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

#define CHANNELS 3           /* bytes of a pixel: blue, green, red */
#define MOST_SIDE 65535      /* pixels */
#define MESSAGE_BYTES 200    /* room for a library's words, at least */

enum status {
    STATUS_OK = 0,
    STATUS_BROKEN = 1,       /* not a JPEG that this library decodes; the message says why */
    STATUS_PREMATURE_END = 2,
    STATUS_DAMAGED = 3,
    STATUS_TOO_MANY_SCANS = 4,
    STATUS_NO_MEMORY = 5,    /* the machine has no more */
    STATUS_NO_ROOM = 6,      /* pixels do not lie within their memory, or the result does not fit into it */
    STATUS_BAD_REGION = 7,
    STATUS_SURRENDERED = 8,  /* within the region decoder: decode again with the library's entropy decoder */
    STATUS_ABOVE_LIMIT = 9,  /* coefficients do not fit into the memory allowed */
    STATUS_RAN_OUT = 10      /* the start of a file decides nothing */
};

/* Whether rows of pixels, stride bytes apart, lie within length bytes, with spare ones behind the last. No product can wrap. */
static inline int lies_within(size_t length, int width, int height, int64_t stride, size_t spare)
{
    if (width < 1 || height < 1 || width > MOST_SIDE || height > MOST_SIDE) return 0;
    size_t row = CHANNELS * (size_t)width;
    if (stride < (int64_t)row || length < row + spare) return 0;
    return height == 1 || (length - row - spare) / ((size_t)height - 1) >= (size_t)stride;
}

#endif
