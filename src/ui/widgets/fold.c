/* fold.c: widgets beside each other, or below each other where they have no room or are lower
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/fold.h"

#define SPACING_PX 12

struct _WbFold
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (WbFold, wb_fold, GTK_TYPE_WIDGET)

/* Returns: (transfer full) (element-type GtkRequestedSize): of the children that are shown */
static GArray *
measure_children (GtkWidget *widget)
{
  GArray *sizes = g_array_new (FALSE, FALSE, sizeof (GtkRequestedSize));

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkRequestedSize size = { child, 0, 0 };

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &size.minimum_size,
                          &size.natural_size, NULL, NULL);
      g_array_append_val (sizes, size);
    }

  return sizes;
}

static int
get_gaps_px (GArray *sizes)
{
  return SPACING_PX * MAX ((int) sizes->len - 1, 0);
}

static int
get_line_px (GArray *sizes)
{
  int width = get_gaps_px (sizes);

  for (guint i = 0; i < sizes->len; i++)
    width += g_array_index (sizes, GtkRequestedSize, i).minimum_size;

  return width;
}

/* Of one line. Leaves in each minimum size the width that the child gets. */
static void
distribute (GArray *sizes,
            int     width)
{
  int   rest = gtk_distribute_natural_allocation (width - get_line_px (sizes), sizes->len,
                                                  (GtkRequestedSize *) (void *) sizes->data);
  guint n_expanding = 0;
  guint n_takers;

  for (guint i = 0; i < sizes->len; i++)
    n_expanding += gtk_widget_compute_expand (g_array_index (sizes, GtkRequestedSize, i).data,
                                              GTK_ORIENTATION_HORIZONTAL);
  n_takers = n_expanding > 0 ? n_expanding : sizes->len;
  for (guint i = 0; i < sizes->len && n_takers > 0; i++)
    {
      GtkRequestedSize *size = &g_array_index (sizes, GtkRequestedSize, i);

      if (n_expanding == 0
          || gtk_widget_compute_expand (size->data, GTK_ORIENTATION_HORIZONTAL))
        {
          size->minimum_size += rest / (int) n_takers;
          rest -= rest / (int) n_takers;
          n_takers--;
        }
    }
}

static GtkSizeRequestMode
wb_fold_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (GArray *sizes,
               int    *minimum,
               int    *natural)
{
  *minimum = 0;
  *natural = get_gaps_px (sizes);
  for (guint i = 0; i < sizes->len; i++)
    {
      GtkRequestedSize *size = &g_array_index (sizes, GtkRequestedSize, i);

      *minimum = MAX (*minimum, size->minimum_size);
      *natural += size->natural_size;
    }
  *natural = MAX (*natural, *minimum);
}

static int
get_height_px (GtkRequestedSize *size,
               int               width)
{
  int height;

  gtk_widget_measure (size->data, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);

  return height;
}

static int
get_folded_height_px (GArray *sizes,
                      int     width)
{
  int height = get_gaps_px (sizes) / 2;

  for (guint i = 0; i < sizes->len; i++)
    height += get_height_px (&g_array_index (sizes, GtkRequestedSize, i), width);

  return height;
}

static int
get_line_height_px (GArray *sizes,
                    int     width)
{
  g_autoptr (GArray) line = g_array_copy (sizes);
  int height = 0;

  distribute (line, width);
  for (guint i = 0; i < line->len; i++)
    {
      GtkRequestedSize *size = &g_array_index (line, GtkRequestedSize, i);

      height = MAX (height, get_height_px (size, size->minimum_size));
    }

  return height;
}

/* A text that a button squeezes into many lines is better above it. */
static gboolean
is_folded (GArray *sizes,
           int     width)
{
  return get_line_px (sizes) > width
         || get_line_height_px (sizes, width) > get_folded_height_px (sizes, width);
}

static int
measure_height (GArray *sizes,
                int     width)
{
  return is_folded (sizes, width) ? get_folded_height_px (sizes, width)
                                  : get_line_height_px (sizes, width);
}

static void
wb_fold_measure (GtkWidget     *widget,
                 GtkOrientation orientation,
                 int            for_size,
                 int           *minimum,
                 int           *natural,
                 int           *minimum_baseline,
                 int           *natural_baseline)
{
  g_autoptr (GArray) sizes = measure_children (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (sizes, minimum, natural);
  else
    {
      int width = for_size;
      int least;

      if (width < 0)
        measure_width (sizes, &least, &width);
      *minimum = measure_height (sizes, width);
      *natural = *minimum;
    }
}

static void
wb_fold_size_allocate (GtkWidget *widget,
                       int        width,
                       int        height,
                       int        baseline)
{
  g_autoptr (GArray) sizes = measure_children (widget);
  gboolean folded = is_folded (sizes, width);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int      x = 0;
  int      y = 0;

  if (!folded)
    distribute (sizes, width);
  for (guint i = 0; i < sizes->len; i++)
    {
      GtkRequestedSize *size = &g_array_index (sizes, GtkRequestedSize, i);
      GtkAllocation     place = { 0, y, width, height };

      if (folded)
        {
          place.height = get_height_px (size, width);
          y += place.height + SPACING_PX / 2;
        }
      else
        {
          place.width = size->minimum_size;
          place.x = mirrored ? width - x - place.width : x;
          x += place.width + SPACING_PX;
        }
      gtk_widget_size_allocate (size->data, &place, -1);
    }
}

static void
wb_fold_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (wb_fold_parent_class)->dispose (object);
}

static void
wb_fold_class_init (WbFoldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_fold_dispose;
  widget_class->get_request_mode = wb_fold_get_request_mode;
  widget_class->measure = wb_fold_measure;
  widget_class->size_allocate = wb_fold_size_allocate;
}

static void
wb_fold_init (WbFold *self)
{
}
