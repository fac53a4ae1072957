/* libjpeg's interface as the linked library has it. */
#ifndef EYESLOTS_LIBJPEG_H
#define EYESLOTS_LIBJPEG_H

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Debian's header is configured for version 62; the structures of the linked library are those of version 70. */
#include <jconfig.h>
#undef JPEG_LIB_VERSION
#define JPEG_LIB_VERSION 70
#define JCONFIG_INCLUDED
#include <jpeglib.h>
#include <jerror.h>

#endif
