/*
 * A crop as a network's input: moved by a matrix, bilinear at several positions within each pixel of the input, and their mean, brightened;
 * outside the crop, its edge. In whole numbers, so that every processor gives the same bytes: positions are added up in units of 2^-32
 * pixel and looked up at the nearest 1/2048, weights are whole and of one sum, and a byte is rounded once.
 */
#include "pixels.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define STEPS 2048                          /* of a pixel */
#define STEP_SHIFT 21                       /* from units of 2^-32 pixel */
#define ONE (1 << 14)                       /* the sum of a position's four weights */
#define WEIGHT_STEPS (STEPS * STEPS / ONE)  /* two steps multiplied, in one of a weight */
#define ROUNDING (WEIGHT_STEPS / 2)
#define STRIP 64                            /* pixels of the input at a time */
#define MOST_TAPS 4                         /* positions within a pixel, each way */
#define MOST_INPUT 1024                     /* pixels of a side */
#define MOST_STEP (1ll << 48)               /* so that no sum of steps leaves 64 bits */
#define MOST_POSITION (1ll << 51)           /* so that steps of 1/2048 pixel lie within 32 bits */
#define MOST_GAIN (1u << 28)
#define GAIN_SHIFT 40

/* Gray of red, green and blue: ITU-R BT.601 in 256ths. */
#define RED 77
#define GREEN 150
#define BLUE 29

/* As C# lays it out. A position (u, v) counts those within pixels too: x = start_x + u across_x + v down_x, in units of 2^-32 pixel. */
struct sampling {
    int64_t start_x, across_x, down_x, start_y, across_y, down_y;
    int32_t taps_across, taps_down;
    uint32_t gain;                          /* 2^40 / (ONE * taps), times the brightness */
    int32_t is_gray;
};

struct crop { const uint8_t *pixels; int width, height; };

/* The positions of a stretch of a row: where their upper left neighbours lie, and two weights of 16 bits each, the left one low. */
struct positions { int32_t offset[STRIP * MOST_TAPS]; uint32_t above[STRIP * MOST_TAPS], below[STRIP * MOST_TAPS]; };

#define INLINE static inline __attribute__((always_inline))

/* The nearest step that lies on the crop. */
INLINE int32_t nearest(int64_t at, int32_t side)
{
    int32_t step = (int32_t)((at + (1ll << (STEP_SHIFT - 1))) >> STEP_SHIFT), last = (side - 1) * STEPS;
    step = step < 0 ? 0 : step;
    return step < last ? step : last;
}

/* The last pixel of a row or column is the right or lower neighbour of the last but one, with the whole weight. */
INLINE void lay(const struct crop *crop, int64_t x, int64_t y, int64_t dx, int64_t dy, int count, struct positions *to)
{
    int32_t last_x = crop->width > 1 ? crop->width - 2 : 0, last_y = crop->height > 1 ? crop->height - 2 : 0;
    for (int i = 0; i < count; i++) {
        int32_t at_x = nearest(x + i * dx, crop->width), at_y = nearest(y + i * dy, crop->height);
        int32_t column = at_x / STEPS < last_x ? at_x / STEPS : last_x, row = at_y / STEPS < last_y ? at_y / STEPS : last_y;
        int32_t fx = at_x - column * STEPS, fy = at_y - row * STEPS;
        int32_t both = (fx * fy + ROUNDING) / WEIGHT_STEPS, right = fx * (ONE / STEPS) - both, lower = fy * (ONE / STEPS) - both;
        to->offset[i] = CHANNELS * (row * crop->width + column);
        to->above[i] = (uint32_t)(ONE - right - lower - both) | (uint32_t)right << 16;
        to->below[i] = (uint32_t)lower | (uint32_t)both << 16;
    }
}

/* Adds positions to the sums of their pixels, each of four numbers: blue, green, red, nothing. */
static void add(const struct crop *crop, const struct positions *from, int taps, int32_t *sums, int pixels)
{
    ptrdiff_t right = crop->width > 1 ? CHANNELS : 0, down = crop->height > 1 ? CHANNELS * (ptrdiff_t)crop->width : 0;
    for (int i = 0; i < taps * pixels; i++) {
        const uint8_t *above = crop->pixels + from->offset[i], *below = above + down;
        int32_t a = from->above[i] & 0xffff, b = (int32_t)(from->above[i] >> 16), c = from->below[i] & 0xffff, d = (int32_t)(from->below[i] >> 16);
        int32_t *sum = sums + 4 * (i / taps);
        for (int k = 0; k < CHANNELS; k++) sum[k] += a * above[k] + b * above[k + right] + c * below[k] + d * below[k + right];
    }
}

static uint8_t rounded(uint64_t sum, uint32_t gain, int shift)
{
    uint64_t value = (sum * gain + (1ull << (shift - 1))) >> shift;
    return (uint8_t)(value < 255 ? value : 255);
}

static void finish(const struct sampling *s, const int32_t *sums, int pixels, uint8_t *input)
{
    for (int i = 0; i < pixels; i++, sums += 4) {
        uint32_t blue = (uint32_t)sums[0], green = (uint32_t)sums[1], red = (uint32_t)sums[2];
        if (s->is_gray) {
            input[i] = rounded((uint64_t)RED * red + (uint64_t)GREEN * green + (uint64_t)BLUE * blue, s->gain, GAIN_SHIFT + 8);
            continue;
        }
        input[3 * i] = rounded(red, s->gain, GAIN_SHIFT);
        input[3 * i + 1] = rounded(green, s->gain, GAIN_SHIFT);
        input[3 * i + 2] = rounded(blue, s->gain, GAIN_SHIFT);
    }
}

static void sample_strip(const struct crop *crop, const struct sampling *s, int row, int column, int pixels, uint8_t *input)
{
    struct positions positions;
    int32_t sums[4 * STRIP] = { 0 };
    for (int tap = 0; tap < s->taps_down; tap++) {
        int64_t u = (int64_t)column * s->taps_across, v = (int64_t)row * s->taps_down + tap;
        int64_t x = s->start_x + u * s->across_x + v * s->down_x, y = s->start_y + u * s->across_y + v * s->down_y;
        lay(crop, x, y, s->across_x, s->across_y, pixels * s->taps_across, &positions);
        add(crop, &positions, s->taps_across, sums, pixels);
    }
    finish(s, sums, pixels, input);
}

static int is_step(int64_t step) { return step >= -MOST_STEP && step <= MOST_STEP; }

/* Positions are a linear function, so all lie within bounds where those of the corners do. */
static int is_bounded(int64_t start, int64_t across, int64_t down, int64_t last_u, int64_t last_v)
{
    if (!is_step(across) || !is_step(down) || start <= -MOST_POSITION || start >= MOST_POSITION) return 0;
    for (int corner = 1; corner < 4; corner++) {
        int64_t at = start + (corner & 1 ? last_u * across : 0) + (corner & 2 ? last_v * down : 0);
        if (at <= -MOST_POSITION || at >= MOST_POSITION) return 0;
    }
    return 1;
}

static int is_sound(const struct sampling *s, int width, int height)
{
    if (width < 1 || height < 1 || width > MOST_INPUT || height > MOST_INPUT || s->gain > MOST_GAIN) return 0;
    if (s->taps_across < 1 || s->taps_down < 1 || s->taps_across > MOST_TAPS || s->taps_down > MOST_TAPS) return 0;
    int64_t last_u = (int64_t)width * s->taps_across - 1, last_v = (int64_t)height * s->taps_down - 1;
    return is_bounded(s->start_x, s->across_x, s->down_x, last_u, last_v) && is_bounded(s->start_y, s->across_y, s->down_y, last_u, last_v);
}

/*
 * Fills an input of width x height pixels, RGB or gray, without gaps.
 *   crop    BGR without gaps, within crop_length bytes
 *   s       where each position lies in the crop
 *   input   width * height bytes for gray, else three times as many, within input_length
 * Returns a status: STATUS_NO_ROOM where pixels do not lie within their memory, STATUS_BAD_REGION where numbers are out of bounds; then
 * nothing is read or written.
 */
EXPORT int eyeslots_sample(
    const uint8_t *crop, size_t crop_length, int crop_width, int crop_height, const struct sampling *s,
    uint8_t *input, size_t input_length, int width, int height)
{
    if (!lies_within(crop_length, crop_width, crop_height, CHANNELS * (int64_t)crop_width, 0)) return STATUS_NO_ROOM;
    if (!is_sound(s, width, height) || (int64_t)crop_width * crop_height > INT32_MAX / CHANNELS) return STATUS_BAD_REGION;
    size_t bytes = s->is_gray ? 1 : CHANNELS;
    if (input_length / bytes / (size_t)width < (size_t)height) return STATUS_NO_ROOM;
    struct crop from = { crop, crop_width, crop_height };
    for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column += STRIP) {
            int pixels = width - column < STRIP ? width - column : STRIP;
            sample_strip(&from, s, row, column, pixels, input + bytes * ((size_t)row * (size_t)width + (size_t)column));
        }
    }
    return STATUS_OK;
}
