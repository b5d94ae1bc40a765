import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { UsageError } from './errors.ts'

/** The part of `stack.json` that the command line needs (DESIGN.md, "Two commands"). */
export interface Stack {
  api: string
  apiKey: string
  /** The path of the file, for the error when the API cannot be reached. */
  path: string
}

/**
 * Finds the stack that runs on this machine: in `MUSTER_DATA_DIR` if it is set, else in `.muster` of the current
 * folder, else in `.muster` of the clone that this script belongs to.
 *
 * @param script the folder of the running script, inside the clone
 * @returns null when no stack runs
 * @throws UsageError when the file exists and cannot be read or parsed
 */
export async function findStack(env: NodeJS.ProcessEnv, cwd: string, script: string): Promise<Stack | null> {
  const root = await cloneRoot(script)
  const folders = env.MUSTER_DATA_DIR
    ? [resolve(cwd, env.MUSTER_DATA_DIR)]
    : [join(cwd, '.muster'), ...(root === null ? [] : [join(root, '.muster')])]
  for (const folder of folders) {
    const stack = await readStack(join(folder, 'stack.json'))
    if (stack) return stack
  }
  return null
}

async function readStack(path: string): Promise<Stack | null> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new UsageError(`${path} cannot be read (${code}): it belongs to whoever started the stack.`)
  }
  // The parser's own message would quote the file, which holds the key.
  const fields = parseObject(text)
  if (typeof fields?.api !== 'string' || typeof fields.apiKey !== 'string') {
    throw new UsageError(`${path} does not tell the API's address and key. Stop the stack and start it again.`)
  }
  return { api: fields.api, apiKey: fields.apiKey, path }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null
  } catch {
    return null
  }
}

/** Returns the nearest parent folder with Muster's package.json, the same from `cli/` and from `dist/cli/`. */
export async function cloneRoot(start: string): Promise<string | null> {
  for (let folder = start; ; folder = dirname(folder)) {
    const found = await readFile(join(folder, 'package.json'), 'utf8').then(parseObject, () => null)
    if (found?.name === 'muster') return folder
    if (dirname(folder) === folder) return null
  }
}
