import { Loader } from '@mantine/core'
import { useRef } from 'react'
import { ImportIcon } from '../../parts/icons.tsx'
import classes from './file-step.module.css'
import { useDrop } from './use-drop.ts'

interface Props {
  onFile: (file: File) => void
  /** The name of the file that is being looked at. */
  busy: string | null
}

/** Shows where to drop a file, and is a button to choose one. */
export function DropArea({ onFile, busy }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0]
    if (file && busy === null) onFile(file)
  }
  const over = useDrop(take)
  return (
    <div>
      <button
        type="button"
        className={classes.area}
        data-over={over || undefined}
        aria-disabled={busy !== null}
        onClick={() => busy === null && input.current?.click()}
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
