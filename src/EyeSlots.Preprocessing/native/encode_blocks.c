/*
 * Blocks of pixels to coefficients in the order of their codes: the library's accurate transform in whole numbers (jfdctint.c) and
 * its division (jcdctmgr.c), two blocks at a time.
 */
#include "encode.h"

#ifdef ENCODES_FAST
#include <immintrin.h>

#define POINT 13             /* bits behind the point of the transform's factors */
#define EXTRA 2              /* bits kept between its passes */

/* Two factors of neighbours; of the eight rows, each register holds one of both blocks. */
#define FACTORS(first, second) _mm256_set1_epi32((int)((uint32_t)(uint16_t)(first) | (uint32_t)(second) << 16))

struct rows { __m256i r[DCTSIZE]; };

static inline FAST struct rows transpose(struct rows x)
{
    __m256i a[8], b[8];
    for (int i = 0; i < 4; i++) {
        a[2 * i] = _mm256_unpacklo_epi16(x.r[2 * i], x.r[2 * i + 1]);
        a[2 * i + 1] = _mm256_unpackhi_epi16(x.r[2 * i], x.r[2 * i + 1]);
    }
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            b[4 * i + 2 * j] = _mm256_unpacklo_epi32(a[4 * i + j], a[4 * i + j + 2]);
            b[4 * i + 2 * j + 1] = _mm256_unpackhi_epi32(a[4 * i + j], a[4 * i + j + 2]);
        }
    for (int i = 0; i < 4; i++) {
        x.r[2 * i] = _mm256_unpacklo_epi64(b[i], b[i + 4]);
        x.r[2 * i + 1] = _mm256_unpackhi_epi64(b[i], b[i + 4]);
    }
    return x;
}

/* Pairs of two rows, as the products take them. */
struct pairs { __m256i low, high; };

static inline FAST struct pairs pair(__m256i a, __m256i b) { return (struct pairs){ _mm256_unpacklo_epi16(a, b), _mm256_unpackhi_epi16(a, b) }; }

static inline FAST struct pairs times(struct pairs p, __m256i factors)
{
    return (struct pairs){ _mm256_madd_epi16(p.low, factors), _mm256_madd_epi16(p.high, factors) };
}

static inline FAST struct pairs plus(struct pairs p, struct pairs q)
{
    return (struct pairs){ _mm256_add_epi32(p.low, q.low), _mm256_add_epi32(p.high, q.high) };
}

static inline FAST __m256i rounded(struct pairs p, int bits)
{
    __m256i half = _mm256_set1_epi32(1 << (bits - 1));
    return _mm256_packs_epi32(_mm256_srai_epi32(_mm256_add_epi32(p.low, half), bits), _mm256_srai_epi32(_mm256_add_epi32(p.high, half), bits));
}

/* The even coefficients without factors: more bits after the first pass, fewer after the second. */
static inline FAST __m256i scaled(__m256i x, int second)
{
    return second ? _mm256_srai_epi16(_mm256_add_epi16(x, _mm256_set1_epi16(1 << (EXTRA - 1))), EXTRA) : _mm256_slli_epi16(x, EXTRA);
}

/* One pass over the columns of all rows. The factors are those of Loeffler, Ligtenberg and Moschytz, multiplied out. */
static inline FAST __attribute__((always_inline)) struct rows pass(struct rows x, int second)
{
    int bits = second ? POINT + EXTRA : POINT - EXTRA;
    __m256i s0 = _mm256_add_epi16(x.r[0], x.r[7]), d7 = _mm256_sub_epi16(x.r[0], x.r[7]);
    __m256i s1 = _mm256_add_epi16(x.r[1], x.r[6]), d6 = _mm256_sub_epi16(x.r[1], x.r[6]);
    __m256i s2 = _mm256_add_epi16(x.r[2], x.r[5]), d5 = _mm256_sub_epi16(x.r[2], x.r[5]);
    __m256i s3 = _mm256_add_epi16(x.r[3], x.r[4]), d4 = _mm256_sub_epi16(x.r[3], x.r[4]);
    __m256i t0 = _mm256_add_epi16(s0, s3), t3 = _mm256_sub_epi16(s0, s3), t1 = _mm256_add_epi16(s1, s2), t2 = _mm256_sub_epi16(s1, s2);
    struct pairs even = pair(t2, t3), outer = pair(d4, d7), inner = pair(d5, d6), crossed = pair(_mm256_add_epi16(d4, d6), _mm256_add_epi16(d5, d7));
    struct pairs z3 = times(crossed, FACTORS(9633 - 16069, 9633)), z4 = times(crossed, FACTORS(9633, 9633 - 3196));
    return (struct rows){ {
        scaled(_mm256_add_epi16(t0, t1), second),
        rounded(plus(times(outer, FACTORS(-7373, 12299 - 7373)), z4), bits),
        rounded(times(even, FACTORS(4433, 4433 + 6270)), bits),
        rounded(plus(times(inner, FACTORS(-20995, 25172 - 20995)), z3), bits),
        scaled(_mm256_sub_epi16(t0, t1), second),
        rounded(plus(times(inner, FACTORS(16819 - 20995, -20995)), z4), bits),
        rounded(times(even, FACTORS(4433 - 15137, 4433)), bits),
        rounded(plus(times(outer, FACTORS(2446 - 7373, -7373)), z3), bits),
    } };
}

static inline FAST __m256i load(const uint16_t *row) { return _mm256_loadu_si256((const __m256i *)row); }

static inline FAST struct rows divide(struct rows x, const struct divisors *by)
{
    for (int i = 0; i < DCTSIZE; i++) {
        __m256i sum = _mm256_add_epi16(_mm256_abs_epi16(x.r[i]), load(by->corrections[i]));
        __m256i quotient = _mm256_mulhi_epu16(_mm256_mulhi_epu16(sum, load(by->reciprocals[i])), load(by->scales[i]));
        x.r[i] = _mm256_sign_epi16(quotient, x.r[i]);
    }
    return x;
}

/* Numbers of a row to their places among eight codes: by a column for each, 8 for what stands in another row. */
#define FROM(row, a, b, c, d, e, f, g, h) \
    _mm256_shuffle_epi8(x.r[row], _mm256_broadcastsi128_si256(_mm_setr_epi16(AT(a), AT(b), AT(c), AT(d), AT(e), AT(f), AT(g), AT(h))))
#define AT(column) (short)((column) == 8 ? 0x8080 : 2 * (column) | (2 * (column) + 1) << 8)
#define OR(a, b) _mm256_or_si256(a, b)

static inline FAST struct rows zigzag(struct rows x)
{
    return (struct rows){ {
        OR(OR(FROM(0, 0, 1, 8, 8, 8, 2, 3, 8), FROM(1, 8, 8, 0, 8, 1, 8, 8, 2)), FROM(2, 8, 8, 8, 0, 8, 8, 8, 8)),
        OR(OR(OR(FROM(0, 8, 8, 8, 8, 8, 8, 4, 5), FROM(1, 8, 8, 8, 8, 8, 3, 8, 8)), OR(FROM(2, 1, 8, 8, 8, 2, 8, 8, 8), FROM(3, 8, 0, 8, 1, 8, 8, 8, 8))),
            FROM(4, 8, 8, 0, 8, 8, 8, 8, 8)),
        OR(OR(OR(FROM(1, 4, 8, 8, 8, 8, 8, 8, 8), FROM(2, 8, 3, 8, 8, 8, 8, 8, 8)), OR(FROM(3, 8, 8, 2, 8, 8, 8, 8, 8), FROM(4, 8, 8, 8, 1, 8, 8, 8, 2))),
            OR(FROM(5, 8, 8, 8, 8, 0, 8, 1, 8), FROM(6, 8, 8, 8, 8, 8, 0, 8, 8))),
        OR(OR(FROM(0, 8, 8, 8, 6, 7, 8, 8, 8), FROM(1, 8, 8, 5, 8, 8, 6, 8, 8)), OR(FROM(2, 8, 4, 8, 8, 8, 8, 5, 8), FROM(3, 3, 8, 8, 8, 8, 8, 8, 4))),
        OR(OR(FROM(4, 3, 8, 8, 8, 8, 8, 8, 4), FROM(5, 8, 2, 8, 8, 8, 8, 3, 8)), OR(FROM(6, 8, 8, 1, 8, 8, 2, 8, 8), FROM(7, 8, 8, 8, 0, 1, 8, 8, 8))),
        OR(OR(OR(FROM(1, 8, 8, 7, 8, 8, 8, 8, 8), FROM(2, 8, 6, 8, 7, 8, 8, 8, 8)), OR(FROM(3, 5, 8, 8, 8, 6, 8, 8, 8), FROM(4, 8, 8, 8, 8, 8, 5, 8, 8))),
            OR(FROM(5, 8, 8, 8, 8, 8, 8, 4, 8), FROM(6, 8, 8, 8, 8, 8, 8, 8, 3))),
        OR(OR(OR(FROM(3, 8, 8, 8, 8, 8, 7, 8, 8), FROM(4, 8, 8, 8, 8, 6, 8, 7, 8)), OR(FROM(5, 8, 8, 8, 5, 8, 8, 8, 6), FROM(6, 8, 8, 4, 8, 8, 8, 8, 8))),
            FROM(7, 2, 3, 8, 8, 8, 8, 8, 8)),
        OR(OR(FROM(5, 8, 8, 8, 8, 7, 8, 8, 8), FROM(6, 5, 8, 8, 6, 8, 7, 8, 8)), FROM(7, 8, 4, 5, 8, 8, 8, 6, 7)),
    } };
}

static inline FAST void store(__m256i both, void *first, void *second)
{
    _mm_storeu_si128((__m128i *)first, _mm256_castsi256_si128(both));
    _mm_storeu_si128((__m128i *)second, _mm256_extracti128_si256(both, 1));
}

FAST void encode_two_blocks(const int16_t (*rows)[MCU], const struct divisors *by, struct block *to)
{
    struct rows x;
    for (int i = 0; i < DCTSIZE; i++) x.r[i] = _mm256_loadu_si256((const __m256i *)rows[i]);
    x = zigzag(divide(pass(transpose(pass(transpose(x), 0)), 1), by));
    to[0].set = to[1].set = 0;
    for (int i = 0; i < DCTSIZE; i++) {
        store(_mm256_add_epi16(x.r[i], _mm256_srai_epi16(x.r[i], 15)), to[0].low + DCTSIZE * i, to[1].low + DCTSIZE * i);
        store(_mm256_abs_epi16(x.r[i]), to[0].magnitude + DCTSIZE * i, to[1].magnitude + DCTSIZE * i);
    }
    for (int i = 0; i < DCTSIZE; i += 2) {
        __m256i zero = _mm256_setzero_si256(), none = _mm256_packs_epi16(_mm256_cmpeq_epi16(x.r[i], zero), _mm256_cmpeq_epi16(x.r[i + 1], zero));
        uint32_t set = ~(uint32_t)_mm256_movemask_epi8(none);
        to[0].set |= (uint64_t)(set & 0xFFFF) << DCTSIZE * i;
        to[1].set |= (uint64_t)(set >> 16) << DCTSIZE * i;
    }
    to[0].dc = (int16_t)_mm256_extract_epi16(x.r[0], 0);
    to[1].dc = (int16_t)_mm256_extract_epi16(x.r[0], 8);
}
#endif
