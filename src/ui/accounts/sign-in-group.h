/* sign-in-group.h: the rows that say who signs in, and how; the secret is elsewhere
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/accounts/account.h"

G_BEGIN_DECLS

#define WB_TYPE_SIGN_IN_GROUP (wb_sign_in_group_get_type ())
G_DECLARE_FINAL_TYPE (WbSignInGroup, wb_sign_in_group, WB, SIGN_IN_GROUP, AdwPreferencesGroup)

void         wb_sign_in_group_read        (WbSignInGroup *self,
                                           WbAccount     *account);
void         wb_sign_in_group_write       (WbSignInGroup *self,
                                           WbAccount     *account);
void         wb_sign_in_group_check       (WbSignInGroup *self,
                                           WbAccount     *account,
                                           WbClouds      *clouds);
void         wb_sign_in_group_add_wanting (WbSignInGroup *self,
                                           GPtrArray     *titles);
WbAuthMethod wb_sign_in_group_get_method  (WbSignInGroup *self);

G_END_DECLS
