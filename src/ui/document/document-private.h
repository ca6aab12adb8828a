/* document-private.h: what the parts of a document share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/document/document.h"

G_BEGIN_DECLS

/* What is added to the name of a file that is no export, but was made from lists. */
#define WB_DOCUMENT_REBUILT "rebuilt"

struct _WbDocument
{
  GObject parent_instance;

  WbSpool   *spool;          /* (owned) */
  WbArchive *archive;        /* (owned) */
  GFile     *file;           /* (owned) (nullable) */
  gboolean   exported;       /* by this run, not opened from a file */
  char      *account_name;   /* (owned) (nullable): only when exported, as the next three */
  char      *workspace_name; /* (owned) (nullable) */
  char      *mark;           /* (owned) (nullable): escaped */
  const char *mark_color;    /* (nullable): interned */
  char      *host;           /* (owned) (nullable) */
  char      *suggested_name; /* (owned) (nullable): for its file */
  WbHistoryRecord *record;   /* (owned) (nullable) */
  GDateTime *when;           /* (owned) (nullable): exported or last changed, local time */
  GCancellable *reading;     /* (owned) (nullable): while the archive is not complete */
};

G_END_DECLS
