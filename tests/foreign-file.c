/* foreign-file.c: a file that only GIO reaches, as on a file server; it is kept in memory
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "foreign-file.h"

#include <string.h>

#define HALFWAY_BYTES 2

struct _ForeignFile
{
  GObject      parent_instance;
  char        *text; /* (owned) (nullable): %NULL while there is no such file */
  ForeignFault fault;
};

static void file_iface_init (GFileIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ForeignFile, foreign_file, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_FILE, file_iface_init))

/* --- what is written --- */

#define FOREIGN_TYPE_OUTPUT (foreign_output_get_type ())
G_DECLARE_FINAL_TYPE (ForeignOutput, foreign_output, FOREIGN, OUTPUT, GFileOutputStream)

struct _ForeignOutput
{
  GFileOutputStream parent_instance;
  ForeignFile      *file;     /* (owned) */
  GString          *text;     /* (owned) */
  gboolean          replaces; /* what is there stays until the stream is closed */
};

G_DEFINE_FINAL_TYPE (ForeignOutput, foreign_output, G_TYPE_FILE_OUTPUT_STREAM)

static void
put (ForeignOutput *self)
{
  g_free (self->file->text);
  self->file->text = g_strdup (self->text->str);
}

static gssize
foreign_output_write (GOutputStream *stream,
                      const void    *buffer,
                      gsize          length,
                      GCancellable  *cancellable,
                      GError       **error)
{
  ForeignOutput *self = FOREIGN_OUTPUT (stream);

  if (self->file->fault == FOREIGN_FAILS_HALFWAY && self->text->len >= HALFWAY_BYTES)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The server is full");
      return -1;
    }
  length = MIN (length, HALFWAY_BYTES);
  g_string_append_len (self->text, buffer, (gssize) length);
  if (!self->replaces)
    put (self);

  return (gssize) length;
}

static gboolean
foreign_output_close (GOutputStream *stream,
                      GCancellable  *cancellable,
                      GError       **error)
{
  ForeignOutput *self = FOREIGN_OUTPUT (stream);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->file->fault == FOREIGN_FAILS_TO_CLOSE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The server went away");
      return FALSE;
    }
  put (self);

  return TRUE;
}

static void
foreign_output_finalize (GObject *object)
{
  ForeignOutput *self = FOREIGN_OUTPUT (object);

  g_object_unref (self->file);
  g_string_free (self->text, TRUE);

  G_OBJECT_CLASS (foreign_output_parent_class)->finalize (object);
}

static void
foreign_output_class_init (ForeignOutputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foreign_output_finalize;
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = foreign_output_write;
  G_OUTPUT_STREAM_CLASS (klass)->close_fn = foreign_output_close;
}

static void
foreign_output_init (ForeignOutput *self)
{
  self->text = g_string_new ("");
}

static GFileOutputStream *
open_output (ForeignFile *file,
             gboolean     replaces,
             GError     **error)
{
  ForeignOutput *self;

  if (file->fault == FOREIGN_FAILS_TO_OPEN)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "The server says no");
      return NULL;
    }
  self = g_object_new (FOREIGN_TYPE_OUTPUT, NULL);
  self->file = g_object_ref (file);
  self->replaces = replaces;

  return G_FILE_OUTPUT_STREAM (self);
}

/* --- what is read --- */

#define FOREIGN_TYPE_INPUT (foreign_input_get_type ())
G_DECLARE_FINAL_TYPE (ForeignInput, foreign_input, FOREIGN, INPUT, GFileInputStream)

struct _ForeignInput
{
  GFileInputStream parent_instance;
  ForeignFile     *file; /* (owned) */
  gsize            n_read;
};

G_DEFINE_FINAL_TYPE (ForeignInput, foreign_input, G_TYPE_FILE_INPUT_STREAM)

static gssize
foreign_input_read (GInputStream *stream,
                    void         *buffer,
                    gsize         length,
                    GCancellable *cancellable,
                    GError      **error)
{
  ForeignInput *self = FOREIGN_INPUT (stream);

  if (self->file->fault == FOREIGN_FAILS_HALFWAY && self->n_read >= HALFWAY_BYTES)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The server is silent");
      return -1;
    }
  length = MIN (MIN (length, HALFWAY_BYTES), strlen (self->file->text) - self->n_read);
  memcpy (buffer, self->file->text + self->n_read, length);
  self->n_read += length;

  return (gssize) length;
}

static void
foreign_input_finalize (GObject *object)
{
  g_object_unref (FOREIGN_INPUT (object)->file);

  G_OBJECT_CLASS (foreign_input_parent_class)->finalize (object);
}

static void
foreign_input_class_init (ForeignInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foreign_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = foreign_input_read;
}

static void
foreign_input_init (ForeignInput *self)
{
}

/* --- the file --- */

static GFile *
file_dup (GFile *file)
{
  return g_object_ref (file);
}

static char *
file_get_path (GFile *file)
{
  return NULL;
}

static char *
file_get_basename (GFile *file)
{
  return g_strdup ("far.zip");
}

static char *
file_get_uri (GFile *file)
{
  return g_strdup ("foreign://server/far.zip");
}

static GFileInputStream *
file_read (GFile        *file,
           GCancellable *cancellable,
           GError      **error)
{
  ForeignFile  *self = FOREIGN_FILE (file);
  ForeignInput *stream;

  if (self->text == NULL || self->fault == FOREIGN_FAILS_TO_OPEN)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The server has no such file");
      return NULL;
    }
  stream = g_object_new (FOREIGN_TYPE_INPUT, NULL);
  stream->file = g_object_ref (self);

  return G_FILE_INPUT_STREAM (stream);
}

static GFileOutputStream *
file_create (GFile           *file,
             GFileCreateFlags flags,
             GCancellable    *cancellable,
             GError         **error)
{
  if (FOREIGN_FILE (file)->text != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "The server has that file");
      return NULL;
    }

  return open_output (FOREIGN_FILE (file), FALSE, error);
}

static GFileOutputStream *
file_replace (GFile           *file,
              const char      *etag,
              gboolean         make_backup,
              GFileCreateFlags flags,
              GCancellable    *cancellable,
              GError         **error)
{
  return open_output (FOREIGN_FILE (file), FOREIGN_FILE (file)->text != NULL, error);
}

static gboolean
file_delete (GFile        *file,
             GCancellable *cancellable,
             GError      **error)
{
  g_clear_pointer (&FOREIGN_FILE (file)->text, g_free);

  return TRUE;
}

static void
file_iface_init (GFileIface *iface)
{
  iface->dup = file_dup;
  iface->get_path = file_get_path;
  iface->get_basename = file_get_basename;
  iface->get_uri = file_get_uri;
  iface->get_parse_name = file_get_uri;
  iface->read_fn = file_read;
  iface->create = file_create;
  iface->replace = file_replace;
  iface->delete_file = file_delete;
}

static void
foreign_file_finalize (GObject *object)
{
  g_free (FOREIGN_FILE (object)->text);

  G_OBJECT_CLASS (foreign_file_parent_class)->finalize (object);
}

static void
foreign_file_class_init (ForeignFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foreign_file_finalize;
}

static void
foreign_file_init (ForeignFile *self)
{
}

ForeignFile *
foreign_file_new (const char *contents)
{
  ForeignFile *self = g_object_new (FOREIGN_TYPE_FILE, NULL);

  self->text = g_strdup (contents);

  return self;
}

void
foreign_file_set_fault (ForeignFile *self,
                        ForeignFault fault)
{
  self->fault = fault;
}

/* %NULL if there is no such file. */
const char *
foreign_file_get_text (ForeignFile *self)
{
  return self->text;
}
