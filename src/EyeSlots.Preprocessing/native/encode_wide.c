/*
 * Encoding by AVX-512, with the codes of the usual way. Coefficients that are not zero are put one behind the other, over the bounds of blocks;
 * 16 of them find their codes at once, and two codes are written at once. Loops run over many blocks, so that hardly an end is guessed wrongly.
 */
#include "encode.h"

#ifdef ENCODES_FAST
#include <immintrin.h>
#include <string.h>

#undef FAST
#define FAST __attribute__((target("avx2,avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi2,bmi,bmi2,lzcnt,popcnt")))
#define VECTOR __m512i
#define V(what) _mm512_##what
#define V_SIGNED(x, by) _mm512_mask_sub_epi16(x, _mm512_movepi16_mask(by), _mm512_setzero_si512(), x)
#define V_OF_ROW(row) _mm512_broadcast_i64x4(_mm256_loadu_si256((const __m256i *)(row)))
#include "encode_transform.h"

#define AT_ONCE 16           /* numbers of a register */
#define PLACE 63             /* the bits of a key that say the place in the block; the others, whose table */

int encode_can_wide(void)
{
    /* What came with the first of them, AVX-512 F, CD, BW, DQ and VL, is the fourth level of x86-64. */
    return encode_can_fast() && __builtin_cpu_supports("x86-64-v4") && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
}

/* --- coefficients --- */

/* Where the coefficient of a code stands among those of a block's rows. */
static const uint16_t natural[DCTSIZE2] = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
    35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
};
static const uint16_t places[DCTSIZE2] = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
    32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
};

INLINE int add_set(struct pending *p, __m512i values, __m512i keys, __mmask32 set, int count)
{
    _mm512_storeu_si512(p->values + count, _mm512_maskz_compress_epi16(set, values));
    _mm512_storeu_si512(p->keys + count, _mm512_maskz_compress_epi16(set, keys));
    return count + _mm_popcnt_u32(set);
}

/* A block in the order of its codes. Its end is a zero behind the last coefficient, where there is room for one. */
INLINE void add_block(struct pending *p, __m512i first, __m512i second, int *before, unsigned table)
{
    int dc = (int16_t)_mm_cvtsi128_si32(_mm512_castsi512_si128(first));
    __m512i key = _mm512_set1_epi16((short)table);
    first = _mm512_mask_set1_epi16(first, 1, (short)(dc - *before));
    *before = dc;
    __mmask32 low = _mm512_test_epi16_mask(first, first) | 1, high = _mm512_test_epi16_mask(second, second);
    int count = add_set(p, first, _mm512_or_si512(key, _mm512_loadu_si512(places)), low, p->count);
    count = add_set(p, second, _mm512_or_si512(key, _mm512_loadu_si512(places + DCTSIZE2 / 2)), high, count);
    unsigned end = 64 - (unsigned)_lzcnt_u64((uint64_t)high << 32 | low);
    p->values[count] = 0;
    p->keys[count] = (uint16_t)(table | end);
    p->count = count + (end < DCTSIZE2);
}

/* A block that lies outside of the picture: the DC of the one before, and nothing else. */
INLINE void add_nothing(struct pending *p)
{
    memset(p->values + p->count, 0, 2 * sizeof *p->values);
    p->keys[p->count] = 0;
    p->keys[p->count + 1] = 1;
    p->count += 2;
}

/* Four rows of four blocks to those of each block. */
struct quarters { __m512i of[4]; };

INLINE struct quarters gather(const __m512i *r)
{
    __m512i left01 = _mm512_shuffle_i64x2(r[0], r[1], 0x44), left23 = _mm512_shuffle_i64x2(r[2], r[3], 0x44);
    __m512i right01 = _mm512_shuffle_i64x2(r[0], r[1], 0xEE), right23 = _mm512_shuffle_i64x2(r[2], r[3], 0xEE);
    return (struct quarters){ {
        _mm512_shuffle_i64x2(left01, left23, 0x88), _mm512_shuffle_i64x2(left01, left23, 0xDD),
        _mm512_shuffle_i64x2(right01, right23, 0x88), _mm512_shuffle_i64x2(right01, right23, 0xDD),
    } };
}

INLINE void add_one_of(struct pending *p, struct quarters above, struct quarters below, int which, int *before, unsigned table)
{
    __m512i first = _mm512_loadu_si512(natural), second = _mm512_loadu_si512(natural + DCTSIZE2 / 2);
    first = _mm512_permutex2var_epi16(above.of[which], first, below.of[which]);
    second = _mm512_permutex2var_epi16(above.of[which], second, below.of[which]);
    add_block(p, first, second, before, table);
}

static FAST void add_luma(const struct quality *q, const struct mcu *mcu, unsigned inside, struct codes *codes)
{
    struct rows x;
    for (int i = 0; i < DCTSIZE; i++) {
        __m512i upper = _mm512_castsi256_si512(_mm256_loadu_si256((const __m256i *)mcu->luma[i]));
        x.r[i] = _mm512_inserti64x4(upper, _mm256_loadu_si256((const __m256i *)mcu->luma[DCTSIZE + i]), 1);
    }
    x = transform(x, &q->divisors[0]);
    struct quarters above = gather(x.r), below = gather(x.r + 4);
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++) {
        if (inside >> i & 1) add_one_of(&codes->pending, above, below, i, &codes->before[0], 0);
        else add_nothing(&codes->pending);
    }
}

/* The two blocks twice: half of the registers is not needed. */
static FAST void add_chroma(const struct quality *q, const struct mcu *mcu, struct codes *codes)
{
    struct rows x;
    for (int i = 0; i < DCTSIZE; i++) x.r[i] = V_OF_ROW(mcu->chroma[i]);
    x = transform(x, &q->divisors[1]);
    struct quarters above = gather(x.r), below = gather(x.r + 4);
    for (int i = 0; i < 2; i++) add_one_of(&codes->pending, above, below, i, &codes->before[1 + i], TABLE_KEY);
}

/* --- codes --- */

/* As the others, where 16 zeros or more stand before one of them. */
static FAST __attribute__((noinline)) void put_with_zeros(struct bits *c, const struct code_table *tables, const struct pending *p, int from, int to)
{
    for (int i = from; i < to; i++) {
        const struct code_table *table = tables + (p->keys[i] & ~PLACE) / TABLE_KEY;
        int place = p->keys[i] & PLACE, zeros = place ? place - (p->keys[i - 1] & PLACE) - 1 : 0, value = p->values[i], sign = value >> 31;
        unsigned size = 32 - _lzcnt_u32((uint32_t)((value ^ sign) - sign));
        for (; zeros > 15; zeros -= 16) put_code(c, table->ac[ZEROS16], 0);
        code what = place ? table->ac[(unsigned)zeros << 4 | size] : table->dc[size];
        put_code(c, what, _bzhi_u32((uint32_t)(value + sign), size));
    }
}

/* Codes of 16 numbers and their bits, two in each: the first above the second. */
struct pairs_of_codes { uint64_t codes[AT_ONCE / 2], lengths[AT_ONCE / 2]; };

INLINE void pair_codes(__m512i codes, __m512i lengths, struct pairs_of_codes *to)
{
    __m512i lower = _mm512_set1_epi64(0xFFFFFFFF), second = _mm512_srli_epi64(lengths, 32);
    __m512i both = _mm512_or_si512(_mm512_sllv_epi64(_mm512_and_si512(codes, lower), second), _mm512_srli_epi64(codes, 32));
    _mm512_storeu_si512(to->codes, both);
    _mm512_storeu_si512(to->lengths, _mm512_add_epi64(_mm512_and_si512(lengths, lower), second));
}

/* Those of the numbers from one on, so many of them; 0 where zeros stand before one that take a code of their own. */
INLINE int find_codes(const struct code_table *tables, const struct pending *p, int from, __mmask16 asked, struct pairs_of_codes *to)
{
    __m512i values = _mm512_cvtepi16_epi32(_mm256_loadu_si256((const __m256i *)(p->values + from))), one = _mm512_set1_epi32(1);
    __m512i keys = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(p->keys + from)));
    __m512i before = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(p->keys + from - 1)));
    __mmask16 ac = _mm512_mask_test_epi32_mask(asked, keys, _mm512_set1_epi32(PLACE));
    __m512i zeros = _mm512_maskz_sub_epi32(ac, _mm512_sub_epi32(keys, before), one);
    if (_mm512_cmpgt_epi32_mask(zeros, _mm512_set1_epi32(15))) return 0;
    __m512i sizes = _mm512_sub_epi32(_mm512_set1_epi32(32), _mm512_lzcnt_epi32(_mm512_abs_epi32(values)));
    __m512i symbols = _mm512_add_epi32(_mm512_srli_epi32(keys, 6), _mm512_or_si512(_mm512_slli_epi32(zeros, 4), sizes));
    symbols = _mm512_mask_add_epi32(symbols, ac, symbols, _mm512_set1_epi32(offsetof(struct code_table, ac) / sizeof(code)));
    __m512i found = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), asked, symbols, tables, sizeof(code));
    __m512i low = _mm512_andnot_si512(_mm512_sllv_epi32(_mm512_set1_epi32(-1), sizes), _mm512_add_epi32(values, _mm512_srai_epi32(values, 31)));
    pair_codes(_mm512_maskz_or_epi32(asked, _mm512_srli_epi32(found, 6), low), _mm512_and_si512(found, _mm512_set1_epi32(63)), to);
    return 1;
}

FAST void encode_pending(struct codes *codes, const struct code_table *tables)
{
    struct pending *p = &codes->pending;
    struct bits c = codes->bits;
    struct pairs_of_codes pairs;
    for (int i = 0; i < p->count; i += AT_ONCE) {
        int count = p->count - i < AT_ONCE ? p->count - i : AT_ONCE;
        if (!find_codes(tables, p, i, (__mmask16)((1u << count) - 1), &pairs)) put_with_zeros(&c, tables, p, i, i + count);
        else for (int j = 0; j < (count + 1) / 2; j++) put_bits(&c, pairs.codes[j], (int)pairs.lengths[j]);
    }
    codes->bits = c;
    p->count = 0;
}

FAST void encode_mcu_widely(const struct quality *q, const struct mcu *mcu, unsigned inside, struct codes *codes)
{
    add_luma(q, mcu, inside, codes);
    add_chroma(q, mcu, codes);
    if (codes->pending.count > MOST_PENDING) encode_pending(codes, q->codes);
}
#endif
