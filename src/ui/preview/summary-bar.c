/* summary-bar.c: sums up a document in two lines above its tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/preview/preview-private.h"

#include <glib/gi18n-lib.h>

#include "ui/tree/archive-view.h"
#include "ui/widgets/copying.h"
#include "ui/widgets/fold.h"

struct _WbSummaryBar
{
  AdwBin parent_instance;

  WbDocument *document; /* (owned) (nullable) */
  gboolean    narrow;

  GtkOrientable    *box;
  GtkLabel         *state;
  GtkLabel         *amount;
  GtkLabel         *origin;
  GtkLabel         *digest;
  WbFindingsButton *findings;
  GMenu            *sort_section;
};

G_DEFINE_FINAL_TYPE (WbSummaryBar, wb_summary_bar, ADW_TYPE_BIN)

enum
{
  PROP_NARROW = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
show_state (WbSummaryBar *self)
{
  g_autofree char *name = NULL;

  if (wb_document_get_unsaved (self->document))
    {
      gtk_label_set_text (self->state, _ ("Not saved yet"));
      return;
    }

  name = wb_document_dup_title (self->document);
  gtk_label_set_text (self->state, name);
}

static void
show_document (WbSummaryBar *self)
{
  WbArchive       *archive = wb_document_get_archive (self->document);
  WbSpool         *spool = wb_document_get_spool (self->document);
  const char      *sha256 = wb_spool_get_sha256 (spool);
  guint            n_connections = wb_archive_get_n_connections (archive);
  g_autofree char *size = g_format_size (wb_spool_get_size_bytes (spool));
  g_autofree char *connections = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *origin = wb_document_dup_age (self->document);
  g_autofree char *digest = NULL;
  g_autofree char *whole = NULL;

  /* Translators: how many connections an export holds. */
  connections = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u connection", "%'u connections",
                                              n_connections),
                                 n_connections);
  if (wb_archive_is_rebuilt (archive))
    /* Translators: this follows the state of a document that was made from lists, and is not the
     * service's export: Not saved yet · Rebuilt · 24 connections · 18.2 kB. */
    amount = g_strdup_printf (_ ("· Rebuilt · %s · %s"), connections, size);
  else
    /* Translators: this follows the state of the document: Not saved yet · 24 connections ·
     * 18.2 kB. */
    amount = g_strdup_printf (_ ("· %s · %s"), connections, size);
  /* Translators: a checksum's name and the first digits of its value. */
  digest = g_strdup_printf (_ ("· SHA-256 %.8s…"), sha256);
  /* Translators: a checksum's name and its value. */
  whole = g_strdup_printf (_ ("SHA-256 %s"), sha256);

  gtk_label_set_text (self->amount, amount);
  gtk_label_set_text (self->origin, origin);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->origin), origin);
  gtk_label_set_text (self->digest, digest);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->digest), whole);
  show_state (self);
}

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  WbSummaryBar *self = WB_SUMMARY_BAR (widget);

  if (self->document != NULL)
    wb_copy_text (widget, wb_spool_get_sha256 (wb_document_get_spool (self->document)),
                  _ ("SHA-256"));
}

static void
wb_summary_bar_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  WbSummaryBar *self = WB_SUMMARY_BAR (object);

  switch (property_id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_summary_bar_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  WbSummaryBar *self = WB_SUMMARY_BAR (object);

  switch (property_id)
    {
    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      gtk_orientable_set_orientation (self->box, self->narrow ? GTK_ORIENTATION_VERTICAL
                                                              : GTK_ORIENTATION_HORIZONTAL);
      g_object_set (self->box, "spacing", self->narrow ? 1 : 12,
                    "margin-top", self->narrow ? 4 : 6, "margin-bottom", self->narrow ? 1 : 6,
                    NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_summary_bar_dispose (GObject *object)
{
  WbSummaryBar *self = WB_SUMMARY_BAR (object);

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (wb_summary_bar_parent_class)->dispose (object);
}

static void
wb_summary_bar_class_init (WbSummaryBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wb_summary_bar_get_property;
  object_class->set_property = wb_summary_bar_set_property;
  object_class->dispose = wb_summary_bar_dispose;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (WB_TYPE_FINDINGS_BUTTON);
  g_type_ensure (WB_TYPE_FOLD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/summary-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSummaryBar, box);
  gtk_widget_class_bind_template_child (widget_class, WbSummaryBar, state);
  gtk_widget_class_bind_template_child (widget_class, WbSummaryBar, amount);
  gtk_widget_class_bind_template_child (widget_class, WbSummaryBar, origin);
  gtk_widget_class_bind_template_child (widget_class, WbSummaryBar, digest);
  gtk_widget_class_bind_template_child (widget_class, WbSummaryBar, findings);
  gtk_widget_class_bind_template_child (widget_class, WbSummaryBar, sort_section);
  gtk_widget_class_install_action (widget_class, "summary.copy-sha256", NULL, copy_cb);
}

static void
wb_summary_bar_init (WbSummaryBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_archive_view_fill_sort_menu (self->sort_section, "preview.sort-by");
}

/* An archive that is not complete has no findings yet. */
static void
find (WbSummaryBar *self)
{
  WbArchive *archive = self->document != NULL ? wb_document_get_archive (self->document) : NULL;

  if (archive != NULL && !wb_archive_is_complete (archive))
    archive = NULL;
  wb_findings_button_set_archive (self->findings, archive);
}

void
wb_summary_bar_set_document (WbSummaryBar *self,
                             WbDocument   *document)
{
  g_return_if_fail (WB_IS_SUMMARY_BAR (self));
  g_return_if_fail (document == NULL || WB_IS_DOCUMENT (document));

  if (self->document == document)
    return;

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  find (self);
  if (document != NULL)
    {
      show_document (self);
      g_signal_connect_object (document, "notify::file", G_CALLBACK (show_state), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (document, "notify::archive", G_CALLBACK (find), self,
                               G_CONNECT_SWAPPED);
    }
}
