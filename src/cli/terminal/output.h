/* output.h: what the program says: results, and errors in one line
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What asks for attention, on a terminal that shows colors; see wb_cli_output_has_styles(). */
#define WB_CLI_STYLE_FINDING "\033[33m"
#define WB_CLI_STYLE_END "\033[0m"

/* The exit statuses. */
typedef enum
{
  WB_CLI_DONE = 0,
  WB_CLI_FAILED = 1,
  WB_CLI_DIFFERENT = 1, /* of compare alone, as of diff and cmp */
  WB_CLI_LATE = 1, /* of history alone: no recent good export */
  WB_CLI_USAGE = 2,
  WB_CLI_SIGN_IN = 3,
  WB_CLI_NOT_PERMITTED = 4,
  WB_CLI_SERVICE = 5,
  WB_CLI_NETWORK = 6,
  WB_CLI_NOT_AN_ARCHIVE = 7,
  WB_CLI_LOCAL_FILE = 8,
  WB_CLI_NOT_COMPARED = 9, /* of compare alone: an error that is 1 elsewhere */
  WB_CLI_INTERRUPTED = 130,
  WB_CLI_READER_GONE = 141, /* as the shell reports SIGPIPE */
} WbCliStatus;

WbCliStatus  wb_cli_status_of_error   (const GError  *error);
char        *wb_cli_error_to_text     (const GError  *error);
WbCliStatus  wb_cli_output_error      (const GError  *error,
                                       gboolean       json);
gboolean     wb_cli_output_has_styles (int            fd);
void         wb_cli_output_note       (const char    *format,
                                       ...) G_GNUC_PRINTF (1, 2);
void         wb_cli_output_finding    (const char    *format,
                                       ...) G_GNUC_PRINTF (1, 2);
gboolean     wb_cli_output_bytes      (const char    *bytes,
                                       gsize          length,
                                       GError       **error);
gboolean     wb_cli_output_text       (const char    *text,
                                       GError       **error);
gboolean     wb_cli_output_json       (JsonNode      *node,
                                       GError       **error);
gboolean     wb_cli_output_flush      (GError       **error);
char        *wb_cli_json_to_text      (JsonNode      *node);
void         wb_cli_json_add_string   (JsonBuilder   *builder,
                                       const char    *name,
                                       const char    *value);
void         wb_cli_json_add_error    (JsonBuilder   *builder,
                                       const GError  *error);
void         wb_cli_json_add_service  (JsonBuilder   *builder,
                                       const GError  *error);

G_END_DECLS
