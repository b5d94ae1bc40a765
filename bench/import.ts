/**
 * Imports a generated file through the public API of a running stack. Prints the seconds of each phase, the peak
 * resident memory of worker and API, and the number of events in the history.
 *
 *   npm start                                   (in another terminal)
 *   npx tsx bench/import.ts 1000000 [--emails] [--again]
 *
 * `--emails` sends an e-mail to each user. The stack's inbox keeps them in memory, so do not use it with a million rows.
 * `--again` imports the same file a second time, with `existing: update`. Linux only, because it reads /proc.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Client, Connection } from '@temporalio/client'
import { importWorkflowId } from '../workflows/import-messages.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { emails: { type: 'boolean', default: false }, again: { type: 'boolean', default: false } },
})
const rows = Number(positionals[0] ?? 20_000)
const dataDir = process.env.MUSTER_DATA_DIR ?? '.muster'
const stack = JSON.parse(readFileSync(join(dataDir, 'stack.json'), 'utf8')) as {
  api: string
  apiKey: string
  temporal: string
  pids: { api: number; worker: number }
}
const COMPANIES = 4
const COURSES = 300

interface Import {
  id: string
  status: string
  counts: Record<string, unknown>
}

async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  const headers = { Authorization: `Bearer ${stack.apiKey}`, ...(init.headers as Record<string, string>) }
  const response = await fetch(`${stack.api}${path}`, { ...init, headers })
  if (!response.ok && response.status !== 409) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

const post = <T>(path: string, body: unknown) =>
  call<T>(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } })

/** Creates the companies and courses that the file names, or reuses those of an earlier run. */
async function prepare(): Promise<void> {
  const ids: string[] = []
  for (let i = 0; i < COMPANIES; i++) {
    const name = `Bench ${i}`
    const found = await call<{ items: { id: string }[] }>(`/v1/companies?name=${encodeURIComponent(name)}`)
    ids.push((found.items[0] ?? (await post<{ id: string }>('/v1/companies', { name }))).id)
  }
  const existing = await call<{ items: unknown[] }>(`/v1/courses?title=${encodeURIComponent('Bench course 0')}`)
  if (existing.items.length > 0) return
  for (let i = 0; i < COURSES; i++) await post('/v1/courses', { title: `Bench course ${i}`, companies: ids })
}

async function* file(): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let text =
    'enabled,name,last_name,email,companyName,languageCode,job_role,region,module requested 1,module requested 2,module requested 3\n'
  for (let i = 0; i < rows; i++) {
    const titles = [0, 7, 13].map((step) => `Bench course ${(i + step) % COURSES}`).join(',')
    text += `1,First${i},Last${i},bench${i}@example.com,Bench ${i % COMPANIES},en-GB,Role ${i % 50},Region ${i % 7},${titles}\n`
    if (text.length > 1_000_000) {
      yield encoder.encode(text)
      text = ''
    }
  }
  yield encoder.encode(text)
}

function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kilobytes ?? 0) / 1024)
}

async function run(existing: 'skip' | 'update'): Promise<void> {
  const peak = { worker: 0, api: 0 }
  const watch = () => {
    peak.worker = Math.max(peak.worker, residentMegabytes(stack.pids.worker))
    peak.api = Math.max(peak.api, residentMegabytes(stack.pids.api))
  }
  const timer = setInterval(watch, 250)
  const options = encodeURIComponent(JSON.stringify({ existing, sendEmails: values.emails }))
  const began = performance.now()
  let { id, status, counts } = await call<Import>(`/v1/imports?template=onboarding&name=bench.csv&options=${options}`, {
    method: 'POST',
    body: ReadableStream.from(file()),
    headers: { 'Content-Type': 'text/csv' },
    duplex: 'half',
  } as RequestInit)
  const phases: [string, number][] = [['upload', performance.now()]]
  while (!['completed', 'rejected', 'paused', 'failed', 'cancelled'].includes(status)) {
    await sleep(200)
    const now = await call<Import>(`/v1/imports/${id}`)
    if (now.status !== status) phases.push([status, performance.now()])
    ;({ status, counts } = now)
  }
  clearInterval(timer)
  const connection = await Connection.connect({ address: stack.temporal })
  const { historyLength } = await new Client({ connection }).workflow.getHandle(importWorkflowId(id)).describe()
  await connection.close()
  let since = began
  for (const [phase, at] of phases) {
    console.log(`${phase.padEnd(12)} ${((at - since) / 1000).toFixed(1)} s`)
    since = at
  }
  console.log(`total        ${((performance.now() - began) / 1000).toFixed(1)} s for ${rows} rows: ${status}`)
  console.log(`peak memory  worker ${peak.worker} MB, api ${peak.api} MB; ${historyLength} events`)
  console.log(JSON.stringify(counts))
}

await prepare()
await run('skip')
if (values.again) await run('update')
