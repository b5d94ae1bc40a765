import { Loader } from '@mantine/core'
import { type DragEvent, useRef, useState } from 'react'
import { ImportIcon } from '../../parts/icons.tsx'
import classes from './file-step.module.css'

interface Props {
  onFile: (file: File) => void
  /** The name of the file that is being looked at. */
  busy: string | null
}

/** A place to drop a file on, and a button to choose one. */
export function DropArea({ onFile, busy }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file && busy === null) onFile(file)
  }
  const hover = (event: DragEvent, on: boolean) => {
    event.preventDefault()
    setOver(on)
  }
  return (
    <div>
      <button
        type="button"
        className={classes.area}
        data-over={over || undefined}
        aria-disabled={busy !== null}
        onClick={() => busy === null && input.current?.click()}
        onDragOver={(event) => hover(event, true)}
        onDragLeave={(event) => hover(event, false)}
        onDrop={(event) => {
          hover(event, false)
          take(event.dataTransfer.files)
        }}
      >
        {busy === null ? (
          <>
            <ImportIcon size={32} />
            <span className={classes.call}>Drop a file here, or choose one</span>
            <span className="soft">CSV or XLSX, one person in each row, headers in the first</span>
          </>
        ) : (
          <>
            <Loader size={32} aria-hidden="true" />
            <span className={classes.call}>Looking at {busy}</span>
            <span className="soft">How it is written, what its columns are, how many people it holds</span>
          </>
        )}
      </button>
      <p role="status" className={classes.unseen}>
        {busy === null ? '' : `Looking at ${busy}`}
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
