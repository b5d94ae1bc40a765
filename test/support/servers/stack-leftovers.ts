import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clearStaleLock } from '../../../stack/postgres/postgres-cluster.ts'
import { trySignal } from '../../../stack/processes/child.ts'
import { ownDataDir } from '../../../stack/processes/own-data-dir.ts'

/** The prefix of the data folders of test runs. The number of the owning process follows it. */
const FOLDER = 'muster-test-'

/**
 * Creates a data folder for this process in the system's temporary folder. The system user of Postgres can enter it, so
 * the database files of tests run as root are in it and are deleted with it.
 */
export async function makeDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER}${process.pid}-`))
  await chmod(folder, 0o711)
  return folder
}

/** Ends the servers and deletes the folders that killed test runs left behind. */
export async function endLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = Number(name.startsWith(FOLDER) ? name.slice(FOLDER.length).split('-')[0] : Number.NaN)
    if (Number.isInteger(owner) && !trySignal(owner, 0)) await endLeftover(join(tmpdir(), name))
  }
}

async function endLeftover(folder: string): Promise<void> {
  // A whole stack. If its supervisor is still alive, it is shutting down by itself.
  if (existsSync(join(folder, 'parts.json')) && !(await ownDataDir(folder).catch(() => undefined))) return
  const kept = await readFile(join(folder, 'postgres.json'), 'utf8').catch(() => undefined)
  const cluster: string | undefined = kept && JSON.parse(kept).cluster
  const server = cluster ? await clearStaleLock(cluster) : undefined
  if (server) trySignal(server, 'SIGQUIT')
  if (cluster) await rm(cluster, { recursive: true, force: true }).catch(() => undefined)
  await rm(folder, { recursive: true, force: true }).catch(() => undefined)
}
