/* fuzz-accounts.c: any bytes as the file of accounts; what is read is written the same
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "core/accounts/account-store-private.h"

static GPtrArray *
read_again (GPtrArray *accounts)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GKeyFile) written = g_key_file_new ();
  g_autofree char *text = NULL;
  gsize            length;

  for (guint i = 0; i < accounts->len; i++)
    wb_account_file_put (file, g_ptr_array_index (accounts, i));
  text = g_key_file_to_data (file, &length, NULL);
  fuzz_check (g_key_file_load_from_data (written, text, length, G_KEY_FILE_NONE, NULL));

  return wb_account_file_list (written);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autofree char *uuid = NULL;
  g_autofree char *workspace = NULL;

  if (!g_key_file_load_from_data (file, text, (gsize) -1, G_KEY_FILE_KEEP_COMMENTS, NULL))
    return 0;
  accounts = wb_account_file_list (file);
  wb_account_file_get_last_used (file, &uuid, &workspace);
  again = read_again (accounts);
  fuzz_check (again->len == accounts->len);
  for (guint i = 0; i < accounts->len; i++)
    for (WbAccountField field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
      fuzz_check (g_strcmp0 (wb_account_get (g_ptr_array_index (accounts, i), field),
                             wb_account_get (g_ptr_array_index (again, i), field))
                  == 0);

  return 0;
}
