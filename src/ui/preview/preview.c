/* preview.c: a document to review: its summary, its tree, and the entry that is selected
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/preview/preview.h"

#include <glib/gi18n-lib.h>

#include "ui/preview/preview-private.h"
#include "ui/widgets/panes.h"

struct _WbPreview
{
  AdwBin parent_instance;

  WbDocument *document;    /* (owned) (nullable) */
  gboolean    leaving;     /* to move to the tree when the search has its result */
  int         wanted;      /* the node to select then, or -1 */
  GAction    *show_source; /* (unowned) */

  GtkSearchBar     *search_bar;
  GtkEditable      *search_entry;
  GtkLabel         *search_count;
  GtkWidget        *overview;
  WbSummaryBar     *summary_bar;
  WbNoticeBar      *notice;
  WbPanes          *panes;
  GtkStack         *results;
  WbArchiveView    *archive_view;
  GtkStack         *side;
  WbConnectionView *connection_view;
  AdwStatusPage    *several;
};

G_DEFINE_FINAL_TYPE (WbPreview, wb_preview, ADW_TYPE_BIN)

enum
{
  PROP_SEARCHING = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* A node that is asked for ends a search that leaves it out. */
static void
select_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  WbPreview *self = user_data;
  guint      node = g_variant_get_uint32 (parameter);

  if (self->document == NULL
      || node >= wb_archive_get_n_nodes (wb_document_get_archive (self->document)))
    return;

  if (wb_archive_view_select_node (self->archive_view, node))
    return;

  self->wanted = (int) node;
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
}

static void
show_source_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  WbPreview *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self->connection_view), "connection.show-source", NULL);
  wb_panes_show_end (self->panes);
}

static void
add_actions (WbPreview *self)
{
  static const GActionEntry actions[] = {
    { "select", select_cb, "u" },
    { "show-source", show_source_cb },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GPropertyAction) sort_by = NULL;
  g_autoptr (GPropertyAction) sort_descending = NULL;

  sort_by = g_property_action_new ("sort-by", self->archive_view, "sort-key");
  sort_descending = g_property_action_new ("sort-descending", self->archive_view,
                                           "sort-descending");
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (sort_by));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (sort_descending));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "preview", G_ACTION_GROUP (group));
  self->show_source = g_action_map_lookup_action (G_ACTION_MAP (group), "show-source");
}

static WbEntryFilter *
get_filter (WbPreview *self)
{
  return wb_archive_view_get_filter (self->archive_view);
}

/* Searches at once: the entry's own signal comes some tenths of a second later. */
static void
search_cb (WbPreview *self)
{
  wb_archive_view_set_search (self->archive_view, gtk_editable_get_text (self->search_entry));
}

static gboolean
has_focus (WbPreview *self,
           GtkWidget *part)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, part);
}

static void
leave_search (WbPreview *self)
{
  wb_archive_view_select_first (self->archive_view);
  wb_archive_view_focus_rows (self->archive_view);
}

/* Typing goes on while the search runs. */
static void
result_cb (WbPreview *self)
{
  WbEntryFilter   *filter = get_filter (self);
  g_autofree char *count = NULL;
  guint            n_matches;

  if (filter == NULL || !wb_entry_filter_get_active (filter))
    {
      gtk_label_set_text (self->search_count, "");
      gtk_stack_set_visible_child_name (self->results, "tree");
    }
  else
    {
      n_matches = wb_entry_filter_get_n_matches (filter);
      /* Translators: how many a search has found, and of how many: 12 of 340. */
      count = g_strdup_printf (_ ("%'u of %'u"), n_matches, wb_entry_filter_get_n_total (filter));
      gtk_label_set_text (self->search_count, count);
      gtk_stack_set_visible_child_name (self->results, n_matches > 0 ? "tree" : "nothing");
    }

  if (self->wanted >= 0)
    wb_archive_view_select_node (self->archive_view, (guint) self->wanted);
  else if (self->leaving)
    leave_search (self);
  else if (has_focus (self, GTK_WIDGET (self->archive_view)))
    wb_archive_view_focus_rows (self->archive_view);
  self->leaving = FALSE;
  self->wanted = -1;
}

/* In a narrow window it makes room for the details, and for what a search finds. */
static void
show_overview (WbPreview *self)
{
  gboolean covered;
  gboolean crowded =
    wb_panes_get_folded (self->panes) && gtk_search_bar_get_search_mode (self->search_bar);

  g_object_get (self->panes, "covered", &covered, NULL);
  gtk_widget_set_visible (self->overview, !covered && !crowded);
}

/* A search looks for rows of the tree; when it closes, the focus moves there. */
static void
searching_cb (WbPreview *self)
{
  if (gtk_search_bar_get_search_mode (self->search_bar))
    wb_panes_show_start (self->panes);
  else if (has_focus (self, GTK_WIDGET (self->search_bar)))
    wb_archive_view_focus_rows (self->archive_view);
  show_overview (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCHING]);
}

/* Waits for a running search, so as not to select an earlier result. */
static void
leave_search_cb (WbPreview *self)
{
  WbEntryFilter *filter = get_filter (self);

  self->leaving = filter != NULL && wb_entry_filter_get_busy (filter);
  if (!self->leaving)
    leave_search (self);
}

static gboolean
search_key_cb (WbPreview      *self,
               guint           keyval,
               guint           keycode,
               GdkModifierType modifiers)
{
  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
      || (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  leave_search_cb (self);

  return GDK_EVENT_STOP;
}

static char *
describe_files (WbPreview *self,
                GArray    *files)
{
  WbArchive *archive = wb_document_get_archive (self->document);
  guint      n_connections = 0;

  for (guint i = 0; i < files->len; i++)
    {
      if (wb_archive_get_kind (archive, g_array_index (files, guint, i)) == WB_NODE_CONNECTION)
        n_connections++;
    }

  if (n_connections == files->len)
    /* Translators: how many connections are selected in the tree. */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u connection selected",
                                         "%'u connections selected", n_connections),
                            n_connections);

  /* Translators: how many files are selected in the tree. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u file selected", "%'u files selected",
                                       files->len),
                          files->len);
}

static void
selected_cb (WbPreview *self)
{
  gboolean several = wb_archive_view_get_n_selected (self->archive_view) > 1;
  g_autoptr (WbEntry) entry = wb_archive_view_dup_selected (self->archive_view);

  wb_connection_view_set_entry (self->connection_view, entry);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (self->show_source),
                               entry != NULL && wb_entry_has_contents (entry));
  if (several)
    {
      g_autoptr (GArray) files = wb_archive_view_dup_selected_files (self->archive_view);
      g_autofree char *title = describe_files (self, files);

      adw_status_page_set_title (self->several, title);
    }
  gtk_stack_set_visible_child_name (self->side, several ? "several" : "one");
}

/* A folder unfolds instead. */
static void
opened_cb (WbPreview *self)
{
  wb_panes_show_end (self->panes);
}

static void
wb_preview_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  WbPreview *self = WB_PREVIEW (object);

  switch (property_id)
    {
    case PROP_SEARCHING:
      g_value_set_boolean (value, gtk_search_bar_get_search_mode (self->search_bar));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_preview_set_property (GObject      *object,
                         guint         property_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  WbPreview *self = WB_PREVIEW (object);

  switch (property_id)
    {
    case PROP_SEARCHING:
      gtk_search_bar_set_search_mode (self->search_bar, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_preview_dispose (GObject *object)
{
  WbPreview *self = WB_PREVIEW (object);

  g_clear_object (&self->document);

  G_OBJECT_CLASS (wb_preview_parent_class)->dispose (object);
}

static void
wb_preview_class_init (WbPreviewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wb_preview_get_property;
  object_class->set_property = wb_preview_set_property;
  object_class->dispose = wb_preview_dispose;

  properties[PROP_SEARCHING] =
    g_param_spec_boolean ("searching", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (WB_TYPE_SEARCH_HELP);
  g_type_ensure (WB_TYPE_SUMMARY_BAR);
  g_type_ensure (WB_TYPE_NOTICE_BAR);
  g_type_ensure (WB_TYPE_PANES);
  g_type_ensure (WB_TYPE_ARCHIVE_VIEW);
  g_type_ensure (WB_TYPE_CONNECTION_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/preview.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPreview, search_bar);
  gtk_widget_class_bind_template_child (widget_class, WbPreview, search_entry);
  gtk_widget_class_bind_template_child (widget_class, WbPreview, search_count);
  gtk_widget_class_bind_template_child (widget_class, WbPreview, overview);
  gtk_widget_class_bind_template_child (widget_class, WbPreview, summary_bar);
  gtk_widget_class_bind_template_child (widget_class, WbPreview, notice);
  gtk_widget_class_bind_template_child (widget_class, WbPreview, panes);
  gtk_widget_class_bind_template_child (widget_class, WbPreview, results);
  gtk_widget_class_bind_template_child (widget_class, WbPreview, archive_view);
  gtk_widget_class_bind_template_child (widget_class, WbPreview, side);
  gtk_widget_class_bind_template_child (widget_class, WbPreview, connection_view);
  gtk_widget_class_bind_template_child (widget_class, WbPreview, several);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, searching_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
}

static void
wb_preview_init (WbPreview *self)
{
  self->wanted = -1;
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  add_actions (self);
  g_signal_connect_object (self->archive_view, "notify::search", G_CALLBACK (result_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->archive_view, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panes, "notify", G_CALLBACK (show_overview), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->archive_view, "opened", G_CALLBACK (opened_cb), self,
                           G_CONNECT_SWAPPED);
}

void
wb_preview_set_document (WbPreview  *self,
                         WbDocument *document)
{
  g_return_if_fail (WB_IS_PREVIEW (self));
  g_return_if_fail (document == NULL || WB_IS_DOCUMENT (document));

  if (!g_set_object (&self->document, document))
    return;

  self->leaving = FALSE;
  self->wanted = -1;

  wb_summary_bar_set_document (self->summary_bar, document);
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  wb_panes_show_start (self->panes);
  wb_notice_bar_set_document (self->notice, document);
  wb_connection_view_set_document (self->connection_view, document);
  wb_archive_view_set_document (self->archive_view, document);
}

/* Shows the search, and selects its text to be typed over. */
void
wb_preview_find (WbPreview *self)
{
  g_return_if_fail (WB_IS_PREVIEW (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/**
 * wb_preview_find_again:
 * @self: the preview
 * @backward: the other way round
 *
 * Goes to the next of what the search has found, or begins one.
 */
void
wb_preview_find_again (WbPreview *self,
                       gboolean   backward)
{
  WbEntryFilter *filter;

  g_return_if_fail (WB_IS_PREVIEW (self));

  filter = get_filter (self);
  if (filter != NULL && wb_entry_filter_get_active (filter))
    wb_archive_view_select_next (self->archive_view, backward);
  else
    wb_preview_find (self);
}

/**
 * wb_preview_add_areas:
 * @self: the preview
 * @areas: (element-type GtkWidget): gets its parts, from the top
 */
void
wb_preview_add_areas (WbPreview *self,
                      GPtrArray *areas)
{
  g_return_if_fail (WB_IS_PREVIEW (self));
  g_return_if_fail (areas != NULL);

  g_ptr_array_add (areas, self->search_bar);
  g_ptr_array_add (areas, self->summary_bar);
  g_ptr_array_add (areas, self->notice);
  g_ptr_array_add (areas, self->archive_view);
  g_ptr_array_add (areas, self->side);
}

WbArchiveView *
wb_preview_get_archive_view (WbPreview *self)
{
  g_return_val_if_fail (WB_IS_PREVIEW (self), NULL);

  return self->archive_view;
}

WbConnectionView *
wb_preview_get_connection_view (WbPreview *self)
{
  g_return_val_if_fail (WB_IS_PREVIEW (self), NULL);

  return self->connection_view;
}
