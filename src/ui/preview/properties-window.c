/* properties-window.c: the properties of a document, with its checksum and comment
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/preview/properties-window.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/widgets/clip.h"
#include "ui/widgets/field-row.h"

struct _WbPropertiesWindow
{
  AdwWindow parent_instance;

  WbDocument *document; /* (owned) */

  AdwBin *bin;
};

G_DEFINE_FINAL_TYPE (WbPropertiesWindow, wb_properties_window, ADW_TYPE_WINDOW)

static void
add_row (AdwPreferencesGroup *group,
         const char          *label,
         const char          *value)
{
  g_autofree char *shown = wb_clip_text (value, WB_CLIP_VALUE_BYTES);

  adw_preferences_group_add (group, wb_field_row_new (label, shown, value));
}

static void
add_count (AdwPreferencesGroup *group,
           const char          *label,
           guint                n)
{
  g_autofree char *value = g_strdup_printf ("%u", n);

  add_row (group, label, value);
}

static void
add_size (AdwPreferencesGroup *group,
          const char          *label,
          guint64              n_bytes)
{
  g_autofree char *value = g_format_size_full (n_bytes, G_FORMAT_SIZE_LONG_FORMAT);

  add_row (group, label, value);
}

static GtkWidget *
create_file_group (WbDocument *document)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GFile               *file = wb_document_get_file (document);
  g_autoptr (GFile) folder = file != NULL ? g_file_get_parent (file) : NULL;
  g_autofree char *name = wb_document_dup_title (document);
  g_autofree char *origin = wb_document_dup_origin (document);

  adw_preferences_group_set_title (group, _ ("File"));
  add_row (group, _ ("Name"), name);
  if (folder != NULL)
    {
      g_autofree char *path = g_file_get_parse_name (folder);
      g_autofree char *escaped = wb_text_escape (path, -1);

      add_row (group, _ ("Folder"), escaped);
    }
  /* Translators: where a ZIP came from, and when. */
  add_row (group, _ ("Origin"), origin);
  /* Translators: whether the export is in a file: “Not yet” or “Yes”. */
  add_row (group, _ ("Saved"), wb_document_get_unsaved (document) ? _ ("Not yet") : _ ("Yes"));

  return GTK_WIDGET (group);
}

static GtkWidget *
create_contents_group (WbDocument *document)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  WbArchive           *archive = wb_document_get_archive (document);
  WbSpool             *spool = wb_document_get_spool (document);
  guint64              packed = wb_spool_get_size_bytes (spool);
  guint64              unpacked = wb_archive_get_unpacked_bytes (archive);
  g_autofree char     *comment = wb_archive_dup_comment (archive);

  /* Translators: the heading of what is in a ZIP. */
  adw_preferences_group_set_title (group, _ ("Contents"));
  add_count (group, _ ("Connections"), wb_archive_get_n_connections (archive));
  add_count (group, _ ("Entries"), wb_archive_get_n_records (archive));
  add_size (group, _ ("Size"), packed);
  add_size (group, _ ("Size unpacked"), unpacked);
  if (unpacked > 0)
    {
      /* Translators: the file's size as a share of its unpacked size: 37 %. */
      g_autofree char *ratio = g_strdup_printf (_ ("%.0f %%"), 100.0 * packed / unpacked);

      add_row (group, _ ("Packed to"), ratio);
    }
  add_row (group, _ ("SHA-256"), wb_spool_get_sha256 (spool));
  if (*comment != '\0')
    /* Translators: a comment stored in the ZIP itself. */
    add_row (group, _ ("Comment"), comment);

  return GTK_WIDGET (group);
}

static void
show_document (WbPropertiesWindow *self)
{
  GtkWidget *page = adw_preferences_page_new ();

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (create_file_group (self->document)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (create_contents_group (self->document)));
  adw_bin_set_child (self->bin, page);
}

static void
wb_properties_window_dispose (GObject *object)
{
  WbPropertiesWindow *self = WB_PROPERTIES_WINDOW (object);

  g_clear_object (&self->document);

  G_OBJECT_CLASS (wb_properties_window_parent_class)->dispose (object);
}

static void
wb_properties_window_class_init (WbPropertiesWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_properties_window_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/waybill/Waybill/properties-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPropertiesWindow, bin);
}

static void
wb_properties_window_init (WbPropertiesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
wb_properties_window_new (GtkWindow  *parent,
                          WbDocument *document)
{
  WbPropertiesWindow *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (WB_IS_DOCUMENT (document), NULL);

  self = g_object_new (WB_TYPE_PROPERTIES_WINDOW, "transient-for", parent, NULL);
  self->document = g_object_ref (document);
  g_signal_connect_object (document, "notify::file", G_CALLBACK (show_document), self,
                           G_CONNECT_SWAPPED);
  show_document (self);

  return GTK_WINDOW (self);
}
