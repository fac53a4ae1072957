/*
 * A turned slot fills little more than half of its bounding box. Blocks in the corners that are left need no coefficients and no
 * inverse transform.
 */
#include "needed.h"

static void widen(double *low, double *high, double x)
{
    if (x < *low) *low = x;
    if (x > *high) *high = x;
}

/* Where an edge crosses a row, if it does. */
static void widen_at(double *low, double *high, const double *a, const double *b, double y)
{
    if ((a[1] - y) * (b[1] - y) < 0) widen(low, high, a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]));
}

struct span needed_columns(const struct needed *needed, int top, int bottom, int margin)
{
    if (!needed->corners) return (struct span){ 0, 65535 };
    double low = 65535 + 2 * margin, high = -2 * margin, above = top - margin, below = bottom + margin;
    for (int i = 0; i < 4; i++) {
        const double *a = needed->corners + 2 * i, *b = needed->corners + 2 * ((i + 1) % 4);
        if (a[1] >= above && a[1] <= below) widen(&low, &high, a[0]);
        widen_at(&low, &high, a, b, above);
        widen_at(&low, &high, a, b, below);
    }
    low -= margin;
    high += margin + 1; /* cut off below */
    return (struct span){ low > 0 ? (int)low : 0, high < 0 ? -1 : high < 65535 ? (int)high : 65535 };
}
