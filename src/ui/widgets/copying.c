/* copying.c: copies a text, and says so in a toast
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/copying.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/widgets/clip.h"
#include "ui/widgets/secret-clipboard.h"

/* The longest name of what was copied: a toast has one line. */
#define MAX_LABEL_BYTES 60

#define LAST_TOAST_KEY "waybill-last-copied"

/* Copying once more shows the newer toast at once, not when the time of the first one is up. */
static void
tell (GtkWidget  *widget,
      const char *message)
{
  GtkWidget       *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *markup = g_markup_escape_text (message, -1);
  AdwToast        *last;
  AdwToast        *toast;

  if (overlay == NULL)
    return;

  last = g_object_get_data (G_OBJECT (overlay), LAST_TOAST_KEY);
  if (last != NULL)
    adw_toast_dismiss (last);
  toast = adw_toast_new (markup);
  g_object_set_data_full (G_OBJECT (overlay), LAST_TOAST_KEY, g_object_ref (toast),
                          g_object_unref);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/**
 * wb_copy_text:
 * @widget: where it was copied, in a toast overlay
 * @text: what to copy
 * @label: (nullable): what it is, such as “User name”
 */
void
wb_copy_text (GtkWidget  *widget,
              const char *text,
              const char *label)
{
  g_autofree char *clipped = NULL;
  g_autofree char *message = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  if (label == NULL)
    {
      tell (widget, _ ("Copied"));
      return;
    }

  clipped = wb_clip_text (label, MAX_LABEL_BYTES);
  /* Translators: the name of a setting, such as “User name”. */
  message = g_strdup_printf (_ ("Copied: %s"), clipped);
  tell (widget, message);
}

/**
 * wb_copy_secret:
 * @widget: where it was copied, in a toast overlay
 * @secret: what to copy, which need not be shown
 * @label: (nullable): what it is, such as “Password”
 *
 * Copies it as wb_secret_clipboard_set() does. The toast says when it is taken back.
 */
void
wb_copy_secret (GtkWidget  *widget,
                const char *secret,
                const char *label)
{
  g_autofree char *clipped = NULL;
  g_autofree char *message = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (secret != NULL);

  wb_secret_clipboard_set (gtk_widget_get_clipboard (widget), secret);
  /* Translators: what was copied from a place where secrets can be seen. */
  clipped = wb_clip_text (label != NULL ? label : _ ("Text"), MAX_LABEL_BYTES);
  message = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                          /* Translators: the name of a secret, such as “Password”,
                                           * and a number of seconds. */
                                          "Copied: %s. It is removed from the clipboard in %d "
                                          "second.",
                                          "Copied: %s. It is removed from the clipboard in %d "
                                          "seconds.",
                                          WB_SECRET_SECONDS),
                             clipped, WB_SECRET_SECONDS);
  tell (widget, message);
}
