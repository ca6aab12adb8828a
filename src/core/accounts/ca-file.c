/* ca-file.c: a private cloud's certificate authorities, and the copy of them that is kept
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/ca-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/error.h"
#include "core/input-limits.h"
#include "core/new-file.h"
#include "core/sha256.h"
#include "core/text.h"

#define MAX_STEM_CHARS 40
#define HASH_CHARS 16

#define STEM_CHARS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_."

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "waybill", "ca", NULL);
}

static gboolean
is_kept (const char *path)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *parent = g_path_get_dirname (path);

  return g_str_equal (parent, folder);
}

static gboolean
set_error (GError    **error,
           const char *path,
           const char *reason)
{
  g_autofree char *shown = wb_text_escape (path, -1);

  /* Translators: a file with certificates, and a sentence about what is wrong with it */
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("The CA file “%s” cannot be used: %s"), shown,
               reason);

  return FALSE;
}

/* Reading a pipe would block, and a device has no end. */
static gboolean
check_file (const char *path,
            GError    **error)
{
  struct stat info;

  if (stat (path, &info) != 0)
    return set_error (error, path, g_strerror (errno));
  if (!S_ISREG (info.st_mode))
    return set_error (error, path, _ ("it is not a file."));
  if (info.st_size > WB_CA_FILE_MAX_BYTES)
    return set_error (error, path, _ ("it is too large for a file of certificates."));

  return TRUE;
}

/* The account shows this path, so it begins with the file's own name; a hash of the contents
 * follows. */
static char *
dup_kept_path (const char *path,
               const char *text)
{
  g_autoptr (WbSha256) sha256 = wb_sha256_new ();
  g_autofree char *folder = dup_folder ();
  g_autofree char *stem = g_path_get_basename (path);
  g_autofree char *hash = NULL;
  g_autofree char *name = NULL;
  char            *dot = strrchr (stem, '.');

  if (dot != NULL)
    *dot = '\0';
  g_strcanon (stem, STEM_CHARS, '-');
  wb_sha256_update (sha256, text, strlen (text));
  hash = wb_sha256_free_to_hex (g_steal_pointer (&sha256));
  name = g_strdup_printf ("%.*s-%.*s.pem", MAX_STEM_CHARS, stem, HASH_CHARS, hash);

  return g_build_filename (folder, name, NULL);
}

/**
 * wb_ca_file_read:
 * @path: (type filename): a file, which may be anything
 * @error: (out) (optional): %WB_ERROR_INVALID with a sentence that names the file
 *
 * Returns: (transfer full) (element-type GTlsCertificate): the certificates in it, at least one
 */
GPtrArray *
wb_ca_file_read (const char *path,
                 GError    **error)
{
  g_autoptr (GPtrArray) certificates = NULL;
  g_autoptr (GError) local_error = NULL;
  GList *list;

  g_return_val_if_fail (path != NULL, NULL);

  if (!check_file (path, error))
    return NULL;

  list = g_tls_certificate_list_new_from_file (path, &local_error);
  if (list == NULL)
    {
      set_error (error, path,
                 local_error != NULL && local_error->domain != G_TLS_ERROR
                   ? local_error->message
                   : _ ("it holds no certificate that can be read. Choose a file in PEM format."));
      return NULL;
    }

  certificates = g_ptr_array_new_with_free_func (g_object_unref);
  for (GList *l = list; l != NULL; l = l->next)
    g_ptr_array_add (certificates, l->data);
  g_list_free (list);

  return g_steal_pointer (&certificates);
}

/**
 * wb_ca_file_keep:
 * @path: (type filename): a file that a person chose
 * @error: (out) (optional): %WB_ERROR_INVALID with a sentence that names the file, or an error of
 *   GLib
 *
 * Copies the certificates, and nothing else that may be in the file, such as a private key. A file
 * that is a copy already stays as it is.
 *
 * Returns: (transfer full) (type filename): the copy
 */
char *
wb_ca_file_keep (const char *path,
                 GError    **error)
{
  g_autoptr (GPtrArray) certificates = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *folder = NULL;
  g_autofree char *kept = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (is_kept (path))
    return g_strdup (path);

  certificates = wb_ca_file_read (path, error);
  if (certificates == NULL)
    return NULL;
  for (guint i = 0; i < certificates->len; i++)
    {
      g_autofree char *pem = NULL;

      g_object_get (g_ptr_array_index (certificates, i), "certificate-pem", &pem, NULL);
      g_string_append (text, pem);
    }

  folder = dup_folder ();
  kept = dup_kept_path (path, text->str);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int saved_errno = errno;

      /* Translators: the system's reason. */
      g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE, _ ("The CA file could not be kept: %s."),
                   g_strerror (saved_errno));
      return NULL;
    }
  if (!wb_new_file_write_text (kept, text->str, text->len, error))
    {
      g_prefix_error (error, "%s ", _ ("The CA file could not be kept:"));
      return NULL;
    }

  return g_steal_pointer (&kept);
}

/**
 * wb_ca_file_drop:
 * @path: (type filename): a file
 *
 * Removes it, if it is a copy of wb_ca_file_keep().
 */
void
wb_ca_file_drop (const char *path)
{
  g_return_if_fail (path != NULL);

  if (is_kept (path) && g_unlink (path) != 0)
    g_debug ("A CA file that nobody needs is still there: %s", g_strerror (errno));
}
