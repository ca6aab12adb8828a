/* pixels.h: what can be measured on a picture
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct
{
  GdkTexture *texture; /* (owned) */
  guint32    *pixels;  /* (owned): its rows, each pixel as 0xAARRGGBB */
  int         width;
  int         height;
} Pixels;

/* As the screen shows it, so many times larger: enlarged, the lines of letters are wide enough to
 * show their colour. */
Pixels *pixels_take       (GtkWidget             *widget,
                           int                    scale);
void    pixels_free       (Pixels                *self);

/* Where a widget is on the picture of what it is in, which begins with its frame. */
void    pixels_locate     (GtkWidget             *widget,
                           GtkWidget             *shown,
                           graphene_rect_t       *part);

/* Of the text or symbol in a part of the picture against what is around it, from 1 to 21, as WCAG 2
 * defines it. */
double  pixels_contrast   (Pixels                *self,
                           const graphene_rect_t *part);

/* How many pixels of a part are different in two pictures by at least this contrast. */
guint   pixels_difference (Pixels                *before,
                           Pixels                *after,
                           const graphene_rect_t *part,
                           double                 least);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pixels, pixels_free)

G_END_DECLS
