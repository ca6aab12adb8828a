/* reveal.c: whether a widget shows its secrets, which it does not for long
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/details/reveal.h"

#include "ui/widgets/secret-clipboard.h"

struct _WbReveal
{
  GObject parent_instance;

  GtkWindow *window; /* (nullable) (unowned): the one the widget is in */
  guint      timeout;
  gboolean   revealed;
};

G_DEFINE_FINAL_TYPE (WbReveal, wb_reveal, G_TYPE_OBJECT)

enum
{
  PROP_REVEALED = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static gboolean
timeout_cb (gpointer user_data)
{
  WbReveal *self = user_data;

  self->timeout = 0;
  wb_reveal_set_revealed (self, FALSE);

  return G_SOURCE_REMOVE;
}

/* A person who turns to another window no longer watches this one. */
static void
is_active_cb (WbReveal *self)
{
  if (!gtk_window_is_active (self->window))
    wb_reveal_set_revealed (self, FALSE);
}

static void
unmap_cb (WbReveal *self)
{
  wb_reveal_set_revealed (self, FALSE);
}

static void
root_cb (WbReveal   *self,
         GParamSpec *pspec,
         GtkWidget  *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->window != NULL)
    g_signal_handlers_disconnect_by_func (self->window, is_active_cb, self);
  g_clear_weak_pointer (&self->window);
  wb_reveal_set_revealed (self, FALSE);
  if (!GTK_IS_WINDOW (root))
    return;

  g_set_weak_pointer (&self->window, GTK_WINDOW (root));
  g_signal_connect_object (self->window, "notify::is-active", G_CALLBACK (is_active_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
wb_reveal_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  WbReveal *self = WB_REVEAL (object);

  switch (property_id)
    {
    case PROP_REVEALED:
      g_value_set_boolean (value, self->revealed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_reveal_set_property (GObject      *object,
                        guint         property_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  WbReveal *self = WB_REVEAL (object);

  switch (property_id)
    {
    case PROP_REVEALED:
      wb_reveal_set_revealed (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_reveal_dispose (GObject *object)
{
  WbReveal *self = WB_REVEAL (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (wb_reveal_parent_class)->dispose (object);
}

static void
wb_reveal_class_init (WbRevealClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wb_reveal_get_property;
  object_class->set_property = wb_reveal_set_property;
  object_class->dispose = wb_reveal_dispose;

  properties[PROP_REVEALED] =
    g_param_spec_boolean ("revealed", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_reveal_init (WbReveal *self)
{
}

/**
 * wb_reveal_new:
 * @widget: a widget with secrets, which is to own this
 *
 * Returns: (transfer full): not revealed yet
 */
WbReveal *
wb_reveal_new (GtkWidget *widget)
{
  WbReveal *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  self = g_object_new (WB_TYPE_REVEAL, NULL);
  g_signal_connect_object (widget, "unmap", G_CALLBACK (unmap_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (widget, "notify::root", G_CALLBACK (root_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * wb_reveal_set_revealed:
 * @self: a widget's
 * @revealed: whether it shows its secrets, at most for %WB_SECRET_SECONDS
 *
 * The secrets are hidden sooner when the widget disappears or its window loses the focus.
 */
void
wb_reveal_set_revealed (WbReveal *self,
                        gboolean  revealed)
{
  g_return_if_fail (WB_IS_REVEAL (self));

  revealed = !!revealed;
  if (self->revealed == revealed)
    return;

  self->revealed = revealed;
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (revealed)
    self->timeout = g_timeout_add_seconds (WB_SECRET_SECONDS, timeout_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
}

gboolean
wb_reveal_get_revealed (WbReveal *self)
{
  g_return_val_if_fail (WB_IS_REVEAL (self), FALSE);

  return self->revealed;
}
