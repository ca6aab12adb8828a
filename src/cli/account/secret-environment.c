/* secret-environment.c: secrets from the environment, which keeps no copy of them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/secret-environment.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "core/error.h"
#include "core/input-limits.h"
#include "core/wipe.h"

/* Secrets of other programs, for which they have these variables. Of two for the same the first one
 * counts. */
static const struct
{
  const char *variable;
  WbCliFamily family;
  WbCliSecret secret;
} foreign_variables[] = {
  { "HUAWEICLOUD_SDK_AK", WB_CLI_FAMILY_SDK, WB_CLI_ACCESS_KEY },
  { "HUAWEICLOUD_SDK_SK", WB_CLI_FAMILY_SDK, WB_CLI_SECRET_KEY },
  { "HUAWEICLOUD_SDK_SECURITY_TOKEN", WB_CLI_FAMILY_SDK, WB_CLI_SECURITY_TOKEN },
  { "HW_ACCESS_KEY", WB_CLI_FAMILY_HW, WB_CLI_ACCESS_KEY },
  { "HW_SECRET_KEY", WB_CLI_FAMILY_HW, WB_CLI_SECRET_KEY },
  { "HW_SECURITY_TOKEN", WB_CLI_FAMILY_HW, WB_CLI_SECURITY_TOKEN },
  { "HW_AUTH_TOKEN", WB_CLI_FAMILY_HW, WB_CLI_TOKEN },
  { "HW_USER_PASSWORD", WB_CLI_FAMILY_HW, WB_CLI_PASSWORD },
  { "HW_PASSWORD", WB_CLI_FAMILY_HW, WB_CLI_PASSWORD },
  { "OS_APPLICATION_CREDENTIAL_SECRET", WB_CLI_FAMILY_OS_APPLICATION, WB_CLI_PASSWORD },
  { "OS_PASSWORD", WB_CLI_FAMILY_OS, WB_CLI_PASSWORD },
  { "OS_PASSCODE", WB_CLI_FAMILY_OS, WB_CLI_PASSCODE },
  { "OS_TOKEN", WB_CLI_FAMILY_OS, WB_CLI_TOKEN },
  { "OS_AUTH_TOKEN", WB_CLI_FAMILY_OS, WB_CLI_TOKEN },
  { "OS_ACCESS_KEY", WB_CLI_FAMILY_OS, WB_CLI_ACCESS_KEY },
  { "OS_SECRET_KEY", WB_CLI_FAMILY_OS, WB_CLI_SECRET_KEY },
  { "OS_SECURITY_TOKEN", WB_CLI_FAMILY_OS, WB_CLI_SECURITY_TOKEN },
};

#define N_FOREIGN G_N_ELEMENTS (foreign_variables)

typedef struct
{
  char *value;  /* (owned) (nullable) */
  char *origin; /* (owned) (nullable): where it comes from, if that is not the variable */
} Found;

struct _WbCliSecrets
{
  Found found[WB_CLI_N_SECRETS];
  Found foreign[N_FOREIGN];
};

/* No option takes a secret: what stands in argv can be read by every user of the computer. */
static const char *const variables[WB_CLI_N_SECRETS] = {
  [WB_CLI_PASSWORD] = "WAYBILL_PASSWORD",
  [WB_CLI_ACCESS_KEY] = "WAYBILL_ACCESS_KEY",
  [WB_CLI_SECRET_KEY] = "WAYBILL_SECRET_KEY",
  [WB_CLI_SECURITY_TOKEN] = "WAYBILL_SECURITY_TOKEN",
  [WB_CLI_TOKEN] = "WAYBILL_TOKEN",
  [WB_CLI_PASSCODE] = "WAYBILL_PASSCODE",
  [WB_CLI_ZIP_PASSWORD] = "WAYBILL_ZIP_PASSWORD",
};

static void
set (Found      *self,
     char       *value,
     const char *origin)
{
  wb_wipe_and_free (self->value);
  self->value = value;
  g_free (self->origin);
  self->origin = g_strdup (origin);
}

static void
clear (Found *self)
{
  set (self, NULL, NULL);
}

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
      gsize            name_length = strlen (variables[i]);
      g_autofree char *origin = NULL;

      if (length <= name_length || memcmp (line, variables[i], name_length) != 0
          || line[name_length] != '=')
        continue;
      if (memchr (line, '\0', length) != NULL)
        return set_fd_error (error, number, _ ("there is a NUL character in it."));

      origin = g_strconcat ("--secrets-fd: ", variables[i], NULL);
      set (&self->found[i],
           g_strndup (line + name_length + 1, length - name_length - 1), origin);
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
    self->found[i].value = take (variables[i]);
  for (guint i = 0; i < N_FOREIGN; i++)
    self->foreign[i].value = take (foreign_variables[i].variable);

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
  bytes = g_malloc (WB_SECRETS_FD_MAX_BYTES);
  do
    {
      n = read (fd, bytes + length, WB_SECRETS_FD_MAX_BYTES - length);
      if (n > 0)
        length += (gsize) n;
    }
  while ((n > 0 && length < WB_SECRETS_FD_MAX_BYTES) || (n < 0 && errno == EINTR));

  if (n < 0)
    {
      int saved_errno = errno;

      /* Translators: the system's reason, without a full stop. */
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("--secrets-fd: %s."),
                   g_strerror (saved_errno));
      is_right = FALSE;
    }
  else if (length == WB_SECRETS_FD_MAX_BYTES)
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

  explicit_bzero (bytes, WB_SECRETS_FD_MAX_BYTES);
  g_free (bytes);

  return is_right;
}

/**
 * wb_cli_secrets_copy:
 * @self: the secrets
 *
 * What one account adopts of other programs' secrets is not another one's.
 *
 * Returns: (transfer full): a copy
 */
WbCliSecrets *
wb_cli_secrets_copy (WbCliSecrets *self)
{
  WbCliSecrets *copy = g_new0 (WbCliSecrets, 1);

  for (guint i = 0; i < WB_CLI_N_SECRETS; i++)
    set (&copy->found[i], g_strdup (self->found[i].value), self->found[i].origin);
  for (guint i = 0; i < N_FOREIGN; i++)
    set (&copy->foreign[i], g_strdup (self->foreign[i].value), self->foreign[i].origin);

  return copy;
}

/* Overwrites them before their memory is given back. */
void
wb_cli_secrets_free (WbCliSecrets *self)
{
  for (guint i = 0; i < WB_CLI_N_SECRETS; i++)
    clear (&self->found[i]);
  for (guint i = 0; i < N_FOREIGN; i++)
    clear (&self->foreign[i]);
  g_free (self);
}

/* %NULL where the variable was not set or empty. */
const char *
wb_cli_secrets_get (WbCliSecrets *self,
                    WbCliSecret   which)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (which < WB_CLI_N_SECRETS, NULL);

  return self->found[which].value;
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

  return g_steal_pointer (&self->found[which].value);
}

/**
 * wb_cli_secrets_has_own:
 * @self: the secrets
 *
 * A one-time code is none: it goes along with another secret. Neither is a ZIP file's password.
 *
 * Returns: whether there is any secret of our own, of an account
 */
gboolean
wb_cli_secrets_has_own (WbCliSecrets *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < WB_CLI_N_SECRETS; i++)
    {
      if (i != WB_CLI_PASSCODE && i != WB_CLI_ZIP_PASSWORD && self->found[i].value != NULL)
        return TRUE;
    }

  return FALSE;
}

/**
 * wb_cli_secrets_has_foreign:
 * @self: the secrets
 * @family: whose variables
 * @which: one of the secrets
 *
 * Returns: whether there is such a secret
 */
gboolean
wb_cli_secrets_has_foreign (WbCliSecrets *self,
                            WbCliFamily   family,
                            WbCliSecret   which)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < N_FOREIGN; i++)
    {
      if (foreign_variables[i].family == family && foreign_variables[i].secret == which
          && self->foreign[i].value != NULL)
        return TRUE;
    }

  return FALSE;
}

/**
 * wb_cli_secrets_offer:
 * @self: the secrets
 * @variable: the variable of another program that it takes the place of
 * @value: its value; copied
 * @origin: where it comes from
 *
 * For wb_cli_secrets_adopt(), as if the variable had been set.
 */
void
wb_cli_secrets_offer (WbCliSecrets *self,
                      const char   *variable,
                      const char   *value,
                      const char   *origin)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (variable != NULL && value != NULL && origin != NULL);

  for (guint i = 0; i < N_FOREIGN; i++)
    {
      if (g_str_equal (foreign_variables[i].variable, variable))
        set (&self->foreign[i], g_strdup (value), origin);
    }
}

/**
 * wb_cli_secrets_adopt:
 * @self: the secrets
 * @family: whose variables
 *
 * Takes its secrets where there is none of ours.
 */
void
wb_cli_secrets_adopt (WbCliSecrets *self,
                      WbCliFamily   family)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < N_FOREIGN; i++)
    {
      Found *found = &self->found[foreign_variables[i].secret];

      if (foreign_variables[i].family != family || self->foreign[i].value == NULL
          || found->value != NULL)
        continue;
      set (found, g_steal_pointer (&self->foreign[i].value),
           self->foreign[i].origin != NULL ? self->foreign[i].origin
                                           : foreign_variables[i].variable);
    }
}

/* Whether a variable of another program holds a secret that is taken. */
gboolean
wb_cli_secrets_know (const char *foreign_variable)
{
  for (guint i = 0; i < N_FOREIGN; i++)
    {
      if (g_str_equal (foreign_variables[i].variable, foreign_variable))
        return TRUE;
    }

  return FALSE;
}

/* The variable for it, to be named where there is none. */
const char *
wb_cli_secret_get_variable (WbCliSecret which)
{
  g_return_val_if_fail (which < WB_CLI_N_SECRETS, NULL);

  return variables[which];
}

/**
 * wb_cli_secrets_get_origin:
 * @self: the secrets
 * @which: one of them, which is there
 *
 * Returns: (transfer none): where it comes from, for a message
 */
const char *
wb_cli_secrets_get_origin (WbCliSecrets *self,
                           WbCliSecret   which)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (which < WB_CLI_N_SECRETS, NULL);

  return self->found[which].origin != NULL ? self->found[which].origin : variables[which];
}
