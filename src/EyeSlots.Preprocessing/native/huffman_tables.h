/* Tables that read whole groups of Huffman codes by one look. */
#ifndef EYESLOTS_HUFFMAN_TABLES_H
#define EYESLOTS_HUFFMAN_TABLES_H

#include "libjpeg.h"

#define LOOK 13              /* bits of one look into a table */
#define LOOKS (1 << LOOK)
#define KEPT 6               /* tables that a decoder keeps; an image has one for each of its four components at most */

/*
 * A look shows up to four codes. What a walk needs to know of them is kept apart, small enough for the nearest cache:
 *   0-5    bits to drop; here, so that a shift by it needs no mask
 *   7      ENDED: the block has
 *   8-15   coefficients to advance by, UNKNOWN where a look does not show enough
 */
#define ENDED 128
#define UNKNOWN (255 << 8)
#define ADVANCE(step) ((uint8_t)((step) >> 8))

/*
 * The coefficients that a look advances by, those between codes too: a byte for each, the first the lowest. So they are written at
 * once, wherever they stand. A look that advances by more shows one code, of which only the value is kept: zeros stand before it.
 * A code whose value is larger than a byte is read alone.
 */
#define SHOWN 8
#define FIRST_VALUE(values) ((int8_t)(values))

struct symbol { uint8_t length, value; }; /* length 0: there is no such code */

/* A Huffman table as the file has it, and the code at the start of any 16 bits. */
struct codes { UINT8 counts[17], values[256]; struct symbol any[1 << 16]; };

enum { DC, AC };             /* the look at the start of a block, at its DC and the codes behind; all other looks */

struct tables {
    uint16_t steps[KEPT][2][LOOKS];
    uint64_t values[KEPT][2][LOOKS];
    struct codes codes[KEPT][2];
    uint64_t used[KEPT];     /* when; 0: never */
    uint64_t uses;
    int made[KEPT];
};

/*
 * Which of the tables has these codes, -1: none. A table takes as long to make as several images to decode, so it is made when it is
 * asked for the second time: nearly all images have the tables of an image before, and those that were made for one image alone
 * are not worth it.
 */
int table_of(struct tables *all, const JHUFF_TBL *dc, const JHUFF_TBL *ac);

/* The value that size bits after a code stand for. */
static inline int extend(int value, int size) { return size && value < 1 << (size - 1) ? value - (1 << size) + 1 : value; }

#endif
