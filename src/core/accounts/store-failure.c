/* store-failure.c: why the keyring did not do what was asked of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/secrets-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "core/error.h"

/**
 * wb_store_failure_is_no_store:
 * @error: an error of libsecret
 *
 * Returns: whether there is no store at all, as opposed to one that fails: no bus, or nobody on it
 */
gboolean
wb_store_failure_is_no_store (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  if (error->domain == G_DBUS_ERROR)
    {
      switch ((GDBusError) error->code)
        {
        case G_DBUS_ERROR_SERVICE_UNKNOWN:
        case G_DBUS_ERROR_NAME_HAS_NO_OWNER:
        case G_DBUS_ERROR_NO_SERVER:
        case G_DBUS_ERROR_ACCESS_DENIED:
        case G_DBUS_ERROR_SPAWN_EXEC_FAILED:
        case G_DBUS_ERROR_SPAWN_FORK_FAILED:
        case G_DBUS_ERROR_SPAWN_CHILD_EXITED:
        case G_DBUS_ERROR_SPAWN_CHILD_SIGNALED:
        case G_DBUS_ERROR_SPAWN_FAILED:
        case G_DBUS_ERROR_SPAWN_SETUP_FAILED:
        case G_DBUS_ERROR_SPAWN_CONFIG_INVALID:
        case G_DBUS_ERROR_SPAWN_SERVICE_INVALID:
        case G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND:
        case G_DBUS_ERROR_SPAWN_PERMISSIONS_INVALID:
        case G_DBUS_ERROR_SPAWN_FILE_INVALID:
        case G_DBUS_ERROR_SPAWN_NO_MEMORY:
          return TRUE;
        default:
          return FALSE;
        }
    }

  /* Connecting to the bus fails with these; a bus that goes away is a failure. */
  if (error->domain == G_IO_ERROR)
    return error->code != G_IO_ERROR_CANCELLED
           && error->code != G_IO_ERROR_CLOSED
           && error->code != G_IO_ERROR_DBUS_ERROR
           && error->code != G_IO_ERROR_TIMED_OUT;

  return error->domain == G_SPAWN_ERROR || error->domain == G_FILE_ERROR;
}

/**
 * wb_store_failure_is_dismissed:
 * @error: an error of libsecret
 *
 * Returns: whether the keyring stayed locked, or was not created, because a person closed the
 *   prompt
 */
gboolean
wb_store_failure_is_dismissed (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  return g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/**
 * wb_store_failure_dup_reason:
 * @error: (nullable): an error of libsecret; %NULL where it fails without saying why, after a
 *   prompt that was closed
 *
 * Returns: (transfer full): why a secret is kept for this run only, as a translated sentence
 */
char *
wb_store_failure_dup_reason (const GError *error)
{
  if (error == NULL || wb_store_failure_is_dismissed (error))
    return g_strdup (_ ("The keyring stayed locked, so the secret is kept until you close Waybill, "
                        "and not stored."));
  if (wb_store_failure_is_no_store (error))
    return g_strdup (_ ("This session has no keyring, so the secret is kept until you close "
                        "Waybill, and not stored."));

  return g_strdup (_ ("The secret could not be stored in the keyring, so it is kept until you "
                      "close Waybill."));
}

/**
 * wb_store_failure_new_clear_error:
 * @error: an error of libsecret
 *
 * Returns: (transfer full): %WB_ERROR_FAILED, for a secret that is still stored
 */
GError *
wb_store_failure_new_clear_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (wb_store_failure_is_dismissed (error))
    return g_error_new_literal (WB_ERROR, WB_ERROR_FAILED,
                                _ ("The keyring stayed locked, so the secret is still stored "
                                   "there: remove it with your desktop’s password manager."));

  return g_error_new_literal (WB_ERROR, WB_ERROR_FAILED,
                              _ ("The keyring did not remove the secret: remove it with your "
                                 "desktop’s password manager."));
}
