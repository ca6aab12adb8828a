/* notice-bar.c: what to know of a document before it is used, in one line above its tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/preview/preview-private.h"

#include <glib/gi18n-lib.h>

#include "core/sentence.h"
#include "ui/widgets/fold.h"
#include "ui/widgets/text-direction.h"

struct _WbNoticeBar
{
  AdwBin parent_instance;

  WbDocument *document; /* (owned) (nullable) */
  gboolean    narrow;
  gboolean    kept; /* its place, where the archive was not complete: what is below does not jump */

  GtkWidget *box;
  GtkWidget *icon;
  GtkLabel  *label;
  GtkWidget *redact;
  GtkWidget *unlock;
  GtkWidget *missing;
};

G_DEFINE_FINAL_TYPE (WbNoticeBar, wb_notice_bar, ADW_TYPE_BIN)

enum
{
  PROP_NARROW = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
append_secrets (GString *text,
                guint    n_secrets)
{
  g_autofree char *sentence =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                  /* Translators: how many passwords and keys can be read in the
                                   * ZIP. */
                                  "This ZIP contains %'u password in clear text.",
                                  "This ZIP contains %'u passwords in clear text.", n_secrets),
                     n_secrets);

  wb_append_sentence (text, sentence);
}

static void
show_document (WbNoticeBar *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  WbArchive *archive;
  guint      n_secrets;
  gboolean   locked;
  gboolean   warns;
  guint      n_missing = 0;

  if (self->document == NULL)
    return;

  archive = wb_document_get_archive (self->document);
  n_secrets = wb_archive_get_n_clear_secrets (archive);
  locked = wb_archive_is_locked (archive);
  if (wb_archive_is_rebuilt (archive))
    {
      n_missing = wb_archive_get_missing_passwords (archive)->len;
      /* Translators: what is true of a ZIP that was made from lists. */
      wb_append_sentence (text, _ ("Rebuilt, not exported: passwords and hidden connections are "
                                   "missing."));
    }
  if (locked)
    wb_append_sentence (text, _ ("The contents are encrypted."));
  else if (wb_archive_get_problems (archive) != WB_PROBLEM_NONE)
    wb_append_sentence (text, _ ("Some entries are damaged or unusual; saving keeps every byte."));
  if (n_secrets > 0)
    append_secrets (text, n_secrets);

  warns = text->len > 0;
  if (!wb_archive_is_complete (archive))
    {
      self->kept = TRUE;
      wb_append_sentence (text, _ ("Reading the file"));
    }
  gtk_label_set_text (self->label, text->str);
  gtk_widget_set_visible (self->icon, warns);
  if (warns)
    gtk_widget_remove_css_class (self->box, "quiet");
  else
    gtk_widget_add_css_class (self->box, "quiet");
  gtk_widget_set_visible (self->missing, n_missing > 0 && !self->narrow);
  gtk_widget_set_visible (self->redact,
                          n_secrets > 0 && n_missing == 0 && !locked && !self->narrow);
  gtk_widget_set_visible (self->unlock, locked);
  gtk_widget_set_visible (GTK_WIDGET (self), text->len > 0 || self->kept);
}

static void
wb_notice_bar_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  WbNoticeBar *self = WB_NOTICE_BAR (object);

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
wb_notice_bar_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  WbNoticeBar *self = WB_NOTICE_BAR (object);

  switch (property_id)
    {
    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      show_document (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_notice_bar_dispose (GObject *object)
{
  WbNoticeBar *self = WB_NOTICE_BAR (object);

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (wb_notice_bar_parent_class)->dispose (object);
}

static void
wb_notice_bar_class_init (WbNoticeBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wb_notice_bar_get_property;
  object_class->set_property = wb_notice_bar_set_property;
  object_class->dispose = wb_notice_bar_dispose;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (WB_TYPE_FOLD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/notice-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, WbNoticeBar, box);
  gtk_widget_class_bind_template_child (widget_class, WbNoticeBar, icon);
  gtk_widget_class_bind_template_child (widget_class, WbNoticeBar, label);
  gtk_widget_class_bind_template_child (widget_class, WbNoticeBar, redact);
  gtk_widget_class_bind_template_child (widget_class, WbNoticeBar, unlock);
  gtk_widget_class_bind_template_child (widget_class, WbNoticeBar, missing);
}

static void
wb_notice_bar_init (WbNoticeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_label_align_with_window (self->label);
}

void
wb_notice_bar_set_document (WbNoticeBar *self,
                            WbDocument  *document)
{
  g_return_if_fail (WB_IS_NOTICE_BAR (self));
  g_return_if_fail (document == NULL || WB_IS_DOCUMENT (document));

  if (self->document == document)
    return;

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  self->kept = FALSE;
  show_document (self);
  if (document != NULL)
    g_signal_connect_object (document, "notify::archive", G_CALLBACK (show_document), self,
                             G_CONNECT_SWAPPED);
}
