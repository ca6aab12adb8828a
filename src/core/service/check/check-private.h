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
  gboolean is_managed; /* of Management Center, since DataArts Factory has withdrawn its list */
  GError  *permission; /* (owned) (nullable): what came of it */
};

/* --- check-verdict.c --- */

gboolean wb_check_blames_project     (const GError         *error);
gboolean wb_check_blames_sign_in     (const GError         *error);
gboolean wb_check_blames_permission  (const GError         *error);
GError  *wb_check_judge_token        (WbSignIn             *sign_in,
                                      const char           *project_id);
GError  *wb_check_judge_workspaces   (GListModel           *workspaces,
                                      GListModel           *listed);

/* --- check-role.c --- */

void     wb_check_role_async         (WbSignIn             *sign_in,
                                      const char           *workspace_id,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
char    *wb_check_role_finish        (WbSignIn             *sign_in,
                                      GAsyncResult         *result);

/* --- host-check.c --- */

void     wb_host_check_names_async   (WbClient             *client,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
void     wb_host_check_answers_async (WbClient             *client,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean wb_host_check_finish        (WbClient             *client,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
