/* Colours to luma and chroma, in the library's whole numbers: jccolor.c, jcsample.c. */
#include "encode.h"

#ifdef ENCODES_FAST
#include <immintrin.h>

#define PAIR(first, second) _mm256_set1_epi32((int)((uint32_t)(uint16_t)(first) | (uint32_t)(second) << 16))
#include "encode_weights.h"

/* Eight pixels, one in each 32 bits: two of the three colours, 16 bits each. */
struct eight { __m256i red_green, blue_green; };

static inline FAST struct eight spread(const uint8_t *first, const uint8_t *second, __m256i red_green, __m256i blue_green)
{
    __m256i bytes = _mm256_inserti128_si256(
        _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)first)), _mm_loadu_si128((const __m128i *)second), 1);
    return (struct eight){ _mm256_shuffle_epi8(bytes, red_green), _mm256_shuffle_epi8(bytes, blue_green) };
}

static inline FAST __m256i luma(struct eight p)
{
    __m256i sum = _mm256_add_epi32(_mm256_madd_epi16(p.red_green, Y_RED_GREEN), _mm256_madd_epi16(p.blue_green, Y_BLUE_GREEN));
    return _mm256_srli_epi32(_mm256_add_epi32(sum, _mm256_set1_epi32(HALF)), 16);
}

/* The weight of the lower colour is a half. */
static inline FAST __m256i chroma(__m256i lower, __m256i others, __m256i weights)
{
    __m256i half = _mm256_srli_epi32(_mm256_slli_epi32(lower, 16), 1);
    __m256i sum = _mm256_add_epi32(half, _mm256_add_epi32(_mm256_madd_epi16(others, weights), _mm256_set1_epi32(CENTRE + HALF - 1)));
    return _mm256_srli_epi32(sum, 16);
}

/* 16 pixels: the first and the third four, the second and the fourth four. */
struct sixteen { struct eight a, b; };

static inline FAST struct sixteen read(const uint8_t *row)
{
    /* The last load would reach behind the row, so it begins earlier. */
    __m256i rg = _mm256_setr_epi8(2, -1, 1, -1, 5, -1, 4, -1, 8, -1, 7, -1, 11, -1, 10, -1, 2, -1, 1, -1, 5, -1, 4, -1, 8, -1, 7, -1, 11, -1, 10, -1);
    __m256i bg = _mm256_setr_epi8(0, -1, 1, -1, 3, -1, 4, -1, 6, -1, 7, -1, 9, -1, 10, -1, 0, -1, 1, -1, 3, -1, 4, -1, 6, -1, 7, -1, 9, -1, 10, -1);
    __m256i later_rg = _mm256_setr_epi8(2, -1, 1, -1, 5, -1, 4, -1, 8, -1, 7, -1, 11, -1, 10, -1, 6, -1, 5, -1, 9, -1, 8, -1, 12, -1, 11, -1, 15, -1, 14, -1);
    __m256i later_bg = _mm256_setr_epi8(0, -1, 1, -1, 3, -1, 4, -1, 6, -1, 7, -1, 9, -1, 10, -1, 4, -1, 5, -1, 7, -1, 8, -1, 10, -1, 11, -1, 13, -1, 14, -1);
    return (struct sixteen){ spread(row, row + 24, rg, bg), spread(row + 12, row + 32, later_rg, later_bg) };
}

static inline FAST void store_luma(struct sixteen p, int16_t *to)
{
    __m256i row = _mm256_packs_epi32(luma(p.a), luma(p.b));
    _mm256_storeu_si256((__m256i *)to, _mm256_sub_epi16(row, _mm256_set1_epi16(128)));
}

/* The means of 2 x 2 pixels, rounded down and up by turns. */
static inline FAST __m256i mean(__m256i a_above, __m256i a_below, __m256i b_above, __m256i b_below)
{
    __m256i sums = _mm256_hadd_epi32(_mm256_add_epi32(a_above, a_below), _mm256_add_epi32(b_above, b_below));
    return _mm256_srli_epi32(_mm256_add_epi32(sums, _mm256_setr_epi32(1, 2, 1, 2, 1, 2, 1, 2)), 2);
}

static inline FAST __m256i blue(struct eight p) { return chroma(p.blue_green, p.red_green, CB_RED_GREEN); }

static inline FAST __m256i red(struct eight p) { return chroma(p.red_green, p.blue_green, CR_BLUE_GREEN); }

static inline FAST void two_rows(const uint8_t *above, const uint8_t *below, int16_t *luma_above, int16_t *luma_below, int16_t *chromas)
{
    struct sixteen p = read(above), q = read(below);
    store_luma(p, luma_above);
    store_luma(q, luma_below);
    __m256i blues = mean(blue(p.a), blue(q.a), blue(p.b), blue(q.b)), reds = mean(red(p.a), red(q.a), red(p.b), red(q.b));
    __m256i both = _mm256_permute4x64_epi64(_mm256_packs_epi32(blues, reds), 0xD8);
    _mm256_storeu_si256((__m256i *)chromas, _mm256_sub_epi16(both, _mm256_set1_epi16(128)));
}

FAST void encode_colours(const uint8_t *const *rows, int height, struct mcu *to)
{
    for (int row = 0; row < MCU; row += 2) {
        int above = row < height ? row : height - 1, below = row + 1 < height ? row + 1 : height - 1;
        two_rows(rows[above], rows[below], to->luma[row], to->luma[row + 1], to->chroma[row / 2]);
        /* Behind the picture the library repeats a row of chroma, and makes none of repeated pixels. */
        if (row >= height) __builtin_memcpy(to->chroma[row / 2], to->chroma[row / 2 - 1], sizeof to->chroma[0]);
    }
}
#endif
