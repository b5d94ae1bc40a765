import type { Import } from '../../../api/schema.ts'
import { formatNumber } from '../../../parts/page/format.ts'

/** How far the step is that runs: what is counted, and of how many where that is known. */
export interface Progress {
  label: string
  done: number
  total: number | null
}

const verb = ({ options }: Import) => (options.mode === 'invite' ? 'Inviting people' : 'Creating people')

/** The step that an import is in, or stopped in; null when nothing is going on. */
export function progressOf(entry: Import): Progress | null {
  const { phase, counts, plan } = entry
  switch (phase) {
    case 'receive':
      return { label: 'Waiting to start', done: 0, total: null }
    case 'parse':
      return { label: 'Reading the file', done: counts.records, total: null }
    case 'validate':
      return { label: 'Checking the rows', done: counts.records, total: null }
    case 'apply': {
      // Rows that only the database refused were planned too: they are done.
      const refused = plan === null ? 0 : Math.max(0, counts.invalid - plan.invalid)
      const done = counts.created + counts.invited + counts.updated + counts.skipped + refused
      const total = plan === null ? counts.valid : plan.create + plan.invite + plan.update + plan.skip
      return { label: verb(entry), done, total }
    }
    case 'notify': {
      const { sent, failed, queued } = counts.emails
      // Nobody gets one: “100 %, 0 of 0” would be of something that was never to happen.
      if (sent + failed + queued === 0) return { label: 'Finishing', done: 0, total: null }
      return { label: 'Sending e-mails', done: sent + failed, total: sent + failed + queued }
    }
    default:
      return null
  }
}

/** Whole per cent, never 100 before all is done: people close the window at 100. */
export function percentOf({ done, total }: Progress): number | null {
  if (total === null) return null
  return done >= total ? 100 : Math.floor((done * 100) / total)
}

export interface Step {
  label: string
  state: 'done' | 'now' | 'stopped' | 'ahead'
}

/** ✓ what is done, ● what runs, ○ what comes. */
export function stepsOf(entry: Import): Step[] {
  const { status, phase, counts, options } = entry
  const order = ['parse', 'validate', 'review', 'apply', 'notify', 'done'] as const
  const names: Record<(typeof order)[number], string> = {
    parse: counts.records > 0 && phase !== 'parse' ? `Read ${formatNumber(counts.records)}` : 'Reading',
    validate: order.indexOf(phase as 'parse') > 1 || phase === 'done' ? 'Checked' : 'Checking',
    review: options.review ? 'Your confirmation' : 'What would happen',
    apply: verb(entry),
    notify: 'Sending e-mails',
    done: 'Done',
  }
  const taken = order.filter((step) => {
    if (step === 'review') return options.review
    if (step === 'apply') return !options.dryRun
    if (step === 'notify') return !options.dryRun && options.sendEmails
    return true
  })
  const at = phase === 'receive' ? -1 : order.indexOf(phase)
  const halted = status === 'paused' || status === 'failed' || status === 'cancelled'
  return taken.map((step) => {
    const place = order.indexOf(step)
    if (status === 'completed' || place < at) return { label: names[step], state: 'done' }
    if (place === at) return { label: names[step], state: halted ? 'stopped' : 'now' }
    return { label: names[step], state: 'ahead' }
  })
}
