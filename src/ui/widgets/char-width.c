/* char-width.c: widths by the font
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/char-width.h"

/**
 * wb_char_width_get_px:
 * @widget: a widget
 * @n_chars: a number of characters
 *
 * Returns: about how wide so many are in the widget's font, in pixels
 */
int
wb_char_width_get_px (GtkWidget *widget,
                      int        n_chars)
{
  PangoFontMetrics *metrics;
  int               units;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), 0);

  metrics = pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  units = pango_font_metrics_get_approximate_char_width (metrics);
  pango_font_metrics_unref (metrics);

  return PANGO_PIXELS_CEIL (n_chars * units);
}
