import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Preview } from '../../api/schema.ts'
import { type Draft, type Reading, useChangeDraft } from './draft.ts'
import { FileStep } from './file-step.tsx'
import classes from './notes.module.css'

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
        <Button onClick={onDone}>Keep {file.name}</Button>
        <p className="soft">Another file takes its place; what was chosen stays chosen.</p>
      </div>
      <ReadOtherwise draft={draft} format={file.format} onDone={onDone} />
      <FileStep before={draft} />
    </>
  )
}

interface ReadProps {
  draft: Draft
  format: Preview['file']['format']
  onDone: () => void
}

function ReadOtherwise({ draft, format, onDone }: ReadProps) {
  const change = useChangeDraft(draft)
  // A workbook without the sheet that was asked for could not be read, and nobody knows what it is.
  const workbook = format === 'xlsx' || draft.reading.sheet !== undefined
  const [reading, setReading] = useState<Reading>(draft.reading)
  const set = (name: keyof Reading, value: string | null) => {
    const { [name]: _, ...rest } = reading
    setReading(value ? { ...rest, [name]: value } : rest)
  }
  const read = () => {
    change({ reading, mapping: null })
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
          <TextInput
            label="Sheet"
            placeholder="As found"
            value={reading.sheet ?? ''}
            onChange={(event) => set('sheet', event.currentTarget.value)}
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
