import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { bundleWorkflows } from '../../../worker/bundle.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/** The sources that the bundle can contain. */
const SOURCES = ['workflows', 'domain', 'activities', 'package-lock.json']

/**
 * Returns the workflows as every worker of the tests gets them. They are bundled once for all test files, and again
 * after a source has changed.
 */
export async function workflowBundle(): Promise<{ workflowBundle: { codePath: string } }> {
  const codePath = join(tmpdir(), `muster-test-bundle-${await digest()}.js`)
  if (!existsSync(codePath)) {
    const unfinished = `${codePath}.${process.pid}`
    await writeFile(unfinished, await bundleWorkflows())
    await rename(unfinished, codePath)
  }
  return { workflowBundle: { codePath } }
}

async function digest(): Promise<string> {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of await filesOf(join(ROOT, source))) hash.update(file).update(await readFile(file))
  }
  return hash.digest('hex').slice(0, 16)
}

async function filesOf(path: string): Promise<string[]> {
  if (!existsSync(path)) return []
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => null)
  if (!entries) return [path]
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
