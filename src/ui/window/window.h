/* window.h: one window, one preview
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/context/context.h"
#include "ui/document/document.h"

G_BEGIN_DECLS

/* Actions: win.back, win.find, win.properties, win.missing-passwords; win.add-account,
 * win.edit-account, win.check-account, win.manage-accounts, win.import-accounts; win.export,
 * win.export-again, win.export-from, win.cancel; win.save-as, win.show-in-files, win.show-saved;
 * win.open, win.open-recent, win.unlock; win.compare, win.compare-file; win.save-selected,
 * win.save-redacted, win.save-encrypted, win.copy-json. */
#define WB_TYPE_WINDOW (wb_window_get_type ())
G_DECLARE_FINAL_TYPE (WbWindow, wb_window, WB, WINDOW, AdwApplicationWindow)

WbWindow   *wb_window_new              (WbContext      *context,
                                        GtkApplication *application);

gboolean    wb_window_is_empty         (WbWindow      *self);
WbDocument *wb_window_get_document     (WbWindow      *self);
const char *wb_window_get_page         (WbWindow      *self);

void        wb_window_select           (WbWindow      *self,
                                        WbAccount     *account,
                                        WbWorkspace   *workspace);
void        wb_window_select_last_used (WbWindow      *self);

void        wb_window_export           (WbWindow      *self);
void        wb_window_open_file        (WbWindow      *self,
                                        GFile         *file);
void        wb_window_save_to          (WbWindow      *self,
                                        GFile         *target);

void        wb_window_show_message     (WbWindow      *self,
                                        const char    *message);

G_END_DECLS
