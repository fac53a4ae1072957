/*
 * What the two ways to sample a crop share: the plain one (sample.c), and that for processors with AVX2 (sample_fast.c), which gives the same
 * bytes. A stretch of a row of the input is laid out, looked up and summed, and written.
 */
#ifndef EYESLOTS_SAMPLE_H
#define EYESLOTS_SAMPLE_H

#include "pixels.h"

#define STEP_BITS 11
#define STEPS (1 << STEP_BITS)              /* of a pixel */
#define STEP_SHIFT (32 - STEP_BITS)         /* from units of 2^-32 pixel */
#define ONE_BITS 14
#define ONE (1 << ONE_BITS)                 /* the sum of a position's four weights */
#define BOTH_SHIFT (2 * STEP_BITS - ONE_BITS)
#define STRIP 96                            /* pixels of the input in a stretch */
#define MOST_TAPS 4                         /* positions within a pixel, each way */
#define GAIN_SHIFT 40

/* As C# lays it out. A position (u, v) counts those within pixels: x = start_x + u across_x + v down_x, in units of 2^-32 pixel. */
struct sampling {
    int64_t start_x, across_x, down_x, start_y, across_y, down_y;
    int32_t taps_across, taps_down;
    uint32_t gain;                          /* 2^GAIN_SHIFT / (ONE * taps), times the brightness */
    int32_t is_gray;
};

struct crop { const uint8_t *pixels; int32_t width, height; };

/* The positions of a stretch: where their upper left neighbours lie, and the weights of two neighbours, 16 bits each, the left one low. */
struct positions { int32_t offset[STRIP * MOST_TAPS]; uint32_t above[STRIP * MOST_TAPS], below[STRIP * MOST_TAPS]; };

/* Four numbers for each pixel of a stretch: blue, green, red, nothing. */
struct sums { int32_t of[4 * STRIP] __attribute__((aligned(32))); };

struct way {
    void (*lay)(const struct crop *crop, int64_t x, int64_t y, int64_t dx, int64_t dy, int count, struct positions *to);
    void (*add)(const struct crop *crop, const struct positions *from, int taps, struct sums *sums, int pixels);
    void (*finish)(const struct sampling *s, const struct sums *sums, int from, int pixels, uint8_t *input);
};

extern const struct way sample_plainly;

/* Null where the processor or the crop does not allow it. */
const struct way *sample_fast(const struct crop *crop);

static inline __attribute__((always_inline)) int32_t within(int32_t step, int32_t last)
{
    step = step < 0 ? 0 : step;
    return step < last ? step : last;
}

/*
 * Lays out positions along a line. One outside the crop is moved onto its edge; the last pixel of a row or column is the right or lower
 * neighbour of the last but one, with the whole weight. Positions are bounded (sample.c), so their steps lie within 32 bits, where a shift
 * without sign leaves the same ones. The text is the same for both ways; compilers make vectors of it.
 */
static inline __attribute__((always_inline)) void lay_along(
    const struct crop *crop, int64_t x, int64_t y, int64_t dx, int64_t dy, int count, struct positions *to)
{
    int32_t width = crop->width, end_x = (width - 1) * STEPS, end_y = (crop->height - 1) * STEPS;
    int32_t last_x = width > 1 ? width - 2 : 0, last_y = crop->height > 1 ? crop->height - 2 : 0;
    uint64_t half = 1ull << (STEP_SHIFT - 1), at_x = (uint64_t)x + half, at_y = (uint64_t)y + half;
    for (int i = 0; i < count; i++, at_x += (uint64_t)dx, at_y += (uint64_t)dy) {
        int32_t step_x = within((int32_t)(at_x >> STEP_SHIFT), end_x), step_y = within((int32_t)(at_y >> STEP_SHIFT), end_y);
        int32_t column = within(step_x >> STEP_BITS, last_x), row = within(step_y >> STEP_BITS, last_y);
        int32_t fx = step_x - column * STEPS, fy = step_y - row * STEPS;
        int32_t both = (fx * fy + (1 << (BOTH_SHIFT - 1))) >> BOTH_SHIFT, right = fx * (ONE / STEPS) - both, lower = fy * (ONE / STEPS) - both;
        to->offset[i] = CHANNELS * (row * width + column);
        to->above[i] = (uint32_t)(ONE - right - lower - both) | (uint32_t)right << 16;
        to->below[i] = (uint32_t)lower | (uint32_t)both << 16;
    }
}

#endif
