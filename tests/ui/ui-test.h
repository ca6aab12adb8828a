/* ui-test.h: the running program for a test, and how to look into its windows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/application.h"
#include "ui/details/connection-view.h"
#include "ui/window/window.h"

G_BEGIN_DECLS

/* Events, not time: a condition that never comes true ends with the test's time limit. */
#define ui_wait_until(condition) \
  G_STMT_START \
  { \
    while (!(condition)) \
      g_main_context_iteration (NULL, TRUE); \
  } \
  G_STMT_END

void              ui_test_init           (int          *argc,
                                          char       ***argv);
WbApplication    *ui_test_get_program    (void);
WbContext        *ui_test_get_context    (void);

WbWindow         *ui_open_window         (void);
WbWindow         *ui_open_file           (const char   *path);
void              ui_close_window        (WbWindow     *window);
void              ui_wait_for_page       (WbWindow     *window,
                                          const char   *page);
void              ui_wait_for_frames     (gpointer      widget,
                                          guint         n_frames);

/* Whether a widget's own text is this one, or what it is in the language of the test. */
gboolean          ui_is_text             (const char   *own,
                                          const char   *text);
/* The first visible widget of a type below another, with this text if one is given. */
gpointer          ui_find                (gpointer      root,
                                          GType         type,
                                          const char   *text);
char             *ui_dup_texts           (gpointer      root,
                                          gboolean      hidden_too);
gboolean          ui_says                (gpointer      root,
                                          const char   *text);
gboolean          ui_shows               (gpointer      root,
                                          const char   *text);
gboolean          ui_shows_count         (gpointer      root,
                                          const char   *one,
                                          const char   *several);
AdwMessageDialog *ui_find_dialog         (gpointer      parent);
GtkFileChooser   *ui_find_file_chooser   (void);
/* Waits for the file dialog and answers it. The name is the one that was suggested. */
char             *ui_save_to             (const char   *path);
void              ui_choose_file         (const char   *path);
void              ui_dismiss_file        (void);
gboolean          ui_is_enabled          (WbWindow     *window,
                                          const char   *action);
void              ui_click               (gpointer      root,
                                          const char   *label);
void              ui_activate            (gpointer      window,
                                          const char   *action);
/* Keys and clicks as a person gives them, from outside the program; keys as xdotool names them,
 * joined by plus signs. */
void              ui_press               (gpointer      window,
                                          const char   *keys);
void              ui_left_click          (gpointer      widget);
void              ui_right_click         (gpointer      widget);

/* Another window gets the focus; destroying it gives the focus back. */
GtkWindow        *ui_turn_away           (gpointer      window);

/* Selects a row of the tree, which has the ZIP, its folder and then the connections, and waits for
 * its details. */
WbConnectionView *ui_select              (WbWindow     *window,
                                          guint         position);
/* As if a timeout's time were up; at most WB_SECRET_SECONDS may be left of it. */
void              ui_fire                (gpointer      user_data);
char             *ui_dup_clipboard_text  (GdkClipboard *clipboard);

/* An account at an address on this computer, signed in by a token, in the program's store. */
WbAccount        *ui_add_account         (const char   *url,
                                          gboolean      transient);
void              ui_sign_in             (WbAccount    *account);

G_END_DECLS
