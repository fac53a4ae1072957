/*
 * Huffman decoding of baseline JPEG, the largest part of cutting a slot: everything above the slot's last row must be read.
 * Most of it only to find where it ends, so whole groups of codes are stepped over by one look into a table.
 *
 * The decoder takes the place of the library's own in cinfo->entropy (libjpeg's method pointers), so inverse transform,
 * upsampling and colours stay the library's, bit for bit. Whatever is not an ordinary code of an ordinary file (an invalid
 * code, a run past the block, a marker too early) makes it surrender: the caller decodes the file again with the library's
 * decoder, whose warnings decide.
 */
#include "huffman.h"
#include "huffman_tables.h"

#include <string.h>

/* The members of libjpeg's struct jpeg_entropy_decoder up to the one replaced here. */
struct entropy_methods {
    void (*start_pass)(j_decompress_ptr);
    boolean (*decode_mcu)(j_decompress_ptr, JBLOCKROW *);
};

/* Where the coefficients of a block stand, in the order of their codes, counted from 1. */
static const uint8_t natural[1 + DCTSIZE2] = {
    0, 0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
    35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
};

/* --- bits --- */

/*
 * A rare function gets a copy of the bits: bits whose address is never given away live in registers, so that the way from
 * one code to the next is a shift, a look and a shift.
 */
#define RARE static __attribute__((noinline))
#define RARELY(b, call) do { struct bits copy = *(b); call; *(b) = copy; } while (0)

static void surrender(const struct bits *b) { longjmp(*b->surrender, 1); }

/* Makes room behind what is not read yet, and fills it. */
static void fill(struct bytes *f, struct bits *b)
{
    size_t left = f->end > b->next ? (size_t)(f->end - b->next) : 0;
    memmove(f->bytes, b->next, left);
    b->next = f->bytes;
    f->end = f->bytes + left;
    for (size_t room = sizeof f->bytes - MCU_BYTES - 8 - left; room > 1 && !f->ended; room = (size_t)(f->bytes + sizeof f->bytes - MCU_BYTES - 8 - f->end)) {
        size_t most = (size_t)(f->source_end - f->source) < room ? (size_t)(f->source_end - f->source) : room - 1;
        const uint8_t *stuffed = memchr(f->source, 0xFF, most);
        size_t plain = stuffed ? (size_t)(stuffed - f->source) : most;
        memcpy(f->end, f->source, plain);
        f->end += plain;
        f->source += plain;
        if (stuffed && f->source_end - stuffed >= 2 && stuffed[1] == 0) {
            *f->end++ = 0xFF;
            f->source += 2;
        } else f->ended = stuffed || f->source == f->source_end;
    }
    memset(f->end, 0, MCU_BYTES + 8);
}

/* At least 56 bits. Below those that count the window may hold bits that the next refill writes there again. */
static inline void refill(struct bits *b)
{
    uint64_t word;
    memcpy(&word, b->next, 8);
    b->window |= __builtin_bswap64(word) >> b->count;
    b->next += (63 - b->count) >> 3;
    b->count |= 56;
}

/* Bits that were read though no byte of the file gave them, negative: bits left. */
static int64_t invented(const struct bytes *f, const struct bits *b) { return 8 * (b->next - f->end) - b->count; }

static inline void drop(struct bits *b, unsigned count)
{
    b->window <<= count;
    b->count -= count;
}

static inline int look(const struct bits *b) { return (int)(b->window >> (64 - LOOK)); }

static inline int take(struct bits *b, int count)
{
    int value = count ? (int)(b->window >> (64 - count)) : 0;
    drop(b, (unsigned)count);
    return value;
}

/* Any code, whatever its length; drops it. */
static unsigned symbol(struct bits *b, const struct table *t)
{
    struct symbol s = t->first[look(b)];
    drop(b, s.length);
    if (s.length) return s.value;
    int length = LOOK + 1;
    int32_t code = (int32_t)(b->window >> (64 - length));
    while (code > t->last[length]) code = (int32_t)(b->window >> (64 - ++length));
    if (length > 16) surrender(b);
    drop(b, (unsigned)length);
    return t->values[(code + t->offset[length]) & 255];
}

/* --- blocks --- */

RARE int read_difference(struct bits *b, const struct table *t)
{
    refill(b);
    int size = (int)symbol(b, t);
    return extend(take(b, size), size);
}

static inline int next_difference(struct bits *b, const struct table *t)
{
    uint64_t e = t->read[look(b)];
    int difference = VALUE1(e);
    if (__builtin_expect(ADVANCE(e) == UNKNOWN, 0)) {
        RARELY(b, difference = read_difference(&copy, t));
        refill(b);
    } else drop(b, DROP(e));
    return difference;
}

/*
 * Reads one AC code that a look does not show, or that fills its block. Returns where the next one stands, DCTSIZE2 when the
 * block has ended.
 *   k             where in the block it stands, in the order of the codes
 *   coefficients  NULL: not wanted
 */
RARE unsigned read_code(struct bits *b, const struct table *t, unsigned k, JCOEF *coefficients)
{
    refill(b);
    unsigned s = symbol(b, t), run = s >> 4, size = s & 15;
    if (!size) return run == 15 && k + 16 < DCTSIZE2 ? k + 16 : DCTSIZE2;
    int value = extend(take(b, (int)size), (int)size);
    if (k + run >= DCTSIZE2) surrender(b);
    if (coefficients) coefficients[natural[1 + k + run]] = (JCOEF)value;
    refill(b);
    return k + run + 1;
}

/* Both return the difference of the block's DC. So many looks as stand in each inner loop drop less than a refill gives. */
static inline int skip_block(struct bits *b, const struct table *dc, const struct table *ac)
{
    refill(b);
    int difference = next_difference(b, dc);
    for (unsigned k = 1; k < DCTSIZE2; refill(b)) {
        for (int i = 0; i < 2; i++) {
            uint32_t e = ac->skip[look(b)];
            unsigned after = k + ADVANCE(e);
            if (__builtin_expect(after >= DCTSIZE2, 0)) {
                RARELY(b, k = read_code(&copy, ac, k, NULL));
                break;
            }
            drop(b, DROP(e));
            if (e & END) return difference;
            k = after;
        }
    }
    return difference;
}

static inline int read_block(struct bits *b, const struct table *dc, const struct table *ac, JCOEF *coefficients)
{
    refill(b);
    int difference = next_difference(b, dc);
    for (unsigned k = 1; k < DCTSIZE2; refill(b)) {
        for (int i = 0; i < 4; i++) {
            uint64_t e = ac->read[look(b)];
            unsigned after = k + ADVANCE(e);
            if (__builtin_expect(after >= DCTSIZE2, 0)) {
                RARELY(b, k = read_code(&copy, ac, k, coefficients));
                break;
            }
            drop(b, DROP(e));
            coefficients[natural[k + FIRST(e)]] = VALUE1(e);
            if (e & END) return difference; /* alone, it wrote a zero where the block has one */
            coefficients[natural[after]] = VALUE2(e);
            k = after;
        }
    }
    return difference;
}

/* --- MCUs --- */

static void pass_restart(struct huffman *h)
{
    struct bytes *f = &h->bytes;
    if (!f->ended) fill(f, &h->bits);
    if (invented(f, &h->bits) <= -8 || f->source_end - f->source < 2 || f->source[0] != 0xFF || f->source[1] != JPEG_RST0 + h->restart)
        surrender(&h->bits);
    f->source += 2;
    f->ended = 0;
    h->bits.next = f->end = f->bytes;
    h->bits.window = 0;
    h->bits.count = 0;
    h->restart = (h->restart + 1) & 7;
    h->until_restart = h->interval;
    memset(h->prediction, 0, sizeof h->prediction);
}

/* libjpeg's decode_mcu: the blocks are zeroed; without blocks the MCU is only passed. */
static boolean decode_mcu(j_decompress_ptr cinfo, JBLOCKROW *blocks)
{
    struct huffman *h = cinfo->client_data;
    if (h->interval) {
        if (h->until_restart == 0) pass_restart(h);
        h->until_restart--;
    }
    int wanted = blocks && h->column >= h->first && h->column <= h->last;
    if (!h->bytes.ended && h->bytes.end - h->bits.next < MCU_BYTES) fill(&h->bytes, &h->bits);
    struct bits b = h->bits;    /* in registers */
    for (int i = 0; i < h->blocks; i++) {
        int difference = wanted ? read_block(&b, h->dc[i], h->ac[i], *blocks[i]) : skip_block(&b, h->dc[i], h->ac[i]);
        int value = h->prediction[h->component[i]] += difference;
        if (value != (JCOEF)value) surrender(&h->bits);
        if (wanted) (*blocks[i])[0] = (JCOEF)value;
    }
    h->bits = b;
    if (invented(&h->bytes, &b) > 0) surrender(&h->bits);
    h->column = h->column + 1 == h->columns ? 0 : h->column + 1;
    return TRUE;
}

int huffman_install(j_decompress_ptr cinfo, JDIMENSION left, JDIMENSION width)
{
    struct huffman *h = cinfo->client_data;
    int sequential = cinfo->Ss == 0 && cinfo->Se == DCTSIZE2 - 1 && cinfo->Ah == 0 && cinfo->Al == 0;
    if (cinfo->progressive_mode || cinfo->arith_code || !sequential || cinfo->data_precision != 8) return 0;
    if (cinfo->comps_in_scan != cinfo->num_components || cinfo->unread_marker) return 0;
    h->bytes.source = cinfo->src->next_input_byte;
    h->bytes.source_end = h->bytes.source + cinfo->src->bytes_in_buffer;
    h->bytes.ended = 0;
    h->bits.next = h->bytes.end = h->bytes.bytes;
    h->bits.window = 0;
    h->bits.count = h->restart = h->column = 0;
    h->interval = h->until_restart = (int)cinfo->restart_interval;
    memset(h->prediction, 0, sizeof h->prediction);
    h->columns = (int)cinfo->MCUs_per_row;
    int mcu = cinfo->comps_in_scan == 1 ? DCTSIZE : cinfo->max_h_samp_factor * DCTSIZE;
    h->first = (int)left / mcu;
    h->last = ((int)(left + width) + mcu - 1) / mcu - 1;
    h->blocks = cinfo->blocks_in_MCU;
    for (int i = 0; i < h->blocks; i++) {
        const jpeg_component_info *component = cinfo->cur_comp_info[cinfo->MCU_membership[i]];
        h->component[i] = cinfo->MCU_membership[i];
        h->dc[i] = table_of(cinfo->dc_huff_tbl_ptrs[component->dc_tbl_no], 1);
        h->ac[i] = table_of(cinfo->ac_huff_tbl_ptrs[component->ac_tbl_no], 0);
    }
    ((struct entropy_methods *)cinfo->entropy)->decode_mcu = decode_mcu;
    return 1;
}
