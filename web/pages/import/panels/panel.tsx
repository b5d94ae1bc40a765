import type { ReactNode } from 'react'
import classes from './panel.module.css'

interface Props {
  tone: 'person' | 'refused' | 'done' | 'waiting'
  title: string
  children: ReactNode
}

/** What a person has to know first, in the colour of the state. */
export function Panel({ tone, title, children }: Props) {
  return (
    <section className={classes.panel} data-tone={tone} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

/** Buttons of a panel. */
export function PanelActions({ children }: { children: ReactNode }) {
  return <div className={classes.actions}>{children}</div>
}
