/* libpq, opened when a store is kept in PostgreSQL. */
#ifndef DELIVERY_PQ_H
#define DELIVERY_PQ_H

#include "base/late.h"

#include <libpq-fe.h>

#define PQ_CALLS(X)                                                                                \
	X(connectdbParams)                                                                         \
	X(status)                                                                                  \
	X(errorMessage)                                                                            \
	X(parameterStatus)                                                                         \
	X(setNoticeProcessor)                                                                      \
	X(finish)                                                                                  \
	X(consumeInput)                                                                            \
	X(exec)                                                                                    \
	X(pingParams)                                                                              \
	X(socket)                                                                                  \
	X(setnonblocking)                                                                          \
	X(flush)                                                                                   \
	X(isBusy)                                                                                  \
	X(sendQuery)                                                                               \
	X(sendQueryParams)                                                                         \
	X(sendPrepare)                                                                             \
	X(transactionStatus)                                                                       \
	X(resultStatus)                                                                            \
	X(resultErrorField)                                                                        \
	X(cmdStatus)                                                                               \
	X(cmdTuples)                                                                               \
	X(ntuples)                                                                                 \
	X(getvalue)                                                                                \
	X(getlength)                                                                               \
	X(getisnull)                                                                               \
	X(clear)                                                                                   \
	X(enterPipelineMode)                                                                       \
	X(exitPipelineMode)                                                                        \
	X(pipelineSync)                                                                            \
	X(sendQueryPrepared)                                                                       \
	X(getResult)                                                                               \
	X(putCopyData)                                                                             \
	X(putCopyEnd)

/* pq->exec is PQexec, and so on. */
struct pq_calls {
#define PQ_CALL(name) __typeof__(PQ##name) *name;
	PQ_CALLS(PQ_CALL)
#undef PQ_CALL
};

/* False when there is no libpq (reported). */
bool pq_open(struct pq_calls *pq, struct diags *d) __attribute__((warn_unused_result));

#endif
