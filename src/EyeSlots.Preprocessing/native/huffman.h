/* A faster Huffman decoder for the linked libjpeg-turbo; huffman.c says how and when. */
#ifndef EYESLOTS_HUFFMAN_H
#define EYESLOTS_HUFFMAN_H

#include "huffman_bytes.h"
#include "huffman_walk.h"
#include "needed.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* libjpeg's inverse transform of one block. */
typedef void (*inverse_method)(j_decompress_ptr, jpeg_component_info *, JCOEFPTR, JSAMPARRAY, JDIMENSION);

/* Moves blocks to the order of their rows, and leaves zeros. */
typedef void (*order_method)(JCOEF *coded, JCOEF *to, int count);

/* What all looks show. */
struct shown { const uint64_t *values; const uint16_t *steps; };

/* Which look an entry of a walk is, which has the lower half of the look's address. */
static inline uint32_t look_of(struct shown shown, uint32_t entry) { return (entry - (uint32_t)(uintptr_t)shown.steps) / 2; }

struct huffman {
    struct walks walks;
    struct bytes bytes;
    struct shown shown;
    order_method order;
    JCOEF coded[(D_MAX_BLOCKS_IN_MCU + 1) * DCTSIZE2]; /* an MCU in the order of its codes, and what is written behind it; zeros between MCUs */
    const struct walk *walk;        /* of the stretch under way */
    const uint16_t *at, *last;      /* in it */
    int64_t last_bit;               /* behind the valid ones, where every block is wanted */
    int stretch;                    /* the next one */
    int interval, until_restart, restart;
    int columns, column;            /* MCUs of a row */
    int row;                        /* of MCUs */
    int across, down;               /* pixels of an MCU */
    int of_four;                    /* an MCU begins with four blocks of luma, two beside each other */
    struct needed needed;
    struct span decoded, wanted;    /* columns of MCUs: of all rows, and of this row those whose coefficients are wanted */
    struct span halves[2];          /* columns of blocks of luma, in the upper and the lower row of this row's MCUs of four */
    unsigned given;                 /* of the MCU under way: the blocks whose coefficients are wanted, from the lowest bit on */
    JCOEFPTR first;                 /* its first block */
    long ahead;                     /* MCUs that will be asked for */
    double rate;                    /* bytes of an MCU */
    int component[D_MAX_BLOCKS_IN_MCU];
    int prediction[MAX_COMPS_IN_SCAN];
    inverse_method inverse[MAX_COMPS_IN_SCAN];
    struct rows *rows;              /* where pixels go once rows_install has taken the place of the library's last steps */
};

#define MCU_BYTES 2600       /* more than the codes of any MCU take: 10 blocks of 64 codes of at most 31 bits */

/* The fastest that this processor has. In huffman_order.c. */
order_method order_blocks(void);

/* The coefficients of a look; behind them zeros, where nothing is written yet. */
static inline __attribute__((always_inline)) void write_shown(JCOEF *to, const uint64_t *values)
{
#if defined(__x86_64__)
    __m128i bytes = _mm_loadl_epi64((const __m128i *)values);
    _mm_storeu_si128((__m128i *)to, _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8));
#else
    for (int i = 0; i < SHOWN; i++) to[i] = (int8_t)(*values >> 8 * i);
#endif
}

/* Whatever is not ordinary is left to the library. Does not return. */
static inline _Noreturn void surrender(const struct huffman *h) { longjmp(*h->walks.surrender, 1); }

/* libjpeg's decode_mcu where every block of a scan without restart markers is wanted. In huffman_whole.c. */
boolean whole_decode_mcu(j_decompress_ptr cinfo, JBLOCKROW *blocks);

/* What a decoder keeps from image to image: the tables, and room for the walks. */
struct kept { struct walk walks[WALKS]; struct tables tables; };

/* What is asked of an image. */
struct request { JDIMENSION left, width, top, bottom; struct needed needed; size_t missing; };

/*
 * Takes the place of the library's entropy decoder where it can; call between jpeg_start_decompress and the first row.
 *   cinfo    its client_data is a struct huffman, whose walks.surrender is set by the caller
 *   kept     of the decoder
 *   request  the columns that jpeg_crop_scanline settled on, the first row and the one behind the last, what is needed of them, and
 *            the bytes of the file that are missing behind those of the source, a start of it
 * Returns whether it took the place.
 */
int huffman_install(j_decompress_ptr cinfo, struct kept *kept, const struct request *request);

/* How far into the file the MCUs decoded so far reach. */
const uint8_t *huffman_reached(const struct huffman *h);

#endif
