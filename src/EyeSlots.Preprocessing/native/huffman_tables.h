/* Tables that read whole groups of Huffman codes by one look. */
#ifndef EYESLOTS_HUFFMAN_TABLES_H
#define EYESLOTS_HUFFMAN_TABLES_H

#include "libjpeg.h"

#define LOOK 13              /* bits of one look into a table */
#define LOOKS (1 << LOOK)
#define KEPT 6               /* tables that a decoder keeps; an image has one for each of its four components at most */

/*
 * A look shows up to three codes. What a walk needs to know of them is kept apart, small enough for the nearest cache:
 *   0-5    bits to drop; here, so that a shift by it needs no mask
 *   7      ENDED: the block has
 *   8-15   coefficients to advance by, UNKNOWN where a look does not show enough
 */
#define ENDED 128
#define UNKNOWN (255 << 8)
#define ADVANCE(step) ((uint8_t)((step) >> 8))

/*
 * The coefficients: how far behind the place of the look the first stands, the others behind the one before, and their values. Those
 * that are missing stand where the last does: written from 3 to 1, a value wins over what is missing.
 *   0-4, 5-9, 10-14       places
 *   15                    the block has ended
 *   16-23, 24-27, 28-31   values; a code whose value is larger is read alone
 */
#define PLACE1(v) ((v) & 31)
#define PLACE2(v) ((v) >> 5 & 31)
#define PLACE3(v) ((v) >> 10 & 31)
#define ENDS(v) ((v) >> 15 & 1)
#define VALUE1(v) ((int8_t)((v) >> 16))
#define VALUE2(v) ((int32_t)((v) << 4) >> 28)
#define VALUE3(v) ((int32_t)(v) >> 28)

struct symbol { uint8_t length, value; }; /* length 0: there is no such code */

/* A Huffman table as the file has it, and the code at the start of any 16 bits. */
struct codes { UINT8 counts[17], values[256]; struct symbol any[1 << 16]; };

enum { DC, AC };             /* the look at the start of a block, at its DC and the codes behind; all other looks */

struct tables {
    uint16_t steps[KEPT][2][LOOKS];
    uint32_t values[KEPT][2][LOOKS];
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
