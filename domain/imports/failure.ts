/**
 * The closed list of failure types. Activities throw `ApplicationFailure` with one of them; the workflow looks at
 * the type, never at a message. What is not retryable pauses the import at once, what is retryable pauses it when
 * the retries run out.
 */
export const failureTypes = {
  /** No such import. Nothing can be done: the run ends. */
  importNotFound: 'ImportNotFound',
  /** The stored file is gone or is not the file that was uploaded. No resume can mend that. */
  fileGone: 'FileGone',
  /** A course of the plan is no longer open to the company. Pauses until it is. */
  courseWithdrawn: 'CourseWithdrawn',
  /** Something that the plan refers to was deleted. Pauses until it is there again. */
  referenceDeleted: 'ReferenceDeleted',
  /** People changed after somebody had confirmed what will happen to them. Pauses until somebody says go on. */
  planOutdated: 'PlanOutdated',
  /** Sign-in refused, unknown server, sender refused: every e-mail would fail. Pauses. */
  mailConfiguration: 'MailConfiguration',
  /** The mail server cannot be reached just now. Retried for a day. */
  mailUnreachable: 'MailUnreachable',
  /** Deadlock, serialisation failure, lost connection, no connection left. Retried. */
  databaseBusy: 'DatabaseBusy',
  /** The database does not understand or does not allow a statement: a missing migration, a missing right. Pauses. */
  databaseRefused: 'DatabaseRefused',
} as const
export type FailureType = (typeof failureTypes)[keyof typeof failureTypes]
