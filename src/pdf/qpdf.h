/* qpdf, opened when an advertiser's page is at hand: few issues have one, and it brings
 * half of what the program would otherwise load to begin. */
#ifndef PDF_QPDF_H
#define PDF_QPDF_H

#include "base/late.h"

#include <qpdf/qpdf-c.h>

#define QPDF_CALLS(X)                                                                              \
	X(cleanup)                                                                                 \
	X(get_error)                                                                               \
	X(get_error_code)                                                                          \
	X(get_error_message_detail)                                                                \
	X(get_num_pages)                                                                           \
	X(get_page_n)                                                                              \
	X(get_root)                                                                                \
	X(has_error)                                                                               \
	X(init)                                                                                    \
	X(more_warnings)                                                                           \
	X(oh_begin_dict_key_iter)                                                                  \
	X(oh_dict_more_keys)                                                                       \
	X(oh_dict_next_key)                                                                        \
	X(oh_get_array_item)                                                                       \
	X(oh_get_array_n_items)                                                                    \
	X(oh_get_binary_string_value)                                                              \
	X(oh_get_dict)                                                                             \
	X(oh_get_int_value_as_int)                                                                 \
	X(oh_get_key)                                                                              \
	X(oh_get_name)                                                                             \
	X(oh_get_numeric_value)                                                                    \
	X(oh_get_object_id)                                                                        \
	X(oh_get_page_content_data)                                                                \
	X(oh_get_stream_data)                                                                      \
	X(oh_has_key)                                                                              \
	X(oh_is_array)                                                                             \
	X(oh_is_dictionary)                                                                        \
	X(oh_is_indirect)                                                                          \
	X(oh_is_integer)                                                                           \
	X(oh_is_name)                                                                              \
	X(oh_is_name_and_equals)                                                                   \
	X(oh_is_null)                                                                              \
	X(oh_is_number)                                                                            \
	X(oh_is_stream)                                                                            \
	X(oh_is_string)                                                                            \
	X(oh_new_null)                                                                             \
	X(oh_new_stream)                                                                           \
	X(oh_parse)                                                                                \
	X(oh_release)                                                                              \
	X(oh_replace_stream_data)                                                                  \
	X(oh_unparse_resolved)                                                                     \
	X(push_inherited_attributes_to_page)                                                       \
	X(read)                                                                                    \
	X(set_suppress_warnings)                                                                   \
	X(silence_errors)

/* q->read is qpdf_read, and so on; each takes q->data first. */
struct qpdf {
	qpdf_data data;
#define QPDF_CALL(name) __typeof__(qpdf_##name) *name;
	QPDF_CALLS(QPDF_CALL)
#undef QPDF_CALL
};

/* False when there is no libqpdf (reported). */
bool qpdf_load(struct qpdf *q, struct diags *d) __attribute__((warn_unused_result));

#endif
