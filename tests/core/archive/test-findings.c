/* test-findings.c: what a careful reader would notice
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"

#include "core/archive/tree/findings.h"

#include <string.h>

/* All findings for one file. */
static guint
find (WbArchive  *archive,
      const char *path)
{
  g_autoptr (GArray) findings = wb_findings_new (archive);
  guint result = 0;

  for (guint i = 0; i < findings->len; i++)
    {
      const WbFinding *finding = &g_array_index (findings, WbFinding, i);
      g_autofree char *node_path = wb_archive_dup_path (archive, finding->node);

      g_assert_cmpstr (wb_finding_to_text (finding->kind), !=, "");
      if (strcmp (node_path, path) == 0)
        result |= finding->kind;
    }

  return result;
}

/* One alone in its archive. */
static guint
find_in_text (const char *text)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;

  wb_zip_maker_add_text (maker, "connections/n.conn", text);
  archive = archive_open_maker (maker);

  return find (archive, "connections/n.conn");
}

static void
test_one (void)
{
  static const struct
  {
    const char *text;
    guint       findings;
  } cases[] = {
    { "{\"name\":\"n\",\"type\":\"DLI\"}", 0 },
    { "{\"name\":\"n\",\"type\":\"new\"}", 0 },
    { "{\"name\":\"n\"}", WB_FINDING_KEY_MISSING },
    { "{\"type\":\"DLI\"}", WB_FINDING_KEY_MISSING },
    { "{\"name\":\"N\",\"type\":\"DLI\"}", WB_FINDING_NAME_DIFFERS },
    { "{\"dw_name\":\"n\",\"dw_type\":\"DLI\"}", 0 },
    { "{\"name\":\"n\",\"type\":\"cloudtable\",\"config\":{\"clusterName\":\"c\"}}", 0 },
    { "{\"name\":\"n\",\"type\":\"cloudtable\",\"config\":{\"clusterName\":\"\"}}",
      WB_FINDING_KEY_MISSING },
    { "{\"name\":\"n\",\"type\":\"cloudtable\",\"config\":{}}", WB_FINDING_KEY_MISSING },
    { "{\"name\":\"n\",\"type\":\"DWS\",\"config\":{\"ip\":\"h\",\"port\":\"1\","
      "\"userName\":\"u\",\"sslEnable\":true,\"kmsKey\":\"k\",\"agentName\":\"a\"}}",
      0 },
    { "{\"name\":\"n\",\"type\":\"DWS\",\"config\":{\"ip\":\"h\","
      "\"userName\":\"u\",\"sslEnable\":true,\"kmsKey\":\"k\",\"agentName\":\"a\"}}",
      WB_FINDING_KEY_MISSING },
    { "{\"name\":\"n\",\"type\":\"DWS\",\"config\":{\"clusterName\":\"c\",\"password\":\"p\","
      "\"userName\":\"u\",\"sslEnable\":\"False\",\"kmsKey\":\"k\",\"agentName\":\"a\"}}",
      WB_FINDING_SSL_OFF | WB_FINDING_CLEAR_SECRET },
    { "{\"name\":\"n\",\"type\":\"HIVE\",\"config\":{\"clusterName\":\"c\","
      "\"connectionMethod\":\"direct\"}}",
      0 },
    { "{\"name\":\"n\",\"type\":\"HIVE\",\"config\":{\"clusterName\":\"c\","
      "\"connectionMethod\":\"Agent\",\"password\":\"***\"}}",
      WB_FINDING_KEY_MISSING },
    { "{\"name\":\"n\",\"type\":\"HIVE\",\"config\":{\"clusterName\":\"c\",\"kmsName\":\"k\","
      "\"mrsConnectionType\":\"agent\",\"dbUserName\":\"u\"},\"agent_name\":\"a\"}",
      0 },
    { "{\"name\":\"n\",\"type\":\"DLI\",\"sslEnable\":false}", WB_FINDING_SSL_OFF },
    { "{\"name\":\"n\",\"type\":\"DLI\",\"k\":{\"password\":\"Zq4711Teal\"},\"k2\":\"Zq4711Teal\"}",
      WB_FINDING_CLEAR_SECRET },
    { "{\"name\":\"as-Zq4711Teal\",\"type\":\"DLI\",\"k\":{\"password\":\"Zq4711Teal\"}}",
      WB_FINDING_CLEAR_SECRET | WB_FINDING_SECRET_IN_NAME | WB_FINDING_NAME_DIFFERS },
    /* The folder's name. */
    { "{\"name\":\"n\",\"type\":\"DLI\",\"k\":{\"password\":\"connections\"}}",
      WB_FINDING_CLEAR_SECRET | WB_FINDING_SECRET_IN_NAME },
    { "not JSON", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint findings = find_in_text (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmphex (findings, ==, cases[i].findings);
    }
}

static void
test_several (void)
{
  static const char cluster[] = "{\"name\":\"%s\",\"type\":\"CloudTable\","
                                "\"config\":{\"clusterName\":\"%s\"}}";
  const struct
  {
    const char *path;
    const char *name;
    const char *address;
    guint       findings;
  } files[] = {
    { "connections/a.conn", "a", "one", WB_FINDING_SHARED_ADDRESS },
    { "connections/b.conn", "b", "two", 0 },
    { "connections/c.conn", "A", "ONE",
      WB_FINDING_SHARED_ADDRESS | WB_FINDING_NAME_DIFFERS | WB_FINDING_DUPLICATE_NAME },
    { "connections/old/d.conn", "d", "three", WB_FINDING_ELSEWHERE },
    { "e.conn", "e", "four", WB_FINDING_ELSEWHERE },
    { "connections/notes.txt", "notes", "one", WB_FINDING_ELSEWHERE },
  };
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_auto (GStrv) parts = g_strsplit (cluster, "%s", 3);
      g_autofree char *text = g_strconcat (parts[0], files[i].name, parts[1], files[i].address,
                                           parts[2], NULL);

      wb_zip_maker_add_text (maker, files[i].path, text);
    }
  archive = archive_open_maker (maker);
  for (guint i = 1; i < G_N_ELEMENTS (files); i++)
    g_assert_cmphex (find (archive, files[i].path), ==, files[i].findings);
  g_assert_cmphex (find (archive, files[0].path), ==,
                   files[0].findings | WB_FINDING_DUPLICATE_NAME);
  g_assert_cmphex (find (archive, "connections"), ==, 0);
}

/* A kind behind the last one of today is taken too: whoever shows findings goes by this alone. */
static void
test_kinds (void)
{
  WbFindings findings = (WbFindings) 0xffff;
  WbFindings none = WB_FINDING_NONE;

  for (guint bit = 0; bit < 16; bit++)
    g_assert_cmphex (wb_findings_take_first (&findings), ==, 1u << bit);
  g_assert_cmphex (findings, ==, WB_FINDING_NONE);
  g_assert_cmphex (wb_findings_take_first (&none), ==, WB_FINDING_NONE);

  findings = WB_FINDING_SHARED_ADDRESS | WB_FINDING_ELSEWHERE;
  g_assert_cmphex (wb_findings_take_first (&findings), ==, WB_FINDING_ELSEWHERE);
  g_assert_cmphex (findings, ==, WB_FINDING_SHARED_ADDRESS);

  g_assert_cmpstr (wb_finding_to_text (WB_FINDING_NONE), ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/findings/kinds", test_kinds);
  g_test_add_func ("/findings/one", test_one);
  g_test_add_func ("/findings/several", test_several);

  return g_test_run ();
}
