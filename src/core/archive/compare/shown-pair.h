/* shown-pair.h: two values that differ, written so that a person sees where
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json-scan.h"

G_BEGIN_DECLS

/**
 * WbPlainValue:
 * @type: what it is
 * @text: its characters, without a string's quotes and escapes, its secrets masked
 * @length: how many bytes
 */
typedef struct
{
  WbJsonType  type;
  const char *text;
  gsize       length;
} WbPlainValue;

void wb_shown_pair (const WbPlainValue *a,
                    const WbPlainValue *b,
                    char              **a_shown,
                    char              **b_shown);

G_END_DECLS
