/* test-console-row.c: what a pasted address of the console fills in, and what it never does
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "account-fixture.h"

#include "ui/accounts/account-form-private.h"
#include "ui/accounts/region-row.h"

#define ROW "Console address (optional)"
#define ID "bf2a7d6e1c8d4a0c9f5e3d2b1a0f9e8d"
#define INSTANCE "6f1c2b7d9e0a4c53b8d41e7f0a9c5d22"

typedef struct
{
  AccountFixture base;
  GtkWidget     *window;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  account_fixture_set_up (&fixture->base, data);
  fixture->window = account_fixture_open (&fixture->base, NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  account_fixture_tear_down (&fixture->base, data);
}

static const char *
get_region (Fixture *fixture)
{
  return wb_region_row_get_id (WB_REGION_ROW (find_row (fixture->window, "Region")));
}

static guint
get_cloud (Fixture *fixture)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (find_row (fixture->window, "Cloud")));
}

static const char *
get_address (Fixture    *fixture,
             const char *title)
{
  return gtk_editable_get_text (GTK_EDITABLE (find_row (fixture->window, title)));
}

static void
test_paste (Fixture      *fixture,
            gconstpointer data)
{
  const WbRegion *region = wb_cloud_find_region (wb_clouds_find (fixture->base.clouds, "otc"),
                                                 "eu-de");

  type_into (fixture->window, ROW,
             " https://evil.example/dayu/?region=eu-de&agencyId=1#/dlf?instanceId=" INSTANCE
             "&workspace=" ID "\n");
  g_assert_cmpstr (get_region (fixture), ==, "eu-de");
  g_assert_true (holds (fixture->window, ID));
  g_assert_true (shows (fixture->window, "Found: Region Germany (eu-de). Workspace " ID
                                         ". Its instance, " INSTANCE ", does not have to be set."));

  /* The host is never taken. */
  g_assert_cmpstr (get_address (fixture, "Identity (IAM)"), ==, region->identity_url);
  g_assert_cmpstr (get_address (fixture, "Service (DataArts Factory)"), ==, region->service_url);

  /* A later change wins. */
  wb_region_row_set_id (WB_REGION_ROW (find_row (fixture->window, "Region")), "eu-nl");
  g_signal_emit_by_name (find_row (fixture->window, ROW), "entry-activated");
  g_assert_cmpstr (get_region (fixture), ==, "eu-nl");

  /* The workspace stands in the place of the default one, and once. */
  g_assert_false (shows (fixture->window, "Without an ID: the service’s default workspace"));
  type_into (fixture->window, ROW, "x?workspace=" ID);
  g_assert_false (shows (fixture->window, "Another workspace has this"));
  type_into (fixture->window, ROW, "x?workspace=bf2a7d6e2");
  g_assert_true (holds (fixture->window, "bf2a7d6e2"));
  g_assert_false (shows (fixture->window, "Another workspace has this"));
}

/* A region of another cloud is taken while nothing is decided, and never after that. */
static void
test_other_cloud (Fixture      *fixture,
                  gconstpointer data)
{
  guint other = wb_clouds_get_n (fixture->base.clouds) - 1;

  type_into (fixture->window, ROW, "https://c.example/?region=cn-north-4");
  g_assert_cmpuint (get_cloud (fixture), ==, 1);
  g_assert_cmpstr (get_region (fixture), ==, "cn-north-4");

  type_into (fixture->window, ROW, "https://c.example/?region=eu-de");
  g_assert_cmpstr (get_region (fixture), ==, "cn-north-4");
  g_assert_true (shows (fixture->window, "of Open Telekom Cloud. If that is what you want"));
  type_into (fixture->window, ROW, "https://c.example/?region=cn-north-1");
  g_assert_cmpstr (get_region (fixture), ==, "cn-north-1");

  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (fixture->window, "Cloud")), other);
  type_into (fixture->window, "Identity (IAM)", "https://iam.example.com");
  type_into (fixture->window, ROW, "https://c.example/?region=cn-north-1&workspace=" ID);
  g_assert_cmpuint (get_cloud (fixture), ==, other);
  g_assert_cmpstr (get_address (fixture, "Identity (IAM)"), ==, "https://iam.example.com");
  g_assert_true (holds (fixture->window, ID));
}

/* Typed text counts when a person is done with it. */
static void
test_typed (Fixture      *fixture,
            gconstpointer data)
{
  const char *address = "?workspace=" ID;
  GtkWidget  *row = find_row (fixture->window, ROW);
  int         position = 0;

  for (const char *p = address; *p != '\0'; p++)
    gtk_editable_insert_text (GTK_EDITABLE (row), p, 1, &position);
  g_assert_false (shows (fixture->window, "Found:"));
  g_signal_emit_by_name (row, "entry-activated");
  g_assert_true (shows (fixture->window, "Found: Workspace " ID));

  gtk_editable_set_text (GTK_EDITABLE (row), "");
  g_assert_false (shows (fixture->window, "Found:"));
}

static void
test_hostile (Fixture      *fixture,
              gconstpointer data)
{
  static const char *const texts[] = {
    "https://console.example.com/",
    "https://console.example.com/?region=nowhere-1",
    "https://console.example.com/?workspace=a%0d%0aX-Evil:%201",
    "<a href='x'>&?workspace=",
    "workspace=" ID,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      type_into (fixture->window, ROW, "");
      type_into (fixture->window, ROW, texts[i]);
      g_assert_true (shows (fixture->window, "This names neither a workspace nor a region."));
      g_assert_false (shows (fixture->window, "Workspace ID"));
      g_assert_cmpstr (get_region (fixture), ==, "");
    }

  /* It keeps nothing from being saved. */
  g_assert_false (shows (fixture->window, "complete: " ROW));

  /* An ID is text. */
  type_into (fixture->window, ROW, "https://console.example.com/?workspace=%3Cb%3E&amp;");
  g_assert_true (shows (fixture->window, "Workspace <b>."));
}

int
main (int   argc,
      char *argv[])
{
  account_fixture_init (&argc, &argv);

  g_test_add ("/console-row/paste", Fixture, NULL, set_up, test_paste, tear_down);
  g_test_add ("/console-row/other-cloud", Fixture, NULL, set_up, test_other_cloud, tear_down);
  g_test_add ("/console-row/typed", Fixture, NULL, set_up, test_typed, tear_down);
  g_test_add ("/console-row/hostile", Fixture, NULL, set_up, test_hostile, tear_down);

  return g_test_run ();
}
