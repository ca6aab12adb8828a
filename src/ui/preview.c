/* preview.c: a document to review: its summary, its tree, and the entry that is selected
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/preview.h"

#include "ui/summary-bar.h"

struct _WbPreview
{
  AdwBin parent_instance;

  WbDocument *document; /* (owned) (nullable) */

  WbSummaryBar     *summary_bar;
  GtkInfoBar       *problems;
  GtkPaned         *paned;
  WbArchiveView    *archive_view;
  WbConnectionView *connection_view;
};

G_DEFINE_FINAL_TYPE (WbPreview, wb_preview, ADW_TYPE_BIN)

enum
{
  PROP_DOCUMENT = 1,
  PROP_POSITION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
add_actions (WbPreview *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GPropertyAction) sort_by = NULL;
  g_autoptr (GPropertyAction) sort_descending = NULL;

  sort_by = g_property_action_new ("sort-by", self->archive_view, "sort-key");
  sort_descending = g_property_action_new ("sort-descending", self->archive_view,
                                           "sort-descending");
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (sort_by));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (sort_descending));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "preview", G_ACTION_GROUP (group));
}

static void
position_cb (WbPreview *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
}

static gboolean
wb_preview_grab_focus (GtkWidget *widget)
{
  WbPreview *self = WB_PREVIEW (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (self->archive_view));
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
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_POSITION:
      g_value_set_int (value, gtk_paned_get_position (self->paned));
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
    case PROP_DOCUMENT:
      wb_preview_set_document (self, g_value_get_object (value));
      break;
    case PROP_POSITION:
      if (g_value_get_int (value) >= 0)
        gtk_paned_set_position (self->paned, g_value_get_int (value));
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
  widget_class->grab_focus = wb_preview_grab_focus;

  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, WB_TYPE_DOCUMENT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_POSITION] =
    g_param_spec_int ("position", NULL, NULL, -1, G_MAXINT, -1,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (WB_TYPE_SUMMARY_BAR);
  g_type_ensure (WB_TYPE_ARCHIVE_VIEW);
  g_type_ensure (WB_TYPE_CONNECTION_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/preview.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPreview, summary_bar);
  gtk_widget_class_bind_template_child (widget_class, WbPreview, problems);
  gtk_widget_class_bind_template_child (widget_class, WbPreview, paned);
  gtk_widget_class_bind_template_child (widget_class, WbPreview, archive_view);
  gtk_widget_class_bind_template_child (widget_class, WbPreview, connection_view);
}

static void
wb_preview_init (WbPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  add_actions (self);
  g_object_bind_property (self->archive_view, "selected", self->connection_view, "entry",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->paned, "notify::position", G_CALLBACK (position_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wb_preview_set_document:
 * @self: the preview
 * @document: (nullable): what to review
 */
void
wb_preview_set_document (WbPreview  *self,
                         WbDocument *document)
{
  WbProblems problems = WB_PROBLEM_NONE;

  g_return_if_fail (WB_IS_PREVIEW (self));
  g_return_if_fail (document == NULL || WB_IS_DOCUMENT (document));

  if (!g_set_object (&self->document, document))
    return;

  if (document != NULL)
    problems = wb_archive_get_problems (wb_document_get_archive (document));
  gtk_info_bar_set_revealed (self->problems, problems != WB_PROBLEM_NONE);

  wb_summary_bar_set_document (self->summary_bar, document);
  wb_archive_view_set_document (self->archive_view, document);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

/**
 * wb_preview_get_document:
 * @self: the preview
 *
 * Returns: (transfer none) (nullable): what is being reviewed
 */
WbDocument *
wb_preview_get_document (WbPreview *self)
{
  g_return_val_if_fail (WB_IS_PREVIEW (self), NULL);

  return self->document;
}

/**
 * wb_preview_get_archive_view:
 * @self: the preview
 *
 * Returns: (transfer none): its tree
 */
WbArchiveView *
wb_preview_get_archive_view (WbPreview *self)
{
  g_return_val_if_fail (WB_IS_PREVIEW (self), NULL);

  return self->archive_view;
}

/**
 * wb_preview_get_connection_view:
 * @self: the preview
 *
 * Returns: (transfer none): its details
 */
WbConnectionView *
wb_preview_get_connection_view (WbPreview *self)
{
  g_return_val_if_fail (WB_IS_PREVIEW (self), NULL);

  return self->connection_view;
}
