import { homedir } from 'node:os'
import { join } from 'node:path'

/** The folder for downloads, which all clones of a user share. Files appear in it by renaming, so none is incomplete. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'muster')
}
