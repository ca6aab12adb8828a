/* check-private.h: what a check of an account is made of, for what runs it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/check/check.h"

G_BEGIN_DECLS

struct _WbCheck
{
  GObject parent_instance;

  WbSignIn   *sign_in;      /* (owned) */
  GListModel *workspaces;   /* (owned) */
  char       *workspace_id; /* (owned) (nullable): the one to look at; all of them if NULL */
  guint       current;      /* of all, while they are looked at */

  WbCheckStep *steps[WB_CHECK_N_STEPS]; /* (owned) */
  GError      *failure;                 /* (owned) (nullable): of the first step that failed */

  GDateTime *token_expires; /* (owned) (nullable): when a pasted token does */

  gboolean has_asked;  /* for the connections */
  GError  *permission; /* (owned) (nullable): what came of it */
};

G_END_DECLS
