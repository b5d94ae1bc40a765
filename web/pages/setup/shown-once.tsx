import { Button, CopyButton } from '@mantine/core'
import { formatTime } from '../../parts/page/format.ts'
import classes from './shown-once.module.css'

interface Props {
  /** `API key` */
  what: string
  value: string
  sentence: string
}

/** What is shown this once, whole, with a button that copies it. */
export function ShownOnce({ what, value, sentence }: Props) {
  return (
    <>
      <p className={classes.sentence}>{sentence}</p>
      <div className={classes.line}>
        <code className={classes.value}>{value}</code>
        <CopyButton value={value} timeout={4_000}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} aria-label={`Copy the ${what}`}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </div>
    </>
  )
}

/** The link of an invitation that has just been made. */
export function InvitationLink({ url, expiresAt }: { url: string; expiresAt: string }) {
  const until = formatTime(expiresAt)
  const sentence = `An e-mail with this link is on its way. You can also hand it over yourself: it works once, until ${until}, and is not shown again.`
  return <ShownOnce what="link" value={url} sentence={sentence} />
}

export function InvitationOnce({ answer }: { answer: unknown }) {
  return <InvitationLink {...(answer as { invitation: { url: string; expiresAt: string } }).invitation} />
}
