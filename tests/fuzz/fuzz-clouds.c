/* fuzz-clouds.c: any bytes as a person's file of clouds
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "core/accounts/clouds-private.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GPtrArray) clouds = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_cloud_free);
  g_autoptr (GError) error = NULL;
  gboolean applied = wb_cloud_file_apply ((const char *) data, size, FALSE, clouds, &error);

  fuzz_check (applied == (error == NULL));
  fuzz_check (error == NULL || g_utf8_validate (error->message, -1, NULL));

  return 0;
}
