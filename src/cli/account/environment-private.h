/* environment-private.h: the parts of the environment: variables, places, and what is refused
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/account/environment.h"
#include "core/accounts/openstack-cloud.h"

G_BEGIN_DECLS

struct _WbCliEnvironment
{
  WbCliSecrets     *secrets;                      /* (unowned) */
  WbOpenstackCloud *cloud;                        /* (owned) (nullable): of clouds.yaml */
  char             *cloud_name;                   /* (owned) (nullable) */
  gboolean          is_mixed;                     /* variables say what the cloud does not */
  char             *origins[WB_ACCOUNT_N_FIELDS]; /* (owned) (nullable): of what was filled in */
};

/* --- environment.c --- */

const char *wb_cli_environment_get        (WbCliEnvironment  *self,
                                           const char        *variable);
char       *wb_cli_environment_dup_origin (WbCliEnvironment  *self,
                                           const char        *variable);
char       *wb_cli_environment_dup_cloud_origin
                                          (WbCliEnvironment  *self,
                                           const char        *key);
char       *wb_cli_environment_dup_url    (WbCliEnvironment  *self,
                                           WbCliFamily        family);
void        wb_cli_environment_set        (WbCliEnvironment  *self,
                                           WbAccount         *account,
                                           WbAccountField     field,
                                           const char        *value,
                                           const char        *variable);

/* --- environment-family.c --- */

gboolean    wb_cli_environment_is_active  (WbCliEnvironment  *self,
                                           WbCliFamily        family,
                                           WbAccount         *account,
                                           WbClouds          *clouds);
gboolean    wb_cli_environment_refuse     (WbCliEnvironment  *self,
                                           WbCliFamily        family,
                                           WbAccount         *account,
                                           GError           **error);

gboolean    wb_cli_environment_reject     (const char        *origin,
                                           GError           **error);
gboolean    wb_cli_environment_is_false   (const char        *value);
void        wb_cli_environment_note_check (const char        *origin);

/* --- os-cloud.c --- */

WbOpenstackCloud *wb_cli_os_cloud_load    (const char        *name,
                                           GError           **error);

G_END_DECLS
