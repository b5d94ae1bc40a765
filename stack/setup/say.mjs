import { fileURLToPath } from 'node:url'

/** The clone's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** @param {string} text one sentence about what is going on */
export function say(text) {
  process.stdout.write(`muster: ${text}\n`)
}

/**
 * Ends the process with the error's sentence; a stack trace helps nobody who has to install something.
 *
 * @param {unknown} error
 * @returns {never}
 */
export function explain(error) {
  process.stderr.write(`muster: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
