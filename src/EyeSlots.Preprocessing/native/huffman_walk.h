/* Walks over the entropy-coded bytes of a JPEG, several at once; huffman_walk.c says how. */
#ifndef EYESLOTS_HUFFMAN_WALK_H
#define EYESLOTS_HUFFMAN_WALK_H

#include "huffman_tables.h"

/* Twice in the library: for processors with BMI2, whose shifts need no register of their own, and for all others. */
#if defined(__x86_64__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

#define WALKS 3
#define MOST_ENTRIES 16384          /* of a walk */
#define ENDS_AT_ONCE 8              /* written, of which those that are count */
#define STEP (56 / LOOK)            /* looks for which one load of bits suffices */

/* A block of an MCU: the tables of the looks behind its first and of the first of the next block. */
struct kind { const uint16_t *ac, *next_dc; const struct kind *next; int table; };

/* A code: its bits, its coefficient behind the place of the entry, and whether the block has ended. */
struct alone { int16_t value; uint8_t bits, place, ended; };

/* One walk: the bits ahead of it, where it stands in its block, and what it saw. */
struct walk {
    int64_t bit;                    /* where the window began before bits were dropped */
    uint64_t window;                /* bits from the top, a 1, then zeros: as many as were dropped */
    const uint16_t *looks;          /* table of the next look */
    const struct kind *kind;        /* of the block under way */
    uint16_t *end;                  /* next to write; huffman_join.c does */
    uint32_t ended;                 /* the entry up to which ends are written */
    uint32_t place;                 /* in the block, in the order of the codes */
    uint32_t entry;                 /* next to write */
    int64_t stop;                   /* a bit: from there on no step begins */
    int64_t start;                  /* the bit of its first block */
    int guesses;                    /* its start need not be that of an MCU */
    uint16_t ends[MOST_ENTRIES + STEP + 2 + ENDS_AT_ONCE];     /* the entry behind each block, from that before the first */
    uint8_t seen[MOST_ENTRIES + STEP + 64];     /* of each entry the lower half of its step: whether its block has ended */
    uint32_t entries[MOST_ENTRIES + STEP];      /* the looks: the lower half of their addresses in tables->steps, or ALONE */
    struct alone alone[MOST_ENTRIES + STEP];    /* codes that no look shows, at the index of their entries */
};
#define ALONE 1                     /* no address: those are even */

/* MCUs that follow each other, found by one walk. */
struct stretch { const struct walk *walk; const uint16_t *first, *last; };

struct walks {
    const uint8_t *bytes, *valid;   /* without stuffed zeros; behind valid 128 bytes of zeros */
    const struct tables *tables;
    struct walk *walks;             /* WALKS of them */
    int blocks;                     /* of an MCU */
    struct kind kinds[D_MAX_BLOCKS_IN_MCU];
    jmp_buf *surrender;             /* left by for an invalid code */
    struct stretch found[WALKS];
    int count;                      /* of found */
    int64_t rest;                   /* the first bit behind what was found */
};

/* Finds the MCUs from a bit on up to valid; the last one that is not whole is not found. In huffman_join.c. */
void walk_all(struct walks *all, int64_t start);

/* The bits of the entries of a walk from one to another. In huffman_join.c. */
int64_t walk_bits(const struct walks *all, const struct walk *w, unsigned from, unsigned to);

/* Starts a walk at a bit, its entries from so many on. */
void walk_begin(const struct walks *all, struct walk *w, int64_t start, uint32_t entry);

/* Goes on with so many walks until each has come to its stop. */
void walk_run(const struct walks *all, int count);

/* Goes on with one; only where it can. */
void walk_step(const struct walks *all, struct walk *w);

static inline int walk_can_step(const struct walk *w) { return w->bit < w->stop && w->entry < MOST_ENTRIES; }

/* The next bit. */
static inline int64_t walk_position(const struct walk *w) { return w->bit + __builtin_ctzll(w->window); }

#endif
