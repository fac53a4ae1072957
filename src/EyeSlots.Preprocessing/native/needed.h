/* Which part of a region the warp will read. */
#ifndef EYESLOTS_NEEDED_H
#define EYESLOTS_NEEDED_H

/* A convex area of four corners, in pixels of the image; no corners: everything. */
struct needed { const double *corners; /* x0, y0, x1, y1, … around the area, or NULL */ };

struct span { int first, last; };

/*
 * The columns that rows of the image need, both ends included; last < first: none.
 *   margin   pixels around the area that are needed too
 */
struct span needed_columns(const struct needed *needed, int top, int bottom, int margin);

#endif
