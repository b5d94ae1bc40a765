import { fileURLToPath } from 'node:url'

/** The clone's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** @param {string} text a sentence that names the current step */
export function say(text) {
  process.stdout.write(`muster: ${text}\n`)
}

/**
 * Prints the error's message without a stack trace, which does not help to install anything, and ends the process.
 *
 * @param {unknown} error
 * @returns {never}
 */
export function explain(error) {
  process.stderr.write(`muster: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
