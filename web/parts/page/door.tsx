import { createTheme, MantineThemeProvider } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { useArrival } from './arrival.ts'
import classes from './door.module.css'
import { useTitle } from './page.tsx'

/** Large enough for a thumb, and for a phone not to zoom in on a field: as on the activation pages (api/pages/). */
const large = { defaultProps: { size: 'md' } }
const theme = createTheme({ components: { Button: large, PasswordInput: large, TextInput: large } })

/** A page for those who are not in yet: one column, one thing to do. */
export function Door({ title, sentence, children }: { title: string; sentence?: ReactNode; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useTitle(title)
  useArrival(heading)
  return (
    <main className={classes.door}>
      <p className={classes.brand}>
        <img src="/icon.svg" alt="" width="28" height="28" /> Muster
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {sentence && <p className="soft">{sentence}</p>}
      <MantineThemeProvider theme={theme}>{children}</MantineThemeProvider>
    </main>
  )
}
