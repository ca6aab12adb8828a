/* environment.h: the settings in other programs' variables, and in clouds.yaml
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/account/secret-environment.h"
#include "core/accounts/account.h"

G_BEGIN_DECLS

/* OpenStack's variables (OS_…), those of the Terraform provider (HW_…) and of the clouds' software
 * kits (HUAWEICLOUD_SDK_…), each as its own tool takes it. A cloud of clouds.yaml is as if
 * OpenStack's variables had been set to what it says. */
typedef struct _WbCliEnvironment WbCliEnvironment;

WbCliEnvironment *wb_cli_environment_new           (const char        *os_cloud,
                                                    WbCliSecrets      *secrets,
                                                    GError           **error);
void              wb_cli_environment_free          (WbCliEnvironment  *self);

gboolean          wb_cli_environment_has_account   (WbCliEnvironment  *self);
gboolean          wb_cli_environment_place         (WbCliEnvironment  *self,
                                                    WbAccount         *account,
                                                    WbClouds          *clouds,
                                                    GError           **error);
gboolean          wb_cli_environment_choose_method (WbCliEnvironment  *self,
                                                    WbAccount         *account,
                                                    WbClouds          *clouds,
                                                    WbAuthMethod      *method,
                                                    GError           **error);
gboolean          wb_cli_environment_fill          (WbCliEnvironment  *self,
                                                    WbAccount         *account,
                                                    WbClouds          *clouds,
                                                    GError           **error);
const char       *wb_cli_environment_get_origin    (WbCliEnvironment  *self,
                                                    WbAccountField     field);
void              wb_cli_environment_adopt         (WbCliEnvironment  *self,
                                                    WbAccount         *account,
                                                    WbClouds          *clouds,
                                                    WbAuthMethod       method);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCliEnvironment, wb_cli_environment_free)

G_END_DECLS
