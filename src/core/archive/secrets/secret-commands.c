/* secret-commands.c: secrets in command lines, SQL and files of logins, which name them by a word
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-commands.h"

#include <string.h>

#include "core/archive/secrets/secret-parts.h"

/* Options whose name does not say that a secret follows, by the manuals of the programs. The same
 * letter is a port or a path elsewhere. */
static const struct
{
  const char *program;
  const char *option;
  gboolean    glued;     /* `-pSECRET`; what stands behind a space has a row of its own */
  gboolean    user_info; /* `user:SECRET` */
} options[] = {
  { "mysql", "-p", TRUE, FALSE },
  { "mysqldump", "-p", TRUE, FALSE },
  { "mysqladmin", "-p", TRUE, FALSE },
  { "mysqlimport", "-p", TRUE, FALSE },
  { "mariadb", "-p", TRUE, FALSE },
  { "7z", "-p", TRUE, FALSE },
  { "sshpass", "-p", FALSE, FALSE },
  { "beeline", "-p", FALSE, FALSE },
  { "cqlsh", "-p", FALSE, FALSE },
  { "hdbsql", "-p", FALSE, FALSE },
  { "mongo", "-p", FALSE, FALSE },
  { "mongosh", "-p", FALSE, FALSE },
  { "mongodump", "-p", FALSE, FALSE },
  { "mongorestore", "-p", FALSE, FALSE },
  { "login", "-p", FALSE, FALSE }, /* of docker, podman and helm */
  { "sqlcmd", "-P", FALSE, FALSE },
  { "sqlcmd", "-P", TRUE, FALSE },
  { "bcp", "-P", FALSE, FALSE },
  { "bcp", "-P", TRUE, FALSE },
  { "psexec", "-p", FALSE, FALSE },
  { "zip", "-P", FALSE, FALSE },
  { "unzip", "-P", FALSE, FALSE },
  { "ipmitool", "-P", FALSE, FALSE },
  { "plink", "-pw", FALSE, FALSE },
  { "pscp", "-pw", FALSE, FALSE },
  { "gsql", "-W", FALSE, FALSE },
  { "gs_dump", "-W", FALSE, FALSE },
  { "vsql", "-w", FALSE, FALSE },
  { "ldapsearch", "-w", FALSE, FALSE },
  { "ldapadd", "-w", FALSE, FALSE },
  { "ldapmodify", "-w", FALSE, FALSE },
  { "ldapdelete", "-w", FALSE, FALSE },
  { "ldapwhoami", "-w", FALSE, FALSE },
  { "snmpget", "-c", FALSE, FALSE },
  { "snmpwalk", "-c", FALSE, FALSE },
  { "redis-cli", "-a", FALSE, FALSE },
  { "obsutil", "-k", FALSE, FALSE },
  { "curl", "-u", FALSE, TRUE },
  { "curl", "-u", TRUE, TRUE },
  { "curl", "--user", FALSE, TRUE },
  { "curl", "-U", FALSE, TRUE },
  { "curl", "-U", TRUE, TRUE },
  { "curl", "--proxy-user", FALSE, TRUE },
  { "curl", "-E", FALSE, TRUE }, /* a certificate and its password */
  { "curl", "--cert", FALSE, TRUE },
  { "http", "-a", FALSE, TRUE },
  { "http", "--auth", FALSE, TRUE },
  { "https", "-a", FALSE, TRUE },
  { "https", "--auth", FALSE, TRUE },
  { "skopeo", "--creds", FALSE, TRUE },
};

/* Oracle's clients, which are given `user/SECRET@host`. */
static const char *const oracle_clients[] = { "sqlplus", "expdp", "impdp", "sqlldr" };

/* What takes a password from a pipe. */
static const char *const pipe_readers[] = { "kinit", "passwd", "chpasswd", "sudo" };

typedef struct
{
  const char *string;
  gsize       length;
  GArray     *parts;

  const char *program; /* (unowned) (nullable): of the tables above, named before */
  gboolean    oracle;
  gboolean    statement;  /* SQL about users began before */
  gboolean    identified; /* and says IDENTIFIED */
  gboolean    sets;       /* SET PASSWORD: what an equals sign assigns is one */
  gboolean    logins;     /* .netrc: a machine was named */
  guint       acl;        /* of Redis: what was said of `user NAME on` */
  gboolean    echoing;    /* what follows is printed */
  gboolean    piped;      /* a pipe follows that */
  WbSpan      echoed;     /* and was printed */
} Reader;

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static gboolean
is_word (const char *string,
         WbSpan      word,
         const char *expected)
{
  return word.end - word.start == strlen (expected)
         && g_ascii_strncasecmp (string + word.start, expected, word.end - word.start) == 0;
}

/* What stands behind spaces, without its quotes. */
static WbSpan
get_value (const Reader *self,
           gsize         from,
           gboolean     *quoted)
{
  WbSpan value;
  char   quote;

  while (from < self->length && is_space (self->string[from]))
    from++;
  value.start = value.end = from;
  *quoted = FALSE;
  if (from == self->length)
    return value;

  quote = self->string[from];
  if (quote == '\'' || quote == '"')
    {
      const char *closing = memchr (self->string + from + 1, quote, self->length - from - 1);

      *quoted = TRUE;
      value.start = from + 1;
      value.end = closing != NULL ? (gsize) (closing - self->string) : self->length;
    }
  else
    {
      while (value.end < self->length && !is_space (self->string[value.end]))
        value.end++;
    }

  return value;
}

static void
add (Reader *self,
     WbSpan  value)
{
  wb_secret_parts_add (self->parts, self->string, value.start, value.end);
}

/* `user:SECRET` */
static void
add_user_info (Reader *self,
               WbSpan  value)
{
  const char *colon = memchr (self->string + value.start, ':', value.end - value.start);

  if (colon != NULL)
    add (self, (WbSpan){ (gsize) (colon - self->string) + 1, value.end });
}

/* `user/SECRET@host` */
static void
add_oracle (Reader *self,
            WbSpan  word)
{
  const char *slash = memchr (self->string + word.start, '/', word.end - word.start);
  const char *at = memrchr (self->string + word.start, '@', word.end - word.start);

  if (slash != NULL && at != NULL && slash > self->string + word.start && at > slash)
    add (self, (WbSpan){ (gsize) (slash - self->string) + 1, (gsize) (at - self->string) });
}

static void
read_program (Reader *self,
              WbSpan  word)
{
  const char *slash = memrchr (self->string + word.start, '/', word.end - word.start);

  if (slash != NULL)
    word.start = (gsize) (slash - self->string) + 1;
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      if (is_word (self->string, word, options[i].program))
        self->program = options[i].program;
    }
  for (guint i = 0; i < G_N_ELEMENTS (oracle_clients); i++)
    self->oracle = self->oracle || is_word (self->string, word, oracle_clients[i]);
  for (guint i = 0; i < G_N_ELEMENTS (pipe_readers) && self->piped; i++)
    {
      if (is_word (self->string, word, pipe_readers[i]))
        add (self, self->echoed);
    }
}

/* `echo SECRET | kinit`; `| docker login --password-stdin` */
static void
read_pipe (Reader *self,
           WbSpan  word)
{
  gboolean quoted;

  if (is_word (self->string, word, "echo") || is_word (self->string, word, "printf"))
    {
      self->echoing = TRUE;
      self->piped = FALSE;
      self->echoed = (WbSpan){ 0 };
    }
  else if (is_word (self->string, word, "|"))
    {
      self->piped = self->echoing;
      self->echoing = FALSE;
    }
  else if (self->echoing && self->string[word.start] != '-')
    self->echoed = get_value (self, word.start, &quoted);
  else if (self->piped && is_word (self->string, word, "--password-stdin"))
    add (self, self->echoed);
  if (is_word (self->string, word, "|") || is_word (self->string, word, "&&")
      || is_word (self->string, word, "||"))
    self->program = NULL;
}

/* `user NAME on >SECRET` */
static void
read_acl (Reader *self,
          WbSpan  word)
{
  if (is_word (self->string, word, "user") || is_word (self->string, word, "setuser"))
    self->acl = 1;
  else if (self->acl == 1)
    self->acl = 2;
  else if (self->acl == 2)
    self->acl = is_word (self->string, word, "on") ? 3 : 0;
  else if (self->acl == 3 && self->string[word.start] == '>')
    add (self, (WbSpan){ word.start + 1, word.end });
}

static void
read_option (Reader *self,
             WbSpan  word)
{
  const char  *name = self->string + word.start;
  gsize        length = word.end - word.start;
  gboolean     quoted;
  WbSpan       value = get_value (self, word.end, &quoted);
  WbKeyVerdict verdict;

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      gsize n = strlen (options[i].option);

      if (options[i].program != self->program || length < n
          || memcmp (name, options[i].option, n) != 0)
        continue;
      if (!options[i].glued && length > n && name[n] == '=')
        value = (WbSpan){ word.start + n + 1, word.end };
      else if (!options[i].glued && length > n)
        continue;
      if (options[i].glued && (length == n || name[1] == '-'))
        continue;
      if (options[i].glued)
        value = get_value (self, word.start + n, &quoted);
      if (options[i].user_info)
        add_user_info (self, value);
      else
        add (self, value);
    }

  /* Java's programs and OpenSSL have names of options behind one dash, too. */
  if (length < (name[1] == '-' ? 4 : 5) || memchr (name, '=', length) != NULL)
    return;
  verdict = wb_secret_key_judge (name + 1, length - 1);
  if (value.end > value.start && self->string[value.start] != '-')
    wb_secret_parts_add_value (self->parts, self->string, value, verdict);
}

/* A quoted value behind the word for it: `PASSWORD 'x'`, `PASSWORD('x')`. */
static void
read_quoted (Reader *self,
             WbSpan  word)
{
  const char  *string = self->string;
  WbKeyVerdict verdict = wb_secret_key_judge (string + word.start, word.end - word.start);
  gboolean     calls = is_word (string, word, "password") && word.end < self->length
                   && string[word.end] == '(';
  gboolean quoted;
  WbSpan   value;

  if (verdict == WB_KEY_PLAIN)
    return;

  value = get_value (self, word.end + (calls ? 1 : 0), &quoted);
  if (quoted)
    wb_secret_parts_add_value (self->parts, string, value, verdict);
}

/* As a word of SQL and a keyword of Clojure's. */
static gboolean
is_plain (const char *string,
          WbSpan      word)
{
  for (gsize i = word.start; i < word.end; i++)
    {
      if (!g_ascii_isalnum (string[i]) && !wb_is_one_of (string[i], "_-"))
        return FALSE;
    }

  return word.end > word.start;
}

/* `ENV NAME SECRET` of a Dockerfile; of `env` and in a sentence it has another meaning. */
static gboolean
sets_variable (const char *string,
               WbSpan      word)
{
  static const char *const setters[] = { "ENV", "setenv", "setx" };

  for (guint i = 0; i < G_N_ELEMENTS (setters); i++)
    {
      if (word.end - word.start == strlen (setters[i])
          && memcmp (string + word.start, setters[i], strlen (setters[i])) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
read_variable (Reader *self,
               WbSpan  name)
{
  gboolean quoted;

  if (is_plain (self->string, name))
    wb_secret_parts_add_value (self->parts, self->string, get_value (self, name.end, &quoted),
                               wb_secret_key_judge (self->string + name.start,
                                                    name.end - name.start));
}

static void
read_statement (Reader *self,
                WbSpan  word)
{
  const char *string = self->string;
  gboolean    quoted;
  WbSpan      value = get_value (self, word.end, &quoted);

  if (is_word (string, word, "create") || is_word (string, word, "alter")
      || is_word (string, word, "grant") || is_word (string, word, "connect"))
    self->statement = TRUE;
  else if (self->statement && is_word (string, word, "identified"))
    self->identified = TRUE;
  else if (self->identified
           && (is_word (string, word, "by") || (quoted && is_word (string, word, "replace"))))
    add (self, value);
  else if (is_word (string, word, "machine"))
    self->logins = TRUE;
  else if (self->logins && is_word (string, word, "password"))
    add (self, value);
  else if (is_word (string, word, "set"))
    self->sets = is_word (string, value, "password");
  else if (self->sets && quoted && is_word (string, word, "="))
    add (self, value);
  else if (sets_variable (string, word))
    read_variable (self, value);
  else
    read_quoted (self, word);
}

/* Most strings are names and descriptions, which have none of these. */
static gboolean
may_be_command (const char *string,
                gsize       length)
{
  static const char *const words[] = { "identified", "machine", "env", "setx" };
  gboolean                 has_space = FALSE;
  gboolean                 has_mark = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      has_space = has_space || is_space (string[i]);
      has_mark = has_mark || (string[i] != '\0' && strchr ("-'\"@|>", string[i]) != NULL);
    }
  if (!has_space || has_mark)
    return has_space;

  for (gsize i = 0; i < length; i++)
    {
      for (guint w = 0; w < G_N_ELEMENTS (words); w++)
        {
          if (g_ascii_tolower (string[i]) == *words[w] && length - i >= strlen (words[w])
              && g_ascii_strncasecmp (string + i, words[w], strlen (words[w])) == 0)
            return TRUE;
        }
    }

  return FALSE;
}

/**
 * wb_secret_commands_find:
 * @string: any UTF-8
 * @length: how many bytes
 * @parts: (element-type WbSpan): gets where secrets stand that a word before them names, with
 *   nothing but a space between them: `--password x`, `IDENTIFIED BY 'x'`, `PASSWORD 'x'`,
 *   `:password "x"`, `ENV DB_PASSWORD x`
 */
void
wb_secret_commands_find (const char *string,
                         gsize       length,
                         GArray     *parts)
{
  Reader self = { .string = string, .length = length, .parts = parts };
  WbSpan word = { 0 };

  if (!may_be_command (string, length))
    return;

  while (word.end < length)
    {
      word.start = word.end;
      while (word.start < length
             && (is_space (string[word.start]) || wb_is_one_of (string[word.start], "({:")))
        word.start++;
      word.end = word.start;
      while (word.end < length && !is_space (string[word.end]) && string[word.end] != '(')
        word.end++;

      if (self.oracle)
        add_oracle (&self, word);
      if (word.end > word.start)
        {
          read_pipe (&self, word);
          read_acl (&self, word);
        }
      if (word.end > word.start + 1 && string[word.start] == '-')
        read_option (&self, word);
      else if (is_plain (string, word) || is_word (string, word, "="))
        read_statement (&self, word);
      read_program (&self, word);
    }
}
