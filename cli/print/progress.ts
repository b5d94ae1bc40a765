import { bytes, count, duration, number } from '../terminal/text.ts'
import type { Import } from '../types.ts'

/** How far a step is: what is counted, and of how many when that is known. */
export interface Step {
  label: string
  done: number
  total: number | null
  noun: 'row' | 'e-mail'
}

/** The step that an import is in, in plain words. */
export function stepOf({ status, counts, plan }: Import): Step {
  const rows = { done: counts.records, total: null, noun: 'row' } as const
  switch (status) {
    case 'parsing':
      return { label: 'Reading the file', ...rows }
    case 'validating':
      return { label: 'Checking the rows', ...rows }
    case 'applying': {
      // Rows that only the database refused were planned too: they are done.
      const refused = plan === null ? 0 : Math.max(0, counts.invalid - plan.invalid)
      const done = counts.created + counts.invited + counts.updated + counts.skipped + refused
      const total = plan === null ? counts.valid : plan.create + plan.invite + plan.update + plan.skip
      return { label: 'Creating people', done, total, noun: 'row' }
    }
    case 'notifying': {
      const done = counts.emails.sent + counts.emails.failed
      // Nobody is written to: this is only the moment before the end.
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
 * Speed of a step, from what was seen in the last ten seconds: the average since the start would hide that it slowed
 * down, and the last event alone jumps about.
 */
export class Pace {
  #label = ''
  #seen: { at: number; done: number }[] = []

  /** @returns things a second, or null while too little was seen. `at` is in milliseconds. */
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

/** `62 %  745 of 1,204 rows  1,980/s  about 10 s left`, as far as these are known. */
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

/** Never 100 before all is done: people close the window at 100. */
function percent({ done, total }: Step): number {
  return total === null ? 0 : done >= total ? 100 : Math.floor((done * 100) / total)
}

const BAR_CELLS = { least: 6, most: 24 }

/** `Creating people   [██████░░░░]  62 %  …`: the bar takes the room that the figures leave, and it stays one line. */
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

/** What is said when a step is over: `Read 1,204 rows`; null for steps that are not worth a line. */
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
