/* credential-sections.c: the sections in the software kits' file of access keys
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/credential-file-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wipe.h"

/* Without the quotes that some put around it. */
static char *
strip_quotes (char *value)
{
  gsize length = strlen (value);

  if (length < 2 || (*value != '"' && *value != '\'') || value[length - 1] != *value)
    return value;
  value[length - 1] = '\0';

  return value + 1;
}

static gboolean
set_member (WbFoundEntry *entry,
            const char   *key,
            const char   *value,
            guint         line,
            GError      **error)
{
  const struct
  {
    const char *key;
    char      **member;
  } members[] = {
    { "ak", &entry->access_key },
    { "sk", &entry->secret_key },
    { "security_token", &entry->security_token },
    { "project_id", &entry->project_id },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (g_ascii_strcasecmp (members[i].key, key) != 0)
        continue;
      wb_wipe_and_free (*members[i].member);
      *members[i].member = g_strdup (value);
      if (members[i].member != &entry->project_id && !wb_found_entry_check (value, line, error))
        return FALSE;
    }

  return TRUE;
}

/* A section without any key, such as one for a federated identity, is none of ours. */
static gboolean
end_section (GListStore   *list,
             WbFoundEntry *entry,
             GError      **error)
{
  gboolean is_right = TRUE;

  if (entry->name != NULL && (entry->access_key != NULL || entry->secret_key != NULL))
    is_right = wb_found_entry_add (entry, list, error);
  wb_found_entry_clear (entry);

  return is_right;
}

gboolean
wb_credential_sections_parse (char      **lines,
                              GListStore *list,
                              GError    **error)
{
  WbFoundEntry entry = { NULL };
  gboolean     is_right = TRUE;

  for (guint i = 0; is_right && lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      char *sign;
      gsize length = strlen (line);

      if (length == 0 || *line == '#' || *line == ';')
        continue;
      if (*line == '[')
        {
          is_right = end_section (list, &entry, error);
          if (is_right && (length < 3 || line[length - 1] != ']'))
            is_right = wb_found_entry_fail (error, i + 1,
                                            _ ("the section’s name is not closed by “]”."));
          if (is_right)
            {
              entry.name = g_strndup (line + 1, length - 2);
              entry.line = i + 1;
            }
          continue;
        }

      sign = strchr (line, '=');
      if (sign == NULL)
        {
          is_right = wb_found_entry_fail (error, i + 1,
                                          _ ("this is neither a section nor a setting."));
        }
      else if (entry.name == NULL)
        {
          is_right = wb_found_entry_fail (error, i + 1,
                                          _ ("this setting is not in a section."));
        }
      else
        {
          *sign = '\0';
          is_right = set_member (&entry, g_strstrip (line), strip_quotes (g_strstrip (sign + 1)),
                                 i + 1, error);
        }
    }
  is_right = is_right && end_section (list, &entry, error);
  wb_found_entry_clear (&entry);

  return is_right;
}
