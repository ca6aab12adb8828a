/* search-query.c: what a person looks for
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/list/search-query.h"

#include <string.h>

#include "core/archive/connection/search-text.h"
#include "core/input-limits.h"

typedef struct
{
  gboolean exclude;
  char    *word;  /* (owned): the whole of it, folded */
  char    *key;   /* (owned) (nullable): folded; only what this key says counts */
  char    *value; /* (owned) (nullable): what to find there, folded */
} Term;

struct _WbSearchQuery
{
  GArray *terms; /* (owned) (element-type Term) */
};

/* The words for what several keys say. All others are part of a key. */
static const struct
{
  const char *word;
  const char *keys[10];
} aliases[] = {
  { "type", { "type", "dw_type" } },
  { "name", { "name", "dw_name" } },
  { "host",
    { "address", "ip", "host", "hostname", "clustername", "clusterid", "url", "jdbcurl",
      "server" } },
};

static void
clear_term (gpointer data)
{
  Term *term = data;

  g_free (term->word);
  g_free (term->key);
  g_free (term->value);
}

static char *
fold (const char *text,
      gsize       length)
{
  GString *out = g_string_new (NULL);

  wb_search_append_folded (out, text, length);

  return g_string_free (out, FALSE);
}

/* `key:value`, but neither `10.0.0.1:22` nor `https://…`. */
static const char *
find_colon (const char *word)
{
  const char *p = word;

  while (g_ascii_isalpha (*p) || *p == '_')
    p++;

  return p > word && *p == ':' && !g_str_has_prefix (p, "://") ? p : NULL;
}

static void
add_term (WbSearchQuery *self,
          const char    *word,
          gboolean       exclude)
{
  const char *colon = find_colon (word);
  Term        term = { .exclude = exclude };

  /* A person is still typing it: there is nothing to look for yet. */
  if (*word == '\0' || (colon != NULL && colon[1] == '\0')
      || self->terms->len == WB_SEARCH_MAX_TERMS)
    return;

  term.word = fold (word, strlen (word));
  if (colon != NULL)
    {
      term.key = fold (word, (gsize) (colon - word));
      term.value = fold (colon + 1, strlen (colon + 1));
      if (strcmp (term.key, "address") == 0 || strcmp (term.key, "ip") == 0)
        {
          g_free (term.key);
          term.key = g_strdup ("host");
        }
    }
  g_array_append_val (self->terms, term);
}

/**
 * wb_search_query_new:
 * @text: what a person typed
 *
 * Returns: (transfer full): what it means; every text means something
 */
WbSearchQuery *
wb_search_query_new (const char *text)
{
  WbSearchQuery *self;
  g_autoptr (GString) word = g_string_new (NULL);
  gboolean quoted = FALSE;
  gboolean exclude = FALSE;
  gboolean started = FALSE;
  gsize    length;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (WbSearchQuery, 1);
  self->terms = g_array_new (FALSE, FALSE, sizeof (Term));
  g_array_set_clear_func (self->terms, clear_term);

  length = strnlen (text, WB_SEARCH_MAX_BYTES);
  for (gsize i = 0; i <= length; i++)
    {
      char c = i < length ? text[i] : '\0';

      if (c == '"')
        {
          quoted = !quoted;
          started = TRUE;
        }
      else if (c == '\0' || (g_ascii_isspace (c) && !quoted))
        {
          add_term (self, word->str, exclude);
          g_string_truncate (word, 0);
          exclude = FALSE;
          started = FALSE;
        }
      else if (c == '-' && !started)
        {
          exclude = TRUE;
          started = TRUE;
        }
      else
        {
          g_string_append_c (word, c);
          started = TRUE;
        }
    }

  return self;
}

void
wb_search_query_free (WbSearchQuery *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->terms);
  g_free (self);
}

/**
 * wb_search_query_is_empty:
 * @self: a query
 *
 * Returns: whether there is nothing to look for, so that everything matches
 */
gboolean
wb_search_query_is_empty (WbSearchQuery *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->terms->len == 0;
}

static gboolean
key_fits (const Term *term,
          const char *key,
          gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    {
      if (strcmp (term->key, aliases[i].word) != 0)
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (aliases[i].keys) && aliases[i].keys[j] != NULL; j++)
        {
          const char *alias = aliases[i].keys[j];

          if (strlen (alias) == length && memcmp (key, alias, length) == 0)
            return TRUE;
        }
      return FALSE;
    }

  return memmem (key, length, term->key, strlen (term->key)) != NULL;
}

/* Looks for the value first: that is quick, and mostly fails. */
static gboolean
find_value (const Term *term,
            const char *haystack,
            gsize       length)
{
  const char *end = haystack + length;
  const char *from = haystack;
  gsize       value_length = strlen (term->value);
  gboolean    from_start = strcmp (term->key, "type") == 0;

  while (from < end)
    {
      const char *hit = memmem (from, (gsize) (end - from), term->value, value_length);
      const char *line;
      const char *value;

      if (hit == NULL)
        return FALSE;
      line = memrchr (haystack, WB_SEARCH_LINE, (gsize) (hit - haystack));
      value = line != NULL ? memchr (line, WB_SEARCH_VALUE, (gsize) (hit - line)) : NULL;
      if (value != NULL && (!from_start || hit == value + 1)
          && key_fits (term, line + 1, (gsize) (value - line - 1)))
        return TRUE;

      from = memchr (hit, WB_SEARCH_LINE, (gsize) (end - hit));
      if (value == NULL || from_start)
        from = hit + 1;
      if (from == NULL)
        return FALSE;
    }

  return FALSE;
}

static gboolean
term_matches (const Term *term,
              const char *haystack,
              gsize       length)
{
  if (term->key != NULL && find_value (term, haystack, length))
    return TRUE;

  return memmem (haystack, length, term->word, strlen (term->word)) != NULL;
}

/**
 * wb_search_query_matches:
 * @self: a query
 * @haystack: lines as wb_search_append_line() makes them
 * @length: how many bytes
 *
 * Returns: whether all words are there that must be, and none that must not
 */
gboolean
wb_search_query_matches (WbSearchQuery *self,
                         const char    *haystack,
                         gsize          length)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      const Term *term = &g_array_index (self->terms, Term, i);

      if (term_matches (term, haystack, length) == term->exclude)
        return FALSE;
    }

  return TRUE;
}

/* A text without its case, and where in it each byte comes from. */
static GString *
fold_mapped (const char *text,
             GArray     *map)
{
  GString *folded = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize offset = (gsize) (p - text);

      wb_search_append_folded (folded, p, (gsize) (g_utf8_next_char (p) - p));
      while (map->len < folded->len)
        g_array_append_val (map, offset);
    }
  {
    gsize offset = strlen (text);

    g_array_append_val (map, offset);
  }

  return folded;
}

/**
 * wb_search_query_find_spans:
 * @self: a query
 * @key: the key whose value is shown: `name`, `type` or `address`
 * @text: the value, UTF-8
 *
 * Returns: (transfer full) (element-type WbSpan): the places in it to highlight, in order and
 *   apart from each other
 */
GArray *
wb_search_query_find_spans (WbSearchQuery *self,
                            const char    *key,
                            const char    *text)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (WbSpan));
  g_autoptr (GArray) map = g_array_new (FALSE, FALSE, sizeof (gsize));
  GString *folded;

  g_return_val_if_fail (self != NULL && key != NULL && text != NULL, spans);

  if (self->terms->len == 0)
    return spans;

  folded = fold_mapped (text, map);
  for (guint i = 0; i < self->terms->len; i++)
    {
      const Term *term = &g_array_index (self->terms, Term, i);
      gboolean    of_key = term->key != NULL && key_fits (term, key, strlen (key));
      const char *words[] = { term->word, of_key ? term->value : NULL };

      for (guint j = 0; j < G_N_ELEMENTS (words) && words[j] != NULL && !term->exclude; j++)
        {
          gsize       length = strlen (words[j]);
          const char *end = folded->str + folded->len;
          const char *hit = folded->str;

          while ((hit = memmem (hit, (gsize) (end - hit), words[j], length)) != NULL)
            {
              gsize  at = (gsize) (hit - folded->str);
              WbSpan span = { .start = g_array_index (map, gsize, at) };

              hit += length;
              at += length;
              /* One character may have become several. */
              while (at < folded->len
                     && g_array_index (map, gsize, at) == g_array_index (map, gsize, at - 1))
                at++;
              span.end = g_array_index (map, gsize, at);
              g_array_append_val (spans, span);
            }
        }
    }
  g_string_free (folded, TRUE);

  wb_spans_join (spans);

  return spans;
}
