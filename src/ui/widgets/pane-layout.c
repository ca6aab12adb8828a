/* pane-layout.c: a width by the font, whatever is in the widget
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/pane-layout.h"

#include "ui/widgets/char-width.h"

struct _WbPaneLayout
{
  GtkLayoutManager parent_instance;

  int width_chars;
};

G_DEFINE_FINAL_TYPE (WbPaneLayout, wb_pane_layout, GTK_TYPE_LAYOUT_MANAGER)

enum
{
  PROP_WIDTH_CHARS = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* Otherwise a leaflet asks how wide a pane that it does not show is at a height that is too low for
 * it, and newer GTK warns of the question. What is high in a pane scrolls. */
static GtkSizeRequestMode
wb_pane_layout_get_request_mode (GtkLayoutManager *manager,
                                 GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
wb_pane_layout_measure (GtkLayoutManager *manager,
                        GtkWidget        *widget,
                        GtkOrientation    orientation,
                        int               for_size,
                        int              *minimum,
                        int              *natural,
                        int              *minimum_baseline,
                        int              *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, orientation, for_size, minimum, natural, minimum_baseline,
                        natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural =
      MAX (*minimum, wb_char_width_get_px (widget, WB_PANE_LAYOUT (manager)->width_chars));
}

static void
wb_pane_layout_allocate (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         int               width,
                         int               height,
                         int               baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
wb_pane_layout_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  WbPaneLayout *self = WB_PANE_LAYOUT (object);

  switch (property_id)
    {
    case PROP_WIDTH_CHARS:
      g_value_set_int (value, self->width_chars);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_pane_layout_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  WbPaneLayout *self = WB_PANE_LAYOUT (object);

  switch (property_id)
    {
    case PROP_WIDTH_CHARS:
      self->width_chars = g_value_get_int (value);
      gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_pane_layout_class_init (WbPaneLayoutClass *klass)
{
  GObjectClass          *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = wb_pane_layout_get_property;
  object_class->set_property = wb_pane_layout_set_property;
  layout_class->get_request_mode = wb_pane_layout_get_request_mode;
  layout_class->measure = wb_pane_layout_measure;
  layout_class->allocate = wb_pane_layout_allocate;

  properties[PROP_WIDTH_CHARS] =
    g_param_spec_int ("width-chars", NULL, NULL, 0, G_MAXINT16, 0,
                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_pane_layout_init (WbPaneLayout *self)
{
}
