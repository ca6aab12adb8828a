/* directory-group.c: the projects or workspaces that the service reports, each with a check box
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/find/find-private.h"

#include <glib/gi18n-lib.h>

#include "core/service/directory/directory-item.h"
#include "core/text.h"

/* Nobody reads more rows than this, and each row is a widget. */
#define MAX_ROWS 500

struct _WbDirectoryGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *checks; /* (owned): unowned buttons; each has its item as data `item` */
};

G_DEFINE_FINAL_TYPE (WbDirectoryGroup, wb_directory_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_chosen (GtkWidget *check)
{
  return gtk_widget_get_sensitive (check)
         && gtk_check_button_get_active (GTK_CHECK_BUTTON (check));
}

static void
toggled_cb (WbDirectoryGroup *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
has_id (GListModel *workspaces,
        const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);

      if (g_str_equal (wb_workspace_get_id (workspace), id))
        return TRUE;
    }

  return FALSE;
}

static char *
dup_subtitle (WbDirectoryItem *item,
              gboolean         is_known)
{
  g_autofree char *id = wb_text_escape (wb_directory_item_get_id (item), -1);
  g_autofree char *instance = wb_text_escape (wb_directory_item_get_instance (item), -1);

  if (is_known)
    /* Translators: a workspace's ID. */
    return g_strdup_printf (_ ("%s · already in the account"), id);
  if (*instance != '\0')
    return g_strdup_printf ("%s · %s", id, instance);

  return g_steal_pointer (&id);
}

static void
add_row (WbDirectoryGroup *self,
         WbDirectoryItem  *item,
         gboolean          one_only,
         gboolean          is_known)
{
  g_autofree char *title = wb_text_escape (wb_directory_item_get_name (item), -1);
  g_autofree char *subtitle = dup_subtitle (item, is_known);
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle,
                                  -1);

  if (one_only && self->checks->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), g_ptr_array_index (self->checks, 0));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               is_known || (one_only && self->checks->len == 0));
  gtk_widget_set_sensitive (row, !is_known);
  gtk_widget_set_sensitive (check, !is_known);

  g_object_set_data_full (G_OBJECT (check), "item", g_object_ref (item), g_object_unref);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->checks, check);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

/* A description is markup. */
static void
describe (WbDirectoryGroup *self,
          const char       *note)
{
  g_autofree char *safe = wb_text_escape (note != NULL ? note : "", -1);
  g_autofree char *markup = g_markup_escape_text (safe, -1);

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), markup);
}

static void
clear (WbDirectoryGroup *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkWidget *row = gtk_widget_get_ancestor (g_ptr_array_index (self->checks, i),
                                                ADW_TYPE_ACTION_ROW);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), row);
    }
  g_ptr_array_set_size (self->checks, 0);
}

static void
wb_directory_group_finalize (GObject *object)
{
  WbDirectoryGroup *self = WB_DIRECTORY_GROUP (object);

  g_ptr_array_unref (self->checks);

  G_OBJECT_CLASS (wb_directory_group_parent_class)->finalize (object);
}

static void
wb_directory_group_class_init (WbDirectoryGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = wb_directory_group_finalize;

  /**
   * WbDirectoryGroup::changed:
   * @self: the group
   *
   * The user ticked or unticked an item.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_directory_group_init (WbDirectoryGroup *self)
{
  self->checks = g_ptr_array_new ();
}

/**
 * wb_directory_group_set_items:
 * @self: a group
 * @items: the items to show (of type #WbDirectoryItem); they replace the present ones
 * @one_only: whether only one can be chosen; at first that is the first item
 * @known: (nullable): workspaces (of type #WbWorkspace) that the account already has
 * @note: (nullable): why some are missing
 */
void
wb_directory_group_set_items (WbDirectoryGroup *self,
                              GListModel       *items,
                              gboolean          one_only,
                              GListModel       *known,
                              const char       *note)
{
  guint n_items;

  g_return_if_fail (WB_IS_DIRECTORY_GROUP (self));
  g_return_if_fail (G_IS_LIST_MODEL (items));
  g_return_if_fail (known == NULL || G_IS_LIST_MODEL (known));

  clear (self);
  n_items = g_list_model_get_n_items (items);
  for (guint i = 0; i < MIN (n_items, MAX_ROWS); i++)
    {
      g_autoptr (WbDirectoryItem) item = g_list_model_get_item (items, i);

      add_row (self, item, one_only,
               known != NULL && has_id (known, wb_directory_item_get_id (item)));
    }

  describe (self, note);
  if (note == NULL && n_items > MAX_ROWS)
    {
      g_autofree char *text =
        /* Translators: how many projects or workspaces are listed. */
        g_strdup_printf (_ ("These are the first %d. Enter the IDs of others by hand."), MAX_ROWS);

      describe (self, text);
    }
}

gboolean
wb_directory_group_get_chosen (WbDirectoryGroup *self)
{
  g_return_val_if_fail (WB_IS_DIRECTORY_GROUP (self), FALSE);

  for (guint i = 0; i < self->checks->len; i++)
    {
      if (is_chosen (g_ptr_array_index (self->checks, i)))
        return TRUE;
    }

  return FALSE;
}

/**
 * wb_directory_group_dup_chosen:
 * @self: the group
 *
 * Returns: (transfer full): the chosen items (of type #WbDirectoryItem), in the order of the list
 */
GListModel *
wb_directory_group_dup_chosen (WbDirectoryGroup *self)
{
  GListStore *chosen;

  g_return_val_if_fail (WB_IS_DIRECTORY_GROUP (self), NULL);

  chosen = g_list_store_new (WB_TYPE_DIRECTORY_ITEM);
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkWidget *check = g_ptr_array_index (self->checks, i);

      if (is_chosen (check))
        g_list_store_append (chosen, g_object_get_data (G_OBJECT (check), "item"));
    }

  return G_LIST_MODEL (chosen);
}
