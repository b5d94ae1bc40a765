import { Autocomplete } from '@mantine/core'
import { below } from '../../../parts/forms/choose.tsx'

/** Languages that e-mails are written in; people of others get English. */
const written = ['en', 'de', 'es', 'fr', 'hu', 'ja', 'nl', 'pt']

const names = new Intl.DisplayNames('en-GB', { type: 'language', fallback: 'none' })

/** `en-GB` → `British English`; empty for what is no language. */
function languageName(tag: string): string {
  try {
    return names.of(tag) ?? ''
  } catch {
    return ''
  }
}

interface Props {
  value: string
  onChange: (value: string) => void
  error: string | undefined
}

/** A language by its tag, with its name beside it. */
export function LanguageField({ value, onChange, error }: Props) {
  return (
    <Autocomplete
      label="Language"
      inputWrapperOrder={below}
      description={value === '' ? 'English, unless you choose another.' : languageName(value) || 'A tag such as en-GB'}
      value={value}
      onChange={onChange}
      error={error}
      data={written}
      filter={({ options }) => options}
      renderOption={({ option }) => `${languageName(option.value)} (${option.value})`}
    />
  )
}
