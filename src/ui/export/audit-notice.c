/* audit-notice.c: tells a person once that the cloud records exports
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/export/audit-notice.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/widgets/message-dialog.h"

#define SHOWN_KEY "audit-notice-shown"

/**
 * wb_audit_notice_is_due:
 * @context: keeps the settings
 * @account: whose workspace is to be exported
 *
 * Somebody may later ask users why they exported, so they should know before the first export. The
 * sample service has no audit log.
 *
 * Returns: whether to ask before this export
 */
gboolean
wb_audit_notice_is_due (WbContext *context,
                        WbAccount *account)
{
  g_return_val_if_fail (WB_IS_CONTEXT (context), FALSE);
  g_return_val_if_fail (WB_IS_ACCOUNT (account), FALSE);

  return !wb_account_get_transient (account)
         && !g_settings_get_boolean (wb_context_get_settings (context), SHOWN_KEY);
}

/**
 * wb_audit_notice_ask_async:
 * @parent: the window that is to export
 * @cancellable: (nullable): takes the question back, as if it was answered by *Cancel*
 * @callback: called when a person has answered
 * @user_data: for @callback
 */
void
wb_audit_notice_ask_async (GtkWindow          *parent,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (parent, _ ("Exports Are Recorded"),
                            _ ("The cloud records every export in its audit log (Cloud Trace "
                               "Service), with your user name and the time. You will not be "
                               "told again.")));

  adw_message_dialog_add_responses (dialog,
                                    "cancel", _ ("_Cancel"),
                                    "export", _ ("_Export"),
                                    NULL);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, "export");
  adw_message_dialog_set_response_appearance (dialog, "export", ADW_RESPONSE_SUGGESTED);
  wb_message_dialog_ask_async (dialog, cancellable, callback, user_data);
}

/**
 * wb_audit_notice_ask_finish:
 * @context: keeps the settings
 * @result: as given to the callback
 *
 * Returns: whether to export; then this is not asked again
 */
gboolean
wb_audit_notice_ask_finish (WbContext    *context,
                            GAsyncResult *result)
{
  g_autofree char *response = wb_message_dialog_ask_finish (result);
  gboolean         goes_on = g_str_equal (response, "export");

  g_return_val_if_fail (WB_IS_CONTEXT (context), FALSE);

  if (goes_on)
    g_settings_set_boolean (wb_context_get_settings (context), SHOWN_KEY, TRUE);

  return goes_on;
}
