/* test-search.c: what a search finds, counts and highlights
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"

#include "core/archive/list/entry-list.h"
#include "core/archive/list/search-query.h"
#include "core/archive/connection/search-text.h"
#include "core/input-limits.h"

#include <string.h>

/* Until its result is there. */
static void
search (WbEntryFilter *filter,
        const char    *text)
{
  wb_entry_filter_set_text (filter, text);
  while (wb_entry_filter_get_busy (filter))
    g_main_context_iteration (NULL, TRUE);
}

static WbArchive *
open_usual (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

  wb_zip_maker_add_text (maker, "connections/dws_sales.conn",
                         "{\"name\":\"dws_sales\",\"type\":\"DWS\","
                         "\"description\":\"Große Straße\","
                         "\"config\":{\"ip\":\"10.0.0.12\",\"port\":\"8000\","
                         "\"userName\":\"admin\",\"password\":\"Canary-1\","
                         "\"note\":\"as Canary-1 was\"}}");
  wb_zip_maker_add_text (maker, "connections/dws_test.conn",
                         "{\"name\":\"dws_test\",\"type\":\"dws\","
                         "\"config\":{\"ip\":\"10.0.1.5\",\"agentName\":\"cdm 1\"}}");
  wb_zip_maker_add_text (maker, "connections/hive.conn",
                         "{\"name\":\"other\",\"type\":\"HIVE\",\"description\":\"销售 dws\","
                         "\"config\":{\"clusterName\":\"mrs-10.0.0\","
                         "\"url\":\"jdbc:x://u:canary-2@h/db?a=b\","
                         "\"k\":{\"deep\":[1,\"Ünder\"]}}}");
  wb_zip_maker_add_text (maker, "connections/broken.conn", "canary-3");
  wb_zip_maker_add_text (maker, "Read me \xff.txt", "canary-4");

  return archive_open_maker (maker);
}

static void
test_queries (void)
{
  static const struct
  {
    const char *text;
    guint       n;
  } cases[] = {
    { "", 5 },
    { "  ", 5 },
    { "-", 5 },
    { "\"", 5 },
    { "type:", 5 },
    { "DWS", 3 },
    { "dws_", 2 },
    { "type:dws", 2 },
    { "Type:D", 2 },
    { "type:ws", 0 },
    { "type:dws -test", 1 },
    { "-type:dws", 3 },
    { "-type:dws -readme -txt", 2 },
    { "host:10.0.", 3 },
    { "host:10.0.0.12:8000", 1 },
    { "ip:10.0.1", 1 },
    { "type:dws host:10.0. -test", 1 },
    { "port:8000", 1 },
    { "port:80001", 0 },
    { "user:adm", 1 },
    { "agent:\"cdm 1\"", 1 },
    { "\"cdm 1\"", 1 },
    { "cdm 1", 1 },
    { "username", 1 },
    { "password", 1 },
    { "GROSSE strasse", 1 },
    { "große", 1 },
    { "销售", 1 },
    { "desc:dws", 1 },
    { "name:other", 1 },
    { "name:hive", 1 },
    { "name:conn", 4 },
    { "deep", 1 },
    { "ünder", 1 },
    { "jdbc:x", 1 },
    { "x://", 1 },
    { "h/db?a=b", 1 },
    { "broken", 1 },
    { "read", 1 },
    /* No secret is ever found, and what could not be understood is not looked into. */
    { "canary", 0 },
    { "Canary-1", 0 },
    { "password:canary", 0 },
    { "-canary", 5 },
    { "no such thing", 0 },
  };
  g_autoptr (WbArchive) archive = open_usual ();
  g_autoptr (WbEntryFilter) filter = wb_entry_filter_new (archive);

  g_assert_cmpuint (wb_entry_filter_get_n_total (filter), ==, 5);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      search (filter, cases[i].text);
      if (wb_entry_filter_get_n_matches (filter) != cases[i].n)
        g_test_message ("“%s”", cases[i].text);
      g_assert_cmpuint (wb_entry_filter_get_n_matches (filter), ==, cases[i].n);
    }
}

static void
test_lists (void)
{
  static const char *const texts[] = { "dws", "type:dws", "sales", "nothing", "", "conn", "hive" };
  g_autoptr (WbArchive) archive = open_usual ();
  g_autoptr (WbEntryFilter) filter = wb_entry_filter_new (archive);
  g_autoptr (WbEntryOrder) order = wb_entry_order_new ();
  g_autoptr (WbEntryList) root = wb_entry_list_new (archive, 0, order);
  g_autoptr (WbEntryList) folder = NULL;
  g_autoptr (GPtrArray) copy = NULL;
  g_autoptr (WbEntry) connections = g_list_model_get_item (G_LIST_MODEL (root), 0);
  g_autoptr (WbEntry) kept = NULL;
  g_autoptr (WbEntry) again = NULL;

  folder = wb_entry_list_new (archive, wb_entry_get_node (connections), order);
  wb_entry_list_set_filter (root, filter);
  wb_entry_list_set_filter (folder, filter);
  copy = archive_follow (folder);

  archive_assert_names (folder, "broken.conn dws_sales.conn dws_test.conn hive.conn ");
  archive_assert_names (root, "connections Read me \\xff.txt ");
  kept = g_list_model_get_item (G_LIST_MODEL (folder), 1);
  search (filter, "type:dws");
  g_assert_true (wb_entry_filter_get_active (filter));
  archive_assert_names (folder, "dws_sales.conn dws_test.conn ");
  archive_assert_names (root, "connections ");
  again = g_list_model_get_item (G_LIST_MODEL (folder), 0);
  g_assert_true (again == kept);
  g_object_set (filter, "text", "read", NULL);
  g_assert_true (wb_entry_filter_get_busy (filter));
  search (filter, "read");
  archive_assert_names (folder, "");
  archive_assert_names (root, "Read me \\xff.txt ");

  for (guint i = 0; i < 2 * G_N_ELEMENTS (texts); i++)
    {
      search (filter, texts[i % G_N_ELEMENTS (texts)]);
      wb_entry_order_set (order, WB_SORT_NAME, i % 2 == 0);
      archive_assert_follow (folder, copy);
    }
  search (filter, "");
  g_assert_false (wb_entry_filter_get_active (filter));
  g_assert_cmpuint (wb_entry_filter_get_n_matches (filter), ==, 5);
  g_assert_true (wb_entry_filter_shows (filter, 1));
}

static void
exchanging_cb (WbEntryList *list,
               guint       *n_most)
{
  *n_most = MAX (*n_most, g_list_model_get_n_items (G_LIST_MODEL (list)));
}

/* Lists that grow, and that put in what is new before they take out what is old. */
static void
test_long_lists (void)
{
  static const char *const texts[] = { "a_", "b_", "", "a_1", "b_", "no such thing", "", "_3" };
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbEntryFilter) filter = NULL;
  g_autoptr (WbEntryOrder) order = wb_entry_order_new ();
  g_autoptr (WbEntryList) list = NULL;
  g_autoptr (GPtrArray) copy = NULL;
  const guint n = 600;
  guint       n_most = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%c_%u.conn", i % 2 == 0 ? 'a' : 'b', i);
      g_autofree char *data = g_strdup_printf ("{\"type\":\"%c\"}", 'A' + (int) (i % 7));

      wb_zip_maker_add_text (maker, name, data);
    }
  archive = archive_open_maker (maker);
  filter = wb_entry_filter_new (archive);
  list = wb_entry_list_new (archive, 0, order);
  copy = archive_follow (list);
  g_signal_connect (list, "exchanging", G_CALLBACK (exchanging_cb), &n_most);
  g_signal_connect (list, "exchanging", G_CALLBACK (archive_assert_follow), copy);
  wb_entry_list_set_filter (list, filter);

  for (guint i = 0; i < 8 * G_N_ELEMENTS (texts); i++)
    {
      search (filter, texts[i % G_N_ELEMENTS (texts)]);
      archive_assert_follow (list, copy);
      g_assert_cmpuint (wb_entry_list_get_n_nodes (list), ==,
                        wb_entry_filter_get_n_matches (filter));
      if (i % 3 == 0)
        wb_entry_order_set (order, (WbSortKey) (i / 3 % WB_N_SORT_KEYS), i % 2 == 0);
      archive_assert_follow (list, copy);
      while (i % 5 != 0 && copy->len < wb_entry_list_get_n_nodes (list))
        g_main_context_iteration (NULL, TRUE);
      archive_assert_follow (list, copy);
      for (guint j = 0; j < copy->len; j++)
        g_assert_cmpuint (wb_entry_get_node (g_ptr_array_index (copy, j)), ==,
                          wb_entry_list_get_node (list, j));
    }

  /* Both at once, in between. */
  g_assert_cmpuint (n_most, >, n);
}

static void
assert_spans (const char *query_text,
              const char *key,
              const char *text,
              const char *expected)
{
  g_autoptr (WbSearchQuery) query = wb_search_query_new (query_text);
  g_autoptr (GArray) spans = wb_search_query_find_spans (query, key, text);
  g_autoptr (GString) marked = g_string_new (NULL);
  gsize done = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const WbSpan *span = &g_array_index (spans, WbSpan, i);

      g_string_append_len (marked, text + done, (gssize) (span->start - done));
      g_string_append_printf (marked, "[%.*s]", (int) (span->end - span->start),
                              text + span->start);
      done = span->end;
    }
  g_string_append (marked, text + done);
  g_assert_cmpstr (marked->str, ==, expected);
}

static void
test_spans (void)
{
  assert_spans ("dws", "name", "DWS and dws", "[DWS] and [dws]");
  assert_spans ("host:10.0. -1", "address", "10.0.0.1", "[10.0.]0.1");
  assert_spans ("host:10.0.", "name", "10.0.0.1", "10.0.0.1");
  assert_spans ("type:dws", "name", "dws_sales", "dws_sales");
  assert_spans ("type:dws", "type", "DWS", "[DWS]");
  assert_spans ("type:dws", "name", "my type:dws", "my [type:dws]");
  assert_spans ("ab bc", "name", "xabcx", "x[abc]x");
  assert_spans ("strasse", "name", "Große Straße!", "Große [Straße]!");
  assert_spans ("stras", "name", "Straße", "[Straß]e");
  assert_spans ("销", "name", "数销售", "数[销]售");
  assert_spans ("", "name", "a", "a");
  assert_spans ("b", "name", "", "");
}

/* The last word, and the last character, that a search looks for; what is beyond is ignored. */
static void
test_longest (void)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *filler = g_strnfill (WB_SEARCH_MAX_BYTES - 1, ' ');
  g_autofree char *last = g_strconcat (filler, "b", NULL);
  g_autofree char *beyond = g_strconcat (filler, " b", NULL);

  for (guint i = 1; i < WB_SEARCH_MAX_TERMS; i++)
    g_string_append (words, "a ");
  g_string_append (words, "b");
  assert_spans (words->str, "name", "abc", "[ab]c");
  g_string_append (words, " c");
  assert_spans (words->str, "name", "abc", "[ab]c");

  assert_spans (last, "name", "abc", "a[b]c");
  assert_spans (beyond, "name", "abc", "abc");
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* Typing on gives up the search under way, and all stays as it is until there is a result. */
static void
test_typing (void)
{
  g_autoptr (WbArchive) archive = open_usual ();
  g_autoptr (WbEntryFilter) filter = wb_entry_filter_new (archive);
  WbEntryFilter *dropped = wb_entry_filter_new (archive);
  guint          n_results = 0;

  g_signal_connect_swapped (filter, "changed", G_CALLBACK (count_cb), &n_results);
  search (filter, "hive");
  g_assert_cmpuint (n_results, ==, 1);
  wb_entry_filter_set_text (filter, "hive");
  g_assert_false (wb_entry_filter_get_busy (filter));

  wb_entry_filter_set_text (filter, "");
  wb_entry_filter_set_text (filter, "d");
  wb_entry_filter_set_text (filter, "dw");
  g_assert_cmpstr (wb_entry_filter_get_text (filter), ==, "dw");
  g_assert_true (wb_entry_filter_get_busy (filter));
  g_assert_cmpuint (wb_entry_filter_get_n_matches (filter), ==, 1);
  search (filter, "dws");
  g_assert_cmpuint (n_results, ==, 2);
  g_assert_cmpuint (wb_entry_filter_get_n_matches (filter), ==, 3);

  /* One that nobody holds any more goes at once, and its search has nobody to tell. */
  g_object_add_weak_pointer (G_OBJECT (dropped), (gpointer *) &dropped);
  wb_entry_filter_set_text (dropped, "dws");
  g_object_unref (dropped);
  g_assert_null (dropped);
  search (filter, "hive");
}

/* Any text is a query, and any bytes can be looked through. */
static void
test_random (void)
{
  static const char *const pieces[] = {
    "-",
    "\"",
    ":",
    " ",
    "a",
    "type",
    "host",
    "Ä",
    "销",
    "\t",
    "//",
    ".",
    "\xff",
    "\x1f",
    "\n",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) haystack = g_string_new (NULL);
      g_autofree char *valid = NULL;
      g_autoptr (WbSearchQuery) query = NULL;
      g_autoptr (GArray) spans = NULL;

      for (int n = g_rand_int_range (rand, 0, 12); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      query = wb_search_query_new (text->str);
      wb_search_append_line (haystack, text->str, text->len / 2, text->str, text->len);
      wb_search_query_matches (query, haystack->str, haystack->len);
      wb_search_query_matches (query, "", 0);
      valid = g_utf8_make_valid (text->str, -1);
      spans = wb_search_query_find_spans (query, "name", valid);
      for (guint i = 0; i < spans->len; i++)
        g_assert_cmpuint (g_array_index (spans, WbSpan, i).end, <=, strlen (valid));
    }
}

static void
test_many (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbEntryFilter) filter = NULL;
  const guint n = 50000;
  gint64      start;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("connections/c_%u.conn", i);
      g_autofree char *data = g_strdup_printf (
        "{\"name\":\"c_%u\",\"type\":\"%s\",\"description\":\"number %u\",\"config\":{"
        "\"ip\":\"10.0.%u.%u\",\"port\":\"8000\",\"userName\":\"u%u\",\"password\":\"*********\","
        "\"sslEnable\":true,\"kmsKey\":\"kms-dlf-default\",\"agentName\":\"cdm-agent-eu1\"}}",
        i, i % 2 == 0 ? "DWS" : "HIVE", i, i / 256, i % 256, i);

      wb_zip_maker_add (maker, &(WbZipItem){ .name = name, .data = data, .stored = TRUE });
    }
  start = g_get_monotonic_time ();
  archive = archive_open_maker (maker);
  g_test_message ("opened in %" G_GINT64_FORMAT " µs", g_get_monotonic_time () - start);
  filter = wb_entry_filter_new (archive);

  start = g_get_monotonic_time ();
  search (filter, "type:dws host:10.0.7.");
  g_assert_cmpuint (wb_entry_filter_get_n_matches (filter), ==, 128);
  g_test_message ("two keys in %" G_GINT64_FORMAT " µs", g_get_monotonic_time () - start);
  start = g_get_monotonic_time ();
  search (filter, "4242");
  g_assert_cmpuint (wb_entry_filter_get_n_matches (filter), >=, 15);
  g_test_message ("a word in %" G_GINT64_FORMAT " µs", g_get_monotonic_time () - start);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/search/queries", test_queries);
  g_test_add_func ("/search/typing", test_typing);
  g_test_add_func ("/search/lists", test_lists);
  g_test_add_func ("/search/long-lists", test_long_lists);
  g_test_add_func ("/search/spans", test_spans);
  g_test_add_func ("/search/random", test_random);
  g_test_add_func ("/search/many", test_many);
  g_test_add_func ("/search/longest", test_longest);

  return g_test_run ();
}
