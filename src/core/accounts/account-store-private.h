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

void       wb_account_store_take_list    (WbAccountStore  *self,
                                          GPtrArray       *accounts);
void       wb_account_store_take_file    (WbAccountStore  *self,
                                          GKeyFile        *file,
                                          WbAccount       *account);

/* --- account-names: names of accounts that people can distinguish --- */

/* Names that differ only in case, or in the spaces around them, count as the same. */
int        wb_account_names_compare      (gconstpointer    a,
                                          gconstpointer    b);
char      *wb_account_names_validate     (GPtrArray       *accounts,
                                          const char      *name,
                                          const char      *except_uuid);

/* --- account-file: accounts as groups of a key file --- */

GPtrArray *wb_account_file_list          (GKeyFile        *file);
gboolean   wb_account_file_validate      (WbAccount       *account,
                                          GError         **error);
void       wb_account_file_put           (GKeyFile        *file,
                                          WbAccount       *account);
void       wb_account_file_remove        (GKeyFile        *file,
                                          const char      *uuid);
gboolean   wb_account_file_get_last_used (GKeyFile        *file,
                                          char           **uuid,
                                          char           **workspace_id);
void       wb_account_file_set_last_used (GKeyFile        *file,
                                          const char      *uuid,
                                          const char      *workspace_id);

/* --- key-file: a small key file for its owner alone, read with suspicion and replaced whole --- */

int        wb_key_file_lock              (const char      *path,
                                          GError         **error);
GKeyFile  *wb_key_file_read              (const char      *path,
                                          gboolean        *damaged,
                                          GError         **error);
gboolean   wb_key_file_write             (const char      *path,
                                          GKeyFile        *file,
                                          GError         **error);
gboolean   wb_key_file_set_aside         (const char      *path,
                                          GError         **error);

G_END_DECLS
