/* window-private.h: what the parts of the window share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/window/account-switcher.h"
#include "ui/widgets/error-page.h"
#include "ui/export/export-job.h"
#include "ui/export/export-page.h"
#include "ui/preview/preview.h"
#include "ui/window/window.h"

G_BEGIN_DECLS

/* What goes on once an unsaved export is saved, or given up. */
typedef enum
{
  NEXT_NOTHING,
  NEXT_CLOSE,
  NEXT_EXPORT,
} NextStep;

struct _WbWindow
{
  AdwApplicationWindow parent_instance;

  WbContext     *context;     /* (owned) */
  WbDocument    *document;    /* (owned) (nullable): what the preview shows */
  WbExportJob   *job;         /* (owned) (nullable): while exporting */
  GCancellable  *cancellable; /* (owned) (nullable): while exporting or opening */
  GCancellable  *closing;     /* (owned): cancelled when the window goes */
  guint          inhibition;  /* against logging out, or 0 */
  gboolean       asking;      /* about the audit log */
  gboolean       saving;      /* or asking whether to */
  NextStep       next;        /* once it is saved */

  AdwWindowTitle    *title;
  WbAccountSwitcher *switcher;
  GtkWidget         *export_button;
  GtkWidget         *search_button;
  AdwToastOverlay   *toasts;
  GtkStack          *stack;
  GMenu             *file_menu;
  AdwStatusPage     *ready;
  WbExportPage      *export_page;
  WbPreview         *preview;
  WbErrorPage       *error_page;
};

/* The window */
gboolean    wb_window_is_closed       (WbWindow   *self);
void        wb_window_inhibit         (WbWindow   *self,
                                       const char *reason);
void        wb_window_uninhibit       (WbWindow   *self);
void        wb_window_leave           (WbWindow   *self);
const char *wb_window_get_home_page   (WbWindow   *self);
void        wb_window_show_page       (WbWindow   *self,
                                       const char *name);
void        wb_window_set_document    (WbWindow   *self,
                                       WbDocument *document);
void        wb_window_set_enabled     (WbWindow   *self,
                                       const char *name,
                                       gboolean    enabled);
void        wb_window_update_actions  (WbWindow   *self);

/* The account and workspace it works with */
void        wb_window_add_accounts    (WbWindow   *self);
void        wb_window_follow_accounts (WbWindow   *self);

/* How it exports */
void        wb_window_add_export      (WbWindow   *self);
void        wb_window_begin_export    (WbWindow   *self);

/* How it saves */
void        wb_window_add_save        (WbWindow   *self);
void        wb_window_begin_saving    (WbWindow   *self,
                                       const char *reason);
NextStep    wb_window_end_saving      (WbWindow   *self);
/* Says so in passing, with a button that shows the file in its folder. */
void        wb_window_show_saved      (WbWindow   *self,
                                       const char *text,
                                       GFile      *file);
void        wb_window_offer_to_save   (WbWindow   *self,
                                       NextStep    next);

/* How files come to it */
void        wb_window_add_open        (WbWindow   *self);

/* What its preview is compared with */
void        wb_window_add_compare     (WbWindow   *self);
void        wb_window_update_compare  (WbWindow   *self);

/* What it gives out of its preview */
void        wb_window_add_take_out    (WbWindow   *self);
void        wb_window_update_take_out (WbWindow   *self);

G_END_DECLS
