/* authorities.c: whose certificates an account trusts, from a file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/client-private.h"

#include <glib/gi18n-lib.h>

#include "core/absolute-path.h"
#include "core/accounts/ca-file.h"

/**
 * wb_authorities_load:
 * @ca_file: the path of a PEM file, such as a private cloud's
 * @error: return location
 *
 * Returns: (transfer full): the authorities in the file, which are trusted instead of the
 *   system's; %NULL with an error if there is none
 */
GTlsDatabase *
wb_authorities_load (const char *ca_file,
                     GError    **error)
{
  g_autoptr (GPtrArray) certificates = wb_ca_file_read (ca_file, error);
  g_autofree char *path = NULL;
  GTlsDatabase    *database;

  if (certificates == NULL)
    return NULL;

  path = wb_absolute_path_new (ca_file);
  database = g_tls_file_database_new (path, error);
  if (database == NULL)
    /* Translators: a file's path; the reason follows, so keep the space. */
    g_prefix_error (error, _ ("The CA file “%s” cannot be used: "), ca_file);

  return database;
}
