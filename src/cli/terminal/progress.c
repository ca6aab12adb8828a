/* progress.c: one line on the terminal that follows one export, or several
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/terminal/progress.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/terminal/output.h"

/* Often enough to look alive; bytes come far more often. */
#define REDRAW_MS 200

/* Where a line cannot be rewritten, each is a line more to read, or to hear. */
#define PLAIN_SECONDS 10

struct _WbCliProgress
{
  WbExport     *job;      /* (owned) (nullable) */
  WbCliDescribe describe; /* (nullable): in place of the job */
  gpointer      describe_data;
  WbExportState shown;      /* the state on the line */
  gint64        started_us; /* monotonic */
  gulong        notify_id;
  guint         timer_id;
  gboolean      is_plain; /* no line is rewritten */
};

static char *
describe_received (WbExport *job)
{
  guint64          received = wb_export_get_received_bytes (job);
  gint64           total = wb_export_get_total_bytes (job);
  g_autofree char *received_text = g_format_size (received);
  g_autofree char *total_text = NULL;

  if (total <= 0)
    /* Translators: how many bytes have come, e.g. 4.1 kB */
    return g_strdup_printf (_ ("Received %s"), received_text);

  total_text = g_format_size ((guint64) total);

  /* Translators: bytes so far, bytes in all, and the percentage */
  return g_strdup_printf (_ ("Received %s of %s (%u %%)"), received_text, total_text,
                          (guint) (MIN (received, (guint64) total) * 100.0 / (double) total));
}

/* A line that wraps cannot be rewritten. */
static void
cut_to_terminal (char *text)
{
  struct winsize size = { 0 };
  guint          columns = 0;

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    size.ws_col = 80;

  for (char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      columns += g_unichar_iswide (g_utf8_get_char (p)) ? 2 : 1;
      if (columns >= size.ws_col)
        {
          *p = '\0';
          return;
        }
    }
}

static char *
dup_what (WbCliProgress *self)
{
  if (self->describe != NULL)
    return self->describe (self->describe_data);

  self->shown = wb_export_get_state (self->job);

  return self->shown == WB_EXPORT_RECEIVING ? describe_received (self->job)
                                            : wb_export_describe (self->job);
}

static void
draw (WbCliProgress *self)
{
  g_autofree char *what = dup_what (self);
  g_autofree char *line = NULL;
  gint64           elapsed_us = g_get_monotonic_time () - self->started_us;

  /* Translators: what goes on, and the seconds since the start */
  line = g_strdup_printf (_ ("%s · %u s"), what, (guint) (elapsed_us / G_USEC_PER_SEC));
  if (!self->is_plain)
    cut_to_terminal (line);
  fprintf (stderr, self->is_plain ? "%s\n" : "\r\033[K%s", line);
  fflush (stderr);
}

static gboolean
timer_cb (gpointer user_data)
{
  draw (user_data);

  return G_SOURCE_CONTINUE;
}

static void
notify_cb (WbExport      *job,
           GParamSpec    *pspec,
           WbCliProgress *self)
{
  if (!self->is_plain && wb_export_get_state (job) != self->shown)
    draw (self);
}

static WbCliProgress *
begin (void)
{
  WbCliProgress *self = g_new0 (WbCliProgress, 1);

  self->started_us = g_get_monotonic_time ();
  self->is_plain = !wb_cli_output_has_styles (STDERR_FILENO);
  self->timer_id = g_timeout_add (self->is_plain ? PLAIN_SECONDS * 1000 : REDRAW_MS, timer_cb,
                                  self);

  return self;
}

/**
 * wb_cli_progress_new:
 * @job: an export that is about to run
 *
 * Follows it on standard error, which must be a terminal. One that takes no escape sequences gets
 * a plain line from time to time.
 *
 * Returns: (transfer full): the line
 */
WbCliProgress *
wb_cli_progress_new (WbExport *job)
{
  WbCliProgress *self;

  g_return_val_if_fail (WB_IS_EXPORT (job), NULL);

  self = begin ();
  self->job = g_object_ref (job);
  self->notify_id = g_signal_connect (job, "notify::state", G_CALLBACK (notify_cb), self);

  return self;
}

/**
 * wb_cli_progress_new_described:
 * @describe: says what goes on, several times a second
 * @user_data: for @describe; outlives the line
 *
 * As wb_cli_progress_new(), for what is more than one export.
 *
 * Returns: (transfer full): the line
 */
WbCliProgress *
wb_cli_progress_new_described (WbCliDescribe describe,
                               gpointer      user_data)
{
  WbCliProgress *self;

  g_return_val_if_fail (describe != NULL, NULL);

  self = begin ();
  self->describe = describe;
  self->describe_data = user_data;

  return self;
}

/* Takes the line away for now, so that another one can be written there. */
void
wb_cli_progress_hide (WbCliProgress *self)
{
  if (!self->is_plain)
    fputs ("\r\033[K", stderr);
  fflush (stderr);
}

/* Removes the line from the terminal. */
void
wb_cli_progress_free (WbCliProgress *self)
{
  wb_cli_progress_hide (self);
  if (self->job != NULL)
    g_signal_handler_disconnect (self->job, self->notify_id);
  g_source_remove (self->timer_id);
  g_clear_object (&self->job);
  g_free (self);
}
