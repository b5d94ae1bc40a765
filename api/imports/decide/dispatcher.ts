import { setTimeout as sleep } from 'node:timers/promises'
import { unstartedLetters } from '../../../db/accounts/account-links.ts'
import { sweepSessions } from '../../../db/accounts/accounts.ts'
import { sweepFiles } from '../../../db/files/files.ts'
import { sweepDrafts } from '../../../db/imports/drafts.ts'
import { unansweredCancellations, unstartedImports, unstartedMailings } from '../../../db/imports/unstarted.ts'
import { startLetter } from '../../accounts/auth/start-letter.ts'
import { startMailing } from '../../emails/start-mailing.ts'
import type { ApiDeps } from '../../http/deps.ts'
import { problemOf } from '../../http/problems.ts'
import { repeatCancellation } from './decide.ts'
import { startImport } from './start-import.ts'

/** Milliseconds between looks. An import that lost its start waits no longer than this once Temporal is back. */
const EVERY = 2_000

/** Imports and mailings a look; the next look takes the next ones. */
const BATCH = 20

/** Milliseconds between looks for cancellations that no worker has taken, and how many are repeated at once. */
const CANCEL_EVERY = 15_000
const CANCELS = 5

/** Milliseconds between sweeps of files that no import refers to, and files a sweep. */
const SWEEP_EVERY = 60_000
const SWEEP_FILES = 20

interface Job {
  name: string
  every: number
  nextAt: number
  failing: boolean
  work(): Promise<unknown>
}

const job = (name: string, every: number, work: Job['work']): Job => ({ name, every, nextAt: 0, failing: false, work })

export interface Dispatcher {
  /** Ends after the look that is under way. */
  stop(): Promise<void>
}

/**
 * Starts the workflows that a request could not start itself: what is committed is never stranded, whatever was
 * killed between the commit and the start. Any number of processes may run one; a start done twice is one start.
 */
export function runDispatcher(deps: ApiDeps, { every = EVERY }: { every?: number } = {}): Dispatcher {
  const stopping = new AbortController()
  const running = loop()

  async function loop(): Promise<void> {
    const jobs = [
      job('dispatch', 0, () => dispatch(deps)),
      job('repeat cancellations', CANCEL_EVERY, () => repeatCancellations(deps)),
      job('sweep drafts', SWEEP_EVERY, () => sweepDrafts(deps.db, SWEEP_FILES)),
      job('sweep files', SWEEP_EVERY, () => sweepFiles(deps.db, SWEEP_FILES)),
      job('sweep sessions', SWEEP_EVERY, () => sweepSessions(deps.db)),
    ]
    while (!stopping.signal.aborted) {
      for (const due of jobs.filter(({ nextAt }) => nextAt <= Date.now())) {
        due.nextAt = Date.now() + due.every
        due.failing = await due.work().then(
          () => recovered(due),
          (error: unknown) => failed(due, error),
        )
      }
      await sleep(every, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  /** Told once when it begins and once when it is over: an outage of an hour is not a thousand lines. */
  function failed({ name, failing }: Job, error: unknown): true {
    if (!failing) deps.log.warn({ job: name, reason: problemOf(error).code }, 'dispatcher cannot work, tries on')
    return true
  }

  function recovered({ name, failing }: Job): false {
    if (failing) deps.log.info({ job: name }, 'dispatcher works again')
    return false
  }

  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** One look. @throws ServiceError when Temporal cannot be reached: the next look begins where this one ended */
export async function dispatch(deps: ApiDeps): Promise<void> {
  for (const id of await unstartedImports(deps.db, BATCH)) await started('import', id, () => startImport(deps, id))
  for (const id of await unstartedMailings(deps.db, BATCH)) await started('mailing', id, () => startMailing(deps, id))
  for (const id of await unstartedLetters(deps.db, BATCH)) await started('letter', id, () => startLetter(deps, id))

  /** What Temporal refuses to start must not keep the others waiting. */
  async function started(kind: string, id: string, start: () => Promise<void>): Promise<void> {
    try {
      await start()
      deps.log.info({ kind, id }, 'workflow started')
    } catch (error) {
      if (problemOf(error).code !== 'internal-error') throw error
      deps.log.error({ kind, id, reason: (error as Error).name }, 'workflow cannot be started')
    }
  }
}

/** Each on its own: a worker that does not answer for one must not delay the others. */
export async function repeatCancellations(deps: ApiDeps): Promise<void> {
  const ids = await unansweredCancellations(deps.db, CANCELS)
  const repeated = await Promise.allSettled(ids.map((id) => repeatCancellation(deps, id)))
  const open = repeated.filter(({ status }) => status === 'rejected').length
  if (open > 0) deps.log.warn({ open }, 'cancellations wait for a worker')
}
