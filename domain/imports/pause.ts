import { type Problem, problem } from '../problems/problem.ts'
import { type FailureType, failureTypes } from './failure.ts'
import type { ImportPhase } from './states.ts'

/** Why an import is paused, in general terms. It names no user and no address, so the Temporal UI can show it. */
export interface PauseText {
  code: string
  title: string
  /** What stopped, what stays done, what to check and what to do. */
  detail: string
}

/** What exactly stopped the import. It names users and courses, so it goes to the database and never into a history. */
export interface PauseSubjects {
  /** Appended to the detail; starts with a space, or is empty. */
  sentence: string
  [list: string]: unknown
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
    check: 'Give the company access to the course again, then resume. Otherwise cancel.',
  },
  [failureTypes.referenceDeleted]: {
    code: 'reference-deleted',
    title: 'A company, course or group of this import was deleted',
    why: 'a company, cohort, group, permission set or course of the plan was deleted after the file had been checked.',
    check:
      'For a company, cohort or group that the file names, create it again under the same name, then resume. For a ' +
      'course, or a choice of the options, cancel and import the file again. This creates no duplicates.',
  },
  [failureTypes.planOutdated]: {
    code: 'plan-outdated',
    title: 'People have changed since the plan was confirmed',
    why: 'people of this file were changed or added after the plan had been confirmed, so the plan is out of date.',
    check: 'Check the people listed here. Resume applies the file to them as they are now. Otherwise cancel.',
  },
  [failureTypes.mailConfiguration]: {
    code: 'mail-configuration',
    title: 'The mail settings do not work',
    why: 'the mail server was not found, or rejected the sign-in or the sender, so every e-mail would fail.',
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
    title: 'The database does not respond',
    why: 'the database rejected or lost the connection on every retry.',
    check: 'Check that it runs and has free connections and disk space, then resume.',
  },
  [failureTypes.databaseRefused]: {
    code: 'database-refused',
    title: 'The database rejects a statement',
    why: 'a table or column that Muster needs is missing, or Muster lacks a permission.',
    check: 'Check that every migration is applied and that the database user may write, then resume.',
  },
  [failureTypes.fileGone]: {
    code: 'file-gone',
    title: 'The stored file is gone',
    why: 'the stored file is missing or differs from the file that was uploaded.',
    check: 'Upload the file again as a new import.',
  },
  [failureTypes.importNotFound]: {
    code: 'import-not-found',
    title: 'Import not found',
    why: 'the database has no such import.',
    check: 'Check that the worker and the API use the same database.',
  },
}

/** Returns the text for a failure in a phase. An unknown failure gets a text that says where to look. */
export function pauseText(failure: string, phase: ImportPhase): PauseText {
  const known = Object.hasOwn(texts, failure) ? texts[failure as FailureType] : undefined
  const { code, title, why, check } = known ?? {
    code: 'unexpected-failure',
    title: 'The import stopped unexpectedly',
    why: 'a step failed on every retry, and Muster does not know the reason.',
    check: 'The worker’s log and the Temporal UI show the failure. Fix the cause, then resume.',
  }
  return { code, title, detail: `${doing[phase]} stopped: ${why} What was done stays done. ${check}` }
}

/** Returns the problem of an import that paused or failed, as the API shows it. */
export function pauseProblem(failure: string, phase: ImportPhase, subjects: PauseSubjects = { sentence: '' }): Problem {
  const { code, title, detail } = pauseText(failure, phase)
  const { sentence, ...lists } = subjects
  return problem(code, 409, title, `${detail}${sentence}`, lists)
}
