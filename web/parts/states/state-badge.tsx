import classes from './state-badge.module.css'
import type { State } from './states.ts'

/** A state as a word in its colour, so that nobody needs to see the colour. */
export function StateBadge({ label, tone }: State) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {label}
    </span>
  )
}
