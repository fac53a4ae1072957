/*
 * Chroma at half the resolution to pixels: the library's triangle filter (h2v2_fancy_upsample in jdsample.c) and its colours (jdcolor.c) in
 * one step, with its bytes. The library's own steps are as fast, but know neither that a turned slot needs little more than half of each row
 * nor that their rows are copied. They run for all other kinds of files, and where the processor lacks AVX2.
 */
#include "rows.h"
#include "huffman.h"
#include "pixels.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

#define FAST __attribute__((target("avx2")))

#define MARGIN 3             /* pixels around the needed area: the warp's rounding and neighbours */
#define STRIDE 32              /* pixels at a time */
#define MOST 4096            /* pixels of a row; wider ones are the library's */

/* The library's structure, up to what is replaced here. */
struct post_methods {
    void (*start_pass)(j_decompress_ptr, int);
    void (*process)(j_decompress_ptr, JSAMPIMAGE, JDIMENSION *, JDIMENSION, JSAMPARRAY, JDIMENSION *, JDIMENSION);
};

/* Chroma of a row at half the resolution, four times its value, as the sums below want it, with a sample more at both ends. */
struct chroma { int16_t of[1 + MOST / 2 + 1 + STRIDE]; };
#define BIAS (2 - 4 * 128)   /* so that the chroma is rounded, and lies around 0 */

/* --- one row --- */

/* Samples from to to - 1 of both rows, which have so many and memory for more; around them the first and the last go on. */
static FAST void blend(const JSAMPLE *near, const JSAMPLE *far, int from, int to, int samples, int memory, struct chroma *sums)
{
    int16_t *sum = sums->of + 1;
    int first = from > 0 ? from - 1 : from, last = to < samples ? to : samples - 1, i = first;
    for (; i <= last && i + 16 <= memory; i += 16) {
        __m256i n = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(near + i)));
        __m256i f = _mm256_add_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(far + i))), _mm256_set1_epi16(BIAS));
        _mm256_storeu_si256((__m256i *)(sum + i - from), _mm256_add_epi16(_mm256_add_epi16(n, _mm256_slli_epi16(n, 1)), f));
    }
    for (; i <= last; i++) sum[i - from] = (int16_t)(3 * near[i] + far[i] + BIAS);
    if (first == from) sum[-1] = sum[0];
    if (last < to) sum[to - from] = sum[to - 1 - from];
}

/* 16 pixels with an even column and the 16 beside them. */
struct two { __m256i even, odd; };

/* Three parts of the sample that a pixel lies in and one of the sample that it lies beside; the library rounds up and down by turns. */
static inline FAST struct two widen(const int16_t *sums)
{
    __m256i here = _mm256_loadu_si256((const __m256i *)sums), thrice = _mm256_add_epi16(here, _mm256_slli_epi16(here, 1));
    __m256i before = _mm256_loadu_si256((const __m256i *)(sums - 1)), behind = _mm256_loadu_si256((const __m256i *)(sums + 1));
    __m256i odd = _mm256_add_epi16(_mm256_add_epi16(thrice, behind), _mm256_set1_epi16(-1));
    return (struct two){ _mm256_srai_epi16(_mm256_add_epi16(thrice, before), 4), _mm256_srai_epi16(odd, 4) };
}

/* 16 pixels: 16 bits of each colour, to be cut off at 0 and 255. */
struct colours { __m256i blue, green, red; };

/*
 * Of 1.402 and 1.772 that which is left of a whole number is taken times chroma by a multiplication that rounds: these factors give what
 * the library's give for all 256 values. Green is 0.34414 of one and 0.71414 of the other, rounded together.
 */
static inline FAST struct colours colours(__m256i luma, __m256i cb, __m256i cr)
{
    __m256i red = _mm256_add_epi16(cr, _mm256_mulhrs_epi16(cr, _mm256_set1_epi16(13173)));
    __m256i blue = _mm256_add_epi16(_mm256_add_epi16(cb, cb), _mm256_mulhrs_epi16(cb, _mm256_set1_epi16(-7471)));
    __m256i factors = _mm256_set1_epi32((int)((uint32_t)(uint16_t)-22554 | (uint32_t)18734 << 16)), half = _mm256_set1_epi32(32768);
    __m256i low = _mm256_srai_epi32(_mm256_add_epi32(_mm256_madd_epi16(_mm256_unpacklo_epi16(cb, cr), factors), half), 16);
    __m256i high = _mm256_srai_epi32(_mm256_add_epi32(_mm256_madd_epi16(_mm256_unpackhi_epi16(cb, cr), factors), half), 16);
    __m256i green = _mm256_sub_epi16(_mm256_packs_epi32(low, high), cr);
    return (struct colours){ _mm256_add_epi16(luma, blue), _mm256_add_epi16(luma, green), _mm256_add_epi16(luma, red) };
}

/* Where the bytes of 16 pixels come from, for each third of them: a colour's even pixels are 0 to 7, its odd ones 8 to 15. */
#define E(pixel) ((pixel) / 2 + 8 * ((pixel) & 1))
static const int8_t places[3][3][16] = {
    { { E(0), -1, -1, E(1), -1, -1, E(2), -1, -1, E(3), -1, -1, E(4), -1, -1, E(5) },
      { -1, E(0), -1, -1, E(1), -1, -1, E(2), -1, -1, E(3), -1, -1, E(4), -1, -1 },
      { -1, -1, E(0), -1, -1, E(1), -1, -1, E(2), -1, -1, E(3), -1, -1, E(4), -1 } },
    { { -1, -1, E(6), -1, -1, E(7), -1, -1, E(8), -1, -1, E(9), -1, -1, E(10), -1 },
      { E(5), -1, -1, E(6), -1, -1, E(7), -1, -1, E(8), -1, -1, E(9), -1, -1, E(10) },
      { -1, E(5), -1, -1, E(6), -1, -1, E(7), -1, -1, E(8), -1, -1, E(9), -1, -1 } },
    { { -1, E(11), -1, -1, E(12), -1, -1, E(13), -1, -1, E(14), -1, -1, E(15), -1, -1 },
      { -1, -1, E(11), -1, -1, E(12), -1, -1, E(13), -1, -1, E(14), -1, -1, E(15), -1 },
      { E(10), -1, -1, E(11), -1, -1, E(12), -1, -1, E(13), -1, -1, E(14), -1, -1, E(15) } },
};

static inline FAST __m256i third(const struct colours *of, int part)
{
    __m256i b = _mm256_shuffle_epi8(of->blue, _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)places[part][0])));
    __m256i g = _mm256_shuffle_epi8(of->green, _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)places[part][1])));
    __m256i r = _mm256_shuffle_epi8(of->red, _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)places[part][2])));
    return _mm256_or_si256(_mm256_or_si256(b, g), r);
}

/* 32 pixels; luma is read and pixels are written to their end. */
static inline FAST void step(const JSAMPLE *luma, const int16_t *cb, const int16_t *cr, uint8_t *to)
{
    struct two blue = widen(cb), red = widen(cr);
    __m256i y = _mm256_loadu_si256((const __m256i *)luma);
    struct colours even = colours(_mm256_and_si256(y, _mm256_set1_epi16(255)), blue.even, red.even), odd = colours(_mm256_srli_epi16(y, 8), blue.odd, red.odd);
    struct colours all = { _mm256_packus_epi16(even.blue, odd.blue), _mm256_packus_epi16(even.green, odd.green), _mm256_packus_epi16(even.red, odd.red) };
    __m256i a = third(&all, 0), b = third(&all, 1), c = third(&all, 2);
    _mm256_storeu_si256((__m256i *)to, _mm256_permute2x128_si256(a, b, 0x20));
    _mm256_storeu_si256((__m256i *)(to + 32), _mm256_permute2x128_si256(c, a, 0x30));
    _mm256_storeu_si256((__m256i *)(to + 64), _mm256_permute2x128_si256(b, c, 0x31));
}

/*
 * Columns of the library's row; one before the region is not kept. Some behind them may be read, as the row has memory for them, and written:
 * the rows below come later.
 */
static FAST void write_row(
    const struct rows *rows, const JSAMPLE *luma, int luma_memory, const struct chroma *cb, const struct chroma *cr, struct span columns, int row)
{
    int start = rows->x - rows->left, first = columns.first, last = columns.last;
    uint8_t *to = rows->out + CHANNELS * ((ptrdiff_t)row * rows->width + first - start);
    for (int at = first; at <= last; at += STRIDE, to += CHANNELS * STRIDE) {
        const int16_t *blues = cb->of + 1 + (at - first) / 2, *reds = cr->of + 1 + (at - first) / 2;
        if (at >= start && at + STRIDE <= luma_memory && rows->end - to >= CHANNELS * STRIDE) {
            step(luma + at, blues, reds, to);
            continue;
        }
        JSAMPLE bytes[STRIDE] = { 0 };
        uint8_t pixels[CHANNELS * STRIDE];
        int before = at < start ? start - at : 0, count = last + 1 - at < STRIDE ? last + 1 - at : STRIDE;
        memcpy(bytes, luma + at, (size_t)count);
        step(bytes, blues, reds, pixels);
        if (count > before) memcpy(to + CHANNELS * before, pixels + CHANNELS * before, (size_t)(count - before) * CHANNELS);
    }
}

/* --- in the library's place --- */

/* The columns of a row that are needed, in the library's, and the first of them even; found for two rows at once, which the library makes too. */
static struct span columns_of(struct rows *rows, int row)
{
    int start = rows->x - rows->left, end = start + rows->width - 1;
    if ((row | 1) == rows->known) return rows->columns;
    struct span needed = needed_columns(&rows->needed, row & ~1, (row & ~1) + 2, MARGIN);
    int first = needed.first - rows->left, last = needed.last - rows->left;
    rows->known = row | 1;
    return rows->columns = (struct span){ (first > start ? first : start) & ~1, last < end ? last : end };
}

static void one_row(j_decompress_ptr cinfo, struct rows *rows, JSAMPIMAGE from, JDIMENSION group, int row)
{
    struct chroma cb, cr;
    const jpeg_component_info *chroma = cinfo->comp_info + 1;
    struct span columns = columns_of(rows, row);
    int lower = row & 1, line = row - rows->y, samples = (int)chroma->downsampled_width, memory = (int)chroma->width_in_blocks * DCTSIZE;
    if (line < 0 || line >= rows->height || columns.first > columns.last) return;
    const JSAMPARRAY blue = from[1] + group, red = from[2] + group;
    int other = lower ? 1 : -1, start = columns.first / 2, end = columns.last / 2 + 1;
    blend(blue[0], blue[other], start, end, samples, memory, &cb);
    blend(red[0], red[other], start, end, samples, memory, &cr);
    int luma_memory = (int)cinfo->comp_info[0].width_in_blocks * DCTSIZE;
    write_row(rows, from[0][2 * group + (JDIMENSION)lower], luma_memory, &cb, &cr, columns, line);
}

/* The library's sep_upsample: a row group holds two rows of luma and one of each chroma, which lie between those above and below. */
static void process(
    j_decompress_ptr cinfo, JSAMPIMAGE from, JDIMENSION *group, JDIMENSION groups, JSAMPARRAY to, JDIMENSION *row, JDIMENSION rows)
{
    (void)to;
    const struct huffman *h = cinfo->client_data;
    for (; *group < groups && *row < rows; ++*row) {
        int at = (int)(cinfo->output_scanline + *row);
        one_row(cinfo, h->rows, from, *group, at);
        *group += (JDIMENSION)(at & 1);
    }
}

int rows_can(const j_decompress_ptr cinfo)
{
    const jpeg_component_info *c = cinfo->comp_info;
    if (cinfo->num_components != 3 || cinfo->jpeg_color_space != JCS_YCbCr || cinfo->out_color_space != JCS_EXT_BGR) return 0;
    if (c[0].h_samp_factor != 2 || c[0].v_samp_factor != 2 || c[1].h_samp_factor != 1 || c[1].v_samp_factor != 1) return 0;
    if (c[2].h_samp_factor != 1 || c[2].v_samp_factor != 1 || cinfo->min_DCT_h_scaled_size != DCTSIZE || !cinfo->do_fancy_upsampling) return 0;
    /* Of two samples or fewer across the library does not blend. */
    return cinfo->output_width <= MOST && c[1].downsampled_width > 2 && __builtin_cpu_supports("avx2");
}

int rows_install(j_decompress_ptr cinfo, struct rows *rows)
{
    if (!rows_can(cinfo)) return 0;
    rows->known = -1;
    ((struct huffman *)cinfo->client_data)->rows = rows;
    ((struct post_methods *)cinfo->post)->process = process;
    return 1;
}
#else
int rows_can(const j_decompress_ptr cinfo) { (void)cinfo; return 0; }

int rows_install(j_decompress_ptr cinfo, struct rows *rows) { (void)cinfo; (void)rows; return 0; }
#endif
