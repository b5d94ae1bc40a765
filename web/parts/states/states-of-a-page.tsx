import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Problem } from '../../api/problem.ts'
import classes from './states-of-a-page.module.css'

/** There is nothing yet: what would stand here, and how it comes about. */
export function EmptyState({ sentence, children }: { sentence: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p>{sentence}</p>
      {children}
    </div>
  )
}

interface GoneProps {
  /** `person` */
  one: string
  /** What may have become of it, in a sentence. */
  why: string
  /** Where to look for it: a button. */
  to: string
  look: string
}

/** An address of what is not there, or not for this account: which of the two is nobody’s business. */
export function Gone({ one, why, to, look }: GoneProps) {
  return (
    <EmptyState sentence={`There is no such ${one}. ${why}`}>
      <Button component={Link} href={to} variant="default">
        {look}
      </Button>
    </EmptyState>
  )
}

interface ErrorProps {
  problem: Problem
  onRetry?: () => void
  /** The word on its button. */
  retry?: string
  /** Stands on a page by itself, without the frame. */
  alone?: boolean
}

/** What was found and what to do next, in the API's own sentence; a button where trying again may help. */
export function ErrorState({ problem, onRetry, retry = 'Try again', alone = false }: ErrorProps) {
  if (problem.status === 403) return <NoPermission detail={problem.detail} />
  return (
    <div role="alert" className={alone ? classes.alone : classes.error}>
      <h2>{problem.title}</h2>
      <p>{problem.detail}</p>
      {problem.requestId && (
        <p className={classes.small}>For whoever looks after Muster: request {problem.requestId}</p>
      )}
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {retry}
        </Button>
      )}
    </div>
  )
}

/** Somebody else may do this. */
export function NoPermission({ detail }: { detail?: string }) {
  return (
    <div className={classes.empty}>
      <h2>Not for your account</h2>
      <p>{detail ?? 'An administrator of the platform may do this.'}</p>
    </div>
  )
}
