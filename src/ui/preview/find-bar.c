/* find-bar.c: where a person types what to look for
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/preview/find-bar.h"

struct _WbFindBar
{
  AdwBin parent_instance;

  GtkSearchBar *bar;
  GtkEditable  *entry;
  GtkLabel     *count;
};

G_DEFINE_FINAL_TYPE (WbFindBar, wb_find_bar, ADW_TYPE_BIN)

enum
{
  PROP_SEARCHING = 1,
  PROP_TEXT,
  N_PROPS
};

enum
{
  LEAVE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

/* At once: the entry's own signal for a search comes some tenths of a second later. */
static void
text_cb (WbFindBar *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
searching_cb (WbFindBar *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCHING]);
}

static void
activate_cb (WbFindBar *self)
{
  g_signal_emit (self, signals[LEAVE], 0);
}

static gboolean
key_cb (WbFindBar      *self,
        guint           keyval,
        guint           keycode,
        GdkModifierType modifiers)
{
  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
      || (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;

  g_signal_emit (self, signals[LEAVE], 0);

  return TRUE;
}

static void
wb_find_bar_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  WbFindBar *self = WB_FIND_BAR (object);

  switch (property_id)
    {
    case PROP_SEARCHING:
      g_value_set_boolean (value, gtk_search_bar_get_search_mode (self->bar));
      break;
    case PROP_TEXT:
      g_value_set_string (value, wb_find_bar_get_text (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_find_bar_set_property (GObject      *object,
                          guint         property_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  WbFindBar *self = WB_FIND_BAR (object);

  switch (property_id)
    {
    case PROP_SEARCHING:
      gtk_search_bar_set_search_mode (self->bar, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_find_bar_class_init (WbFindBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wb_find_bar_get_property;
  object_class->set_property = wb_find_bar_set_property;

  properties[PROP_SEARCHING] =
    g_param_spec_boolean ("searching", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * WbFindBar::leave:
   * @self: the bar
   *
   * The person goes on to what was found.
   */
  signals[LEAVE] = g_signal_new ("leave", WB_TYPE_FIND_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, WbFindBar, bar);
  gtk_widget_class_bind_template_child (widget_class, WbFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, WbFindBar, count);
}

static void
wb_find_bar_init (WbFindBar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_search_bar_connect_entry (self->bar, self->entry);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (text_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar, "notify::search-mode-enabled", G_CALLBACK (searching_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

/**
 * wb_find_bar_set_capture_widget:
 * @self: the bar
 * @widget: typing there begins a search
 */
void
wb_find_bar_set_capture_widget (WbFindBar *self,
                                GtkWidget *widget)
{
  g_return_if_fail (WB_IS_FIND_BAR (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_search_bar_set_key_capture_widget (self->bar, widget);
}

/**
 * wb_find_bar_start:
 * @self: the bar
 *
 * Shows it, and selects its text to be typed over.
 */
void
wb_find_bar_start (WbFindBar *self)
{
  g_return_if_fail (WB_IS_FIND_BAR (self));

  gtk_search_bar_set_search_mode (self->bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/**
 * wb_find_bar_get_text:
 * @self: the bar
 *
 * Returns: what is looked for
 */
const char *
wb_find_bar_get_text (WbFindBar *self)
{
  g_return_val_if_fail (WB_IS_FIND_BAR (self), NULL);

  return gtk_editable_get_text (self->entry);
}

/**
 * wb_find_bar_set_count:
 * @self: the bar
 * @count: how much was found, for people, or the empty string
 */
void
wb_find_bar_set_count (WbFindBar  *self,
                       const char *count)
{
  g_return_if_fail (WB_IS_FIND_BAR (self));
  g_return_if_fail (count != NULL);

  gtk_label_set_text (self->count, count);
}
