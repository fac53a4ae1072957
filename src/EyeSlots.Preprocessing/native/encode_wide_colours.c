/* Colours to luma and chroma as in encode_colours.c, with the same numbers, by AVX-512: a row of an MCU at a time. */
#include "encode.h"

#ifdef ENCODES_FAST
#include <immintrin.h>

#define PAIR(first, second) _mm512_set1_epi32((int)((uint32_t)(uint16_t)(first) | (uint32_t)(second) << 16))
#include "encode_weights.h"

#define WIDE __attribute__((target("avx512f,avx512bw,avx512dq,avx512vbmi,avx512vl")))

/* 16 pixels, one in each 32 bits: two of the three colours, 16 bits each. */
struct sixteen { __m512i red_green, blue_green; };

/* Where the first of two colours of pixels begins; a byte of zeros behind each colour. */
#define FROM(pixel, first) (3 * (pixel) + (first)) | (3 * (pixel) + 1) << 16
#define SPREAD(first) _mm512_setr_epi32( \
    FROM(0, first), FROM(1, first), FROM(2, first), FROM(3, first), FROM(4, first), FROM(5, first), FROM(6, first), FROM(7, first), \
    FROM(8, first), FROM(9, first), FROM(10, first), FROM(11, first), FROM(12, first), FROM(13, first), FROM(14, first), FROM(15, first))
#define EVERY_SECOND 0x5555555555555555

static inline WIDE struct sixteen read(const uint8_t *row)
{
    __m512i bytes = _mm512_maskz_loadu_epi8((1ull << MCU * 3) - 1, row);
    return (struct sixteen){ _mm512_maskz_permutexvar_epi8(EVERY_SECOND, SPREAD(2), bytes), _mm512_maskz_permutexvar_epi8(EVERY_SECOND, SPREAD(0), bytes) };
}

static inline WIDE void store_luma(struct sixteen p, int16_t *to)
{
    __m512i sum = _mm512_add_epi32(_mm512_madd_epi16(p.red_green, Y_RED_GREEN), _mm512_madd_epi16(p.blue_green, Y_BLUE_GREEN));
    __m256i luma = _mm512_cvtepi32_epi16(_mm512_srli_epi32(_mm512_add_epi32(sum, _mm512_set1_epi32(HALF)), 16));
    _mm256_storeu_si256((__m256i *)to, _mm256_sub_epi16(luma, _mm256_set1_epi16(128)));
}

/* The weight of the lower colour is a half. */
static inline WIDE __m512i chroma(__m512i lower, __m512i others, __m512i weights)
{
    __m512i half = _mm512_srli_epi32(_mm512_slli_epi32(lower, 16), 1);
    return _mm512_srli_epi32(_mm512_add_epi32(half, _mm512_add_epi32(_mm512_madd_epi16(others, weights), _mm512_set1_epi32(CENTRE + HALF - 1))), 16);
}

/* The means of 2 x 2 pixels, rounded down and up by turns. */
static inline WIDE __m128i mean(__m512i above, __m512i below)
{
    __m512i sums = _mm512_add_epi32(above, below), bias = _mm512_setr_epi64(1, 2, 1, 2, 1, 2, 1, 2);
    sums = _mm512_add_epi32(_mm512_add_epi32(sums, _mm512_srli_epi64(sums, 32)), bias);
    return _mm_sub_epi16(_mm512_cvtepi64_epi16(_mm512_srli_epi32(sums, 2)), _mm_set1_epi16(128));
}

static inline WIDE __m512i blue(struct sixteen p) { return chroma(p.blue_green, p.red_green, CB_RED_GREEN); }

static inline WIDE __m512i red(struct sixteen p) { return chroma(p.red_green, p.blue_green, CR_BLUE_GREEN); }

WIDE void encode_colours_widely(const uint8_t *const *rows, int height, struct mcu *to)
{
    for (int row = 0; row < MCU; row += 2) {
        /* Behind the picture the library repeats a row of chroma, and makes none of repeated pixels. */
        if (row >= height) {
            __builtin_memcpy(to->luma[row], to->luma[row - 1], sizeof to->luma[0]);
            __builtin_memcpy(to->luma[row + 1], to->luma[row - 1], sizeof to->luma[0]);
            __builtin_memcpy(to->chroma[row / 2], to->chroma[row / 2 - 1], sizeof to->chroma[0]);
            continue;
        }
        struct sixteen above = read(rows[row]), below = read(rows[row + 1 < height ? row + 1 : row]);
        store_luma(above, to->luma[row]);
        store_luma(below, to->luma[row + 1]);
        _mm_storeu_si128((__m128i *)to->chroma[row / 2], mean(blue(above), blue(below)));
        _mm_storeu_si128((__m128i *)(to->chroma[row / 2] + DCTSIZE), mean(red(above), red(below)));
    }
}
#endif
