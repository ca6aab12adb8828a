/* compare.c: `waybill-cli compare`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/commands.h"

#include <glib/gi18n-lib.h>

#include "cli/commands/archive-file.h"
#include "cli/commands/archive-pair.h"
#include "cli/commands/rebuilt-archive.h"
#include "cli/commands/zip-password.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/options.h"
#include "core/archive/compare/compare.h"
#include "core/error.h"

static const WbCliCommand command = {
  .name = "compare",
  .parameters = N_ ("OLD NEW"),
  .summary = N_ ("Shows what changed between two exported ZIP files."),
  .description = {
    N_ (
      "Connections are compared key by key. The order of keys, white space and the spelling of\n"
      "numbers do not count. Secrets are compared but never printed; only “changed” is shown\n"
      "for them. A secret that one side does not include, empty or as stars, cannot be\n"
      "compared. That is no change, and neither is what the service sets by itself, such as\n"
      "the time of an update, nor, between an export and a ZIP file that Waybill rebuilt, what\n"
      "only one source has or spells in another way; all are listed at the end.\n"),
    N_ (
      "With --json the output is an object {\"same\",\"set_by_service\",\"not_compared\",\n"
      "\"not_in_source\",\"added\",\"removed\",\"renamed\",\"changed\",\"unreadable\",\n"
      "\"not_counted\",\"old_archive\",\"new_archive\"}: four numbers, then arrays of\n"
      "{\"path\",\"type\",\"address\"}, where a renamed one has \"old_path\" too, then two\n"
      "objects {\"rebuilt\",\"source\"}. A changed one, a renamed one and one in “not_counted”\n"
      "has \"changes\":[{\"key\",\"old\",\"new\",\"secret\",\"kind\"}], where old and new of a\n"
      "secret are null, and kind is “changed”, “set_by_service”, “not_compared” or\n"
      "“not_in_source”.\n"
      "\n"
      "Exit status: 0 the same, 1 different, 2 usage, 7 not a valid archive, 8 a file cannot\n"
      "be read, 9 other failure, 130 interrupted.\n"),
  },
};

typedef struct
{
  gboolean json;
  gboolean verify;
} Options;

static const char *const change_kinds[WB_N_CHANGE_KINDS] = {
  [WB_CHANGE_NONE] = "same",
  [WB_CHANGE_COUNTED] = "changed",
  [WB_CHANGE_SET_BY_SERVICE] = "set_by_service",
  [WB_CHANGE_NOT_COMPARED] = "not_compared",
  [WB_CHANGE_NOT_IN_SOURCE] = "not_in_source",
};

static gboolean
add_changes (JsonBuilder  *builder,
             WbComparison *comparison,
             guint         index,
             GError      **error)
{
  g_autoptr (GArray) changes = wb_comparison_read_changes (comparison, index, FALSE, error);

  if (changes == NULL)
    return FALSE;

  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < changes->len; i++)
    {
      const WbKeyChange *change = &g_array_index (changes, WbKeyChange, i);

      json_builder_begin_object (builder);
      wb_cli_json_add_string (builder, "key", change->key);
      wb_cli_json_add_string (builder, "old", change->masked ? NULL : change->old_value);
      wb_cli_json_add_string (builder, "new", change->masked ? NULL : change->new_value);
      json_builder_set_member_name (builder, "secret");
      json_builder_add_boolean_value (builder, change->secret);
      wb_cli_json_add_string (builder, "kind", change_kinds[change->kind]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return TRUE;
}

static gboolean
add_difference (JsonBuilder  *builder,
                WbComparison *comparison,
                guint         index,
                GError      **error)
{
  const WbDifference *difference = wb_comparison_get (comparison, index);
  gboolean            is_new = difference->new_node >= 0;
  WbArchive          *archive = is_new ? wb_comparison_get_new (comparison)
                                       : wb_comparison_get_old (comparison);
  guint               node = (guint) (is_new ? difference->new_node : difference->old_node);
  gboolean            added = TRUE;
  g_auto (WbConnectionDigest) digest = { 0 };

  wb_archive_read_digest (archive, node, &digest, NULL);
  json_builder_begin_object (builder);
  wb_cli_json_add_string (builder, "path", difference->path);
  wb_cli_json_add_string (builder, "type", digest.texts[WB_DIGEST_TYPE]);
  wb_cli_json_add_string (builder, "address", digest.texts[WB_DIGEST_ADDRESS]);
  if (difference->old_path != NULL)
    wb_cli_json_add_string (builder, "old_path", difference->old_path);
  if (difference->kind == WB_DIFFERENCE_CHANGED || difference->kind == WB_DIFFERENCE_RENAMED
      || difference->kind == WB_DIFFERENCE_UNCOUNTED)
    added = add_changes (builder, comparison, index, error);
  json_builder_end_object (builder);

  return added;
}

static void
add_archive (JsonBuilder *builder,
             const char  *name,
             WbArchive   *archive)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  wb_cli_rebuilt_add_source (builder, archive);
  json_builder_end_object (builder);
}

static gboolean
print_json (WbComparison *comparison,
            GError      **error)
{
  static const char *const names[] = { "added", "removed", "renamed",
                                       "changed", "unreadable", "not_counted" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "same");
  json_builder_add_int_value (builder, wb_comparison_get_n_same (comparison));
  for (guint kind = WB_CHANGE_SET_BY_SERVICE; kind < WB_N_CHANGE_KINDS; kind++)
    {
      json_builder_set_member_name (builder, change_kinds[kind]);
      json_builder_add_int_value (builder,
                                  wb_comparison_get_n_values (comparison, (WbChangeKind) kind));
    }
  for (guint kind = 0; kind < WB_N_DIFFERENCE_KINDS; kind++)
    {
      json_builder_set_member_name (builder, names[kind]);
      json_builder_begin_array (builder);
      for (guint i = 0; i < wb_comparison_get_n (comparison); i++)
        {
          if (wb_comparison_get (comparison, i)->kind == kind
              && !add_difference (builder, comparison, i, error))
            return FALSE;
        }
      json_builder_end_array (builder);
    }
  add_archive (builder, "old_archive", wb_comparison_get_old (comparison));
  add_archive (builder, "new_archive", wb_comparison_get_new (comparison));
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);

  return wb_cli_output_json (node, error);
}

/* Encrypted entries can be the same without a password, but what differs in them is not seen. */
static WbComparison *
compare (char        **rest,
         WbArchive   **old_archive,
         WbArchive   **new_archive,
         WbCliSecrets *secrets,
         GError      **error)
{
  g_autoptr (WbComparison) comparison = wb_comparison_new (*old_archive, *new_archive, NULL, error);

  if (comparison == NULL
      || wb_comparison_get_n_of (comparison, WB_DIFFERENCE_UNREADABLE) == 0
      || (!wb_archive_is_locked (*old_archive) && !wb_archive_is_locked (*new_archive)))
    return g_steal_pointer (&comparison);
  if (!wb_cli_archive_unlock (old_archive, rest[1], secrets, WB_CLI_UNLOCK_ASK, NULL, error)
      || !wb_cli_archive_unlock (new_archive, rest[2], secrets, WB_CLI_UNLOCK_ASK, NULL, error))
    return NULL;

  return wb_comparison_new (*old_archive, *new_archive, NULL, error);
}

static gboolean
run (char         **rest,
     const Options *options,
     WbCliSecrets  *secrets,
     gboolean      *different,
     GError       **error)
{
  g_autoptr (WbArchive) old_archive = NULL;
  g_autoptr (WbArchive) new_archive = NULL;
  g_autoptr (WbComparison) comparison = NULL;
  g_autofree char *text = NULL;
  WbCliOpen       *open;

  if (rest[1] == NULL || rest[2] == NULL)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("Two files are needed. See “waybill-cli compare --help”."));
      return FALSE;
    }
  if (!wb_cli_options_take_none (&command, rest + 2, error))
    return FALSE;

  wb_cli_interrupt_exit ();
  open = options->verify ? wb_archive_open_types : wb_archive_open_index;
  if (!wb_cli_archive_open_pair (rest + 1, open, &old_archive, &new_archive, error)
      || !wb_cli_archive_unlock (&old_archive, rest[1], secrets, WB_CLI_UNLOCK_IF_GIVEN, NULL,
                                 error)
      || !wb_cli_archive_unlock (&new_archive, rest[2], secrets, WB_CLI_UNLOCK_IF_GIVEN, NULL,
                                 error))
    return FALSE;
  if (options->verify
      && (!wb_cli_archive_verify (old_archive, rest[1], error)
          || !wb_cli_archive_verify (new_archive, rest[2], error)))
    return FALSE;

  comparison = compare (rest, &old_archive, &new_archive, secrets, error);
  if (comparison == NULL)
    return FALSE;
  *different = wb_comparison_get_n_counted (comparison) > 0;
  if (options->json)
    return print_json (comparison, error);

  text = wb_comparison_dup_text (comparison, NULL, error);

  return text != NULL && wb_cli_output_text (text, error);
}

/* The exit status 1 means that they differ, as diff's does. */
WbCliStatus
wb_cli_compare (char        **args,
                WbCliSecrets *secrets)
{
  WbCliOptionsResult parsed;
  g_auto (GStrv) rest = g_strdupv (args);
  g_autoptr (GError) error = NULL;
  Options            options = { .json = wb_cli_options_want_json (args) };
  gboolean           different = FALSE;
  WbCliStatus        status;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("A JSON object"), NULL },
    { "verify", 0, 0, G_OPTION_ARG_NONE, &options.verify,
      N_ ("Compare only if all contents can be read and have the right checksum"), NULL },
    G_OPTION_ENTRY_NULL
  };

  parsed = wb_cli_options_parse (&command, entries, &rest, &error);
  if (parsed == WB_CLI_OPTIONS_HELP)
    return WB_CLI_DONE;
  if (parsed == WB_CLI_OPTIONS_RUN && run (rest, &options, secrets, &different, &error))
    return different ? WB_CLI_DIFFERENT : WB_CLI_DONE;

  status = wb_cli_output_error (error, options.json);

  return status == WB_CLI_FAILED ? WB_CLI_NOT_COMPARED : status;
}
