/* authorities.c: whose certificates an account trusts, from a file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/authorities.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"

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
  g_autofree char *path = NULL;
  GList           *certificates;
  GTlsDatabase    *database;

  certificates = g_tls_certificate_list_new_from_file (ca_file, error);
  if (certificates == NULL)
    {
      if (error != NULL && *error != NULL)
        g_prefix_error (error, _ ("The CA file “%s” cannot be used: "), ca_file);
      else
        g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                     _ ("The CA file “%s” holds no certificate. Choose a file in PEM format."),
                     ca_file);
      return NULL;
    }
  g_list_free_full (certificates, g_object_unref);

  path = g_canonicalize_filename (ca_file, NULL);
  database = g_tls_file_database_new (path, error);
  if (database == NULL)
    g_prefix_error (error, _ ("The CA file “%s” cannot be used: "), ca_file);

  return database;
}
