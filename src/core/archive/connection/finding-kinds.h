/* finding-kinds.h: the kinds of findings, and their names
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A finding is not an error: it is said quietly. They are shown in this order. A new one needs its
 * name in finding-kinds.c, or the compiler complains, and is found in connection-digest.c if one
 * connection alone shows it, else in tree/findings.c. */
typedef enum
{
  WB_FINDING_NONE = 0,
  WB_FINDING_DUPLICATE_NAME = 1 << 0, /* another connection has the same name, case aside */
  WB_FINDING_ELSEWHERE = 1 << 1,      /* not in the folder `connections`, or not a connection */
  WB_FINDING_NAME_DIFFERS = 1 << 2,   /* its name is not that of its file */
  WB_FINDING_KEY_MISSING = 1 << 3,    /* a documented mandatory key is missing or empty */
  WB_FINDING_CLEAR_SECRET = 1 << 4,   /* it holds a password in clear text */
  WB_FINDING_SECRET_IN_NAME = 1 << 5, /* its name or its path shows one of its secrets */
  WB_FINDING_SSL_OFF = 1 << 6,
  WB_FINDING_SHARED_ADDRESS = 1 << 7, /* another connection points at the same address */
} WbFindings;

WbFindings  wb_findings_take_first (WbFindings *findings);
const char *wb_finding_to_text     (WbFindings  kind);

G_END_DECLS
