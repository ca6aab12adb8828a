/* text-direction.c: text that runs from left to right in a window that runs from right to left
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/text-direction.h"

/**
 * wb_text_runs_left_to_right:
 * @text: a text
 *
 * Returns: whether it does, by its first letter, as Unicode has it
 */
gboolean
wb_text_runs_left_to_right (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_isalpha (c))
        continue;

      switch (g_unichar_get_script (c))
        {
        case G_UNICODE_SCRIPT_ARABIC:
        case G_UNICODE_SCRIPT_HEBREW:
        case G_UNICODE_SCRIPT_SYRIAC:
        case G_UNICODE_SCRIPT_THAANA:
        case G_UNICODE_SCRIPT_NKO:
          return FALSE;
        default:
          return TRUE;
        }
    }

  return FALSE;
}

/* Pango turns the alignment of such a text round once more. */
static void
align (GtkLabel *label)
{
  gboolean turned = gtk_widget_get_direction (GTK_WIDGET (label)) == GTK_TEXT_DIR_RTL
                    && wb_text_runs_left_to_right (gtk_label_get_text (label));

  gtk_label_set_justify (label, turned ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
}

/**
 * wb_label_align_with_window:
 * @label: a label that wraps
 *
 * From now on all its lines begin, or end, where the window's lines begin: what the service says in
 * English, or is not translated yet, too.
 */
void
wb_label_align_with_window (GtkLabel *label)
{
  g_return_if_fail (GTK_IS_LABEL (label));

  g_signal_connect (label, "notify::label", G_CALLBACK (align), NULL);
  g_signal_connect (label, "direction-changed", G_CALLBACK (align), NULL);
  align (label);
}
