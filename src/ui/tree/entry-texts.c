/* entry-texts.c: an entry in words: its type, its size, and all of it as the name of a row
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-view-private.h"

#include <glib/gi18n-lib.h>

static const char *
get_kind_text (WbNodeKind kind,
               gboolean   is_rebuilt)
{
  switch (kind)
    {
    case WB_NODE_ROOT:
      if (is_rebuilt)
        /* Translators: the kind of an entry, in the column of types: an archive that Waybill made
         * of the service's list, as against one that the service exported. */
        return _ ("Rebuilt");
      /* Translators: the kind of an entry, in the column of types: the archive itself. */
      return _ ("ZIP");
    case WB_NODE_FOLDER:
      return _ ("Folder");
    case WB_NODE_LINK:
      /* Translators: the kind of an entry, in the column of types: a symbolic link. */
      return _ ("Link");
    case WB_NODE_NOTE:
      /* Translators: the kind of an entry, in the column of types: what Waybill itself wrote
       * into a copy. */
      return _ ("Note");
    case WB_NODE_EXTRA:
      /* Translators: the kind of an entry, in the column of types: what macOS added to the
       * ZIP. */
      return _ ("macOS");
    case WB_NODE_CONNECTION:
      /* Translators: the kind of an entry, in the column of types: a connection whose type
       * is not known. */
      return _ ("Unknown");
    case WB_NODE_FILE:
    default:
      return _ ("File");
    }
}

/**
 * wb_entry_get_type_text:
 * @entry: an entry
 *
 * Returns: (transfer none): the type of a connection, or what else it is, translated
 */
const char *
wb_entry_get_type_text (WbEntry *entry)
{
  const char *type_name = wb_entry_get_type_name (entry);

  if (*type_name != '\0')
    return type_name;

  return get_kind_text (wb_entry_get_kind (entry),
                        wb_archive_is_rebuilt (wb_entry_get_archive (entry)));
}

/**
 * wb_entry_dup_type_texts:
 *
 * Returns: (transfer full): all that wb_entry_get_type_text() returns, but for types that the
 *   service does not document
 */
GStrv
wb_entry_dup_type_texts (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = wb_entry_dup_type_names ();

  for (WbNodeKind kind = WB_NODE_ROOT; kind <= WB_NODE_EXTRA; kind++)
    g_strv_builder_add (builder, get_kind_text (kind, FALSE));
  g_strv_builder_add (builder, get_kind_text (WB_NODE_ROOT, TRUE));
  g_strv_builder_addv (builder, (const char **) names);

  return g_strv_builder_end (builder);
}

/**
 * wb_entry_dup_size_text:
 * @entry: an entry
 *
 * Returns: (transfer full): a file's size with its unit, or an empty text for a folder
 */
char *
wb_entry_dup_size_text (WbEntry *entry)
{
  WbNodeKind kind = wb_entry_get_kind (entry);

  if (kind == WB_NODE_ROOT || kind == WB_NODE_FOLDER)
    return g_strdup ("");

  return g_format_size (wb_entry_get_size_bytes (entry));
}

static void
append (GString    *texts,
        const char *text)
{
  if (*text != '\0')
    g_string_append_printf (texts, "%s%s", texts->len > 0 ? _ (", ") : "", text);
}

/**
 * wb_entry_dup_row_name:
 * @entry: an entry
 *
 * Returns: (transfer full): what a screen reader says of its row: what the columns show, and what
 *   is wrong with it
 */
char *
wb_entry_dup_row_name (WbEntry *entry)
{
  WbProblems       problems = wb_entry_get_problems (entry);
  g_autofree char *size = wb_entry_dup_size_text (entry);
  GString         *name = g_string_new (wb_entry_get_name (entry));

  append (name, wb_entry_get_type_text (entry));
  for (guint i = 0; i < WB_N_DIGEST_TEXTS; i++)
    {
      if (i != WB_DIGEST_NAME && i != WB_DIGEST_TYPE)
        append (name, wb_entry_get_text (entry, i));
    }
  append (name, size);
  if (problems != WB_PROBLEM_NONE)
    {
      g_autofree char *text = wb_problems_to_text (problems);

      append (name, text);
    }

  return g_string_free (name, FALSE);
}
