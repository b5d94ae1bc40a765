import type { EmailPreview, EmailText } from '../../../api/schema.ts'
import { Time } from '../../../parts/page/time.tsx'

interface Props {
  source: EmailPreview['source']
  /** What was written here, where somebody did. */
  own: EmailText | undefined
  companyName: string | null
}

/** Whose words are in force, and who changed them last. */
export function Whose({ source, own, companyName }: Props) {
  return (
    <p>
      {companyName !== null && source !== 'company' && `${companyName} has no words of its own here. `}
      <strong>{nameOf(source, companyName)}</strong>
      {own && (
        <span className="soft">
          , changed by {own.updatedBy} <Time at={own.updatedAt} />
        </span>
      )}
    </p>
  )
}

function nameOf(source: Props['source'], companyName: string | null): string {
  if (source === 'company') return `${companyName}’s own words`
  return source === 'everybody' ? 'Everybody’s words' : 'Muster’s own words'
}
