/* secret-prompt.c: a question on the terminal whose answer is not shown
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/secret-prompt.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/terminal/interrupt.h"
#include "core/error.h"
#include "core/fd.h"
#include "core/input-limits.h"
#include "core/text.h"

typedef struct
{
  int            fd;
  struct termios before;
  char          *answer; /* (owned) of WB_PROMPT_MAX_BYTES */
  gsize          length;
  gboolean       done;
  GError        *error; /* (owned) (nullable) */
} Prompt;

static int
open_terminal (void)
{
  return open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
}

static void
write_text (int         fd,
            const char *text)
{
  /* A terminal that does not take a question does not take an error message either. */
  if (!wb_fd_write_all (fd, text, strlen (text)))
    g_debug ("The terminal takes no question: %s", g_strerror (errno));
}

static void
remove_last_character (Prompt *prompt)
{
  while (prompt->length > 0 && (prompt->answer[prompt->length - 1] & 0xc0) == 0x80)
    prompt->length--;
  if (prompt->length > 0)
    prompt->length--;
}

static void
take_byte (Prompt *prompt,
           guchar  byte)
{
  const cc_t *keys = prompt->before.c_cc;

  if (byte == '\n' || byte == '\r')
    prompt->done = TRUE;
  else if (byte == keys[VEOF] && keys[VEOF] != _POSIX_VDISABLE)
    prompt->done = TRUE;
  else if (byte == '\b' || byte == 0x7f
           || (byte == keys[VERASE] && keys[VERASE] != _POSIX_VDISABLE))
    remove_last_character (prompt);
  else if (byte == keys[VKILL] && keys[VKILL] != _POSIX_VDISABLE)
    prompt->length = 0;
  else if (prompt->length + 1 < WB_PROMPT_MAX_BYTES)
    prompt->answer[prompt->length++] = (char) byte;
  else
    {
      prompt->done = TRUE;
      g_set_error_literal (&prompt->error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("The answer is too long for a password, key or token."));
    }
}

static gboolean
readable_cb (int          fd,
             GIOCondition condition,
             gpointer     user_data)
{
  Prompt *prompt = user_data;
  char    bytes[256];
  gssize  n = read (fd, bytes, sizeof bytes);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;

  if (n < 0)
    {
      int saved_errno = errno;

      g_set_error (&prompt->error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   /* Translators: the system's reason. */
                   _ ("Could not read from the terminal: %s"), g_strerror (saved_errno));
    }
  if (n <= 0)
    prompt->done = TRUE;
  for (gssize i = 0; i < n && !prompt->done; i++)
    take_byte (prompt, (guchar) bytes[i]);
  explicit_bzero (bytes, sizeof bytes);

  return G_SOURCE_CONTINUE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Prompt *prompt = user_data;

  prompt->done = TRUE;

  return G_SOURCE_CONTINUE;
}

static gboolean
hide_typing (Prompt  *prompt,
             GError **error)
{
  struct termios hidden;

  if (tcgetattr (prompt->fd, &prompt->before) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   /* Translators: the system's reason. */
                   _ ("Could not turn off echo on the terminal: %s"), g_strerror (saved_errno));
      return FALSE;
    }

  hidden = prompt->before;
  hidden.c_lflag &= ~(tcflag_t) (ECHO | ECHOE | ECHOK | ECHONL | ICANON);
  hidden.c_cc[VMIN] = 1;
  hidden.c_cc[VTIME] = 0;
  /* Ctrl+C comes as a signal, and the terminal is restored. Suspended or killed by a key, it
   * would be left without echo. */
  hidden.c_cc[VSUSP] = _POSIX_VDISABLE;
  hidden.c_cc[VQUIT] = _POSIX_VDISABLE;
  wb_cli_interrupt_set_terminal (prompt->fd, &prompt->before);
  if (tcsetattr (prompt->fd, TCSAFLUSH, &hidden) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   /* Translators: the system's reason. */
                   _ ("Could not turn off echo on the terminal: %s"), g_strerror (saved_errno));
      return FALSE;
    }

  return TRUE;
}

/* Runs the main context until a line is there or someone cancels. */
static void
run (Prompt       *prompt,
     GCancellable *cancellable)
{
  g_autoptr (GSource) readable = g_unix_fd_source_new (prompt->fd, G_IO_IN | G_IO_HUP | G_IO_ERR);
  g_autoptr (GSource) cancelled = NULL;

  g_source_set_callback (readable, G_SOURCE_FUNC (readable_cb), prompt, NULL);
  g_source_attach (readable, NULL);
  if (cancellable != NULL)
    {
      cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (cancelled, G_SOURCE_FUNC (cancelled_cb), prompt, NULL);
      g_source_attach (cancelled, NULL);
    }

  while (!prompt->done)
    g_main_context_iteration (NULL, TRUE);

  g_source_destroy (readable);
  if (cancelled != NULL)
    g_source_destroy (cancelled);
}

/**
 * wb_cli_secret_prompt_is_possible:
 *
 * Returns: whether there is a terminal to ask on, whatever the standard streams are
 */
gboolean
wb_cli_secret_prompt_is_possible (void)
{
  int      fd = open_terminal ();
  gboolean possible;

  if (fd < 0)
    return FALSE;

  possible = isatty (fd);
  close (fd);

  return possible;
}

/**
 * wb_cli_secret_prompt:
 * @question: what to ask for, without a colon; escaped here
 * @cancellable: (nullable): cancels the question; the terminal is then as before
 * @error: return location
 *
 * Asks on the terminal of this process, not on standard input, and shows nothing of the answer.
 *
 * Returns: (transfer full): the answer, for wb_wipe_and_free(); never empty
 */
char *
wb_cli_secret_prompt (const char   *question,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_autofree char *escaped = NULL;
  Prompt           prompt = { .fd = -1 };
  char            *answer = NULL;

  g_return_val_if_fail (question != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  prompt.fd = open_terminal ();
  if (prompt.fd < 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   /* Translators: the system's reason. */
                   _ ("Could not open the terminal: %s"), g_strerror (saved_errno));
      return NULL;
    }
  if (!hide_typing (&prompt, error))
    {
      close (prompt.fd);
      return NULL;
    }

  escaped = wb_text_escape (question, -1);
  write_text (prompt.fd, escaped);
  write_text (prompt.fd, ": ");

  /* A terminal's own line editing takes 4095 characters, fewer than a token has: so lines are put
   * together here. A fixed size, so that no copy stays behind in memory. */
  prompt.answer = g_malloc0 (WB_PROMPT_MAX_BYTES);
  run (&prompt, cancellable);

  write_text (prompt.fd, "\n");
  /* The shell must not run what a person pasted after the line as a command. */
  tcsetattr (prompt.fd, TCSAFLUSH, &prompt.before);
  wb_cli_interrupt_set_terminal (prompt.fd, NULL);
  close (prompt.fd);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    g_clear_error (&prompt.error);
  else if (prompt.error != NULL)
    g_propagate_error (error, prompt.error);
  else if (prompt.length == 0)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 /* Translators: what was asked for, such as “Password”. */
                 _ ("Nothing was typed for “%s”."), question);
  else if (memchr (prompt.answer, '\0', prompt.length) != NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 /* Translators: what was asked for, such as “Password”. */
                 _ ("The answer to “%s” contains a NUL character."), question);
  else
    answer = g_strndup (prompt.answer, prompt.length);

  explicit_bzero (prompt.answer, WB_PROMPT_MAX_BYTES);
  g_free (prompt.answer);

  return answer;
}
