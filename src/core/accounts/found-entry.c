/* found-entry.c: what a file says about one access key, and where
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/credential-file-private.h"

#include <glib/gi18n-lib.h>

#include "core/accounts/found-key.h"
#include "core/error.h"
#include "core/input-limits.h"
#include "core/wipe.h"

/* Overwrites what is secret. */
void
wb_found_entry_clear (WbFoundEntry *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->access_key, wb_wipe_and_free);
  g_clear_pointer (&self->secret_key, wb_wipe_and_free);
  g_clear_pointer (&self->security_token, wb_wipe_and_free);
  g_clear_pointer (&self->project_id, g_free);
}

/**
 * wb_found_entry_check:
 * @key: an access key, a secret key or a security token; empty is none
 * @line: where it stands, from 1
 * @error: return location
 *
 * Returns: %FALSE with %WB_ERROR_INVALID if it cannot be one
 */
gboolean
wb_found_entry_check (const char *key,
                      guint       line,
                      GError    **error)
{
  g_autofree char *reason = *key != '\0' ? wb_credentials_validate_key (key) : NULL;

  return reason == NULL
         || wb_found_entry_fail (error, line, _ ("a key contains a space or a character that "
                                                 "keys never contain."));
}

gboolean
wb_found_entry_fail (GError    **error,
                     guint       line,
                     const char *reason)
{
  /* Translators: a line's number, and a sentence about what is wrong in it */
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Line %u: %s"), line, reason);

  return FALSE;
}

/**
 * wb_found_entry_add:
 * @self: an entry
 * @list: (element-type WbFoundKey): where to add it
 * @error: return location
 *
 * Adds what the entry says, or says what is missing in it, without repeating any of it.
 *
 * Returns: %FALSE with %WB_ERROR_INVALID
 */
gboolean
wb_found_entry_add (WbFoundEntry *self,
                    GListStore   *list,
                    GError      **error)
{
  const char *const secrets[] = { self->access_key, self->secret_key, self->security_token };
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (WbFoundKey) found = NULL;

  if (self->access_key == NULL || *self->access_key == '\0')
    return wb_found_entry_fail (error, self->line, _ ("the access key is missing."));
  if (self->secret_key == NULL || *self->secret_key == '\0')
    return wb_found_entry_fail (error, self->line, _ ("the secret key is missing."));
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      if (secrets[i] != NULL && !wb_found_entry_check (secrets[i], self->line, error))
        return FALSE;
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == WB_CREDENTIAL_FILE_MAX_KEYS)
    return wb_found_entry_fail (error, self->line, _ ("there are too many keys in this file."));

  credentials = wb_credentials_new_key (self->access_key, self->secret_key, self->security_token);
  found = wb_found_key_new (self->name != NULL && *self->name != '\0' ? self->name
                                                                      : _ ("Access key"),
                            self->project_id, credentials);
  g_list_store_append (list, found);

  return TRUE;
}
