import { bytes, count, duration, number } from '../terminal/text.ts'
import type { Import } from '../types.ts'

/** The progress of a step: the unit, the count so far, and the total if it is known. */
export interface Step {
  label: string
  done: number
  total: number | null
  noun: 'row' | 'e-mail'
}

/** Returns the step that an import is in, in plain words. */
export function stepOf({ status, counts, plan }: Import): Step {
  const rows = { done: counts.records, total: null, noun: 'row' } as const
  switch (status) {
    case 'parsing':
      return { label: 'Reading the file', ...rows }
    case 'validating':
      return { label: 'Checking the rows', ...rows }
    case 'applying': {
      // Rows that only the database rejected are part of the plan too, so they count as done.
      const refused = plan === null ? 0 : Math.max(0, counts.invalid - plan.invalid)
      const done = counts.created + counts.invited + counts.updated + counts.skipped + refused
      const total = plan === null ? counts.valid : plan.create + plan.invite + plan.update + plan.skip
      return { label: 'Creating people', done, total, noun: 'row' }
    }
    case 'notifying': {
      const done = counts.emails.sent + counts.emails.failed
      // The import sends no e-mails, so this is only the moment before it ends.
      if (done + counts.emails.queued === 0) return { label: 'Finishing', done: 0, total: null, noun: 'e-mail' }
      return { label: 'Sending e-mails', done, total: done + counts.emails.queued, noun: 'e-mail' }
    }
    case 'received':
      return { label: 'Waiting to start', done: 0, total: null, noun: 'row' }
    default:
      return { label: `Import ${status}`, ...rows }
  }
}

/**
 * Speed of a step over the last ten seconds. The average since the start would hide a slowdown, and the last event
 * alone varies too much.
 */
export class Pace {
  #label = ''
  #seen: { at: number; done: number }[] = []

  /**
   * @param at milliseconds
   * @returns units per second, or null before there are enough samples
   */
  add(step: Step, at: number): number | null {
    if (step.label !== this.#label) this.#seen = []
    this.#label = step.label
    this.#seen.push({ at, done: step.done })
    while (this.#seen.length > 2 && at - (this.#seen[1]?.at ?? at) >= 10_000) this.#seen.shift()
    const first = this.#seen[0]
    if (!first || at - first.at < 500 || step.done <= first.done) return null
    return ((step.done - first.done) * 1_000) / (at - first.at)
  }
}

/** `62 %  745 of 1,204 rows  1,980/s  about 10 s left`, without the parts that are unknown. */
export function progressText(step: Step, rate: number | null): string {
  const { done, total, noun } = step
  const parts: string[] = []
  if (total === null) {
    if (done > 0) parts.push(count(done, noun))
  } else {
    parts.push(`${String(percent(step)).padStart(3)} %`, `${number(done)} of ${count(total, noun)}`)
  }
  if (rate !== null && rate >= 0.5) parts.push(`${number(rate)}/s`)
  if (rate !== null && total !== null && done < total) {
    parts.push(`about ${duration(Math.max(1_000, ((total - done) * 1_000) / rate))} left`)
  }
  return parts.join('  ')
}

/** Never 100 before all is done, because users close the window at 100. */
function percent({ done, total }: Step): number {
  return total === null ? 0 : done >= total ? 100 : Math.floor((done * 100) / total)
}

const BAR_CELLS = { least: 6, most: 24 }

/** `Creating people   [██████░░░░]  62 %  …`, on one line. The bar fills the columns that the figures leave. */
export function progressBar(step: Step, rate: number | null, columns: number): string {
  const label = step.label.padEnd(17)
  const text = progressText(step, rate)
  const room = columns - 1 - [label, '[]', text].join('  ').length
  const cells = Math.min(BAR_CELLS.most, room)
  const filled = Math.round((percent(step) * cells) / 100)
  const bar = `[${'█'.repeat(Math.max(0, filled))}${'░'.repeat(Math.max(0, cells - filled))}]`
  const parts = step.total === null || cells < BAR_CELLS.least ? [label, text] : [label, bar, text]
  return parts
    .join('  ')
    .slice(0, Math.max(0, columns - 1))
    .trimEnd()
}

/** Returns the line for a finished step, such as `Read 1,204 rows`, or null for a step that needs no line. */
export function stepDone(step: Step, next: Import): string | null {
  const { counts, plan } = next
  if (step.label === 'Reading the file') return `Read ${count(counts.records, 'row')}`
  if (step.label === 'Checking the rows' && plan !== null) return `Checked ${count(counts.records, 'row')}`
  if (step.label === 'Creating people') {
    const created = count(counts.created + counts.invited, 'person', 'people')
    return `Created ${created}, updated ${number(counts.updated)}, skipped ${number(counts.skipped)}`
  }
  if (step.label === 'Sending e-mails') return `Sent ${count(counts.emails.sent, 'e-mail')}`
  return null
}

export function uploadText(name: string, size: number): string {
  return `Uploading ${name} (${bytes(size)})`
}
