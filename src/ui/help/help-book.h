/* help-book.h: the pages of the help, in the reader's language
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/help/help-markdown.h"

G_BEGIN_DECLS

/* The names of the pages, in their order. */
extern const char *const wb_help_book_pages[];

GPtrArray *wb_help_book_read        (const char  *page);
GPtrArray *wb_help_book_read_in     (const char  *language,
                                     const char  *page);
char      *wb_help_chapter_dup_text (WbHelpChapter *chapter,
                                     gboolean       with_errors);

G_END_DECLS
