/* import-window.c: makes accounts of the access keys in a file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/import-window.h"

#include <glib/gi18n-lib.h>

#include "core/accounts/credential-file.h"
#include "core/sentence.h"
#include "core/text.h"
#include "ui/accounts/region-row.h"
#include "ui/widgets/file-dialog.h"
#include "ui/widgets/header-bar.h"
#include "ui/widgets/shrink.h"
#include "ui/widgets/spinner.h"
#include "ui/widgets/weak.h"

struct _WbImportWindow
{
  AdwWindow parent_instance;

  WbContext    *context;     /* (owned) */
  GCancellable *cancellable; /* (owned): cancelled when the window closes */
  GPtrArray    *checks;      /* (owned): unowned buttons; the data `key` of each: WbFoundKey */

  GPtrArray  *left;     /* (owned) (element-type WbFoundKey): to be imported, the last one first */
  GListStore *imported; /* (owned) (element-type WbAccount) */
  char       *note;     /* (owned) (nullable): where the secrets went, if not to the keyring */

  GtkStack            *stack;
  GtkLabel            *message_label;
  GtkButton           *again;
  AdwPreferencesPage  *page;
  AdwPreferencesGroup *group;
  AdwComboRow         *cloud_row;
  WbRegionRow         *region_row;
};

G_DEFINE_FINAL_TYPE (WbImportWindow, wb_import_window, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_IMPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void import_next (WbImportWindow *self);

static gboolean
is_importing (WbImportWindow *self)
{
  return self->left->len > 0;
}

static const WbCloud *
get_cloud (WbImportWindow *self)
{
  return wb_clouds_get (wb_context_get_clouds (self->context),
                        adw_combo_row_get_selected (self->cloud_row));
}

/* At least one key, and a place for them. */
static void
update_import (WbImportWindow *self)
{
  const WbCloud *cloud = get_cloud (self);
  gboolean       has_place = cloud->regions->len == 0
                       || *wb_region_row_get_id (self->region_row) != '\0';
  gboolean has_key = FALSE;

  for (guint i = 0; i < self->checks->len; i++)
    has_key |= gtk_check_button_get_active (g_ptr_array_index (self->checks, i));

  gtk_widget_set_visible (GTK_WIDGET (self->region_row), cloud->regions->len > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), !is_importing (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.import",
                                 has_key && has_place && !is_importing (self));
}

static void
cloud_changed_cb (WbImportWindow *self)
{
  if (self->context == NULL)
    return;

  wb_region_row_set_cloud (self->region_row, get_cloud (self));
  update_import (self);
}

static void
show_message (WbImportWindow *self,
              const char     *text)
{
  g_autofree char *safe = wb_text_escape (text, -1);

  gtk_label_set_label (self->message_label, safe);
  gtk_button_set_label (self->again,
                        self->checks->len > 0 ? _ ("_Try Again") : _ ("_Another File…"));
  gtk_stack_set_visible_child_name (self->stack, "message");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.import", FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->again));
}

/* --- what is in the file --- */

static void
add_row (WbImportWindow *self,
         WbFoundKey     *key)
{
  g_autofree char *title = wb_text_escape (wb_found_key_get_name (key), -1);
  g_autofree char *hint = wb_text_escape (wb_found_key_get_hint (key), -1);
  g_autofree char *subtitle = NULL;
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *check = gtk_check_button_new ();

  /* Translators: the first characters of an access key */
  subtitle = g_strdup_printf (_ ("Access key %s"), hint);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle,
                                  -1);

  g_object_set_data_full (G_OBJECT (check), "key", g_object_ref (key), g_object_unref);
  g_signal_connect_object (check, "toggled", G_CALLBACK (update_import), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->checks, check);
  adw_preferences_group_add (self->group, row);
}

static void
show_keys (WbImportWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "list");
  update_import (self);
  gtk_widget_child_focus (GTK_WIDGET (self->group), GTK_DIR_TAB_FORWARD);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (WbImportWindow) self = wb_weak_take (user_data);
  g_autoptr (GListModel) keys = NULL;
  g_autoptr (GError) error = NULL;

  keys = wb_credential_file_load_finish (result, &error);
  if (self == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (keys == NULL)
    {
      show_message (self, error->message);
      return;
    }

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (WbFoundKey) key = g_list_model_get_item (keys, i);

      add_row (self, key);
    }
  show_keys (self);
}

static void
load (WbImportWindow *self,
      GFile          *file)
{
  gtk_stack_set_visible_child_name (self->stack, "busy");
  wb_credential_file_load_async (file, self->cancellable, loaded_cb, wb_weak_new (self));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (WbImportWindow) self = wb_weak_take (user_data);
  g_autoptr (GFile) file = wb_file_dialog_open_finish (result, NULL);

  /* Dismissed, by a person or because the window closed. */
  if (self == NULL || file == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  load (self, file);
}

/* With the keys that were found, or with another file. */
static void
again (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  WbImportWindow *self = WB_IMPORT_WINDOW (widget);

  if (self->checks->len > 0)
    show_keys (self);
  else
    wb_file_dialog_open_async (GTK_WINDOW (self), WB_FILE_KEYS, self->cancellable, chosen_cb,
                               wb_weak_new (self));
}

/* --- into the store --- */

/* The accounts that were imported stay, even if the rest failed. */
static void
end_import (WbImportWindow *self,
            const char     *message)
{
  g_ptr_array_set_size (self->left, 0);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->imported)) > 0)
    g_signal_emit (self, signals[SIGNAL_IMPORTED], 0, self->imported,
                   message != NULL ? message : self->note);

  if (message == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->imported)) > 0)
    gtk_window_close (GTK_WINDOW (self));
  else
    show_message (self, message);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (WbImportWindow) self = wb_weak_take (user_data);
  g_autofree char *reason = NULL;
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  if (!wb_secrets_store_finish (WB_SECRETS (source), result, &reason, &error))
    message = wb_join_sentences (_ ("The account was added, but its secret key was not stored."),
                                 error->message);
  if (self == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (message != NULL)
    {
      end_import (self, message);
      return;
    }

  if (reason != NULL)
    {
      g_free (self->note);
      self->note = g_steal_pointer (&reason);
    }
  import_next (self);
}

/* The account comes first, then its secret: without an account, a secret is never found again. */
static void
import_next (WbImportWindow *self)
{
  g_autoptr (WbFoundKey) key = NULL;
  g_autoptr (WbAccount) account = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  WbAccountStore *store = wb_context_get_store (self->context);
  const WbCloud  *cloud = get_cloud (self);

  if (self->left->len == 0)
    {
      end_import (self, NULL);
      return;
    }

  key = g_object_ref (g_ptr_array_index (self->left, self->left->len - 1));
  name = wb_account_store_dup_free_name (store, wb_found_key_get_name (key));
  account = wb_found_key_new_account (key, name);
  wb_account_set (account, WB_ACCOUNT_CLOUD, cloud->id);
  if (cloud->regions->len > 0)
    wb_account_set (account, WB_ACCOUNT_REGION, wb_region_row_get_id (self->region_row));
  if (!wb_account_store_put (store, account, &error))
    {
      end_import (self, error->message);
      return;
    }

  g_list_store_append (self->imported, account);
  g_ptr_array_set_size (self->left, (int) self->left->len - 1);
  wb_secrets_store_async (wb_context_get_secrets (self->context), account,
                          wb_found_key_get_credentials (key), self->cancellable, stored_cb,
                          wb_weak_new (self));
}

static void
import (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  WbImportWindow *self = WB_IMPORT_WINDOW (widget);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  for (guint i = self->checks->len; i > 0; i--)
    {
      GtkCheckButton *check = g_ptr_array_index (self->checks, i - 1);

      if (gtk_check_button_get_active (check))
        g_ptr_array_add (self->left, g_object_ref (g_object_get_data (G_OBJECT (check), "key")));
    }
  update_import (self);
  import_next (self);
}

static gboolean
close_request_cb (WbImportWindow *self)
{
  g_cancellable_cancel (self->cancellable);

  return FALSE;
}

static void
wb_import_window_dispose (GObject *object)
{
  WbImportWindow *self = WB_IMPORT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (wb_import_window_parent_class)->dispose (object);
}

static void
wb_import_window_finalize (GObject *object)
{
  WbImportWindow *self = WB_IMPORT_WINDOW (object);

  g_clear_object (&self->context);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->left);
  g_object_unref (self->imported);
  g_free (self->note);

  G_OBJECT_CLASS (wb_import_window_parent_class)->finalize (object);
}

static void
wb_import_window_class_init (WbImportWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_import_window_dispose;
  object_class->finalize = wb_import_window_finalize;

  /**
   * WbImportWindow::imported:
   * @self: the window
   * @accounts: (element-type WbAccount): the new accounts
   * @note: (nullable): what a person is to know about it
   *
   * They are stored. What they lack, such as a workspace, is still to be chosen.
   */
  signals[SIGNAL_IMPORTED] = g_signal_new ("imported", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                           G_TYPE_LIST_MODEL, G_TYPE_STRING);

  g_type_ensure (WB_TYPE_REGION_ROW);
  g_type_ensure (WB_TYPE_HEADER_BAR);
  g_type_ensure (WB_TYPE_SPINNER);
  gtk_widget_class_install_action (widget_class, "import.import", NULL, import);
  gtk_widget_class_install_action (widget_class, "import.again", NULL, again);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbImportWindow, message_label);
  gtk_widget_class_bind_template_child (widget_class, WbImportWindow, again);
  gtk_widget_class_bind_template_child (widget_class, WbImportWindow, page);
  gtk_widget_class_bind_template_child (widget_class, WbImportWindow, group);
  gtk_widget_class_bind_template_child (widget_class, WbImportWindow, cloud_row);
  gtk_widget_class_bind_template_child (widget_class, WbImportWindow, region_row);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, cloud_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_import);
}

static void
wb_import_window_init (WbImportWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->checks = g_ptr_array_new ();
  self->left = g_ptr_array_new_with_free_func (g_object_unref);
  self->imported = g_list_store_new (WB_TYPE_ACCOUNT);
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_shrink_buttons (GTK_WIDGET (self));
}

/**
 * wb_import_window_new:
 * @context: keeps the accounts and their secrets
 * @parent: (nullable): the window in front of which it stands
 * @file: what a person chose; it may be anything
 *
 * Reads @file, shows what keys are in it, and imports those that are ticked.
 *
 * Returns: (transfer none): a window, to be presented; owned by GTK until it is closed
 */
GtkWindow *
wb_import_window_new (WbContext *context,
                      GtkWindow *parent,
                      GFile     *file)
{
  WbImportWindow *self;
  WbClouds       *clouds;
  g_autoptr (GtkStringList) names = NULL;

  g_return_val_if_fail (WB_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (WB_TYPE_IMPORT_WINDOW, "transient-for", parent, NULL);
  clouds = wb_context_get_clouds (context);

  names = gtk_string_list_new (NULL);
  for (guint i = 0; i < wb_clouds_get_n (clouds); i++)
    gtk_string_list_append (names, wb_clouds_get (clouds, i)->name);
  adw_combo_row_set_model (self->cloud_row, G_LIST_MODEL (names));
  self->context = g_object_ref (context);
  cloud_changed_cb (self);

  load (self, file);

  return GTK_WINDOW (self);
}
