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

order_method order_blocks(void) { return __builtin_cpu_supports("avx512bw") ? order_widely : order_plainly; }
#else
order_method order_blocks(void) { return order_plainly; }
#endif
