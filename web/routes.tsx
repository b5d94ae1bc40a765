import { type ComponentType, lazy, Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { Frame } from './frame/frame.tsx'
import { NotFound } from './frame/not-found.tsx'
import { Stopped } from './frame/stopped.tsx'
import { PageSkeleton } from './parts/states/skeletons.tsx'
import { AccountGate } from './session/account-gate.tsx'

/** A page comes when it is opened. Its file exports it by name. */
function page<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return lazy(async () => ({ default: (await load())[name] }))
}

/** Inside the frame, for those who are signed in. A path with `*` belongs to one page, which looks at the rest itself. */
const pages = [
  ['/imports', page(() => import('./pages/imports/imports.tsx'), 'Imports')],
  ['/imports/:id', page(() => import('./pages/import/import.tsx'), 'Import')],
  ['/import/:draft?', page(() => import('./pages/new-import/new-import.tsx'), 'NewImport')],
  ['/people', page(() => import('./pages/people/people.tsx'), 'People')],
  ['/people/new', page(() => import('./pages/people/new-person.tsx'), 'NewPerson')],
  ['/people/invite', page(() => import('./pages/people/new-person.tsx'), 'InvitePerson')],
  ['/people/:id', page(() => import('./pages/person/person.tsx'), 'Person')],
  ['/setup', page(() => import('./pages/setup/setup.tsx'), 'SetUp')],
  ['/setup/*', page(() => import('./pages/setup/setup.tsx'), 'SetUp')],
  ['/account', page(() => import('./pages/account/account.tsx'), 'AccountPage')],
] as const

/** Without the frame, for everybody. */
const doors = [
  ['/sign-in', page(() => import('./pages/sign-in/sign-in.tsx'), 'SignIn')],
  ['/accept/:token', page(() => import('./pages/accept/accept.tsx'), 'Accept')],
  ['/reset/:token', page(() => import('./pages/reset/reset.tsx'), 'Reset')],
] as const

/** The addresses of the console; api/console/console.ts answers each with the document that shows them. */
export function Routes() {
  return (
    <Switch>
      {doors.map(([path, Page]) => (
        <Route key={path} path={path}>
          <Stopped>
            <Suspense>
              <Page />
            </Suspense>
          </Stopped>
        </Route>
      ))}
      <Route path="/">
        <Redirect to="/imports" replace />
      </Route>
      <Route>
        <AccountGate>
          <Frame>
            <Stopped>
              <Suspense fallback={<PageSkeleton />}>
                <Switch>
                  {pages.map(([path, Page]) => (
                    <Route key={path} path={path}>
                      <Page />
                    </Route>
                  ))}
                  <Route component={NotFound} />
                </Switch>
              </Suspense>
            </Stopped>
          </Frame>
        </AccountGate>
      </Route>
    </Switch>
  )
}
