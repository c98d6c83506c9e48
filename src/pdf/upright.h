/* upright: where a stored pixel of a picture that its camera turned comes to lie. */
#ifndef PDF_UPRIGHT_H
#define PDF_UPRIGHT_H

/* EXIF 2.3, Orientation: (x, y) of a stored raster of columns x rows is (*across, *down)
 * of the upright one, which is as wide as the stored one is high from 5 on. Other
 * orientations are 1. */
void upright_place(int orientation, int columns, int rows, int x, int y, int *across, int *down);

#endif
