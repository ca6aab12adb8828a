/* account-store-change.c: changes of the stored accounts, written at once or not made
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/account-store-private.h"

#include <unistd.h>

#include "core/accounts/ca-file.h"
#include "core/error.h"

/* The file as it is now, for another process may have changed it, locked until @lock is closed.
 * A damaged file is kept aside, and what is in memory takes its place. */
static GKeyFile *
open_for_change (WbAccountStore *self,
                 int            *lock,
                 GError        **error)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean damaged = FALSE;

  *lock = wb_key_file_lock (self->path, error);
  if (*lock < 0)
    return NULL;

  file = wb_key_file_read (self->path, &damaged, &local_error);
  if (file == NULL && damaged && wb_key_file_set_aside (self->path, error))
    {
      file = g_key_file_new ();
      for (guint i = 0; i < self->accounts->len; i++)
        {
          WbAccount *account = g_ptr_array_index (self->accounts, i);

          if (!wb_account_get_transient (account))
            wb_account_file_put (file, account);
        }
      if (self->last_uuid != NULL)
        wb_account_file_set_last_used (file, self->last_uuid, self->last_workspace);
    }
  else if (file == NULL && !damaged)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
    }

  if (file == NULL)
    {
      close (*lock);
      *lock = -1;
    }

  return g_steal_pointer (&file);
}

/* A transient account is only in the list. @account, which may be %NULL, replaces the one with
 * @uuid. */
static void
take_transient (WbAccountStore *self,
                const char     *uuid,
                WbAccount      *account)
{
  GPtrArray *accounts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->accounts->len; i++)
    {
      WbAccount *known = g_ptr_array_index (self->accounts, i);

      if (!g_str_equal (wb_account_get_uuid (known), uuid))
        g_ptr_array_add (accounts, g_object_ref (known));
    }
  if (account != NULL)
    g_ptr_array_add (accounts, g_object_ref (account));

  wb_account_store_take_list (self, accounts);
}

/* The account's own copy takes the place of the file that a person chose. */
static gboolean
keep_ca_file (WbAccount *account,
              GError   **error)
{
  const char      *path = wb_account_get (account, WB_ACCOUNT_CA_FILE);
  g_autofree char *kept = NULL;

  if (*path == '\0')
    return TRUE;

  kept = wb_ca_file_keep (path, error);
  if (kept == NULL)
    return FALSE;

  wb_account_set (account, WB_ACCOUNT_CA_FILE, kept);

  return TRUE;
}

/**
 * wb_account_store_put:
 * @self: a store
 * @account: an account; it must not be changed any more
 * @error: (out) (optional): an error of GLib, %WB_ERROR_INVALID if another account has its name,
 *   or %WB_ERROR_LOCAL_FILE
 *
 * Adds an account, or takes the place of the one with the same UUID. A CA file that @account names
 * is copied, and @account then names the copy.
 *
 * Returns: %TRUE if the file is written
 */
gboolean
wb_account_store_put (WbAccountStore *self,
                      WbAccount      *account,
                      GError        **error)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GPtrArray) stored = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *old_ca_file = NULL;
  WbAccount       *old;
  gboolean         written = FALSE;
  int              lock;

  g_return_val_if_fail (WB_IS_ACCOUNT_STORE (self), FALSE);
  g_return_val_if_fail (WB_IS_ACCOUNT (account), FALSE);
  g_return_val_if_fail (g_uuid_string_is_valid (wb_account_get_uuid (account)), FALSE);

  if (wb_account_get_transient (account))
    {
      take_transient (self, wb_account_get_uuid (account), account);
      return TRUE;
    }

  if (!wb_account_file_validate (account, error) || !keep_ca_file (account, error))
    return FALSE;

  old = wb_account_store_find (self, wb_account_get_uuid (account));
  old_ca_file = g_strdup (old != NULL ? wb_account_get (old, WB_ACCOUNT_CA_FILE) : "");
  file = open_for_change (self, &lock, error);
  if (file == NULL)
    return FALSE;

  stored = wb_account_file_list (file);
  reason = wb_account_names_validate (stored, wb_account_get (account, WB_ACCOUNT_NAME),
                                      wb_account_get_uuid (account));
  if (reason != NULL)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, reason);
    }
  else
    {
      wb_account_file_put (file, account);
      written = wb_key_file_write (self->path, file, error);
    }
  close (lock);

  if (written)
    wb_account_store_take_file (self, file, account);
  wb_account_store_drop_ca_file (self, written ? old_ca_file
                                               : wb_account_get (account, WB_ACCOUNT_CA_FILE));

  return written;
}

/**
 * wb_account_store_remove:
 * @self: a store
 * @uuid: an account's UUID
 * @error: (out) (optional): an error of GLib, or %WB_ERROR_LOCAL_FILE
 *
 * A missing account is not an error. wb_account_store_put() brings the account back.
 *
 * Returns: %TRUE if the account is gone
 */
gboolean
wb_account_store_remove (WbAccountStore *self,
                         const char     *uuid,
                         GError        **error)
{
  g_autoptr (GKeyFile) file = NULL;
  WbAccount *account;
  gboolean   written;
  int        lock;

  g_return_val_if_fail (WB_IS_ACCOUNT_STORE (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);

  account = wb_account_store_find (self, uuid);
  if (account != NULL && wb_account_get_transient (account))
    {
      take_transient (self, uuid, NULL);
      return TRUE;
    }

  file = open_for_change (self, &lock, error);
  if (file == NULL)
    return FALSE;

  wb_account_file_remove (file, uuid);
  written = wb_key_file_write (self->path, file, error);
  close (lock);

  if (written)
    wb_account_store_take_file (self, file, NULL);

  return written;
}

/**
 * wb_account_store_set_last_used:
 * @self: a store
 * @account: the account that was used
 * @workspace_id: the ID of its workspace, maybe empty
 * @error: (out) (optional): an error of GLib, or %WB_ERROR_LOCAL_FILE
 *
 * A transient account is not remembered. A damaged file is left alone.
 *
 * Returns: %TRUE if that is remembered, or need not be
 */
gboolean
wb_account_store_set_last_used (WbAccountStore *self,
                                WbAccount      *account,
                                const char     *workspace_id,
                                GError        **error)
{
  g_autoptr (GKeyFile) file = NULL;
  gboolean written = FALSE;
  int      lock;

  g_return_val_if_fail (WB_IS_ACCOUNT_STORE (self), FALSE);
  g_return_val_if_fail (WB_IS_ACCOUNT (account), FALSE);
  g_return_val_if_fail (workspace_id != NULL && g_utf8_validate (workspace_id, -1, NULL), FALSE);

  if (wb_account_get_transient (account)
      || (g_strcmp0 (self->last_uuid, wb_account_get_uuid (account)) == 0
          && g_strcmp0 (self->last_workspace, workspace_id) == 0))
    return TRUE;

  lock = wb_key_file_lock (self->path, error);
  if (lock < 0)
    return FALSE;

  file = wb_key_file_read (self->path, NULL, error);
  if (file != NULL)
    {
      wb_account_file_set_last_used (file, wb_account_get_uuid (account), workspace_id);
      written = wb_key_file_write (self->path, file, error);
    }
  close (lock);

  if (written)
    wb_account_store_take_file (self, file, NULL);

  return written;
}
