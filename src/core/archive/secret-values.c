/* secret-values.c: which values of a JSON text are secrets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secret-values.h"

#include "core/archive/connection.h"

#include <string.h>

static const char *const secret_words[] = {
  "password",
  "passwd",
  "pwd",
  "secret",
  "token",
  "passphrase",
  "privatekey",
};

/* What is left of a key when case and all but letters and digits are taken away: `Private_Key` is
 * `privatekey`, and an invisible character in the middle of a word changes nothing. */
static char *
fold_key (const char *key,
          gsize       length)
{
  char *folded = g_malloc (length + 1);
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    if (g_ascii_isalnum (key[i]))
      folded[n++] = g_ascii_tolower (key[i]);
  folded[n] = '\0';

  return folded;
}

static gboolean
is_secret_key (const char *key,
               gsize       length)
{
  g_autofree char *folded = fold_key (key, length);

  for (guint i = 0; i < G_N_ELEMENTS (secret_words); i++)
    if (strstr (folded, secret_words[i]) != NULL)
      return TRUE;

  return strcmp (folded, "sk") == 0;
}

/* A URL that names user and password: `jdbc:x://user:password@host`. */
static gboolean
has_user_info (const char *value)
{
  for (const char *p = strstr (value, "://"); p != NULL; p = strstr (p, "://"))
    {
      gsize       length;
      const char *colon;

      p += 3;
      length = strcspn (p, "/?# \t\n");
      colon = memchr (p, ':', length);
      if (colon != NULL && memchr (colon, '@', length - (gsize) (colon - p)) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* `password=…` and `"password": …` inside a value: an address with parameters, JSON in a string. */
static gboolean
has_assignment (const char *value)
{
  const char *word = value;

  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '=' || *p == ':')
        {
          const char *end = p;

          while (end > word && strchr ("\"'\\ ", end[-1]) != NULL)
            end--;
          if (is_secret_key (word, (gsize) (end - word)))
            return TRUE;
          word = p + 1;
        }
      else if (strchr ("?&;,{ \n\t", *p) != NULL && p[1] != '=' && p[1] != ':')
        word = p + 1;
    }

  return FALSE;
}

static gboolean
is_left_out (const char *value)
{
  return value[strspn (value, "*")] == '\0';
}

/**
 * wb_key_is_secret:
 * @key: a key, without its path
 *
 * The service's API reference knows one secret, `password`; the other words are what secrets are
 * called elsewhere.
 *
 * Returns: whether its value must stay hidden until a person asks
 */
gboolean
wb_key_is_secret (const char *key)
{
  g_return_val_if_fail (key != NULL, FALSE);

  return is_secret_key (key, strlen (key));
}

/**
 * wb_secret_values_find:
 * @text: a JSON text
 * @scan: where its values stand
 *
 * A value is a secret if its own key or one it lies under says so, or if it holds a password as
 * part of an address or of settings in a string.
 *
 * Returns: (transfer full): a #WbSecret for each of the scan's values; only scalars are marked
 */
guint8 *
wb_secret_values_find (const char *text,
                       WbJsonScan *scan)
{
  guint              n = wb_json_scan_get_n (scan);
  guint8            *secrets = g_new0 (guint8, n);
  g_autofree guint8 *below = g_new0 (guint8, n);

  for (guint i = 0; i < n; i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);
      gboolean           is_secret = value->parent >= 0 && below[value->parent];

      if (!is_secret && value->key_end > value->key_start)
        {
          gsize            length;
          g_autofree char *key = wb_json_unescape (text, value->key_start, value->key_end,
                                                   &length);

          is_secret = is_secret_key (key, length);
        }

      if (value->type == WB_JSON_OBJECT || value->type == WB_JSON_ARRAY)
        below[i] = is_secret;
      else if (value->type == WB_JSON_STRING)
        {
          gsize            length;
          g_autofree char *string = wb_json_unescape (text, value->start, value->end, &length);
          gboolean         left_out = strlen (string) == length && is_left_out (string);

          if (!is_secret)
            is_secret = has_user_info (string) || has_assignment (string);
          if (is_secret)
            secrets[i] = left_out ? WB_SECRET_LEFT_OUT : WB_SECRET_PRESENT;
        }
      else if (is_secret)
        secrets[i] = value->type == WB_JSON_NULL ? WB_SECRET_LEFT_OUT : WB_SECRET_PRESENT;
    }

  return secrets;
}
