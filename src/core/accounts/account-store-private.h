/* account-store-private.h: what the store of accounts is made of, for what changes it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account-store.h"

G_BEGIN_DECLS

struct _WbAccountStore
{
  GObject parent_instance;

  char      *path;     /* (owned) */
  GPtrArray *accounts; /* (owned) (element-type WbAccount): sorted */

  char *last_uuid;      /* (owned) (nullable) */
  char *last_workspace; /* (owned) (nullable) */
};

void wb_account_store_take_list (WbAccountStore *self,
                                 GPtrArray      *accounts);
void wb_account_store_take_file (WbAccountStore *self,
                                 GKeyFile       *file,
                                 WbAccount      *account);

G_END_DECLS
