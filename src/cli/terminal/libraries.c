/* libraries.c: what the libraries would write to standard error
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/terminal/libraries.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

/* Our own faults are seen, those of the surroundings are not: no home, no bus, no settings. What
 * matters of them comes back as an error. */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  gboolean is_ours = FALSE;

  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (fields[i].key, "GLIB_DOMAIN"))
        is_ours = g_strcmp0 (fields[i].value, G_LOG_DOMAIN) == 0;
    }
  if (!is_ours && !(level & G_LOG_LEVEL_ERROR))
    return G_LOG_WRITER_HANDLED;

  return g_log_writer_default (level, fields, n_fields, user_data);
}

/* Empty is unset, as to GLib. */
static gboolean
is_set (const char *variable)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0';
}

/* dconf asks for this folder again with each setting that it reads. */
static gboolean
has_dconf_folder (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "dconf", NULL);

  return g_mkdir_with_parents (folder, 0700) == 0 && access (folder, W_OK | X_OK) == 0;
}

/**
 * wb_cli_libraries_quieten:
 *
 * Makes the libraries do without a home and without settings where there are none, and keeps the
 * warnings of GLib, dconf and others off standard error. `G_MESSAGES_DEBUG` and `G_DEBUG` bring
 * them back. To be called before there are threads.
 */
void
wb_cli_libraries_quieten (void)
{
  /* Standard output is only for results, such as the bytes of an export. */
  g_log_writer_default_set_use_stderr (TRUE);
  if (!is_set ("G_MESSAGES_DEBUG") && !is_set ("G_DEBUG"))
    g_log_set_writer_func (write_log, NULL, NULL);

  /* A user in a container often has no name and no home. GLib would look both up. */
  if (g_getenv ("HOME") == NULL && getpwuid (geteuid ()) == NULL)
    g_setenv ("HOME", "/", TRUE);
  if (g_getenv ("GSETTINGS_BACKEND") == NULL && !has_dconf_folder ())
    g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
}
