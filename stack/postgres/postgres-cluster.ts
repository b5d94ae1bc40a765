import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { writeAtomically } from '../processes/files.ts'
import { commandLine } from '../processes/processes.ts'
import { type PostgresHome, postgresHome } from './postgres-home.ts'

/** The owner of the cluster and the name of the database. */
export const OWNER = 'muster'

const run = promisify(execFile)

interface Kept {
  password: string
  cluster: string
}

export interface Cluster extends PostgresHome {
  password: string
}

/**
 * Returns the database cluster of a data folder, and creates it if necessary. Its folder and its password are stored in
 * `postgres.json`, which only its owner can read.
 *
 * @param fast does not wait for the disk, for tests
 */
export async function prepareCluster(dataDir: string, fast: boolean): Promise<Cluster> {
  const file = join(dataDir, 'postgres.json')
  const kept: Kept | undefined = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined
  const home = await postgresHome(dataDir, kept?.cluster)
  const password = kept?.password ?? randomBytes(24).toString('base64url')
  // Written first, because a cluster without its password is lost.
  await writeAtomically(file, JSON.stringify({ password, cluster: home.cluster } satisfies Kept))
  if (!existsSync(home.cluster)) await initialise(home, password, fast)
  return { ...home, password }
}

/** Creates the cluster in a temporary folder and then renames it, so that the final folder is never incomplete. */
async function initialise(home: PostgresHome, password: string, fast: boolean): Promise<void> {
  const folder = `${home.cluster}.${randomUUID()}`
  const secret = `${folder}.secret`
  await mkdir(folder, { mode: 0o700 })
  await writeFile(secret, password, { mode: 0o600 })
  if (home.user) for (const path of [folder, secret]) await chown(path, home.user.uid, home.user.gid)
  try {
    await run(
      join(home.bin, 'initdb'),
      // The built-in locale sorts and folds case in the same way on every machine.
      [`--pgdata=${folder}`, `--username=${OWNER}`, `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8']
        .concat(['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'])
        .concat(fast ? ['--no-sync'] : []),
      { ...home.user, cwd: dirname(home.cluster), env: { PATH: process.env.PATH, LC_ALL: 'C' } },
    )
    await rename(folder, home.cluster)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw new Error(
      `PostgreSQL could not create its folder: ${String((error as { stderr?: string }).stderr ?? error).trim()}`,
    )
  } finally {
    await rm(secret, { force: true })
  }
}

/**
 * Removes the lock file unless a PostgreSQL server of this cluster runs. A killed server leaves its lock file, and the
 * next one does not start if another process has its id by then.
 *
 * @returns the id of the running server, or undefined
 */
export async function clearStaleLock(cluster: string): Promise<number | undefined> {
  const lock = join(cluster, 'postmaster.pid')
  const text = await readFile(lock, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const pid = Number.parseInt(text, 10)
  const command = pid > 0 ? await commandLine(pid) : undefined
  if (command?.includes('postgres') && command.includes(cluster)) return pid
  await unlink(lock)
  return undefined
}
