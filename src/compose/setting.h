/* A block at a width becomes boxes. */
#ifndef COMPOSE_SETTING_H
#define COMPOSE_SETTING_H

#include "compose/galley.h"

/* Sets b at a width; the result is kept with the block. max_height: no box
 * becomes taller, whatever must be divided or made smaller for it. */
const struct setting *block_set(struct composer *c, struct block *b, int width, int max_height);
bool block_is_set(const struct block *b, int width);
/* Blocks in a row, as boxes below one another. */
struct boxes blocks_set(struct composer *c, struct block **blocks, size_t count, int width,
			int max_height);
/* b set `more` lines (1 or -1) longer than at its best; NULL when it cannot be
 * set so without harm. A photograph is cropped to be so much taller or lower. */
const struct setting *block_variant(struct composer *c, struct block *b, int width, int max_height,
				    int more);
/* A text, some of its lines beside what stands in their way. */
const struct setting *block_beside(struct composer *c, struct block *b, int width,
				   struct beside beside);
/* What is left of a text or a gallery behind the first boxes of a setting, as a
 * block of its own; NULL when nothing is, or it cannot be parted there. */
struct block *block_rest(struct composer *c, struct block *b, const struct setting *s,
			 size_t count);

/* Bytes of what a drop cap is made of: the first letter, with an opening quote
 * before it. */
size_t initial_length(struct str s);

/* The kinds, each in its file. A text's other lengths can be had from its prose, which
 * lives as long as the drafts it was set in. */
const struct prose *set_text(struct composer *c, struct block *b, int width, struct boxes *out);
/* Boxes of a set of lines of b's prose; none where there is no such set. */
void prose_boxes(struct composer *c, struct block *b, const struct prose *p, enum line_set set,
		 int width, struct boxes *out);
/* By how many demerits a set is worse than the best one. */
int64_t prose_worse(const struct prose *p, enum line_set set);
void set_figure(struct composer *c, struct block *b, int width, int max_height, struct boxes *out);
void set_gallery(struct composer *c, struct block *b, int width, int max_height, struct boxes *out);
void set_table(struct composer *c, struct block *b, int width, int max_height, struct boxes *out);
void set_panel(struct composer *c, struct block *b, int width, int max_height, struct boxes *out);

/* Height of a picture that fills a width, and the other way round. */
int picture_height(const struct picture *p, int width);
int picture_width(const struct picture *p, int height);
/* The width beyond which it looks coarse. */
int picture_widest(const struct picture *p);
/* The picture cropped to fill a frame. */
void box_picture(struct composer *c, struct box *b, const struct plate *plate, struct rect frame);
/* Caption lines below y, the foot of their picture; returns where they end. */
int box_caption(struct composer *c, struct box *b, const struct plate *plate, int x, int y,
		int width);
/* The space above a picture: as much as between paragraphs. */
int picture_space(struct composer *c, int least);
/* How far a caption reaches below its picture. */
int caption_height(struct composer *c, const struct plate *plate, int width);
/* A caption too long to stay with its picture, line by line behind it. */
void caption_boxes(struct composer *c, const struct plate *plate, int width, struct boxes *out);
/* The least and the natural width of a table's columns together. */
void table_widths(struct composer *c, struct block *b, int *least, int *natural);
/* The distance from a line's top edge to the top of its capitals. */
int cap_offset(struct composer *c, const struct style *s);

#endif
