/* Blocks from the order of their codes, in which they are written fastest, to that of their rows, in which the library transforms them. */
#include "huffman.h"

#include <string.h>

/* Where the coefficient of a row and a column stands among the codes. */
static const uint16_t coded_at[DCTSIZE2] = {
    0, 1, 5, 6, 14, 15, 27, 28, 2, 4, 7, 13, 16, 26, 29, 42, 3, 8, 12, 17, 25, 30, 41, 43, 9, 11, 18, 24, 31, 40, 44, 53,
    10, 19, 23, 32, 39, 45, 52, 54, 20, 22, 33, 38, 46, 51, 55, 60, 21, 34, 37, 47, 50, 56, 59, 61, 35, 36, 48, 49, 57, 58, 62, 63,
};

static void order_plainly(JCOEF *coded, JCOEF *to, int count)
{
    for (int block = 0; block < count; block++, coded += DCTSIZE2, to += DCTSIZE2) {
#pragma GCC unroll 64
        for (int i = 0; i < DCTSIZE2; i++) to[i] = coded[coded_at[i]];
        memset(coded, 0, DCTSIZE2 * sizeof *coded);
    }
}

#if defined(__x86_64__)
#include <immintrin.h>

#define FAST __attribute__((target("avx2")))

/* Eight coefficients of a row's codes to their columns: by a column for each, 8 for what stands among others. */
#define FROM(row, a, b, c, d, e, f, g, h) _mm_shuffle_epi8(codes[row], _mm_setr_epi16(AT(a), AT(b), AT(c), AT(d), AT(e), AT(f), AT(g), AT(h)))
#define AT(place) (short)((place) == 8 ? 0x8080 : 2 * (place) | (2 * (place) + 1) << 8)
#define OR _mm_or_si128

static inline FAST void put(JCOEF *to, __m128i row) { _mm_storeu_si128((__m128i *)to, row); }

static FAST void order_one(JCOEF *coded, JCOEF *to)
{
    __m128i codes[DCTSIZE];
    for (int i = 0; i < DCTSIZE; i++) {
        codes[i] = _mm_loadu_si128((const __m128i *)coded + i);
        put(coded + DCTSIZE * i, _mm_setzero_si128());
    }
    put(to + 0, OR(OR(FROM(0, 0, 1, 5, 6, 8, 8, 8, 8), FROM(1, 8, 8, 8, 8, 6, 7, 8, 8)),
        FROM(3, 8, 8, 8, 8, 8, 8, 3, 4)));
    put(to + 8, OR(OR(OR(FROM(0, 2, 4, 7, 8, 8, 8, 8, 8), FROM(1, 8, 8, 8, 5, 8, 8, 8, 8)), FROM(2, 8, 8, 8, 8, 0, 8, 8, 8)),
        OR(FROM(3, 8, 8, 8, 8, 8, 2, 5, 8), FROM(5, 8, 8, 8, 8, 8, 8, 8, 2))));
    put(to + 16, OR(OR(OR(FROM(0, 3, 8, 8, 8, 8, 8, 8, 8), FROM(1, 8, 0, 4, 8, 8, 8, 8, 8)), FROM(2, 8, 8, 8, 1, 8, 8, 8, 8)),
        OR(FROM(3, 8, 8, 8, 8, 1, 6, 8, 8), FROM(5, 8, 8, 8, 8, 8, 8, 1, 3))));
    put(to + 24, OR(OR(OR(FROM(1, 1, 3, 8, 8, 8, 8, 8, 8), FROM(2, 8, 8, 2, 8, 8, 8, 8, 8)), FROM(3, 8, 8, 8, 0, 7, 8, 8, 8)),
        OR(FROM(5, 8, 8, 8, 8, 8, 0, 4, 8), FROM(6, 8, 8, 8, 8, 8, 8, 8, 5))));
    put(to + 32, OR(OR(OR(FROM(1, 2, 8, 8, 8, 8, 8, 8, 8), FROM(2, 8, 3, 7, 8, 8, 8, 8, 8)), FROM(4, 8, 8, 8, 0, 7, 8, 8, 8)),
        OR(FROM(5, 8, 8, 8, 8, 8, 5, 8, 8), FROM(6, 8, 8, 8, 8, 8, 8, 4, 6))));
    put(to + 40, OR(OR(OR(FROM(2, 4, 6, 8, 8, 8, 8, 8, 8), FROM(4, 8, 8, 1, 6, 8, 8, 8, 8)), FROM(5, 8, 8, 8, 8, 6, 8, 8, 8)),
        OR(FROM(6, 8, 8, 8, 8, 8, 3, 7, 8), FROM(7, 8, 8, 8, 8, 8, 8, 8, 4))));
    put(to + 48, OR(OR(OR(FROM(2, 5, 8, 8, 8, 8, 8, 8, 8), FROM(4, 8, 2, 5, 8, 8, 8, 8, 8)), FROM(5, 8, 8, 8, 7, 8, 8, 8, 8)),
        OR(FROM(6, 8, 8, 8, 8, 2, 8, 8, 8), FROM(7, 8, 8, 8, 8, 8, 0, 3, 5))));
    put(to + 56, OR(OR(FROM(4, 3, 4, 8, 8, 8, 8, 8, 8), FROM(6, 8, 8, 0, 1, 8, 8, 8, 8)),
        FROM(7, 8, 8, 8, 8, 1, 2, 6, 7)));
}

static FAST void order_fast(JCOEF *coded, JCOEF *to, int count)
{
    for (int block = 0; block < count; block++, coded += DCTSIZE2, to += DCTSIZE2) order_one(coded, to);
}

static __attribute__((target("avx512bw"))) void order_widely(JCOEF *coded, JCOEF *to, int count)
{
    __m512i upper = _mm512_loadu_si512(coded_at), lower = _mm512_loadu_si512(coded_at + DCTSIZE2 / 2), zero = _mm512_setzero_si512();
    for (int block = 0; block < count; block++, coded += DCTSIZE2, to += DCTSIZE2) {
        __m512i first = _mm512_loadu_si512(coded), second = _mm512_loadu_si512(coded + DCTSIZE2 / 2);
        _mm512_storeu_si512(coded, zero);
        _mm512_storeu_si512(coded + DCTSIZE2 / 2, zero);
        _mm512_storeu_si512(to, _mm512_permutex2var_epi16(first, upper, second));
        _mm512_storeu_si512(to + DCTSIZE2 / 2, _mm512_permutex2var_epi16(first, lower, second));
    }
}

order_method order_blocks(void)
{
    if (__builtin_cpu_supports("avx512bw")) return order_widely;
    return __builtin_cpu_supports("avx2") ? order_fast : order_plainly;
}
#else
order_method order_blocks(void) { return order_plainly; }
#endif
