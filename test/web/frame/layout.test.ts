import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDemoData } from '../../../db/demo.ts'
import type { RunningWorker } from '../../../worker/run.ts'
import { startWorker, stopWorker, untilStatus } from '../../support/imports.ts'
import { type ConsoleWorld, consoleWorld } from '../support/console-world.ts'
import { answerOneByOne, shiftsOf, watchShifts } from '../support/shifts.ts'
import { storedImport } from '../support/stored-import.ts'

/** A tenth of the good score (web.dev/articles/cls), so that no text or button moves while a page loads. */
const MOST = 0.01

const examples = join(import.meta.dirname, '../../../examples')
const example = (name: string) => readFile(join(examples, name), 'utf8')

let world: ConsoleWorld
let worker: RunningWorker
/** The URL of each page, and an element that is visible when the page is complete. */
let pages: [path: string, seen: string][]

beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
  await addDemoData(world.db, JSON.parse(await example('demo.json')))
  worker = await startWorker(world)
  pages = await everyPage()
})
afterAll(async () => {
  await stopWorker(worker)
  await world.close()
})

/** Every page with content, and one of each kind for pages that depend on a state. */
async function everyPage(): Promise<[string, string][]> {
  const office = world.as(await world.key(null, { name: 'Mira Tóth' }))
  const imported = async (file: string, options: object, until: string): Promise<string> => {
    const { body } = await office.upload(await example(file), {
      template: 'onboarding',
      options: JSON.stringify(options),
    })
    await untilStatus(office, body.id, until)
    return body.id
  }
  const done = await imported('onboarding.csv', { sendEmails: false }, 'completed')
  const refused = await imported('onboarding-wrong-titles.csv', {}, 'rejected')
  const review = await imported('onboarding.csv', { review: true, existing: 'update' }, 'review')
  const running = await storedImport(world, 'running.csv', { status: 'applying', companies: ['Blue Harbour'] })
  const { items: people } = (await office.get('/v1/users?limit=1')).body
  const { items: companies } = (await office.get('/v1/companies?limit=1')).body
  const parts = ['companies', 'courses', 'cohorts', 'groups', 'collections', 'campaigns', 'permission-sets']
  const more = ['custom-fields', 'title-aliases', 'mappings', 'api-keys', 'accounts']
  return [
    ['/imports', 'running.csv'],
    ['/imports?company=Blue+Harbour', 'running.csv'],
    [`/imports/${done}`, 'Done'],
    [`/imports/${done}?show=created`, 'jose.alvarez@blueharbour.example'],
    [`/imports/${refused}`, 'Course titles are not known'],
    [`/imports/${review}`, 'This waits for your confirmation'],
    [`/imports/${running}`, 'running.csv'],
    ['/import', 'Onboarding'],
    ['/people', people[0].email],
    [`/people?q=${encodeURIComponent(people[0].email)}`, people[0].email],
    ['/people/new', 'Add this person'],
    ['/people/invite', 'Invite this person'],
    [`/people/${people[0].id}`, 'Save changes'],
    ['/setup', 'Courses'],
    ...[...parts, ...more].map((part): [string, string] => [`/setup/${part}`, 'Search']),
    [`/setup/companies/${companies[0].id}`, 'Save'],
    ['/setup/emails', 'Preview'],
    ['/account', 'Your name'],
  ]
}

/** Opens every page, delivers each response in a frame of its own, and returns the elements that moved. */
async function moved(page: Page, open: (path: string) => Promise<unknown>): Promise<string[]> {
  const draft = await begunDraft(page)
  await watchShifts(page)
  const all = await answerOneByOne(page)
  await page.goto('/account')
  const found: string[] = []
  for (const [path, seen] of [...pages, [draft, 'The first people, as they will be read'] as const]) {
    await open(path)
    const there = [page.getByText(seen, { exact: true }), page.getByLabel(seen), page.getByPlaceholder(seen)]
    await there
      .reduce((one, other) => one.or(other))
      .first()
      .waitFor()
    await all()
    const { score, moves } = await shiftsOf(page)
    if (score > MOST) found.push(`${path}: ${score.toFixed(3)}: ${moves.join(' | ')}`)
  }
  return found
}

/** Creates a draft of the signed-in administrator and returns its path. */
async function begunDraft(page: Page): Promise<string> {
  await page.goto('/import')
  await page.locator('input[type=file]').setInputFiles(join(examples, 'onboarding.csv'))
  await page.waitForURL(/\/import\/[0-9a-f-]{36}/)
  return new URL(page.url()).pathname
}

describe('the layout of a page stays still', { timeout: 300_000 }, () => {
  test.each(['phone', 'screen'] as const)('no element moves when a URL is opened on a %s', async (size) => {
    const page = await world.openAs(null, '/account', size)
    expect(await moved(page, (path) => page.goto(path))).toEqual([])
  })

  test.each(['phone', 'screen'] as const)('no element moves when links are followed on a %s', async (size) => {
    const page = await world.openAs(null, '/account', size)
    const follow = (path: string) => page.evaluate((to) => history.pushState(null, '', to), path)
    expect(await moved(page, follow)).toEqual([])
  })
})
