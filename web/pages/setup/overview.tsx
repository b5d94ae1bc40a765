import { Link } from 'wouter'
import { Page } from '../../parts/page/page.tsx'
import { useAccount } from '../../session/account.ts'
import { groups } from './groups.ts'
import classes from './overview.module.css'

/** What there is to set up, each with a sentence; what is for others is not a link and says so. */
export function Overview() {
  const { role } = useAccount()
  return (
    <Page title="Set up" sentence="What imports can refer to, and who may do what. Most of it is set up once.">
      {groups.map(({ name, parts }) => (
        <section key={name} className={classes.group}>
          <h2>{name}</h2>
          <ul className={classes.parts}>
            {parts.map(({ part, title, sentence, hiddenFrom }) => (
              <li key={part} className={classes.part}>
                {hiddenFrom === role ? (
                  <>
                    <span>{title}</span>
                    <p>Looked after by administrators of the platform.</p>
                  </>
                ) : (
                  <>
                    <Link href={`/setup/${part}`}>{title}</Link>
                    <p>{sentence}</p>
                  </>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Page>
  )
}
