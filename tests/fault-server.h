/* fault-server.h: a server that answers byte for byte as a test says, also wrongly
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  FAULT_CLOSE,   /* close the connection behind the bytes */
  FAULT_HOLD,    /* say nothing more, and keep it open */
  FAULT_ENDLESS, /* send the last kilobyte again and again until the other side leaves */
  FAULT_TUNNEL,  /* behind the bytes, be a tunnel to the port that was set */
} FaultEnd;

/* Serves on 127.0.0.1, on the main context of the thread. Each connection takes the next answer;
 * without one it is held open in silence. */
typedef struct _FaultServer FaultServer;

FaultServer *fault_server_new             (GTlsCertificate *certificate);
void         fault_server_free            (FaultServer     *self);

guint        fault_server_get_port        (FaultServer     *self);
char        *fault_server_dup_url         (FaultServer     *self);

/* Answers, given in the order of the connections. */
void         fault_server_add             (FaultServer     *self,
                                           const char      *bytes,
                                           gssize           length,
                                           FaultEnd         end);
void         fault_server_add_reply       (FaultServer     *self,
                                           guint            status,
                                           const char      *headers,
                                           const char      *body,
                                           gssize           body_length);

/* What TLS offers to speak. */
void         fault_server_set_protocols   (FaultServer       *self,
                                           const char *const *protocols);
void         fault_server_set_tunnel_port (FaultServer     *self,
                                           guint            port);

/* Answers byte by byte, each in a turn of the main loop. */
void         fault_server_set_drip        (FaultServer     *self);

/* Serves on [::1] as well, so that localhost has two addresses; FALSE where there is no IPv6. */
gboolean     fault_server_add_ipv6        (FaultServer     *self);

guint        fault_server_get_n_opened    (FaultServer     *self);
guint        fault_server_get_n_requests  (FaultServer     *self);
guint        fault_server_get_n_left      (FaultServer     *self);

/* The bytes of a whole request, head and body, from 0. */
const char  *fault_server_get_request     (FaultServer     *self,
                                           guint            index);
char        *fault_server_dup_header      (FaultServer     *self,
                                           guint            index,
                                           const char      *name);
guint64      fault_server_get_n_bytes     (FaultServer     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultServer, fault_server_free)

G_END_DECLS
