/*
 * The affine warp of a slot: bilinear, black outside. In whole numbers, so that every processor gives the same bytes:
 * positions are added up in units of 2^-32 pixel and sampled at the nearest 1/64.
 */
#include "pixels.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define STEPS 64                            /* of a pixel */
#define HALF_STEP (1ll << 25)               /* in units of 2^-32 pixel */
#define ROUNDING (STEPS * STEPS / 2)

/* Pixels, beyond any image; MOST_SIDE steps behind the start of a row are within int64 in units of 2^-32. */
#define MOST_START 1e8
#define MOST_STEP 16384.0

struct source { const uint8_t *pixels; int width, height; ptrdiff_t stride; };

/* A position to which half a step was added: whole pixels, and steps beyond them. */
struct position { int64_t x, y; int64_t fx, fy; };

static inline struct position at(int64_t x, int64_t y)
{
    return (struct position){ x >> 32, y >> 32, x >> 26 & (STEPS - 1), y >> 26 & (STEPS - 1) };
}

static inline int inside(const struct source *s, struct position p)
{
    return (uint64_t)p.x < (uint64_t)(s->width - 1) && (uint64_t)p.y < (uint64_t)(s->height - 1);
}

static int pixel(const struct source *s, int64_t x, int64_t y, int channel)
{
    if (x < 0 || y < 0 || x >= s->width || y >= s->height) return 0;
    return s->pixels[y * s->stride + 3 * x + channel];
}

/* Any position; also where part of the four neighbours lies outside. */
static void sample(const struct source *s, struct position p, uint8_t *out)
{
    for (int c = 0; c < 3; c++) {
        int64_t left = pixel(s, p.x, p.y, c) * (STEPS - p.fy) + pixel(s, p.x, p.y + 1, c) * p.fy;
        int64_t right = pixel(s, p.x + 1, p.y, c) * (STEPS - p.fy) + pixel(s, p.x + 1, p.y + 1, c) * p.fy;
        out[c] = (uint8_t)((left * (STEPS - p.fx) + right * p.fx + ROUNDING) / (STEPS * STEPS));
    }
}

#if defined(__x86_64__)
/* The weights of each step, as the multiplications below want them, half of what they take: both halves are the same. */
struct weights { uint64_t down[STEPS], across[STEPS]; };

static void weigh(struct weights *w)
{
    for (uint64_t i = 0; i < STEPS; i++) {
        w->down[i] = 0x0001000100010001 * (STEPS - i + 256 * i);
        w->across[i] = 0x0000000100000001 * (STEPS - i + 65536 * i);
    }
}

#define FAST __attribute__((target("avx2,bmi,bmi2")))

/* Taken for a double it is spread while it is loaded; for a number, compilers load it first. */
static inline FAST __m128i twice(const uint64_t *half)
{
    double bits;
    memcpy(&bits, half, sizeof bits);
    return _mm_castpd_si128(_mm_set1_pd(bits));
}

/* The six bits behind the point of a position. */
static inline FAST uint64_t step_of(int64_t position) { return _bextr_u64((uint64_t)position, 26, 6); }

/* The colours of a position whose four neighbours lie inside, as sample gives them, in the lower three of four numbers. */
static inline FAST __m128i sample_inside(const uint8_t *pixels, ptrdiff_t stride, const struct weights *w, int64_t x, int64_t y)
{
    const uint8_t *from = pixels + (y >> 32) * stride + 3 * (x >> 32);
    __m128i above = _mm_loadl_epi64((const __m128i *)from), below = _mm_loadl_epi64((const __m128i *)(from + stride));
    __m128i column = _mm_maddubs_epi16(_mm_unpacklo_epi8(above, below), twice(w->down + step_of(y)));
    __m128i neighbours = _mm_shuffle_epi8(column, _mm_setr_epi8(0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, -1, -1, -1, -1));
    return _mm_srli_epi32(_mm_add_epi32(_mm_madd_epi16(neighbours, twice(w->across + step_of(x))), _mm_set1_epi32(ROUNDING)), 12);
}

/* A row is a line, so what lies inside is one stretch of it. Two pixels are written with the two bytes behind them. */
static FAST void warp_row_fast(
    const struct source *s, const struct weights *w, int64_t x, int64_t y, int64_t dx, int64_t dy, uint8_t *out, int width, int is_last)
{
    const uint8_t *pixels = s->pixels;
    ptrdiff_t stride = s->stride;
    __m128i bytes = _mm_setr_epi8(0, 2, 4, 8, 10, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
    int i = 0, end = is_last ? width - 1 : width;
    for (; i < end && !inside(s, at(x + i * dx, y + i * dy)); i++) sample(s, at(x + i * dx, y + i * dy), out + 3 * i);
    for (; i < end && !inside(s, at(x + (end - 1) * dx, y + (end - 1) * dy)); end--) { }
    for (int64_t u = x + i * dx, v = y + i * dy; i + 1 < end; i += 2, u += 2 * dx, v += 2 * dy) {
        __m128i two = _mm_packus_epi32(sample_inside(pixels, stride, w, u, v), sample_inside(pixels, stride, w, u + dx, v + dy));
        _mm_storel_epi64((__m128i *)(out + 3 * i), _mm_shuffle_epi8(two, bytes));
    }
    for (; i < width; i++) sample(s, at(x + i * dx, y + i * dy), out + 3 * i);
}
#endif

static void warp_row(const struct source *s, int64_t x, int64_t y, int64_t dx, int64_t dy, uint8_t *out, int width)
{
    for (int i = 0; i < width; i++) sample(s, at(x + i * dx, y + i * dy), out + 3 * i);
}

/* In units of 2^-32 pixel. */
static int64_t fixed(double pixels, double most) { return (int64_t)floor(fmin(fmax(pixels, -most), most) * 4294967296.0 + 0.5); }

/*
 * Fills a crop of width x height BGR pixels without gaps.
 *   source  BGR, rows stride bytes apart, within length bytes; read faster where 2 more bytes belong to them
 *   map     crop to source: x = map[0] i + map[1] j + map[2], y = map[3] i + map[4] j + map[5]
 *   crop    3 * width * height bytes at least
 * Returns a status: STATUS_NO_ROOM where pixels do not lie within their memory; then nothing is read or written.
 */
EXPORT int eyeslots_warp(
    const uint8_t *source, size_t source_length, int source_width, int source_height, int64_t stride, const double *map,
    uint8_t *crop, size_t crop_length, int width, int height)
{
    if (!lies_within(source_length, source_width, source_height, stride, 0)) return STATUS_NO_ROOM;
    if (!lies_within(crop_length, width, height, CHANNELS * (int64_t)width, 0)) return STATUS_NO_ROOM;
    struct source s = { source, source_width, source_height, (ptrdiff_t)stride };
    int64_t dx = fixed(map[0], MOST_STEP), dy = fixed(map[3], MOST_STEP);
#if defined(__x86_64__)
    int fast = lies_within(source_length, source_width, source_height, stride, 2) && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
    struct weights weights;
    if (fast) weigh(&weights);
#endif
    for (int j = 0; j < height; j++, crop += 3 * (size_t)width) {
        int64_t x = fixed(map[1] * j + map[2], MOST_START) + HALF_STEP, y = fixed(map[4] * j + map[5], MOST_START) + HALF_STEP;
#if defined(__x86_64__)
        if (fast) warp_row_fast(&s, &weights, x, y, dx, dy, crop, width, j == height - 1);
        else
#endif
        warp_row(&s, x, y, dx, dy, crop, width);
    }
    return STATUS_OK;
}
