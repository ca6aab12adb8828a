/* withdrawn.c: which services were seen to have withdrawn their export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/withdrawn.h"

#include <unistd.h>

#include "core/accounts/account-store-private.h"

/* Beside the accounts, which are of regions; several accounts share one. */
#define FILE_NAME "services.ini"
#define GROUP "export"
#define KEY "withdrawn"

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "waybill", FILE_NAME, NULL);
}

static GStrv
dup_urls (GKeyFile *file)
{
  GStrv urls = g_key_file_get_string_list (file, GROUP, KEY, NULL, NULL);

  return urls != NULL ? urls : g_new0 (char *, 1);
}

/**
 * wb_withdrawn_is_known:
 * @service_url: the address of DataArts Factory, as #WbEndpoints has it
 *
 * Returns: whether it last answered an export by a withdrawal
 */
gboolean
wb_withdrawn_is_known (const char *service_url)
{
  g_autofree char *path = dup_path ();
  g_autoptr (GKeyFile) file = NULL;
  g_auto (GStrv) urls = NULL;

  g_return_val_if_fail (service_url != NULL, FALSE);

  file = wb_key_file_read (path, NULL, NULL);
  if (file == NULL)
    return FALSE;
  urls = dup_urls (file);

  return g_strv_contains ((const char *const *) urls, service_url);
}

/**
 * wb_withdrawn_remember:
 * @service_url: the address of DataArts Factory
 * @is_withdrawn: whether it has just answered an export by a withdrawal; else it has exported
 *
 * Without a disk that can be written, nothing is remembered: that is no failure of an export.
 */
void
wb_withdrawn_remember (const char *service_url,
                       gboolean    is_withdrawn)
{
  g_autofree char *path = dup_path ();
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_auto (GStrv) urls = NULL;
  int lock;

  g_return_if_fail (service_url != NULL);

  if (wb_withdrawn_is_known (service_url) == is_withdrawn)
    return;

  lock = wb_key_file_lock (path, NULL);
  if (lock < 0)
    return;

  file = wb_key_file_read (path, NULL, NULL);
  if (file == NULL)
    file = g_key_file_new ();
  urls = dup_urls (file);
  for (guint i = 0; urls[i] != NULL; i++)
    {
      if (!g_str_equal (urls[i], service_url))
        g_ptr_array_add (kept, urls[i]);
    }
  if (is_withdrawn)
    g_ptr_array_add (kept, (char *) service_url);
  g_key_file_set_string_list (file, GROUP, KEY, (const char *const *) kept->pdata, kept->len);
  wb_key_file_write (path, file, NULL);
  close (lock);
}
