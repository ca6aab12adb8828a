/* help-errors.c: what the services say, and the way out, for the help
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/help/help-errors.h"

#include <string.h>

#include "core/service/refusal/service-codes.h"

typedef struct
{
  const char *kind;
  GPtrArray  *errors;
} Search;

static void
help_error_free (WbHelpError *error)
{
  g_string_free (error->codes, TRUE);
  g_free (error->sentence);
  g_free (error);
}

static WbHelpError *
find_sentence (GPtrArray  *errors,
               const char *sentence)
{
  for (guint i = 0; i < errors->len; i++)
    {
      WbHelpError *error = errors->pdata[i];

      if (g_str_equal (error->sentence, sentence))
        return error;
    }

  return NULL;
}

static gboolean
has_code (const char *codes,
          const char *code)
{
  const char *found = strstr (codes, code);

  return found != NULL && strchr (",", found[strlen (code)]) != NULL;
}

/* The kinds of the gateway share their sentences: each is listed once, with its codes. */
static void
add_cb (const char *code,
        WbError     meaning,
        const char *sentence,
        gpointer    user_data)
{
  Search *search = user_data;
  g_autoptr (GError) error = g_error_new_literal (WB_ERROR, (int) meaning, sentence);
  WbHelpError *known;

  if (!g_str_equal (wb_error_kind_to_string (wb_error_get_kind (error)), search->kind))
    return;

  known = find_sentence (search->errors, sentence);
  if (known == NULL)
    {
      known = g_new0 (WbHelpError, 1);
      known->codes = g_string_new (code);
      known->sentence = g_strdup (sentence);
      g_ptr_array_add (search->errors, known);
    }
  else if (!has_code (known->codes->str, code))
    g_string_append_printf (known->codes, ", %s", code);
}

/**
 * wb_help_errors_list:
 * @kind: a name of wb_error_kind_to_string()
 *
 * Returns: (transfer full) (element-type WbHelpError): each sentence of this kind that a refusal of
 *   a service leads to, with the service's codes
 */
GPtrArray *
wb_help_errors_list (const char *kind)
{
  Search search = { kind, g_ptr_array_new_with_free_func ((GDestroyNotify) help_error_free) };

  g_return_val_if_fail (kind != NULL, NULL);

  wb_service_codes_foreach (add_cb, &search);

  return search.errors;
}
