/* test-console-address.c: IDs in pasted addresses
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/console-address.h"
#include "core/input-limits.h"

#define W "d1cd7861478748a6925bc02f47c69279"
#define I "6f1c2b7d9e0a4c53b8d41e7f0a9c5d22"

static void
test_found (void)
{
  static const struct
  {
    const char *text;
    const char *workspace_id;
    const char *instance_id;
    const char *region;
    const char *cloud;
  } cases[] = {
    { "https://console.example/dayu/?region=eu-de&instanceId=" I "#/factory?workspace=" W, W, I,
      "eu-de", "otc" },
    { "https://console.example/dayu/#/x/y?instanceId=" I "&workspace=" W "&z=1", W, I, NULL, NULL },
    { "?workspace=" W, W, NULL, NULL, NULL },
    { "#workspace=" W, W, NULL, NULL, NULL },
    { "evil.example/workspace=x?region=nowhere&workspace=" W, W, NULL, NULL, NULL },
    { "https://h/?workspace=%64%31cd7861478748a6925bc02f47c69279", W, NULL, NULL, NULL },
    { "https://h/?region=cn-north-4", NULL, NULL, "cn-north-4", "huawei" },
    /* The first that is well-formed counts. */
    { "https://h/?workspace=&workspace=a%20b&workspace=" W "&workspace=other",
      W, NULL, NULL, NULL },
    { "https://h/?Workspace=" W "&myworkspace=" W "&instanceId=" I, NULL, I, NULL, NULL },
  };
  g_autoptr (WbClouds) clouds = wb_clouds_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (WbConsoleAddress) address = { NULL };

      g_assert_true (wb_console_address_parse (cases[i].text, clouds, NULL, &address));
      g_assert_cmpstr (address.workspace_id, ==, cases[i].workspace_id);
      g_assert_cmpstr (address.instance_id, ==, cases[i].instance_id);
      g_assert_cmpstr (address.region, ==, cases[i].region);
      g_assert_cmpstr (address.cloud, ==, cases[i].cloud);
    }
}

/* Where two clouds have a region, the account's is the likely one. */
static void
test_likely_cloud (void)
{
  g_autoptr (WbClouds) clouds = wb_clouds_new ();

  for (guint i = 0; i < wb_clouds_get_n (clouds); i++)
    {
      const WbCloud *cloud = wb_clouds_get (clouds, i);

      for (guint j = 0; j < cloud->regions->len; j++)
        {
          const WbRegion  *region = g_ptr_array_index (cloud->regions, j);
          g_autofree char *text = g_strconcat ("https://h/?region=", region->id, NULL);
          g_auto (WbConsoleAddress) address = { NULL };

          g_assert_true (wb_console_address_parse (text, clouds, cloud->id, &address));
          g_assert_cmpstr (address.region, ==, region->id);
          g_assert_cmpstr (address.cloud, ==, cloud->id);
        }
    }
}

static void
test_nothing (void)
{
  static const char *const texts[] = {
    "",
    "https://console.example/workspace=" W,
    W,
    "?",
    "#?&#",
    "?workspace",
    "?workspace=",
    "?workspace=a%0d%0ab",
    "?workspace=a%00b",
    "?workspace=%ff",
    "?workspace=%EF%B8%8E",
    "?instanceId=。",
    "?workspace=a b",
    "?workspace=%",
    "?region=",
    "?region=eu-de%00",
    "?workspace=\xff",
  };
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autofree char *filler = g_strnfill (9000, 'a');
  g_autofree char *too_long = g_strconcat ("?x=", filler, "&workspace=" W, NULL);
  g_autofree char *long_id = g_strconcat ("?workspace=", filler, NULL);
  g_auto (WbConsoleAddress) address = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%u", i);
      g_assert_false (wb_console_address_parse (texts[i], clouds, NULL, &address));
      g_assert_null (address.workspace_id);
      g_assert_null (address.instance_id);
      g_assert_null (address.region);
    }
  g_assert_false (wb_console_address_parse (too_long, clouds, NULL, &address));
  g_assert_false (wb_console_address_parse (long_id, clouds, NULL, &address));
}

/* The longest address that is looked at, and one that is a character longer. */
static void
test_longest (void)
{
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autofree char *filler = g_strnfill (WB_CONSOLE_ADDRESS_MAX_BYTES
                                          - strlen ("?x=&workspace=" W),
                                        'a');
  g_autofree char *longest = g_strconcat ("?x=", filler, "&workspace=" W, NULL);
  g_autofree char *too_long = g_strconcat ("?x=a", filler, "&workspace=" W, NULL);
  g_auto (WbConsoleAddress) address = { NULL };
  g_auto (WbConsoleAddress) nothing = { NULL };

  g_assert_true (wb_console_address_parse (longest, clouds, NULL, &address));
  g_assert_cmpstr (address.workspace_id, ==, W);
  g_assert_false (wb_console_address_parse (too_long, clouds, NULL, &nothing));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/console-address/found", test_found);
  g_test_add_func ("/console-address/likely-cloud", test_likely_cloud);
  g_test_add_func ("/console-address/nothing", test_nothing);
  g_test_add_func ("/console-address/longest", test_longest);

  return g_test_run ();
}
