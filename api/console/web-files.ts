import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The folder of the built console: next to the compiled API, or in dist/ when the sources run. */
export const webFolder = [join(import.meta.dirname, '../../dist/web'), join(import.meta.dirname, '../../web')].find(
  (path) => existsSync(join(path, 'assets')),
)

/**
 * Returns the path of a built script, whose name changes with its content.
 *
 * @param source the entry file, relative to web/
 * @returns null when the console is not built
 */
export async function scriptAddress(source: string): Promise<string | null> {
  if (webFolder === undefined) return null
  const manifest = JSON.parse(await readFile(join(webFolder, 'manifest.json'), 'utf8').catch(() => '{}'))
  const file: unknown = manifest[source]?.file
  return typeof file === 'string' ? `/${file}` : null
}
