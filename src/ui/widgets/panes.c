/* panes.c: a list and its details, side by side or one after the other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/panes.h"

#include "ui/widgets/pane-layout.h"

struct _WbPanes
{
  AdwBin parent_instance;

  gboolean folded; /* as the leaflet was before this frame */

  AdwLeaflet   *leaflet;
  AdwBin       *start;
  AdwBin       *end;
  AdwBin       *end_bin;
  WbPaneLayout *start_layout;
  WbPaneLayout *end_layout;
};

G_DEFINE_FINAL_TYPE (WbPanes, wb_panes, ADW_TYPE_BIN)

enum
{
  PROP_START_CHILD = 1,
  PROP_END_CHILD,
  PROP_START_CHARS,
  PROP_END_CHARS,
  PROP_FOLDED,
  PROP_COVERED,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static gboolean
is_covered (WbPanes *self)
{
  return self->folded
         && adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->end);
}

static void
update_back (WbPanes *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "panes.back", is_covered (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COVERED]);
}

/* A window that becomes narrow begins with the list. */
static gboolean
follow_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  WbPanes *self = WB_PANES (widget);

  if (self->folded != adw_leaflet_get_folded (self->leaflet))
    {
      self->folded = !self->folded;
      if (!self->folded)
        adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->start));
      update_back (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
    }

  return G_SOURCE_REMOVE;
}

/* The leaflet folds while the window is laid out, when nothing may change any more. */
static void
folded_cb (WbPanes *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self), follow_cb, NULL, NULL);
}

/* After a swipe, too. */
static void
visible_cb (WbPanes *self)
{
  update_back (self);
  if (self->folded)
    gtk_widget_child_focus (adw_leaflet_get_visible_child (self->leaflet), GTK_DIR_TAB_FORWARD);
}

static void
back_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  wb_panes_show_start (WB_PANES (widget));
}

static void
wb_panes_get_property (GObject    *object,
                       guint       property_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  WbPanes *self = WB_PANES (object);

  switch (property_id)
    {
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    case PROP_COVERED:
      g_value_set_boolean (value, is_covered (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_panes_set_property (GObject      *object,
                       guint         property_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  WbPanes *self = WB_PANES (object);

  switch (property_id)
    {
    case PROP_START_CHILD:
      adw_bin_set_child (self->start, g_value_get_object (value));
      break;
    case PROP_END_CHILD:
      adw_bin_set_child (self->end_bin, g_value_get_object (value));
      break;
    case PROP_START_CHARS:
      g_object_set_property (G_OBJECT (self->start_layout), "width-chars", value);
      break;
    case PROP_END_CHARS:
      g_object_set_property (G_OBJECT (self->end_layout), "width-chars", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_panes_class_init (WbPanesClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wb_panes_get_property;
  object_class->set_property = wb_panes_set_property;

  properties[PROP_START_CHILD] =
    g_param_spec_object ("start-child", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_END_CHILD] =
    g_param_spec_object ("end-child", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_START_CHARS] =
    g_param_spec_int ("start-chars", NULL, NULL, 0, G_MAXINT16, 0,
                      G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_END_CHARS] =
    g_param_spec_int ("end-chars", NULL, NULL, 0, G_MAXINT16, 0,
                      G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COVERED] =
    g_param_spec_boolean ("covered", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (WB_TYPE_PANE_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/panes.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPanes, leaflet);
  gtk_widget_class_bind_template_child (widget_class, WbPanes, start);
  gtk_widget_class_bind_template_child (widget_class, WbPanes, end);
  gtk_widget_class_bind_template_child (widget_class, WbPanes, end_bin);
  gtk_widget_class_bind_template_child (widget_class, WbPanes, start_layout);
  gtk_widget_class_bind_template_child (widget_class, WbPanes, end_layout);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, visible_cb);
  gtk_widget_class_install_action (widget_class, "panes.back", NULL, back_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "panes.back",
                                       NULL);
}

static void
wb_panes_init (WbPanes *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_back (self);
}

gboolean
wb_panes_get_folded (WbPanes *self)
{
  g_return_val_if_fail (WB_IS_PANES (self), FALSE);

  return self->folded;
}

/* In a narrow window; else both are shown anyway. */
void
wb_panes_show_end (WbPanes *self)
{
  g_return_if_fail (WB_IS_PANES (self));

  if (self->folded)
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->end));
}

void
wb_panes_show_start (WbPanes *self)
{
  g_return_if_fail (WB_IS_PANES (self));

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->start));
}
