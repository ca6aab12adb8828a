/* export-describe.c: what an export is doing, in a sentence for the window and the terminal
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/export/export.h"

#include <glib/gi18n-lib.h>

static char *
describe_waiting (gint64 retry_at)
{
  gint64 wait_us = MAX (retry_at - g_get_monotonic_time (), 0);
  gulong seconds = (gulong) ((wait_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       /* Translators: a number of seconds. */
                                       "The service is busy. Next try in %d second.",
                                       "The service is busy. Next try in %d seconds.", seconds),
                          (int) seconds);
}

static char *
describe_reading (WbExport *self)
{
  guint n_connections = wb_export_get_n_connections (self);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       /* Translators: how many connections have been read, and how
                                        * many there are. */
                                       "Reading connections: %u of %u",
                                       "Reading connections: %u of %u", n_connections),
                          wb_export_get_n_read (self), n_connections);
}

/**
 * wb_export_describe:
 * @self: (nullable): an export, or %NULL before there is one
 *
 * Returns: (transfer full): a translated sentence on what it is doing now; while it waits, the
 *   sentence changes every second without a notification
 */
char *
wb_export_describe (WbExport *self)
{
  g_return_val_if_fail (self == NULL || WB_IS_EXPORT (self), NULL);

  switch (self != NULL ? wb_export_get_state (self) : WB_EXPORT_IDLE)
    {
    case WB_EXPORT_SIGNING_IN:
      return g_strdup (_ ("Signing in…"));
    case WB_EXPORT_REQUESTING:
      return g_strdup (_ ("Waiting for the service…"));
    case WB_EXPORT_WAITING:
      return describe_waiting (wb_export_get_retry_at (self));
    case WB_EXPORT_RECEIVING:
      return g_strdup (_ ("Receiving…"));
    case WB_EXPORT_READING:
      return describe_reading (self);
    case WB_EXPORT_CHECKING:
    case WB_EXPORT_DONE:
      return g_strdup (_ ("Checking the archive…"));
    case WB_EXPORT_IDLE:
    default:
      return g_strdup (_ ("Preparing…"));
    }
}
