/* account-store.h: all accounts, kept in a key file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"

G_BEGIN_DECLS

/**
 * WbAccountStore:
 *
 * A #GListModel of #WbAccount in the order of their names. The program makes one and keeps it as
 * long as it runs; other processes may change the same file.
 */
#define WB_TYPE_ACCOUNT_STORE (wb_account_store_get_type ())
G_DECLARE_FINAL_TYPE (WbAccountStore, wb_account_store, WB, ACCOUNT_STORE, GObject)

char           *wb_account_store_dup_default_path (void);
WbAccountStore *wb_account_store_new              (const char      *path);
gboolean        wb_account_store_load             (WbAccountStore  *self,
                                                   GError         **error);

/* Changes are written at once, and change nothing when that fails. Transient accounts are never
 * written. */
gboolean        wb_account_store_put              (WbAccountStore  *self,
                                                   WbAccount       *account,
                                                   GError         **error);
gboolean        wb_account_store_remove           (WbAccountStore  *self,
                                                   const char      *uuid,
                                                   GError         **error);

void            wb_account_store_drop_ca_file     (WbAccountStore  *self,
                                                   const char      *path);

char           *wb_account_store_validate_name    (WbAccountStore  *self,
                                                   const char      *name,
                                                   const char      *except_uuid);

char           *wb_account_store_dup_free_name    (WbAccountStore  *self,
                                                   const char      *name);

WbAccount      *wb_account_store_find             (WbAccountStore  *self,
                                                   const char      *uuid);
WbAccount      *wb_account_store_find_by_name     (WbAccountStore  *self,
                                                   const char      *name);

/* The account and workspace that were used last; the desktop's Export action uses them. */
WbAccount      *wb_account_store_get_last_used    (WbAccountStore  *self,
                                                   const char     **workspace_id);
gboolean        wb_account_store_set_last_used    (WbAccountStore  *self,
                                                   WbAccount       *account,
                                                   const char      *workspace_id,
                                                   GError         **error);

G_END_DECLS
