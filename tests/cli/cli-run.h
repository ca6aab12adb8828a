/* cli-run.h: runs the built waybill-cli, while the test's main context goes on
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CliRun:
 * @process: the program, in a session of its own, so that it has no terminal but the one given
 * @folder: its current folder, empty at first
 * @out: what it wrote to standard output, which may hold NUL bytes
 * @err: what it wrote to standard error, or to the terminal
 * @status: its exit status once it has ended; -1 where a signal ended it
 * @terminal: the master side of its terminal, or -1
 */
typedef struct
{
  GSubprocess *process;
  char        *folder;
  GString     *out;
  GString     *err;
  int          status;
  int          terminal;
  guint        n_open;
} CliRun;

typedef enum
{
  CLI_RUN_DEFAULT = 0,
  CLI_RUN_TERMINAL = 1 << 0,        /* standard input and error are a terminal */
  CLI_RUN_TERMINAL_OUTPUT = 1 << 1, /* standard output as well */
  CLI_RUN_NARROW = 1 << 2,          /* the terminal has 20 columns */
  CLI_RUN_OUTPUT_UNREAD = 1 << 3,   /* nobody reads standard output */
  CLI_RUN_OUTPUT_CLOSED = 1 << 4,   /* its reader is gone */
  CLI_RUN_OUTPUT_FULL = 1 << 5,     /* it is a full disk */
} CliRunFlags;

CliRun   *cli_start         (const char         *folder,
                             const char *const  *environment,
                             const char *const  *arguments,
                             CliRunFlags         flags);
void      cli_end           (CliRun             *self);
void      cli_run_free      (CliRun             *self);
CliRun   *cli_run           (const char         *folder,
                             const char *const  *environment,
                             const char *const  *arguments);
CliRun   *cli_run_line      (const char         *folder,
                             int                 status,
                             const char         *arguments);

void      cli_await_output  (CliRun             *self);
void      cli_expect        (CliRun             *self,
                             const char         *text);
void      cli_type          (CliRun             *self,
                             const char         *text);
gboolean  cli_echoes        (CliRun             *self);

char     *cli_make_folder   (void);
void      cli_remove_folder (char               *folder);

/* Reasons for the following. */
#define CLI_CLOSED_IN_VALGRIND "its log takes a descriptor that is closed"
#define CLI_WRITE_IN_VALGRIND "no signal comes through while a write waits"

gboolean  cli_skip_in_valgrind (const char *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliRun, cli_run_free)

G_END_DECLS
