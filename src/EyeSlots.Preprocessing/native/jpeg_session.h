/* libjpeg's errors and warnings as statuses. */
#ifndef EYESLOTS_JPEG_SESSION_H
#define EYESLOTS_JPEG_SESSION_H

#include "libjpeg.h"
#include "pixels.h"

/* One call of the library, from its creation to its destruction. */
struct session {
    struct jpeg_error_mgr errors;   /* first: the library hands its address back */
    struct jpeg_progress_mgr progress;
    jmp_buf leave;                  /* set by the caller, who then destroys the library's object and returns the status */
    int status;
    int most_scans;
    char message[JMSG_LENGTH_MAX];
};

/* Clears the session and makes the library report to it. */
void session_begin(struct session *s, struct jpeg_error_mgr **errors);

/* Watches the number of scans. */
void session_limit_scans(struct session *s, j_decompress_ptr cinfo, int most);

/* Does not return. */
_Noreturn void session_leave(j_common_ptr cinfo, int status);

#endif
