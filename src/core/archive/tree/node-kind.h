/* node-kind.h: what a node of an archive's tree can be
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  WB_NODE_ROOT,       /* the ZIP itself */
  WB_NODE_FOLDER,
  WB_NODE_CONNECTION, /* a .conn file */
  WB_NODE_FILE,       /* any other file */
  WB_NODE_LINK,       /* a symbolic link or a special file: shown, never followed */
  WB_NODE_NOTE,       /* what Waybill itself put into a copy */
  WB_NODE_EXTRA,      /* what macOS adds; a folder for it is a folder */
} WbNodeKind;

G_END_DECLS
