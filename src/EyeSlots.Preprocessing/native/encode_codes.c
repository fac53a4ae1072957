/* Huffman codes of blocks, written without asking whether a byte is full: eight are stored each time, of which those that are count. */
#include "encode.h"

#ifdef ENCODES_FAST
#include <immintrin.h>
#include <string.h>

static inline FAST void put_dc(struct bits *c, const struct code_table *table, int difference)
{
    uint32_t sign = (uint32_t)(difference >> 31), size = 32 - _lzcnt_u32(((uint32_t)difference ^ sign) - sign);
    put_code(c, table->dc[size], _bzhi_u32((uint32_t)difference + sign, size));
}

FAST void encode_block(struct codes *codes, const struct code_table *table, const struct block *block, int component)
{
    struct bits c = codes->bits;
    put_dc(&c, table, block->dc - codes->before[component]);
    codes->before[component] = block->dc;
    uint64_t set = block->set >> 1;
    uint32_t at = 0;
    while (set) {
        uint32_t zeros = (uint32_t)_tzcnt_u64(set);
        at += zeros + 1;
        set = set >> zeros >> 1;
        for (; __builtin_expect(zeros > 15, 0); zeros -= 16) put_code(&c, table->ac[ZEROS16], 0);
        uint32_t size = 32 - _lzcnt_u32(block->magnitude[at]);
        put_code(&c, table->ac[zeros << 4 | size], _bzhi_u32((uint32_t)block->low[at], size));
    }
    if (at < DCTSIZE2 - 1) put_code(&c, table->ac[0], 0);
    codes->bits = c;
}

FAST void encode_nothing(struct codes *codes, const struct code_table *table)
{
    put_code(&codes->bits, table->dc[0], 0);
    put_code(&codes->bits, table->ac[0], 0);
}

static void move_one(uint8_t byte, struct target *to)
{
    int length = byte == 0xFF ? 2 : 1;
    to->full |= to->end - to->at < length;
    if (to->full) return;
    *to->at++ = byte;
    if (length == 2) *to->at++ = 0;
}

FAST void encode_move(struct codes *codes, struct target *to)
{
    const uint8_t *from = codes->plain, *end = codes->bits.end;
    while (from < end && to->end - to->at > 32) {
        __m256i bytes = _mm256_loadu_si256((const __m256i *)from);
        uint32_t full = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(-1)));
        ptrdiff_t plain = full ? (ptrdiff_t)_tzcnt_u32(full) + 1 : 32, left = end - from;
        _mm256_storeu_si256((__m256i *)to->at, bytes);
        to->at += plain < left ? plain : left;
        if (full && plain <= left) *to->at++ = 0;
        from += plain;
    }
    for (; from < end; from++) move_one(*from, to);
    codes->bits.end = codes->plain;
}

FAST void encode_finish(struct codes *codes, struct target *to)
{
    if (codes->bits.count) put_code(&codes->bits, (code)0x7F << 6 | 7, 0);
    encode_move(codes, to);
}
#endif
