/* secret-keys.c: what a secret's key is called
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-keys.h"

#include <string.h>

/* Anywhere in a key. The service's API reference knows one secret, `password`; the other words are
 * what secrets are called elsewhere. */
static const char *const words[] = {
  "password",
  "passwd",
  "pwd",
  "secret",
  "token",
  "passphrase",
  "privatekey",
  "credential",
  "apikey",
  "accountkey",
  "sharedaccesskey",
  "signature",
  "passwort",
  "kennwort",
};

/* The whole of a key. */
static const char *const whole_keys[] = { "sk", "pass", "authorization" };

/* Likewise anywhere in a key, of scripts that have no case: password, and twice pass phrase. */
static const char *const other_words[] = { "密码", "密碼", "口令" };

static gboolean
is_ascii (const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if ((guchar) text[i] >= 0x80)
        return FALSE;
    }

  return TRUE;
}

/* Removes case and everything but letters and digits: `Private_Key` is `privatekey`, and an
 * invisible character in the middle of a word changes nothing. */
static gboolean
check_folded (const char *key,
              gsize       length)
{
  char             buffer[128];
  g_autofree char *longer = length < sizeof buffer ? NULL : g_malloc (length + 1);
  char            *folded = longer != NULL ? longer : buffer;
  gsize            n = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isalnum (key[i]))
        folded[n++] = g_ascii_tolower (key[i]);
    }
  folded[n] = '\0';

  for (guint i = 0; i < G_N_ELEMENTS (whole_keys); i++)
    {
      if (strcmp (folded, whole_keys[i]) == 0)
        return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strstr (folded, words[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

/**
 * wb_key_is_secret:
 * @key: a key, without its path
 * @length: how many bytes
 *
 * The one table of what counts as a secret. Letters that only look different, such as those of
 * double width, count as what they are compatible with.
 *
 * Returns: whether what it names must stay hidden until a person asks
 */
gboolean
wb_key_is_secret (const char *key,
                  gsize       length)
{
  g_autofree char *plain = NULL;

  if (check_folded (key, length))
    return TRUE;
  if (is_ascii (key, length))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (other_words); i++)
    {
      if (memmem (key, length, other_words[i], strlen (other_words[i])) != NULL)
        return TRUE;
    }
  plain = g_utf8_normalize (key, (gssize) length, G_NORMALIZE_ALL_COMPOSE);

  return plain != NULL && check_folded (plain, strlen (plain));
}

/**
 * wb_secret_is_left_out:
 * @value: what stands in a secret's place
 * @length: how many bytes
 *
 * Returns: whether it is empty or nothing but `*`, which is how the service says that it left a
 *   secret out
 */
gboolean
wb_secret_is_left_out (const char *value,
                       gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (value[i] != '*')
        return FALSE;
    }

  return TRUE;
}
