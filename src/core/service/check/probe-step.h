/* probe-step.h: one step of a check of an account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* In the order in which they are made. */
typedef enum
{
  WB_PROBE_NAMES,      /* the hosts' names are looked up */
  WB_PROBE_TLS,        /* the hosts answer, over TLS that can be trusted */
  WB_PROBE_SIGN_IN,    /* the credentials are accepted */
  WB_PROBE_PROJECT,    /* the project is there, and the sign-in is for it */
  WB_PROBE_WORKSPACES, /* the account's workspaces are among those the service lists */
  WB_PROBE_PERMISSION, /* connections may be seen; nothing is exported */
  WB_PROBE_N_STEPS
} WbProbeKind;

typedef enum
{
  WB_PROBE_PENDING,
  WB_PROBE_RUNNING,
  WB_PROBE_OK,      /* maybe with a remark */
  WB_PROBE_FAILED,
  WB_PROBE_SKIPPED, /* an earlier step failed, or the service does not offer it */
} WbProbeResult;

/* Properties, read-only and notified: `title` (string, translated, constant), `result` (int),
 * `text` (string, translated, empty where there is nothing to say), `duration-ms` (int, -1 until
 * it is known). */
#define WB_TYPE_PROBE_STEP (wb_probe_step_get_type ())
G_DECLARE_FINAL_TYPE (WbProbeStep, wb_probe_step, WB, PROBE_STEP, GObject)

WbProbeStep  *wb_probe_step_new             (WbProbeKind    kind);
void          wb_probe_step_begin           (WbProbeStep   *self);
void          wb_probe_step_end             (WbProbeStep   *self,
                                             WbProbeResult  result,
                                             const char    *text,
                                             const GError  *error);
void          wb_probe_step_reset           (WbProbeStep   *self);

WbProbeKind   wb_probe_step_get_kind        (WbProbeStep   *self);
const char   *wb_probe_step_get_title       (WbProbeStep   *self);
WbProbeResult wb_probe_step_get_result      (WbProbeStep   *self);
const char   *wb_probe_step_get_text        (WbProbeStep   *self);
int           wb_probe_step_get_duration_ms (WbProbeStep   *self);
const GError *wb_probe_step_get_error       (WbProbeStep   *self);

/* Their names in the command line's JSON; never translated. */
const char   *wb_probe_kind_to_string       (WbProbeKind    kind);
const char   *wb_probe_result_to_string     (WbProbeResult  result);

G_END_DECLS
