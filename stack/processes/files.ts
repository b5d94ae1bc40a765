import { randomUUID } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'

/** Replaces a file at once, readable by its owner only: a reader sees the old text or the new one, never a part. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const half = `${path}.${randomUUID()}`
  await writeFile(half, text, { mode: 0o600 })
  await rename(half, path)
}
