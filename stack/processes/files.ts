import { randomUUID } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'

/** Replaces a file atomically, so that a reader sees the old or the new text and never a part. Only its owner can read it. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const half = `${path}.${randomUUID()}`
  await writeFile(half, text, { mode: 0o600 })
  await rename(half, path)
}
