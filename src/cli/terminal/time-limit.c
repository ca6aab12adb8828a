/* time-limit.c: the end of a run that takes too long
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/terminal/time-limit.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"

/* A connection that is not there yet is given up a little before, so that it is told what was
 * waited for: a proxy, or a host. */
#define CONNECT_MARGIN_MS 100

/* Like what interrupts it, there is one for the process. */
static guint    limit_seconds;
static gboolean limit_is_over;

static gboolean
over_cb (gpointer user_data)
{
  limit_is_over = TRUE;
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/**
 * wb_cli_time_limit_begin:
 * @seconds: how long the run may take from now on
 * @cancellable: what is cancelled then
 *
 * Needs the main context to run.
 *
 * Returns: the monotonic time, in µs, by which a connection has to be there
 */
gint64
wb_cli_time_limit_begin (guint         seconds,
                         GCancellable *cancellable)
{
  limit_seconds = seconds;
  g_timeout_add_full (G_PRIORITY_DEFAULT, seconds * 1000, over_cb, g_object_ref (cancellable),
                      g_object_unref);

  return g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC - CONNECT_MARGIN_MS * 1000;
}

/**
 * wb_cli_time_limit_new_error:
 * @error: why the run failed
 *
 * Returns: (transfer full) (nullable): what to say instead, if it was cancelled by the limit: an
 *   error of %WB_ERROR_NETWORK
 */
GError *
wb_cli_time_limit_new_error (const GError *error)
{
  if (!limit_is_over || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;

  return g_error_new (WB_ERROR, WB_ERROR_NETWORK,
                      g_dngettext (GETTEXT_PACKAGE,
                                   /* Translators: a number of seconds; --timeout is typed as it
                                    * is. */
                                   "Not done within %u second, the limit that --timeout sets.",
                                   "Not done within %u seconds, the limit that --timeout sets.",
                                   limit_seconds),
                      limit_seconds);
}
