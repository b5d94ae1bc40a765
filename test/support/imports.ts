import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { type RunningWorker, runWorker } from '../../worker/run.ts'
import type { World } from './api-world.ts'
import type { twoCompanies } from './catalogue.ts'
import { installQuietRuntime } from './temporal-runtime.ts'
import { workflowBundle } from './workflow-bundle.ts'

export type Catalogue = Awaited<ReturnType<typeof twoCompanies>>

/** A real worker for the world's database and namespace. Whoever starts it stops it and waits for `stopped`. */
export async function startWorker(world: World): Promise<RunningWorker> {
  installQuietRuntime()
  return runWorker(world.deps.config, pino({ level: 'silent' }), await workflowBundle())
}

export async function stopWorker(worker: RunningWorker): Promise<void> {
  worker.stop()
  await worker.stopped
}

/** A file for one company: a new person with a course, somebody who is there, a row that is wrong, and a formula. */
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

/** Waits until the import is in one of the states, and gives it. */
export async function untilStatus(client: Client, id: string, ...statuses: string[]) {
  const deadline = Date.now() + 30_000
  for (;;) {
    const { body } = await client.get(`/v1/imports/${id}`)
    if (statuses.includes(body.status)) return body
    if (Date.now() > deadline) throw new Error(`The import is ${body.status}, not ${statuses.join(' or ')}.`)
    await sleep(50)
  }
}
