/**
 * The closed list of failure types. Activities throw `ApplicationFailure` with one of them, and the workflow looks at
 * the type, never at a message. A permanent failure pauses the import without a retry. A temporary one pauses it when the
 * retries run out.
 */
export const failureTypes = {
  /** No such import. The run ends. */
  importNotFound: 'ImportNotFound',
  /** The stored file is missing or differs from the upload. A resume cannot fix that, so the import fails. */
  fileGone: 'FileGone',
  /** A course of the plan is no longer open to the company. Pauses until it is. */
  courseWithdrawn: 'CourseWithdrawn',
  /** A company, course or group of the plan was deleted. Pauses until it exists again. */
  referenceDeleted: 'ReferenceDeleted',
  /** Users changed after an administrator had confirmed the plan. Pauses until an administrator resumes. */
  planOutdated: 'PlanOutdated',
  /** The server is unknown, or rejects the sign-in or the sender: every e-mail would fail. Pauses. */
  mailConfiguration: 'MailConfiguration',
  /** The mail server cannot be reached. Retried for a day. */
  mailUnreachable: 'MailUnreachable',
  /** Deadlock, serialisation failure, lost connection, or no free connection. Retried. */
  databaseBusy: 'DatabaseBusy',
  /** The database rejects a statement, because a migration or a permission is missing. Pauses. */
  databaseRefused: 'DatabaseRefused',
} as const
export type FailureType = (typeof failureTypes)[keyof typeof failureTypes]
