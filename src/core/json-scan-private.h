/* json-scan-private.h: what scan and grammar share: one strict run over a JSON text
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json-scan.h"

G_BEGIN_DECLS

/**
 * WbJsonGrammar:
 * @values: (nullable) (element-type WbJsonValue): gets every value, or %NULL for the verdict alone
 * @has_nul: whether some string holds `\u0000`, which json-glib would cut there
 *
 * All zero but for @values before the run; the others are its own.
 */
typedef struct
{
  const char *text;
  const char *end;
  const char *p;
  GArray     *values;
  gboolean    has_nul;
  const char *reason; /* untranslated, or NULL while all is well */
} WbJsonGrammar;

gboolean wb_json_grammar_run (WbJsonGrammar *self,
                              const char    *text,
                              gsize          length_bytes,
                              GError       **error);

G_END_DECLS
