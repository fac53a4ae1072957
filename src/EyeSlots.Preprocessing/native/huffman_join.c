/*
 * Makes one walk of several. Only the first knows that it starts with an MCU. The others start somewhere; Huffman codes
 * synchronise themselves, so after some blocks a walk reads the true codes, though it does not know. The walk before it finds out:
 * as soon as it ends an MCU at a bit where the other ended one too, both read the same from there on.
 */
#include "huffman_walk.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* Bytes for which a second and a third walk pay off. */
#define TWO 600
#define THREE 1800

int64_t walk_bits(const struct walks *all, const struct walk *w, unsigned from, unsigned to)
{
    const uint8_t *tables = (const uint8_t *)all->tables->steps;
    int64_t bits = 0;
    for (unsigned i = from; i < to; i++) {
        uint32_t look = w->entries[i];
        uint16_t step = 0;
        if (look != ALONE) __builtin_memcpy(&step, tables + (look - (uint32_t)(uintptr_t)tables), 2);
        bits += look == ALONE ? w->alone[i].bits : step & 63;
    }
    return bits;
}

/* Which of 64 entries ended a block, from the lowest bit on. */
static inline __attribute__((always_inline)) uint64_t ended_of(const uint8_t *seen)
{
    uint64_t ended = 0;
#if defined(__x86_64__)
    for (int i = 0; i < 4; i++) ended |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(seen + 16 * i))) << 16 * i;
#else
    for (int i = 0; i < 64; i++) ended |= (uint64_t)(seen[i] >= ENDED) << i;
#endif
    return ended;
}

/* Writes the ends of blocks up to the last entry. */
FOR_EACH_PROCESSOR static void write_ends(struct walk *w)
{
    for (uint32_t from = w->ended; from < w->entry; from += 64) {
        uint32_t left = w->entry - from;
        uint64_t ended = ended_of(w->seen + from) & (left < 64 ? (1ull << left) - 1 : ~0ull);
        int count = __builtin_popcountll(ended);
        for (uint16_t *end = w->end; end < w->end + count; end += ENDS_AT_ONCE)
            for (int i = 0; i < ENDS_AT_ONCE; i++, ended &= ended - 1) end[i] = (uint16_t)(from + (uint32_t)__builtin_ctzll(ended | 1ull << 63) + 1);
        w->end += count;
    }
    w->ended = w->entry;
}

static int64_t valid_bits(const struct walks *all) { return 8 * (all->valid - all->bytes); }

/* Blocks of the MCUs that a walk has been through. */
static long whole(const struct walks *all, struct walk *w)
{
    write_ends(w);
    long blocks = w->end - w->ends - 1;
    return blocks - blocks % all->blocks;
}

/*
 * Goes on with a walk until it ends an MCU where the other ended one too; false if it does not.
 *   at, of_other   blocks of both up to there
 */
static int join(const struct walks *all, struct walk *w, struct walk *other, long *at, long *of_other)
{
    int blocks = all->blocks;
    long m = whole(all, w), j = 0, most = whole(all, other);
    int64_t here = walk_position(w) - walk_bits(all, w, w->ends[m], w->entry), there = other->start;
    w->stop = valid_bits(all);
    while (here <= valid_bits(all)) {
        for (; there < here && j + blocks <= most; j += blocks) there += walk_bits(all, other, other->ends[j], other->ends[j + blocks]);
        *at = m;
        *of_other = j;
        if (there <= here) return there == here;
        while (whole(all, w) < m + blocks) {
            if (!walk_can_step(w)) return 0;
            walk_step(all, w);
        }
        here += walk_bits(all, w, w->ends[m], w->ends[m + blocks]);
        m += blocks;
    }
    return 0;
}

static void found(struct walks *all, const struct walk *w, long from, long to)
{
    if (from < to) all->found[all->count++] = (struct stretch){ w, w->ends + from, w->ends + to };
}

/* The last walk: to the end, but no MCU that took bits from behind the valid ones. */
static void finish(struct walks *all, struct walk *w, long from)
{
    int64_t valid = valid_bits(all);
    for (w->stop = valid; walk_can_step(w); ) walk_step(all, w);
    long m = whole(all, w);
    all->rest = walk_position(w) - walk_bits(all, w, w->ends[m], w->entry);
    for (; m > from && all->rest > valid; m -= all->blocks) all->rest -= walk_bits(all, w, w->ends[m - all->blocks], w->ends[m]);
    found(all, w, from, m);
}

static int start_walks(struct walks *all, int64_t start)
{
    int64_t bits = valid_bits(all) - start;
    int count = bits < 8 * TWO ? 1 : bits < 8 * THREE ? 2 : WALKS;
    for (int i = 0; i < count; i++) {
        walk_begin(all, &all->walks[i], start + bits * i / count, 0);
        all->walks[i].guesses = i > 0;
        all->walks[i].stop = start + bits * (i + 1) / count;
    }
    return count;
}

void walk_all(struct walks *all, int64_t start)
{
    int count = start_walks(all, start);
    walk_run(all, count);
    all->count = 0;
    struct walk *w = all->walks;
    long from = 0;
    for (int i = 1; i < count; i++) {
        struct walk *other = &all->walks[i];
        long at, of_other;
        if (!join(all, w, other, &at, &of_other)) continue;
        found(all, w, from, at);
        w = other;
        w->guesses = 0;
        from = of_other;
    }
    finish(all, w, from);
}
