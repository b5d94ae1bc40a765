import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { useArrival } from './arrival.ts'
import { ImportIcon } from './icons.tsx'
import classes from './page.module.css'

/** Characters of a title from which a phone has no room for a button beside it; files can have names of any length. */
const LONG = 32

interface Props {
  /** A noun. It is also the title of the browser's tab. */
  title: string
  /** What there is to do here, in one sentence. */
  sentence?: ReactNode
  /** Buttons of this page; they stand before “Import people”. */
  actions?: ReactNode
  /** A link back to the list that this page belongs to. */
  back?: { to: string; name: string }
  /** Stands beside the title, as its state does. */
  beside?: ReactNode
  /** Where importing is what the page is for already. */
  withoutImport?: boolean
  children: ReactNode
}

/** A page: its title, a sentence, its actions, and what it is about. */
export function Page({ title, sentence, actions, back, beside, withoutImport = false, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useTitle(title)
  useArrival(heading)
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        {back && (
          <Link href={back.to} className={classes.back}>
            ← {back.name}
          </Link>
        )}
        <div className={classes.line} data-long={title.length > LONG || undefined}>
          <h1 ref={heading} tabIndex={-1} title={title.length > LONG ? title : undefined}>
            {title}
          </h1>
          {beside}
        </div>
        {sentence && <p className={classes.sentence}>{sentence}</p>}
        {actions && <div className={classes.actions}>{actions}</div>}
        {!withoutImport && (
          <Button component={Link} href="/import" leftSection={<ImportIcon />} className={classes.import}>
            Import people
          </Button>
        )}
      </header>
      {children}
    </div>
  )
}

/** The title of the browser's tab, which a screen reader says when the page changes. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Muster`
  }, [title])
}
