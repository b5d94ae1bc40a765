import { Link } from 'wouter'
import classes from './emails.module.css'
import { addressOfPlace, kinds, languageName, languages, type Place, samePlace } from './place.ts'
import type { useDrafts } from './use-drafts.ts'
import type { useTexts } from './use-texts.ts'

interface Props {
  place: Place
  texts: ReturnType<typeof useTexts>
  drafts: ReturnType<typeof useDrafts>
}

/** The languages of an e-mail, each with whose words it has, or that there are some which are not saved. */
export function Languages({ place, texts, drafts }: Props) {
  return (
    <nav aria-label="Language" className={classes.languages}>
      {languages.map((language) => {
        const here = { ...place, language }
        return (
          <Link
            key={language}
            href={addressOfPlace(here)}
            replace
            className={classes.language ?? ''}
            aria-current={language === place.language ? 'page' : undefined}
          >
            <span>{languageName(language)}</span>{' '}
            <small className="soft">
              {drafts.draftOf(here) ? <span className={classes.unsaved}>not saved</span> : whose(here, texts)}
            </small>
          </Link>
        )
      })}
    </nav>
  )
}

function whose({ language, company }: Place, { known, ownIn, everybodysIn }: Props['texts']): string {
  if (!known) return '…'
  if (company !== null && ownIn(language)) return 'its own'
  return everybodysIn(language) ? 'everybody’s' : 'Muster’s'
}

/** What was written elsewhere and is not saved, each with the way there. */
export function Unsaved({
  place,
  drafts,
  nameOf,
}: Pick<Props, 'place' | 'drafts'> & { nameOf: (id: string) => string }) {
  const elsewhere = drafts.drafts.filter((draft) => !samePlace(draft.place, place))
  if (elsewhere.length === 0) return null
  return (
    <p className={classes.note}>
      Not saved yet:{' '}
      {elsewhere.map(({ place: there }, n) => (
        <span key={addressOfPlace(there)}>
          {n > 0 && ', '}
          <Link href={addressOfPlace(there)} replace>
            {kinds.find(({ value }) => value === there.kind)?.label} in {languageName(there.language)},{' '}
            {there.company === null ? 'for everybody' : nameOf(there.company)}
          </Link>
        </span>
      ))}
      .
    </p>
  )
}
