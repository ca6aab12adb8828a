/* secret-environment.c: secrets from the environment, which keeps no copy of them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/secret-environment.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "core/error.h"
#include "core/wipe.h"

/* Some tokens, each some kilobytes long. */
#define MAX_FD_BYTES (64 * 1024)

/* Secrets of other programs. */
enum
{
  SDK_ACCESS_KEY,
  SDK_SECRET_KEY,
  SDK_SECURITY_TOKEN,
  OS_PASSWORD,
  N_FOREIGN
};

struct _WbCliSecrets
{
  char *values[WB_CLI_N_SECRETS]; /* (owned) (nullable) */
  char *foreign[N_FOREIGN];       /* (owned) (nullable) */
};

/* No option takes a secret: what stands in argv can be read by every user of the computer. */
static const char *const variables[WB_CLI_N_SECRETS] = {
  [WB_CLI_PASSWORD] = "WAYBILL_PASSWORD",
  [WB_CLI_ACCESS_KEY] = "WAYBILL_ACCESS_KEY",
  [WB_CLI_SECRET_KEY] = "WAYBILL_SECRET_KEY",
  [WB_CLI_SECURITY_TOKEN] = "WAYBILL_SECURITY_TOKEN",
  [WB_CLI_TOKEN] = "WAYBILL_TOKEN",
  [WB_CLI_PASSCODE] = "WAYBILL_PASSCODE",
};

static const char *const foreign_variables[N_FOREIGN] = {
  [SDK_ACCESS_KEY] = "HUAWEICLOUD_SDK_AK",
  [SDK_SECRET_KEY] = "HUAWEICLOUD_SDK_SK",
  [SDK_SECURITY_TOKEN] = "HUAWEICLOUD_SDK_SECURITY_TOKEN",
  [OS_PASSWORD] = "OS_PASSWORD",
};

/* Takes the variable's value out of the environment. */
static char *
take (const char *variable)
{
  /* The environment's own bytes, which GLib hands out as const, are overwritten on purpose. */
  char *value = (char *) g_getenv (variable);
  char *copy = NULL;

  if (value == NULL)
    return NULL;

  if (*value != '\0')
    copy = g_strdup (value);
  explicit_bzero (value, strlen (value));
  g_unsetenv (variable);

  return copy;
}

static gboolean
has_any (WbCliSecrets *self)
{
  for (guint i = 0; i < WB_CLI_N_SECRETS; i++)
    {
      if (self->values[i] != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Our variables take precedence over all of OpenStack's. */
static void
ignore_foreign (WbCliSecrets *self)
{
  if (has_any (self))
    g_unsetenv ("OS_AUTH_URL");
}

static void
adopt (WbCliSecrets *self,
       WbCliSecret   which,
       guint         foreign)
{
  wb_wipe_and_free (self->values[which]);
  self->values[which] = g_steal_pointer (&self->foreign[foreign]);
}

static gboolean
set_fd_error (GError    **error,
              guint       line,
              const char *reason)
{
  /* Translators: a line's number, and what is wrong with it. */
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("--secrets-fd: line %u: %s"), line, reason);

  return FALSE;
}

static gboolean
read_line (WbCliSecrets *self,
           const char   *line,
           gsize         length,
           guint         number,
           GError      **error)
{
  if (length > 0 && line[length - 1] == '\r')
    length--;
  if (length == 0)
    return TRUE;

  for (guint i = 0; i < WB_CLI_N_SECRETS; i++)
    {
      gsize name_length = strlen (variables[i]);

      if (length <= name_length || memcmp (line, variables[i], name_length) != 0
          || line[name_length] != '=')
        continue;
      if (memchr (line, '\0', length) != NULL)
        return set_fd_error (error, number, _ ("there is a NUL character in it."));

      wb_wipe_and_free (self->values[i]);
      self->values[i] = g_strndup (line + name_length + 1, length - name_length - 1);
      return TRUE;
    }

  return set_fd_error (error, number,
                       _ ("it does not begin with WAYBILL_PASSWORD= or another of the variables."));
}

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
    self->values[i] = take (variables[i]);
  for (guint i = 0; i < N_FOREIGN; i++)
    self->foreign[i] = take (foreign_variables[i]);
  ignore_foreign (self);

  return self;
}

/**
 * wb_cli_secrets_read_fd:
 * @self: the secrets
 * @fd: a file descriptor to read to its end, or -1 for none
 * @error: return location
 *
 * Each line names one of the variables, as in `WAYBILL_PASSWORD=…`, and goes before what was in
 * the environment. No error repeats anything of it.
 *
 * Returns: %TRUE if all lines were understood
 */
gboolean
wb_cli_secrets_read_fd (WbCliSecrets *self,
                        int           fd,
                        GError      **error)
{
  char    *bytes;
  gsize    length = 0;
  gssize   n = 0;
  gboolean is_right = TRUE;
  guint    number = 1;

  if (fd == -1)
    return TRUE;
  if (fd < 0 || fd == STDOUT_FILENO || fd == STDERR_FILENO)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("--secrets-fd is the number of a file descriptor that is open for "
                              "reading, such as 3."));
      return FALSE;
    }

  /* A fixed size leaves no copy behind in memory. */
  bytes = g_malloc (MAX_FD_BYTES);
  do
    {
      n = read (fd, bytes + length, MAX_FD_BYTES - length);
      if (n > 0)
        length += (gsize) n;
    }
  while ((n > 0 && length < MAX_FD_BYTES) || (n < 0 && errno == EINTR));

  if (n < 0)
    {
      int saved_errno = errno;

      /* Translators: the system's reason, without a full stop. */
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("--secrets-fd: %s."),
                   g_strerror (saved_errno));
      is_right = FALSE;
    }
  else if (length == MAX_FD_BYTES)
    {
      is_right = set_fd_error (error, number, _ ("it is longer than secrets can be."));
    }
  close (fd);

  for (gsize start = 0; is_right && start < length; number++)
    {
      const char *end = memchr (bytes + start, '\n', length - start);
      gsize       line_length = end != NULL ? (gsize) (end - bytes) - start : length - start;

      is_right = read_line (self, bytes + start, line_length, number, error);
      start += line_length + 1;
    }

  ignore_foreign (self);
  explicit_bzero (bytes, MAX_FD_BYTES);
  g_free (bytes);

  return is_right;
}

/* Overwrites them before their memory is given back. */
void
wb_cli_secrets_free (WbCliSecrets *self)
{
  for (guint i = 0; i < WB_CLI_N_SECRETS; i++)
    wb_wipe_and_free (self->values[i]);
  for (guint i = 0; i < N_FOREIGN; i++)
    wb_wipe_and_free (self->foreign[i]);
  g_free (self);
}

/* %NULL where the variable was not set or empty. */
const char *
wb_cli_secrets_get (WbCliSecrets *self,
                    WbCliSecret   which)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (which < WB_CLI_N_SECRETS, NULL);

  return self->values[which];
}

/**
 * wb_cli_secrets_steal:
 * @self: the secrets
 * @which: one of them
 *
 * Returns: (transfer full) (nullable): it, for wb_wipe_and_free(); it is not there any more
 */
char *
wb_cli_secrets_steal (WbCliSecrets *self,
                      WbCliSecret   which)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (which < WB_CLI_N_SECRETS, NULL);

  return g_steal_pointer (&self->values[which]);
}

/**
 * wb_cli_secrets_adopt_sdk:
 * @self: the secrets
 *
 * Takes the access key of the clouds' software kits, unless there is any secret of our own.
 */
void
wb_cli_secrets_adopt_sdk (WbCliSecrets *self)
{
  g_return_if_fail (self != NULL);

  if (has_any (self))
    return;

  adopt (self, WB_CLI_ACCESS_KEY, SDK_ACCESS_KEY);
  adopt (self, WB_CLI_SECRET_KEY, SDK_SECRET_KEY);
  adopt (self, WB_CLI_SECURITY_TOKEN, SDK_SECURITY_TOKEN);
}

/**
 * wb_cli_secrets_adopt_os:
 * @self: the secrets
 *
 * Takes OpenStack's password, unless there is any secret of our own. Only for the identity service
 * that `OS_AUTH_URL` names.
 */
void
wb_cli_secrets_adopt_os (WbCliSecrets *self)
{
  g_return_if_fail (self != NULL);

  if (!has_any (self))
    adopt (self, WB_CLI_PASSWORD, OS_PASSWORD);
}

const char *
wb_cli_secret_get_variable (WbCliSecret which)
{
  g_return_val_if_fail (which < WB_CLI_N_SECRETS, NULL);

  return variables[which];
}
