/* connection-digest.h: the little that an archive keeps of each connection
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/connection/finding-kinds.h"

G_BEGIN_DECLS

/* The texts that an archive keeps of each connection. A new one needs its line in the table in
 * connection-digest.c; to be sorted by it, one in #WbSortKey; to be shown, one in the table of
 * columns (ui/tree/archive-columns.c). */
typedef enum
{
  WB_DIGEST_NAME,
  WB_DIGEST_TYPE,
  WB_DIGEST_ADDRESS,
  WB_N_DIGEST_TEXTS,
} WbDigestText;

/**
 * WbConnectionDigest:
 * @texts: (owned): escaped, the empty string or %NULL for none
 * @n_clear_secrets: how many secrets it holds in clear text
 * @findings: those that show in one connection alone
 */
typedef struct
{
  char      *texts[WB_N_DIGEST_TEXTS];
  guint      n_clear_secrets;
  WbFindings findings;
} WbConnectionDigest;

gboolean wb_connection_digest       (WbConnectionDigest *self,
                                     const char         *path,
                                     gsize               path_length,
                                     const char         *bytes,
                                     gsize               length,
                                     GString            *haystack);
gboolean wb_connection_digest_type  (WbConnectionDigest *self,
                                     const char         *bytes,
                                     gsize               length);
void     wb_connection_digest_clear (WbConnectionDigest *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbConnectionDigest, wb_connection_digest_clear)

G_END_DECLS
