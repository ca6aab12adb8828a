/* fuzz-archive.c: any bytes as an archive; what is good in it is what libarchive finds, too
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

/* A node's contents, by the path that it and no other has. */
static GHashTable *
read_good_files (WbArchive *archive)
{
  GHashTable *files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_bytes_unref);

  for (guint node = 1; node < wb_archive_get_n_nodes (archive); node++)
    {
      g_autofree char *path = wb_archive_dup_path (archive, node);
      g_autofree char *name = wb_archive_dup_name (archive, node);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) contents = NULL;

      fuzz_check (g_utf8_validate (path, -1, NULL));
      fuzz_check (g_utf8_validate (name, -1, NULL));
      if (wb_archive_get_record (archive, node) < 0
          || wb_archive_get_kind (archive, node) == WB_NODE_FOLDER)
        continue;
      contents = wb_archive_read (archive, node, NULL, &error);
      fuzz_check ((contents == NULL) == (error != NULL));
      if (contents != NULL && wb_archive_get_node_problems (archive, node) == 0)
        g_hash_table_insert (files, g_steal_pointer (&path), g_steal_pointer (&contents));
    }

  return files;
}

/* What libarchive makes of the entry it stands at; %NULL if that is not whole. */
static GBytes *
read_entry (struct archive *reader,
            gsize           most)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const void *block;
  size_t      length;
  la_int64_t  offset;
  int         status;

  while ((status = archive_read_data_block (reader, &block, &length, &offset)) == ARCHIVE_OK)
    {
      if (offset != bytes->len || bytes->len + length > most)
        return NULL;
      g_byte_array_append (bytes, block, (guint) length);
    }

  return status == ARCHIVE_EOF ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

static void
compare_with_libarchive (GHashTable    *files,
                         const uint8_t *data,
                         size_t         size)
{
  struct archive       *reader = archive_read_new ();
  struct archive_entry *entry;

  archive_read_support_format_zip_seekable (reader);
  if (archive_read_open_memory (reader, data, size) == ARCHIVE_OK)
    while (archive_read_next_header (reader, &entry) == ARCHIVE_OK)
      {
        const char *path = archive_entry_pathname (entry);
        GBytes     *ours = path != NULL ? g_hash_table_lookup (files, path) : NULL;
        g_autoptr (GBytes) theirs = NULL;

        if (ours == NULL)
          continue;
        theirs = read_entry (reader, g_bytes_get_size (ours) + 1);
        fuzz_check (theirs == NULL || g_bytes_equal (ours, theirs));
      }
  archive_read_free (reader);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (WbArchive) archive = fuzz_open_archive (bytes);

  if (archive != NULL)
    {
      g_autoptr (GHashTable) files = read_good_files (archive);

      compare_with_libarchive (files, data, size);
    }

  return 0;
}
