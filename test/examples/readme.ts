import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { examples } from './make-files.ts'

/** A command of examples/README.md and the answer below it. */
export interface Promised {
  /** The arguments without `npx muster`. */
  args: string[]
  file: string
  answer: string
}

/** Returns every command of the page. A command continues after a line that ends with `\`. */
export function promised(): Promised[] {
  const text = readFileSync(join(examples, 'README.md'), 'utf8').replaceAll(/\\\n\s*/g, '')
  return [...text.matchAll(/^npx muster (.+)\n# (.+)$/gm)].map(([, command = '', answer = '']) => {
    const args = words(command)
    return { args, file: args.find((word) => word.startsWith('examples/'))?.slice('examples/'.length) ?? '', answer }
  })
}

/** Splits a command line as a shell does, as far as the page needs it. */
function words(command: string): string[] {
  const found = command.matchAll(/(?:"[^"]*"|[^\s"])+/g)
  return [...found].map(([word]) => word.replaceAll('"', ''))
}
