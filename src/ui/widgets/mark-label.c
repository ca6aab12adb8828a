/* mark-label.c: the mark of an account, a word in a color
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/mark-label.h"

#include "core/text.h"

/**
 * wb_mark_label_set_account:
 * @label: a label, whose classes this takes over
 * @account: (nullable): whose mark it shows; without a mark it is hidden
 *
 * The word says it, the color only helps to see it.
 */
void
wb_mark_label_set_account (GtkLabel  *label,
                           WbAccount *account)
{
  const char      *mark = account != NULL ? wb_account_get (account, WB_ACCOUNT_MARK) : "";
  g_autofree char *text = wb_text_escape (mark, -1);
  const char      *classes[] = { "mark", NULL, NULL };

  g_return_if_fail (GTK_IS_LABEL (label));

  if (account != NULL)
    classes[1] = wb_account_get_color (account);
  gtk_widget_set_css_classes (GTK_WIDGET (label), classes);
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *mark != '\0');
}
