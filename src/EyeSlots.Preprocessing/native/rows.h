/* The last steps of decoding, upsampling and colours, for the needed pixels alone; rows.c says how and when. */
#ifndef EYESLOTS_ROWS_H
#define EYESLOTS_ROWS_H

#include "libjpeg.h"
#include "needed.h"

#include <stdint.h>

/* Where the pixels of a region go. */
struct rows {
    uint8_t *out, *end;         /* rows of the region without gaps, and where their memory ends */
    int x, y, width, height;    /* the region in the image */
    int left;                   /* the column of the image that the library has as its first */
    struct needed needed;
    struct span columns;        /* of the two rows of which the lower is known; rows_install clears both */
    int known;
};

/*
 * Takes the place of the library's upsampling and colours where it can; call after jpeg_crop_scanline, when an even number of rows has been
 * skipped and none has been read. From then on jpeg_read_scanlines writes nothing to the rows that it is given: those of the region go to
 * their place.
 * Returns whether it took the place.
 */
int rows_install(j_decompress_ptr cinfo, struct rows *rows);

/* Whether it will be able to. */
int rows_can(const j_decompress_ptr cinfo);

#endif
