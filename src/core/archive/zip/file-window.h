/* file-window.h: a file's bytes through a sliding window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* No request may be larger than the window. */
#define WB_FILE_WINDOW_BYTES ((gsize) 256 * 1024)

typedef struct
{
  int           fd; /* (unowned) */
  guint64       size_bytes;
  gsize         ahead_bytes; /* how much is read at a time, at least */
  GCancellable *cancellable; /* (unowned) (nullable) */
  guint8       *buffer;      /* (owned) (nullable) */
  guint64       start;
  gsize         length;
} WbFileWindow;

gboolean      wb_file_read         (int            fd,
                                    guint8        *buffer,
                                    gsize          length,
                                    guint64        offset,
                                    GError       **error);

void          wb_file_window_init  (WbFileWindow  *self,
                                    int            fd,
                                    guint64        size_bytes,
                                    GCancellable  *cancellable);
void          wb_file_window_clear (WbFileWindow  *self);
const guint8 *wb_file_window_get   (WbFileWindow  *self,
                                    guint64        offset,
                                    gsize          length,
                                    GError       **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbFileWindow, wb_file_window_clear)

/* ZIP's numbers are little-endian and stand at any address. */
static inline guint16
wb_le16 (const guint8 *p)
{
  return (guint16) (p[0] | p[1] << 8);
}

static inline guint32
wb_le32 (const guint8 *p)
{
  return (guint32) wb_le16 (p) | (guint32) wb_le16 (p + 2) << 16;
}

static inline guint64
wb_le64 (const guint8 *p)
{
  return (guint64) wb_le32 (p) | (guint64) wb_le32 (p + 4) << 32;
}

G_END_DECLS
