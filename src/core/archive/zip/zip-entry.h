/* zip-entry.h: one record of a ZIP file's central directory
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  WB_ZIP_ENTRY_ENCRYPTED = 1 << 0,
  WB_ZIP_ENTRY_UTF8 = 1 << 1,     /* the name is marked as UTF-8 */
  WB_ZIP_ENTRY_FOLDER = 1 << 2,
  WB_ZIP_ENTRY_SYMLINK = 1 << 3,
  WB_ZIP_ENTRY_SPECIAL = 1 << 4,  /* a device, pipe or socket */
  WB_ZIP_ENTRY_DISAGREES = 1 << 5, /* the record contradicts itself */
} WbZipEntryFlags;

/* General purpose bits. */
#define WB_ZIP_BIT_DESCRIPTOR (1 << 3) /* sizes and checksum stand behind the data */
#define WB_ZIP_BIT_UTF8 (1 << 11)
#define WB_ZIP_BITS_LEVEL (3 << 1)     /* how hard the compressor tried */
/* Encrypted, strongly encrypted, and a central directory with masked values. */
#define WB_ZIP_BITS_ENCRYPTED (1 << 0 | 1 << 6 | 1 << 13)

/* Stands in the method's place where an entry is encrypted by AES. */
#define WB_ZIP_METHOD_AES 99

/* How an entry is encrypted. */
typedef enum
{
  WB_ZIP_PLAIN,
  WB_ZIP_TRADITIONAL, /* ZipCrypto */
  WB_ZIP_AES,         /* WinZip's AES */
  WB_ZIP_STRONG,      /* PKWARE's own, or a list with masked values: no free program reads it */
} WbZipEncryption;

/**
 * WbZipEntry:
 * @name: its name's bytes as stored, not NUL-terminated; may hold any byte
 * @name_length: how many
 * @path: its name as a path: UTF-8 without a NUL byte, with slashes, not NUL-terminated
 * @path_length: how many bytes
 * @made_on: the system that it was made on, by its number in ZIP
 * @encryption: a #WbZipEncryption
 * @aes_strength: with %WB_ZIP_AES, 1 to 3 for 128 to 256 bits
 * @has_crc: whether @crc32 is known; AE-2 has none, so that nobody can guess what is inside
 * @inner_method: how it is compressed below its encryption
 * @bits: its general purpose bits
 * @dos_time: its time and date as DOS writes them, the date in the upper half
 * @unix_time: its time in an extended field, in seconds, or 0
 * @header_offset: where its local header begins in the file
 *
 * One record of the central directory.
 */
typedef struct
{
  const char     *name;
  const char     *path;
  guint           path_length;
  guint16         name_length;
  guint8          made_on;
  guint8          encryption;
  guint8          aes_strength;
  guint8          has_crc; /* a truth value */
  guint16         bits;
  guint16         inner_method;
  guint16         method;
  guint32         crc32;
  guint32         dos_time;
  guint32         unix_time;
  guint64         compressed_bytes;
  guint64         size_bytes;
  guint64         header_offset;
  WbZipEntryFlags flags;
} WbZipEntry;

G_END_DECLS
