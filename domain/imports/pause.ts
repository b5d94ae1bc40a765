import { type FailureType, failureTypes } from './failure.ts'
import type { ImportPhase } from './states.ts'

/** Why an import waits, in general terms: fit for the Temporal UI, where no name and no address may appear. */
export interface PauseText {
  code: string
  title: string
  /** What stopped, what stays done, what to check, what to do. */
  detail: string
}

const doing: Record<ImportPhase, string> = {
  receive: 'Starting the import',
  parse: 'Reading the file',
  validate: 'Checking the rows',
  review: 'Waiting for the confirmation',
  apply: 'Creating people',
  notify: 'Sending e-mails',
  done: 'Finishing the import',
}

const texts: Record<FailureType, Omit<PauseText, 'detail'> & { why: string; check: string }> = {
  [failureTypes.courseWithdrawn]: {
    code: 'course-withdrawn',
    title: 'A course of this import is no longer available',
    why: 'a course that the file names was withdrawn from its company after the file had been checked.',
    check: 'Give the company access to the course again, then resume; or cancel.',
  },
  [failureTypes.referenceDeleted]: {
    code: 'reference-deleted',
    title: 'Something that this import refers to was deleted',
    why: 'a company, cohort, group, permission set or course of the plan was deleted after the file had been checked.',
    check:
      'Make a company, cohort or group of the file again under its name, then resume. For a course, or a choice of ' +
      'the options, cancel and import the file again: nobody is brought in twice.',
  },
  [failureTypes.planOutdated]: {
    code: 'plan-outdated',
    title: 'People have changed since the plan was confirmed',
    why: 'somebody changed or added people of this file after its plan had been confirmed, so it is no longer true.',
    check: 'Look at the people who are listed. Resume applies the file to them as they are now; or cancel.',
  },
  [failureTypes.mailConfiguration]: {
    code: 'mail-configuration',
    title: 'The mail server refuses to work for Muster',
    why: 'the mail server could not be found or refused the sign-in or the sender, so every e-mail would fail.',
    check: 'Check SMTP_URL and MAIL_FROM and the account at the mail server, then resume.',
  },
  [failureTypes.mailUnreachable]: {
    code: 'mail-unreachable',
    title: 'The mail server cannot be reached',
    why: 'the mail server has not answered for a day.',
    check: 'Check that it runs and that the worker can reach it, then resume.',
  },
  [failureTypes.databaseBusy]: {
    code: 'database-unavailable',
    title: 'The database does not answer',
    why: 'the database refused or lost the connection again and again.',
    check: 'Check that it runs and has free connections and disk space, then resume.',
  },
  [failureTypes.databaseRefused]: {
    code: 'database-refused',
    title: 'The database refuses a statement',
    why: 'the database does not understand or does not allow what Muster asks.',
    check: 'Check that every migration is applied and that the database user may write, then resume.',
  },
  [failureTypes.fileGone]: {
    code: 'file-gone',
    title: 'The stored file is gone',
    why: 'the stored file is missing or is not the file that was uploaded.',
    check: 'Upload the file again as a new import.',
  },
  [failureTypes.importNotFound]: {
    code: 'import-not-found',
    title: 'No such import',
    why: 'the database does not know this import.',
    check: 'Check that the worker and the API use the same database.',
  },
}

/** The text for a failure in a phase. An unknown failure gets a text that says where to look. */
export function pauseText(failure: string, phase: ImportPhase): PauseText {
  const known = Object.hasOwn(texts, failure) ? texts[failure as FailureType] : undefined
  const { code, title, why, check } = known ?? {
    code: 'unexpected-failure',
    title: 'The import stopped unexpectedly',
    why: 'a step failed again and again for a reason that Muster does not know.',
    check: 'The worker’s log and the Temporal UI show the failure. When its cause is mended, resume.',
  }
  return { code, title, detail: `${doing[phase]} stopped: ${why} What was done stays done. ${check}` }
}
