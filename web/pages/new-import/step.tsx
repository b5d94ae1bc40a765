import { Button } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { CheckIcon } from '../../parts/page/icons.tsx'
import classes from './step.module.css'

interface Props {
  number: number
  title: string
  /** `done` is one line that can be opened again; `ahead` cannot be opened yet. */
  state: 'done' | 'open' | 'ahead'
  /** What was settled, in a line. */
  summary?: ReactNode
  onOpen?: () => void
  children?: ReactNode
}

/** Moves on to the step that is open now, for those who hear the page or use the keyboard. */
export function goToOpenStep(): void {
  document.querySelector<HTMLElement>('[aria-current="step"]')?.focus({ preventScroll: true })
}

/** One of the five steps. */
export function Step({ number, title, state, summary, onOpen, children }: Props) {
  const id = useId()
  return (
    <li className={classes.step} data-state={state}>
      <section aria-labelledby={id}>
        <header className={classes.line}>
          <span className={classes.number} aria-hidden="true">
            {state === 'done' ? <CheckIcon size={16} /> : number}
          </span>
          <h2 id={id} tabIndex={-1} aria-current={state === 'open' ? 'step' : undefined}>
            {title}
          </h2>
          {state === 'done' && summary && <p className={classes.summary}>{summary}</p>}
          {state === 'done' && onOpen && (
            <Button variant="subtle" size="compact-sm" onClick={onOpen} className={classes.change}>
              Change<span className={classes.unseen}> the step {title}</span>
            </Button>
          )}
        </header>
        {state === 'open' && <div className={classes.content}>{children}</div>}
      </section>
    </li>
  )
}

export function StepList({ children }: { children: ReactNode }) {
  return <ol className={classes.steps}>{children}</ol>
}
