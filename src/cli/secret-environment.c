/* secret-environment.c: secrets from the environment, which keeps no copy of them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/secret-environment.h"

#include <string.h>

struct _WbCliSecrets
{
  char *values[WB_CLI_N_SECRETS]; /* (owned) (nullable) */
};

/* No option takes a secret: what stands in argv can be read by every user of the computer. */
static const char *const variables[WB_CLI_N_SECRETS] = {
  [WB_CLI_PASSWORD] = "WAYBILL_PASSWORD",
  [WB_CLI_ACCESS_KEY] = "WAYBILL_ACCESS_KEY",
  [WB_CLI_SECRET_KEY] = "WAYBILL_SECRET_KEY",
  [WB_CLI_SECURITY_TOKEN] = "WAYBILL_SECURITY_TOKEN",
  [WB_CLI_TOKEN] = "WAYBILL_TOKEN",
};

/**
 * wb_cli_secrets_take:
 *
 * Reads all secrets from the environment and removes them there: from the variables, so that no
 * child inherits them, and from the memory behind `/proc/PID/environ`, which unsetenv() leaves as
 * it is. To be called before there are threads.
 *
 * Returns: (transfer full): the secrets
 */
WbCliSecrets *
wb_cli_secrets_take (void)
{
  WbCliSecrets *self = g_new0 (WbCliSecrets, 1);

  for (guint i = 0; i < WB_CLI_N_SECRETS; i++)
    {
      /* The environment's own bytes, which GLib hands out as const, are overwritten on purpose. */
      char *value = (char *) g_getenv (variables[i]);

      if (value == NULL)
        continue;
      if (*value != '\0')
        self->values[i] = g_strdup (value);
      explicit_bzero (value, strlen (value));
      g_unsetenv (variables[i]);
    }

  return self;
}

/**
 * wb_cli_secrets_free:
 * @self: (transfer full): the secrets
 *
 * Overwrites them before their memory is given back.
 */
void
wb_cli_secrets_free (WbCliSecrets *self)
{
  for (guint i = 0; i < WB_CLI_N_SECRETS; i++)
    wb_cli_secret_clear (self->values[i]);
  g_free (self);
}

/**
 * wb_cli_secrets_get:
 * @self: the secrets
 * @which: one of them
 *
 * Returns: (nullable): it, or %NULL where the variable was not set or empty
 */
const char *
wb_cli_secrets_get (WbCliSecrets *self,
                    WbCliSecret   which)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (which < WB_CLI_N_SECRETS, NULL);

  return self->values[which];
}

/**
 * wb_cli_secret_get_variable:
 * @which: a secret
 *
 * Returns: the name of its environment variable
 */
const char *
wb_cli_secret_get_variable (WbCliSecret which)
{
  g_return_val_if_fail (which < WB_CLI_N_SECRETS, NULL);

  return variables[which];
}

/**
 * wb_cli_secret_clear:
 * @secret: (transfer full) (nullable): a secret
 *
 * Overwrites it and gives its memory back.
 */
void
wb_cli_secret_clear (char *secret)
{
  if (secret == NULL)
    return;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
