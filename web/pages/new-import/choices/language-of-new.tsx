import { Select } from '@mantine/core'
import { mapsField } from '../../../../domain/imports/option-rules/index.ts'
import type { ChoiceGroup } from './choice-group.ts'

/** Those that the e-mails and the activation page are written in. */
const written = ['de', 'en', 'es', 'fr', 'hu', 'ja', 'nl', 'pt']

const names = new Intl.DisplayNames('en', { type: 'language' })

/** The language of new people whose row names none. */
export function LanguageOfNew({ situation: { options, mapping }, onChange }: ChoiceGroup) {
  const languages = [...new Set([...written, options.language])]
  return (
    <Select
      label="Language of new people"
      description={
        mapsField(mapping, 'language')
          ? 'For rows where that cell is empty: their e-mail is written in it.'
          : 'No column names a language: every e-mail is written in this one.'
      }
      data={languages.map((value) => ({ value, label: names.of(value) ?? value }))}
      value={options.language}
      onChange={(value) => value && onChange({ language: value })}
      allowDeselect={false}
    />
  )
}
