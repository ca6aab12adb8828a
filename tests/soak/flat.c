/* flat.c: whether a process stays as it is while it does the same again and again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "flat.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "own-folder.h"

/* An allocator does not fill its pages evenly. */
#define SLACK_BYTES (1024 * 1024)

/* How often: as often as usual, or as build-aux/soak says. */
guint
flat_get_n_rounds (guint usual)
{
  const char *wanted = g_getenv ("SOAK_ROUNDS");

  return wanted != NULL ? (guint) atoi (wanted) : usual;
}

void
flat_measure (Flat *self)
{
  g_autofree char *status = NULL;
  const char      *line;

  malloc_trim (0);
  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "\nRssAnon:");
  g_assert_nonnull (line);
  self->memory_bytes = g_ascii_strtoull (line + strlen ("\nRssAnon:"), NULL, 10) * 1024;
  self->n_descriptors = count_files ("/proc/self/fd");
  self->n_threads = count_files ("/proc/self/task");
}

/* Prints what has become of it, and says whether that is flat. Threads of a pool come and go, and
 * each may have a descriptor to be woken with.
 * @slack_bytes: how much a library keeps of each round */
gboolean
flat_compare (const Flat *before,
              guint       n_rounds,
              guint       slack_bytes)
{
  Flat    now;
  guint64 allowed = before->memory_bytes + SLACK_BYTES + (guint64) slack_bytes * n_rounds;
  guint   allowed_threads = g_get_num_processors () + 2;

  flat_measure (&now);
  g_print ("%u rounds: memory %.1f to %.1f MiB, descriptors %u to %u, threads %u to %u\n", n_rounds,
           (double) before->memory_bytes / (1024 * 1024),
           (double) now.memory_bytes / (1024 * 1024), before->n_descriptors, now.n_descriptors,
           before->n_threads, now.n_threads);

  return now.memory_bytes <= allowed && now.n_descriptors <= before->n_descriptors + allowed_threads
         && now.n_threads <= before->n_threads + allowed_threads;
}
