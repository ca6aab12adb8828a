/* window-private.h: what the parts of the window share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/export/export-job.h"
#include "ui/export/export-page.h"
#include "ui/preview/preview.h"
#include "ui/widgets/progress-bar.h"
#include "ui/window/account-switcher.h"
#include "ui/window/error-page.h"
#include "ui/window/window.h"

G_BEGIN_DECLS

struct _WbWindow
{
  AdwApplicationWindow parent_instance;

  WbContext    *context;         /* (owned) */
  WbDocument   *document;        /* (owned) (nullable): what the preview shows */
  WbExportJob  *job;             /* (owned) (nullable): while exporting */
  WbSource      source;          /* of the export that was asked for last */
  GCancellable *cancellable;     /* (owned) (nullable): while exporting or opening */
  GCancellable *closing;         /* (owned): cancelled when the window closes */
  guint         inhibition;      /* against logging out, or 0 */
  char         *task;            /* (owned) (nullable): the workspace or file of the last task */
  WbAccount    *task_account;    /* (owned) (nullable): the account of that workspace */
  guint         patience_id;     /* the first seconds of an export, or 0 */
  GtkWidget    *stop_question;   /* (nullable) (weak): whether to stop an export */
  gboolean      asking;          /* about the audit log */
  gboolean      saving;          /* or asking whether to */
  GtkWidget    *before_menu;     /* (unowned) (nullable): what had the focus before the main menu */
  AdwToast     *saved_toast;     /* (unowned) (nullable): about the last save */
  gboolean      close_requested; /* while saving: closes once that has succeeded */

  GtkWidget         *header;
  GtkMenuButton     *main_menu;
  AdwWindowTitle    *title;
  WbAccountSwitcher *switcher;
  GtkWidget         *export_button;
  GtkWidget         *search_button;
  AdwToastOverlay   *toasts;
  GtkStack          *stack;
  GMenu             *file_menu;
  AdwStatusPage     *ready;
  GtkLabel          *opening;
  WbProgressBar     *opening_bar;
  WbExportPage      *export_page;
  WbErrorPage       *error_page;
  WbPreview         *preview; /* (nullable): on the pages before the first preview */
};

/* What one window changes is for the next new one. */
#define WB_WINDOW_SETTING (G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_GET_NO_CHANGES)

/* The parts call these; see window-pages.c. */
gboolean    wb_window_is_closed           (WbWindow           *self);
void        wb_window_inhibit             (WbWindow           *self,
                                           const char         *reason);
void        wb_window_uninhibit           (WbWindow           *self);
void        wb_window_leave               (WbWindow           *self);
const char *wb_window_get_home_page       (WbWindow           *self);
void        wb_window_focus_page          (WbWindow           *self);
void        wb_window_show_page           (WbWindow           *self,
                                           const char         *name);
void        wb_window_set_document        (WbWindow           *self,
                                           WbDocument         *document);
void        wb_window_set_task            (WbWindow           *self,
                                           const char         *task,
                                           WbAccount          *account);
void        wb_window_update_actions      (WbWindow           *self);

/* Likewise for saving; see window-saving.c. */
void        wb_window_begin_saving        (WbWindow           *self,
                                           const char         *reason);
void        wb_window_end_saving          (WbWindow           *self);
/* Shows a toast with a button that shows the file in its folder. */
void        wb_window_show_saved          (WbWindow           *self,
                                           const char         *text,
                                           GFile              *file);
void        wb_window_show_saved_export   (WbWindow           *self);
void        wb_window_offer_to_save_async (WbWindow           *self,
                                           const char         *reason,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);
gboolean    wb_window_offer_to_save_finish (WbWindow          *self,
                                            GAsyncResult      *result);

/* Each part adds its actions to a new window; parts never call one another. */
void        wb_window_add_accounts        (WbWindow           *self);
void        wb_window_follow_accounts     (WbWindow           *self);
void        wb_window_add_export          (WbWindow           *self);
/* Whether the window must stay until a person has said that an export may be stopped. */
gboolean    wb_window_asks_to_stop        (WbWindow           *self);
void        wb_window_add_save            (WbWindow           *self);
void        wb_window_add_open            (WbWindow           *self);
void        wb_window_add_compare         (WbWindow           *self);
void        wb_window_add_area_keys       (WbWindow           *self);
void        wb_window_add_main_menu       (WbWindow           *self);
void        wb_window_class_add_keys      (WbWindowClass      *klass);
void        wb_window_add_copies          (WbWindow           *self);

G_END_DECLS
