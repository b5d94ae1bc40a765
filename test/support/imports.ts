import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { type RunningWorker, runWorker } from '../../worker/run.ts'
import type { World } from './api-world.ts'
import type { twoCompanies } from './catalogue.ts'
import { installQuietRuntime } from './servers/temporal-runtime.ts'
import { workflowBundle } from './servers/workflow-bundle.ts'

export type Catalogue = Awaited<ReturnType<typeof twoCompanies>>

/** Starts a worker for the world's database and namespace. The caller stops it with `stopWorker`. */
export async function startWorker(world: World): Promise<RunningWorker> {
  installQuietRuntime()
  return runWorker(world.deps.config, pino({ level: 'silent' }), await workflowBundle())
}

export async function stopWorker(worker: RunningWorker): Promise<void> {
  worker.stop()
  await worker.stopped
}

/** A file for one company: a new user with a course, an existing user, an invalid row and a formula. */
export function peopleOf({ email, course: _ }: { email: string; course: string }, company = 'Blue Harbour'): string {
  return [
    'enabled,name,last_name,email,companyName,languageCode,module requested 1',
    `1,Zoë,Kovács,zoe.${crypto.randomUUID()}@example.com,${company},hu-HU,Safety at ${company}`,
    `1,Ada,,${email},${company},en-GB,Safety at ${company}`,
    `2,Bad,,bad@example.com,${company},en-GB,`,
    `1,=1+1,"O'Neill, ""Al""",+al.${crypto.randomUUID()}@example.com,${company},en-GB,`,
    '',
  ].join('\n')
}

type Client = ReturnType<World['as']>

/** Waits until the import has one of the statuses, and returns it. */
export async function untilStatus(client: Client, id: string, ...statuses: string[]) {
  const deadline = Date.now() + 30_000
  for (;;) {
    const { body } = await client.get(`/v1/imports/${id}`)
    if (statuses.includes(body.status)) return body
    if (Date.now() > deadline) throw new Error(`The import is ${body.status}, not ${statuses.join(' or ')}.`)
    await sleep(50)
  }
}
