/*
 * Where every block is wanted, as in a stored crop, to find the codes first and write their coefficients later is work done twice. Here one
 * pass does both: while a look waits for the one before, coefficients are written. It reads what the walks read, from the same tables, and
 * surrenders where they do.
 */
#include "huffman.h"

#include <string.h>

/* Where a read stands: a window of bits as a walk has it (huffman_walk.h), the bit at which it began, and the place in the MCU. */
struct reader { uint64_t window; int64_t bit; const uint16_t *looks; const struct kind *kind; JCOEF *block; uint32_t place; };

static inline __attribute__((always_inline)) struct reader load(const struct huffman *h, struct reader r)
{
    uint64_t word;
    r.bit += __builtin_ctzll(r.window);
    if (__builtin_expect(r.bit > h->last_bit, 0)) surrender(h);
    memcpy(&word, h->bytes.bytes + (uint64_t)r.bit / 8, sizeof word);
    r.window = __builtin_bswap64(word) << (r.bit & 7) | 1;
    return r;
}

/* What comes next, by whether the block has ended: as a walk chooses it (huffman_walk.c). */
static inline __attribute__((always_inline)) struct reader choose(struct reader r, uint32_t step, uint32_t place)
{
    const uint16_t *looks = r.kind->ac, *next_dc = r.kind->next_dc;
    const struct kind *next = r.kind + 1;
#if defined(__x86_64__)
    __asm__("testb %b[step], %b[step]\n\t"
            "cmovs %[next_dc], %[looks]\n\t"
            "cmovs %[zero], %[place]\n\t"
            "cmovs %[next], %[kind]"
        : [looks] "+&r"(looks), [place] "+&r"(place), [kind] "+&r"(r.kind)
        : [step] "r"(step), [next_dc] "rm"(next_dc), [zero] "rm"(0u), [next] "rm"(next)
        : "cc");
#else
    int ended = (step & ENDED) != 0;
    looks = ended ? next_dc : looks;
    place = ended ? 0 : place;
    r.kind = ended ? next : r.kind;
#endif
    return (struct reader){ r.window, r.bit, looks, r.kind, r.block + step / ENDED % 2 * DCTSIZE2, place };
}

/* Reads one code that a look does not show, or that fills its block. */
static __attribute__((noinline)) void read_alone(const struct huffman *h, struct reader *all)
{
    struct reader r = load(h, *all);
    struct symbol s = h->walks.tables->codes[r.kind->table][r.place ? AC : DC].any[r.window >> 48];
    uint32_t run = r.place ? s.value >> 4 : 0, size = r.place ? s.value & 15 : s.value, after = r.place + run + 1;
    if (!s.length || (size && after > DCTSIZE2)) surrender(h);
    int is_end = r.place && !size && run != 15;
    r.window <<= s.length;
    if (size) r.block[after - 1] = (JCOEF)extend((int)(r.window >> (64 - size)), (int)size);
    r.window <<= size;
    *all = load(h, choose(r, is_end || after >= DCTSIZE2 ? ENDED : 0, after));
}

static inline __attribute__((always_inline)) struct reader look(const struct huffman *h, struct shown shown, struct reader r)
{
    const uint16_t *at = r.looks + (r.window >> (64 - LOOK));
    uint32_t step = *at, after = r.place + ADVANCE(step);
    if (__builtin_expect(after >= DCTSIZE2, 0)) {
        struct reader alone = r; /* its copy: r lives in registers */
        read_alone(h, &alone);
        return alone;
    }
    const uint64_t *values = shown.values + (at - shown.steps);
    r.window <<= step & 63;
    if (__builtin_expect(ADVANCE(step) > SHOWN, 0)) r.block[after - 1] = FIRST_VALUE(*values);
    else write_shown(r.block + r.place, values);
    return choose(r, step, after);
}

/* All bytes, or enough of them for any MCU. */
static void fill(struct huffman *h)
{
    struct bytes *f = &h->bytes;
    if (f->ended || 8 * (f->end - f->bytes) - h->walks.rest >= 8 * MCU_BYTES) return;
    bytes_fill(f, h->walks.rest, MOST_BYTES);
    h->walks.rest %= 8;
    h->last_bit = 8 * (bytes_valid(f) - f->bytes);
}

/* The blocks are zeroed. */
FOR_EACH_PROCESSOR boolean whole_decode_mcu(j_decompress_ptr cinfo, JBLOCKROW *blocks)
{
    struct huffman *h = cinfo->client_data;
    const struct kind *kinds = h->walks.kinds, *end = kinds + h->walks.blocks;
    struct shown shown = h->shown;
    if (blocks[h->walks.blocks - 1] != blocks[0] + h->walks.blocks - 1) surrender(h);
    fill(h);
    struct reader r = { 1, h->walks.rest, end[-1].next_dc, kinds, h->coded, 0 };
    while (r.kind != end) {
        r = load(h, r);
        for (int i = 0; i < STEP && r.kind != end; i++) r = look(h, shown, r);
    }
    h->walks.rest = r.bit + __builtin_ctzll(r.window);
    if (h->walks.rest > h->last_bit) surrender(h);
    for (int i = 0; i < h->walks.blocks; i++) {
        int value = h->prediction[h->component[i]] += h->coded[DCTSIZE2 * i];
        if (value != (JCOEF)value) surrender(h);
        h->coded[DCTSIZE2 * i] = (JCOEF)value;
    }
    h->order(h->coded, *blocks[0], h->walks.blocks);
    return TRUE;
}
