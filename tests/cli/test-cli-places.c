/* test-cli-places.c: an export works where its output can go, whatever else is missing
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli-run.h"
#include "core/archive/zip/zip-index.h"
#include "core/spool.h"
#include "own-folder.h"

/* A root that cannot be written, and a user who is in no database. */
#define CONTAINER \
  "bwrap --ro-bind / / --dev /dev --proc /proc --unshare-user --uid 12345 --gid 12345 "

typedef struct
{
  const char *name;
  const char *before;      /* the shell's words before the program; %s is the folder */
  const char *environment; /* all of it; %s is the folder */
  const char *output;      /* %s is the folder */
} Case;

static const Case cases[] = {
  { "no-variables", "", "", "%s/out.zip" },
  { "no-home", "", "HOME=/proc/none", "%s/out.zip" },
  { "no-home-standard-output", "", "HOME=/proc/none", "-" },
  { "home-is-a-file", "", "HOME=/dev/null", "-" },
  { "home-is-relative", "", "HOME=nowhere", "-" },
  { "folders-nowhere", "",
    "HOME=/proc XDG_CACHE_HOME=/proc/x XDG_CONFIG_HOME=/proc/x XDG_DATA_HOME=/proc/x "
    "XDG_RUNTIME_DIR=/proc/x",
    "%s/out.zip" },
  { "temporary-folder-nowhere", "", "HOME=/proc/none TMPDIR=/proc/none", "-" },
  { "container", CONTAINER "--bind %s %s ", "", "%s/out.zip" },
  { "container-home", CONTAINER "--bind %s %s ", "HOME=/nonexistent", "%s/out.zip" },
  { "container-standard-output", CONTAINER, "HOME=/", "-" },
};

static char *
fill_in (const char *text,
         const char *folder)
{
  GString *filled = g_string_new (text);

  g_string_replace (filled, "%s", folder, 0);

  return g_string_free (filled, FALSE);
}

static gboolean
can_run (const char *command)
{
  g_autofree char  *script = g_strconcat (command, "true", NULL);
  const char *const argv[] = { "/bin/sh", "-c", script, NULL };
  int               status;

  return g_spawn_sync (NULL, (char **) argv, NULL,
                       G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                       NULL, &status, NULL)
         && status == 0;
}

static void
test_place (gconstpointer data)
{
  const Case      *self = data;
  char            *folder = cli_make_folder ();
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "cli",
                                                    "waybill-cli", NULL);
  g_autofree char *before = fill_in (self->before, folder);
  g_autofree char *environment = fill_in (self->environment, folder);
  g_autofree char *output = fill_in (self->output, folder);
  g_autofree char *path = g_build_filename (folder, "out.zip", NULL);
  g_autofree char *script = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (WbZipIndex) index = NULL;
  int status;

  if ((strstr (environment, "TMPDIR") != NULL || *before != '\0')
      && cli_skip_in_valgrind ("it needs a place for files of its own"))
    {
      cli_remove_folder (folder);
      return;
    }
  if (!can_run (before))
    {
      g_test_skip ("no bwrap here, or no right to use it");
      cli_remove_folder (folder);
      return;
    }

  script = g_strdup_printf ("umask 077; cd / && exec env -i PATH=\"$PATH\" %s %s%s export --sample "
                            "--workspace=default --quiet -o %s %s%s",
                            environment, before, program, output,
                            *output == '-' ? ">" : "", *output == '-' ? path : "");
  const char *const argv[] = { "/bin/sh", "-c", script, NULL };

  g_test_message ("%s", script);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &err, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpstr (err, ==, "");
  g_assert_cmpint (status, ==, 0);
  spool = wb_spool_open (path, &error);
  g_assert_no_error (error);
  index = wb_zip_index_read (wb_spool_get_fd (spool), wb_spool_get_size_bytes (spool), NULL,
                             &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_zip_index_get_n (index), >, 0);
  g_assert_cmpuint (count_files (folder), ==, 1);
  cli_remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/places/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_place);
    }

  return g_test_run ();
}
