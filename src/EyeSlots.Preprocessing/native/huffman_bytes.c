#include "huffman_bytes.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* Copies bytes up to the next 0xFF, and that one where it is a byte and no marker. */
static void copy_some(struct bytes *f, size_t most)
{
    most = smaller(most, (size_t)(f->source_end - f->source));
    const uint8_t *stuffed = memchr(f->source, 0xFF, most);
    size_t plain = stuffed ? (size_t)(stuffed - f->source) : most;
    memcpy(f->end, f->source, plain);
    f->end += plain;
    f->source += plain;
    if (stuffed && f->source_end - stuffed >= 2 && stuffed[1] == 0) {
        *f->end++ = 0xFF;
        f->source += 2;
    } else f->ended = stuffed || f->source == f->source_end;
}

/* The same for many, up to full, while 16 are there on both sides; stops before a marker. */
static void copy_many(struct bytes *f, const uint8_t *full)
{
#if defined(__SSE2__)
    const uint8_t *from = f->source;
    uint8_t *to = f->end;
    while (full - to >= 16 && f->source_end - from > 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)from);
        unsigned stuffed = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(-1)));
        _mm_storeu_si128((__m128i *)to, bytes);
        int plain = stuffed ? __builtin_ctz(stuffed) : 16;
        from += plain;
        to += plain;
        if (!stuffed) continue;
        if (from[1]) break;
        from += 2;
        to++;
    }
    f->source = from;
    f->end = to;
#else
    (void)f;
    (void)full;
#endif
}

void bytes_fill(struct bytes *f, int64_t bit, size_t more)
{
    size_t left = (size_t)(f->end - f->bytes) - (size_t)(bit / 8);
    memmove(f->bytes, f->bytes + bit / 8, left);
    f->end = f->bytes + left;
    const uint8_t *full = f->end + smaller(more, MOST_BYTES - left);
    if (!f->ended) copy_many(f, full);
    while (f->end < full && !f->ended) copy_some(f, (size_t)(full - f->end));
    memset(f->end, 0, ZEROS);
}

/* The file is cut here, or so soon behind that the library would see it. */
static int may_be_cut(const struct bytes *f)
{
    ptrdiff_t left = f->source_end - f->source;
    return f->ended ? left < 2 || f->source[1] == 0xFF : left < LOOKED_AHEAD;
}

const uint8_t *bytes_valid(const struct bytes *f)
{
    return f->end - (may_be_cut(f) ? smaller(LOOKED_AHEAD, (size_t)(f->end - f->bytes)) : 0);
}

const uint8_t *bytes_place(const struct bytes *f, int64_t bits)
{
    const uint8_t *place = f->source;
    for (const uint8_t *byte = f->bytes + (bits + 7) / 8; byte < f->end; byte++) place -= *byte == 0xFF ? 2 : 1;
    return place;
}
