/* pixels.c: what can be measured on a picture
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "screens/pixels.h"

#include <math.h>

Pixels *
pixels_take (GtkWidget *widget,
             int        scale)
{
  Pixels *self = g_new0 (Pixels, 1);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  double width = gdk_paintable_get_intrinsic_width (paintable) * scale;
  double height = gdk_paintable_get_intrinsic_height (paintable) * scale;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  g_assert_nonnull (node);

  self->texture =
    gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
                                 &GRAPHENE_RECT_INIT (0, 0, width, height));
  self->width = gdk_texture_get_width (self->texture);
  self->height = gdk_texture_get_height (self->texture);
  self->pixels = g_new0 (guint32, (gsize) self->width * self->height);
  gdk_texture_download (self->texture, (guchar *) self->pixels,
                        (gsize) self->width * sizeof (guint32));

  return self;
}

void
pixels_free (Pixels *self)
{
  g_object_unref (self->texture);
  g_free (self->pixels);
  g_free (self);
}

void
pixels_locate (GtkWidget       *widget,
               GtkWidget       *shown,
               graphene_rect_t *part)
{
  graphene_rect_t whole;

  g_assert_true (gtk_widget_compute_bounds (widget, shown, part));
  g_assert_true (gtk_widget_compute_bounds (shown, shown, &whole));
  graphene_rect_offset (part, -whole.origin.x, -whole.origin.y);
}

static double
get_part (guint32 pixel,
          guint   shift)
{
  double value = (pixel >> shift & 0xff) / 255.;

  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

/* The relative luminance of WCAG 2. */
static double
get_luminance (guint32 pixel)
{
  return 0.2126 * get_part (pixel, 16) + 0.7152 * get_part (pixel, 8)
         + 0.0722 * get_part (pixel, 0);
}

static double
get_contrast (guint32 a,
              guint32 b)
{
  double first = get_luminance (a);
  double second = get_luminance (b);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

/* The whole pixels of a part. */
static void
get_area (Pixels                *self,
          const graphene_rect_t *part,
          GdkRectangle          *area)
{
  GdkRectangle whole = { 0, 0, self->width, self->height };
  GdkRectangle wanted = { (int) ceil (part->origin.x), (int) ceil (part->origin.y),
                          (int) part->size.width, (int) part->size.height };

  if (!gdk_rectangle_intersect (&whole, &wanted, area))
    *area = (GdkRectangle){ 0 };
}

double
pixels_contrast (Pixels                *self,
                 const graphene_rect_t *part)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  GdkRectangle   area;
  gpointer       key;
  guint32        ground = 0;
  guint          n_most = 0;
  double         best = 1;

  get_area (self, part, &area);
  for (int y = area.y; y < area.y + area.height; y++)
    {
      for (int x = area.x; x < area.x + area.width; x++)
        {
          guint32 pixel = self->pixels[(gsize) y * self->width + x];
          guint   n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (pixel)));

          g_hash_table_insert (counts, GUINT_TO_POINTER (pixel), GUINT_TO_POINTER (++n));
          if (n > n_most)
            {
              n_most = n;
              ground = pixel;
            }
        }
    }

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    best = MAX (best, get_contrast (GPOINTER_TO_UINT (key), ground));

  return best;
}

guint
pixels_difference (Pixels                *before,
                   Pixels                *after,
                   const graphene_rect_t *part,
                   double                 least)
{
  GdkRectangle area;
  guint        n_different = 0;

  g_assert_cmpint (before->width, ==, after->width);
  g_assert_cmpint (before->height, ==, after->height);
  get_area (before, part, &area);
  for (int y = area.y; y < area.y + area.height; y++)
    {
      for (int x = area.x; x < area.x + area.width; x++)
        {
          gsize i = (gsize) y * before->width + x;

          if (before->pixels[i] != after->pixels[i]
              && get_contrast (before->pixels[i], after->pixels[i]) >= least)
            n_different++;
        }
    }

  return n_different;
}
