/*
 * Errors leave the library by longjmp. So do those warnings that say that pixels are wrong; all others are passed over:
 *   JWRN_HIT_MARKER, JWRN_JPEG_EOF         premature end: what follows is invented gray
 *   JWRN_HUFF_BAD_CODE, JWRN_ARITH_BAD_CODE, JWRN_MUST_RESYNC, JWRN_BOGUS_PROGRESSION
 *                                          damaged data: pixels are wrong from here on
 *   JWRN_NOT_SEQUENTIAL                    a sequential scan whose spectral range is not 0 to 63: the library, as every decoder, takes it
 *                                          for those. Pixels are right
 *   JWRN_EXTRANEOUS_DATA                   bytes between markers, skipped: pixels are right
 *   JWRN_JFIF_MAJOR, JWRN_ADOBE_XFORM, JWRN_BOGUS_ICC, JWRN_TOO_MUCH_DATA
 *                                          about metadata or after the last row: pixels are right
 */
#include "jpeg_session.h"

#include <string.h>

static struct session *session_of(j_common_ptr cinfo) { return (struct session *)cinfo->err; }

_Noreturn void session_leave(j_common_ptr cinfo, int status)
{
    struct session *s = session_of(cinfo);
    s->status = status;
    longjmp(s->leave, 1);
}

static void on_error(j_common_ptr cinfo)
{
    struct session *s = session_of(cinfo);
    (*cinfo->err->format_message)(cinfo, s->message);
    int code = cinfo->err->msg_code;
    /* What the machine has not is no property of the file: only the limit that was set may refuse it. */
    session_leave(cinfo, code == JERR_OUT_OF_MEMORY ? STATUS_NO_MEMORY : code == JERR_NO_BACKING_STORE ? STATUS_ABOVE_LIMIT : STATUS_BROKEN);
}

static void on_message(j_common_ptr cinfo, int level)
{
    if (level >= 0) return;
    switch (cinfo->err->msg_code) {
    case JWRN_HIT_MARKER:
    case JWRN_JPEG_EOF:
        session_leave(cinfo, STATUS_PREMATURE_END);
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
    case JWRN_BOGUS_PROGRESSION:
        session_leave(cinfo, STATUS_DAMAGED);
    default:
        break;
    }
}

static void no_output(j_common_ptr cinfo) { (void)cinfo; }

/* A few bytes of a progressive file can ask for scans without end over a large image (CVE-2018-14498 and its kin). */
static void on_progress(j_common_ptr cinfo)
{
    if (cinfo->is_decompressor && ((j_decompress_ptr)cinfo)->input_scan_number > session_of(cinfo)->most_scans)
        session_leave(cinfo, STATUS_TOO_MANY_SCANS);
}

void session_begin(struct session *s, struct jpeg_error_mgr **errors)
{
    memset(s, 0, sizeof *s);
    *errors = jpeg_std_error(&s->errors);
    s->errors.error_exit = on_error;
    s->errors.emit_message = on_message;
    s->errors.output_message = no_output;
}

void session_limit_scans(struct session *s, j_decompress_ptr cinfo, int most)
{
    s->most_scans = most;
    s->progress.progress_monitor = on_progress;
    cinfo->progress = &s->progress;
}
