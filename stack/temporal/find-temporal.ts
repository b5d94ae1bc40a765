import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { cacheFolder } from './cache.ts'

/** The release of the command line tool that set-up fetches. It contains the dev server. */
export const TEMPORAL_CLI = '1.5.1'

const NAME = process.platform === 'win32' ? 'temporal.exe' : 'temporal'

/** Returns the path where set-up puts the tool. */
export function cachedTemporal(env: NodeJS.ProcessEnv = process.env): string {
  return join(cacheFolder(env), `temporal-${TEMPORAL_CLI}`, NAME)
}

/** Returns the `temporal` tool on the PATH, else the one in the user's cache folder, else undefined. */
export function findTemporal(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return findProgram(NAME, env) ?? [cachedTemporal(env)].find(isProgram)
}

/** Returns the full path of a program on the PATH. */
export function findProgram(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  return folders.map((folder) => join(folder, name)).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
