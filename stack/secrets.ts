import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomically } from './processes/files.ts'

export interface Secrets {
  MUSTER_SECRET: string
  MUSTER_API_KEY: string
  MUSTER_ADMIN_EMAIL: string
  MUSTER_ADMIN_PASSWORD: string
}

/**
 * Returns the secrets of a stack. The environment wins over an earlier start, and missing secrets are generated.
 * Generated secrets are stored in `secrets.json` in the data folder, which only its owner can read.
 */
export async function loadSecrets(dataDir: string, env: NodeJS.ProcessEnv): Promise<Secrets> {
  const file = join(dataDir, 'secrets.json')
  const kept: Secrets = { ...makeSecrets(), ...(await read(file)) }
  await writeAtomically(file, `${JSON.stringify(kept, null, 2)}\n`)
  const given = Object.entries(kept).map(([name, value]) => [name, env[name] || value])
  return Object.fromEntries(given)
}

/** Generates secrets of 256 bits each. The password, which people type, has 16 characters and 95 bits. */
function makeSecrets(): Secrets {
  return {
    MUSTER_SECRET: randomBytes(32).toString('base64url'),
    MUSTER_API_KEY: `mk_${letters(8)}_${randomBytes(32).toString('base64url')}`,
    MUSTER_ADMIN_EMAIL: 'admin@muster.local',
    MUSTER_ADMIN_PASSWORD: letters(16),
  }
}

/** Letters and digits only: `_` separates the parts of a key, and a double click selects the whole password. */
function letters(count: number): string {
  let text = ''
  while (text.length < count)
    text += randomBytes(count)
      .toString('base64')
      .replace(/[^a-zA-Z0-9]/g, '')
  return text.slice(0, count)
}

async function read(file: string): Promise<Partial<Secrets>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  return JSON.parse(text)
}
