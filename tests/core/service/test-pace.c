/* test-pace.c: how many requests are under way, and how soon one follows another
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/pace.h"

/* The promise: below ten in any second, and no more than this at once. */
#define MAX_UNDER_WAY 8
#define DISTANCE_US (G_USEC_PER_SEC / 9)

typedef struct
{
  GArray *times; /* (element-type gint64): when each was let in */
  guint   n_cancelled;
} Seen;

static void
entered_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Seen  *seen = user_data;
  gint64 now_us = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  if (wb_pace_enter_finish (WB_PACE (object), result, &error))
    {
      g_array_append_val (seen->times, now_us);
      return;
    }

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  seen->n_cancelled++;
}

static void
await_n (Seen *seen,
         guint n)
{
  while (seen->times->len < n)
    g_main_context_iteration (NULL, TRUE);
}

/* Eight at once, each after the one before; another as soon as one is over. */
static void
test_limits (void)
{
  g_autoptr (WbPace) pace = wb_pace_new ();
  Seen seen = { .times = g_array_new (FALSE, FALSE, sizeof (gint64)) };

  for (guint i = 0; i < MAX_UNDER_WAY + 2; i++)
    wb_pace_enter_async (pace, NULL, entered_cb, &seen);
  await_n (&seen, MAX_UNDER_WAY);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (seen.times->len, ==, MAX_UNDER_WAY);

  wb_pace_leave (pace);
  await_n (&seen, MAX_UNDER_WAY + 1);
  wb_pace_leave (pace);
  await_n (&seen, MAX_UNDER_WAY + 2);

  for (guint i = 1; i < seen.times->len; i++)
    g_assert_cmpint (g_array_index (seen.times, gint64, i), >=,
                     g_array_index (seen.times, gint64, i - 1));
  for (guint i = 9; i < seen.times->len; i++)
    g_assert_cmpint (g_array_index (seen.times, gint64, i)
                       - g_array_index (seen.times, gint64, i - 9),
                     >, 9 * DISTANCE_US);
  g_array_unref (seen.times);
}

/* Who is cancelled while waiting takes no turn, and who is cancelled after it keeps the turn. */
static void
test_cancel (void)
{
  g_autoptr (WbPace) pace = wb_pace_new ();
  g_autoptr (GCancellable) first = g_cancellable_new ();
  g_autoptr (GCancellable) second = g_cancellable_new ();
  Seen seen = { .times = g_array_new (FALSE, FALSE, sizeof (gint64)) };

  wb_pace_enter_async (pace, first, entered_cb, &seen);
  wb_pace_enter_async (pace, second, entered_cb, &seen);
  wb_pace_enter_async (pace, NULL, entered_cb, &seen);
  g_cancellable_cancel (first);
  g_cancellable_cancel (second);
  await_n (&seen, 2);
  g_assert_cmpuint (seen.n_cancelled, ==, 1);

  wb_pace_enter_async (pace, second, entered_cb, &seen);
  while (seen.n_cancelled < 2)
    g_main_context_iteration (NULL, TRUE);

  wb_pace_leave (pace);
  wb_pace_leave (pace);
  wb_pace_enter_async (pace, NULL, entered_cb, &seen);
  await_n (&seen, 3);
  wb_pace_leave (pace);
  g_array_unref (seen.times);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pace/limits", test_limits);
  g_test_add_func ("/pace/cancel", test_cancel);

  return g_test_run ();
}
