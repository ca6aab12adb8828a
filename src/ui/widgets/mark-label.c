/* mark-label.c: the mark of an account, a word in a color
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/mark-label.h"

#include "core/text.h"

/**
 * wb_mark_label_set:
 * @label: a label, whose classes this takes over
 * @mark: a word; without one the label is hidden
 * @color: a name of wb_account_get_colors()
 *
 * The word says it, the color only helps to see it.
 */
void
wb_mark_label_set (GtkLabel   *label,
                   const char *mark,
                   const char *color)
{
  const char *classes[] = { "mark", color, NULL };

  g_return_if_fail (GTK_IS_LABEL (label));
  g_return_if_fail (mark != NULL);
  g_return_if_fail (color != NULL);

  gtk_widget_set_css_classes (GTK_WIDGET (label), classes);
  gtk_label_set_text (label, mark);
  gtk_widget_set_visible (GTK_WIDGET (label), *mark != '\0');
}

/**
 * wb_mark_label_set_account:
 * @label: as for wb_mark_label_set()
 * @account: (nullable): whose mark it shows
 */
void
wb_mark_label_set_account (GtkLabel  *label,
                           WbAccount *account)
{
  g_autofree char *mark =
    wb_text_escape (account != NULL ? wb_account_get (account, WB_ACCOUNT_MARK) : "", -1);

  wb_mark_label_set (label, mark, account != NULL ? wb_account_get_color (account) : "");
}
