import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export type Say = (text: string) => void

/** The server of the SDK's downloads. */
const DOWNLOADS = 'https://temporal.download/'

/**
 * Returns whether the SDK can probably download. The SDK itself retries for minutes behind a firewall that drops
 * packets. Behind a proxy, returns true, because Node's fetch does not use the proxy and cannot check.
 */
export async function downloadsReachable(env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  if (env.HTTPS_PROXY || env.https_proxy || env.ALL_PROXY) return true
  try {
    await fetch(DOWNLOADS, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5000) })
    return true
  } catch {
    return false
  }
}

/**
 * Fills a temporary folder and then renames it, so that the final folder is never incomplete.
 *
 * @param fill receives the temporary folder
 */
export async function fetchInto(folder: string, fill: (half: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  const half = `${folder}.${randomUUID()}`
  await mkdir(half)
  try {
    await fill(half)
    await rm(folder, { recursive: true, force: true })
    await rename(half, folder)
  } finally {
    await rm(half, { recursive: true, force: true })
  }
}

/** Renames the only file in a folder, because the SDK puts its own version into the name. */
export async function renameOnlyFile(folder: string, name: string): Promise<void> {
  const [file, ...more] = await readdir(folder)
  if (file === undefined || more.length > 0) throw new Error('The download did not contain exactly one file.')
  await rename(join(folder, file), join(folder, name))
}

/** Runs a program to its end, and shows the end of its output only if it fails. */
export async function quietly(
  command: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<void> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-4000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${output.trim()}`)
}
