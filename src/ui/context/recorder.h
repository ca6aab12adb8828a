/* recorder.h: writes records into the history, one after the other and without waiting
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/history/history.h"

G_BEGIN_DECLS

/* Signals: `changed`: something was written or removed; `problem` (string): a sentence on what is
 * wrong with the history, which has failed nothing else. */
#define WB_TYPE_RECORDER (wb_recorder_get_type ())
G_DECLARE_FINAL_TYPE (WbRecorder, wb_recorder, WB, RECORDER, GObject)

WbRecorder *wb_recorder_new         (WbHistory       *history);
WbHistory  *wb_recorder_get_history (WbRecorder      *self);
void        wb_recorder_put         (WbRecorder      *self,
                                     WbHistoryRecord *record);
void        wb_recorder_remove      (WbRecorder      *self,
                                     WbHistoryRecord *record);
void        wb_recorder_wait        (WbRecorder      *self);

G_END_DECLS
