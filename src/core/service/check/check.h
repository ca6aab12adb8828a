/* check.h: a check of an account, step by step, that exports nothing
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/check/check-step.h"
#include "core/service/sign-in/sign-in.h"

G_BEGIN_DECLS

/* The check of one account: WB_CHECK_N_STEPS #WbCheckStep, which change while it runs. It can be
 * run again, but not twice at once. */
#define WB_TYPE_CHECK (wb_check_get_type ())
G_DECLARE_FINAL_TYPE (WbCheck, wb_check, WB, CHECK, GObject)

WbCheck     *wb_check_new               (WbSignIn      *sign_in,
                                         GListModel    *workspaces,
                                         const char    *workspace_id);
WbCheckStep *wb_check_get_step          (WbCheck       *self,
                                         WbCheckKind    kind);
GDateTime   *wb_check_get_token_expires (WbCheck       *self);

/* After WB_ERROR_SECOND_FACTOR give the code to the sign-in, and run it again. */
void         wb_check_run_async  (WbCheck              *self,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean     wb_check_run_finish (WbCheck              *self,
                                  GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
