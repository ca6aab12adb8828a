/* secret-group.h: the rows in which the user enters an account's secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/accounts/credentials.h"

G_BEGIN_DECLS

/**
 * WbSecretState:
 * @WB_SECRET_NONE: nothing is kept
 * @WB_SECRET_LOOKING: not known yet
 * @WB_SECRET_STORED: it is in the keyring
 * @WB_SECRET_THIS_RUN: it is in memory until the program ends
 */
typedef enum
{
  WB_SECRET_NONE,
  WB_SECRET_LOOKING,
  WB_SECRET_STORED,
  WB_SECRET_THIS_RUN,
} WbSecretState;

#define WB_TYPE_SECRET_GROUP (wb_secret_group_get_type ())
G_DECLARE_FINAL_TYPE (WbSecretGroup, wb_secret_group, WB, SECRET_GROUP, AdwPreferencesGroup)

void           wb_secret_group_set_method        (WbSecretGroup *self,
                                                  WbAuthMethod   method);
void           wb_secret_group_set_kept          (WbSecretGroup *self,
                                                  WbSecretState  state,
                                                  WbAuthMethod   method);
void           wb_secret_group_keep_typed        (WbSecretGroup *self,
                                                  WbSecretState  state);
void           wb_secret_group_set_hint          (WbSecretGroup *self,
                                                  const char    *hint);
void           wb_secret_group_set_token_expires (WbSecretGroup *self,
                                                  const char    *expires);
const char    *wb_secret_group_get_token_expires (WbSecretGroup *self);
gboolean       wb_secret_group_get_empty         (WbSecretGroup *self);
gboolean       wb_secret_group_get_complete      (WbSecretGroup *self);
const char    *wb_secret_group_get_wanting       (WbSecretGroup *self);
WbCredentials *wb_secret_group_dup_credentials   (WbSecretGroup *self,
                                                  const char    *domain,
                                                  const char    *user);
void           wb_secret_group_focus             (WbSecretGroup *self);
void           wb_secret_group_clear             (WbSecretGroup *self);

G_END_DECLS
