/* archive-fixture.c: archives made for a test, and what their lists show
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"

#include "core/archive/tree/archive-private.h"

#include <string.h>

WbArchive *
archive_open_spool (WbSpool *spool)
{
  g_autoptr (GError) error = NULL;
  WbArchive *archive = wb_archive_open (spool, NULL, &error);

  g_assert_no_error (error);

  return archive;
}

WbArchive *
archive_open_bytes (GBytes *bytes)
{
  g_autofree char *path = wb_zip_bytes_to_path (bytes, "archive.zip");
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSpool) spool = wb_spool_open (path, &error);

  g_assert_no_error (error);

  return archive_open_spool (spool);
}

WbArchive *
archive_open_maker (WbZipMaker *maker)
{
  g_autoptr (GBytes) bytes = wb_zip_maker_finish (maker, NULL);

  return archive_open_bytes (bytes);
}

void
archive_assert_index (WbArchive    *old_archive,
                      WbArchive    *new_archive,
                      WbComparison *comparison)
{
  g_autoptr (WbArchive) old_index = wb_archive_open_index (old_archive->spool, NULL, NULL);
  g_autoptr (WbArchive) new_index = wb_archive_open_index (new_archive->spool, NULL, NULL);
  g_autoptr (WbComparison) other = wb_comparison_new (old_index, new_index, NULL, NULL);
  g_autofree char *expected = wb_comparison_dup_text (comparison, NULL, NULL);
  g_autofree char *text = wb_comparison_dup_text (other, NULL, NULL);

  g_assert_cmpstr (text, ==, expected);
}

GBytes *
archive_reply_new (const char *json)
{
  char *text = g_strdelimit (g_strdup (json), "'", '"');

  return g_bytes_new_take (text, strlen (text));
}

void
archive_add_reply (WbRebuild  *rebuild,
                   const char *json)
{
  g_autoptr (GBytes) reply = archive_reply_new (json);
  g_autoptr (GError) error = NULL;
  gboolean added = wb_rebuild_add (rebuild, reply, &error);

  g_assert_no_error (error);
  g_assert_true (added);
}

WbSpool *
archive_write_rebuilt (WbRebuild *rebuild)
{
  g_autoptr (GError) error = NULL;
  WbSpool *spool = wb_rebuild_write (rebuild, NULL, ARCHIVE_REBUILT_MAX_BYTES, NULL, &error);

  g_assert_no_error (error);

  return spool;
}

WbArchive *
archive_open_rebuilt (WbRebuild *rebuild)
{
  g_autoptr (WbSpool) spool = archive_write_rebuilt (rebuild);

  return archive_open_spool (spool);
}

/* With a space behind each. */
void
archive_assert_names (WbEntryList *list,
                      const char  *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (WbEntry) entry = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append_printf (names, "%s ", wb_entry_get_name (entry));
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  GPtrArray  *copy)
{
  g_assert_cmpuint (position + removed, <=, copy->len);
  for (guint i = 0; i < removed; i++)
    g_ptr_array_remove_index (copy, position);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (copy, (int) (position + i), g_list_model_get_item (model, position + i));
  g_assert_cmpuint (copy->len, ==, g_list_model_get_n_items (model));
}

GPtrArray *
archive_follow (WbEntryList *list)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    g_ptr_array_add (copy, g_list_model_get_item (G_LIST_MODEL (list), i));
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), copy);

  return copy;
}

void
archive_assert_follow (WbEntryList *list,
                       GPtrArray   *copy)
{
  g_assert_cmpuint (copy->len, ==, g_list_model_get_n_items (G_LIST_MODEL (list)));
  for (guint i = 0; i < copy->len; i++)
    {
      g_autoptr (WbEntry) entry = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_true (g_ptr_array_index (copy, i) == entry);
    }
}
