/* options.h: a command's options, read the same way for all commands
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbCliCommand:
 * @name: as it is typed, e.g. `export`
 * @parameters: (nullable): what it takes beside options, e.g. `FILE`
 * @summary: one sentence
 * @description: the paragraphs below the options, %NULL after the last
 *
 * The last two are marked for translation, not translated.
 */
typedef struct
{
  const char *name;
  const char *parameters;
  const char *summary;
  const char *description[6];
} WbCliCommand;

typedef enum
{
  WB_CLI_OPTIONS_RUN,   /* go on */
  WB_CLI_OPTIONS_HELP,  /* help was asked for, and printed */
  WB_CLI_OPTIONS_ERROR, /* the error is set */
} WbCliOptionsResult;

WbCliOptionsResult  wb_cli_options_parse       (const WbCliCommand  *command,
                                                const GOptionEntry  *entries,
                                                char              ***args,
                                                GError             **error);
gboolean            wb_cli_options_take_none   (const WbCliCommand  *command,
                                                char               **args,
                                                GError             **error);
gboolean            wb_cli_options_parse_size  (const char          *text,
                                                guint64             *size_bytes,
                                                GError             **error);
gboolean            wb_cli_options_parse_number (const char         *option,
                                                 const char         *text,
                                                 guint64             min,
                                                 guint64             max,
                                                 guint64            *number,
                                                 GError            **error);
gboolean            wb_cli_options_want_json   (char               **args);

G_END_DECLS
