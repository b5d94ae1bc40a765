import { mapsField } from '../../../../domain/imports/option-rules/index.ts'
import { ChooseOne } from '../../../parts/forms/choose.tsx'
import { useAccount } from '../../../session/account.ts'
import { type Draft, useChangeDraft } from '../draft/draft.ts'

/** The company of everybody whose row names none. */
export function CompanyOfAll({ draft, mapping }: { draft: Draft; mapping: Record<string, string> }) {
  const change = useChangeDraft(draft)
  const { companies: own } = useAccount()
  const inFile = mapsField(mapping, 'company')
  const needed = !inFile && own !== null && own.length !== 1
  const sentence = inFile
    ? 'A column of the file names the company; this one is for rows where that cell is empty.'
    : own === null
      ? 'No column names a company: everybody in the file belongs to this one, or to none.'
      : 'No column names a company: everybody in the file belongs to this one.'
  return (
    <ChooseOne
      name={inFile ? 'Company of people whose row names none' : 'Company of everybody in the file'}
      of="companies"
      description={sentence}
      placeholder={inFile ? 'None' : 'Choose a company'}
      value={draft.options.company ?? (own?.length === 1 ? (own[0] ?? null) : null)}
      onChange={(company) => change({ options: { ...draft.options, company } })}
      required={needed}
      clearable={own?.length !== 1}
      clearButtonProps={{ 'aria-hidden': false, 'aria-label': 'No company', tabIndex: 0 }}
    />
  )
}
