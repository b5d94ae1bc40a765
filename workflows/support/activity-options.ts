import { ActivityCancellationType, type ActivityOptions } from '@temporalio/workflow'
import { IMPORTS_QUEUE, MAIL_QUEUE } from '../import-messages.ts'

/**
 * Activity options by class. Only a timeout notices a dead worker, so an activity of more than ten seconds heartbeats. Its
 * heartbeat timeout is the time that a killed worker costs.
 */

/** One transaction of a few seconds, with heartbeats. Retries cover an hour without a database. */
export const database: ActivityOptions = {
  taskQueue: IMPORTS_QUEUE,
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '20 seconds',
  // A cancelled import ends only when none of its activities writes any more.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds', maximumAttempts: 120 },
}

/** One pass over a whole file, or over all of its rows. Minutes for a million rows. */
export const stream: ActivityOptions = {
  ...database,
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '30 seconds',
}

/** One claim of e-mails. A mail server may be down for a day (RFC 5321, section 4.5.4.1, gives up after four). */
export const mail: ActivityOptions = {
  taskQueue: MAIL_QUEUE,
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '60 seconds',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
}

/** A write that must happen. It is retried until it succeeds. */
export const cleanUp: ActivityOptions = {
  taskQueue: IMPORTS_QUEUE,
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
}
