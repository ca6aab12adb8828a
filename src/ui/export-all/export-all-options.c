/* export-all-options.c: where several workspaces are saved, under which names, and what of them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/export-all/export-all-options.h"

#include <glib/gi18n-lib.h>

#include "core/file-name.h"
#include "ui/widgets/file-dialog.h"
#include "ui/widgets/reason-row.h"
#include "ui/widgets/shrink.h"

#define FOLDER_KEY "export-all-folder"
#define TEMPLATE_KEY "export-all-template"
#define IF_CHANGED_KEY "export-all-if-changed"
#define MAY_REBUILD_KEY "export-all-may-rebuild"

struct _WbExportAllOptions
{
  AdwPreferencesGroup parent_instance;

  GSettings    *settings;  /* (owned) (nullable) */
  GCancellable *closing;   /* (owned) (nullable): takes back what it asks */
  char         *folder;    /* (owned) (nullable) */
  char         *pattern;   /* (owned) (nullable): %NULL for the usual one */
  char         *account;   /* (owned) (nullable): for an example */
  char         *workspace; /* (owned) (nullable) */

  AdwActionRow *folder_row;
  AdwEntryRow  *template_row;
  WbReasonRow  *template_reason;
  GtkSwitch    *if_changed;
  GtkSwitch    *may_rebuild;
};

G_DEFINE_FINAL_TYPE (WbExportAllOptions, wb_export_all_options, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHANGED,
  PROBLEM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What the first workspace would be saved as. */
static char *
dup_example (WbExportAllOptions *self,
             const char         *pattern)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = NULL;

  if (self->account == NULL || self->workspace == NULL)
    return NULL;

  name = wb_file_name_fill (pattern, self->account, self->workspace, now);

  /* Translators: the name of a file. */
  return g_strdup_printf (_ ("For example: %s"), name);
}

/* A template that names no file is not kept. A ZIP is what comes of it. */
static void
template_changed_cb (WbExportAllOptions *self)
{
  const char      *typed = gtk_editable_get_text (GTK_EDITABLE (self->template_row));
  g_autofree char *folded = g_ascii_strdown (typed, -1);
  g_autofree char *pattern = g_strconcat (typed, g_str_has_suffix (folded, ".zip") ? "" : ".zip",
                                          NULL);
  g_autofree char *example = NULL;
  g_autoptr (GError) error = NULL;

  if (wb_file_name_check (pattern, &error))
    {
      gboolean is_usual = g_str_equal (pattern, WB_BATCH_NAME_TEMPLATE);

      example = dup_example (self, pattern);
      g_free (self->pattern);
      self->pattern = is_usual ? NULL : g_strdup (pattern);
      g_settings_set_string (self->settings, TEMPLATE_KEY, is_usual ? "" : pattern);
    }
  wb_reason_row_touch (self->template_reason);
  wb_reason_row_set_reason (self->template_reason, error != NULL ? error->message : NULL);
  wb_reason_row_set_note (self->template_reason, example);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
folder_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (WbExportAllOptions) self = user_data;
  g_autoptr (GFile) folder = wb_file_dialog_folder_finish (result, NULL);

  if (folder != NULL)
    wb_export_all_options_set_folder (self, folder);
}

static void
folder_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  WbExportAllOptions *self = WB_EXPORT_ALL_OPTIONS (widget);

  wb_file_dialog_folder_async (GTK_WINDOW (gtk_widget_get_root (widget)), self->folder,
                               self->closing, folder_cb, g_object_ref (self));
}

static void
wb_export_all_options_finalize (GObject *object)
{
  WbExportAllOptions *self = WB_EXPORT_ALL_OPTIONS (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->closing);
  g_free (self->folder);
  g_free (self->pattern);
  g_free (self->account);
  g_free (self->workspace);

  G_OBJECT_CLASS (wb_export_all_options_parent_class)->finalize (object);
}

static void
wb_export_all_options_class_init (WbExportAllOptionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_export_all_options_finalize;

  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_EXPORT_ALL_OPTIONS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROBLEM] = g_signal_new ("problem", WB_TYPE_EXPORT_ALL_OPTIONS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (WB_TYPE_REASON_ROW);
  gtk_widget_class_install_action (widget_class, "export-all.folder", NULL, folder_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/export-all-options.ui");
  gtk_widget_class_bind_template_callback (widget_class, template_changed_cb);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllOptions, folder_row);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllOptions, template_row);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllOptions, template_reason);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllOptions, if_changed);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllOptions, may_rebuild);
}

static void
wb_export_all_options_init (WbExportAllOptions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_shrink_buttons (GTK_WIDGET (self));
}

/**
 * wb_export_all_options_load:
 * @self: options that are not loaded
 * @settings: where they are kept
 * @closing: cancelled when their window closes
 * @account: (nullable): the account of the first workspace, for an example of a name
 * @workspace: (nullable): its label
 */
void
wb_export_all_options_load (WbExportAllOptions *self,
                            GSettings          *settings,
                            GCancellable       *closing,
                            const char         *account,
                            const char         *workspace)
{
  g_autofree char *path = NULL;
  g_autofree char *pattern = NULL;

  g_return_if_fail (WB_IS_EXPORT_ALL_OPTIONS (self));
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  self->closing = g_object_ref (closing);
  self->account = g_strdup (account);
  self->workspace = g_strdup (workspace);
  g_settings_bind (settings, IF_CHANGED_KEY, self->if_changed, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, MAY_REBUILD_KEY, self->may_rebuild, "active",
                   G_SETTINGS_BIND_DEFAULT);
  path = g_settings_get_string (settings, FOLDER_KEY);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autoptr (GFile) folder = g_file_new_for_path (path);

      wb_export_all_options_set_folder (self, folder);
    }
  pattern = g_settings_get_string (settings, TEMPLATE_KEY);
  gtk_editable_set_text (GTK_EDITABLE (self->template_row),
                         *pattern != '\0' ? pattern : WB_BATCH_NAME_TEMPLATE);
}

/* Whether a run can begin with them. */
gboolean
wb_export_all_options_are_complete (WbExportAllOptions *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_ALL_OPTIONS (self), FALSE);

  return self->folder != NULL && !wb_reason_row_has_reason (self->template_reason);
}

/**
 * wb_export_all_options_get:
 * @self: options that are complete
 * @settings: (out): for a batch; the texts are @self's
 */
void
wb_export_all_options_get (WbExportAllOptions *self,
                           WbBatchSettings    *settings)
{
  g_return_if_fail (WB_IS_EXPORT_ALL_OPTIONS (self));
  g_return_if_fail (settings != NULL);

  *settings = (WbBatchSettings){
    .folder = self->folder,
    .name_template = self->pattern,
    .if_changed = gtk_switch_get_active (self->if_changed),
    .may_go_on = gtk_switch_get_active (self->may_rebuild),
    .compare = TRUE,
  };
}

/* NULL before one is chosen. */
const char *
wb_export_all_options_get_folder (WbExportAllOptions *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_ALL_OPTIONS (self), NULL);

  return self->folder;
}

/* Kept for the next time; the portal keeps the right to a folder that was chosen in its dialog. */
void
wb_export_all_options_set_folder (WbExportAllOptions *self,
                                  GFile              *folder)
{
  g_autofree char *name = NULL;

  g_return_if_fail (WB_IS_EXPORT_ALL_OPTIONS (self));
  g_return_if_fail (G_IS_FILE (folder));

  if (g_file_peek_path (folder) == NULL)
    {
      g_signal_emit (self, signals[PROBLEM], 0,
                     _ ("This folder is not on this computer. Choose another "
                        "one."));
      return;
    }

  g_free (self->folder);
  self->folder = g_file_get_path (folder);
  name = g_file_get_parse_name (folder);
  adw_action_row_set_subtitle (self->folder_row, name);
  if (g_utf8_validate (self->folder, -1, NULL))
    g_settings_set_string (self->settings, FOLDER_KEY, self->folder);
  g_signal_emit (self, signals[CHANGED], 0);
}
