import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { trySignal } from './child.ts'
import { writeAtomically } from './files.ts'
import { startTime } from './processes.ts'

/** Identifies a process even after its id is reused. */
interface Identity {
  pid: number
  started: string
}

/**
 * Makes this process the only supervisor of a data folder, and ends the processes that a killed supervisor left running.
 *
 * @returns a function that releases the folder
 * @throws Error with one sentence when another supervisor uses the folder
 */
export async function ownDataDir(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  const lock = join(dataDir, 'supervisor.json')
  const mine = `${lock}.${randomUUID()}`
  await writeFile(mine, JSON.stringify(await identify(process.pid)), { mode: 0o600 })
  try {
    // Unlike creating a file, linking makes it appear with its content.
    while (!(await link(mine, lock).then(() => true, existsAlready))) await removeStale(lock, dataDir)
  } finally {
    await rm(mine, { force: true })
  }
  await endLeftovers(dataDir)
  return () => rm(lock, { force: true })
}

function existsAlready(error: NodeJS.ErrnoException): false {
  if (error.code === 'EEXIST') return false
  throw error
}

async function removeStale(lock: string, dataDir: string): Promise<void> {
  const owner = await readJson<Identity>(lock)
  if (owner && (await lives(owner))) {
    throw new Error(
      `A stack is already running on ${dataDir} (process ${owner.pid}). Stop it, or set MUSTER_DATA_DIR to another folder.`,
    )
  }
  await rm(lock, { force: true })
}

/** Stores which processes belong to this data folder, in the order in which the next start must end them. */
export async function rememberParts(dataDir: string, pids: number[]): Promise<void> {
  const parts = await Promise.all(pids.map(identify))
  await writeAtomically(join(dataDir, 'parts.json'), JSON.stringify(parts))
}

const LEFTOVER_GRACE_MS = 15_000

async function endLeftovers(dataDir: string): Promise<void> {
  for (const part of (await readJson<Identity[]>(join(dataDir, 'parts.json'))) ?? []) {
    // On SIGTERM, PostgreSQL would wait for its clients. startPostgres also ends a leftover server, step by step.
    if (await lives(part)) trySignal(part.pid, 'SIGINT')
    const deadline = Date.now() + LEFTOVER_GRACE_MS
    while ((await lives(part)) && Date.now() < deadline) await sleep(50)
    if (await lives(part)) trySignal(part.pid, 'SIGKILL')
  }
}

async function identify(pid: number): Promise<Identity> {
  return { pid, started: (await startTime(pid)) ?? '' }
}

async function lives({ pid, started }: Identity): Promise<boolean> {
  return started !== '' && (await startTime(pid)) === started
}

async function readJson<Content>(path: string): Promise<Content | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
