/* A faster Huffman decoder for the linked libjpeg-turbo; huffman.c says how and when. */
#ifndef EYESLOTS_HUFFMAN_H
#define EYESLOTS_HUFFMAN_H

#include "libjpeg.h"

struct table;

struct bits {
    const uint8_t *next;            /* bytes not yet in the window */
    uint64_t window;                /* the next bits, from the top */
    int64_t count;                  /* of them valid */
    jmp_buf *surrender;             /* left by for whatever is not an ordinary code: the library shall judge it */
};

/* Entropy-coded bytes without the zeros stuffed after 0xFF, up to a marker or the end of the file; then zeros. */
#define MCU_BYTES 2600              /* more than the codes of any MCU take: 10 blocks of 64 codes of at most 31 bits */
struct bytes {
    const uint8_t *source, *source_end;
    uint8_t *end;                   /* of what is valid in bytes */
    int ended;                      /* a marker or the end of the file comes next */
    uint8_t bytes[16384 + MCU_BYTES + 8];
};

struct huffman {
    struct bits bits;
    struct bytes bytes;
    int interval, until_restart, restart;
    int columns, column;            /* MCUs of a row */
    int first, last;                /* columns of MCUs whose coefficients are wanted */
    int blocks;                     /* of an MCU */
    int component[D_MAX_BLOCKS_IN_MCU];
    const struct table *dc[D_MAX_BLOCKS_IN_MCU], *ac[D_MAX_BLOCKS_IN_MCU];
    int prediction[MAX_COMPS_IN_SCAN];
};

/*
 * Takes the place of the library's entropy decoder where it can; call between jpeg_start_decompress and the first row.
 *   cinfo        its client_data is a struct huffman, whose bits.surrender is set by the caller
 *   left, width  the columns that jpeg_crop_scanline settled on
 * Returns whether it took the place.
 */
int huffman_install(j_decompress_ptr cinfo, JDIMENSION left, JDIMENSION width);

#endif
