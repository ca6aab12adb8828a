/* test-details.c: what the details show of connections of all kinds, and what they keep hidden
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/details-fixture.h"

#include "core/archive/secrets/secret-values.h"
#include "sample/sample-data.h"
#include "ui/tree/archive-view.h"
#include "ui/widgets/field-row.h"
#include "ui/details/secret-row.h"
#include "ui/details/source-view.h"

#define UNKNOWN                                                                                    \
  "{\"name\": \"x\", \"type\": \"MRS Kafka\", \"createdBy\": \"alice\", \"config\": {\"brokers\":" \
  " [\"10.0.0.1:9092\", \"10.0.0.2:9092\"], \"deep\": {\"timeout\": 30, \"accessToken\":"          \
  " \"" SECRET "\"}, \"empty\": {}}}"

/* Opens a ZIP of this one connection, and selects it. */
static void
open_connection (DetailsFixture *fixture,
                 const char     *contents,
                 gsize           length)
{
  const WbZipItem item = { "connections/x.conn", .data = contents, .data_length = length };

  details_fixture_open (fixture, &item, 1);
  ui_select (fixture->window, 2);
}

static gboolean
shows (gpointer    root,
       const char *label,
       const char *value)
{
  g_autofree char *texts = ui_dup_texts (root, FALSE);
  g_autofree char *both = g_strdup_printf ("%s\n%s\n", label, value);

  return strstr (texts, both) != NULL;
}

static guint
count_type (GtkWidget *widget,
            GType      type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (widget, type);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_type (child, type);

  return n;
}

/* Every setting that is not hidden gives its value to the clipboard. */
static void
assert_copied (WbConnectionView *details,
               const char       *label,
               const char       *value)
{
  GtkWidget       *found = ui_find (details, GTK_TYPE_LABEL, label);
  GtkWidget       *row;
  g_autofree char *copied = NULL;
  g_autofree char *toast = g_strconcat ("Copied: ", label, NULL);

  g_assert_nonnull (found);
  row = gtk_widget_get_ancestor (found, WB_TYPE_FIELD_ROW);
  g_assert_true (gtk_widget_activate_action (row, "field.copy", NULL));
  copied = ui_dup_clipboard_text (gtk_widget_get_clipboard (row));
  g_assert_cmpstr (copied, ==, value);
  g_assert_true (ui_shows (gtk_widget_get_root (row), toast));
}

/* Whatever it is written in, and whatever it is: what is not known is shown as it came. */
static void
test_unknown (DetailsFixture *fixture,
              gconstpointer   data)
{
  gsize             length;
  g_autofree char  *wide = g_convert (UNKNOWN, -1, "UTF-16LE", "UTF-8", NULL, &length, NULL);
  WbConnectionView *details;

  open_connection (fixture, wide, length);
  details = fixture->details;
  g_assert_true (shows (details, "x", "MRS Kafka"));
  g_assert_true (shows (details, "createdBy", "alice"));
  g_assert_true (shows (details, "brokers[1]", "10.0.0.2:9092"));
  g_assert_true (shows (details, "deep.timeout", "30"));
  g_assert_true (shows (details, "deep.accessToken", WB_SECRET_DOTS));
  g_assert_true (shows (details, "empty", "{}"));
  g_assert_cmpuint (count_type (GTK_WIDGET (details), WB_TYPE_FIELD_ROW), ==, 5);
  g_assert_cmpuint (count_type (GTK_WIDGET (details), WB_TYPE_SECRET_ROW), ==, 1);
  assert_copied (details, "brokers[0]", "10.0.0.1:9092");
  g_assert_false (ui_says (fixture->window, SECRET));
}

/* The names that Management Center uses for the same settings. */
static void
test_management_center (DetailsFixture *fixture,
                        gconstpointer   data)
{
  const char *text =
    "{\"dw_name\": \"hive\", \"dw_type\": \"HIVE\", \"dw_config\": {\"clusterName\": \"mrs\","
    " \"dbUserName\": \"alice\", \"dbPassword\": \"" SECRET "\", \"kmsName\": \"key\","
    " \"kmsId\": \"1\", \"mrsConnectionType\": \"agent\"}, \"agent_name\": \"cdm\"}";
  WbConnectionView *details;

  open_connection (fixture, text, 0);
  details = fixture->details;
  g_assert_true (shows (details, "hive", "HIVE"));
  g_assert_true (shows (details, "Cluster", "mrs"));
  g_assert_true (shows (details, "User name", "alice"));
  g_assert_true (shows (details, "Password", WB_SECRET_DOTS));
  g_assert_true (shows (details, "KMS key", "key"));
  g_assert_true (shows (details, "KMS key ID", "1"));
  g_assert_true (shows (details, "Connection method", "agent"));
  g_assert_true (shows (details, "Agent (CDM cluster)", "cdm"));
  g_assert_false (ui_says (fixture->window, SECRET));
}

/* A plain word for each key that the service's API reference knows. */
static void
test_documented (DetailsFixture *fixture,
                 gconstpointer   data)
{
  static const struct
  {
    const char *key;
    const char *label;
  } keys[] = {
    { "clusterName", "Cluster" },
    { "ip", "IP address" },
    { "port", "Port" },
    { "userName", "User name" },
    { "kmsKey", "KMS key" },
    { "agentName", "Agent (CDM cluster)" },
    { "connectionMethod", "Connection method" },
    { "driverName", "Driver" },
    { "driverPath", "Driver file" },
    { "keyLocation", "Key file" },
  };
  g_autoptr (GString) text = g_string_new ("{\"name\": \"n\", \"type\": \"rds\", \"config\": {");
  WbConnectionView *details;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_string_append_printf (text, "\"%s\": \"value %u\", ", keys[i].key, i);
  g_string_append (text, "\"odd\": 1, \"sslEnable\": false, \"password\": \"***\"}}");
  open_connection (fixture, text->str, 0);
  details = fixture->details;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *value = g_strdup_printf ("value %u", i);

      g_assert_true (shows (details, keys[i].label, value));
      assert_copied (details, keys[i].label, value);
    }
  g_assert_true (shows (details, "SSL", "No"));
  g_assert_true (shows (details, "Password", "Not included by the service"));
  g_assert_true (shows (details, "Other Settings\nodd", "1"));
}

static void
collect_secrets (WbArchive *archive,
                 GPtrArray *secrets)
{
  for (guint node = 1; node < wb_archive_get_n_nodes (archive); node++)
    {
      g_autoptr (GBytes) contents = NULL;
      g_autoptr (WbJsonScan) scan = NULL;
      g_autoptr (WbSecretValues) values = NULL;

      if (wb_archive_get_kind (archive, node) != WB_NODE_CONNECTION)
        continue;
      contents = wb_archive_read (archive, node, NULL, NULL);
      g_assert_nonnull (contents);
      scan = wb_json_scan_new (g_bytes_get_data (contents, NULL), g_bytes_get_size (contents),
                               NULL);
      g_assert_nonnull (scan);
      values = wb_secret_values_new (g_bytes_get_data (contents, NULL), scan);
      for (guint i = 0; i < wb_secret_values_get_n_spans (values); i++)
        g_ptr_array_add (secrets, g_strdup (wb_secret_values_get_span (values, i)->secret));
    }
}

static void
assert_hidden (WbWindow  *window,
               GPtrArray *secrets)
{
  g_autofree char *texts = ui_dup_texts (window, TRUE);

  for (guint i = 0; i < secrets->len; i++)
    g_assert_null (strstr (texts, g_ptr_array_index (secrets, i)));
}

/* All of the sample, on both pages: nothing of its secrets is in any widget or buffer. */
static void
test_sample (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) workspaces = wb_sample_data_load (&error);
  g_autoptr (GPtrArray) secrets = g_ptr_array_new_with_free_func (g_free);
  const WbSampleWorkspace *workspace;
  g_autofree char         *path = NULL;
  WbWindow                *window;
  WbConnectionView        *details;

  g_assert_no_error (error);
  workspace = g_ptr_array_index (workspaces, 0);
  g_assert_cmpuint (json_array_get_length (workspace->connections), ==, 18);
  path = wb_zip_bytes_to_path (workspace->zip, "sample.zip");
  window = ui_open_file (path);
  ui_wait_for_page (window, "preview");
  collect_secrets (wb_document_get_archive (wb_window_get_document (window)), secrets);
  g_assert_cmpuint (secrets->len, ==, 2);

  details = ui_select (window, 1);
  for (guint i = 0; i < json_array_get_length (workspace->connections); i++)
    {
      ui_select (window, 2 + i);
      assert_hidden (window, secrets);
    }
  gtk_widget_activate_action (GTK_WIDGET (details), "connection.show-source", NULL);
  for (guint i = 0; i < json_array_get_length (workspace->connections); i++)
    {
      ui_select (window, 2 + i);
      g_assert_true (ui_says (ui_find (details, WB_TYPE_SOURCE_VIEW, NULL), "\"name\""));
      assert_hidden (window, secrets);
    }

  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

#define ADD(name, function) \
  g_test_add ("/details/" name, DetailsFixture, NULL, NULL, function, details_fixture_tear_down)
  ADD ("unknown", test_unknown);
  ADD ("management-center", test_management_center);
  ADD ("documented", test_documented);
#undef ADD
  g_test_add_func ("/details/sample", test_sample);

  return g_test_run ();
}
