/* secret-hint.c: tells clipboard managers that what is in the clipboard is a secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/secret-hint.h"

#include <string.h>

#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

/* KDE's, which others follow. Some look for the type alone, others read what it holds. */
#define HINT_TYPE "x-kde-passwordManagerHint"
#define HINT "secret"

/**
 * wb_secret_hint_new:
 *
 * Returns: (transfer full): the hint, for a union with a secret
 */
GdkContentProvider *
wb_secret_hint_new (void)
{
  g_autoptr (GBytes) hint = g_bytes_new_static (HINT, strlen (HINT));

  return gdk_content_provider_new_for_bytes (HINT_TYPE, hint);
}

/* GDK lists the hint, but has nothing for who asks what it holds: it takes a type without a slash
 * for none of its own (GTK's issue 4087). Under X11 the request can be answered in its place. */
#ifdef GDK_WINDOWING_X11

static gboolean
asks_for_hint (GdkDisplay   *display,
               const XEvent *event)
{
  GdkClipboard *clipboard = gdk_display_get_clipboard (display);

  return event->type == SelectionRequest
         && event->xselectionrequest.selection
              == gdk_x11_get_xatom_by_name_for_display (display, "CLIPBOARD")
         && event->xselectionrequest.target
              == gdk_x11_get_xatom_by_name_for_display (display, HINT_TYPE)
         && gdk_clipboard_is_local (clipboard)
         && gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard),
                                                   HINT_TYPE);
}

/* The clipboard's own handler comes first, and would refuse. */
static gboolean
before_handlers_cb (GSignalInvocationHint *invocation,
                    guint                  n_values,
                    const GValue          *values,
                    gpointer               user_data)
{
  GdkDisplay *display = g_value_get_object (&values[0]);

  if (asks_for_hint (display, g_value_get_pointer (&values[1])))
    g_signal_handlers_block_matched (display, G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DATA,
                                     invocation->signal_id, 0, NULL, NULL,
                                     gdk_display_get_clipboard (display));

  return TRUE;
}

static gboolean
xevent_cb (GdkDisplay   *display,
           const XEvent *event,
           gpointer      signal_id)
{
  const XSelectionRequestEvent *request = &event->xselectionrequest;
  XEvent                        answer = { 0 };

  if (!asks_for_hint (display, event))
    return FALSE;

  g_signal_handlers_unblock_matched (display, G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DATA,
                                     GPOINTER_TO_UINT (signal_id), 0, NULL, NULL,
                                     gdk_display_get_clipboard (display));

  answer.xselection.type = SelectionNotify;
  answer.xselection.requestor = request->requestor;
  answer.xselection.selection = request->selection;
  answer.xselection.target = request->target;
  /* Old clients name none, and look for the target's (ICCCM 2.2). */
  answer.xselection.property = request->property != None ? request->property : request->target;
  answer.xselection.time = request->time;

  /* Who asked may have gone. */
  gdk_x11_display_error_trap_push (display);
  XChangeProperty (request->display, request->requestor, answer.xselection.property,
                   request->target, 8, PropModeReplace, (const guchar *) HINT, strlen (HINT));
  XSendEvent (request->display, request->requestor, False, NoEventMask, &answer);
  gdk_x11_display_error_trap_pop_ignored (display);

  return TRUE;
}

static void
answer_on_x11 (GdkDisplay *display)
{
  static const char key[] = "waybill-answers-hint";
  guint             signal_id;

  if (!GDK_IS_X11_DISPLAY (display) || g_object_get_data (G_OBJECT (display), key) != NULL)
    return;

  signal_id = g_signal_lookup ("xevent", G_OBJECT_TYPE (display));
  g_signal_add_emission_hook (signal_id, 0, before_handlers_cb, NULL, NULL);
  g_signal_connect (display, "xevent", G_CALLBACK (xevent_cb), GUINT_TO_POINTER (signal_id));
  g_object_set_data (G_OBJECT (display), key, display);
}

#endif

/**
 * wb_secret_hint_answer:
 * @display: in whose clipboard the hint will be
 *
 * From now on tells who asks what the hint holds, where the display lets us.
 */
void
wb_secret_hint_answer (GdkDisplay *display)
{
  g_return_if_fail (GDK_IS_DISPLAY (display));

#ifdef GDK_WINDOWING_X11
  answer_on_x11 (display);
#endif
}
