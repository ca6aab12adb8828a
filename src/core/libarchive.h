/* libarchive.h: libarchive, which is loaded when something needs it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <glib.h>

G_BEGIN_DECLS

/* What we call of it. */
#define WB_LIBARCHIVE_FUNCTIONS(FUNCTION) \
  FUNCTION (archive_entry_free) \
  FUNCTION (archive_entry_new) \
  FUNCTION (archive_entry_set_filetype) \
  FUNCTION (archive_entry_set_mtime) \
  FUNCTION (archive_entry_set_pathname) \
  FUNCTION (archive_entry_set_perm) \
  FUNCTION (archive_entry_set_size) \
  FUNCTION (archive_errno) \
  FUNCTION (archive_error_string) \
  FUNCTION (archive_read_add_passphrase) \
  FUNCTION (archive_read_data_block) \
  FUNCTION (archive_read_free) \
  FUNCTION (archive_read_new) \
  FUNCTION (archive_read_next_header) \
  FUNCTION (archive_read_open_memory) \
  FUNCTION (archive_read_set_options) \
  FUNCTION (archive_read_support_format_zip_streamable) \
  FUNCTION (archive_write_close) \
  FUNCTION (archive_write_data) \
  FUNCTION (archive_write_free) \
  FUNCTION (archive_write_header) \
  FUNCTION (archive_write_new) \
  FUNCTION (archive_write_open) \
  FUNCTION (archive_write_open_fd) \
  FUNCTION (archive_write_set_bytes_in_last_block) \
  FUNCTION (archive_write_set_format_zip) \
  FUNCTION (archive_write_set_options) \
  FUNCTION (archive_write_set_passphrase)

/* Its functions by their own names: `libarchive->archive_read_new ()`. */
#define WB_LIBARCHIVE_FIELD(name) __typeof__ (name) *name;
typedef struct
{
  WB_LIBARCHIVE_FUNCTIONS (WB_LIBARCHIVE_FIELD)
} WbLibarchive;
#undef WB_LIBARCHIVE_FIELD

const WbLibarchive *wb_libarchive_load (GError **error);

G_END_DECLS
