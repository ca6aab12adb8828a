/* fuzz-credentials.c: any bytes as a file of access keys, or as OpenStack's clouds.yaml
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "core/accounts/credential-file.h"
#include "core/accounts/openstack-cloud.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (WbOpenstackCloud) cloud = wb_openstack_cloud_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) cloud_error = NULL;
  g_autoptr (GListModel) keys = wb_credential_file_parse (bytes, &error);
  g_autofree char *names = NULL;
  g_auto (GStrv) auth = NULL;

  fuzz_check ((keys == NULL) == (error != NULL));
  fuzz_check (error == NULL || g_utf8_validate (error->message, -1, NULL));
  for (guint i = 0; keys != NULL && i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (WbFoundKey) key = g_list_model_get_item (keys, i);

      fuzz_check (wb_found_key_get_name (key) != NULL);
      fuzz_check (wb_found_key_get_credentials (key) != NULL);
    }

  wb_openstack_cloud_add (cloud, bytes, "clouds", "a", &names, &cloud_error);
  fuzz_check (cloud_error == NULL || g_utf8_validate (cloud_error->message, -1, NULL));
  auth = wb_openstack_cloud_list_auth (cloud);
  wb_openstack_cloud_get (cloud, "auth.password");

  return 0;
}
