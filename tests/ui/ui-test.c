/* ui-test.c: the running program for a test, and how to look into its windows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include "ui/preview/preview.h"
#include "ui/widgets/secret-clipboard.h"

static WbApplication *program;
static WbContext     *context;

/* GTK 4.24 counts a frame twice in which a popover is drawn with its window, where nothing composes
 * the screen, and warns of itself. Every other warning ends the test. */
static GLogWriterOutput
log_cb (GLogLevelFlags   level,
        const GLogField *fields,
        gsize            n_fields,
        gpointer         user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (fields[i].key, "MESSAGE") && fields[i].length < 0
          && strstr (fields[i].value, "gdk_frame_timings_submitted() called on submitted frame")
               != NULL)
        return G_LOG_WRITER_HANDLED;
    }

  return g_log_writer_default (level, fields, n_fields, user_data);
}

/* Without g_application_run(), which would not return: the tests turn the main loop themselves. */
void
ui_test_init (int    *argc,
              char ***argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (argc, argv, NULL);
  g_log_set_writer_func (log_cb, NULL, NULL);
  program = wb_application_new ();
  g_application_register (G_APPLICATION (program), NULL, &error);
  g_assert_no_error (error);
  context = wb_application_get_context (program);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

WbApplication *
ui_test_get_program (void)
{
  return program;
}

WbContext *
ui_test_get_context (void)
{
  return context;
}

WbWindow *
ui_open_window (void)
{
  WbWindow *window = wb_window_new (context, GTK_APPLICATION (program));

  gtk_window_present (GTK_WINDOW (window));
  ui_wait_until (gtk_widget_get_mapped (GTK_WIDGET (window)));

  return window;
}

WbWindow *
ui_open_file (const char *path)
{
  WbWindow *window = ui_open_window ();
  g_autoptr (GFile) file = g_file_new_for_path (path);

  wb_window_open_file (window, file);
  ui_wait_until (!g_str_equal (wb_window_get_page (window), "opening"));
  /* Whether there is room for the details shows once the page is laid out. */
  ui_wait_for_frames (window, 2);

  return window;
}

/* Closes it as a person does, discarding what is not saved, and sees that nothing holds it. */
void
ui_close_window (WbWindow *window)
{
  WbDocument       *document = wb_window_get_document (window);
  gboolean          unsaved = document != NULL && wb_document_get_unsaved (document);
  AdwMessageDialog *dialog;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  if (unsaved)
    {
      ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
      ui_click (dialog, "_Discard");
    }
  ui_wait_until (window == NULL);
}

void
ui_wait_for_page (WbWindow   *window,
                  const char *page)
{
  ui_wait_until (g_str_equal (wb_window_get_page (window), page));
}

static gboolean
count_frame_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  guint *n_left = user_data;

  (*n_left)--;

  return *n_left > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
ui_wait_for_frames (gpointer widget,
                    guint    n_frames)
{
  guint n_left = n_frames;

  gtk_widget_add_tick_callback (widget, count_frame_cb, &n_left, NULL);
  ui_wait_until (n_left == 0);
}

/* What a widget itself says; NULL for a container. */
static char *
dup_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_INSCRIPTION (widget))
    return g_strdup (gtk_inscription_get_text (GTK_INSCRIPTION (widget)));
  if (GTK_IS_EDITABLE (widget))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (widget)));
  if (GTK_IS_BUTTON (widget))
    return g_strdup (gtk_button_get_label (GTK_BUTTON (widget)));
  if (GTK_IS_TEXT_VIEW (widget))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
      GtkTextIter    start;
      GtkTextIter    end;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
    }

  return NULL;
}

gboolean
ui_is_text (const char *own,
            const char *text)
{
  /* The translation of nothing is the header of the catalogue. */
  return g_strcmp0 (own, text) == 0
         || (*text != '\0' && g_strcmp0 (own, g_dgettext (GETTEXT_PACKAGE, text)) == 0);
}

gpointer
ui_find (gpointer    root,
         GType       type,
         const char *text)
{
  g_autofree char *own = NULL;

  if (!gtk_widget_get_visible (root))
    return NULL;

  own = dup_text (root);
  if (g_type_is_a (G_OBJECT_TYPE (root), type)
      && (text == NULL || ui_is_text (own, text)))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = ui_find (child, type, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
collect_texts (GtkWidget *widget,
               gboolean   hidden_too,
               GString   *texts)
{
  const char      *tooltip = gtk_widget_get_tooltip_text (widget);
  g_autofree char *text = NULL;

  if (!hidden_too && !gtk_widget_get_child_visible (widget))
    return;
  if (!hidden_too && !gtk_widget_get_visible (widget))
    return;

  text = dup_text (widget);
  if (text != NULL)
    g_string_append_printf (texts, "%s\n", text);
  if (tooltip != NULL)
    g_string_append_printf (texts, "%s\n", tooltip);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_texts (child, hidden_too, texts);
}

/* All that can be read below a widget, tooltips too, a line each. */
char *
ui_dup_texts (gpointer root,
              gboolean hidden_too)
{
  GString *texts = g_string_new ("");

  collect_texts (root, hidden_too, texts);

  return g_string_free (texts, FALSE);
}

/* In any language: the text, or all of it in that of the test. */
static gboolean
contains (const char *texts,
          const char *text)
{
  return strstr (texts, text) != NULL
         || (*text != '\0' && strstr (texts, g_dgettext (GETTEXT_PACKAGE, text)) != NULL);
}

/* Whether a text can be read anywhere below a widget, hidden or not. */
gboolean
ui_says (gpointer    root,
         const char *text)
{
  g_autofree char *texts = ui_dup_texts (root, TRUE);

  return contains (texts, text);
}

/* Whether it can be read and seen. */
gboolean
ui_shows (gpointer    root,
          const char *text)
{
  g_autofree char *texts = ui_dup_texts (root, FALSE);

  return contains (texts, text);
}

/* Of a message with numbers: its longest part between them, in the language of the test. */
gboolean
ui_shows_count (gpointer    root,
                const char *one,
                const char *several)
{
  g_autofree char *texts = ui_dup_texts (root, FALSE);
  gboolean         found = FALSE;

  for (gulong n = 1; n <= 5 && !found; n += 4)
    {
      const char *format = g_dngettext (GETTEXT_PACKAGE, one, several, n);
      g_auto (GStrv) parts = g_regex_split_simple ("%[0-9$']*[a-z]", format, 0, 0);
      const char *longest = parts[0];

      for (guint i = 1; parts[i] != NULL; i++)
        {
          if (strlen (parts[i]) > strlen (longest))
            longest = parts[i];
        }
      found = strstr (texts, longest) != NULL;
    }

  return found;
}

AdwMessageDialog *
ui_find_dialog (gpointer parent)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_window_get_transient_for (l->data) == parent)
        return l->data;
    }

  return NULL;
}

static gpointer
find_window (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (g_type_is_a (G_OBJECT_TYPE (l->data), type) && gtk_widget_get_mapped (l->data))
        return l->data;
    }

  return NULL;
}

/* It reads the folder first. */
static void
answer_file_chooser (GtkFileChooser *chooser,
                     GFile          *file)
{
  gboolean chosen = FALSE;
  gpointer answered = NULL;

  while (!chosen)
    {
      g_autoptr (GFile) shown = gtk_file_chooser_get_file (chooser);

      chosen = shown != NULL && g_file_equal (shown, file);
      if (!chosen)
        g_main_context_iteration (NULL, TRUE);
    }
  ui_wait_for_frames (chooser, 3);
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  /* It may ask whether to replace a file, or say that it was still reading another folder. */
  while (find_window (GTK_TYPE_FILE_CHOOSER) != NULL)
    {
      gpointer question = find_window (GTK_TYPE_MESSAGE_DIALOG);

      /* With newer GTK it goes a moment later, and its buttons have numbers of their own. */
      if (question != NULL && question != answered
          && ui_find (question, GTK_TYPE_BUTTON, "_Replace") != NULL)
        ui_click (question, "_Replace");
      else if (question != NULL && question != answered)
        {
          ui_click (question, "_OK");
          gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
        }
      else
        g_main_context_iteration (NULL, TRUE);
      answered = question;
    }
}

GtkFileChooser *
ui_find_file_chooser (void)
{
  return find_window (GTK_TYPE_FILE_CHOOSER);
}

char *
ui_save_to (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkFileChooser *chooser;
  char           *suggested;

  ui_wait_until ((chooser = find_window (GTK_TYPE_FILE_CHOOSER)) != NULL);
  suggested = gtk_file_chooser_get_current_name (chooser);
  /* As a person may type it: the folder comes later, and then not this one. */
  gtk_file_chooser_set_current_name (chooser, path);
  answer_file_chooser (chooser, file);

  return suggested;
}

void
ui_choose_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkFileChooser *chooser;

  ui_wait_until ((chooser = find_window (GTK_TYPE_FILE_CHOOSER)) != NULL);
  g_assert_true (gtk_file_chooser_set_file (chooser, file, NULL));
  answer_file_chooser (chooser, file);
}

void
ui_dismiss_file (void)
{
  GtkDialog *chooser;

  ui_wait_until ((chooser = find_window (GTK_TYPE_FILE_CHOOSER)) != NULL);
  ui_wait_for_frames (chooser, 3);
  gtk_dialog_response (chooser, GTK_RESPONSE_CANCEL);
  ui_wait_until (find_window (GTK_TYPE_FILE_CHOOSER) == NULL);
}

gboolean
ui_is_enabled (WbWindow   *window,
               const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), action);
}

void
ui_click (gpointer    root,
          const char *label)
{
  gpointer button = ui_find (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

void
ui_activate (gpointer    window,
             const char *action)
{
  if (g_str_has_prefix (action, "win."))
    g_assert_true (ui_is_enabled (window, action + strlen ("win.")));
  g_assert_true (gtk_widget_activate_action (window, action, NULL));
}

GtkWindow *
ui_turn_away (gpointer window)
{
  GtkWindow *other = GTK_WINDOW (gtk_window_new ());

  gtk_window_present (other);
  ui_wait_until (gtk_widget_get_mapped (GTK_WIDGET (other)));
  ui_press (other, "Shift");
  ui_wait_until (!gtk_window_is_active (GTK_WINDOW (window)));

  return other;
}

WbConnectionView *
ui_select (WbWindow *window,
           guint     position)
{
  WbPreview        *preview;
  WbConnectionView *details;

  ui_wait_for_page (window, "preview");
  preview = ui_find (window, WB_TYPE_PREVIEW, NULL);
  details = wb_preview_get_connection_view (preview);
  gtk_selection_model_select_item (
    wb_archive_view_get_model (wb_preview_get_archive_view (preview)), position, TRUE);
  ui_wait_until (!wb_connection_view_get_busy (details));

  return details;
}

void
ui_fire (gpointer user_data)
{
  GSource *source = g_main_context_find_source_by_user_data (NULL, user_data);

  g_assert_nonnull (source);
  g_assert_cmpint (g_source_get_ready_time (source), <=,
                   g_get_monotonic_time () + (WB_SECRET_SECONDS + 1) * G_USEC_PER_SEC);
  g_source_set_ready_time (source, 0);
}

char *
ui_dup_clipboard_text (GdkClipboard *clipboard)
{
  GdkContentProvider *content = gdk_clipboard_get_content (clipboard);
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  if (content == NULL)
    return g_strdup ("nothing");

  g_value_init (&value, G_TYPE_STRING);
  gdk_content_provider_get_value (content, &value, &error);
  g_assert_no_error (error);

  return g_value_dup_string (&value);
}

WbAccount *
ui_add_account (const char *url,
                gboolean    transient)
{
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (GListStore) workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
  g_autoptr (WbWorkspace) workspace = wb_workspace_new ("Sales", "");
  g_autoptr (GError) error = NULL;

  g_list_store_append (workspaces, workspace);
  wb_account_set (account, WB_ACCOUNT_NAME, "Test");
  wb_account_set (account, WB_ACCOUNT_CLOUD, WB_CLOUD_OTHER);
  wb_account_set (account, WB_ACCOUNT_SERVICE_URL, url);
  wb_account_set (account, WB_ACCOUNT_IDENTITY_URL, url);
  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, "0123456789abcdef0123456789abcdef");
  wb_account_set_auth_method (account, WB_AUTH_TOKEN);
  wb_account_set_workspaces (account, G_LIST_MODEL (workspaces));
  wb_account_set_transient (account, transient);
  wb_account_store_put (wb_context_get_store (context), account, &error);
  g_assert_no_error (error);

  return wb_account_store_find (wb_context_get_store (context), wb_account_get_uuid (account));
}

/* As if its secret had been found. */
void
ui_sign_in (WbAccount *account)
{
  g_autoptr (WbCredentials) credentials = wb_credentials_new_token ("a-token-for-tests");
  g_autoptr (WbEndpoints) endpoints = NULL;
  g_autoptr (WbClient) client = NULL;
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (GError) error = NULL;

  endpoints = wb_account_dup_endpoints (account, wb_context_get_clouds (context), &error);
  g_assert_no_error (error);
  client = wb_client_new (endpoints, NULL, &error);
  g_assert_no_error (error);
  sign_in = wb_sign_in_new (client, credentials, wb_account_get (account, WB_ACCOUNT_PROJECT_ID),
                            NULL);
  wb_sign_ins_keep (wb_context_get_sign_ins (context), account, sign_in);
}
