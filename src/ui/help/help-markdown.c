/* help-markdown.c: the little Markdown that the help is written in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/help/help-markdown.h"

#include <string.h>

static void
block_free (WbHelpBlock *block)
{
  g_free (block->bullet);
  g_free (block->text);
  g_free (block);
}

static void
chapter_free (WbHelpChapter *chapter)
{
  g_free (chapter->heading);
  g_free (chapter->anchor);
  g_ptr_array_unref (chapter->blocks);
  g_free (chapter);
}

static void
append_escaped (GString    *markup,
                const char *text,
                gsize       length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);

  g_string_append (markup, escaped);
}

/* The spans from one mark to the next; a mark alone is text. Returns what follows, or %NULL. */
static const char *
append_span (GString    *markup,
             const char *text,
             const char *mark,
             const char *tag)
{
  const char *start = text + strlen (mark);
  const char *end;

  if (!g_str_has_prefix (text, mark) || g_ascii_isspace (*start))
    return NULL;
  end = strstr (start, mark);
  if (end == NULL || end == start)
    return NULL;

  g_string_append_printf (markup, "<%s>", tag);
  append_escaped (markup, start, (gsize) (end - start));
  g_string_append_printf (markup, "</%s>", tag);

  return end + strlen (mark);
}

/* `[text](page.md#anchor)` leads to `page#anchor`. */
static const char *
append_link (GString    *markup,
             const char *text)
{
  const char *middle = *text == '[' ? strstr (text, "](") : NULL;
  const char *end = middle != NULL ? strchr (middle, ')') : NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *target = NULL;
  g_autofree char *place = NULL;

  if (end == NULL)
    return NULL;

  target = g_strndup (middle + 2, (gsize) (end - middle - 2));
  parts = g_strsplit (target, ".md", 2);
  place = g_strjoinv (NULL, parts);
  g_string_append (markup, "<a href=\"");
  append_escaped (markup, place, strlen (place));
  g_string_append (markup, "\">");
  append_escaped (markup, text + 1, (gsize) (middle - text - 1));
  g_string_append (markup, "</a>");

  return end + 1;
}

static char *
dup_markup (const char *text)
{
  GString *markup = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *next = append_link (markup, text);

      if (next == NULL)
        next = append_span (markup, text, "`", "tt");
      if (next == NULL)
        next = append_span (markup, text, "**", "b");
      if (next == NULL)
        next = append_span (markup, text, "*", "i");
      if (next == NULL)
        {
          next = g_utf8_next_char (text);
          append_escaped (markup, text, (gsize) (next - text));
        }
      text = next;
    }

  return g_string_free (markup, FALSE);
}

/* `Heading {#anchor}` */
static WbHelpChapter *
add_chapter (GPtrArray  *chapters,
             const char *line)
{
  WbHelpChapter *chapter = g_new0 (WbHelpChapter, 1);
  const char    *brace = strstr (line, " {#");

  chapter->heading = brace != NULL ? g_strndup (line, (gsize) (brace - line)) : g_strdup (line);
  chapter->anchor = brace != NULL ? g_strndup (brace + 3, strcspn (brace + 3, "}")) : g_strdup ("");
  chapter->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) block_free);
  g_ptr_array_add (chapters, chapter);

  return chapter;
}

static WbHelpBlock *
add_block (WbHelpChapter  *chapter,
           WbHelpBlockKind kind,
           const char     *text)
{
  WbHelpBlock *block = g_new0 (WbHelpBlock, 1);

  block->kind = kind;
  block->text = g_strdup (text);
  g_ptr_array_add (chapter->blocks, block);

  return block;
}

/* The length of `- ` or `12. ` at the start. */
static gsize
get_bullet_length (const char *line)
{
  gsize n_digits = strspn (line, "0123456789");

  if (g_str_has_prefix (line, "- "))
    return 2;

  return n_digits > 0 && g_str_has_prefix (line + n_digits, ". ") ? n_digits + 2 : 0;
}

static void
append_line (WbHelpBlock *block,
             const char  *separator,
             const char  *line)
{
  g_autofree char *before = g_steal_pointer (&block->text);

  block->text = g_strconcat (before, separator, line, NULL);
}

/* Returns the block that the next line may continue. */
static WbHelpBlock *
read_line (WbHelpChapter *chapter,
           WbHelpBlock   *open,
           char          *line)
{
  gsize bullet_length = get_bullet_length (line);

  if (*line == '\0')
    return NULL;
  if (g_str_has_prefix (line, "{errors "))
    {
      line[strcspn (line, "}")] = '\0';
      add_block (chapter, WB_HELP_ERRORS, line + strlen ("{errors "));

      return NULL;
    }
  if (g_str_has_prefix (line, "    ") && (open == NULL || open->kind == WB_HELP_CODE))
    {
      if (open == NULL)
        return add_block (chapter, WB_HELP_CODE, line + 4);
      append_line (open, "\n", line + 4);

      return open;
    }
  if (bullet_length > 0)
    {
      open = add_block (chapter, WB_HELP_ITEM, line + bullet_length);
      open->bullet = *line == '-' ? g_strdup ("•") : g_strndup (line, bullet_length - 1);

      return open;
    }
  if (open == NULL || open->kind == WB_HELP_CODE)
    return add_block (chapter, WB_HELP_PARAGRAPH, line);

  append_line (open, " ", g_strchug (line));

  return open;
}

/**
 * wb_help_markdown_read:
 * @text: a page: a `# title`, `## headings {#anchor}`, paragraphs, lists, code, and in a line
 *   `*names*`, `**strong**`, code between backticks, and `[links](page.md#anchor)`
 *
 * Returns: (transfer full) (element-type WbHelpChapter): its chapters, the page's title first
 */
GPtrArray *
wb_help_markdown_read (const char *text)
{
  GPtrArray *chapters = g_ptr_array_new_with_free_func ((GDestroyNotify) chapter_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  WbHelpChapter *chapter = NULL;
  WbHelpBlock   *open = NULL;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      gsize n_hashes = strspn (lines[i], "#");

      if (n_hashes > 0)
        chapter = add_chapter (chapters, g_strstrip (lines[i] + n_hashes));
      if (n_hashes > 0 || chapter == NULL)
        open = NULL;
      else
        open = read_line (chapter, open, lines[i]);
    }

  for (guint i = 0; i < chapters->len; i++)
    {
      chapter = chapters->pdata[i];
      for (guint j = 0; j < chapter->blocks->len; j++)
        {
          WbHelpBlock     *block = chapter->blocks->pdata[j];
          g_autofree char *source = g_steal_pointer (&block->text);

          block->text = block->kind == WB_HELP_CODE || block->kind == WB_HELP_ERRORS
                          ? g_strdup (source)
                          : dup_markup (source);
        }
    }

  return chapters;
}
