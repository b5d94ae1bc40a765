import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the built files of web/ are: beside the compiled API, or where a build put them when sources are run. */
export const webFolder = [join(import.meta.dirname, '../../dist/web'), join(import.meta.dirname, '../../web')].find(
  (path) => existsSync(join(path, 'assets')),
)

/**
 * The address of a built script; its name changes with its content.
 *
 * @param source its entry, from web/
 * @returns null where nothing is built
 */
export async function scriptAddress(source: string): Promise<string | null> {
  if (webFolder === undefined) return null
  const manifest = JSON.parse(await readFile(join(webFolder, 'manifest.json'), 'utf8').catch(() => '{}'))
  const file: unknown = manifest[source]?.file
  return typeof file === 'string' ? `/${file}` : null
}
