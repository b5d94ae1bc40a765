import { homedir } from 'node:os'
import { join } from 'node:path'

/** What set-up fetches once for a user and every clone shares. Files in it are put there by renaming, never half written. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'muster')
}
