/* probe.h: a check of an account, step by step, that exports nothing
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/check/probe-step.h"
#include "core/service/sign-in/sign-in.h"

G_BEGIN_DECLS

/* A #GListModel of the WB_PROBE_N_STEPS #WbProbeStep, which change while it runs. */
#define WB_TYPE_PROBE (wb_probe_get_type ())
G_DECLARE_FINAL_TYPE (WbProbe, wb_probe, WB, PROBE, GObject)

WbProbe     *wb_probe_new               (WbSignIn      *sign_in,
                                         GListModel    *workspaces,
                                         const char    *workspace_id);
WbProbeStep *wb_probe_get_step          (WbProbe       *self,
                                         WbProbeKind    kind);
GDateTime   *wb_probe_get_token_expires (WbProbe       *self);

/* After WB_ERROR_SECOND_FACTOR give the code to the sign-in, and run it again. */
void         wb_probe_run_async  (WbProbe              *self,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean     wb_probe_run_finish (WbProbe              *self,
                                  GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
