/* finding-kinds.c: the kinds of findings, and their names
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/connection/finding-kinds.h"

#include <glib/gi18n-lib.h>

/**
 * wb_findings_take_first:
 * @findings: (inout): several findings, of which it takes one away
 *
 * For a loop over all of them, that ends where none is left.
 *
 * Returns: the kind that is shown first, or %WB_FINDING_NONE
 */
WbFindings
wb_findings_take_first (WbFindings *findings)
{
  guint bits = *findings;
  guint first = bits & -bits;

  *findings = (WbFindings) (bits & ~first);

  return (WbFindings) first;
}

/**
 * wb_finding_to_text:
 * @kind: one finding
 *
 * Returns: (transfer none): in a few translated words, what there is to notice of a connection
 */
const char *
wb_finding_to_text (WbFindings kind)
{
  /* Without a default, so that the compiler reports a kind that has no name. */
  switch (kind)
    {
    case WB_FINDING_DUPLICATE_NAME:
      return _ ("Same name as another connection");
    case WB_FINDING_ELSEWHERE:
      return _ ("Not a connection in the folder “connections”");
    case WB_FINDING_NAME_DIFFERS:
      return _ ("Name differs from the file’s");
    case WB_FINDING_KEY_MISSING:
      return _ ("Mandatory setting is missing");
    case WB_FINDING_CLEAR_SECRET:
      return _ ("Password in clear text");
    case WB_FINDING_SECRET_IN_NAME:
      return _ ("Name or path shows a password");
    case WB_FINDING_SSL_OFF:
      return _ ("SSL is off");
    case WB_FINDING_SHARED_ADDRESS:
      return _ ("Same address as another connection");
    case WB_FINDING_NONE:
      break;
    }

  return "";
}
