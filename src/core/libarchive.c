/* libarchive.c: libarchive, which is loaded when something needs it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/libarchive.h"

#include <dlfcn.h>
#include <glib/gi18n-lib.h>

#include "core/error.h"

/* The name of the interface that libarchive has had in all of its versions 3. */
#define SONAME "libarchive.so.13"

static gboolean
find_all (WbLibarchive *found,
          void         *library)
{
#define FIND(name)                                    \
  {                                                   \
    *(void **) &found->name = dlsym (library, #name); \
    if (found->name == NULL)                          \
      return FALSE;                                   \
  }
  WB_LIBARCHIVE_FUNCTIONS (FIND)
#undef FIND

  return TRUE;
}

/**
 * wb_libarchive_load:
 * @error: return location: %WB_ERROR_FAILED if it is not installed
 *
 * It brings a dozen libraries along, and to load them takes longer than to list an export. No
 * export of the service needs it. Can be called from any thread, and again after a failure.
 *
 * Returns: its functions, for as long as the program runs, or %NULL
 */
const WbLibarchive *
wb_libarchive_load (GError **error)
{
  static WbLibarchive functions;
  static GMutex       lock;
  static void        *library;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  void *loaded;

  if (library != NULL)
    return &functions;

  loaded = dlopen (SONAME, RTLD_NOW | RTLD_LOCAL);
  if (loaded == NULL || !find_all (&functions, loaded))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_FAILED,
                   /* Translators: the system's reason. */
                   _ ("libarchive cannot be loaded. Install it and try again. (%s)"), dlerror ());
      g_clear_pointer (&loaded, dlclose);
      return NULL;
    }
  library = loaded;

  return &functions;
}
