import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import type { Preview } from '../../../api/schema.ts'
import { type Draft, type Reading, useChangeDraft } from '../draft/draft.ts'
import classes from '../notes.module.css'
import { FileStep } from './file-step.tsx'

const encodings = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'windows-1252', label: 'Windows-1252 (Western Europe)' },
  { value: 'utf-16le', label: 'UTF-16 (little endian)' },
  { value: 'utf-16be', label: 'UTF-16 (big endian)' },
]
const delimiters = [
  { value: 'comma', label: 'Comma' },
  { value: 'semicolon', label: 'Semicolon' },
  { value: 'tab', label: 'Tab' },
  { value: 'pipe', label: 'Pipe' },
]

interface Props {
  draft: Draft
  preview: Preview
  onDone: () => void
}

/** The first step opened again: another file, or the same read in another way. */
export function FileAgain({ draft, preview: { file }, onDone }: Props) {
  return (
    <>
      <div className={classes.next}>
        <Button onClick={onDone} className="named" title={file.name}>
          Keep {file.name}
        </Button>
        <p className="soft">Another file takes its place; what was chosen stays chosen.</p>
      </div>
      <ReadOtherwise draft={draft} file={file} onDone={onDone} />
      <FileStep before={draft} />
    </>
  )
}

interface ReadProps {
  draft: Draft
  file: Preview['file']
  onDone: () => void
}

function ReadOtherwise({ draft, file: { format, sheets }, onDone }: ReadProps) {
  const change = useChangeDraft(draft)
  // A workbook without the sheet that was asked for could not be read, and nobody knows what it is.
  const workbook = format === 'xlsx' || draft.reading.sheet !== undefined
  const [reading, setReading] = useState<Reading>(draft.reading)
  const set = (name: keyof Reading, value: string | null) => {
    const { [name]: _, ...rest } = reading
    setReading(value ? { ...rest, [name]: value } : rest)
  }
  const read = () => {
    // Read otherwise, it has other headers, and they may be those of a template.
    change({ reading, mapping: null, template: null })
    onDone()
  }
  const clearing = {
    clearable: true,
    placeholder: 'As found',
    clearButtonProps: { 'aria-hidden': false, 'aria-label': 'As found', tabIndex: 0 },
  }
  return (
    <details>
      <summary>Letters look wrong, or the wrong sheet was read?</summary>
      <form
        className={classes.next}
        onSubmit={(event) => {
          event.preventDefault()
          read()
        }}
      >
        {workbook ? (
          <Select
            label="Sheet"
            // Of a workbook that could not be read nobody knows the others.
            data={[...new Set([...(sheets ?? []), ...(reading.sheet ? [reading.sheet] : [])])]}
            value={reading.sheet ?? null}
            onChange={(value) => set('sheet', value)}
            {...clearing}
          />
        ) : (
          <>
            <Select
              label="Letters are written as"
              data={encodings}
              value={reading.encoding ?? null}
              onChange={(value) => set('encoding', value)}
              {...clearing}
            />
            <Select
              label="Cells are separated by"
              data={delimiters}
              value={reading.delimiter ?? null}
              onChange={(value) => set('delimiter', value)}
              {...clearing}
            />
          </>
        )}
        <Button type="submit" variant="default" mt="lg">
          Read it so
        </Button>
      </form>
    </details>
  )
}
