/* accounts-window.c: the list of all accounts
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/accounts-window.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/accounts/account-row.h"
#include "ui/accounts/account-window.h"
#include "ui/widgets/file-dialog.h"
#include "ui/accounts/import-window.h"
#include "ui/widgets/shrink.h"
#include "ui/widgets/stack-page.h"
#include "ui/widgets/weak.h"

/* Long enough to read a name and to reach for Undo. */
#define UNDO_TIMEOUT_S 10

/* An account that is removed, and can still be brought back. */
typedef struct
{
  WbAccount *account; /* (owned) */
  AdwToast  *toast;   /* (owned) */
} Removal;

struct _WbAccountsWindow
{
  AdwWindow parent_instance;

  WbContext    *context;  /* (owned) */
  GPtrArray    *removals; /* (owned) (element-type Removal) */
  GCancellable *choosing; /* (owned): the file dialog, which ends with the window */

  AdwToastOverlay *toast_overlay;
  GtkStack        *stack;
  GtkListBox      *list_box;
};

G_DEFINE_FINAL_TYPE (WbAccountsWindow, wb_accounts_window, ADW_TYPE_WINDOW)

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->account);
  g_object_unref (removal->toast);
  g_free (removal);
}

static char *
dup_name (WbAccount *account)
{
  return wb_text_escape (wb_account_get (account, WB_ACCOUNT_NAME), -1);
}

/* For AdwToast, whose titles are markup. */
static char *
dup_toast_title (const char *text)
{
  g_autofree char *safe = wb_text_escape (text, -1);

  return g_markup_escape_text (safe, -1);
}

static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GWeakRef *window = user_data;
  g_autoptr (WbAccountsWindow) self = g_weak_ref_get (window);
  g_autoptr (GError) error = NULL;
  GApplication *application = g_application_get_default ();

  if (!wb_secrets_clear_finish (WB_SECRETS (source), result, &error) && self != NULL)
    {
      g_autofree char *title = dup_toast_title (error->message);

      adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (title));
    }

  g_weak_ref_clear (window);
  g_free (window);
  if (application != NULL)
    g_application_release (application);
}

/* The account can no longer be brought back. The program keeps running until its secret is
 * removed, even if this was the last window. */
static void
clear_secret (WbAccountsWindow *self,
              WbAccount        *account)
{
  GWeakRef     *window = g_new0 (GWeakRef, 1);
  GApplication *application = g_application_get_default ();

  if (application != NULL)
    g_application_hold (application);
  g_weak_ref_init (window, self);
  wb_account_store_drop_ca_file (wb_context_get_store (self->context),
                                 wb_account_get (account, WB_ACCOUNT_CA_FILE));
  wb_secrets_clear_async (wb_context_get_secrets (self->context), wb_account_get_uuid (account),
                          NULL, cleared_cb, window);
}

static void
clear_removals (WbAccountsWindow *self)
{
  g_autoptr (GPtrArray) removals = g_steal_pointer (&self->removals);

  self->removals = g_ptr_array_new_with_free_func (removal_free);
  for (guint i = 0; i < removals->len; i++)
    clear_secret (self, ((Removal *) g_ptr_array_index (removals, i))->account);
}

static void
dismissed_cb (WbAccountsWindow *self,
              AdwToast         *toast)
{
  for (guint i = 0; i < self->removals->len; i++)
    {
      Removal *removal = g_ptr_array_index (self->removals, i);

      if (removal->toast != toast)
        continue;

      clear_secret (self, removal->account);
      g_ptr_array_remove_index (self->removals, i);
      return;
    }
}

static void
offer_undo (WbAccountsWindow *self,
            WbAccount        *account,
            const char       *text)
{
  g_autofree char *title = dup_toast_title (text);
  AdwToast        *toast = adw_toast_new (title);
  Removal         *removal = g_new0 (Removal, 1);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "accounts.undo");
  adw_toast_set_action_target (toast, "s", wb_account_get_uuid (account));
  adw_toast_set_timeout (toast, UNDO_TIMEOUT_S);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self,
                           G_CONNECT_SWAPPED);

  removal->account = g_object_ref (account);
  removal->toast = g_object_ref (toast);
  g_ptr_array_add (self->removals, removal);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

static void
present_account (WbAccountsWindow *self,
                 WbAccount        *account)
{
  gtk_window_present (wb_account_window_new (self->context, GTK_WINDOW (self), account));
}

static void
add (GtkWidget  *widget,
     const char *action_name,
     GVariant   *parameter)
{
  present_account (WB_ACCOUNTS_WINDOW (widget), NULL);
}

/* The person then chooses what is not in a file of keys; for several accounts, the list says what
 * is missing. */
static void
imported_cb (WbAccountsWindow *self,
             GListModel       *accounts,
             const char       *note)
{
  guint            n = g_list_model_get_n_items (accounts);
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;

  if (n == 1)
    {
      g_autoptr (WbAccount) account = g_list_model_get_item (accounts, 0);

      present_account (self, account);
    }
  else if (note == NULL)
    {
      /* Translators: how many accounts were added. */
      text = g_strdup_printf (ngettext ("%u account imported: edit it to choose its project",
                                        "%u accounts imported: edit them to choose their projects",
                                        n),
                              n);
    }

  if (n > 1 || note != NULL)
    {
      title = dup_toast_title (note != NULL ? note : text);
      adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (title));
    }
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (WbAccountsWindow) self = wb_weak_take (user_data);
  g_autoptr (GFile) file = wb_file_dialog_open_finish (result, NULL);
  GtkWindow *window;

  /* Dismissed, by a person or because the window closed. */
  if (self == NULL || file == NULL)
    return;

  window = wb_import_window_new (self->context, GTK_WINDOW (self), file);
  g_signal_connect_object (window, "imported", G_CALLBACK (imported_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (window);
}

static void
import (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  WbAccountsWindow *self = WB_ACCOUNTS_WINDOW (widget);

  wb_file_dialog_open_async (GTK_WINDOW (self), WB_FILE_KEYS, self->choosing, file_chosen_cb,
                             wb_weak_new (self));
}

static void
edit (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  WbAccountsWindow *self = WB_ACCOUNTS_WINDOW (widget);
  const char       *uuid = g_variant_get_string (parameter, NULL);
  WbAccount        *account = wb_account_store_find (wb_context_get_store (self->context), uuid);

  if (account != NULL)
    present_account (self, account);
}

/* The copy is edited before it is stored: there is nothing to undo, and no secret is copied. */
static void
duplicate (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  WbAccountsWindow *self = WB_ACCOUNTS_WINDOW (widget);
  const char       *uuid = g_variant_get_string (parameter, NULL);
  WbAccountStore   *store = wb_context_get_store (self->context);
  WbAccount        *account = wb_account_store_find (store, uuid);
  g_autofree char  *name = NULL;
  g_autoptr (WbAccount) copy = NULL;

  if (account == NULL)
    return;

  name = wb_account_store_dup_free_name (store, wb_account_get (account, WB_ACCOUNT_NAME));
  copy = wb_account_duplicate (account, name);
  present_account (self, copy);
}

static void
remove_account (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  WbAccountsWindow *self = WB_ACCOUNTS_WINDOW (widget);
  const char       *uuid = g_variant_get_string (parameter, NULL);
  WbAccountStore   *store = wb_context_get_store (self->context);
  WbAccount        *found = wb_account_store_find (store, uuid);
  g_autoptr (WbAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (found == NULL)
    return;

  account = g_object_ref (found);
  if (!wb_account_store_remove (store, uuid, &error))
    {
      g_autofree char *title = dup_toast_title (error->message);

      adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (title));
      return;
    }

  name = dup_name (account);
  /* Translators: an account's name */
  text = g_strdup_printf (_ ("“%s” removed"), name);
  offer_undo (self, account, text);
}

static void
undo (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  WbAccountsWindow *self = WB_ACCOUNTS_WINDOW (widget);
  const char       *uuid = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < self->removals->len; i++)
    {
      Removal *removal = g_ptr_array_index (self->removals, i);
      g_autoptr (WbAccount) account = NULL;
      g_autoptr (GError) error = NULL;

      if (!g_str_equal (wb_account_get_uuid (removal->account), uuid))
        continue;

      account = g_object_ref (removal->account);
      /* Out of the list first: the toast goes now, and takes no secret along. */
      g_ptr_array_remove_index (self->removals, i);
      if (!wb_account_store_put (wb_context_get_store (self->context), account, &error))
        offer_undo (self, account, error->message);
      return;
    }
}

/* The removal that came last. */
static gboolean
undo_last_cb (GtkWidget *widget,
              GVariant  *arguments,
              gpointer   user_data)
{
  WbAccountsWindow *self = WB_ACCOUNTS_WINDOW (widget);
  Removal          *last;

  if (self->removals->len == 0)
    return GDK_EVENT_PROPAGATE;

  last = g_ptr_array_index (self->removals, self->removals->len - 1);

  return gtk_widget_activate_action (widget, "accounts.undo", "s",
                                     wb_account_get_uuid (last->account));
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  WbAccountsWindow *self = user_data;

  return wb_account_row_new (WB_ACCOUNT (item), wb_context_get_clouds (self->context));
}

static void
items_changed_cb (WbAccountsWindow *self)
{
  GListModel *accounts = G_LIST_MODEL (wb_context_get_store (self->context));
  gboolean    empty = g_list_model_get_n_items (accounts) == 0;

  wb_stack_show_page (self->stack, empty ? "empty" : "list");
}

static gboolean
close_request_cb (WbAccountsWindow *self)
{
  clear_removals (self);
  g_cancellable_cancel (self->choosing);

  return FALSE;
}

static void
wb_accounts_window_dispose (GObject *object)
{
  WbAccountsWindow *self = WB_ACCOUNTS_WINDOW (object);

  g_cancellable_cancel (self->choosing);
  /* Closed together with its parent, without a request of its own. */
  if (self->context != NULL)
    clear_removals (self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (wb_accounts_window_parent_class)->dispose (object);
}

static void
wb_accounts_window_finalize (GObject *object)
{
  WbAccountsWindow *self = WB_ACCOUNTS_WINDOW (object);

  g_ptr_array_unref (self->removals);
  g_object_unref (self->choosing);

  G_OBJECT_CLASS (wb_accounts_window_parent_class)->finalize (object);
}

static void
wb_accounts_window_class_init (WbAccountsWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_accounts_window_dispose;
  object_class->finalize = wb_accounts_window_finalize;

  gtk_widget_class_install_action (widget_class, "accounts.add", NULL, add);
  gtk_widget_class_install_action (widget_class, "accounts.import", NULL, import);
  gtk_widget_class_install_action (widget_class, "accounts.edit", "s", edit);
  gtk_widget_class_install_action (widget_class, "accounts.duplicate", "s", duplicate);
  gtk_widget_class_install_action (widget_class, "accounts.remove", "s", remove_account);
  gtk_widget_class_install_action (widget_class, "accounts.undo", "s", undo);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, undo_last_cb, NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/accounts-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbAccountsWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, WbAccountsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbAccountsWindow, list_box);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
}

static void
wb_accounts_window_init (WbAccountsWindow *self)
{
  self->removals = g_ptr_array_new_with_free_func (removal_free);
  self->choosing = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_shrink_buttons (GTK_WIDGET (self));
}

/**
 * wb_accounts_window_new:
 * @context: keeps the accounts and their secrets
 * @parent: (nullable): the window in front of which it stands
 *
 * Returns: (transfer none): a window, to be presented; owned by GTK until it is closed
 */
GtkWindow *
wb_accounts_window_new (WbContext *context,
                        GtkWindow *parent)
{
  WbAccountsWindow *self;
  WbAccountStore   *store;

  g_return_val_if_fail (WB_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);

  self = g_object_new (WB_TYPE_ACCOUNTS_WINDOW, "transient-for", parent, NULL);
  self->context = g_object_ref (context);
  store = wb_context_get_store (context);
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (store), create_row_cb, self, NULL);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  items_changed_cb (self);

  return GTK_WINDOW (self);
}
