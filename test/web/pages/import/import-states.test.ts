import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runDispatcher } from '../../../../api/imports/decide/dispatcher.ts'
import type { RunningWorker } from '../../../../worker/run.ts'
import { twoCompanies } from '../../../support/catalogue.ts'
import { type Catalogue, startWorker, stopWorker, untilStatus } from '../../../support/imports.ts'
import { csv, people, person, type Row } from '../../../support/people.ts'
import { type Sink, startSink } from '../../../support/servers/smtp-sink.ts'
import { shoot } from '../../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../../support/console-world.ts'

const COURSE = 'Safety at Blue Harbour'

/** Screenshots take long on a busy machine. */
const PATIENT = { timeout: 180_000 }

let world: ConsoleWorld
let sink: Sink
let all: Catalogue
let worker: RunningWorker
let dispatcher: ReturnType<typeof runDispatcher>
let office: ReturnType<ConsoleWorld['as']>
/** One window for all tests, so that only one sign-in is needed. */
let page: Page

beforeAll(async () => {
  sink = await startSink()
  world = await consoleWorld(import.meta.url, { SMTP_URL: sink.url })
  all = await twoCompanies(world)
  worker = await startWorker(world)
  dispatcher = runDispatcher(world.deps, { every: 50 })
  office = world.as(await world.key(null, { name: 'Mira Tóth' }))
  page = await world.openAs(null, '/imports')
})
afterAll(async () => {
  await dispatcher.stop()
  await stopWorker(worker)
  await world.close()
  await sink.close()
})

/** Starts an import of these people, and opens its page. */
async function begun(rows: Row[] | string, options: object = {}): Promise<string> {
  const text = typeof rows === 'string' ? rows : csv(rows)
  const { status, body } = await office.upload(text, { template: 'onboarding', options: JSON.stringify(options) })
  if (status !== 202) throw new Error(`The upload gave ${status}: ${JSON.stringify(body)}`)
  return body.id
}

const asked = (): Row => ({ 'module requested 1': COURSE })
const panel = (title: string) => page.getByRole('region', { name: title })
const done = () => panel('Done').waitFor()

/** Holds every e-mail at the mail server, as a slow server does, until the test releases it. */
function slowMail(): () => void {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  sink.script.dot = () => held.then(() => 'ok' as const)
  return () => {
    sink.script.dot = () => 'ok'
    release()
  }
}

describe('a rejected import', PATIENT, () => {
  test('an import that invalidRows rejects for one row lists the rows, and a recheck succeeds after the fix', async () => {
    const id = await begun([person(1), person(2, { companyName: 'Green Fields' })], { invalidRows: 'reject' })
    await page.goto(`/imports/${id}`)
    await panel('Rows have errors').getByText('this import rejects a file with errors').waitFor()
    const list = page.getByRole('list', { name: 'What has to be settled' })
    expect(await list.textContent()).toMatch(/Row 3.*companyName.*“Green Fields”/)
    await shoot(page, 'import-refused-rows')
    await all.made('companies', { name: 'Green Fields' })
    await page.getByRole('button', { name: 'Check again' }).click()
    await done()
    expect(await page.getByRole('link', { name: /Created/ }).textContent()).toContain('2')
  })

  test('an import with a course that a company may not use names both, and can be rechecked', async () => {
    const id = await begun(people(2, asked, 11), { enrol: { courses: [all.red.course] } })
    await page.goto(`/imports/${id}`)
    const why = panel('Courses are not open to every company')
    await why.getByText('“Safety at Red Hill” is not open to Blue Harbour').waitFor()
    await shoot(page, 'import-refused-course')
    await all.platform.patch(`/v1/courses/${all.red.course}`, { companies: [all.red.company, all.blue.company] })
    await page.getByRole('button', { name: 'Check again' }).click()
    await done()
    expect(await page.getByRole('link', { name: /Course assignments/ }).textContent()).toContain('4')
  })

  test('an import whose chosen items were deleted says so in words, without ids', async () => {
    const group = await all.made('groups', { name: 'Night shift' })
    const id = await begun([person(15, { companyName: 'Nowhere' })], { groups: [group], invalidRows: 'reject' })
    await untilStatus(office, id, 'rejected')
    await all.platform.delete(`/v1/groups/${group}`)
    await page.goto(`/imports/${id}`)
    await page.getByRole('button', { name: 'Check again' }).click()
    const why = panel('A choice of the options no longer exists')
    await why.getByText('Groups: no longer there').waitFor()
    expect(await why.textContent()).not.toContain(group)
    await why.getByRole('link', { name: 'Upload the file again' }).click()
    await page.waitForURL('**/import')
  })

  test('an import of a file that is not a table asks for a corrected file', async () => {
    const id = await begun('%PDF-1.7\n%âãÏÓ\n1 0 obj\n')
    await page.goto(`/imports/${id}`)
    await panel('The file cannot be read').waitFor()
    await page.getByRole('link', { name: 'Upload a corrected file' }).waitFor()
  })
})

describe('a failed import', PATIENT, () => {
  test('an import whose stored file was replaced fails and asks for a new upload', async () => {
    const id = await begun([person(21, { companyName: 'Yellow Mill' })], { invalidRows: 'reject' })
    await untilStatus(office, id, 'rejected')
    const ofImport = world.db.selectFrom('imports').where('id', '=', id).select('file_id')
    const bytes = Buffer.from(csv([person(22)]))
    await world.db.updateTable('file_chunks').set({ bytes }).where('file_id', 'in', ofImport).execute()
    await page.goto(`/imports/${id}`)
    await page.getByRole('button', { name: 'Check again' }).click()
    const why = panel('The stored file is gone')
    await why.getByText('Reading the file stopped: the stored file is missing').waitFor()
    await why.getByText('Upload the file again as a new import.').waitFor()
    await page.getByText('Failed', { exact: true }).first().waitFor()
    expect(await page.getByRole('button', { name: /Resume|Cancel/ }).count()).toBe(0)
    await shoot(page, 'import-failed')
    await why.getByRole('link', { name: 'Upload the file again' }).click()
    await page.waitForURL('**/import')
  })
})

describe('a paused import', PATIENT, () => {
  test('an import that pauses because a course was withdrawn shows the cause, the time, what stays and what to check, and resumes', async () => {
    const welding = await all.made('courses', { title: 'Welding 1', companies: [all.blue.company] })
    const rows = people(2, () => ({ 'module requested 1': 'Welding 1' }), 31)
    const id = await begun(rows, { review: true, sendEmails: false })
    await page.goto(`/imports/${id}`)
    await page.getByRole('button', { name: 'Import 2 people' }).click()
    await all.platform.patch(`/v1/courses/${welding}`, { companies: [] })
    await page.getByRole('dialog').getByRole('button', { name: 'Import 2 people' }).click()
    const why = panel('A course of this import is no longer available')
    await why.getByText('Creating people stopped: a course that the file names was withdrawn').waitFor()
    await why.getByText('Nothing was written yet.').waitFor()
    await why.getByText('Give the company access to the course again').waitFor()
    await why.locator('time').waitFor()
    await why.getByRole('button', { name: 'Cancel the import' }).waitFor()
    await shoot(page, 'import-paused-course')
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByText('Resumed by').waitFor()
    await why.waitFor()
    await all.platform.patch(`/v1/courses/${welding}`, { companies: [all.blue.company] })
    await page.getByRole('button', { name: 'Resume' }).click()
    await done()
  })

  test('an import that pauses again shows who resumed it, and when the new pause began', async () => {
    const course = await all.made('courses', { title: 'Welding 2', companies: [all.blue.company] })
    const rows = people(1, () => ({ 'module requested 1': 'Welding 2' }), 33)
    const id = await begun(rows, { review: true, sendEmails: false })
    await untilStatus(office, id, 'review')
    await all.platform.patch(`/v1/courses/${course}`, { companies: [] })
    await office.post(`/v1/imports/${id}/confirm`)
    await untilStatus(office, id, 'paused')
    await page.route(`**/v1/imports/${id}/events`, (route) => route.abort())
    await page.route(`**/v1/imports/${id}`, async (route) => {
      await untilStatus(office, id, 'paused')
      await route.continue()
    })
    await page.goto(`/imports/${id}`)
    const why = panel('A course of this import is no longer available')
    const since = why.locator('time')
    const first = await since.getAttribute('datetime')
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByText('Resumed by').waitFor()
    await expect.poll(() => since.getAttribute('datetime'), { timeout: 20_000 }).not.toBe(first)
    await page.unrouteAll()
  })
})

describe('a cancelled import', PATIENT, () => {
  test('an import that is cancelled while paused writes nothing and cannot be resumed', async () => {
    const course = await all.made('courses', { title: 'Diving 1', companies: [all.blue.company] })
    const id = await begun([person(35, { 'module requested 1': 'Diving 1' })], { review: true, sendEmails: false })
    await untilStatus(office, id, 'review')
    await all.platform.patch(`/v1/courses/${course}`, { companies: [] })
    await office.post(`/v1/imports/${id}/confirm`)
    await page.goto(`/imports/${id}`)
    const why = panel('A course of this import is no longer available')
    await why.getByRole('button', { name: 'Cancel the import' }).click()
    await page.getByRole('dialog').getByText('Nothing was written yet, and nothing will be.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the import' }).click()
    await panel('Cancelled').getByText('Nothing was written, and nobody got an e-mail.').waitFor()
    expect(await page.getByRole('button', { name: 'Resume' }).count()).toBe(0)
  })

  test('an import that is cancelled while it sends shows what stays and what will not be sent, before and after', async () => {
    const release = slowMail()
    const id = await begun(people(3, asked, 41))
    await page.goto(`/imports/${id}`)
    await page.getByRole('progressbar', { name: 'Sending e-mails' }).waitFor()
    await page.getByRole('button', { name: 'Cancel the import' }).click()
    const question = page.getByRole('dialog')
    await question.getByText('What was done stays: 3 people created, 3 course assignments.').waitFor()
    expect(await question.textContent()).toContain('3 e-mails that were not sent yet will not be sent')
    await question.getByRole('button', { name: 'Cancel the import' }).click()
    release()
    const end = panel('Cancelled')
    await end.getByText('What was done stays: 3 people created').waitFor()
    expect(await end.textContent()).not.toContain('The rest of the file')
    await page.getByText('Cancelled by Mira Tóth').waitFor()
    await page.getByRole('link', { name: 'Export CSV' }).waitFor()
    await shoot(page, 'import-cancelled-midway')
  })

  test('an import that is cancelled before its first batch is written says that nothing was written', async () => {
    const block = await world.deps.pool.connect()
    await block.query('BEGIN; LOCK TABLE users IN EXCLUSIVE MODE')
    const id = await begun(people(2, asked, 51))
    await page.goto(`/imports/${id}`)
    await page.getByRole('progressbar', { name: 'Creating people' }).waitFor()
    await page.getByRole('button', { name: 'Cancel the import' }).click()
    await page.getByRole('dialog').getByText('Nothing was written yet, and nothing will be.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the import' }).click()
    await block.query('ROLLBACK')
    block.release()
    await panel('Cancelled').waitFor()
  })
})

describe('an import that invites', PATIENT, () => {
  test('the page shows how many e-mails failed, with the recipients and the mail server’s replies', async () => {
    sink.script.rcpt = (address) => (address.startsWith('quillon.65@') ? { code: 550, text: '5.1.1 Unknown' } : 'ok')
    const id = await begun(people(2, asked, 65))
    await page.goto(`/imports/${id}`)
    await done()
    delete sink.script.rcpt
    await panel('Done').getByText('1 e-mail sent, 1 e-mail could not be sent.').waitFor()
    await page.getByRole('link', { name: /E-mails/ }).click()
    await page.getByText('5.1.1 Unknown').waitFor()
  })

  test('the page counts invitations, and links to the people behind them', async () => {
    const id = await begun(people(2, asked, 61), { mode: 'invite' })
    await page.goto(`/imports/${id}`)
    await done()
    await panel('Done').getByText('2 people invited').waitFor()
    expect(await page.getByRole('link', { name: /^Created/ }).count()).toBe(0)
    await page.getByRole('link', { name: /Invited/ }).click()
    await page.getByRole('link', { name: 'quillon.61@people.example' }).click()
    await page.getByRole('heading', { name: 'Quillon61 Marwick61', level: 1 }).waitFor()
    await page.getByText('Invited', { exact: true }).first().waitFor()
  })
})

describe('the page of a running import without events', PATIENT, () => {
  test('the page polls until the import is done', async () => {
    const release = slowMail()
    const id = await begun(people(2, asked, 71))
    await page.route('**/events', (route) => route.abort())
    await page.goto(`/imports/${id}`)
    await page.getByRole('progressbar', { name: 'Sending e-mails' }).waitFor()
    release()
    await done()
    await page.unroute('**/events')
  })

  test('the page polls after its event stream ends', async () => {
    const release = slowMail()
    const id = await begun(people(2, asked, 81))
    await untilStatus(office, id, 'notifying')
    let streams = 0
    await page.route('**/events', async (route) => {
      streams++
      if (streams > 1) return route.abort()
      const { body } = await office.get(`/v1/imports/${id}`)
      await route.fulfill({
        contentType: 'text/event-stream',
        body: `event: import\ndata: ${JSON.stringify(body)}\n\n`,
      })
    })
    await page.goto(`/imports/${id}`)
    await page.getByRole('progressbar', { name: 'Sending e-mails' }).waitFor()
    await expect.poll(() => streams, { timeout: 15_000 }).toBeGreaterThan(1)
    release()
    await done()
    await page.unroute('**/events')
  })
})
