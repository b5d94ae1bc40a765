import { useMantineStyleNonce } from '@mantine/core'
import { useMemo } from 'react'
import classes from './emails.module.css'
import { letterDocument } from './letter.ts'

/** An e-mail as people see it, in a frame that can do nothing: no script, no form, no way out. */
export function LetterFrame({ html, title }: { html: string; title: string }) {
  const nonce = useMantineStyleNonce()?.() ?? ''
  const shown = useMemo(() => letterDocument(html, nonce), [html, nonce])
  return <iframe className={classes.frame} title={title} sandbox="" srcDoc={shown} />
}
