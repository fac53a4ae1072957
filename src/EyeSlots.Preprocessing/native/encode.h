/* A faster encoder of crops with the bytes of the linked libjpeg-turbo; encode_fast.c says how and when. */
#ifndef EYESLOTS_ENCODE_H
#define EYESLOTS_ENCODE_H

#include "libjpeg.h"
#include "pixels.h"

#if defined(__x86_64__)
#define ENCODES_FAST 1
#define FAST __attribute__((target("avx2,bmi,bmi2,lzcnt")))
#endif

#define MCU 16               /* pixels of an MCU, either way: 4:2:0 */
#define BLOCKS 6             /* of an MCU: four of luma, one of each chroma */
#define MOST_HEADER 1024     /* bytes before the codes */
#define PLANES 2             /* luma; both chromas */

/* One MCU, 128 subtracted: luma, and blue and red chroma side by side. So two blocks lie beside each other everywhere. */
struct mcu { int16_t luma[MCU][MCU], chroma[DCTSIZE][MCU]; };

/* What to divide coefficients by, as the library does it: by two multiplications. Every row twice, for two blocks. */
struct divisors { uint16_t corrections[DCTSIZE][2 * DCTSIZE], reciprocals[DCTSIZE][2 * DCTSIZE], scales[DCTSIZE][2 * DCTSIZE]; };

/* A Huffman code, moved up by the bits of the value behind it, above the number of both their bits (6 bits); 0 where there is none. */
typedef uint32_t code;

/* By zeros before a coefficient (4 bits) and bits of the coefficient (4 bits). */
struct code_table { code dc[16], ac[256]; };

/* What one quality needs, the same for every picture. */
struct quality {
    struct divisors divisors[PLANES];
    struct code_table codes[PLANES];
    uint8_t header[MOST_HEADER];
    size_t header_length, size_at;      /* where height and width stand, two bytes each */
};

/* A block in the order of its codes. */
struct block {
    int16_t low[DCTSIZE2];      /* the value, less one where it is negative: its lower bits follow its code */
    uint16_t magnitude[DCTSIZE2];
    uint64_t set;               /* which are not zero */
    int dc;
};

/* Numbers whose codes are still to be found: what is not zero of blocks, and their ends. In encode_wide.c alone. */
#define MOST_PENDING 512     /* before an MCU */
#define TABLE_KEY (272 << 6) /* of a table: its number among codes above the place */
_Static_assert(sizeof(struct code_table) == (TABLE_KEY >> 6) * sizeof(code), "a key holds the number of a table's first code");
struct pending {
    int count;
    int16_t values[MOST_PENDING + BLOCKS * (DCTSIZE2 + 1) + DCTSIZE2];
    uint16_t before, keys[MOST_PENDING + BLOCKS * (DCTSIZE2 + 1) + DCTSIZE2];   /* the place in the block, and above it whose table */
};

/* The codes on their way out, without the zeros that are stuffed after each 0xFF. */
#define PLAIN 8192
#define MOST_AT_ONCE 8192    /* bytes: of all pending numbers, of which each takes at most three codes of 11 bits for zeros before it and one of 27 */
struct bits {
    uint64_t bits;              /* those that are left are the lowest */
    int count;                  /* of them, below 8 between codes */
    uint8_t *end;               /* of the bytes in plain */
};

/* Adds so many bits, at most 56; where eight bytes are stored, those that are full count. */
static inline __attribute__((always_inline)) void put_bits(struct bits *c, uint64_t what, int length)
{
    c->bits = c->bits << length | what;
    c->count += length;
    uint64_t bytes = __builtin_bswap64(c->bits << (64 - c->count));
    __builtin_memcpy(c->end, &bytes, sizeof bytes);
    c->end += c->count >> 3;
    c->count &= 7;
}

/* Adds a code and the lower bits of its value. */
static inline __attribute__((always_inline)) void put_code(struct bits *c, code what, uint32_t low) { put_bits(c, what >> 6 | low, (int)(what & 63)); }

#define ZEROS16 0xF0         /* the symbol of 16 zeros; 0 is that of the block's end */

struct codes {
    struct bits bits;
    int before[3];              /* the DC of each component's last block */
    struct pending pending;
    uint8_t plain[PLAIN + MOST_AT_ONCE + 64];
};

/* An output of bounded length; full once something did not fit. */
struct target { uint8_t *at, *end; int full; };

#ifdef ENCODES_FAST
/* Whether this processor runs what follows. */
int encode_can_fast(void);

/* Rows of 16 pixels to an MCU; the rows behind the first so many repeat the last. In encode_colours.c. */
void encode_colours(const uint8_t *const *rows, int height, struct mcu *to);

/* Two blocks side by side: transformed, divided, in the order of their codes. In encode_blocks.c. */
void encode_two_blocks(const int16_t (*rows)[MCU], const struct divisors *by, struct block *to);

/* Adds the codes of a block; there is room for those of an MCU. In encode_codes.c. */
void encode_block(struct codes *codes, const struct code_table *table, const struct block *block, int component);

/* Adds a block that lies outside of the picture: the DC of the one before, and nothing else. */
void encode_nothing(struct codes *codes, const struct code_table *table);

/* Whether this processor runs the ways below, which have the same results. In encode_wide.c. */
int encode_can_wide(void);

/* In encode_wide_colours.c. */
void encode_colours_widely(const uint8_t *const *rows, int height, struct mcu *to);

/* Adds an MCU, of which some blocks lie inside of the picture, from the lowest bit on; its codes are found later. */
void encode_mcu_widely(const struct quality *quality, const struct mcu *mcu, unsigned inside, struct codes *codes);

/* Adds the codes of what is pending. */
void encode_pending(struct codes *codes, const struct code_table *tables);

/* Moves whole bytes to the target, a zero after each 0xFF. */
void encode_move(struct codes *codes, struct target *to);

/* The last byte, filled up with ones, and all before it. */
void encode_finish(struct codes *codes, struct target *to);

/* The whole picture; what a quality needs was prepared by encode_prepare. In encode_fast.c. */
int encode_fast(const struct quality *quality, const uint8_t *pixels, int width, int height, int64_t stride, uint8_t *out, size_t out_length, size_t *written);

/* Takes tables and header from the library, which has just written a picture. Returns whether the header is the usual one. */
int encode_prepare(struct quality *to, const j_compress_ptr cinfo, const uint8_t *file, size_t length);
#endif

#endif
