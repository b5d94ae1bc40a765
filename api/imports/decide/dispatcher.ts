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

/** Milliseconds between rounds. Once Temporal is back, an import without a workflow waits no longer than this. */
const ROUND_EVERY_MS = 2_000

/** Workflows of each kind that one round starts. The next round starts the next ones. */
const STARTS_PER_ROUND = 20

/** Milliseconds between repeats of cancellations that no worker has answered, and how many are repeated at once. */
const CANCEL_EVERY_MS = 15_000
const CANCELS_PER_ROUND = 5

/** Milliseconds between sweeps of unused files and old drafts, and how many one sweep deletes. */
const SWEEP_EVERY_MS = 60_000
const SWEEP_LIMIT = 20

interface Job {
  name: string
  every: number
  nextAt: number
  failing: boolean
  work(): Promise<unknown>
}

const job = (name: string, every: number, work: Job['work']): Job => ({ name, every, nextAt: 0, failing: false, work })

export interface Dispatcher {
  /** Resolves after the current round. */
  stop(): Promise<void>
}

/**
 * Starts the workflows that a request could not start itself. Committed work is never stranded, even if a process is
 * killed between the commit and the start. Any number of processes may run a dispatcher, because a second start of
 * the same workflow does nothing.
 */
export function runDispatcher(deps: ApiDeps, { every = ROUND_EVERY_MS }: { every?: number } = {}): Dispatcher {
  const stopping = new AbortController()
  const running = loop()

  async function loop(): Promise<void> {
    const jobs = [
      job('dispatch', 0, () => dispatch(deps)),
      job('repeat cancellations', CANCEL_EVERY_MS, () => repeatCancellations(deps)),
      job('sweep drafts', SWEEP_EVERY_MS, () => sweepDrafts(deps.db, SWEEP_LIMIT)),
      job('sweep files', SWEEP_EVERY_MS, () => sweepFiles(deps.db, SWEEP_LIMIT)),
      job('sweep sessions', SWEEP_EVERY_MS, () => sweepSessions(deps.db)),
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

  /** Logs the start and the end of an outage once each. An outage of an hour would otherwise log a thousand lines. */
  function failed({ name, failing }: Job, error: unknown): true {
    if (!failing) deps.log.warn({ job: name, reason: problemOf(error).code }, 'dispatcher job failed, retrying')
    return true
  }

  function recovered({ name, failing }: Job): false {
    if (failing) deps.log.info({ job: name }, 'dispatcher job recovered')
    return false
  }

  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/**
 * Starts one round of workflows that have not started.
 *
 * @throws ServiceError when Temporal cannot be reached. The next round continues where this one stopped
 */
export async function dispatch(deps: ApiDeps): Promise<void> {
  const limit = STARTS_PER_ROUND
  for (const id of await unstartedImports(deps.db, limit)) await attempt('import', id, () => startImport(deps, id))
  for (const id of await unstartedMailings(deps.db, limit)) await attempt('mailing', id, () => startMailing(deps, id))
  for (const id of await unstartedLetters(deps.db, limit)) await attempt('letter', id, () => startLetter(deps, id))

  /** Logs a start that Temporal does not accept, so that it does not block the others. */
  async function attempt(kind: string, id: string, start: () => Promise<void>): Promise<void> {
    try {
      await start()
      deps.log.info({ kind, id }, 'workflow started')
    } catch (error) {
      if (problemOf(error).code !== 'internal-error') throw error
      deps.log.error({ kind, id, reason: (error as Error).name }, 'workflow cannot be started')
    }
  }
}

/** Repeats cancellations in parallel, so that one unanswered Update does not delay the others. */
export async function repeatCancellations(deps: ApiDeps): Promise<void> {
  const ids = await unansweredCancellations(deps.db, CANCELS_PER_ROUND)
  const repeated = await Promise.allSettled(ids.map((id) => repeatCancellation(deps, id)))
  const open = repeated.filter(({ status }) => status === 'rejected').length
  if (open > 0) deps.log.warn({ open }, 'cancellations are waiting for a worker')
}
