/* rebuilt-archive.c: what the commands say of a rebuilt archive
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/rebuilt-archive.h"

#include <glib/gi18n-lib.h>

#include "cli/terminal/output.h"

/* More connections are only counted. */
#define MAX_NAMED 10

/**
 * wb_cli_rebuilt_add_source:
 * @builder: in an object
 * @archive: an archive
 *
 * Adds `rebuilt`, and `source`, which is null for a rebuilt archive that is locked.
 */
void
wb_cli_rebuilt_add_source (JsonBuilder *builder,
                           WbArchive   *archive)
{
  gboolean is_rebuilt = wb_archive_is_rebuilt (archive);
  WbSource source = wb_archive_get_source (archive);
  gboolean known = !is_rebuilt || source != WB_SOURCE_EXPORT;

  json_builder_set_member_name (builder, "rebuilt");
  json_builder_add_boolean_value (builder, is_rebuilt);
  wb_cli_json_add_string (builder, "source", known ? wb_source_to_string (source) : NULL);
}

/**
 * wb_cli_rebuilt_add_missing:
 * @builder: in an object
 * @archive: an archive
 *
 * Adds `missing_passwords`: an array of `{"path","name","settings"}`.
 */
void
wb_cli_rebuilt_add_missing (JsonBuilder *builder,
                            WbArchive   *archive)
{
  const GPtrArray *all = wb_archive_get_missing_passwords (archive);

  json_builder_set_member_name (builder, "missing_passwords");
  json_builder_begin_array (builder);
  for (guint i = 0; i < all->len; i++)
    {
      const WbMissingPassword *missing = g_ptr_array_index (all, i);
      g_autofree char         *path = wb_archive_dup_path (archive, missing->node);

      json_builder_begin_object (builder);
      wb_cli_json_add_string (builder, "path", path);
      wb_cli_json_add_string (builder, "name", missing->name);
      json_builder_set_member_name (builder, "settings");
      json_builder_begin_array (builder);
      for (guint k = 0; missing->settings[k] != NULL; k++)
        json_builder_add_string_value (builder, missing->settings[k]);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * wb_cli_rebuilt_tell:
 * @archive: an archive
 *
 * Says on standard error that it is a rebuilt one, if it is, and which passwords are missing.
 */
void
wb_cli_rebuilt_tell (WbArchive *archive)
{
  const GPtrArray *all = wb_archive_get_missing_passwords (archive);
  g_autofree char *origin = wb_archive_dup_rebuilt_text (archive);

  if (origin == NULL)
    return;
  wb_cli_output_note ("%s", origin);
  for (guint i = 0; i < MIN (all->len, MAX_NAMED); i++)
    {
      const WbMissingPassword *missing = g_ptr_array_index (all, i);
      g_autofree char         *settings = g_strjoinv (", ", missing->settings);

      /* Translators: a connection's name, and which of its settings, such as config.password. */
      wb_cli_output_note (_ ("Missing password: %s (%s)"), missing->name, settings);
    }
  if (all->len > MAX_NAMED)
    /* Translators: how many connections are not named; a list of some stands before. */
    wb_cli_output_note (ngettext ("%u more password is missing.",
                                  "%u more passwords are missing.", all->len - MAX_NAMED),
                        all->len - MAX_NAMED);
}
