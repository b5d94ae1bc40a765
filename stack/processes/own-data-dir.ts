import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { trySignal } from './child.ts'
import { writeAtomically } from './files.ts'
import { startTime } from './processes.ts'

/** A process that is told from every other, also from one that gets its number later. */
interface Known {
  pid: number
  started: string
}

/**
 * Makes this process the only supervisor of a data folder, and ends what a supervisor that was killed left running.
 *
 * @returns gives the folder back
 * @throws with one sentence when another supervisor uses the folder
 */
export async function ownDataDir(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  const lock = join(dataDir, 'supervisor.json')
  const mine = `${lock}.${randomUUID()}`
  await writeFile(mine, JSON.stringify(await know(process.pid)), { mode: 0o600 })
  try {
    // A link, unlike opening, makes the file appear with its content.
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
  const owner = await readJson<Known>(lock)
  if (owner && (await lives(owner))) {
    throw new Error(
      `A stack runs already on ${dataDir} (process ${owner.pid}): stop it, or set MUSTER_DATA_DIR to another folder.`,
    )
  }
  await rm(lock, { force: true })
}

/** Writes down which processes belong to this data folder, in the order in which they are to be ended. */
export async function rememberParts(dataDir: string, pids: number[]): Promise<void> {
  const known = await Promise.all(pids.map(know))
  await writeAtomically(join(dataDir, 'parts.json'), JSON.stringify(known))
}

const LEFTOVER_GRACE_MS = 15_000

async function endLeftovers(dataDir: string): Promise<void> {
  for (const part of (await readJson<Known[]>(join(dataDir, 'parts.json'))) ?? []) {
    // SIGTERM would make PostgreSQL wait for its clients; startPostgres ends a server of its own in its own way, too.
    if (await lives(part)) trySignal(part.pid, 'SIGINT')
    const deadline = Date.now() + LEFTOVER_GRACE_MS
    while ((await lives(part)) && Date.now() < deadline) await sleep(50)
    if (await lives(part)) trySignal(part.pid, 'SIGKILL')
  }
}

async function know(pid: number): Promise<Known> {
  return { pid, started: (await startTime(pid)) ?? '' }
}

async function lives({ pid, started }: Known): Promise<boolean> {
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
