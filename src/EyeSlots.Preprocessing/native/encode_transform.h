/*
 * Blocks of pixels to coefficients: the library's accurate transform in whole numbers (jfdctint.c) and its division (jcdctmgr.c).
 * Text of both ways to codes, for registers of their widths: whoever includes it says before
 *   VECTOR, V(what)    a register of whole numbers, and what the compiler calls an operation on it
 *   FAST               the processors that have it
 *   V_SIGNED(x, by)   numbers with the signs of others, which are zero only where they are
 *   V_OF_ROW(row)      a row of divisors as often as blocks lie side by side in a register, two by two
 */
#ifndef EYESLOTS_ENCODE_TRANSFORM_H
#define EYESLOTS_ENCODE_TRANSFORM_H

#include "encode.h"

#define INLINE static inline FAST __attribute__((always_inline))

#define POINT 13             /* bits behind the point of the transform's factors */
#define EXTRA 2              /* bits kept between its passes */

/* Two factors of neighbours; of the eight rows, each register holds one of both blocks. */
#define FACTORS(first, second) V(set1_epi32)((int)((uint32_t)(uint16_t)(first) | (uint32_t)(second) << 16))

struct rows { VECTOR r[DCTSIZE]; };

INLINE struct rows transpose(struct rows x)
{
    VECTOR a[8], b[8];
    for (int i = 0; i < 4; i++) {
        a[2 * i] = V(unpacklo_epi16)(x.r[2 * i], x.r[2 * i + 1]);
        a[2 * i + 1] = V(unpackhi_epi16)(x.r[2 * i], x.r[2 * i + 1]);
    }
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            b[4 * i + 2 * j] = V(unpacklo_epi32)(a[4 * i + j], a[4 * i + j + 2]);
            b[4 * i + 2 * j + 1] = V(unpackhi_epi32)(a[4 * i + j], a[4 * i + j + 2]);
        }
    for (int i = 0; i < 4; i++) {
        x.r[2 * i] = V(unpacklo_epi64)(b[i], b[i + 4]);
        x.r[2 * i + 1] = V(unpackhi_epi64)(b[i], b[i + 4]);
    }
    return x;
}

/* Pairs of two rows, as the products take them. */
struct pairs { VECTOR low, high; };

INLINE struct pairs pair(VECTOR a, VECTOR b) { return (struct pairs){ V(unpacklo_epi16)(a, b), V(unpackhi_epi16)(a, b) }; }

INLINE struct pairs times(struct pairs p, VECTOR factors)
{
    return (struct pairs){ V(madd_epi16)(p.low, factors), V(madd_epi16)(p.high, factors) };
}

INLINE struct pairs plus(struct pairs p, struct pairs q)
{
    return (struct pairs){ V(add_epi32)(p.low, q.low), V(add_epi32)(p.high, q.high) };
}

INLINE VECTOR rounded(struct pairs p, int bits)
{
    VECTOR half = V(set1_epi32)(1 << (bits - 1));
    return V(packs_epi32)(V(srai_epi32)(V(add_epi32)(p.low, half), bits), V(srai_epi32)(V(add_epi32)(p.high, half), bits));
}

/* The even coefficients without factors: more bits after the first pass, fewer after the second. */
INLINE VECTOR scaled(VECTOR x, int second)
{
    return second ? V(srai_epi16)(V(add_epi16)(x, V(set1_epi16)(1 << (EXTRA - 1))), EXTRA) : V(slli_epi16)(x, EXTRA);
}

/* One pass over the columns of all rows. The factors are those of Loeffler, Ligtenberg and Moschytz, multiplied out. */
INLINE struct rows pass(struct rows x, int second)
{
    int bits = second ? POINT + EXTRA : POINT - EXTRA;
    VECTOR s0 = V(add_epi16)(x.r[0], x.r[7]), d7 = V(sub_epi16)(x.r[0], x.r[7]);
    VECTOR s1 = V(add_epi16)(x.r[1], x.r[6]), d6 = V(sub_epi16)(x.r[1], x.r[6]);
    VECTOR s2 = V(add_epi16)(x.r[2], x.r[5]), d5 = V(sub_epi16)(x.r[2], x.r[5]);
    VECTOR s3 = V(add_epi16)(x.r[3], x.r[4]), d4 = V(sub_epi16)(x.r[3], x.r[4]);
    VECTOR t0 = V(add_epi16)(s0, s3), t3 = V(sub_epi16)(s0, s3), t1 = V(add_epi16)(s1, s2), t2 = V(sub_epi16)(s1, s2);
    struct pairs even = pair(t2, t3), outer = pair(d4, d7), inner = pair(d5, d6), crossed = pair(V(add_epi16)(d4, d6), V(add_epi16)(d5, d7));
    struct pairs z3 = times(crossed, FACTORS(9633 - 16069, 9633)), z4 = times(crossed, FACTORS(9633, 9633 - 3196));
    return (struct rows){ {
        scaled(V(add_epi16)(t0, t1), second),
        rounded(plus(times(outer, FACTORS(-7373, 12299 - 7373)), z4), bits),
        rounded(times(even, FACTORS(4433, 4433 + 6270)), bits),
        rounded(plus(times(inner, FACTORS(-20995, 25172 - 20995)), z3), bits),
        scaled(V(sub_epi16)(t0, t1), second),
        rounded(plus(times(inner, FACTORS(16819 - 20995, -20995)), z4), bits),
        rounded(times(even, FACTORS(4433 - 15137, 4433)), bits),
        rounded(plus(times(outer, FACTORS(2446 - 7373, -7373)), z3), bits),
    } };
}

INLINE struct rows divide(struct rows x, const struct divisors *by)
{
    for (int i = 0; i < DCTSIZE; i++) {
        VECTOR sum = V(add_epi16)(V(abs_epi16)(x.r[i]), V_OF_ROW(by->corrections[i]));
        VECTOR quotient = V(mulhi_epu16)(V(mulhi_epu16)(sum, V_OF_ROW(by->reciprocals[i])), V_OF_ROW(by->scales[i]));
        x.r[i] = V_SIGNED(quotient, x.r[i]);
    }
    return x;
}

/* Rows of blocks to their coefficients, a row of all blocks in each register. */
INLINE struct rows transform(struct rows x, const struct divisors *by) { return divide(pass(transpose(pass(transpose(x), 0)), 1), by); }

#endif
