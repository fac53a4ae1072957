/*
 * Encodes a crop as the linked libjpeg-turbo does, byte for byte, in less than half of its time: an MCU goes from pixels to codes at
 * once, two blocks beside each other, and codes are written without branches that could be guessed wrongly. Tables and header are the
 * library's own, taken from a picture that it has written. Only for processors with AVX2; for all others the library encodes.
 */
#include "encode.h"

#ifdef ENCODES_FAST
#include <string.h>

int encode_can_fast(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("lzcnt");
}

/* --- what a quality needs --- */

/* As compute_reciprocal in the library's jcdctmgr.c: the quotient of a sum and the divisor, by two multiplications of 16 bits. */
static void prepare_divisor(struct divisors *to, int at, unsigned divisor)
{
    unsigned bits = 31 - (unsigned)__builtin_clz(divisor), shift = 16 + bits;
    uint32_t reciprocal = ((uint32_t)1 << shift) / divisor, rest = ((uint32_t)1 << shift) % divisor, correction = divisor / 2;
    if (rest == 0) {
        reciprocal >>= 1;
        shift--;
    } else if (rest <= divisor / 2) correction++;
    else reciprocal++;
    for (int i = 0; i < 2; i++) {
        int row = at / DCTSIZE, column = at % DCTSIZE + DCTSIZE * i;
        to->corrections[row][column] = (uint16_t)correction;
        to->reciprocals[row][column] = (uint16_t)reciprocal;
        to->scales[row][column] = (uint16_t)(1u << (32 - shift));
    }
}

/* Codes by length, then in the order of the symbols (ITU-T T.81, annex C). A symbol's lower four bits are the bits of its value. */
static void prepare_codes(code *to, int symbols, const JHUFF_TBL *table)
{
    memset(to, 0, (size_t)symbols * sizeof *to);
    uint32_t next = 0;
    for (int length = 1, index = 0; length <= 16; length++, next <<= 1)
        for (int i = 0; i < table->bits[length]; i++, index++, next++) {
            int symbol = table->huffval[index], size = symbol & 15;
            if (symbol < symbols) to[symbol] = next << size << 6 | (uint32_t)(length + size);
        }
}

/* The segments of the library's picture up to its codes. */
static int prepare_header(struct quality *to, const uint8_t *file, size_t length)
{
    to->size_at = 0;
    for (size_t at = 2; at + 4 < length && file[at] == 0xFF; ) {
        size_t end = at + 2 + ((size_t)file[at + 2] << 8 | file[at + 3]);
        if (file[at + 1] == 0xC0) to->size_at = at + 5;
        if (file[at + 1] == 0xDA) {
            to->header_length = end;
            if (!to->size_at || end > length || end > MOST_HEADER) return 0;
            memcpy(to->header, file, end);
            return 1;
        }
        at = end;
    }
    return 0;
}

int encode_prepare(struct quality *to, const j_compress_ptr cinfo, const uint8_t *file, size_t length)
{
    for (int plane = 0; plane < PLANES; plane++) {
        for (int i = 0; i < DCTSIZE2; i++) prepare_divisor(&to->divisors[plane], i, 8u * cinfo->quant_tbl_ptrs[plane]->quantval[i]);
        prepare_codes(to->codes[plane].dc, 16, cinfo->dc_huff_tbl_ptrs[plane]);
        prepare_codes(to->codes[plane].ac, 256, cinfo->ac_huff_tbl_ptrs[plane]);
    }
    return prepare_header(to, file, length);
}

/* --- a picture --- */

struct picture { const uint8_t *pixels; int width, height; int64_t stride; };

/* An MCU that reaches over the picture's right edge: its last pixel goes on. */
static void widen(const uint8_t **rows, int height, int width, uint8_t room[MCU][MCU * CHANNELS])
{
    for (int row = 0; row < height; row++) {
        memcpy(room[row], rows[row], (size_t)width * CHANNELS);
        for (int i = width; i < MCU; i++) memcpy(room[row] + CHANNELS * i, room[row] + CHANNELS * (width - 1), CHANNELS);
        rows[row] = room[row];
    }
}

static FAST void read_mcu(const struct picture *p, int left, int top, int widely, struct mcu *mcu)
{
    const uint8_t *rows[MCU];
    uint8_t room[MCU][MCU * CHANNELS];
    int width = p->width - left, height = p->height - top < MCU ? p->height - top : MCU;
    for (int row = 0; row < height; row++) rows[row] = p->pixels + (top + row) * p->stride + (int64_t)CHANNELS * left;
    if (width < MCU) widen(rows, height, width, room);
    (widely ? encode_colours_widely : encode_colours)(rows, height, mcu);
}

/* The blocks of luma that lie inside of the picture, from the lowest bit on. */
static unsigned luma_inside(const struct picture *p, int left, int top)
{
    unsigned across = p->width - left > DCTSIZE ? 3 : 1;
    return p->height - top > DCTSIZE ? across | across << 2 : across;
}

static FAST void encode_mcu(const struct quality *q, const struct mcu *mcu, unsigned inside, struct codes *codes)
{
    struct block blocks[BLOCKS];
    encode_two_blocks(mcu->luma, &q->divisors[0], blocks);
    if (inside >> 2) encode_two_blocks(mcu->luma + DCTSIZE, &q->divisors[0], blocks + 2);
    encode_two_blocks(mcu->chroma, &q->divisors[1], blocks + 4);
    for (int i = 0; i < 4; i++) {
        if (inside >> i & 1) encode_block(codes, &q->codes[0], &blocks[i], 0);
        else encode_nothing(codes, &q->codes[0]);
    }
    encode_block(codes, &q->codes[1], &blocks[4], 1);
    encode_block(codes, &q->codes[1], &blocks[5], 2);
}

static void put_header(const struct quality *q, const struct picture *p, struct target *to)
{
    to->full = (size_t)(to->end - to->at) < q->header_length;
    if (to->full) return;
    memcpy(to->at, q->header, q->header_length);
    uint8_t size[4] = { (uint8_t)(p->height >> 8), (uint8_t)p->height, (uint8_t)(p->width >> 8), (uint8_t)p->width };
    memcpy(to->at + q->size_at, size, sizeof size);
    to->at += q->header_length;
}

FAST int encode_fast(
    const struct quality *quality, const uint8_t *pixels, int width, int height, int64_t stride, uint8_t *out, size_t out_length, size_t *written)
{
    struct picture picture = { pixels, width, height, stride };
    struct target target = { out, out + out_length, 0 };
    struct codes codes;
    struct mcu mcu;
    int widely = encode_can_wide();
    codes.bits = (struct bits){ 0, 0, codes.plain };
    codes.pending.count = 0;
    memset(codes.before, 0, sizeof codes.before);
    put_header(quality, &picture, &target);
    for (int top = 0; top < height && !target.full; top += MCU)
        for (int left = 0; left < width; left += MCU) {
            read_mcu(&picture, left, top, widely, &mcu);
            (widely ? encode_mcu_widely : encode_mcu)(quality, &mcu, luma_inside(&picture, left, top), &codes);
            if (codes.bits.end - codes.plain > PLAIN) encode_move(&codes, &target);
        }
    if (widely) encode_pending(&codes, quality->codes);
    encode_finish(&codes, &target);
    if (target.full || target.end - target.at <= 2) return STATUS_NO_ROOM; /* the library wants a byte to spare, too */
    *target.at++ = 0xFF;
    *target.at++ = JPEG_EOI;
    *written = (size_t)(target.at - out);
    return STATUS_OK;
}
#endif
