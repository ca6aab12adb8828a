/* more-sign-in-group.h: the rows for the rarer ways to sign in with a password
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/accounts/account.h"

G_BEGIN_DECLS

#define WB_TYPE_MORE_SIGN_IN_GROUP (wb_more_sign_in_group_get_type ())
G_DECLARE_FINAL_TYPE (WbMoreSignInGroup, wb_more_sign_in_group, WB, MORE_SIGN_IN_GROUP,
                      AdwPreferencesGroup)

void wb_more_sign_in_group_read        (WbMoreSignInGroup *self,
                                        WbAccount         *account);
void wb_more_sign_in_group_write       (WbMoreSignInGroup *self,
                                        WbAccount         *account);
void wb_more_sign_in_group_check       (WbMoreSignInGroup *self,
                                        WbAccount         *account,
                                        WbClouds          *clouds);
void wb_more_sign_in_group_add_wanting (WbMoreSignInGroup *self,
                                        GPtrArray         *titles);

G_END_DECLS
