/* The weights of colours in luma and chroma. Whoever includes it says before what PAIR is: two numbers, in each 32 bits of a register. */
#ifndef EYESLOTS_ENCODE_WEIGHTS_H
#define EYESLOTS_ENCODE_WEIGHTS_H

#define HALF 32768           /* of the 16 bits behind the point */
#define CENTRE (128 << 16)

/* 2^16 times the weights of JFIF. Those above 16 bits are split: a part of each stands beside another colour. */
#define Y_RED_GREEN PAIR(19595, 38470 - 16384)
#define Y_BLUE_GREEN PAIR(7471, 16384)
#define CB_RED_GREEN PAIR(-11059, -21709)   /* and blue: 2^15 */
#define CR_BLUE_GREEN PAIR(-5329, -27439)   /* and red: 2^15 */

#endif
