/* Sampling by AVX2, positions by AVX-512 where the processor has it, with the bytes of the plain way (sample.c). */
#include "sample.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

#define FAST __attribute__((target("avx2")))

static FAST void lay(const struct crop *crop, int64_t x, int64_t y, int64_t dx, int64_t dy, int count, struct positions *to)
{
    lay_along(crop, x, y, dx, dy, count, to);
}

/* The same text for processors whose vectors are twice as long. */
static __attribute__((target("arch=x86-64-v4,prefer-vector-width=512"))) void lay_widely(
    const struct crop *crop, int64_t x, int64_t y, int64_t dx, int64_t dy, int count, struct positions *to)
{
    lay_along(crop, x, y, dx, dy, count, to);
}

/* Of two pixels side by side, each colour of the left beside that of the right, 16 bits each: blue, green, red, nothing. */
static inline FAST __m128i beside(__m128i bytes)
{
    return _mm_shuffle_epi8(bytes, _mm_setr_epi8(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1));
}

/* The last two pixels of the crop: eight bytes from there would lie partly behind it. */
static inline FAST __m128i last_two(const uint8_t *pixels)
{
    uint64_t bytes = 0;
    memcpy(&bytes, pixels, 2 * CHANNELS);
    return _mm_cvtsi64_si128((int64_t)bytes);
}

/* A pair of weights, four times. Taken for a float it is spread while it is loaded; for a number, compilers load it first. */
static inline FAST __m128i four_times(const uint32_t *weights)
{
    float pair;
    memcpy(&pair, weights, sizeof pair);
    return _mm_castps_si128(_mm_set1_ps(pair));
}

/* Where the lower neighbours begin that are the last two pixels of the crop. */
static inline int32_t last_offset(const struct crop *crop) { return CHANNELS * ((crop->height - 2) * crop->width + crop->width - 2); }

/* Apart for each number of positions, so that the compiler can lay their loop out. */
static inline FAST __attribute__((always_inline)) void add_taps(
    const struct crop *crop, const struct positions *from, int taps, struct sums *sums, int pixels, int to_the_last)
{
    const uint8_t *above = crop->pixels, *below = above + CHANNELS * (ptrdiff_t)crop->width;
    int32_t last = last_offset(crop);
    for (int i = 0, at = 0; i < pixels; i++) {
        __m128i sum = _mm_load_si128((const __m128i *)(sums->of + 4 * i));
        for (int tap = 0; tap < taps; tap++, at++) {
            ptrdiff_t offset = from->offset[at];
            __m128i upper = _mm_loadl_epi64((const __m128i *)(above + offset));
            __m128i lower = to_the_last && offset >= last ? last_two(below + offset) : _mm_loadl_epi64((const __m128i *)(below + offset));
            sum = _mm_add_epi32(sum, _mm_madd_epi16(beside(upper), four_times(from->above + at)));
            sum = _mm_add_epi32(sum, _mm_madd_epi16(beside(lower), four_times(from->below + at)));
        }
        _mm_store_si128((__m128i *)(sums->of + 4 * i), sum);
    }
}

/* The largest offset of some positions. */
static FAST int32_t furthest(const struct positions *positions, int count)
{
    int32_t most = 0;
    for (int i = 0; i < count; i++) most = positions->offset[i] > most ? positions->offset[i] : most;
    return most;
}

static FAST void add(const struct crop *crop, const struct positions *from, int taps, struct sums *sums, int pixels)
{
    if (furthest(from, taps * pixels) >= last_offset(crop)) add_taps(crop, from, taps, sums, pixels, 1);
    else if (taps == 1) add_taps(crop, from, 1, sums, pixels, 0);
    else if (taps == 2) add_taps(crop, from, 2, sums, pixels, 0);
    else if (taps == 3) add_taps(crop, from, 3, sums, pixels, 0);
    else add_taps(crop, from, 4, sums, pixels, 0);
}

/* Two pixels' sums times the gain, 32 bits each. No product leaves 64 bits, nor what is left of it 24. */
static inline FAST __m256i times_gain(__m256i sums, __m256i gain)
{
    __m256i half = _mm256_set1_epi64x(1ll << (GAIN_SHIFT - 1));
    __m256i even = _mm256_add_epi64(_mm256_mul_epu32(sums, gain), half);
    __m256i odd = _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(sums, 32), gain), half);
    return _mm256_blend_epi32(_mm256_srli_epi64(even, GAIN_SHIFT), _mm256_srli_epi64(odd, GAIN_SHIFT - 32), 0xaa);
}

/* Four pixels at a time; the others, and gray, plainly. */
static FAST void finish(const struct sampling *s, const struct sums *sums, int from, int pixels, uint8_t *input)
{
    __m256i gain = _mm256_set1_epi64x(s->gain);
    __m128i colours = _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
    for (; !s->is_gray && from + 4 <= pixels; from += 4) {
        __m256i first = times_gain(_mm256_load_si256((const __m256i *)(sums->of + 4 * from)), gain);
        __m256i second = times_gain(_mm256_load_si256((const __m256i *)(sums->of + 4 * from + 8)), gain);
        /* In the lower half the pixels 0 and 2, in the upper one 1 and 3. */
        __m256i words = _mm256_min_epu16(_mm256_packus_epi32(first, second), _mm256_set1_epi16(255));
        __m256i bytes = _mm256_packus_epi16(words, words);
        __m128i four = _mm_shuffle_epi8(_mm_unpacklo_epi32(_mm256_castsi256_si128(bytes), _mm256_extracti128_si256(bytes, 1)), colours);
        _mm_storel_epi64((__m128i *)(input + CHANNELS * from), four);
        uint32_t rest = (uint32_t)_mm_extract_epi32(four, 2);
        memcpy(input + CHANNELS * from + 8, &rest, sizeof rest);
    }
    sample_plainly.finish(s, sums, from, pixels, input);
}

static const struct way fast = { lay, add, finish }, wide = { lay_widely, add, finish };

const struct way *sample_fast(const struct crop *crop)
{
    if (crop->width < 2 || crop->height < 2 || !__builtin_cpu_supports("avx2")) return NULL;
    return __builtin_cpu_supports("x86-64-v4") ? &wide : &fast;
}
#else
const struct way *sample_fast(const struct crop *crop) { (void)crop; return NULL; }
#endif
