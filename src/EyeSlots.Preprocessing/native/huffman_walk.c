/*
 * Where a code ends is known when it has been looked up, so a walk over the codes waits for each look before the next, and half
 * the processor idles. Therefore several walks go over different parts of the bytes at once, in one loop without branches that
 * could be guessed wrongly, and write down what they saw. huffman_join.c makes one of them.
 */
#include "huffman_walk.h"

static inline __attribute__((always_inline)) uint64_t bits_at(const struct walks *all, int64_t bit)
{
    uint64_t word;
    __builtin_memcpy(&word, all->bytes + (uint64_t)bit / 8, 8);
    return __builtin_bswap64(word) << (bit & 7) | 1;
}

void walk_begin(const struct walks *all, struct walk *w, int64_t start, uint32_t entry)
{
    w->bit = w->start = start;
    w->window = bits_at(all, start);
    w->kind = &all->kinds[0];
    w->looks = all->kinds[all->blocks - 1].next_dc;
    w->place = 0;
    w->entry = entry;
    w->ends[0] = (uint16_t)entry;
    w->end = w->ends + 1;
    w->ended = entry;
}

/* --- one code --- */

static inline void write_alone(struct walk *w, int64_t from, int advance, int value, int ended)
{
    uint8_t place = (uint8_t)advance;
    w->entries[w->entry] = ALONE;
    w->seen[w->entry] = ended ? ENDED : 0;
    w->alone[w->entry++] = (struct alone){ (int16_t)value, (uint8_t)(walk_position(w) - from), place, (uint8_t)ended };
    w->looks = ended ? w->kind->next_dc : w->kind->ac;
    w->place = ended ? 0 : w->place + place;
    w->kind = ended ? w->kind->next : w->kind;
}

/* Whatever is not a code of an ordinary file. A walk that guesses was wrong so far; behind the valid bytes anything may stand, and
   its bits from there on count like those of a code, as what is not whole is taken back by the bits of its entries. */
static __attribute__((noinline)) void refuse(const struct walks *all, struct walk *w, int64_t from)
{
    if (w->guesses) walk_begin(all, w, walk_position(w) + 1, w->entry + 1);
    else if (walk_position(w) <= 8 * (all->valid - all->bytes)) longjmp(*all->surrender, 1);
    else write_alone(w, from, 1, 0, 1);
}

/* Reads one code that a look does not show, or that fills its block, and makes one entry of it. */
static __attribute__((noinline)) void read_alone(const struct walks *all, struct walk *w)
{
    int64_t from = w->bit = walk_position(w);
    w->window = bits_at(all, from);
    int is_ac = w->place > 0;
    struct symbol s = all->tables->codes[w->kind->table][is_ac ? AC : DC].any[w->window >> 48];
    int run = is_ac ? s.value >> 4 : 0, size = is_ac ? s.value & 15 : s.value, after = (int)w->place + run + 1;
    w->window <<= s.length;
    if (!s.length || (size && after > DCTSIZE2)) refuse(all, w, from);
    else if (is_ac && !size && (run != 15 || after >= DCTSIZE2)) write_alone(w, from, 1, 0, 1);
    else {
        int value = extend((int)(w->window >> 1 >> (63 - size)), size);
        w->window <<= size;
        write_alone(w, from, run + 1, value, after == DCTSIZE2);
    }
    w->bit = walk_position(w);
    w->window = bits_at(all, w->bit);
}

/* --- many codes --- */

/*
 * The part of a walk that the next look waits for: its copy lives in registers. What else changes, the kind, is more than a
 * processor with three walks has registers for, and stays where it is.
 */
struct state { uint64_t window; const uint16_t *looks; uint32_t place; };

static inline __attribute__((always_inline)) struct state load(const struct walk *w) { return (struct state){ w->window, w->looks, w->place }; }

static inline __attribute__((always_inline)) void store(struct walk *w, struct state s, uint32_t entry)
{
    w->window = s.window;
    w->looks = s.looks;
    w->place = s.place;
    w->entry = entry;
}

static inline __attribute__((always_inline)) struct state refill(const struct walks *all, struct walk *w, struct state s)
{
    w->bit += __builtin_ctzll(s.window);
    return (struct state){ bits_at(all, w->bit), s.looks, s.place };
}

/* What comes next, by whether the block has ended. No processor guesses that, and a compiler would make a branch of it. */
static inline __attribute__((always_inline)) struct state choose(struct walk *w, uint64_t window, uint32_t step, uint32_t place)
{
    const struct kind *kind = w->kind;
    const uint16_t *looks = kind->ac;
#if defined(__x86_64__)
    static const uint32_t nothing = 0;  /* takes no register */
    __asm__("testb %b[step], %b[step]\n\t"
            "cmovs %[next_dc], %[looks]\n\t"
            "cmovs %[nothing], %[place]\n\t"
            "cmovs %[next], %[kind]"
        : [looks] "+&r"(looks), [place] "+&r"(place), [kind] "+&r"(kind)
        : [step] "r"(step), [next_dc] "m"(kind->next_dc), [nothing] "m"(nothing), [next] "m"(kind->next)
        : "cc");
#else
    int ended = (step & ENDED) != 0;
    looks = ended ? kind->next_dc : looks;
    place = ended ? 0 : place;
    kind = ended ? kind->next : kind;
#endif
    w->kind = kind;
    return (struct state){ window, looks, place };
}

static inline __attribute__((always_inline)) struct state look(const struct walks *all, struct walk *w, struct state s, uint32_t next)
{
    const uint16_t *at = s.looks + (s.window >> (64 - LOOK));
    uint32_t step = *at, after = s.place + ADVANCE(step);
    if (__builtin_expect(after >= DCTSIZE2, 0)) {
        store(w, s, next - 1);
        read_alone(all, w);
        return load(w);
    }
    w->entries[next - 1] = (uint32_t)(uintptr_t)at;
    w->seen[next - 1] = (uint8_t)step;
    return choose(w, s.window << (step & 63), step, after);
}

FOR_EACH_PROCESSOR void walk_step(const struct walks *all, struct walk *a)
{
    struct state s = refill(all, a, load(a));
    uint32_t entry = a->entry;
    for (int i = 0; i < STEP; i++) s = look(all, a, s, ++entry);
    store(a, s, entry);
}

static inline __attribute__((always_inline)) int can_step(const struct walk *w, uint32_t entry) { return w->bit < w->stop && entry < MOST_ENTRIES; }

static inline __attribute__((always_inline)) void run2(const struct walks *all, struct walk *a, struct walk *b)
{
    struct state s = load(a), t = load(b);
    uint32_t entry = a->entry;
    if (!walk_can_step(a) || !walk_can_step(b)) return;
    while (can_step(a, entry) && can_step(b, entry)) {
        s = refill(all, a, s);
        t = refill(all, b, t);
        for (int i = 0; i < STEP; i++) {
            s = look(all, a, s, ++entry);
            t = look(all, b, t, entry);
        }
    }
    store(a, s, entry);
    store(b, t, entry);
}

static inline __attribute__((always_inline)) void run3(const struct walks *all, struct walk *a, struct walk *b, struct walk *c)
{
    struct state s = load(a), t = load(b), u = load(c);
    uint32_t entry = a->entry;
    while (can_step(a, entry) && can_step(b, entry) && can_step(c, entry)) {
        s = refill(all, a, s);
        t = refill(all, b, t);
        u = refill(all, c, u);
#pragma GCC unroll 4
        for (int i = 0; i < STEP; i++) {
            s = look(all, a, s, ++entry);
            t = look(all, b, t, entry);
            u = look(all, c, u, entry);
        }
    }
    store(a, s, entry);
    store(b, t, entry);
    store(c, u, entry);
}

FOR_EACH_PROCESSOR void walk_run(const struct walks *all, int count)
{
    struct walk *a = all->walks, *b = a + 1, *c = a + 2;
    if (count > 2) run3(all, a, b, c);
    if (count > 1) run2(all, a, b);
    if (count > 2) run2(all, a, c);
    if (count > 2) run2(all, b, c);
    for (int i = 0; i < count; i++) while (walk_can_step(&a[i])) walk_step(all, &a[i]);
}
