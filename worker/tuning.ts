import type { WorkerOptions } from '@temporalio/worker'

/**
 * Every number that shapes a worker. Memory is the first limit: the two workers of one process must stay far below
 * 600 MB during an import of a million rows.
 */

/** Connections of the worker's pool. Parse needs two, each other activity one. More than the slots of both queues. */
export const POOL_CONNECTIONS = 20

export const importsTuning = {
  /** Three batches each of two imports, and two parses. More would only wait for Postgres. */
  maxConcurrentActivityTaskExecutions: 8,
  maxConcurrentLocalActivityExecutions: 1,
  maxConcurrentWorkflowTaskExecutions: 20,
  /** Runs kept in memory, about 1 MB each. The others are replayed from their short histories. */
  maxCachedWorkflows: 100,
  /** One isolate for all workflows. One isolate for each would need ten times the memory. */
  reuseV8Context: true,
  /** Longer than a batch: after a SIGTERM, running transactions commit and are not repeated. */
  shutdownGraceTime: '20 seconds',
  shutdownForceTime: '30 seconds',
  /** Short enough for the shortest heartbeat timeout of 20 s. */
  maxHeartbeatThrottleInterval: '5 seconds',
  defaultHeartbeatThrottleInterval: '5 seconds',
} satisfies Partial<WorkerOptions>

export const mailTuning = {
  /** A single claim keeps the mail connections busy. */
  maxConcurrentActivityTaskExecutions: 4,
  /** Across all workers: 20 claims of 200 e-mails a second are more than any mail server accepts. */
  maxTaskQueueActivitiesPerSecond: 20,
  shutdownGraceTime: '25 seconds',
  shutdownForceTime: '35 seconds',
  maxHeartbeatThrottleInterval: '10 seconds',
  defaultHeartbeatThrottleInterval: '10 seconds',
} satisfies Partial<WorkerOptions>
