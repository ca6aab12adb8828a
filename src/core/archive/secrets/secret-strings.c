/* secret-strings.c: all secrets inside of a string
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-strings.h"

#include <string.h>

#include "core/archive/secrets/secret-addresses.h"
#include "core/archive/secrets/secret-assignments.h"
#include "core/archive/secrets/secret-calls.h"
#include "core/archive/secrets/secret-commands.h"
#include "core/archive/secrets/secret-forms.h"
#include "core/archive/secrets/secret-lines.h"
#include "core/archive/secrets/secret-tokens.h"
#include "core/archive/secrets/secret-xml.h"
#include "core/span.h"
#include "core/unescape.h"

/* An escaped address in an escaped address in … */
#define MAX_DECODINGS 3

static void
find_all (const char *string,
          gsize       length,
          GArray     *parts)
{
  gboolean found = FALSE;

  wb_secret_forms_find (string, length, parts);
  if (length >= WB_SECRET_TOKEN_MIN_BYTES)
    wb_secret_tokens_find (string, length, parts);
  if (memchr (string, ' ', length) != NULL || memchr (string, ':', length) != NULL)
    wb_secret_lines_find (string, length, parts);
  if (memchr (string, ' ', length) != NULL)
    wb_secret_commands_find (string, length, parts);
  if (memchr (string, '<', length) != NULL || memmem (string, length, "&lt;", 4) != NULL)
    wb_secret_xml_find (string, length, parts);
  if (memchr (string, '(', length) != NULL || memchr (string, '[', length) != NULL)
    wb_secret_calls_find (string, length, parts);

  /* Most strings are names, hosts and numbers. */
  for (gsize i = 0; i < length && !found; i++)
    found = string[i] == '@' || wb_secret_count_separator (string, i, length) > 0;
  if (!found)
    return;

  wb_secret_addresses_find (string, length, parts);
  wb_secret_assignments_find (string, length, parts);
}

/* An address in a parameter of an address, and once more: each is written with more escapes. */
static void
find_encoded (const char *string,
              gsize       length,
              GArray     *parts)
{
  WbUnescaped plain = { .bytes = (char *) string, .length = length };
  gboolean    is_owned = FALSE;

  for (guint i = 0; i < MAX_DECODINGS; i++)
    {
      WbUnescaped next = { 0 };
      guint       n_before = parts->len;

      if (!wb_unescaped_unescape (&plain, WB_ESCAPES_PERCENT, &next))
        break;
      if (is_owned)
        wb_unescaped_clear (&plain);
      plain = next;
      is_owned = TRUE;
      find_all (plain.bytes, plain.length, parts);
      for (guint j = n_before; j < parts->len; j++)
        {
          WbSpan *part = &g_array_index (parts, WbSpan, j);

          part->start = wb_unescaped_get_offset (&plain, part->start);
          part->end = wb_unescaped_get_offset (&plain, part->end);
        }
    }
  if (is_owned)
    wb_unescaped_clear (&plain);
}

/**
 * wb_secret_string_find:
 * @string: any UTF-8, which may hold NUL bytes
 * @length: how many bytes
 *
 * Finds passwords in the user part and among the parameters of addresses (`jdbc:` ones too), and
 * values that something before them calls a secret. A value that is empty or all `*` is not one.
 *
 * Returns: (transfer full) (nullable) (element-type WbSpan): the secrets in it, in order and
 *   apart from each other, or %NULL for none
 */
GArray *
wb_secret_string_find (const char *string,
                       gsize       length)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (WbSpan));

  find_all (string, length, parts);
  if (memchr (string, '%', length) != NULL)
    find_encoded (string, length, parts);
  if (parts->len == 0)
    return NULL;
  wb_spans_join (parts);

  return g_steal_pointer (&parts);
}
