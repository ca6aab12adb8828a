/* fault-keyring.h: a keyring on the session bus that answers each call as the test says
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What one call meets, in place of a D-Bus error's name. */
#define FAULT_KEYRING_IS_SILENT "silent"   /* no answer */
#define FAULT_KEYRING_LEAVES    "leaves"   /* the keyring is gone from the bus */
#define FAULT_KEYRING_IS_ODD    "odd"      /* an answer to another question */

/* What it says where it fails; nobody is to see that. */
#define FAULT_KEYRING_WORDS "words <b>of the keyring</b>"

typedef enum
{
  FAULT_KEYRING_OPEN,
  FAULT_KEYRING_UNLOCKS,   /* locked until somebody is asked */
  FAULT_KEYRING_DISMISSED, /* locked, and the question is closed each time */
  FAULT_KEYRING_UNANSWERED, /* locked, and the question stays there */
} FaultKeyringLock;

typedef struct _FaultKeyring FaultKeyring;

/* Begins a session bus for it, before there are threads, as the bus forks. Where there is no
 * dbus-daemon, says that the test is skipped. Returns: (transfer full) (nullable) */
GTestDBus    *fault_keyring_begin_bus   (void);

FaultKeyring *fault_keyring_new         (void);
void          fault_keyring_free        (FaultKeyring     *self);
void          fault_keyring_put         (FaultKeyring     *self,
                                         const char       *account,
                                         const char       *text);
void          fault_keyring_lock        (FaultKeyring     *self,
                                         FaultKeyringLock  lock);
void          fault_keyring_fail        (FaultKeyring     *self,
                                         guint             at,
                                         const char       *how);
guint         fault_keyring_get_n_calls (FaultKeyring     *self);
gboolean      fault_keyring_has_failed  (FaultKeyring     *self);
guint         fault_keyring_get_n_items (FaultKeyring     *self);
gboolean      fault_keyring_is_asking   (FaultKeyring     *self);

/* Where an item is not removed, libsecret 0.20.5 completes its call a second time, and where a
 * question is closed that it has given up, without an error. GIO warns of both, which does not end
 * the test. */
void          fault_keyring_bear        (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultKeyring, fault_keyring_free)

G_END_DECLS
