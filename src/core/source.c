/* source.c: which call of the service the connections of an archive come from
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/source.h"

static const char *const names[WB_N_SOURCES] = {
  [WB_SOURCE_EXPORT] = "export",
  [WB_SOURCE_LIST] = "list",
  [WB_SOURCE_MANAGEMENT] = "management",
};

/**
 * wb_source_to_string:
 * @source: a source
 *
 * Returns: (transfer none): its name on the command line, in JSON and in `WAYBILL.json`
 */
const char *
wb_source_to_string (WbSource source)
{
  g_return_val_if_fail ((guint) source < WB_N_SOURCES, names[WB_SOURCE_EXPORT]);

  return names[source];
}

/**
 * wb_source_from_string:
 * @string: a name, as wb_source_to_string() gives it
 * @source: (out): the source
 *
 * Returns: whether there is a source of that name
 */
gboolean
wb_source_from_string (const char *string,
                       WbSource   *source)
{
  g_return_val_if_fail (string != NULL, FALSE);

  for (guint i = 0; i < WB_N_SOURCES; i++)
    {
      if (g_str_equal (string, names[i]))
        {
          *source = (WbSource) i;
          return TRUE;
        }
    }

  return FALSE;
}
