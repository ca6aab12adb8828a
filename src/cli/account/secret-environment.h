/* secret-environment.h: secrets from the environment, which keeps no copy of them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  WB_CLI_PASSWORD,       /* WAYBILL_PASSWORD */
  WB_CLI_ACCESS_KEY,     /* WAYBILL_ACCESS_KEY */
  WB_CLI_SECRET_KEY,     /* WAYBILL_SECRET_KEY */
  WB_CLI_SECURITY_TOKEN, /* WAYBILL_SECURITY_TOKEN */
  WB_CLI_TOKEN,          /* WAYBILL_TOKEN */
  WB_CLI_PASSCODE,       /* WAYBILL_PASSCODE */
  WB_CLI_ZIP_PASSWORD,   /* WAYBILL_ZIP_PASSWORD, which no account has */
  WB_CLI_N_SECRETS
} WbCliSecret;

/* Other programs' variables. */
typedef enum
{
  WB_CLI_FAMILY_SDK,            /* HUAWEICLOUD_SDK_…, of the clouds' software kits */
  WB_CLI_FAMILY_HW,             /* HW_…, of the Terraform provider */
  WB_CLI_FAMILY_OS,             /* OS_…, OpenStack's */
  WB_CLI_FAMILY_OS_APPLICATION, /* the secret of an application credential */
} WbCliFamily;

typedef struct _WbCliSecrets WbCliSecrets;

WbCliSecrets *wb_cli_secrets_take         (void);
gboolean      wb_cli_secrets_read_fd      (WbCliSecrets  *self,
                                           int            fd,
                                           GError       **error);
WbCliSecrets *wb_cli_secrets_copy         (WbCliSecrets *self);
void          wb_cli_secrets_free         (WbCliSecrets *self);
const char   *wb_cli_secrets_get          (WbCliSecrets *self,
                                           WbCliSecret   which);
char         *wb_cli_secrets_steal        (WbCliSecrets *self,
                                           WbCliSecret   which);

/* Other programs' secrets count only where there is none of ours, and no stored one. */
gboolean      wb_cli_secrets_has_own      (WbCliSecrets *self);
gboolean      wb_cli_secrets_has_foreign  (WbCliSecrets *self,
                                           WbCliFamily   family,
                                           WbCliSecret   which);
void          wb_cli_secrets_offer        (WbCliSecrets *self,
                                           const char   *variable,
                                           const char   *value,
                                           const char   *origin);
void          wb_cli_secrets_adopt        (WbCliSecrets *self,
                                           WbCliFamily   family);

gboolean      wb_cli_secrets_know         (const char   *foreign_variable);

const char   *wb_cli_secret_get_variable  (WbCliSecret   which);
const char   *wb_cli_secrets_get_origin   (WbCliSecrets *self,
                                           WbCliSecret   which);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCliSecrets, wb_cli_secrets_free)

G_END_DECLS
