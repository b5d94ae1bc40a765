import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { formatNumber } from '../page/format.ts'
import type { Tone } from '../states/states.ts'
import classes from './count.module.css'

interface Props {
  value: number
  /** What is counted: `Created`. */
  name: string
  /** The list of those that were counted. */
  to: string
  tone?: Tone
  /** What follows the number: `of 730`. */
  of?: number
  /** Its list is the one that is open. */
  current?: boolean
}

/** From here on a number is too long for its card at its usual size. */
const LONG = 1_000_000

/** A large number that leads to the people behind it; nobody stands behind nothing, so 0, and 0 of 0, leads nowhere. */
export function Count({ value, name, to, tone, of, current = false }: Props) {
  const content = (
    <>
      <span className={classes.value} data-tone={value > 0 ? tone : undefined} data-long={value >= LONG || undefined}>
        <span>{formatNumber(value)}</span>
        {of !== undefined && of > 0 && <span className={classes.of}> of {formatNumber(of)}</span>}
      </span>
      <span className={classes.name}>{name}</span>
    </>
  )
  if ((of ?? value) === 0) return <span className={classes.count}>{content}</span>
  return (
    <Link href={to} className={classes.count} aria-current={current || undefined}>
      {content}
    </Link>
  )
}

/** Counts side by side, as many in a line as there is room for. */
export function Counts({ children }: { children: ReactNode }) {
  return <div className={classes.counts}>{children}</div>
}
