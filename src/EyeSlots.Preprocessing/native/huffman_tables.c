/* The library has checked a table before it comes here. */
#include "huffman_tables.h"

#include <string.h>

static void remember(struct codes *t, const JHUFF_TBL *table)
{
    memcpy(t->counts, table->bits, sizeof t->counts);
    memcpy(t->values, table->huffval, sizeof t->values);
}

static void find_codes(struct codes *t)
{
    struct symbol *next = t->any, *end = t->any + (1 << 16);
    for (int length = 1, index = 0; length <= 16; length++)
        for (int i = 0; i < t->counts[length] && index < 256; i++, index++)
            for (int j = 0; j < 1 << (16 - length) && next < end; j++) *next++ = (struct symbol){ (uint8_t)length, t->values[index] };
    memset(next, 0, (size_t)(end - next) * sizeof *next);
}

/* What is found in a look so far. */
struct found { int bits, advance, ended; uint64_t values; };

/* Whether one more code could be added. */
static int add_code(struct found *f, const struct codes *codes, int look, int is_dc)
{
    struct symbol s = codes->any[look << (16 - LOOK + f->bits) & 0xFFFF];
    int run = is_dc ? 0 : s.value >> 4, size = is_dc ? s.value : s.value & 15, bits = f->bits + s.length;
    if (!s.length || bits + size > LOOK || f->ended) return 0; /* no code, or one that the look does not show to its end */
    f->ended = !is_dc && !size && run != 15;
    if (f->ended) f->bits = bits;
    int place = f->advance + run, value = extend(look >> (LOOK - bits - size) & ((1 << size) - 1), size);
    if (f->ended || value != (int8_t)value || (f->advance && place >= SHOWN)) return 0;
    f->bits = bits + size;
    f->advance = place + 1;
    f->values |= (uint64_t)(uint8_t)value << (place < SHOWN ? 8 * place : 0);
    return 1;
}

static void make_looks(struct tables *all, int table, int kind)
{
    const struct codes *dc = &all->codes[table][DC], *ac = &all->codes[table][AC];
    for (int look = 0; look < LOOKS; look++) {
        struct found f = { 0 };
        int known = kind == AC || add_code(&f, dc, look, 1);
        while (known && add_code(&f, ac, look, 0)) { }
        known = f.advance || f.ended;
        if (!f.advance) f.advance = 1; /* an end alone: the next coefficient, which is zero */
        all->values[table][kind][look] = f.values;
        all->steps[table][kind][look] = known ? (uint16_t)(f.bits | f.advance << 8 | (f.ended ? ENDED : 0)) : UNKNOWN;
    }
}

static void make(struct tables *all, int table)
{
    find_codes(&all->codes[table][DC]);
    find_codes(&all->codes[table][AC]);
    make_looks(all, table, DC);
    make_looks(all, table, AC);
    all->made[table] = 1;
}

static int are(const struct codes *codes, const JHUFF_TBL *table)
{
    return !memcmp(codes->counts + 1, table->bits + 1, 16) && !memcmp(codes->values, table->huffval, sizeof codes->values);
}

/* The place of the table that is missed least: one that was asked for once, else the one not asked for for longest. */
static int place(const struct tables *all)
{
    int best = 0;
    for (int i = 1; i < KEPT; i++)
        if (all->made[i] < all->made[best] || (all->made[i] == all->made[best] && all->used[i] < all->used[best])) best = i;
    return best;
}

int table_of(struct tables *all, const JHUFF_TBL *dc, const JHUFF_TBL *ac)
{
    for (int i = 0; i < KEPT; i++) {
        if (!all->used[i] || !are(&all->codes[i][DC], dc) || !are(&all->codes[i][AC], ac)) continue;
        if (!all->made[i]) make(all, i);
        all->used[i] = ++all->uses;
        return i;
    }
    int i = place(all);
    remember(&all->codes[i][DC], dc);
    remember(&all->codes[i][AC], ac);
    all->used[i] = ++all->uses;
    all->made[i] = 0;
    return -1;
}
