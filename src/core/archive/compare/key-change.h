/* key-change.h: one key of a file, as it was and as it is
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/compare/canonical.h"

G_BEGIN_DECLS

typedef enum
{
  WB_CHANGE_NONE,
  WB_CHANGE_COUNTED,
  WB_CHANGE_SET_BY_SERVICE, /* the service writes it by itself */
  WB_CHANGE_NOT_COMPARED,   /* a secret that one side does not include */
  WB_CHANGE_NOT_IN_SOURCE,  /* what one source leaves out, adds, or spells in another way */
  WB_N_CHANGE_KINDS,
} WbChangeKind;

/**
 * WbKeyChange:
 * @kind: whether it differs, and whether that counts
 * @key: the key as a path, escaped; empty for a file that is not a JSON object
 * @old_value: (nullable): as anybody may see it, escaped; %NULL if the key is new
 * @new_value: (nullable): likewise; %NULL if it is gone
 * @secret: a secret has changed, or cannot be compared
 * @masked: what differs is a secret alone, so neither value shows it
 */
typedef struct
{
  WbChangeKind kind;
  char        *key;
  char        *old_value;
  char        *new_value;
  gboolean     secret;
  gboolean     masked;
} WbKeyChange;

/**
 * WbKeyPair:
 * @old_file: (nullable): what the old file says, if there is one
 * @new_file: (nullable): what the new file says, if there is one
 * @old_index: one of the old file's values, or -1 for none
 * @new_index: one of the new file's values, or -1 for none
 * @next_old: of the old file, the value behind it
 * @next_new: of the new file, the value behind it
 * @one_form: a value is the same however the service's sources spell it
 * @other_source: the two come from different sources
 *
 * The values of one key; one of them is there at least. Walks through two files side by side.
 */
typedef struct
{
  WbCanonical *old_file;
  WbCanonical *new_file;
  int          old_index;
  int          new_index;
  guint        next_old;
  guint        next_new;
  gboolean     one_form;
  gboolean     other_source;
} WbKeyPair;

void         wb_key_pair_init      (WbKeyPair       *self,
                                    WbCanonical     *old_file,
                                    WbCanonical     *new_file,
                                    gboolean         one_form,
                                    gboolean         other_source);
gboolean     wb_key_pair_next      (WbKeyPair       *self);
WbChangeKind wb_key_pair_judge     (const WbKeyPair *self);
void         wb_key_change_init    (WbKeyChange     *change,
                                    const WbKeyPair *pair,
                                    WbChangeKind     kind);

G_END_DECLS
