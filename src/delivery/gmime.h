/* GMime, opened when a mail that came back is at hand. */
#ifndef DELIVERY_GMIME_H
#define DELIVERY_GMIME_H

#include "base/late.h"

#include <gmime/gmime.h>

/* GLib's and GObject's come with it. */
#define GMIME_CALLS(X)                                                                             \
	X(g_mime_init)                                                                             \
	X(g_mime_parser_new_with_stream)                                                           \
	X(g_mime_parser_construct_message)                                                         \
	X(g_mime_stream_mem_new)                                                                   \
	X(g_mime_stream_mem_new_with_buffer)                                                       \
	X(g_mime_stream_mem_get_byte_array)                                                        \
	X(g_mime_object_get_header_list)                                                           \
	X(g_mime_header_list_get_count)                                                            \
	X(g_mime_header_list_get_header_at)                                                        \
	X(g_mime_header_get_name)                                                                  \
	X(g_mime_header_get_value)                                                                 \
	X(g_mime_object_get_content_type)                                                          \
	X(g_mime_content_type_get_media_type)                                                      \
	X(g_mime_content_type_get_media_subtype)                                                   \
	X(g_mime_message_get_mime_part)                                                            \
	X(g_mime_message_get_date)                                                                 \
	X(g_mime_message_part_get_message)                                                         \
	X(g_mime_message_part_get_type)                                                            \
	X(g_mime_multipart_get_count)                                                              \
	X(g_mime_multipart_get_part)                                                               \
	X(g_mime_multipart_get_type)                                                               \
	X(g_mime_part_get_content)                                                                 \
	X(g_mime_part_get_type)                                                                    \
	X(g_mime_text_part_get_text)                                                               \
	X(g_mime_text_part_get_type)                                                               \
	X(g_mime_data_wrapper_write_to_stream)                                                     \
	X(g_type_check_instance_is_a)                                                              \
	X(g_object_unref)                                                                          \
	X(g_date_time_to_unix)                                                                     \
	X(g_free)

/* gmime->g_mime_init is g_mime_init, and so on. */
struct gmime_calls {
#define GMIME_CALL(name) __typeof__(name) *name;
	GMIME_CALLS(GMIME_CALL)
#undef GMIME_CALL
};

/* False when there is no GMime (reported). */
bool gmime_open(struct gmime_calls *g, struct diags *d) __attribute__((warn_unused_result));

#endif
