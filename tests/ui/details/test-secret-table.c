/* test-secret-table.c: fixtures/secrets.json through the window: what is read, and what is spoken
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "core/service/refusal/service-error.h"
#include "ui/compare/compare-window.h"
#include "ui/compare/difference-view.h"
#include "ui/preview/preview-private.h"
#include "ui/preview/preview.h"
#include "ui/tree/archive-view.h"
#include "ui/window/error-page.h"
#include "zip-maker.h"

/* Rows of the tree in front of the first connection. */
#define FIRST_ROW 2

static JsonParser *table;

static JsonArray *
get_rows (void)
{
  return json_node_get_array (json_parser_get_root (table));
}

/* One archive with all rows; or with a change in each, and another secret in most. */
static char *
make_zip (const char *name,
          gboolean    changed)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < json_array_get_length (get_rows ()); i++)
    {
      JsonObject      *row = json_array_get_object_element (get_rows (), i);
      g_autofree char *path = g_strdup_printf ("connections/%s.conn",
                                               json_object_get_string_member (row, "id"));
      g_autofree char *json = json_to_string (json_object_get_member (row, "content"), FALSE);
      g_autoptr (GString) text = g_string_new (json);

      if (changed)
        {
          g_string_replace (text, "Zq", "Zw", 0);
          g_string_replace (text, "{", "{\"changed\":1,", 1);
        }
      wb_zip_maker_add_text (zip, path, text->str);
    }
  bytes = wb_zip_maker_finish (zip, NULL);

  return wb_zip_bytes_to_path (bytes, name);
}

/* What a screen reader is told of a widget besides its text. */
static void
append_spoken (GtkWidget *widget,
               GString   *texts)
{
  static const GtkAccessibleProperty names[] = {
    GTK_ACCESSIBLE_PROPERTY_LABEL,
    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
    GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
    GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER,
    GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS,
    GTK_ACCESSIBLE_PROPERTY_ROLE_DESCRIPTION,
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      /* What is not as expected is returned. */
      g_autofree char *value = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                                   names[i], "\001");

      if (value != NULL)
        g_string_append_printf (texts, "%s\n", value);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    append_spoken (child, texts);
}

static char *
dup_all (gpointer root)
{
  g_autofree char *read = ui_dup_texts (root, TRUE);
  GString         *texts = g_string_new (read);

  append_spoken (root, texts);

  return g_string_free (texts, FALSE);
}

/* Of @row (nullable) nothing may be there; of the others, what no other row says by chance. */
static void
assert_hidden (JsonObject *row,
               const char *view,
               const char *text)
{
  for (guint i = 0; i < json_array_get_length (get_rows ()); i++)
    {
      JsonObject *other = json_array_get_object_element (get_rows (), i);
      JsonArray  *hidden = json_object_get_array_member (other, "hidden");

      for (guint j = 0; j < json_array_get_length (hidden); j++)
        {
          const char *secret = json_array_get_string_element (hidden, j);

          if ((other == row || g_str_has_prefix (secret, "Zq")) && strstr (text, secret) != NULL)
            g_error ("%s shows “%s” of %s: %s", view, secret,
                     json_object_get_string_member (other, "id"), text);
        }
    }
}

static JsonObject *
find_row (const char *path)
{
  for (guint i = 0; i < json_array_get_length (get_rows ()); i++)
    {
      JsonObject      *row = json_array_get_object_element (get_rows (), i);
      const char      *id = json_object_get_string_member (row, "id");
      g_autofree char *own = g_strdup_printf ("connections/%s.conn", id);

      if (g_str_equal (own, path))
        return row;
    }

  return NULL;
}

static JsonObject *
select_row (WbWindow *window,
            guint     position)
{
  g_autoptr (WbEntry) entry = NULL;
  g_autofree char *path = NULL;

  ui_select (window, position);
  entry = wb_archive_view_dup_selected (ui_find (window, WB_TYPE_ARCHIVE_VIEW, NULL));
  path = wb_archive_dup_path (wb_entry_get_archive (entry), wb_entry_get_node (entry));

  return find_row (path);
}

/* The source of each row and, on the page behind it, the details; now and then the whole window
 * with the tree. */
static void
test_preview (void)
{
  g_autofree char  *path = make_zip ("table.zip", FALSE);
  WbWindow         *window = ui_open_file (path);
  guint             n = json_array_get_length (get_rows ());
  WbConnectionView *details = ui_select (window, 0);
  WbArchiveView    *tree = ui_find (window, WB_TYPE_ARCHIVE_VIEW, NULL);

  /* It grows by some rows a frame. */
  ui_wait_until (g_list_model_get_n_items (G_LIST_MODEL (wb_archive_view_get_model (tree)))
                 == FIRST_ROW + n);
  gtk_widget_activate_action (GTK_WIDGET (details), "connection.show-source", NULL);
  for (guint i = 0; i < n; i++)
    {
      JsonObject      *row = select_row (window, FIRST_ROW + i);
      const char      *id = json_object_get_string_member (row, "id");
      g_autofree char *text = dup_all (i % 50 == 0 ? (gpointer) window : (gpointer) details);
      const char      *first = strstr (text, id);

      g_assert_nonnull (first);
      g_assert_nonnull (strstr (first + 1, id));
      assert_hidden (row, "preview", text);
    }
  ui_close_window (window);
}

static void
test_findings (void)
{
  g_autofree char  *path = make_zip ("table.zip", FALSE);
  WbWindow         *window = ui_open_file (path);
  WbFindingsButton *button;
  GtkWidget        *list;
  g_autofree char  *text = NULL;

  ui_wait_for_page (window, "preview");
  ui_wait_until ((button = ui_find (window, WB_TYPE_FINDINGS_BUTTON, NULL)) != NULL);
  ui_wait_until (!wb_findings_button_get_busy (button));
  gtk_menu_button_popup (ui_find (button, GTK_TYPE_MENU_BUTTON, NULL));
  ui_wait_until ((list = ui_find (button, GTK_TYPE_LIST_BOX, NULL)) != NULL);
  text = dup_all (button);
  /* The list is long, and says something. */
  g_assert_nonnull (strstr (text, "connections/"));
  assert_hidden (NULL, "findings", text);
  ui_close_window (window);
}

static WbCompareWindow *
find_comparison (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (WB_IS_COMPARE_WINDOW (l->data) && gtk_widget_get_mapped (l->data))
        return l->data;
    }

  return NULL;
}

/* Row 0 is the heading of those that changed, which are all. */
static void
test_comparison (void)
{
  g_autofree char    *old_path = make_zip ("old.zip", TRUE);
  g_autofree char    *new_path = make_zip ("new.zip", FALSE);
  WbWindow           *window = ui_open_file (new_path);
  WbCompareWindow    *comparison;
  WbDifferenceView   *view;
  GtkSingleSelection *selection;

  ui_wait_for_page (window, "preview");
  ui_activate (window, "win.compare");
  ui_choose_file (old_path);
  ui_wait_until ((comparison = find_comparison ()) != NULL);
  ui_wait_until (g_str_equal (wb_compare_window_get_page (comparison), "differences"));
  view = ui_find (comparison, WB_TYPE_DIFFERENCE_VIEW, NULL);
  selection = GTK_SINGLE_SELECTION (
    gtk_list_view_get_model (ui_find (comparison, GTK_TYPE_LIST_VIEW, NULL)));

  for (guint i = 1; i < g_list_model_get_n_items (G_LIST_MODEL (selection)); i++)
    {
      g_autoptr (WbDifferenceLine) line = g_list_model_get_item (G_LIST_MODEL (selection), i);
      g_autofree char *text = NULL;

      gtk_single_selection_set_selected (selection, i);
      /* Each has the key `changed`, and no two the same secrets. */
      ui_wait_until (ui_says (view, "changed\n"));
      text = dup_all (i % 50 == 1 ? (gpointer) comparison : (gpointer) view);
      assert_hidden (NULL, "comparison", text);
    }

  ui_wait_for_frames (comparison, 3);
  g_object_add_weak_pointer (G_OBJECT (comparison), (gpointer *) &comparison);
  gtk_window_close (GTK_WINDOW (comparison));
  ui_wait_until (comparison == NULL);
  ui_close_window (window);
}

/* A service that quotes each. */
static void
test_error_page (void)
{
  g_autoptr (WbErrorPage) page = g_object_ref_sink (g_object_new (WB_TYPE_ERROR_PAGE, NULL));
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (WbWorkspace) workspace = wb_workspace_new ("Sales", "abc");

  wb_account_set (account, WB_ACCOUNT_NAME, "Berlin");
  for (guint i = 0; i < json_array_get_length (get_rows ()); i++)
    {
      JsonObject      *row = json_array_get_object_element (get_rows (), i);
      g_autofree char *json = json_to_string (json_object_get_member (row, "content"), FALSE);
      g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));
      const WbServiceReply reply = {
        .call = WB_SERVICE_CALL_EXPORT, .host = "h", .status = 500, .body = body
      };
      g_autoptr (GError) error = wb_service_error_new (&reply);
      g_autofree char *text = NULL;

      wb_error_page_show_export_error (page, error, account, workspace, FALSE);
      text = dup_all (page);
      g_assert_nonnull (strstr (text, json_object_get_string_member (row, "id")));
      assert_hidden (row, "error page", text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  ui_test_init (&argc, &argv);
  table = json_parser_new ();
  path = g_test_build_filename (G_TEST_DIST, "fixtures", "secrets.json", NULL);
  json_parser_load_from_file (table, path, &error);
  g_assert_no_error (error);

  g_test_add_func ("/secret-table/preview", test_preview);
  g_test_add_func ("/secret-table/findings", test_findings);
  g_test_add_func ("/secret-table/comparison", test_comparison);
  g_test_add_func ("/secret-table/error-page", test_error_page);

  return g_test_run ();
}
