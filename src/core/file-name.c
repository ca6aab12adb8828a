/* file-name.c: the name of a file for an export, from a template
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/file-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/text.h"

/* The file systems of Linux, macOS and Windows take no more; the last counts UTF-16 units. */
#define MAX_NAME_BYTES 255

/* What a name is where nothing is left of it. */
#define NAMELESS "export"

/* Not allowed in the names of Linux or Windows, which a file may be copied to. */
#define FORBIDDEN "/\\:*?\"<>|"

/* Windows takes them for devices, with any extension and in any case. */
static const char *const devices[] = {
  "con",
  "prn",
  "aux",
  "nul",
  "conin$",
  "conout$",
  "com0",
  "com1",
  "com2",
  "com3",
  "com4",
  "com5",
  "com6",
  "com7",
  "com8",
  "com9",
  "com¹",
  "com²",
  "com³",
  "lpt0",
  "lpt1",
  "lpt2",
  "lpt3",
  "lpt4",
  "lpt5",
  "lpt6",
  "lpt7",
  "lpt8",
  "lpt9",
  "lpt¹",
  "lpt²",
  "lpt³",
  NULL,
};

typedef enum
{
  ACCOUNT,
  WORKSPACE,
  DATE,
  TIME,
  N_VALUES
} Value;

static const char *const placeholders[N_VALUES] = {
  "{account}",
  "{workspace}",
  "{date}",
  "{time}",
};

/* Letters and signs that can be seen, with single spaces between them. */
static char *
dup_safe (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString         *safe = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          if (safe->len > 0 && safe->str[safe->len - 1] != ' ')
            g_string_append_c (safe, ' ');
        }
      else if (c == 0xfffd || (c < 0x80 && strchr (FORBIDDEN, (int) c) != NULL))
        g_string_append_c (safe, '-');
      else if (g_unichar_isprint (c) && g_unichar_type (c) != G_UNICODE_PRIVATE_USE
               && g_unichar_type (c) != G_UNICODE_FORMAT)
        g_string_append_unichar (safe, c);
    }

  return g_strchomp (g_string_free (safe, FALSE));
}

static void
cut_last_character (char *text)
{
  char *last = g_utf8_find_prev_char (text, text + strlen (text));

  if (last != NULL)
    *last = '\0';
}

/* Each placeholder once from left to right, so that a value is not searched for more of them. */
static char *
fill (const char        *pattern,
      const char        *end,
      const char *const *values)
{
  GString *name = g_string_new (NULL);

  while (pattern < end)
    {
      guint i = 0;

      while (i < N_VALUES && !g_str_has_prefix (pattern, placeholders[i]))
        i++;
      if (i < N_VALUES)
        {
          g_string_append (name, values[i]);
          pattern += strlen (placeholders[i]);
        }
      else
        {
          g_string_append_c (name, *pattern);
          pattern++;
        }
    }

  return g_string_free (name, FALSE);
}

/* Without a start that hides the file or looks like an option, and an end that Windows drops. */
static char *
dup_stem (const char        *pattern,
          const char        *end,
          const char *const *values)
{
  g_autofree char *filled = fill (pattern, end, values);
  g_autofree char *safe = dup_safe (filled);
  char            *stem = safe + strspn (safe, ".-~ ");

  while (*stem != '\0' && strchr (". ", stem[strlen (stem) - 1]) != NULL)
    stem[strlen (stem) - 1] = '\0';

  return g_strconcat (wb_file_name_is_device (stem) ? "_" : "", *stem != '\0' ? stem : NAMELESS,
                      NULL);
}

/* The last dot of what is no placeholder, or the end. */
static const char *
find_extension (const char *pattern)
{
  const char *brace = strrchr (pattern, '}');
  const char *dot = strrchr (pattern, '.');

  return dot != NULL && dot > pattern && (brace == NULL || dot > brace) ? dot
                                                                        : strchr (pattern, '\0');
}

/* Returns: (nullable): where a word in braces begins that is none of the placeholders */
static const char *
find_unknown (const char *pattern)
{
  for (const char *p = strchr (pattern, '{'); p != NULL; p = strchr (p + 1, '{'))
    {
      guint i = 0;

      while (i < N_VALUES && !g_str_has_prefix (p, placeholders[i]))
        i++;
      if (i == N_VALUES)
        return p;
    }

  return NULL;
}

static gboolean
set_pattern_error (const char *pattern,
                   const char *reason,
                   GError    **error)
{
  g_autofree char *shown = wb_text_escape (pattern, -1);

  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: a template for names of files, and a sentence on what is wrong. */
               _ ("The template “%s” cannot be used: %s"), shown, reason);

  return FALSE;
}

/**
 * wb_file_name_check:
 * @pattern: for wb_file_name_fill(), as a person typed it
 * @error: return location: %WB_ERROR_INVALID
 *
 * Returns: whether the names will be as it says, and it says nothing that was meant otherwise
 */
gboolean
wb_file_name_check (const char *pattern,
                    GError    **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *least = NULL;
  g_autofree char *safe = NULL;

  g_return_val_if_fail (pattern != NULL, FALSE);

  if (!g_utf8_validate (pattern, -1, NULL))
    return set_pattern_error (pattern, _ ("It is not UTF-8 text."), error);
  if (*pattern == '\0' || g_ascii_strcasecmp (pattern, ".zip") == 0)
    return set_pattern_error (pattern, _ ("It is empty."), error);
  if (strchr (pattern, '/') != NULL)
    return set_pattern_error (pattern,
                              _ ("It is the name of a file, without a folder, so it has no “/”."),
                              error);
  if (find_unknown (pattern) != NULL)
    return set_pattern_error (pattern,
                              _ ("The words in braces can be {account}, {workspace}, {date} and "
                                 "{time}."),
                              error);

  safe = dup_safe (pattern);
  if (strcmp (safe, pattern) != 0 || strspn (pattern, ".-~ ") > 0)
    return set_pattern_error (pattern,
                              _ ("It contains a character that not every file system takes, or "
                                 "begins like a hidden file or an option."),
                              error);
  least = wb_file_name_fill (pattern, "", "", now);
  if (strlen (least) > MAX_NAME_BYTES)
    return set_pattern_error (pattern, _ ("It is too long for the name of a file."), error);

  return TRUE;
}

/**
 * wb_file_name_fill:
 * @pattern: a name with `{account}`, `{workspace}`, `{date}` and `{time}`, each any number of
 *   times; other text stays
 * @account: the account's name, as a person typed it
 * @workspace: the workspace's name, as it is shown
 * @when: the time of the export, whose time zone counts
 *
 * The name is safe on the file systems of Linux, macOS and Windows: it has no slash, no control and
 * no invisible character, is no name of a device, and has at most 255 bytes. A long account's or
 * workspace's name is shortened, never the rest.
 *
 * Returns: (transfer full): the name of a file, in UTF-8
 */
char *
wb_file_name_fill (const char *pattern,
                   const char *account,
                   const char *workspace,
                   GDateTime  *when)
{
  g_autofree char *safe_account = NULL;
  g_autofree char *safe_workspace = NULL;
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;
  const char      *extension;

  g_return_val_if_fail (pattern != NULL, NULL);
  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (workspace != NULL, NULL);
  g_return_val_if_fail (when != NULL, NULL);

  safe_account = dup_safe (account);
  safe_workspace = dup_safe (workspace);
  date = g_date_time_format (when, "%Y-%m-%d");
  time = g_date_time_format (when, "%H-%M-%S");
  extension = find_extension (pattern);

  while (TRUE)
    {
      const char *const values[N_VALUES] = { safe_account, safe_workspace, date, time };
      g_autofree char  *stem = dup_stem (pattern, extension, values);
      char             *longer;

      longer = strlen (safe_account) > strlen (safe_workspace) ? safe_account : safe_workspace;
      if (strlen (stem) + strlen (extension) <= MAX_NAME_BYTES || *longer == '\0')
        return g_strconcat (stem, extension, NULL);

      cut_last_character (longer);
    }
}

/**
 * wb_file_name_add_suffix:
 * @name: the name of a ZIP, or of another file
 * @suffix: what kind of copy it is
 *
 * Returns: (transfer full): a name for a copy, such as `a-redacted.zip`, of at most 255 bytes if
 *   @suffix is short
 */
char *
wb_file_name_add_suffix (const char *name,
                         const char *suffix)
{
  g_autofree char *stem = NULL;
  gsize            rest;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (suffix != NULL, NULL);

  stem = g_strdup (name);
  if (strlen (stem) > strlen (".zip")
      && g_ascii_strcasecmp (stem + strlen (stem) - strlen (".zip"), ".zip") == 0)
    stem[strlen (stem) - strlen (".zip")] = '\0';

  rest = strlen ("-") + strlen (suffix) + strlen (".zip");
  while (strlen (stem) + rest > MAX_NAME_BYTES && *stem != '\0')
    cut_last_character (stem);

  return g_strdup_printf ("%s-%s.zip", stem, suffix);
}

/**
 * wb_file_name_is_device:
 * @name: the name of a file, in UTF-8
 *
 * Returns: whether Windows takes it for a device: it is one's name, in any case and with any
 *   extension
 */
gboolean
wb_file_name_is_device (const char *name)
{
  g_autofree char *first = NULL;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  first = g_strndup (name, strcspn (name, "."));
  folded = g_ascii_strdown (g_strchomp (first), -1);

  return g_strv_contains (devices, folded);
}
