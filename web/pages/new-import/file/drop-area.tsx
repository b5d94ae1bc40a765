import { Loader } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { formatBytes } from '../../../parts/page/format.ts'
import { ImportIcon } from '../../../parts/page/icons.tsx'
import classes from './file-step.module.css'
import { useDrop } from './use-drop.ts'

/** How many bytes of a file have left. */
export interface Sent {
  bytes: number
  all: number
}

interface Props {
  /** Whoever drops may drop several. */
  onFiles: (files: File[]) => void
  /** The file that is being sent, or with `sent` null being looked at. */
  busy: { name: string; sent: Sent | null } | null
}

/** Shows where to drop a file, and is a button to choose one. */
export function DropArea({ onFiles, busy }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const take = (files: FileList | null | undefined) => {
    if (busy === null) onFiles([...(files ?? [])])
  }
  const over = useDrop(take)
  const sent = busy?.sent ?? null
  const doing = busy && `${sent ? 'Sending' : 'Checking'} ${busy.name}`
  return (
    <div className={classes.place}>
      <button
        type="button"
        className={classes.area}
        data-over={over || undefined}
        aria-disabled={busy !== null}
        onClick={() => busy === null && input.current?.click()}
      >
        {doing === null ? (
          <Call
            sign={<ImportIcon size={32} />}
            call="Drop a file here, or choose one"
            about="CSV or XLSX, one person in each row, headers in the first"
          />
        ) : (
          <Call
            sign={<Loader size={32} aria-hidden="true" />}
            call={doing}
            about={
              sent
                ? `${formatBytes(sent.bytes, sent.all)} of ${formatBytes(sent.all)}`
                : 'How it is written, what its columns are, how many people it holds'
            }
          />
        )}
      </button>
      {doing !== null && sent && <SentBar name={doing} sent={sent} />}
      <p role="status" className={classes.unseen}>
        {doing}
      </p>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.xlsx"
        aria-label="File"
        onChange={(event) => {
          take(event.currentTarget.files)
          // The same file can be chosen again after it was mended.
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}

/** What it says is another element each time: a text that is centred anew would move. */
function Call({ sign, call, about }: { sign: ReactNode; call: string; about: string }) {
  return (
    <>
      {sign}
      <span key={call} className={classes.call} title={call}>
        {call}
      </span>
      <span key={about} className={`${classes.about} soft`}>
        {about}
      </span>
    </>
  )
}

/** Lies over the area's lower edge: what comes and goes there moves nothing. */
function SentBar({ name, sent: { bytes, all } }: { name: string; sent: Sent }) {
  const percent = all === 0 ? 0 : Math.floor((bytes * 100) / all)
  return (
    <div className={classes.sent} role="progressbar" aria-label={name} aria-valuenow={percent}>
      <div style={{ width: `${percent}%` }} />
    </div>
  )
}
