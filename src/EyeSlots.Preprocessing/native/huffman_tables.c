/*
 * Tables are kept from image to image of a thread: nearly all cameras and programs write the standard's example tables. The
 * library has checked a table before it comes here.
 */
#include "huffman_tables.h"

#include <string.h>

#define KEPT 8               /* tables that a thread keeps; an image has at most 4 for DC and 4 for AC */

static _Thread_local struct { struct table tables[KEPT]; uint64_t uses; } kept;

static void derive_codes(struct table *t)
{
    int32_t code = 0;
    memset(t->first, 0, sizeof t->first);
    for (int length = 1, index = 0; length <= 16; length++, code <<= 1) {
        t->offset[length] = index - code;
        t->last[length] = t->counts[length] ? code + t->counts[length] - 1 : -1;
        for (int i = 0; i < t->counts[length] && index < 256; i++, code++, index++) {
            if (length > LOOK) continue;
            for (int j = 0; j < 1 << (LOOK - length); j++)
                t->first[(code << (LOOK - length)) + j] = (struct symbol){ (uint8_t)length, t->values[index] };
        }
    }
    t->last[17] = INT32_MAX; /* ends every search */
}

/* The code that starts after so many bits of a look; length 0 where the look does not show it. */
static struct symbol at(const struct table *t, int look, int bits)
{
    struct symbol s = t->first[look << bits & (LOOKS - 1)];
    return bits + s.length > LOOK ? (struct symbol){ 0, 0 } : s;
}

static uint32_t entry(int bits, int advance) { return (unsigned)bits | (unsigned)advance << 8; }

static uint64_t values(int first, int value1, int value2)
{
    return (unsigned)first << 24 | (uint64_t)(uint16_t)value1 << 32 | (uint64_t)(uint16_t)value2 << 48;
}

static uint64_t read_dc(const struct table *t, int look)
{
    struct symbol s = at(t, look, 0);
    int bits = s.length + s.value;
    if (!s.length || bits > LOOK) return entry(0, UNKNOWN);
    int difference = extend(look >> (LOOK - bits) & ((1 << s.value) - 1), s.value);
    return entry(bits, 1) | values(1, difference, difference);
}

static uint32_t skip_ac(const struct table *t, int look)
{
    int bits = 0, advance = 0;
    for (struct symbol s; bits < LOOK && (s = at(t, look, bits)).length; ) {
        int run = s.value >> 4, size = s.value & 15;
        if (bits + s.length + size > MOST_SKIPPED) break;
        bits += s.length + size;
        if (!size && run != 15) return entry(bits, advance) | END;
        advance += run + 1;
    }
    return bits ? entry(bits, advance) : entry(0, UNKNOWN);
}

static uint64_t read_ac(const struct table *t, int look)
{
    int bits = 0, count = 0, advance[3] = { 0 }, value[3] = { 0 };
    while (count < 2) {
        struct symbol s = at(t, look, bits);
        int run = s.value >> 4, size = s.value & 15, after = bits + s.length + size;
        if (!s.length || after > LOOK) break;
        bits = after;
        if (!size && run != 15) return entry(bits, advance[count]) | END | values(count ? advance[1] : 1, value[0], 0);
        value[count] = extend(look >> (LOOK - bits) & ((1 << size) - 1), size);
        advance[count + 1] = advance[count] + run + 1;
        count++;
    }
    return count ? entry(bits, advance[count]) | values(advance[1], value[0], value[count - 1]) : entry(0, UNKNOWN);
}

static void derive(struct table *t, const JHUFF_TBL *table, int is_dc)
{
    t->is_dc = is_dc;
    memcpy(t->counts, table->bits, sizeof t->counts);
    memcpy(t->values, table->huffval, sizeof t->values);
    derive_codes(t);
    for (int look = 0; look < LOOKS; look++) {
        t->read[look] = is_dc ? read_dc(t, look) : read_ac(t, look);
        t->skip[look] = is_dc ? 0 : skip_ac(t, look);
    }
}

static int is(const struct table *t, const JHUFF_TBL *table, int is_dc)
{
    return t->used && t->is_dc == is_dc && !memcmp(t->counts + 1, table->bits + 1, 16) && !memcmp(t->values, table->huffval, sizeof t->values);
}

/* The table if it is kept, else made in the place of the one not used for longest. */
const struct table *table_of(const JHUFF_TBL *table, int is_dc)
{
    struct table *place = &kept.tables[0];
    for (int i = 0; i < KEPT && !is(place, table, is_dc); i++) {
        struct table *t = &kept.tables[i];
        if (is(t, table, is_dc) || t->used < place->used) place = t;
    }
    if (!is(place, table, is_dc)) derive(place, table, is_dc);
    place->used = ++kept.uses;
    return place;
}
