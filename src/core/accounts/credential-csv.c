/* credential-csv.c: the table that the console gives with a new access key
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/credential-file-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wipe.h"

/* The fields of one line; %NULL if a quote is wrong. A quoted field cannot span lines here. */
static GPtrArray *
split_csv (const char *line)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (wb_wipe_and_free);

  for (;;)
    {
      g_autoptr (GString) field = g_string_sized_new (strlen (line) + 1);
      gboolean is_quoted = *line == '"';

      if (is_quoted)
        line++;
      while (*line != '\0' && (is_quoted || *line != ','))
        {
          if (is_quoted && *line == '"' && line[1] != '"')
            break;
          if (*line == '"')
            {
              if (!is_quoted)
                return NULL;
              line++;
            }
          g_string_append_c (field, *line++);
        }
      if (is_quoted && *line++ != '"')
        return NULL;
      if (*line != '\0' && *line != ',')
        return NULL;

      g_ptr_array_add (fields,
                       g_strstrip (g_string_free (g_steal_pointer (&field), FALSE)));
      if (*line == '\0')
        return g_steal_pointer (&fields);
      line++;
    }
}

static int
find_column (GPtrArray  *header,
             const char *name)
{
  for (guint i = 0; i < header->len; i++)
    {
      if (g_ascii_strcasecmp (g_ptr_array_index (header, i), name) == 0)
        return (int) i;
    }

  return -1;
}

static char *
dup_field (GPtrArray *fields,
           int        column)
{
  return column >= 0 && (guint) column < fields->len
           ? g_strdup (g_ptr_array_index (fields, column))
           : NULL;
}

gboolean
wb_credential_csv_parse (char      **lines,
                         GListStore *list,
                         GError    **error)
{
  g_autoptr (GPtrArray) header = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) fields = NULL;
      WbFoundEntry entry = { .line = i + 1 };
      gboolean     added;

      if (*lines[i] == '\0')
        continue;
      fields = split_csv (lines[i]);
      if (fields == NULL)
        return wb_found_entry_fail (error, i + 1,
                                    _ ("a quote is not closed, or is in the wrong place."));

      if (header == NULL)
        {
          header = g_steal_pointer (&fields);
          if (find_column (header, "Access Key Id") < 0
              || find_column (header, "Secret Access Key") < 0)
            return wb_found_entry_fail (error, i + 1,
                                        _ ("this is not the header of an access key file. It "
                                           "must name “Access Key Id” and “Secret Access Key”."));
          continue;
        }

      entry.name = dup_field (fields, find_column (header, "User Name"));
      entry.access_key = dup_field (fields, find_column (header, "Access Key Id"));
      entry.secret_key = dup_field (fields, find_column (header, "Secret Access Key"));
      added = wb_found_entry_add (&entry, list, error);
      wb_found_entry_clear (&entry);
      if (!added)
        return FALSE;
    }

  return TRUE;
}
