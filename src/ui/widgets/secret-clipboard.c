/* secret-clipboard.c: copies a secret, and removes it again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/secret-clipboard.h"

#include "ui/widgets/secret-hint.h"

#define CLIPBOARD_KEY "waybill-clipboard"

/* Leaves alone what a person has copied since. */
static void
take_back (GdkContentProvider *content)
{
  GdkClipboard *clipboard = g_object_get_data (G_OBJECT (content), CLIPBOARD_KEY);

  if (gdk_clipboard_is_local (clipboard) && gdk_clipboard_get_content (clipboard) == content)
    gdk_clipboard_set_content (clipboard, NULL);
}

static gboolean
timeout_cb (gpointer user_data)
{
  take_back (user_data);

  return G_SOURCE_REMOVE;
}

static void
shutdown_cb (GdkContentProvider *content)
{
  take_back (content);
}

/**
 * wb_secret_clipboard_set:
 * @clipboard: where to
 * @secret: what to copy
 *
 * Marks it for clipboard managers, and removes it after %WB_SECRET_SECONDS or when the program
 * ends, unless something else was copied since.
 */
void
wb_secret_clipboard_set (GdkClipboard *clipboard,
                         const char   *secret)
{
  GApplication       *program = g_application_get_default ();
  GdkContentProvider *parts[2];
  g_autoptr (GdkContentProvider) content = NULL;

  g_return_if_fail (GDK_IS_CLIPBOARD (clipboard));
  g_return_if_fail (secret != NULL);

  parts[0] = gdk_content_provider_new_typed (G_TYPE_STRING, secret);
  parts[1] = wb_secret_hint_new ();
  content = gdk_content_provider_new_union (parts, G_N_ELEMENTS (parts));
  g_object_set_data_full (G_OBJECT (content), CLIPBOARD_KEY, g_object_ref (clipboard),
                          g_object_unref);

  wb_secret_hint_answer (gdk_clipboard_get_display (clipboard));
  if (!gdk_clipboard_set_content (clipboard, content))
    return;

  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, WB_SECRET_SECONDS, timeout_cb,
                              g_object_ref (content), g_object_unref);
  /* Before GTK hands what is in the clipboard to its manager. */
  if (program != NULL)
    g_signal_connect_object (program, "shutdown", G_CALLBACK (shutdown_cb), content,
                             G_CONNECT_SWAPPED);
}
