/* output.c: what the program says: results, and errors in one line
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/terminal/output.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/terminal/time-limit.h"
#include "core/error.h"
#include "core/text.h"

/* Enough of a service's words, or of the page that came instead, to see what it is. */
#define MAX_DETAIL_CHARS 200
#define MAX_MESSAGE_CHARS 4000

/* The reader of standard output has gone, as that of `list | head` does: no fault of anybody. */
static GQuark
reader_gone_quark (void)
{
  return g_quark_from_static_string ("waybill-cli-reader-gone");
}

WbCliStatus
wb_cli_status_of_error (const GError *error)
{
  g_autoptr (GError) too_slow = wb_cli_time_limit_new_error (error);

  if (too_slow != NULL)
    return WB_CLI_NETWORK;
  if (error->domain == reader_gone_quark ())
    return WB_CLI_READER_GONE;

  switch (wb_error_get_kind (error))
    {
    case WB_ERROR_KIND_INVALID:
      return WB_CLI_USAGE;
    case WB_ERROR_KIND_SIGN_IN:
      return WB_CLI_SIGN_IN;
    case WB_ERROR_KIND_NOT_PERMITTED:
      return WB_CLI_NOT_PERMITTED;
    case WB_ERROR_KIND_SERVICE:
    case WB_ERROR_KIND_WITHDRAWN:
    case WB_ERROR_KIND_NO_CONNECTIONS:
      return WB_CLI_SERVICE;
    case WB_ERROR_KIND_NETWORK:
      return WB_CLI_NETWORK;
    case WB_ERROR_KIND_NOT_AN_ARCHIVE:
      return WB_CLI_NOT_AN_ARCHIVE;
    case WB_ERROR_KIND_LOCAL_FILE:
      return WB_CLI_LOCAL_FILE;
    case WB_ERROR_KIND_CANCELLED:
      return WB_CLI_INTERRUPTED;
    case WB_ERROR_KIND_FAILED:
    default:
      return WB_CLI_FAILED;
    }
}

/**
 * wb_cli_json_add_service:
 * @builder: where an object is being built
 * @error: (nullable): an error
 *
 * Adds what a service said: its code, the HTTP status, its own words and the ID of the request, or
 * null for each of them that is not known.
 */
void
wb_cli_json_add_service (JsonBuilder  *builder,
                         const GError *error)
{
  guint status = error != NULL ? wb_error_get_http_status (error) : 0;

  wb_cli_json_add_string (builder, "code",
                          error != NULL ? wb_error_get_service_code (error) : NULL);
  json_builder_set_member_name (builder, "status");
  if (status != 0)
    json_builder_add_int_value (builder, status);
  else
    json_builder_add_null_value (builder);
  wb_cli_json_add_string (builder, "detail", error != NULL ? wb_error_get_detail (error) : NULL);
  wb_cli_json_add_string (builder, "request_id",
                          error != NULL ? wb_error_get_request_id (error) : NULL);
}

/* What it quotes may have any length: an argument, a path, a name. The cause and the way out stand
 * around that. */
static char *
dup_message (const GError *error)
{
  const char      *message = wb_error_get_kind (error) == WB_ERROR_KIND_CANCELLED
                               ? _ ("Interrupted.")
                               : error->message;
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  glong            n_chars = g_utf8_strlen (valid, -1);
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (n_chars <= MAX_MESSAGE_CHARS)
    return g_strdup (message);

  start = g_utf8_substring (valid, 0, MAX_MESSAGE_CHARS / 2);
  end = g_utf8_substring (valid, n_chars - MAX_MESSAGE_CHARS / 2, n_chars);

  return g_strconcat (start, "…", end, NULL);
}

/* Adds a member “error”: its kind, its sentence, and what the service said. */
void
wb_cli_json_add_error (JsonBuilder  *builder,
                       const GError *error)
{
  g_autoptr (GError) too_slow = wb_cli_time_limit_new_error (error);
  g_autofree char *message = NULL;

  if (too_slow != NULL)
    error = too_slow;
  message = dup_message (error);
  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  wb_cli_json_add_string (builder, "kind", wb_error_kind_to_string (wb_error_get_kind (error)));
  wb_cli_json_add_string (builder, "message", message);
  wb_cli_json_add_service (builder, error);
  json_builder_end_object (builder);
}

/**
 * wb_cli_error_to_text:
 * @error: what went wrong
 *
 * Returns: (transfer full): one line for a person, escaped: the sentence, in brackets what a
 *   support ticket needs, and such details as the service's own words
 */
char *
wb_cli_error_to_text (const GError *error)
{
  g_autoptr (GError) too_slow = wb_cli_time_limit_new_error (error);
  g_autofree char *message = dup_message (too_slow != NULL ? too_slow : error);
  g_autoptr (GString) text = g_string_new (message);
  const char *code = wb_error_get_service_code (error);
  const char *request_id = wb_error_get_request_id (error);
  const char *detail = wb_error_get_detail (error);

  if (code != NULL && strstr (message, code) == NULL)
    g_string_append_printf (text, " [%s]", code);
  if (request_id != NULL && strstr (message, request_id) == NULL)
    /* Translators: the service's ID of the request; it follows an error message, so keep the
     * space. */
    g_string_append_printf (text, _ (" [request ID %s]"), request_id);
  if (detail != NULL && *detail != '\0' && strstr (message, detail) == NULL)
    {
      g_autofree char *valid = g_utf8_make_valid (detail, -1);
      glong            n_shown = MIN (g_utf8_strlen (valid, -1), MAX_DETAIL_CHARS);
      g_autofree char *start = g_utf8_substring (valid, 0, n_shown);

      /* Translators: what the service said; it follows an error message, so keep the space. */
      g_string_append_printf (text, _ (" Details: “%s”"), start);
    }

  return wb_text_escape (text->str, (gssize) text->len);
}

/**
 * wb_cli_output_error:
 * @error: what went wrong
 * @json: whether to report it as JSON on standard output, too
 *
 * Reports an error in one line on standard error. That nobody reads the output any more is none.
 *
 * Returns: the exit status for it
 */
WbCliStatus
wb_cli_output_error (const GError *error,
                     gboolean      json)
{
  g_autofree char *text = NULL;

  if (error->domain == reader_gone_quark ())
    return WB_CLI_READER_GONE;

  text = wb_cli_error_to_text (error);
  fprintf (stderr, "waybill-cli: %s\n", text);

  /* An error while reporting an error has nowhere to go. */
  if (json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autoptr (JsonNode) node = NULL;

      json_builder_begin_object (builder);
      wb_cli_json_add_error (builder, error);
      json_builder_end_object (builder);
      node = json_builder_get_root (builder);
      wb_cli_output_json (node, NULL);
    }

  return wb_cli_status_of_error (error);
}

/**
 * wb_cli_output_has_styles:
 * @fd: standard output or standard error
 *
 * `NO_COLOR` is the convention of no-color.org: any value counts that is not empty.
 *
 * Returns: whether it is a terminal that takes escape sequences, and a person wants them
 */
gboolean
wb_cli_output_has_styles (int fd)
{
  const char *terminal = g_getenv ("TERM");
  const char *no_color = g_getenv ("NO_COLOR");

  return isatty (fd) && terminal != NULL && *terminal != '\0' && !g_str_equal (terminal, "dumb")
         && (no_color == NULL || *no_color == '\0');
}

static void
print_note (const char *before,
            const char *after,
            const char *format,
            va_list     args) G_GNUC_PRINTF (3, 0);

static void
print_note (const char *before,
            const char *after,
            const char *format,
            va_list     args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);

  fprintf (stderr, "waybill-cli: %s%s%s\n", before, text, after);
}

/**
 * wb_cli_output_note:
 * @format: a sentence; what it is filled with is escaped where it came from outside
 *
 * Prints a note that is not an error, in one line on standard error.
 */
void
wb_cli_output_note (const char *format,
                    ...)
{
  va_list args;

  va_start (args, format);
  print_note ("", "", format, args);
  va_end (args);
}

/**
 * wb_cli_output_finding:
 * @format: as for wb_cli_output_note()
 *
 * Prints what a careful reader would want to notice, in color where a terminal takes it.
 */
void
wb_cli_output_finding (const char *format,
                       ...)
{
  gboolean styled = wb_cli_output_has_styles (STDERR_FILENO);
  va_list  args;

  va_start (args, format);
  print_note (styled ? WB_CLI_STYLE_FINDING : "", styled ? WB_CLI_STYLE_END : "", format, args);
  va_end (args);
}

/* To be called after a call to stdio failed. G_IO_ERROR's code for a broken pipe would mean
 * the network. */
static gboolean
set_write_error (GError **error)
{
  int saved_errno = errno;

  if (saved_errno == EPIPE)
    g_set_error_literal (error, reader_gone_quark (), 0, g_strerror (saved_errno));
  else
    g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
                 /* Translators: the system's reason. */
                 _ ("Could not write to standard output: %s"), g_strerror (saved_errno));

  return FALSE;
}

/**
 * wb_cli_output_bytes:
 * @bytes: UTF-8, escaped where it holds anything from outside
 * @length: how many bytes
 * @error: return location
 *
 * Writes to standard output, in UTF-8 whatever the locale. It has arrived only when
 * wb_cli_output_flush() says so.
 *
 * Returns: %TRUE if it could be written so far
 */
gboolean
wb_cli_output_bytes (const char *bytes,
                     gsize       length,
                     GError    **error)
{
  if (fwrite (bytes, 1, length, stdout) != length)
    return set_write_error (error);

  return TRUE;
}

/**
 * wb_cli_output_text:
 * @text: UTF-8, escaped where it holds anything from outside
 * @error: return location
 *
 * Writes to standard output and makes sure that it arrived.
 *
 * Returns: %TRUE if it did
 */
gboolean
wb_cli_output_text (const char *text,
                    GError    **error)
{
  return wb_cli_output_bytes (text, strlen (text), error) && wb_cli_output_flush (error);
}

/**
 * wb_cli_output_json:
 * @node: a JSON value
 * @error: return location
 *
 * Writes it to standard output in one line.
 *
 * Returns: %TRUE if it arrived
 */
gboolean
wb_cli_output_json (JsonNode *node,
                    GError  **error)
{
  g_autofree char *text = wb_cli_json_to_text (node);

  return wb_cli_output_bytes (text, strlen (text), error)
         && wb_cli_output_bytes ("\n", 1, error)
         && wb_cli_output_flush (error);
}

/* Fails unless all that was written to standard output arrived. */
gboolean
wb_cli_output_flush (GError **error)
{
  if (fflush (stdout) != 0)
    return set_write_error (error);

  return TRUE;
}

/* In one line, safe for a terminal. */
char *
wb_cli_json_to_text (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  return wb_text_escape_json (text);
}

/**
 * wb_cli_json_add_string:
 * @builder: where an object is being built
 * @name: the member's name
 * @value: (nullable): its value, any bytes; what is not UTF-8 becomes U+FFFD
 *
 * Adds a member to the object: a string, or null.
 */
void
wb_cli_json_add_string (JsonBuilder *builder,
                        const char  *name,
                        const char  *value)
{
  g_autofree char *valid = NULL;

  json_builder_set_member_name (builder, name);
  if (value == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  valid = g_utf8_make_valid (value, -1);
  json_builder_add_string_value (builder, valid);
}
