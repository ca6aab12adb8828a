/* many-service.h: a service with many workspaces, each of which answers as a test says
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "core/accounts/workspace.h"

G_BEGIN_DECLS

typedef enum
{
  MANY_RIGHT,
  MANY_BUSY,      /* 429 once, then right */
  MANY_KILLED,    /* the connection ends within the body, each time */
  MANY_WITHDRAWN, /* the call is not there any more */
  MANY_REFUSED,   /* a permission is missing */
  MANY_EMPTY,     /* no connections */
  MANY_LARGE,     /* a ZIP that is larger than the others */
  MANY_STRANGE,   /* what is no connection's JSON */
  MANY_SIGN_IN,   /* the token is refused */
  MANY_HANG,      /* no answer */
  MANY_HALF,      /* half a body, and no more of it */
} ManyAnswer;

/**
 * ManyService:
 * @url: its address, for all services
 * @n_exports: how many exports were asked for
 * @n_under_way: how many requests are being answered
 * @max_under_way: how many at most at one time
 * @times_us: (element-type gint64): when each request came
 * @lists: whether it lists its workspaces
 * @list_status: what it answers in place of a list, or 0
 *
 * The workspaces are called `workspace-0` and so on. Takes any token; the project is `p`.
 */
typedef struct
{
  SoupServer *server;
  char       *url;
  ManyAnswer *answers;
  gboolean   *was_busy;
  guint      *versions;
  guint       n;
  gboolean    lists;
  guint       list_status;
  guint       n_exports;
  guint       n_under_way;
  guint       max_under_way;
  GArray     *times_us;
  GPtrArray  *streams; /* (owned) (element-type GIOStream): connections of its own */
} ManyService;

/* Of the file of MANY_LARGE; the others are below 2 KiB. */
#define MANY_LARGE_BYTES (2 * 1024 * 1024)

ManyService *many_service_new         (guint         n);
void         many_service_free        (ManyService  *self);

void         many_service_set         (ManyService  *self,
                                       guint         workspace,
                                       ManyAnswer    answer);

/* (element-type WbWorkspace): all of them, as an account stores them. */
GListModel  *many_service_dup_workspaces
                                      (ManyService  *self);

/* Another host in its connection. */
void         many_service_change      (ManyService  *self,
                                       guint         workspace);
GBytes      *many_service_dup_zip     (ManyService  *self,
                                       guint         workspace);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ManyService, many_service_free)

G_END_DECLS
