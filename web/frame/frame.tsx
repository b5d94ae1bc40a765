import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { AccountIcon, ImportsIcon, PeopleIcon, SetUpIcon } from '../parts/page/icons.tsx'
import { useAccount } from '../session/account.ts'
import classes from './frame.module.css'

const places = [
  { to: '/imports', name: 'Imports', Icon: ImportsIcon, holds: /^\/imports?(\/|$)/ },
  { to: '/people', name: 'People', Icon: PeopleIcon, holds: /^\/people(\/|$)/ },
  { to: '/setup', name: 'Set up', Icon: SetUpIcon, holds: /^\/setup(\/|$)/ },
] as const

/** What stands around every page: places on the left, on a phone below, and who is signed in. */
export function Frame({ children }: { children: ReactNode }) {
  const [path] = useLocation()
  const account = useAccount()
  const current = (holds: RegExp) => (holds.test(path) ? 'page' : undefined)
  return (
    <div className={classes.frame}>
      <a href="#content" className={classes.skip}>
        Skip to the content
      </a>
      <nav className={classes.rail} aria-label="Main">
        <Link href="/imports" className={classes.brand}>
          <img src="/icon.svg" alt="" width="26" height="26" /> Muster
        </Link>
        <ul className={classes.places}>
          {places.map(({ to, name, Icon, holds }) => (
            <li key={to}>
              <Link href={to} className={classes.place} aria-current={current(holds)}>
                <Icon /> {name}
              </Link>
            </li>
          ))}
          <li className={classes.account}>
            <Link href="/account" className={classes.place} aria-current={current(/^\/account/)}>
              <AccountIcon />
              <span className={classes.onPhone}>Account</span>
              <span className={classes.who}>
                <span>{account.name}</span>
                <span className={classes.email}>{account.email}</span>
              </span>
            </Link>
          </li>
        </ul>
      </nav>
      <main id="content" className={classes.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}
