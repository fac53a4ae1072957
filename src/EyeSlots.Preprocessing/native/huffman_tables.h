/* Tables that step over or read whole groups of Huffman codes by one look. */
#ifndef EYESLOTS_HUFFMAN_TABLES_H
#define EYESLOTS_HUFFMAN_TABLES_H

#include "libjpeg.h"

#define LOOK 11              /* bits of one look into a table */
#define LOOKS (1 << LOOK)

/*
 * What a look shows, in bits from the lowest:
 *   0-7    bits to drop; here, so that a shift by the entry needs no mask
 *   8-15   coefficients to advance by, UNKNOWN where a look does not show enough
 *   16     END: the block has ended
 *   24-31  read: after so many of the advance the first value stands, the second after all
 *   32-63  read: two values, the same twice where it is one; the difference of a DC is such a value
 */
#define UNKNOWN 255
#define DROP(e) ((uint8_t)(e))
#define ADVANCE(e) ((uint8_t)((e) >> 8))
#define END (1u << 16)
#define FIRST(e) ((uint8_t)((e) >> 24))
#define VALUE1(e) ((JCOEF)((e) >> 32))
#define VALUE2(e) ((JCOEF)((e) >> 48))
#define MOST_SKIPPED 22      /* bits that one look drops without reading them: two such after a DC fit into what a refill gives */

struct symbol { uint8_t length, value; }; /* length 0: the code is longer than a look */

struct table {
    uint64_t read[LOOKS];    /* DC: one code. AC: up to two codes */
    uint32_t skip[LOOKS];    /* AC: as many codes as a look shows, the last with its code at least */
    struct symbol first[LOOKS];
    int is_dc;
    UINT8 counts[17], values[256];
    int32_t last[18];        /* the largest code of each length, -1 where there is none */
    int32_t offset[17];      /* from a code to its index in values */
    uint64_t used;           /* when, by kept.uses; 0: empty */
};

/* The table of a thread's store, made where it is not kept from an earlier image; valid until the thread asks for 8 others. */
const struct table *table_of(const JHUFF_TBL *table, int is_dc);

/* The value that size bits after a code stand for. */
static inline int extend(int value, int size) { return size && value < 1 << (size - 1) ? value - (1 << size) + 1 : value; }

#endif
