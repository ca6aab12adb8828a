/* account-names.c: names of accounts that people can distinguish
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/account-store-private.h"

#include <glib/gi18n-lib.h>

#include "core/accounts/account.h"

/* People can distinguish two names if these keys differ. Capitals and spaces can come out of the
 * normalization, of `㎒` and of an ideographic space: a second round takes them. */
static char *
dup_name_key (const char *name)
{
  char *key = g_utf8_make_valid (name, -1);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *folded = g_utf8_casefold (key, -1);

      g_free (key);
      key = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
    }

  return g_strstrip (key);
}

/* A #GCompareFunc for arrays of #WbAccount. */
int
wb_account_names_compare (gconstpointer a,
                          gconstpointer b)
{
  WbAccount       *one = *(WbAccount *const *) a;
  WbAccount       *two = *(WbAccount *const *) b;
  g_autofree char *one_key = dup_name_key (wb_account_get (one, WB_ACCOUNT_NAME));
  g_autofree char *two_key = dup_name_key (wb_account_get (two, WB_ACCOUNT_NAME));
  int              order = g_utf8_collate (one_key, two_key);

  if (order != 0)
    return order;

  return g_strcmp0 (wb_account_get_uuid (one), wb_account_get_uuid (two));
}

/**
 * wb_account_names_validate:
 * @accounts: (element-type WbAccount): accounts
 * @name: a name for one more
 * @except_uuid: (nullable): the UUID of the account it is for
 *
 * Returns: (transfer full) (nullable): %NULL if the name is free, else the reason as a translated
 *   sentence
 */
char *
wb_account_names_validate (GPtrArray  *accounts,
                           const char *name,
                           const char *except_uuid)
{
  g_autofree char *key = dup_name_key (name);

  for (guint i = 0; i < accounts->len; i++)
    {
      WbAccount       *account = g_ptr_array_index (accounts, i);
      g_autofree char *taken = dup_name_key (wb_account_get (account, WB_ACCOUNT_NAME));

      if (g_str_equal (key, taken) && g_strcmp0 (wb_account_get_uuid (account), except_uuid) != 0)
        return g_strdup (_ ("Another account has this name: enter another one."));
    }

  return NULL;
}
