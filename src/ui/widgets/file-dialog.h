/* file-dialog.h: asks a person for the file to open, or to save to
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  WB_FILE_ZIP,
  WB_FILE_OTHER_ZIP,   /* to compare with */
  WB_FILE_CERTIFICATE, /* PEM: the certificates of a cloud that has its own */
  WB_FILE_KEYS,        /* access keys, as the console and the software kits write them */
} WbFileKind;

/* A dismissed dialog gives %G_IO_ERROR_CANCELLED, which is not reported. */
void   wb_file_dialog_open_async  (GtkWindow            *parent,
                                   WbFileKind            kind,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
GFile *wb_file_dialog_open_finish (GAsyncResult         *result,
                                   GError              **error);

/* The dialog itself asks before a file is replaced. */
void   wb_file_dialog_save_async  (GtkWindow            *parent,
                                   const char           *name,
                                   GFile                *beside,
                                   GSettings            *settings,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
GFile *wb_file_dialog_save_finish (GAsyncResult         *result,
                                   GError              **error);

/* @path: (nullable): where to start */
void   wb_file_dialog_folder_async (GtkWindow            *parent,
                                    const char           *path,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
GFile *wb_file_dialog_folder_finish (GAsyncResult        *result,
                                     GError             **error);

G_END_DECLS
