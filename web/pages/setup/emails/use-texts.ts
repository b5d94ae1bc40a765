import { useGet } from '../../../api/hooks.ts'
import type { Kind, Language } from './place.ts'

/** The texts of a kind that somebody wrote: the company's, or everybody's where there is none, and everybody's. */
export function useTexts(kind: Kind, company: string | null) {
  const own = useGet('GET /v1/email-texts', { query: { kind, company: company ?? 'everybody' } })
  const everybodys = useGet('GET /v1/email-texts', { query: { kind, company: 'everybody' } })
  return {
    known: own.data !== undefined && everybodys.data !== undefined,
    ownIn: (language: Language) => own.data?.items.find((text) => text.language === language),
    everybodysIn: (language: Language) => everybodys.data?.items.find((text) => text.language === language),
  }
}
