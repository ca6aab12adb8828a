/* archive-facts.h: what an archive keeps of its connections' contents
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/connection/connection-digest.h"
#include "core/archive/rebuilt/waybill-note.h"
#include "core/archive/tree/node-tree.h"
#include "core/archive/zip/zip-reader.h"

G_BEGIN_DECLS

/* How much of the contents is read when an archive is opened. */
typedef enum
{
  WB_OPEN_ALL,   /* all that is known of a connection */
  WB_OPEN_TYPES, /* types and names alone */
  WB_OPEN_INDEX, /* only what Waybill itself says in a note */
  WB_OPEN_NAMES, /* nothing */
} WbOpenDepth;

/**
 * WbFact:
 * @texts: offset of each #WbDigestText in the strings; 0 for none
 * @haystack: offset of what can be searched
 * @haystack_length: how many bytes, 0 for none
 * @n_clear_secrets: how many secrets it holds in clear text
 * @findings: what shows in this connection alone
 */
typedef struct
{
  guint      texts[WB_N_DIGEST_TEXTS];
  guint      haystack;
  guint      haystack_length;
  guint      n_clear_secrets;
  WbFindings findings;
} WbFact;

typedef struct
{
  WbFact    *facts;    /* (owned), or (unowned) in a part: one for each node */
  GString   *strings;  /* (owned): each with a NUL byte behind it; the first is empty */
  GString   *haystack; /* (owned): see search-text.h */
  GTree     *types;    /* (owned) (nullable): offsets of the types, while being made */
  WbOpenDepth depth;
  gboolean   is_part;
  WbWaybillNote *note; /* (owned) (nullable): of a rebuilt archive */
} WbFacts;

WbFacts *wb_facts_new    (guint             n_nodes,
                          WbOpenDepth       depth);
WbFacts *wb_facts_new_part
                         (WbFacts          *whole);
void     wb_facts_take_part
                         (WbFacts             *self,
                          WbFacts             *part,
                          const WbZipContents *contents,
                          guint                n_contents);
void     wb_facts_free   (WbFacts          *self);
void     wb_facts_finish (WbFacts          *self);
gboolean wb_facts_take   (WbFacts          *self,
                          const WbNodeTree *tree,
                          guint             node,
                          const char       *bytes,
                          gsize             length);

void     wb_facts_take_note
                         (WbFacts          *self,
                          const WbNode     *node,
                          const char       *bytes,
                          gsize             length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbFacts, wb_facts_free)

G_END_DECLS
