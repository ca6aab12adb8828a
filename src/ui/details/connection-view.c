/* connection-view.c: what is inside the entry that is selected, secrets masked
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/details/connection-view.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/archive/connection/connection.h"
#include "ui/details/connection-fields.h"
#include "ui/details/source-view.h"
#include "ui/document/document-properties.h"
#include "ui/widgets/clip.h"
#include "ui/widgets/text-direction.h"

struct _WbConnectionView
{
  AdwBin parent_instance;

  WbDocument   *document;    /* (owned) (nullable) */
  WbEntry      *entry;       /* (owned) (nullable) */
  WbConnection *connection;  /* (owned) (nullable): the entry's contents, once they are read */
  GCancellable *cancellable; /* (owned) (nullable): while reading */

  WbSourceView *source;     /* (unowned) (nullable): once it was looked at */
  gboolean      was_source; /* before something without contents was selected */

  GtkStack          *stack;
  AdwStatusPage     *nothing;
  GtkWidget         *open;
  GtkWidget         *switcher;
  GtkStack          *pages;
  AdwBin            *source_bin;
  GtkScrolledWindow *scroller;
  GtkLabel          *title;
  GtkLabel          *badge;
  GtkLabel          *description;
  GtkWidget         *notice;
  GtkLabel          *notice_label;
  AdwBin            *fields;
  GtkWidget         *show_source;
};

G_DEFINE_FINAL_TYPE (WbConnectionView, wb_connection_view, ADW_TYPE_BIN)

static void
set_label (GtkLabel   *label,
           const char *text)
{
  g_autofree char *clipped = wb_clip_text (text, WB_CLIP_VALUE_BYTES);

  gtk_label_set_text (label, clipped);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static char *
describe_folder (WbEntry *entry)
{
  guint n_children = 0;

  if (wb_entry_get_kind (entry) == WB_NODE_ROOT)
    {
      WbArchive *archive = wb_entry_get_archive (entry);
      guint      n_files = wb_archive_get_n_files (archive);

      /* Translators: how many files a ZIP holds. */
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u file", "%'u files", n_files),
                              n_files);
    }

  wb_archive_get_children (wb_entry_get_archive (entry), wb_entry_get_node (entry), &n_children);

  /* Translators: how many files and folders a folder holds. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u item", "%'u items", n_children),
                          n_children);
}

/* What the properties say: of all of the ZIP, or of a folder of it. */
static GtkWidget *
create_folder (WbConnectionView *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));

  if (wb_entry_get_kind (self->entry) == WB_NODE_FOLDER)
    {
      gtk_box_append (box, wb_document_create_folder_group (self->document,
                                                            wb_entry_get_node (self->entry)));
    }
  else
    {
      gtk_box_append (box, wb_document_create_file_group (self->document));
      gtk_box_append (box, wb_document_create_contents_group (self->document));
    }

  return GTK_WIDGET (box);
}

static gboolean
is_folder (WbEntry *entry)
{
  WbNodeKind kind = wb_entry_get_kind (entry);

  return kind == WB_NODE_FOLDER || kind == WB_NODE_ROOT;
}

static gboolean
is_source (WbConnectionView *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "source") == 0;
}

/* Says why a connection was not understood. Other files need not be JSON. */
static const char *
get_parse_error (WbConnectionView *self)
{
  if (self->connection == NULL || wb_entry_get_kind (self->entry) != WB_NODE_CONNECTION)
    return NULL;

  return wb_connection_get_parse_error (self->connection);
}

/* Makes the source view late: GtkSourceView is slow to start. */
static void
page_cb (WbConnectionView *self)
{
  if (self->source != NULL || !is_source (self))
    return;

  self->source = WB_SOURCE_VIEW (wb_source_view_new ());
  adw_bin_set_child (self->source_bin, GTK_WIDGET (self->source));
  wb_source_view_set_connection (self->source, self->connection, get_parse_error (self));
}

/* An entry without contents has no source. The next one with contents shows the page again that the
 * person chose. */
static void
show_pages (WbConnectionView *self)
{
  gboolean has_contents = self->connection != NULL;

  if (!has_contents && gtk_widget_get_visible (self->switcher))
    {
      self->was_source = is_source (self);
      gtk_stack_set_visible_child_name (self->pages, "details");
    }
  if (self->source != NULL)
    wb_source_view_set_connection (self->source, self->connection, get_parse_error (self));
  if (has_contents && !gtk_widget_get_visible (self->switcher) && self->was_source)
    gtk_stack_set_visible_child_name (self->pages, "source");
  gtk_widget_set_visible (self->switcher, has_contents);
}

/* Shows entry, contents and problem at once, so that nothing jumps. */
static void
show_entry (WbConnectionView *self,
            const char       *read_error)
{
  WbConnection    *connection = self->connection;
  const char      *name = wb_entry_get_name (self->entry);
  const char      *type_name = wb_entry_get_type_name (self->entry);
  const char      *parse_error = get_parse_error (self);
  g_autofree char *problems = wb_problems_to_text (wb_entry_get_problems (self->entry));
  g_autofree char *about = g_strdup ("");
  g_autoptr (GString) notice = g_string_new (problems);
  /* What came out damaged is not understood, whatever it is like: the tree says the same. */
  gboolean understood = connection != NULL && wb_entry_is_readable (self->entry)
                        && wb_connection_get_form (connection) == WB_CONNECTION_JSON;
  GtkWidget *fields = NULL;

  if (understood)
    {
      g_free (about);
      about = g_strdup (wb_connection_get_description (connection));
      if (*wb_connection_get_name (connection) != '\0')
        name = wb_connection_get_name (connection);
      if (*wb_connection_get_type_name (connection) != '\0')
        type_name = wb_connection_get_type_name (connection);
    }
  else if (connection == NULL && read_error == NULL)
    {
      g_free (about);
      about = describe_folder (self->entry);
    }

  /* An encrypted entry says the same twice. */
  if (read_error != NULL && strstr (notice->str, read_error) == NULL)
    {
      if (notice->len > 0)
        g_string_append_c (notice, '\n');
      g_string_append (notice, read_error);
    }
  if (parse_error != NULL)
    {
      if (notice->len > 0)
        g_string_append_c (notice, '\n');
      g_string_append (notice, parse_error);
    }

  set_label (self->title, name);
  set_label (self->badge, type_name);
  set_label (self->description, about);
  set_label (self->notice_label, notice->str);
  gtk_widget_set_visible (self->notice, notice->len > 0);

  if (understood)
    fields = wb_connection_fields_new (connection);
  else if (is_folder (self->entry) && self->document != NULL)
    fields = create_folder (self);
  adw_bin_set_child (self->fields, fields);
  gtk_widget_set_visible (GTK_WIDGET (self->fields), fields != NULL);
  gtk_widget_set_visible (self->show_source, connection != NULL && !understood);
  show_pages (self);

  gtk_stack_set_visible_child_name (self->stack, "entry");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
show_source_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  WbConnectionView *self = WB_CONNECTION_VIEW (widget);

  /* The contents may still be read. */
  self->was_source = TRUE;
  gtk_stack_set_visible_child_name (self->pages, "source");
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (WbConnectionView) self = user_data;
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GError) error = NULL;

  /* Cancelled means that another entry was selected since, or the window closed. */
  contents = wb_archive_read_finish (WB_ARCHIVE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (contents != NULL)
    self->connection = wb_connection_new (contents);
  show_entry (self, error != NULL ? error->message : NULL);
}

/* It was saved, perhaps under another name. */
static void
file_cb (WbConnectionView *self)
{
  if (self->entry != NULL && is_folder (self->entry))
    show_entry (self, NULL);
}

/* Its archive has become complete: what is in a folder is known now, and what is wrong with a file.
 */
static void
archive_cb (WbConnectionView *self)
{
  if (self->entry != NULL && self->cancellable == NULL
      && (is_folder (self->entry) || wb_entry_get_problems (self->entry) != WB_PROBLEM_NONE))
    show_entry (self, NULL);
}

static void
stop_reading (WbConnectionView *self)
{
  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
wb_connection_view_dispose (GObject *object)
{
  WbConnectionView *self = WB_CONNECTION_VIEW (object);

  stop_reading (self);
  g_clear_object (&self->document);
  g_clear_object (&self->entry);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (wb_connection_view_parent_class)->dispose (object);
}

static void
wb_connection_view_class_init (WbConnectionViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_connection_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/connection-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WbConnectionView, stack);
  gtk_widget_class_bind_template_child (widget_class, WbConnectionView, nothing);
  gtk_widget_class_bind_template_child (widget_class, WbConnectionView, open);
  gtk_widget_class_bind_template_child (widget_class, WbConnectionView, scroller);
  gtk_widget_class_bind_template_child (widget_class, WbConnectionView, title);
  gtk_widget_class_bind_template_child (widget_class, WbConnectionView, badge);
  gtk_widget_class_bind_template_child (widget_class, WbConnectionView, description);
  gtk_widget_class_bind_template_child (widget_class, WbConnectionView, notice);
  gtk_widget_class_bind_template_child (widget_class, WbConnectionView, notice_label);
  gtk_widget_class_bind_template_child (widget_class, WbConnectionView, fields);
  gtk_widget_class_bind_template_child (widget_class, WbConnectionView, show_source);
  gtk_widget_class_bind_template_child (widget_class, WbConnectionView, switcher);
  gtk_widget_class_bind_template_child (widget_class, WbConnectionView, pages);
  gtk_widget_class_bind_template_child (widget_class, WbConnectionView, source_bin);
  gtk_widget_class_bind_template_callback (widget_class, page_cb);
  gtk_widget_class_install_action (widget_class, "connection.show-source", NULL, show_source_cb);
}

static void
wb_connection_view_init (WbConnectionView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_label_align_with_window (self->title);
  wb_label_align_with_window (self->description);
  wb_label_align_with_window (self->notice_label);
}

/**
 * wb_connection_view_set_document:
 * @self: the view
 * @document: (nullable): what its entries come from
 *
 * While nothing is selected, the view says whether there is something to select.
 */
void
wb_connection_view_set_document (WbConnectionView *self,
                                 WbDocument       *document)
{
  gboolean is_empty;

  g_return_if_fail (WB_IS_CONNECTION_VIEW (self));
  g_return_if_fail (document == NULL || WB_IS_DOCUMENT (document));

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  if (document != NULL)
    {
      g_signal_connect_object (document, "notify::file", G_CALLBACK (file_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (document, "notify::archive", G_CALLBACK (archive_cb), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }

  is_empty =
    document != NULL && wb_archive_get_n_connections (wb_document_get_archive (document)) == 0;
  adw_status_page_set_title (self->nothing,
                             is_empty ? _ ("No Connections") : _ ("Select a Connection"));
  adw_status_page_set_description (self->nothing,
                                   is_empty ? _ ("This ZIP contains no connections. Open "
                                                 "another one, or export another workspace.")
                                            : _ ("Its configuration is shown here. Passwords and "
                                                 "keys stay hidden."));
  gtk_widget_set_visible (self->open, is_empty);
}

/**
 * wb_connection_view_set_entry:
 * @self: the view
 * @entry: (nullable): what to show
 *
 * Reads a file's contents first. Until they are there, the previous entry stays, with its secrets
 * hidden.
 */
void
wb_connection_view_set_entry (WbConnectionView *self,
                              WbEntry          *entry)
{
  g_return_if_fail (WB_IS_CONNECTION_VIEW (self));
  g_return_if_fail (entry == NULL || WB_IS_ENTRY (entry));

  if (!g_set_object (&self->entry, entry))
    return;

  stop_reading (self);
  wb_connection_fields_hide_secrets (GTK_WIDGET (self->fields));
  if (self->source != NULL)
    wb_reveal_set_revealed (wb_source_view_get_reveal (self->source), FALSE);
  g_clear_object (&self->connection);
  if (entry == NULL)
    {
      /* No text of the previous entry may stay in the widgets. */
      adw_bin_set_child (self->fields, NULL);
      if (self->source != NULL)
        wb_source_view_set_connection (self->source, NULL, NULL);
      gtk_stack_set_visible_child_name (self->stack, "nothing");
    }
  else if (wb_entry_has_contents (entry))
    {
      self->cancellable = g_cancellable_new ();
      wb_archive_read_async (wb_entry_get_archive (entry), wb_entry_get_node (entry),
                             self->cancellable, read_cb, g_object_ref (self));
    }
  else
    {
      show_entry (self, NULL);
    }
}

/**
 * wb_connection_view_get_busy:
 * @self: the view
 *
 * Returns: whether the entry's contents are still being read
 */
gboolean
wb_connection_view_get_busy (WbConnectionView *self)
{
  g_return_val_if_fail (WB_IS_CONNECTION_VIEW (self), FALSE);

  return self->cancellable != NULL;
}
