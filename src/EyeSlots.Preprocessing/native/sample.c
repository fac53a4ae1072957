/*
 * A crop as a network's input: moved by a matrix, bilinear at several positions within each pixel of the input, and their mean, brightened;
 * outside the crop, its edge. In whole numbers, so that every processor gives the same bytes: positions are added up in units of 2^-32
 * pixel and looked up at the nearest 1/2048, the four weights of a position are whole and of one sum, and a byte is rounded once.
 */
#include "sample.h"

#include <stddef.h>

#define MOST_INPUT 1024                     /* pixels of a side */
#define MOST_STEP (1ll << 48)               /* so that no sum of steps leaves 64 bits */
#define MOST_POSITION (1ll << 51)           /* so that steps of a pixel lie within 32 bits */
#define MOST_GAIN (1u << 28)                /* so that no sum of gray times it leaves 64 bits */

/* Gray of red, green and blue: ITU-R BT.601 in 256ths. */
#define RED 77
#define GREEN 150
#define BLUE 29
#define GRAY_SHIFT 8

static void lay(const struct crop *crop, int64_t x, int64_t y, int64_t dx, int64_t dy, int count, struct positions *to)
{
    lay_along(crop, x, y, dx, dy, count, to);
}

/* Where there is no second column or row, its weight is 0. */
static void add(const struct crop *crop, const struct positions *from, int taps, struct sums *sums, int pixels)
{
    ptrdiff_t right = crop->width > 1 ? CHANNELS : 0, down = crop->height > 1 ? CHANNELS * (ptrdiff_t)crop->width : 0;
    for (int i = 0; i < taps * pixels; i++) {
        const uint8_t *above = crop->pixels + from->offset[i], *below = above + down;
        int32_t a = from->above[i] & 0xffff, b = (int32_t)(from->above[i] >> 16), c = from->below[i] & 0xffff, d = (int32_t)(from->below[i] >> 16);
        int32_t *sum = sums->of + 4 * (i / taps);
        for (int k = 0; k < CHANNELS; k++) sum[k] += a * above[k] + b * above[k + right] + c * below[k] + d * below[k + right];
    }
}

static uint8_t rounded(uint64_t sum, uint32_t gain, int shift)
{
    uint64_t value = (sum * gain + (1ull << (shift - 1))) >> shift;
    return (uint8_t)(value < 255 ? value : 255);
}

static void finish(const struct sampling *s, const struct sums *sums, int from, int pixels, uint8_t *input)
{
    for (int i = from; i < pixels; i++) {
        const int32_t *sum = sums->of + 4 * i;
        uint64_t blue = (uint64_t)sum[0], green = (uint64_t)sum[1], red = (uint64_t)sum[2];
        if (s->is_gray) {
            input[i] = rounded(RED * red + GREEN * green + BLUE * blue, s->gain, GAIN_SHIFT + GRAY_SHIFT);
            continue;
        }
        input[CHANNELS * i] = rounded(red, s->gain, GAIN_SHIFT);
        input[CHANNELS * i + 1] = rounded(green, s->gain, GAIN_SHIFT);
        input[CHANNELS * i + 2] = rounded(blue, s->gain, GAIN_SHIFT);
    }
}

const struct way sample_plainly = { lay, add, finish };

static void sample_stretch(const struct way *way, const struct crop *crop, const struct sampling *s, int row, int column, int pixels, uint8_t *input)
{
    struct positions positions;
    struct sums sums = { { 0 } };
    for (int tap = 0; tap < s->taps_down; tap++) {
        int64_t u = (int64_t)column * s->taps_across, v = (int64_t)row * s->taps_down + tap;
        int64_t x = s->start_x + u * s->across_x + v * s->down_x, y = s->start_y + u * s->across_y + v * s->down_y;
        way->lay(crop, x, y, s->across_x, s->across_y, pixels * s->taps_across, &positions);
        way->add(crop, &positions, s->taps_across, &sums, pixels);
    }
    way->finish(s, &sums, 0, pixels, input);
}

static int lies_between(int64_t number, int64_t most) { return number >= -most && number <= most; }

/* Positions are a linear function, so all of them are bounded where those of the corners are. */
static int is_bounded(int64_t start, int64_t across, int64_t down, int64_t last_u, int64_t last_v)
{
    if (!lies_between(across, MOST_STEP) || !lies_between(down, MOST_STEP) || !lies_between(start, MOST_POSITION)) return 0;
    int64_t right = start + last_u * across, low = start + last_v * down;
    return lies_between(right, MOST_POSITION) && lies_between(low, MOST_POSITION) && lies_between(right + last_v * down, MOST_POSITION);
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
 * Returns a status: STATUS_NO_ROOM where pixels do not lie within their memory, STATUS_BAD_REGION where a number is out of bounds; then
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
    const struct way *fast = sample_fast(&from), *way = fast ? fast : &sample_plainly;
    for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column += STRIP) {
            int pixels = width - column < STRIP ? width - column : STRIP;
            sample_stretch(way, &from, s, row, column, pixels, input + bytes * ((size_t)row * (size_t)width + (size_t)column));
        }
    }
    return STATUS_OK;
}
