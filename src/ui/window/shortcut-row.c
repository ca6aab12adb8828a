/* shortcut-row.c: what can be done by keys, and by which
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/shortcut-row.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/fold.h"

struct _WbShortcutRow
{
  AdwPreferencesRow parent_instance;

  char *action;       /* (owned) (nullable) */
  char *accelerators; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (WbShortcutRow, wb_shortcut_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  PROP_ACTION = 1,
  PROP_ACCELERATORS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* Returns: (transfer full): the program's for the action, or the row's own */
static GStrv
dup_accelerators (WbShortcutRow *self)
{
  if (self->action != NULL)
    return gtk_application_get_accels_for_action (GTK_APPLICATION (g_application_get_default ()),
                                                  self->action);

  return g_strsplit (self->accelerators, " ", -1);
}

/* Returns: (transfer full): as it is on the keyboard: Ctrl+F */
static char *
dup_keys (const char *accelerator)
{
  guint           keyval;
  GdkModifierType modifiers;

  if (!gtk_accelerator_parse (accelerator, &keyval, &modifiers))
    g_return_val_if_reached (g_strdup (""));

  return gtk_accelerator_get_label (keyval, modifiers);
}

static GtkWidget *
make_keys (const char *keys)
{
  GtkWidget *label = gtk_label_new (keys);

  gtk_widget_add_css_class (label, "badge");
  gtk_widget_set_halign (label, GTK_ALIGN_END);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);

  return label;
}

static void
fill (WbShortcutRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  g_auto (GStrv) accelerators = dup_accelerators (self);
  g_autoptr (GString) name = g_string_new (title);
  GtkWidget *box = g_object_new (WB_TYPE_FOLD, NULL);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_parent (label, box);
  for (guint i = 0; accelerators[i] != NULL; i++)
    {
      g_autofree char *keys = dup_keys (accelerators[i]);

      gtk_widget_set_parent (make_keys (keys), box);
      g_string_append_printf (name, "%s%s", _ (", "), keys);
    }
  gtk_widget_add_css_class (box, "shortcut");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

/* All that it shows is known. */
static void
wb_shortcut_row_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_shortcut_row_parent_class)->root (widget);

  if (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)) == NULL)
    fill (WB_SHORTCUT_ROW (widget));
}

static void
wb_shortcut_row_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  WbShortcutRow *self = WB_SHORTCUT_ROW (object);

  switch (property_id)
    {
    case PROP_ACTION:
      g_value_set_string (value, self->action);
      break;
    case PROP_ACCELERATORS:
      g_value_set_string (value, self->accelerators);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_shortcut_row_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  WbShortcutRow *self = WB_SHORTCUT_ROW (object);

  switch (property_id)
    {
    case PROP_ACTION:
      g_free (self->action);
      self->action = g_value_dup_string (value);
      break;
    case PROP_ACCELERATORS:
      g_free (self->accelerators);
      self->accelerators = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_shortcut_row_finalize (GObject *object)
{
  WbShortcutRow *self = WB_SHORTCUT_ROW (object);

  g_free (self->action);
  g_free (self->accelerators);

  G_OBJECT_CLASS (wb_shortcut_row_parent_class)->finalize (object);
}

static void
wb_shortcut_row_class_init (WbShortcutRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wb_shortcut_row_get_property;
  object_class->set_property = wb_shortcut_row_set_property;
  object_class->finalize = wb_shortcut_row_finalize;
  widget_class->root = wb_shortcut_row_root;

  properties[PROP_ACTION] =
    g_param_spec_string ("action", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACCELERATORS] =
    g_param_spec_string ("accelerators", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_shortcut_row_init (WbShortcutRow *self)
{
}
