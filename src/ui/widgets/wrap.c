/* wrap.c: labels that wrap within words, too
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/wrap.h"

/**
 * wb_wrap_anywhere:
 * @label: a label, whose attributes are replaced
 *
 * Lets the label wrap, within a word where one is too long, and without a hyphen there: it would
 * look as if it belonged to the name, the ID or the digest.
 */
void
wb_wrap_anywhere (GtkLabel *label)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  g_return_if_fail (GTK_IS_LABEL (label));

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
}
