/* workspaces-group.c: an account's workspaces, to edit
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/account-form-private.h"

#include <glib/gi18n-lib.h>

#include "core/service/directory/directory-item.h"

/* Enough to tell workspaces apart. */
#define SHORT_ID_LENGTH 8

/* The service's own name, in every language, for the workspace that every instance has. */
#define DEFAULT_NAME "default"

struct _WbWorkspacesGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* (owned) (element-type WbWorkspaceRow): unowned rows, in order */

  GtkWidget *add_button;
};

G_DEFINE_FINAL_TYPE (WbWorkspacesGroup, wb_workspaces_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Whether a row above has this text already; empty IDs count, empty names do not. */
static gboolean
is_taken (WbWorkspacesGroup *self,
          guint              index,
          const char        *text,
          char *(*dup_text) (WbWorkspaceRow *) )
{
  for (guint i = 0; i < index; i++)
    {
      g_autofree char *other = dup_text (g_ptr_array_index (self->rows, i));

      if (g_str_equal (other, text))
        return TRUE;
    }

  return FALSE;
}

static void
validate (WbWorkspacesGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      WbWorkspaceRow  *row = g_ptr_array_index (self->rows, i);
      g_autofree char *name = wb_workspace_row_dup_name (row);
      g_autofree char *id = wb_workspace_row_dup_id (row);
      const char      *name_reason = NULL;
      g_autofree char *id_reason = wb_workspace_validate_id (id);

      if (*name == '\0')
        name_reason = _ ("Enter a name.");
      else if (is_taken (self, i, name, wb_workspace_row_dup_name))
        name_reason = _ ("Another workspace has this name.");
      if (id_reason == NULL && is_taken (self, i, id, wb_workspace_row_dup_id))
        id_reason = g_strdup (*id == '\0'
                                ? _ ("Enter a workspace ID. Only one workspace can be left "
                                     "without one.")
                                : _ ("Another workspace has this ID."));

      wb_workspace_row_set_reasons (row, name_reason, id_reason);
    }
}

static void
row_changed_cb (WbWorkspacesGroup *self)
{
  validate (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
remove_row (WbWorkspacesGroup *self,
            WbWorkspaceRow    *row)
{
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row));
  g_ptr_array_remove (self->rows, row);
}

static void
remove_cb (WbWorkspacesGroup *self,
           WbWorkspaceRow    *row)
{
  gtk_widget_grab_focus (self->add_button);
  remove_row (self, row);
  row_changed_cb (self);
}

static GtkWidget *
add_row (WbWorkspacesGroup *self,
         WbWorkspace       *workspace)
{
  GtkWidget *row = wb_workspace_row_new (workspace);

  g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);

  return row;
}

/* One that says no more than no row does. */
static gboolean
has_only_default (WbWorkspacesGroup *self)
{
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;

  if (self->rows->len != 1)
    return FALSE;

  name = wb_workspace_row_dup_name (g_ptr_array_index (self->rows, 0));
  id = wb_workspace_row_dup_id (g_ptr_array_index (self->rows, 0));

  return *id == '\0' && (*name == '\0' || g_str_equal (name, DEFAULT_NAME));
}

/* The chosen workspaces replace it. */
static void
make_room (WbWorkspacesGroup *self)
{
  if (has_only_default (self))
    remove_row (self, g_ptr_array_index (self->rows, 0));
}

/* Instances may have workspaces of the same name. */
static char *
dup_free_name (WbWorkspacesGroup *self,
               WbDirectoryItem   *item)
{
  const char *name = wb_directory_item_get_name (item);
  const char *instance = wb_directory_item_get_instance (item);

  if (*instance != '\0' && is_taken (self, self->rows->len, name, wb_workspace_row_dup_name))
    return g_strdup_printf ("%s (%s)", name, instance);

  return g_strdup (name);
}

static void
add_clicked_cb (WbWorkspacesGroup *self)
{
  GtkWidget *row = add_row (self, NULL);

  row_changed_cb (self);
  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}

static void
wb_workspaces_group_finalize (GObject *object)
{
  WbWorkspacesGroup *self = WB_WORKSPACES_GROUP (object);

  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (wb_workspaces_group_parent_class)->finalize (object);
}

static void
wb_workspaces_group_class_init (WbWorkspacesGroupClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = wb_workspaces_group_finalize;

  /**
   * WbWorkspacesGroup::changed:
   * @self: the group
   *
   * A person typed, or added or removed a workspace.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/workspaces-group.ui");
  gtk_widget_class_bind_template_child (widget_class, WbWorkspacesGroup, add_button);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
}

static void
wb_workspaces_group_init (WbWorkspacesGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The default workspace alone has no row: nobody has to look for what is there unasked. */
void
wb_workspaces_group_set_workspaces (WbWorkspacesGroup *self,
                                    GListModel        *workspaces)
{
  g_return_if_fail (WB_IS_WORKSPACES_GROUP (self));
  g_return_if_fail (G_IS_LIST_MODEL (workspaces));

  while (self->rows->len > 0)
    remove_row (self, g_ptr_array_index (self->rows, self->rows->len - 1));

  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);

      add_row (self, workspace);
    }
  if (has_only_default (self))
    remove_row (self, g_ptr_array_index (self->rows, 0));
  validate (self);
}

/* Without any row, that is the default workspace. */
GListModel *
wb_workspaces_group_dup_workspaces (WbWorkspacesGroup *self)
{
  GListStore *workspaces;

  g_return_val_if_fail (WB_IS_WORKSPACES_GROUP (self), NULL);

  workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (WbWorkspace) workspace =
        wb_workspace_row_dup_workspace (g_ptr_array_index (self->rows, i));

      g_list_store_append (workspaces, workspace);
    }
  if (self->rows->len == 0)
    {
      g_autoptr (WbWorkspace) workspace = wb_workspace_new (DEFAULT_NAME, "");

      g_list_store_append (workspaces, workspace);
    }

  return G_LIST_MODEL (workspaces);
}

/* Whether all rows are well-formed. */
gboolean
wb_workspaces_group_get_complete (WbWorkspacesGroup *self)
{
  g_return_val_if_fail (WB_IS_WORKSPACES_GROUP (self), FALSE);

  for (guint i = 0; i < self->rows->len; i++)
    {
      if (wb_workspace_row_has_reason (g_ptr_array_index (self->rows, i)))
        return FALSE;
    }

  return TRUE;
}

/**
 * wb_workspaces_group_add_items:
 * @self: the group
 * @items: workspaces that the service knows (of type #WbDirectoryItem)
 *
 * Adds those whose ID is not there yet. A row for the default workspace alone makes room for
 * them.
 */
void
wb_workspaces_group_add_items (WbWorkspacesGroup *self,
                               GListModel        *items)
{
  g_return_if_fail (WB_IS_WORKSPACES_GROUP (self));
  g_return_if_fail (G_IS_LIST_MODEL (items));

  if (g_list_model_get_n_items (items) > 0)
    make_room (self);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (WbDirectoryItem) item = g_list_model_get_item (items, i);
      g_autofree char *name = dup_free_name (self, item);
      g_autoptr (WbWorkspace) workspace = wb_workspace_new (name, wb_directory_item_get_id (item));

      if (!is_taken (self, self->rows->len, wb_directory_item_get_id (item),
                     wb_workspace_row_dup_id))
        add_row (self, workspace);
    }
  row_changed_cb (self);
}

/**
 * wb_workspaces_group_add_id:
 * @self: the group
 * @id: a workspace's ID, well-formed
 *
 * Adds it unless it is there, under the first characters of its ID until a person names it.
 */
void
wb_workspaces_group_add_id (WbWorkspacesGroup *self,
                            const char        *id)
{
  g_autofree char *name = NULL;
  g_autoptr (WbWorkspace) workspace = NULL;

  g_return_if_fail (WB_IS_WORKSPACES_GROUP (self));
  g_return_if_fail (id != NULL);

  if (is_taken (self, self->rows->len, id, wb_workspace_row_dup_id))
    return;

  make_room (self);
  name = g_strndup (id, SHORT_ID_LENGTH);
  if (is_taken (self, self->rows->len, name, wb_workspace_row_dup_name))
    {
      g_free (name);
      name = g_strdup (id);
    }
  workspace = wb_workspace_new (name, id);
  add_row (self, workspace);
  row_changed_cb (self);
}

/* Where the last workspace's ID is entered, or that of a first one. */
void
wb_workspaces_group_focus (WbWorkspacesGroup *self)
{
  g_return_if_fail (WB_IS_WORKSPACES_GROUP (self));

  if (self->rows->len == 0)
    {
      add_row (self, NULL);
      row_changed_cb (self);
    }
  wb_workspace_row_focus_id (g_ptr_array_index (self->rows, self->rows->len - 1));
}
