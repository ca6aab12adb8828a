/* problems.h: what can be wrong with an entry
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  WB_PROBLEM_NONE = 0,
  WB_PROBLEM_BAD_CRC = 1 << 0,         /* the contents do not match their checksum */
  WB_PROBLEM_UNREADABLE = 1 << 1,      /* cut, overlong, or a header that contradicts the index */
  WB_PROBLEM_ENCRYPTED = 1 << 2,
  WB_PROBLEM_UNSUPPORTED = 1 << 3,     /* a compression method that cannot be read here */
  WB_PROBLEM_TOO_LARGE = 1 << 4,       /* beyond what the preview inflates */
  WB_PROBLEM_UNSAFE_PATH = 1 << 5,     /* absolute, `..`, a drive letter, a backslash, a NUL */
  WB_PROBLEM_DUPLICATE = 1 << 6,       /* another entry has the same path, case aside */
  WB_PROBLEM_NOT_JSON = 1 << 7,        /* a .conn that is not a strict JSON object */
  WB_PROBLEM_LINK = 1 << 8,            /* a symbolic link, a device, a pipe or a socket */
  WB_PROBLEM_FOLDER_SIZE = 1 << 9,     /* a folder that is said to have contents */
  WB_PROBLEM_DISAGREES = 1 << 10,      /* said twice, differently, but the contents can be read */
  WB_PROBLEM_UNLISTED = 1 << 11,       /* beside it lies an entry that no record points to */
} WbProblems;

char *wb_problems_to_text (WbProblems problems);

G_END_DECLS
