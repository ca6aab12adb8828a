/* check.c: `waybill-cli check`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/commands.h"

#include <glib/gi18n-lib.h>

#include "cli/account/session.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/wait.h"
#include "core/service/check/check.h"
#include "core/text.h"

static gboolean
run_check (WbCheck      *check,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_check_run_async (check, cancellable, wb_cli_wait_cb, &result);

  return wb_check_run_finish (check, wb_cli_wait (&result), error);
}

static void
add_step (JsonBuilder *builder,
          WbCheckStep *step)
{
  const GError *error = wb_check_step_get_error (step);
  int           duration_ms = wb_check_step_get_duration_ms (step);

  json_builder_begin_object (builder);
  wb_cli_json_add_string (builder, "step",
                          wb_check_kind_to_string (wb_check_step_get_kind (step)));
  wb_cli_json_add_string (builder, "result",
                          wb_check_result_to_string (wb_check_step_get_result (step)));
  json_builder_set_member_name (builder, "milliseconds");
  if (duration_ms >= 0)
    json_builder_add_int_value (builder, duration_ms);
  else
    json_builder_add_null_value (builder);
  wb_cli_json_add_string (builder, "message", wb_check_step_get_text (step));
  wb_cli_json_add_service (builder, error);
  json_builder_end_object (builder);
}

/* The first step that failed, or %NULL. */
static WbCheckStep *
find_failed (WbCheck *check)
{
  for (guint i = 0; i < WB_CHECK_N_STEPS; i++)
    {
      WbCheckStep *step = wb_check_get_step (check, (WbCheckKind) i);

      if (wb_check_step_get_result (step) == WB_CHECK_FAILED)
        return step;
    }

  return NULL;
}

static gboolean
print_json (WbCheck *check,
            GError **error)
{
  WbCheckStep *failed = find_failed (check);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ok");
  json_builder_add_boolean_value (builder, failed == NULL);
  wb_cli_json_add_string (builder, "failed",
                          failed != NULL
                            ? wb_check_kind_to_string (wb_check_step_get_kind (failed))
                            : NULL);
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < WB_CHECK_N_STEPS; i++)
    add_step (builder, wb_check_get_step (check, (WbCheckKind) i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);

  return wb_cli_output_json (node, error);
}

static const char *
get_result_text (WbCheckStep *step)
{
  switch (wb_check_step_get_result (step))
    {
    case WB_CHECK_OK:
      /* Translators: the result of one step of a check. */
      return _ ("passed");
    case WB_CHECK_FAILED:
      /* Translators: the result of one step of a check. */
      return _ ("failed");
    case WB_CHECK_SKIPPED:
    case WB_CHECK_PENDING:
    case WB_CHECK_RUNNING:
    default:
      return _ ("not checked");
    }
}

static gboolean
print_text (WbCheck     *check,
            WbCliSource *source,
            GError     **error)
{
  g_autofree char *prefix = wb_cli_source_dup_prefix (source);
  g_autoptr (GString) text = g_string_new (prefix);

  for (guint i = 0; i < WB_CHECK_N_STEPS; i++)
    {
      WbCheckStep     *step = wb_check_get_step (check, (WbCheckKind) i);
      int              duration_ms = wb_check_step_get_duration_ms (step);
      g_autofree char *remark = wb_text_escape (wb_check_step_get_text (step), -1);

      /* Translators: a step of a check, and what came of it */
      g_string_append_printf (text, _ ("%s: %s"), wb_check_step_get_title (step),
                              get_result_text (step));
      if (duration_ms >= 0)
        /* Translators: milliseconds */
        g_string_append_printf (text, _ (" (%d ms)"), duration_ms);
      if (*remark != '\0')
        g_string_append_printf (text, " – %s", remark);
      g_string_append_c (text, '\n');
    }

  return wb_cli_output_text (text->str, error);
}

static gboolean
run (const WbCliExportOptions *options,
     WbCliSecrets             *secrets,
     gboolean                 *printed,
     GError                  **error)
{
  g_autoptr (GCancellable) cancellable = wb_cli_interrupt_new ();
  g_autoptr (WbCliSession) session = NULL;
  g_autoptr (WbCheck) check = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean right;

  session = wb_cli_session_new (options, secrets, cancellable, error);
  if (session == NULL)
    return FALSE;

  check = wb_check_new (session->sign_in, wb_account_get_workspaces (session->source->account),
                        options->workspace != NULL ? session->source->workspace_id : NULL);
  right = run_check (check, cancellable, &failure);
  if (!right && wb_cli_session_add_passcode (session, secrets, cancellable, &failure))
    right = run_check (check, cancellable, &failure);

  if (find_failed (check) != NULL || right)
    {
      if (!(options->json ? print_json (check, error)
                          : print_text (check, session->source, error)))
        return FALSE;
      *printed = options->json;
    }
  if (!right)
    {
      wb_cli_session_name_account (session, options, failure);
      g_propagate_error (error, g_steal_pointer (&failure));
    }

  return right;
}

WbCliStatus
wb_cli_check (char        **args,
              WbCliSecrets *secrets)
{
  WbCliOptionsResult parsed;
  g_auto (WbCliExportOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean json = wb_cli_options_want_json (args);
  gboolean printed = FALSE;

  parsed = wb_cli_check_options_parse (&options, g_strdupv (args), &error);
  if (parsed == WB_CLI_OPTIONS_HELP)
    return WB_CLI_DONE;
  if (parsed == WB_CLI_OPTIONS_RUN
      && wb_cli_secrets_read_fd (secrets, options.secrets_fd, &error)
      && run (&options, secrets, &printed, &error))
    return WB_CLI_DONE;

  /* The result has reported the error in JSON already. */
  return wb_cli_output_error (error, json && !printed);
}
