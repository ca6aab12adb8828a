/* spinner.c: says that something is under way, and stands still for whoever wants no motion
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/spinner.h"

struct _WbSpinner
{
  AdwBin parent_instance;

  gboolean spinning;

  GtkSpinner *moving;
  GtkImage   *still;
};

G_DEFINE_FINAL_TYPE (WbSpinner, wb_spinner, ADW_TYPE_BIN)

enum
{
  PROP_SPINNING = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* Its size is known once it is in a window. GTK 4.24 goes on where a spinner that stands can be
 * seen; it keeps its room. */
static void
update (WbSpinner *self)
{
  gboolean moves = adw_get_enable_animations (GTK_WIDGET (self));
  int      width;

  gtk_widget_get_size_request (GTK_WIDGET (self), &width, NULL);
  gtk_image_set_pixel_size (self->still, width);
  gtk_widget_set_visible (GTK_WIDGET (self->still), self->spinning && !moves);
  gtk_widget_set_child_visible (GTK_WIDGET (self->moving), self->spinning && moves);
  gtk_spinner_set_spinning (self->moving, self->spinning && moves);
}

static void
wb_spinner_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_spinner_parent_class)->root (widget);

  update (WB_SPINNER (widget));
}

static void
wb_spinner_set_property (GObject      *object,
                         guint         property_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_SPINNING:
      wb_spinner_set_spinning (WB_SPINNER (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_spinner_class_init (WbSpinnerClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = wb_spinner_set_property;
  widget_class->root = wb_spinner_root;

  properties[PROP_SPINNING] =
    g_param_spec_boolean ("spinning", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
wb_spinner_init (WbSpinner *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  /* The role is this widget's: a reader is told the same of both. */
  self->moving = g_object_new (GTK_TYPE_SPINNER, "accessible-role",
                               GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->still = g_object_new (GTK_TYPE_IMAGE, "icon-name", "waybill-working-symbolic",
                              "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "visible", FALSE,
                              NULL);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->moving));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->still));
  adw_bin_set_child (ADW_BIN (self), overlay);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-enable-animations",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/**
 * wb_spinner_set_spinning:
 * @self: a spinner
 * @spinning: whether something is under way; otherwise nothing is shown, in the same place
 */
void
wb_spinner_set_spinning (WbSpinner *self,
                         gboolean   spinning)
{
  g_return_if_fail (WB_IS_SPINNER (self));

  if (self->spinning == spinning)
    return;

  self->spinning = spinning;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, spinning, -1);
  update (self);
}
