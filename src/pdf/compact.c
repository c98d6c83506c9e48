#include "pdf/compact.h"

#include <qpdf/qpdf-c.h>

bool compact(struct str pdf, void (*put)(void *context, const void *ptr, size_t len), void *context,
	     struct diags *d)
{
	qpdf_data q = qpdf_init();
	qpdf_silence_errors(q);
	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	bool ok = !(qpdf_read_memory(q, "pdf", pdf.ptr, pdf.len, NULL) & QPDF_ERRORS) &&
		  !(qpdf_init_write_memory(q) & QPDF_ERRORS);
	if (ok) {
		qpdf_set_object_stream_mode(q, qpdf_o_generate);
		qpdf_set_newline_before_endstream(q, QPDF_TRUE); /* ISO 19005-2, 6.1.7.1 */
		qpdf_set_deterministic_ID(q, QPDF_TRUE);
		qpdf_set_preserve_unreferenced_objects(q, QPDF_FALSE);
		ok = !(qpdf_write(q) & QPDF_ERRORS);
	}
	if (ok)
		put(context, qpdf_get_buffer(q), qpdf_get_buffer_length(q));
	else
		diag_report(d, DIAG_PDF_FAILED, (struct place){ 0 }, "qpdf: %s",
			    qpdf_has_error(q) ? qpdf_get_error_full_text(q, qpdf_get_error(q))
					      : "unknown error");
	qpdf_cleanup(&q);
	return ok;
}
