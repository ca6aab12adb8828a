/* test-dialogs.c: no answer leaves a dialog open, none counts twice, and Tab meets every button
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include "account-fixture.h"
#include "ring.h"
#include "ui/accounts/account-window.h"
#include "ui/compare/compare-window.h"
#include "ui/sign-in/sign-in-dialogs.h"
#include "zip-maker.h"

typedef struct
{
  WbWindow *window; /* (nullable): with an export that is not saved, until it is closed */
  WbWindow *other;  /* with a file */
  guint     n_answers;
} Fixture;

/* What an answer leads to. */
typedef enum
{
  THEN_NOTHING,
  THEN_FILE,       /* the question where */
  THEN_COMPARISON, /* a window */
  THEN_CLOSED,     /* the parent is closed */
} Then;

typedef struct
{
  const char *name;
  gpointer (*open) (Fixture *fixture); /* returns the parent */
  const char *button;                  /* (nullable): its label; a row answers without it */
  const char *response;                /* (nullable): close instead */
  Then        then;
} Case;

static guint
count_windows (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  guint n = 0;

  for (GList *l = windows; l != NULL; l = l->next)
    n += g_type_is_a (G_OBJECT_TYPE (l->data), type) ? 1 : 0;

  return n;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;

  wb_zip_maker_add_text (zip, "connections/sales.conn", "{\"name\": \"sales\"}");
  bytes = wb_zip_maker_finish (zip, NULL);
  path = wb_zip_bytes_to_path (bytes, "other.zip");

  g_action_group_activate_action (G_ACTION_GROUP (ui_test_get_program ()), "try-sample", NULL);
  fixture->window = WB_WINDOW (gtk_application_get_active_window (
    GTK_APPLICATION (ui_test_get_program ())));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  ui_wait_for_page (fixture->window, "preview");
  fixture->other = ui_open_file (path);
  ui_wait_for_page (fixture->other, "preview");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  ui_close_window (fixture->other);
  if (fixture->window != NULL)
    ui_close_window (fixture->window);
  g_assert_cmpuint (count_windows (GTK_TYPE_WINDOW), ==, 0);
}

static gpointer
open_compare (Fixture *fixture)
{
  ui_activate (fixture->window, "win.compare");

  return fixture->window;
}

static gpointer
open_redact (Fixture *fixture)
{
  AdwMessageDialog *dialog;

  ui_activate (fixture->window, "win.save-redacted");
  ui_wait_until ((dialog = ui_find_dialog (fixture->window)) != NULL
                 && adw_message_dialog_get_response_enabled (dialog, "save-as"));

  return fixture->window;
}

/* Closing it once more asks nothing more. */
static gpointer
open_offer (Fixture *fixture)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  gtk_window_close (GTK_WINDOW (fixture->window));

  return fixture->window;
}

static gpointer
open_failure (Fixture *fixture)
{
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nonexistent/export.zip");

  wb_window_save_to (fixture->window, nowhere);

  return fixture->window;
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->n_answers++;
}

static WbAccount *
new_account (void)
{
  WbAccount *account = wb_account_new ();

  wb_account_set (account, WB_ACCOUNT_NAME, "Test");
  wb_account_set (account, WB_ACCOUNT_CLOUD, "otc");
  wb_account_set (account, WB_ACCOUNT_REGION, "eu-de");
  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, "0123456789abcdef0123456789abcdef");
  wb_account_set (account, WB_ACCOUNT_DOMAIN, "domain");
  wb_account_set (account, WB_ACCOUNT_USER, "jane");

  return account;
}

static gpointer
open_secret (Fixture *fixture)
{
  g_autoptr (WbAccount) account = new_account ();

  wb_secret_dialog_ask_async (GTK_WINDOW (fixture->window), account, NULL, answered_cb, fixture);
  type_into (GTK_WIDGET (ui_find_dialog (fixture->window)), "Password", "hunter2");

  return fixture->window;
}

static gpointer
open_passcode (Fixture *fixture)
{
  WbContext *context = ui_test_get_context ();
  g_autoptr (WbAccount) account = new_account ();
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (GError) error = NULL;

  credentials = wb_credentials_new_password ("domain", "jane", "hunter2");
  sign_in = wb_sign_in_open (account, credentials, wb_context_get_clouds (context), TRUE,
                             wb_context_get_request_log (context), &error);
  g_assert_no_error (error);

  wb_passcode_dialog_ask_async (GTK_WINDOW (fixture->window), account, sign_in, NULL, answered_cb,
                                fixture);
  gtk_editable_set_text (ui_find (ui_find_dialog (fixture->window), ADW_TYPE_ENTRY_ROW, NULL),
                         "471108");

  return fixture->window;
}

/* With all of it filled in, so that every button can be used. */
static gpointer
open_new_password (Fixture *fixture)
{
  GtkWidget *row;

  ui_activate (fixture->window, "win.save-encrypted");
  row = ui_find (ui_find_dialog (fixture->window), ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    gtk_editable_set_text (GTK_EDITABLE (row), "secret words");

  return fixture->window;
}

static gpointer
open_notice (Fixture *fixture)
{
  g_settings_reset (wb_context_get_settings (ui_test_get_context ()), "audit-notice-shown");
  wb_window_select (fixture->window, ui_add_account ("http://127.0.0.1:9", TRUE), NULL);
  ui_activate (fixture->window, "win.export");

  return fixture->window;
}

/* Closing it once more asks nothing more. */
static gpointer
open_discard (Fixture *fixture)
{
  GtkWindow *window = wb_account_window_new (ui_test_get_context (), GTK_WINDOW (fixture->window),
                                             NULL);

  gtk_window_present (window);
  type_into (GTK_WIDGET (window), "Name", "Changed");
  gtk_window_close (window);
  gtk_window_close (window);

  return window;
}

static const Case cases[] = {
  { "compare-cancel", open_compare, "_Cancel", "cancel", THEN_NOTHING },
  { "compare-close", open_compare, NULL, NULL, THEN_NOTHING },
  { "compare-file", open_compare, "_Another File…", "file", THEN_FILE },
  { "compare-row", open_compare, NULL, "0", THEN_COMPARISON },
  { "redact-cancel", open_redact, "_Cancel", "cancel", THEN_NOTHING },
  { "redact-close", open_redact, NULL, NULL, THEN_NOTHING },
  { "redact-save-as", open_redact, "_Save As…", "save-as", THEN_FILE },
  { "offer-cancel", open_offer, "_Cancel", "cancel", THEN_NOTHING },
  { "offer-close", open_offer, NULL, NULL, THEN_NOTHING },
  { "offer-save-as", open_offer, "_Save As…", "save-as", THEN_FILE },
  { "offer-discard", open_offer, "_Discard", "discard", THEN_CLOSED },
  { "failure-close", open_failure, "_Close", "close", THEN_NOTHING },
  { "failure-save-as", open_failure, "_Save As…", "save-as", THEN_FILE },
  { "secret-cancel", open_secret, "_Cancel", "cancel", THEN_NOTHING },
  { "secret-close", open_secret, NULL, NULL, THEN_NOTHING },
  { "secret-sign-in", open_secret, "_Sign In", "sign-in", THEN_NOTHING },
  { "passcode-cancel", open_passcode, "_Cancel", "cancel", THEN_NOTHING },
  { "passcode-close", open_passcode, NULL, NULL, THEN_NOTHING },
  { "passcode-continue", open_passcode, "_Continue", "continue", THEN_NOTHING },
  { "new-password-cancel", open_new_password, "_Cancel", "cancel", THEN_NOTHING },
  { "new-password-close", open_new_password, NULL, NULL, THEN_NOTHING },
  { "new-password-save-as", open_new_password, "_Save As…", "continue", THEN_FILE },
  { "notice-cancel", open_notice, "_Cancel", "cancel", THEN_NOTHING },
  { "notice-close", open_notice, NULL, NULL, THEN_NOTHING },
  { "discard-keep", open_discard, "_Keep Editing", "keep", THEN_NOTHING },
  { "discard-close", open_discard, NULL, NULL, THEN_NOTHING },
  { "discard-discard", open_discard, "_Discard", "discard", THEN_CLOSED },
};

/* Twice in a row, by the button or row if it has one, or else as an extension or an assistive
 * technology would. Each time no dialog is left. */
static void
answer_twice (gpointer    parent,
              const Case *c,
              gboolean    by_widget)
{
  g_autoptr (AdwMessageDialog) dialog = NULL;
  gpointer widget = NULL;

  ui_wait_until ((dialog = ui_find_dialog (parent)) != NULL);
  g_object_ref (dialog);
  ui_wait_until (gtk_widget_get_mapped (GTK_WIDGET (dialog)));
  g_assert_cmpuint (count_windows (ADW_TYPE_MESSAGE_DIALOG), ==, 1);
  if (by_widget)
    ring_go_round (dialog);
  if (by_widget && c->response != NULL)
    widget = ui_find (dialog, c->button != NULL ? GTK_TYPE_BUTTON : ADW_TYPE_ACTION_ROW, c->button);

  for (guint i = 0; i < 2; i++)
    {
      if (c->response == NULL)
        gtk_window_close (GTK_WINDOW (dialog));
      else if (widget != NULL)
        g_signal_emit_by_name (widget, c->button != NULL ? "clicked" : "activated");
      else
        adw_message_dialog_response (dialog, c->response);
      g_assert_cmpuint (count_windows (ADW_TYPE_MESSAGE_DIALOG), ==, 0);
    }
}

static void
end (gpointer    parent,
     const Case *c)
{
  switch (c->then)
    {
    case THEN_FILE:
      ui_dismiss_file ();
      break;
    case THEN_COMPARISON:
      ui_wait_until (count_windows (WB_TYPE_COMPARE_WINDOW) > 0);
      g_assert_cmpuint (count_windows (WB_TYPE_COMPARE_WINDOW), ==, 1);
      gtk_window_close (GTK_WINDOW (find_window ("Comparison")));
      break;
    case THEN_NOTHING:
    case THEN_CLOSED:
    default:
      break;
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_answer (Fixture      *fixture,
             gconstpointer data)
{
  const Case *c = data;
  guint       n_windows = count_windows (GTK_TYPE_WINDOW);
  guint       n_ways = c->then == THEN_CLOSED && c->open == open_offer ? 1 : 2;

  for (guint i = 0; i < n_ways; i++)
    {
      gpointer parent = c->open (fixture);
      gboolean is_own = parent == fixture->window;
      guint    n_left = n_windows;

      answer_twice (parent, c, i == 0);
      end (parent, c);
      if (is_own && c->then == THEN_CLOSED)
        n_left--;
      else if (!is_own && c->then != THEN_CLOSED)
        gtk_window_destroy (parent);
      g_assert_cmpuint (count_windows (GTK_TYPE_WINDOW), ==, n_left);
    }
  if (c->open == open_secret || c->open == open_passcode)
    g_assert_cmpuint (fixture->n_answers, ==, n_ways);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dialogs/", cases[i].name, NULL);

      g_test_add (path, Fixture, &cases[i], set_up, test_answer, tear_down);
    }

  return g_test_run ();
}
