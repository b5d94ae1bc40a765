import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clearStaleLock } from '../../../stack/postgres/postgres-cluster.ts'
import { trySignal } from '../../../stack/processes/child.ts'
import { ownDataDir } from '../../../stack/processes/own-data-dir.ts'

/** Data folders of test runs are called this, with the number of the process they belong to. */
const FOLDER = 'muster-test-'

/**
 * A data folder of this process in the system's temporary folder. The system user of Postgres may pass through it, so
 * that the database's files of root's tests lie in it and go with it.
 */
export async function makeDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER}${process.pid}-`))
  await chmod(folder, 0o711)
  return folder
}

/** Ends what test runs that were killed have left: their servers and their folders. */
export async function endLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = Number(name.startsWith(FOLDER) ? name.slice(FOLDER.length).split('-')[0] : Number.NaN)
    if (Number.isInteger(owner) && !trySignal(owner, 0)) await endLeftover(join(tmpdir(), name))
  }
}

async function endLeftover(folder: string): Promise<void> {
  // A whole stack. Where its supervisor still lives, it is ending by itself at this moment.
  if (existsSync(join(folder, 'parts.json')) && !(await ownDataDir(folder).catch(() => undefined))) return
  const kept = await readFile(join(folder, 'postgres.json'), 'utf8').catch(() => undefined)
  const cluster: string | undefined = kept && JSON.parse(kept).cluster
  const server = cluster ? await clearStaleLock(cluster) : undefined
  if (server) trySignal(server, 'SIGQUIT')
  if (cluster) await rm(cluster, { recursive: true, force: true }).catch(() => undefined)
  await rm(folder, { recursive: true, force: true }).catch(() => undefined)
}
