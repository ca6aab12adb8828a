/* document-properties.c: what there is to know of a document as a whole, as groups of rows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/document/document-properties.h"

#include <glib/gi18n-lib.h>

#include "core/archive/tree/folder-summary.h"
#include "core/text.h"
#include "ui/widgets/clip.h"
#include "ui/widgets/field-row.h"

/* What a person may want elsewhere has a button to copy it. */
static void
add_row (AdwPreferencesGroup *group,
         const char          *label,
         const char          *value,
         gboolean             can_copy)
{
  g_autofree char *shown = wb_clip_text (value, WB_CLIP_VALUE_BYTES);

  adw_preferences_group_add (group, wb_field_row_new (label, shown, can_copy ? value : NULL));
}

static void
add_count (AdwPreferencesGroup *group,
           const char          *label,
           guint                n)
{
  g_autofree char *value = g_strdup_printf ("%'u", n);

  add_row (group, label, value, FALSE);
}

static void
add_size (AdwPreferencesGroup *group,
          const char          *label,
          guint64              n_bytes)
{
  g_autofree char *value = g_format_size_full (n_bytes, G_FORMAT_SIZE_LONG_FORMAT);

  add_row (group, label, value, FALSE);
}

/**
 * wb_document_create_file_group:
 * @self: a document
 *
 * Returns: (transfer floating): its name, folder and origin, and whether it is saved
 */
GtkWidget *
wb_document_create_file_group (WbDocument *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GFile               *file = wb_document_get_file (self);
  g_autoptr (GFile) folder = file != NULL ? g_file_get_parent (file) : NULL;
  g_autofree char *name = wb_document_dup_title (self);
  g_autofree char *origin = wb_document_dup_origin (self);

  adw_preferences_group_set_title (group, _ ("File"));
  add_row (group, _ ("Name"), name, TRUE);
  if (folder != NULL)
    {
      g_autofree char *path = g_file_get_parse_name (folder);
      g_autofree char *escaped = wb_text_escape (path, -1);

      add_row (group, _ ("Folder"), escaped, TRUE);
    }
  /* Translators: where a ZIP came from, and when. */
  add_row (group, _ ("Origin"), origin, TRUE);
  /* Translators: whether the export is in a file: “Not yet” or “Yes”. */
  add_row (group, _ ("Saved"), wb_document_get_unsaved (self) ? _ ("Not yet") : _ ("Yes"),
           FALSE);

  return GTK_WIDGET (group);
}

static void
add_summary (AdwPreferencesGroup   *group,
             const WbFolderSummary *summary)
{
  add_count (group, _ ("Connections"), summary->n_connections);
  if (*summary->types != '\0')
    /* Translators: the types of the connections in a ZIP or a folder: 12 DWS, 3 RDS. */
    add_row (group, _ ("Types"), summary->types, FALSE);
}

/**
 * wb_document_create_contents_group:
 * @self: a document
 *
 * Returns: (transfer floating): how much is in it, of which types, and its checksum
 */
GtkWidget *
wb_document_create_contents_group (WbDocument *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  WbArchive           *archive = wb_document_get_archive (self);
  WbSpool             *spool = wb_document_get_spool (self);
  guint64              packed = wb_spool_get_size_bytes (spool);
  guint64              unpacked = wb_archive_get_unpacked_bytes (archive);
  g_autofree char     *comment = wb_archive_dup_comment (archive);
  g_auto (WbFolderSummary) summary = { 0 };

  /* Translators: the heading of what is in a ZIP. */
  adw_preferences_group_set_title (group, _ ("Contents"));
  wb_folder_summary_init (&summary, archive, 0);
  add_summary (group, &summary);
  add_count (group, _ ("Entries"), wb_archive_get_n_records (archive));
  add_size (group, _ ("Size"), packed);
  add_size (group, _ ("Size unpacked"), unpacked);
  if (unpacked > 0)
    {
      /* Translators: the file's size as a share of its unpacked size: 37 %. */
      g_autofree char *ratio = g_strdup_printf (_ ("%.0f %%"), 100.0 * packed / unpacked);

      add_row (group, _ ("Packed to"), packed > unpacked ? _ ("Larger than unpacked") : ratio,
               FALSE);
    }
  add_row (group, _ ("SHA-256"), wb_spool_get_sha256 (spool), TRUE);
  if (*comment != '\0')
    /* Translators: a comment stored in the ZIP itself. */
    add_row (group, _ ("Comment"), comment, TRUE);

  return GTK_WIDGET (group);
}

/**
 * wb_document_create_folder_group:
 * @self: a document
 * @node: a folder of its archive
 *
 * Returns: (transfer floating): how much is in the folder, and of which types
 */
GtkWidget *
wb_document_create_folder_group (WbDocument *self,
                                 guint       node)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  WbArchive           *archive = wb_document_get_archive (self);
  g_autofree char     *path = wb_archive_dup_path (archive, node);
  g_auto (WbFolderSummary) summary = { 0 };

  adw_preferences_group_set_title (group, _ ("Contents"));
  wb_folder_summary_init (&summary, archive, node);
  add_row (group, _ ("Path"), path, TRUE);
  add_summary (group, &summary);
  add_size (group, _ ("Size unpacked"), summary.size_bytes);

  return GTK_WIDGET (group);
}
