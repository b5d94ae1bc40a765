import { Pace, progressBar, progressText, type Step, stepDone, stepOf } from '../print/progress.ts'
import { hasEnded, type Import, isWaiting } from '../types.ts'
import type { Io } from './io.ts'
import { columnsOf, painter } from './io.ts'

/** Milliseconds between lines without a terminal. A log shows that the import moves and does not fill up. */
const LINE_EVERY = 5_000

const CLEAR_LINE = '\r\u001b[K'

/** Shows progress on stderr: a moving bar on a terminal, plain lines elsewhere. */
export class ProgressDisplay {
  readonly #io: Io
  readonly #live: boolean
  readonly #pace = new Pace()
  #step: Step | null = null
  #lineAt = Number.NEGATIVE_INFINITY

  constructor(io: Io) {
    this.#io = io
    this.#live = io.stderr.isTTY === true && io.env.TERM !== 'dumb'
  }

  show(current: Import, now: number): void {
    const step = stepOf(current)
    const over = hasEnded(current.status) || isWaiting(current.status)
    if (this.#step !== null && this.#step.label !== step.label) this.#finish(this.#step, current)
    const changed = this.#step?.label !== step.label
    this.#step = step
    if (over) return
    const rate = this.#pace.add(step, now)
    if (this.#live) {
      this.#io.err(CLEAR_LINE + progressBar(step, rate, columnsOf(this.#io.stderr)))
    } else if (changed || now - this.#lineAt >= LINE_EVERY) {
      this.#lineAt = now
      this.#io.err(`${[step.label, progressText(step, rate).trim()].filter((part) => part !== '').join('  ')}\n`)
    }
  }

  /** Prints a sentence between the lines of progress. */
  say(text: string): void {
    this.#io.err(`${this.#live ? CLEAR_LINE : ''}${text}\n`)
  }

  /** Removes the bar. */
  clear(): void {
    if (this.#live) this.#io.err(CLEAR_LINE)
  }

  #finish(step: Step, next: Import): void {
    this.clear()
    const unfinished = isWaiting(next.status) || next.status === 'cancelled' || next.status === 'failed'
    const done = unfinished ? null : stepDone(step, next)
    if (done !== null && next.status !== 'rejected') {
      this.#io.err(`${painter(this.#io.stderr, this.#io.env)('green', '✓')} ${done}\n`)
    }
  }
}
