/* account.h: one account's settings, none of them secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account-fields.h"
#include "core/accounts/credentials.h"
#include "core/accounts/endpoints.h"
#include "core/accounts/workspace.h"

G_BEGIN_DECLS

/**
 * WbAccount:
 *
 * An account that a person entered, imported or typed on the command line. Immutable once it is in
 * a store: edit a copy and put that in its place. Neither a transient account nor its secret
 * outlives this run.
 *
 * Its `name` is a property, read-only.
 */
#define WB_TYPE_ACCOUNT (wb_account_get_type ())
G_DECLARE_FINAL_TYPE (WbAccount, wb_account, WB, ACCOUNT, GObject)

WbAccount    *wb_account_new                 (void);
WbAccount    *wb_account_new_with_uuid       (const char      *uuid);
WbAccount    *wb_account_copy                (WbAccount       *self);
gboolean      wb_account_signs_in_like       (WbAccount       *self,
                                              WbAccount       *other);
gboolean      wb_account_equal               (WbAccount       *self,
                                              WbAccount       *other);

const char   *wb_account_get_uuid            (WbAccount       *self);
const char   *wb_account_get                 (WbAccount       *self,
                                              WbAccountField   field);
void          wb_account_set                 (WbAccount       *self,
                                              WbAccountField   field,
                                              const char      *value);
WbAuthMethod  wb_account_get_auth_method     (WbAccount       *self);
void          wb_account_set_auth_method     (WbAccount       *self,
                                              WbAuthMethod     method);
GListModel   *wb_account_get_workspaces      (WbAccount       *self);
void          wb_account_set_workspaces      (WbAccount       *self,
                                              GListModel      *workspaces);
gboolean      wb_account_get_transient       (WbAccount       *self);
void          wb_account_set_transient       (WbAccount       *self,
                                              gboolean         transient);

/* A new account with the same settings, under a name of its own; its secret is not copied. */
WbAccount    *wb_account_duplicate           (WbAccount       *self,
                                              const char      *name);

/* Whether the stored token's known time is over. */
gboolean      wb_account_has_expired_token   (WbAccount       *self,
                                              GDateTime       *now);

WbEndpoints  *wb_account_dup_endpoints       (WbAccount       *self,
                                              WbClouds        *clouds,
                                              GError         **error);

const char   *wb_account_get_default_project (WbAccount       *self);

/* NULL when well-formed, else a translated reason to show beside the field. */
char         *wb_account_validate            (WbAccount       *self,
                                              WbClouds        *clouds,
                                              WbAccountField   field);
char         *wb_account_validate_sign_in    (WbAccount       *self,
                                              WbClouds        *clouds,
                                              gboolean         to_project);

G_END_DECLS
