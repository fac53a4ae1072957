/* The entropy-coded bytes of a JPEG, without the zeros that are stuffed after each 0xFF. */
#ifndef EYESLOTS_HUFFMAN_BYTES_H
#define EYESLOTS_HUFFMAN_BYTES_H

#include <stddef.h>
#include <stdint.h>

#define MOST_BYTES 24576            /* held at a time */
#define ZEROS 128                   /* readable behind them */
#define LOOKED_AHEAD 16             /* bytes; the library warns as soon as it looks ahead over the end of a file that was cut */

struct bytes {
    const uint8_t *source, *source_end;
    uint8_t *end;                   /* of what is valid in bytes */
    int ended;                      /* a marker or the end of the file comes next */
    uint8_t bytes[MOST_BYTES + 1 + ZEROS];
};

/* Drops all bytes before the one with a bit and adds up to so many, as there is room. */
void bytes_fill(struct bytes *f, int64_t bit, size_t more);

/*
 * Behind the last byte of which a code may be taken: some are missing where the file is cut there, or so soon behind that the library, which
 * looks ahead, would see it.
 */
const uint8_t *bytes_valid(const struct bytes *f);

/* Where in the file the byte behind so many bits stands. */
const uint8_t *bytes_place(const struct bytes *f, int64_t bits);

#endif
