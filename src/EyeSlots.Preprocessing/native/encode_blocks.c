/* Blocks of pixels to coefficients in the order of their codes, two blocks at a time. */
#include "encode.h"

#ifdef ENCODES_FAST
#include <immintrin.h>

#define VECTOR __m256i
#define V(what) _mm256_##what
#define V_SIGNED _mm256_sign_epi16
#define V_OF_ROW(row) _mm256_loadu_si256((const __m256i *)(row))
#include "encode_transform.h"

/* Numbers of a row to their places among eight codes: by a column for each, 8 for what stands in another row. */
#define FROM(row, a, b, c, d, e, f, g, h) \
    _mm256_shuffle_epi8(x.r[row], _mm256_broadcastsi128_si256(_mm_setr_epi16(AT(a), AT(b), AT(c), AT(d), AT(e), AT(f), AT(g), AT(h))))
#define AT(column) (short)((column) == 8 ? 0x8080 : 2 * (column) | (2 * (column) + 1) << 8)
#define OR(a, b) _mm256_or_si256(a, b)

static inline FAST struct rows zigzag(struct rows x)
{
    return (struct rows){ {
        OR(OR(FROM(0, 0, 1, 8, 8, 8, 2, 3, 8), FROM(1, 8, 8, 0, 8, 1, 8, 8, 2)), FROM(2, 8, 8, 8, 0, 8, 8, 8, 8)),
        OR(OR(OR(FROM(0, 8, 8, 8, 8, 8, 8, 4, 5), FROM(1, 8, 8, 8, 8, 8, 3, 8, 8)), OR(FROM(2, 1, 8, 8, 8, 2, 8, 8, 8), FROM(3, 8, 0, 8, 1, 8, 8, 8, 8))),
            FROM(4, 8, 8, 0, 8, 8, 8, 8, 8)),
        OR(OR(OR(FROM(1, 4, 8, 8, 8, 8, 8, 8, 8), FROM(2, 8, 3, 8, 8, 8, 8, 8, 8)), OR(FROM(3, 8, 8, 2, 8, 8, 8, 8, 8), FROM(4, 8, 8, 8, 1, 8, 8, 8, 2))),
            OR(FROM(5, 8, 8, 8, 8, 0, 8, 1, 8), FROM(6, 8, 8, 8, 8, 8, 0, 8, 8))),
        OR(OR(FROM(0, 8, 8, 8, 6, 7, 8, 8, 8), FROM(1, 8, 8, 5, 8, 8, 6, 8, 8)), OR(FROM(2, 8, 4, 8, 8, 8, 8, 5, 8), FROM(3, 3, 8, 8, 8, 8, 8, 8, 4))),
        OR(OR(FROM(4, 3, 8, 8, 8, 8, 8, 8, 4), FROM(5, 8, 2, 8, 8, 8, 8, 3, 8)), OR(FROM(6, 8, 8, 1, 8, 8, 2, 8, 8), FROM(7, 8, 8, 8, 0, 1, 8, 8, 8))),
        OR(OR(OR(FROM(1, 8, 8, 7, 8, 8, 8, 8, 8), FROM(2, 8, 6, 8, 7, 8, 8, 8, 8)), OR(FROM(3, 5, 8, 8, 8, 6, 8, 8, 8), FROM(4, 8, 8, 8, 8, 8, 5, 8, 8))),
            OR(FROM(5, 8, 8, 8, 8, 8, 8, 4, 8), FROM(6, 8, 8, 8, 8, 8, 8, 8, 3))),
        OR(OR(OR(FROM(3, 8, 8, 8, 8, 8, 7, 8, 8), FROM(4, 8, 8, 8, 8, 6, 8, 7, 8)), OR(FROM(5, 8, 8, 8, 5, 8, 8, 8, 6), FROM(6, 8, 8, 4, 8, 8, 8, 8, 8))),
            FROM(7, 2, 3, 8, 8, 8, 8, 8, 8)),
        OR(OR(FROM(5, 8, 8, 8, 8, 7, 8, 8, 8), FROM(6, 5, 8, 8, 6, 8, 7, 8, 8)), FROM(7, 8, 4, 5, 8, 8, 8, 6, 7)),
    } };
}

static inline FAST void store(__m256i both, void *first, void *second)
{
    _mm_storeu_si128((__m128i *)first, _mm256_castsi256_si128(both));
    _mm_storeu_si128((__m128i *)second, _mm256_extracti128_si256(both, 1));
}

FAST void encode_two_blocks(const int16_t (*rows)[MCU], const struct divisors *by, struct block *to)
{
    struct rows x;
    for (int i = 0; i < DCTSIZE; i++) x.r[i] = _mm256_loadu_si256((const __m256i *)rows[i]);
    x = zigzag(transform(x, by));
    to[0].set = to[1].set = 0;
    for (int i = 0; i < DCTSIZE; i++) {
        store(_mm256_add_epi16(x.r[i], _mm256_srai_epi16(x.r[i], 15)), to[0].low + DCTSIZE * i, to[1].low + DCTSIZE * i);
        store(_mm256_abs_epi16(x.r[i]), to[0].magnitude + DCTSIZE * i, to[1].magnitude + DCTSIZE * i);
    }
    for (int i = 0; i < DCTSIZE; i += 2) {
        __m256i zero = _mm256_setzero_si256(), none = _mm256_packs_epi16(_mm256_cmpeq_epi16(x.r[i], zero), _mm256_cmpeq_epi16(x.r[i + 1], zero));
        uint32_t set = ~(uint32_t)_mm256_movemask_epi8(none);
        to[0].set |= (uint64_t)(set & 0xFFFF) << DCTSIZE * i;
        to[1].set |= (uint64_t)(set >> 16) << DCTSIZE * i;
    }
    to[0].dc = (int16_t)_mm256_extract_epi16(x.r[0], 0);
    to[1].dc = (int16_t)_mm256_extract_epi16(x.r[0], 8);
}
#endif
