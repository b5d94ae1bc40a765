import type { Import } from '../../../api/schema.ts'
import { formatDuration, formatNumber } from '../../../parts/page/format.ts'
import classes from './progress.module.css'
import { percentOf, progressOf, stepsOf } from './steps.ts'
import { useTimeLeft } from './use-time-left.ts'

/** The bar, how much of what is done, and how long it will still take. */
export function ProgressBar({ entry }: { entry: Import }) {
  const progress = progressOf(entry)
  const left = useTimeLeft(progress)
  if (!progress) return null
  const percent = percentOf(progress)
  const { label, done, total } = progress
  const counted = total === null ? done > 0 && formatNumber(done) : `${formatNumber(done)} of ${formatNumber(total)}`
  const stopped = entry.status === 'paused'
  return (
    <div className={classes.progress}>
      <div
        className={classes.bar}
        role="progressbar"
        aria-label={label}
        data-unknown={(percent === null && !stopped) || undefined}
        data-stopped={stopped || undefined}
        {...(percent === null ? {} : { 'aria-valuenow': percent })}
      >
        <div style={{ width: `${percent ?? 0}%` }} />
      </div>
      <p className={classes.text}>
        {percent !== null && <strong>{percent} %</strong>}
        <span>{label}</span>
        {counted && <span>{counted}</span>}
        {left !== null && !stopped && <span>about {formatDuration(left)} left</span>}
      </p>
    </div>
  )
}

const signs = { done: '✓', now: '●', stopped: '●', ahead: '○' } as const
const words = { done: 'done', now: 'now', stopped: 'stopped here', ahead: 'to come' } as const

/** ✓ Read 1,204 ✓ Checked ● Creating people ○ Sending e-mails ○ Done */
export function StepLine({ entry }: { entry: Import }) {
  return (
    <ol className={classes.steps} aria-label="Steps">
      {stepsOf(entry).map(({ label, state }) => (
        <li key={label} data-state={state} aria-current={state === 'now' || state === 'stopped' ? 'step' : undefined}>
          <span aria-hidden="true">{signs[state]}</span> {label}
          <span className={classes.readOnly}> ({words[state]})</span>
        </li>
      ))}
    </ol>
  )
}
