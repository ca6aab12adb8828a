/* test-help.c: the pages of the help in each language, and the window that shows them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/service/refusal/service-codes.h"
#include "fault-server.h"
#include "ring.h"
#include "ui-test.h"
#include "ui/help/help-book.h"
#include "ui/help/help-section.h"
#include "ui/help/help-window.h"

#define HELP "/io/github/waybill/Waybill/help/"

static WbHelpChapter *
find_chapter (GPtrArray  *chapters,
              const char *anchor)
{
  for (guint i = 0; chapters != NULL && i < chapters->len; i++)
    {
      WbHelpChapter *chapter = chapters->pdata[i];

      if (g_str_equal (chapter->anchor, anchor))
        return chapter;
    }

  return NULL;
}

static gboolean
has_place (const char *language,
           const char *place)
{
  g_auto (GStrv) parts = g_strsplit (place, "#", 2);
  g_autoptr (GPtrArray) chapters = wb_help_book_read_in (language, parts[0]);

  return find_chapter (chapters, parts[1] != NULL ? parts[1] : "") != NULL;
}

/* The links, and the kinds of errors, in their order: they are the same in each language. */
static char *
dup_skeleton (WbHelpChapter *chapter)
{
  g_autoptr (GRegex) links = g_regex_new ("<a href=\"([^\"]*)\"", 0, 0, NULL);
  GString *skeleton = g_string_new (chapter->anchor);

  for (guint i = 0; i < chapter->blocks->len; i++)
    {
      WbHelpBlock *block = chapter->blocks->pdata[i];
      g_autoptr (GMatchInfo) match = NULL;

      g_assert_cmpstr (block->text, !=, "");
      g_string_append_printf (skeleton, " %d%s", block->kind,
                              block->bullet != NULL ? block->bullet : "");
      if (block->kind == WB_HELP_ERRORS || block->kind == WB_HELP_CODE)
        g_string_append (skeleton, block->text);
      g_regex_match (links, block->text, 0, &match);
      for (; g_match_info_matches (match); g_match_info_next (match, NULL))
        {
          g_autofree char *place = g_match_info_fetch (match, 1);

          g_string_append (skeleton, place);
        }
    }

  return g_string_free (skeleton, FALSE);
}

/* Each page of C is there with the same headings, blocks and links. */
static void
test_languages (void)
{
  g_auto (GStrv) languages = g_resources_enumerate_children (HELP, 0, NULL);

  g_assert_true (g_strv_contains ((const char *const *) languages, "C/"));
  g_assert_true (g_strv_contains ((const char *const *) languages, "de/"));
  for (gsize i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *folder = g_strconcat (HELP, languages[i], NULL);
      g_autofree char *language = g_strndup (languages[i], strlen (languages[i]) - 1);
      g_auto (GStrv) files = g_resources_enumerate_children (folder, 0, NULL);

      g_assert_cmpuint (g_strv_length (files), ==,
                        g_strv_length ((GStrv) wb_help_book_pages));
      for (gsize j = 0; wb_help_book_pages[j] != NULL; j++)
        {
          g_autoptr (GPtrArray) original = wb_help_book_read_in ("C", wb_help_book_pages[j]);
          g_autoptr (GPtrArray) chapters = wb_help_book_read_in (language, wb_help_book_pages[j]);

          g_test_message ("%s/%s", language, wb_help_book_pages[j]);
          g_assert_nonnull (chapters);
          g_assert_cmpuint (chapters->len, ==, original->len);
          for (guint k = 0; k < chapters->len; k++)
            {
              WbHelpChapter   *chapter = chapters->pdata[k];
              g_autofree char *expected = dup_skeleton (original->pdata[k]);
              g_autofree char *skeleton = dup_skeleton (chapter);

              g_assert_cmpstr (skeleton, ==, expected);
              g_assert_cmpstr (chapter->heading, !=, "");
              g_assert_true (k == 0 || *chapter->anchor != '\0');
              g_assert_true (find_chapter (chapters, chapter->anchor) == chapter);
            }
        }
    }
}

static void
test_links (void)
{
  g_autoptr (GRegex) links = g_regex_new ("<a href=\"([^\"]*)\"", 0, 0, NULL);
  guint n_links = 0;

  for (gsize i = 0; wb_help_book_pages[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) chapters = wb_help_book_read_in ("C", wb_help_book_pages[i]);

      for (guint j = 0; j < chapters->len; j++)
        {
          WbHelpChapter *chapter = chapters->pdata[j];

          for (guint k = 0; k < chapter->blocks->len; k++)
            {
              WbHelpBlock *block = chapter->blocks->pdata[k];
              g_autoptr (GMatchInfo) match = NULL;

              g_regex_match (links, block->text, 0, &match);
              for (; g_match_info_matches (match); g_match_info_next (match, NULL), n_links++)
                {
                  g_autofree char *place = g_match_info_fetch (match, 1);

                  g_test_message ("%s leads to %s", wb_help_book_pages[i], place);
                  g_assert_true (has_place ("C", place));
                }
            }
        }
    }
  g_assert_cmpuint (n_links, >, 5);
}

static void
look_for_cb (const char *code,
             WbError     meaning,
             const char *sentence,
             gpointer    user_data)
{
  g_autoptr (GError) error = g_error_new_literal (WB_ERROR, (int) meaning, sentence);
  const char      *kind = wb_error_kind_to_string (wb_error_get_kind (error));
  g_autofree char *text = wb_help_chapter_dup_text (find_chapter (user_data, kind), TRUE);

  g_test_message ("%s", code);
  g_assert_nonnull (strstr (text, sentence));
  g_assert_nonnull (strstr (text, code));
}

/* Each kind of error has an entry, and each sentence about a refusal stands in its own. */
static void
test_errors (void)
{
  g_autoptr (GPtrArray) chapters = wb_help_book_read ("errors");

  for (WbErrorKind kind = 0; kind < WB_ERROR_KIND_CANCELLED; kind++)
    {
      WbHelpChapter *chapter = find_chapter (chapters, wb_error_kind_to_string (kind));

      g_test_message ("%s", wb_error_kind_to_string (kind));
      g_assert_nonnull (chapter);
      g_assert_cmpuint (chapter->blocks->len, >, 0);
    }
  wb_service_codes_foreach (look_for_cb, chapters);
}

static void
test_markdown (void)
{
  static const struct
  {
    const char *source;
    const char *markup;
  } cases[] = {
    { "plain & <b>", "plain &amp; &lt;b&gt;" },
    { "*Save As…* (Ctrl+S)", "<i>Save As…</i> (Ctrl+S)" },
    { "**with** them", "<b>with</b> them" },
    { "`a<b` and `c*d*`", "<tt>a&lt;b</tt> and <tt>c*d*</tt>" },
    { "[here](ids.md#project).", "<a href=\"ids#project\">here</a>." },
    { "[here](ids.md)", "<a href=\"ids\">here</a>" },
    { "2 * 3, ** and `", "2 * 3, ** and `" },
    { "[not a link] (x)", "[not a link] (x)" },
    { "Grüße *Öffnen* 数据", "Grüße <i>Öffnen</i> 数据" },
    { "two\nlines", "two lines" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *page = g_strconcat ("# Title\n\n", cases[i].source, "\n", NULL);
      g_autoptr (GPtrArray) chapters = wb_help_markdown_read (page);
      WbHelpChapter *chapter = chapters->pdata[0];
      WbHelpBlock   *block = chapter->blocks->pdata[0];

      g_assert_cmpstr (chapter->heading, ==, "Title");
      g_assert_cmpuint (chapter->blocks->len, ==, 1);
      g_assert_cmpstr (block->text, ==, cases[i].markup);
    }
}

static WbHelpWindow *
find_help (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (WB_IS_HELP_WINDOW (l->data) && gtk_widget_get_mapped (l->data))
        return l->data;
    }

  return NULL;
}

static WbHelpWindow *
wait_for_help (void)
{
  WbHelpWindow *help;

  ui_wait_until ((help = find_help ()) != NULL);
  ui_wait_for_frames (help, 3);

  return help;
}

static void
close_help (WbHelpWindow *help)
{
  g_object_add_weak_pointer (G_OBJECT (help), (gpointer *) &help);
  gtk_window_close (GTK_WINDOW (help));
  ui_wait_until (help == NULL);
}

static gboolean
focuses (WbHelpWindow *help,
         const char   *anchor)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (help));

  return WB_IS_HELP_SECTION (focus)
         && g_str_equal (wb_help_section_get_anchor (WB_HELP_SECTION (focus)), anchor);
}

/* F1 opens it, a search finds a heading, Return goes there, and a link leads on. */
static void
test_window (void)
{
  WbWindow     *window = ui_open_window ();
  WbHelpWindow *help;

  ui_press (window, "F1");
  help = wait_for_help ();
  g_assert_cmpstr (wb_help_window_get_page (help), ==, "start");
  /* From the bus anything may come. */
  wb_help_window_go (help, "no\n such page");
  wb_help_window_go (help, "start#nor such\n heading");
  g_assert_cmpstr (wb_help_window_get_page (help), ==, "start");
  ring_go_round (help);

  gtk_widget_activate_action (GTK_WIDGET (help), "help.search", NULL);
  gtk_editable_set_text (ui_find (help, GTK_TYPE_SEARCH_ENTRY, NULL), "Agency ROLE delegated");
  ui_wait_for_frames (help, 2);
  g_assert_null (ui_find (help, GTK_TYPE_LIST_BOX_ROW, "First steps"));
  ui_press (help, "Return");
  ui_wait_until (focuses (help, "agency"));
  g_assert_cmpstr (wb_help_window_get_page (help), ==, "sign-in");
  gtk_editable_set_text (ui_find (help, GTK_TYPE_SEARCH_ENTRY, NULL), "xyzzy");
  ui_wait_until (ui_shows (help, "Nothing was found. Try fewer or other words."));
  gtk_editable_set_text (ui_find (help, GTK_TYPE_SEARCH_ENTRY, NULL), "");

  wb_help_window_go (help, "accounts");
  ui_wait_until (focuses (help, ""));
  g_signal_emit_by_name (gtk_root_get_focus (GTK_ROOT (help)), "go", "ids#project");
  ui_wait_until (focuses (help, "project"));

  /* It is the only one. */
  ui_press (window, "F1");
  ui_wait_for_frames (help, 2);
  g_assert_true (find_help () == help);
  close_help (help);
  ui_close_window (window);
}

/* A window asks for its own page, also while it takes all input of the others. */
static void
test_topics (void)
{
  static const struct
  {
    const char *action;
    const char *title;
    const char *page;
  } cases[] = {
    { "win.add-account", "Add Account", "accounts" },
    { "win.manage-accounts", "Accounts", "accounts" },
    { "app.request-log", "Request Log", "privacy" },
    { "app.history", "History", "compare" },
    { "app.export-all", "Export All", "unattended" },
  };
  WbWindow *window = ui_open_window ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWindow    *other = NULL;
      WbHelpWindow *help;

      g_test_message ("%s", cases[i].title);
      gtk_widget_activate_action (GTK_WIDGET (window), cases[i].action, NULL);
      while (other == NULL || !gtk_widget_get_mapped (GTK_WIDGET (other)))
        {
          g_autoptr (GList) windows = gtk_window_list_toplevels ();

          g_main_context_iteration (NULL, FALSE);
          for (GList *l = windows; l != NULL; l = l->next)
            {
              if (g_strcmp0 (gtk_window_get_title (l->data), cases[i].title) == 0)
                other = l->data;
            }
        }
      ui_press (other, "F1");
      help = wait_for_help ();
      g_assert_cmpstr (wb_help_window_get_page (help), ==, cases[i].page);
      ui_press (help, "Tab");
      close_help (help);
      g_object_add_weak_pointer (G_OBJECT (other), (gpointer *) &other);
      gtk_window_close (other);
      ui_wait_until (other == NULL);
    }
  ui_close_window (window);
}

/* An error page leads to what the help says of such errors. */
static void
test_error_page (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  WbAccount       *account = ui_add_account (url, TRUE);
  WbWindow        *window = ui_open_window ();
  WbHelpWindow    *help;

  ui_sign_in (account);
  g_settings_set_boolean (wb_context_get_settings (ui_test_get_context ()), "audit-notice-shown",
                          TRUE);
  fault_server_add_reply (server, 403, "", "{\"error_code\": \"DLF.6888\"}", -1);
  wb_window_select (window, account, NULL);
  ui_activate (window, "win.export");
  ui_wait_for_page (window, "error");
  ui_click (window, "_Help");
  help = wait_for_help ();
  ui_wait_until (focuses (help, "not-permitted"));
  g_assert_true (ui_says (help, "DLF.6888"));
  close_help (help);
  ui_close_window (window);
}

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/help/languages", test_languages);
  g_test_add_func ("/help/links", test_links);
  g_test_add_func ("/help/errors", test_errors);
  g_test_add_func ("/help/markdown", test_markdown);
  g_test_add_func ("/help/window", test_window);
  g_test_add_func ("/help/topics", test_topics);
  g_test_add_func ("/help/error-page", test_error_page);

  return g_test_run ();
}
