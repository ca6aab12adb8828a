/* notice-bar.c: what a reviewer should know of a document before reading on
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/preview/notice-bar.h"

#include <glib/gi18n-lib.h>

struct _WbNoticeBar
{
  AdwBin parent_instance;

  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (WbNoticeBar, wb_notice_bar, ADW_TYPE_BIN)

static void
wb_notice_bar_class_init (WbNoticeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/notice-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, WbNoticeBar, label);
}

static void
wb_notice_bar_init (WbNoticeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wb_notice_bar_set_document:
 * @self: the bar
 * @document: (nullable): what to speak of
 */
void
wb_notice_bar_set_document (WbNoticeBar *self,
                            WbDocument  *document)
{
  g_autofree char *text = NULL;
  guint            n_secrets = 0;

  g_return_if_fail (WB_IS_NOTICE_BAR (self));
  g_return_if_fail (document == NULL || WB_IS_DOCUMENT (document));

  if (document != NULL)
    n_secrets = wb_archive_get_n_clear_secrets (wb_document_get_archive (document));

  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       /* Translators: how many passwords and keys can be read in
                                        * the export. */
                                       "This export contains %u password in clear text.",
                                       "This export contains %u passwords in clear text.",
                                       n_secrets),
                          n_secrets);
  gtk_label_set_text (self->label, n_secrets > 0 ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), n_secrets > 0);
}
