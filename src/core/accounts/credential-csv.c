/* credential-csv.c: the table that the console gives with a new access key
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/credential-file-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wipe.h"

typedef enum
{
  COLUMN_USER,
  COLUMN_ACCESS_KEY,
  COLUMN_SECRET_KEY,
  COLUMN_SECURITY_TOKEN,
  COLUMN_PROJECT_ID,
  N_COLUMNS
} Column;

/* What the columns are called, without spaces and signs: by the console in English, by its pages in
 * Chinese, and by people. */
static const struct
{
  const char *name;
  Column      column;
} names[] = {
  { "username", COLUMN_USER },
  { "user", COLUMN_USER },
  { "用户名", COLUMN_USER },
  { "用户名称", COLUMN_USER },
  { "用户", COLUMN_USER },
  { "iam用户名", COLUMN_USER },
  { "accesskeyid", COLUMN_ACCESS_KEY },
  { "accesskey", COLUMN_ACCESS_KEY },
  { "ak", COLUMN_ACCESS_KEY },
  { "accesskeyidak", COLUMN_ACCESS_KEY },
  { "accesskeyak", COLUMN_ACCESS_KEY },
  { "访问密钥id", COLUMN_ACCESS_KEY },
  { "访问密钥", COLUMN_ACCESS_KEY },
  { "访问密钥标识", COLUMN_ACCESS_KEY },
  { "访问密钥ak", COLUMN_ACCESS_KEY },
  { "访问密钥idak", COLUMN_ACCESS_KEY },
  { "secretaccesskey", COLUMN_SECRET_KEY },
  { "secretkey", COLUMN_SECRET_KEY },
  { "sk", COLUMN_SECRET_KEY },
  { "secretaccesskeysk", COLUMN_SECRET_KEY },
  { "secretkeysk", COLUMN_SECRET_KEY },
  { "秘密访问密钥", COLUMN_SECRET_KEY },
  { "私有访问密钥", COLUMN_SECRET_KEY },
  { "私密访问密钥", COLUMN_SECRET_KEY },
  { "加密访问密钥", COLUMN_SECRET_KEY },
  { "秘密密钥", COLUMN_SECRET_KEY },
  { "秘密访问密钥sk", COLUMN_SECRET_KEY },
  { "私有访问密钥sk", COLUMN_SECRET_KEY },
  { "访问密钥sk", COLUMN_SECRET_KEY },
  { "securitytoken", COLUMN_SECURITY_TOKEN },
  { "安全令牌", COLUMN_SECURITY_TOKEN },
  { "projectid", COLUMN_PROJECT_ID },
  { "项目id", COLUMN_PROJECT_ID },
};

/* Excel's own CSV has `;` where a comma is for decimals, and tabs in Unicode text. */
static const char delimiters[] = ",;\t";

/* The fields of one line; %NULL if a quote is wrong. A quoted field cannot span lines here. */
static GPtrArray *
split_csv (const char *line,
           char        delimiter)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (wb_wipe_and_free);

  for (;;)
    {
      g_autoptr (GString) field = g_string_sized_new (strlen (line) + 1);
      gboolean is_quoted = *line == '"';

      if (is_quoted)
        line++;
      while (*line != '\0' && (is_quoted || *line != delimiter))
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
      if (*line != '\0' && *line != delimiter)
        return NULL;

      g_ptr_array_add (fields,
                       g_strstrip (g_string_free (g_steal_pointer (&field), FALSE)));
      if (*line == '\0')
        return g_steal_pointer (&fields);
      line++;
    }
}

static int
find_name (const char *field)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *p = field; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (plain, g_unichar_tolower (c));
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i].name, plain->str))
        return (int) names[i].column;
    }

  return -1;
}

/* Where the columns are in the header; %FALSE if one is missing that is needed. */
static gboolean
find_columns (GPtrArray *header,
              int        columns[N_COLUMNS])
{
  for (guint i = 0; i < N_COLUMNS; i++)
    columns[i] = -1;
  for (guint i = 0; header != NULL && i < header->len; i++)
    {
      int column = find_name (g_ptr_array_index (header, i));

      if (column >= 0 && columns[column] < 0)
        columns[column] = (int) i;
    }

  return columns[COLUMN_ACCESS_KEY] >= 0 && columns[COLUMN_SECRET_KEY] >= 0;
}

/* The delimiter that makes a header of the line; 0 if none does. */
static char
find_delimiter (const char *line,
                int         columns[N_COLUMNS])
{
  for (const char *p = delimiters; *p != '\0'; p++)
    {
      g_autoptr (GPtrArray) fields = split_csv (line, *p);

      if (find_columns (fields, columns))
        return *p;
    }

  return '\0';
}

/* The first line by which Excel is told the delimiter, which the header shows as well. */
static gboolean
is_separator_line (const char *line)
{
  g_autofree char *plain = g_ascii_strdown (line, -1);

  g_strdelimit (plain, "\"", ' ');
  g_strchug (plain);

  return g_str_has_prefix (plain, "sep=");
}

static char *
dup_field (GPtrArray *fields,
           int        column)
{
  return column >= 0 && (guint) column < fields->len
           ? g_strdup (g_ptr_array_index (fields, column))
           : NULL;
}

static gboolean
is_blank (const char *line)
{
  return line[strspn (line, " \t")] == '\0';
}

gboolean
wb_credential_csv_parse (char      **lines,
                         GListStore *list,
                         GError    **error)
{
  int  columns[N_COLUMNS];
  char delimiter = '\0';

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) fields = NULL;
      WbFoundEntry entry = { .line = i + 1 };
      gboolean     added;

      /* Tabs at either end may be empty fields. */
      g_strchomp (lines[i] + strcspn (lines[i], "\r"));
      if (is_blank (lines[i]))
        continue;
      if (delimiter == '\0' && is_separator_line (lines[i]))
        continue;
      if (delimiter == '\0')
        {
          delimiter = find_delimiter (lines[i], columns);
          if (delimiter == '\0')
            return wb_found_entry_fail (error, i + 1,
                                        _ ("this is not the header of an access key file. It "
                                           "must name “Access Key Id” and “Secret Access Key”."));
          continue;
        }

      fields = split_csv (lines[i], delimiter);
      if (fields == NULL)
        return wb_found_entry_fail (error, i + 1,
                                    _ ("a quote is not closed, or is in the wrong place."));

      entry.name = dup_field (fields, columns[COLUMN_USER]);
      entry.access_key = dup_field (fields, columns[COLUMN_ACCESS_KEY]);
      entry.secret_key = dup_field (fields, columns[COLUMN_SECRET_KEY]);
      entry.security_token = dup_field (fields, columns[COLUMN_SECURITY_TOKEN]);
      entry.project_id = dup_field (fields, columns[COLUMN_PROJECT_ID]);
      added = wb_found_entry_add (&entry, list, error);
      wb_found_entry_clear (&entry);
      if (!added)
        return FALSE;
    }

  return TRUE;
}
