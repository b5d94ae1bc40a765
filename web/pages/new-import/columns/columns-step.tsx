import { Button, Checkbox, Select } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { useSend } from '../../../api/hooks.ts'
import type { Preview, Template } from '../../../api/schema.ts'
import { FormError } from '../../../parts/forms/form-error.tsx'
import { OWN_LIST } from '../../../parts/imports/template-list.tsx'
import { CompanyOfAll } from '../choices/company-of-all.tsx'
import { type Draft, useChangeDraft, useSuggested } from '../draft/draft.ts'
import notes from '../notes.module.css'
import { ColumnLine } from './column-line.tsx'
import classes from './columns-step.module.css'
import { useFieldChoices } from './field-choices.ts'
import { PeoplePreview } from './people-preview.tsx'

interface Props {
  draft: Draft
  preview: Preview
  template: Template
  templates: Template[]
  /** The preview is being read again. */
  busy: boolean
  onDone: () => void
}

/** Which column is which field, and beside it what people come of it. */
export function ColumnsStep({ draft, preview, template, templates, busy, onDone }: Props) {
  const change = useChangeDraft(draft)
  const [keep, setKeep] = useState(false)
  const remember = useSend('POST /v1/mappings', ['GET /v1/mappings'])
  const suggested = useSuggested(draft)
  const choices = useFieldChoices(template)
  const matched = template.headers === 'matched'
  const any = templates.find(({ id }) => id === OWN_LIST)?.name
  const company = draft.options.company ?? null
  // A template with headers of its own names each that is wrong: there is nothing to choose.
  const missing = matched ? preview.missing.map((field) => choices.nameOf(field)) : []
  const refused = preview.problems.filter(({ code }) => code !== 'invalid-mapping' || missing.length === 0)
  const match = (header: string, field: string | null) => change({ mapping: rematched(preview, header, field) })
  const done = async () => {
    const { mapping, headers } = preview
    if (keep && company) await remember.mutateAsync({ body: { company, template: template.id, headers, mapping } })
    if (matched && draft.mapping === null) change({ mapping, template: template.id })
    onDone()
  }
  return (
    <div className={classes.columns}>
      <div className={classes.lines}>
        <Select
          label="Read the file as"
          description={template.purpose}
          inputWrapperOrder={['label', 'input', 'description']}
          data={templates.map(({ id, name }) => ({ value: id, label: name }))}
          value={template.id}
          allowDeselect={false}
          onChange={(id) => change({ template: id, mapping: null })}
        />
        {missing.length > 0 && (
          <div role="alert" className={notes.refused}>
            <h3>Still needed: {missing.join(', ')}</h3>
            <p>Choose the column that holds it. Nobody can be imported without.</p>
            {(preview.file.sheets?.length ?? 0) > 1 && (
              <p>
                The sheet “{preview.file.sheet}” was read. <Link href="?step=file">Read another sheet</Link>
              </p>
            )}
          </div>
        )}
        {refused.map(({ code, title, detail }) => (
          <div key={code} role="alert" className={notes.refused}>
            <h3>{title}</h3>
            <p>{detail}</p>
            {code === 'invalid-headers' && (
              <p>
                Correct the headers in your spreadsheet and choose the file again. Or read it above as “{any}”, and say
                which column is what.
              </p>
            )}
            <Link href="?step=file">Choose another file, or say how this one is to be read</Link>
          </div>
        ))}
        {matched && (
          <ul className={classes.list} aria-label="Columns of the file">
            {preview.columns.map((column, place) => (
              <ColumnLine
                // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are, and several may have no header
                key={`${place} ${column.header}`}
                column={column}
                suggested={suggested.get(column.header)}
                choices={choices}
                taken={preview.mapping}
                twice={preview.headers.indexOf(column.header) !== preview.headers.lastIndexOf(column.header)}
                onMatch={(field) => match(column.header, field)}
              />
            ))}
          </ul>
        )}
        {matched && <CompanyOfAll draft={draft} mapping={preview.mapping} />}
        {matched && (
          <Checkbox
            label="Remember these columns for the company"
            description={
              company
                ? 'The next file with the same headers is matched like this one.'
                : 'Choose a company above first.'
            }
            disabled={!company}
            checked={keep && company !== null}
            onChange={(event) => setKeep(event.currentTarget.checked)}
          />
        )}
        <FormError error={remember.error} />
        <div className={notes.next}>
          <Button
            onClick={() => void done().catch(() => undefined)}
            loading={remember.isPending}
            disabled={busy || preview.problems.length > 0}
          >
            Go on to the choices
          </Button>
          {preview.problems.length > 0 && <p className="soft">This goes on as soon as what stands above is settled.</p>}
        </div>
      </div>
      <PeoplePreview preview={preview} busy={busy} />
    </div>
  )
}

/** A field has one column, and a column one field. */
function rematched({ mapping }: Preview, header: string, field: string | null): Record<string, string> {
  const others = Object.entries(mapping).filter(([name, column]) => column !== header && name !== field)
  return Object.fromEntries(field === null ? others : [...others, [field, header]])
}
