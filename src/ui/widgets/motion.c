/* motion.c: nothing turns for whoever wants no motion
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/motion.h"

static void
animations_cb (GtkSettings    *settings,
               GParamSpec     *pspec,
               GtkCssProvider *provider)
{
  gboolean wanted;

  g_object_get (settings, "gtk-enable-animations", &wanted, NULL);
  gtk_css_provider_load_from_data (provider, wanted ? "" : "spinner { animation: none; }", -1);
}

/**
 * wb_motion_follow_settings:
 * @display: a display
 *
 * Has the spinners on it stand still as long as animations are off. GTK 4.8 does so by itself; GTK
 * 4.24 turns them all the same.
 */
void
wb_motion_follow_settings (GdkDisplay *display)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  GtkSettings *settings = gtk_settings_get_for_display (display);

  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_signal_connect_object (settings, "notify::gtk-enable-animations", G_CALLBACK (animations_cb),
                           provider, 0);
  animations_cb (settings, NULL, provider);
}
