/* help-markdown.h: the little Markdown that the help is written in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  WB_HELP_PARAGRAPH,
  WB_HELP_ITEM,   /* `- text` or `1. text` */
  WB_HELP_CODE,   /* indented by four spaces */
  WB_HELP_ERRORS, /* `{errors KIND}`: what the service says, generated */
} WbHelpBlockKind;

typedef struct
{
  WbHelpBlockKind kind;
  char           *bullet; /* (owned) (nullable): of an item */
  char           *text;   /* (owned): Pango markup; of code plain text; of errors their kind */
} WbHelpBlock;

/* What stands behind one heading. The first of a page, behind its title, has no anchor. */
typedef struct
{
  char      *heading; /* (owned) */
  char      *anchor;  /* (owned): "" for the page itself */
  GPtrArray *blocks;  /* (owned) (element-type WbHelpBlock) */
} WbHelpChapter;

GPtrArray *wb_help_markdown_read (const char *text);

G_END_DECLS
