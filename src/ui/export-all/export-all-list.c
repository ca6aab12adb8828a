/* export-all-list.c: the workspaces of all accounts, to tick and to export together
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/export-all/export-all-list.h"

#include "core/text.h"
#include "ui/widgets/mark-label.h"

#define REST_KEY "export-all-rest"

struct _WbExportAllList
{
  GtkBox parent_instance;

  GSettings *settings; /* (owned) (nullable) */
  GPtrArray *rows;     /* (owned) (element-type WbExportAllRow) */
  gboolean   has_rest;
};

G_DEFINE_FINAL_TYPE (WbExportAllList, wb_export_all_list, GTK_TYPE_BOX)

static const char *
get_uuid (WbExportAllRow *row)
{
  return wb_account_get_uuid (wb_export_all_row_get_account (row));
}

static const char *
get_workspace_id (WbExportAllRow *row)
{
  return wb_workspace_get_id (wb_export_all_row_get_workspace (row));
}

/* Under its account's name, which is on each of its rows for a screen reader alone. */
static GtkWidget *
add_group (WbExportAllList *self,
           WbAccount       *account)
{
  GtkWidget       *group = adw_preferences_group_new ();
  GtkWidget       *mark = gtk_label_new (NULL);
  g_autofree char *name = wb_text_escape (wb_account_get (account, WB_ACCOUNT_NAME), -1);
  g_autofree char *markup = g_markup_escape_text (name, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), markup);
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  wb_mark_label_set_account (GTK_LABEL (mark), account);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), mark);
  gtk_box_append (GTK_BOX (self), group);

  return group;
}

static void
add_row (WbExportAllList *self,
         GtkWidget       *group,
         WbAccount       *account,
         WbWorkspace     *workspace)
{
  WbExportAllRow *row = wb_export_all_row_new (account, workspace);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (row));
  g_ptr_array_add (self->rows, g_object_ref (row));
}

static void
add_account (WbExportAllList *self,
             WbAccount       *account)
{
  GListModel *workspaces = wb_account_get_workspaces (account);
  guint       n = g_list_model_get_n_items (workspaces);
  GtkWidget  *group = add_group (self, account);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);

      add_row (self, group, account, workspace);
    }
  if (n == 0)
    {
      g_autoptr (WbWorkspace) only = wb_workspace_new ("", "");

      add_row (self, group, account, only);
    }
}

static gboolean
is_in (GVariant       *rest,
       WbExportAllRow *row)
{
  for (gsize i = 0; i < g_variant_n_children (rest); i++)
    {
      const char *uuid;
      const char *workspace_id;

      g_variant_get_child (rest, i, "(&s&s)", &uuid, &workspace_id);
      if (g_str_equal (uuid, get_uuid (row)) && g_str_equal (workspace_id, get_workspace_id (row)))
        return TRUE;
    }

  return FALSE;
}

/* Of what was left, all may be gone by now. */
static void
tick_rest (WbExportAllList *self)
{
  g_autoptr (GVariant) rest = g_settings_get_value (self->settings, REST_KEY);

  for (guint i = 0; i < self->rows->len && !self->has_rest; i++)
    self->has_rest = is_in (rest, g_ptr_array_index (self->rows, i));
  for (guint i = 0; i < self->rows->len && self->has_rest; i++)
    {
      WbExportAllRow *row = g_ptr_array_index (self->rows, i);

      wb_export_all_row_set_ticked (row, is_in (rest, row));
    }
}

static void
wb_export_all_list_finalize (GObject *object)
{
  WbExportAllList *self = WB_EXPORT_ALL_LIST (object);

  g_clear_object (&self->settings);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (wb_export_all_list_parent_class)->finalize (object);
}

static void
wb_export_all_list_class_init (WbExportAllListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_export_all_list_finalize;
}

static void
wb_export_all_list_init (WbExportAllList *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * wb_export_all_list_load:
 * @self: an empty list
 * @context: keeps the accounts and the settings
 *
 * Lists the workspaces that are stored, of all accounts; the sample's only where there is no other.
 * What the last run has left is ticked, and all if it has left nothing.
 */
void
wb_export_all_list_load (WbExportAllList *self,
                         WbContext       *context)
{
  GListModel *accounts;
  guint       n_stored = 0;

  g_return_if_fail (WB_IS_EXPORT_ALL_LIST (self));
  g_return_if_fail (WB_IS_CONTEXT (context));
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (wb_context_get_settings (context));
  accounts = G_LIST_MODEL (wb_context_get_store (context));
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (WbAccount) account = g_list_model_get_item (accounts, i);

      n_stored += !wb_account_get_transient (account);
    }
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (WbAccount) account = g_list_model_get_item (accounts, i);

      if (n_stored == 0 || !wb_account_get_transient (account))
        add_account (self, account);
    }
  tick_rest (self);
}

/* Returns: (transfer none) (element-type WbExportAllRow): all of them, in their order */
GPtrArray *
wb_export_all_list_get_rows (WbExportAllList *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_ALL_LIST (self), NULL);

  return self->rows;
}

guint
wb_export_all_list_count_ticked (WbExportAllList *self)
{
  guint n = 0;

  g_return_val_if_fail (WB_IS_EXPORT_ALL_LIST (self), 0);

  for (guint i = 0; i < self->rows->len; i++)
    n += wb_export_all_row_get_ticked (g_ptr_array_index (self->rows, i));

  return n;
}

void
wb_export_all_list_tick_all (WbExportAllList *self,
                             gboolean         ticked)
{
  g_return_if_fail (WB_IS_EXPORT_ALL_LIST (self));

  for (guint i = 0; i < self->rows->len; i++)
    wb_export_all_row_set_ticked (g_ptr_array_index (self->rows, i), ticked);
}

/* Whether the ticks are what the last run has left. */
gboolean
wb_export_all_list_has_rest (WbExportAllList *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_ALL_LIST (self), FALSE);

  return self->has_rest;
}

static gboolean
is_done (WbBatchJob *job)
{
  switch (wb_batch_job_get_state (job))
    {
    case WB_BATCH_JOB_SAVED:
    case WB_BATCH_JOB_UNCHANGED:
    case WB_BATCH_JOB_EMPTY:
      return TRUE;
    case WB_BATCH_JOB_WAITING:
    case WB_BATCH_JOB_RUNNING:
    case WB_BATCH_JOB_FAILED:
    case WB_BATCH_JOB_CANCELLED:
    default:
      return FALSE;
    }
}

/**
 * wb_export_all_list_keep_rest:
 * @self: a list
 *
 * Keeps in mind which of the jobs are not done. To be called while they run: the next window can go
 * on with these, also if the program is ended by force.
 */
void
wb_export_all_list_keep_rest (WbExportAllList *self)
{
  g_autoptr (GVariant) before = NULL;
  g_autoptr (GVariant) rest = NULL;
  GVariantBuilder builder;

  g_return_if_fail (WB_IS_EXPORT_ALL_LIST (self));

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < self->rows->len; i++)
    {
      WbExportAllRow *row = g_ptr_array_index (self->rows, i);
      WbBatchJob     *job = wb_export_all_row_get_job (row);

      if (job != NULL && !is_done (job))
        g_variant_builder_add (&builder, "(ss)", get_uuid (row), get_workspace_id (row));
    }
  rest = g_variant_ref_sink (g_variant_builder_end (&builder));
  before = g_settings_get_value (self->settings, REST_KEY);
  if (!g_variant_equal (before, rest))
    g_settings_set_value (self->settings, REST_KEY, rest);
}
