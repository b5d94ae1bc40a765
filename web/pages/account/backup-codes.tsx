import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import classes from './account.module.css'

/** The codes for the day without a phone. They are shown here and never again. */
export function BackupCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const [copied, setCopied] = useState(false)
  const copy = () => navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true))
  return (
    <>
      <p role="status">
        It is on. Keep these codes where you will find them without your phone: each opens the account once, and they
        are never shown again.
      </p>
      <ul className={classes.codes} aria-label="Backup codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group>
        <Button onClick={onKept}>I have kept them</Button>
        <Button variant="default" onClick={() => void copy().catch(() => undefined)}>
          {copied ? 'Copied' : 'Copy them'}
        </Button>
      </Group>
    </>
  )
}
