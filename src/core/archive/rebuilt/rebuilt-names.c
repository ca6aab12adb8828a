/* rebuilt-names.c: file names for connections, whatever they call themselves
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/rebuilt/rebuilt-names.h"

#include <string.h>

#include "core/file-name.h"

/* The file systems of Linux, macOS and Windows take a name of 255. */
#define MAX_STEM_BYTES (255 - strlen (".conn"))

/* Not allowed in the names of Linux or Windows. */
#define FORBIDDEN "/\\:*?\"<>|"

static gboolean
can_be_in_a_name (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
      return FALSE;
    default:
      return c >= 0x80 || strchr (FORBIDDEN, (int) c) == NULL;
    }
}

static void
cut (GString *stem,
     gsize    max_bytes)
{
  while (stem->len > max_bytes)
    g_string_truncate (stem, (gsize) (g_utf8_find_prev_char (stem->str, stem->str + stem->len)
                                      - stem->str));
}

/* Spaces and dots at an end are dropped by Windows, and a dot at the start hides a file. */
static GString *
make_safe (const char *name)
{
  g_autofree char *composed = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);
  GString         *stem = g_string_new (NULL);

  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (stem, can_be_in_a_name (c) ? c : '-');
    }
  cut (stem, MAX_STEM_BYTES);

  for (gsize i = 0; i < stem->len && (stem->str[i] == '.' || stem->str[i] == ' '); i++)
    stem->str[i] = '-';
  for (gsize i = stem->len; i > 0 && (stem->str[i - 1] == '.' || stem->str[i - 1] == ' '); i--)
    stem->str[i - 1] = '-';
  if (wb_file_name_is_device (stem->str))
    g_string_prepend_c (stem, '_');

  return stem;
}

/* What names have in common that some file system takes for the same. */
static char *
fold (const char *stem)
{
  g_autofree char *normal = g_utf8_normalize (stem, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (normal, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
}

static gboolean
take (GHashTable *taken,
      const char *stem)
{
  return g_hash_table_add (taken, fold (stem));
}

/* The stem with the first number that makes it unlike all others. */
static char *
number (GHashTable *taken,
        GHashTable *numbers,
        GString    *stem)
{
  gpointer last = g_hash_table_lookup (numbers, stem->str);

  for (guint i = last != NULL ? GPOINTER_TO_UINT (last) : 2;; i++)
    {
      g_autofree char *suffix = g_strdup_printf ("-%u", i);
      g_autoptr (GString) numbered = g_string_new (stem->str);

      cut (numbered, MAX_STEM_BYTES - strlen (suffix));
      g_string_append (numbered, suffix);
      if (!take (taken, numbered->str))
        continue;
      g_hash_table_insert (numbers, g_strdup (stem->str), GUINT_TO_POINTER (i));
      return g_string_free (g_steal_pointer (&numbered), FALSE);
    }
}

/**
 * wb_rebuilt_names_new:
 * @names: (array length=n_names): what the connections call themselves, in UTF-8, in an order that
 *   is the same for the same connections
 * @n_names: how many
 *
 * A name that can be a file name on Linux, macOS and Windows stays as it is. Others are made safe,
 * and unlike any other also where case and normalization do not count.
 *
 * Returns: (transfer full) (element-type utf8): a name for each, without `.conn`
 */
GPtrArray *
wb_rebuilt_names_new (const char *const *names,
                      guint              n_names)
{
  GPtrArray *stems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_ptr_array_set_size (stems, (int) n_names);
  for (guint i = 0; i < n_names; i++)
    {
      g_autoptr (GString) stem = make_safe (names[i]);

      if (strcmp (stem->str, names[i]) == 0 && take (taken, stem->str))
        stems->pdata[i] = g_string_free (g_steal_pointer (&stem), FALSE);
    }
  for (guint i = 0; i < n_names; i++)
    {
      g_autoptr (GString) stem = NULL;

      if (stems->pdata[i] != NULL)
        continue;
      stem = make_safe (names[i]);
      if (take (taken, stem->str))
        stems->pdata[i] = g_string_free (g_steal_pointer (&stem), FALSE);
      else
        stems->pdata[i] = number (taken, numbers, stem);
    }

  return stems;
}
