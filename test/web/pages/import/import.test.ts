import { readFile } from 'node:fs/promises'
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

let world: ConsoleWorld
let sink: Sink
let all: Catalogue
let worker: RunningWorker
let dispatcher: ReturnType<typeof runDispatcher>
let office: ReturnType<ConsoleWorld['as']>

beforeAll(async () => {
  sink = await startSink()
  world = await consoleWorld(import.meta.url, { SMTP_URL: sink.url })
  all = await twoCompanies(world)
  worker = await startWorker(world)
  dispatcher = runDispatcher(world.deps, { every: 50 })
  office = world.as(await world.key(null, { name: 'Mira Tóth' }))
})
afterAll(async () => {
  await dispatcher.stop()
  await stopWorker(worker)
  await world.close()
  await sink.close()
})

async function upload(rows: Row[], options: object = {}): Promise<string> {
  const { status, body } = await office.upload(csv(rows), { template: 'onboarding', options: JSON.stringify(options) })
  if (status !== 202) throw new Error(`The upload gave ${status}: ${JSON.stringify(body)}`)
  return body.id
}

const asked = (n: number): Row => ({ 'module requested 1': COURSE, languageCode: n === 3 ? 'hu-HU' : 'en-GB' })

describe('the page of an import', () => {
  test('an administrator follows an import from start to end, and every count opens the people behind it', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    sink.script.dot = () => held.then(() => 'ok' as const)
    const block = await world.deps.pool.connect()
    await block.query('BEGIN; LOCK TABLE users IN EXCLUSIVE MODE')
    const rows = [...people(6, asked), person(7, { languageCode: 'xx-none' }), person(8, { email: all.blue.email })]
    const id = await upload(rows)
    await untilStatus(office, id, 'applying')
    const page = await world.openAs(null, `/imports/${id}`)
    await page.getByRole('progressbar', { name: 'Creating people' }).waitFor()
    await page.getByText('0 of 7').waitFor()
    await shoot(page, 'import-running')
    await block.query('ROLLBACK')
    block.release()

    await page.getByRole('progressbar', { name: 'Sending e-mails' }).waitFor()
    await page.getByText('0 of 6').first().waitFor()
    await shoot(page, 'import-sending')
    release()
    await page.getByRole('heading', { name: 'Done', level: 2 }).waitFor()
    sink.script.dot = () => 'ok'
    expect(await page.getByRole('link', { name: /Created/ }).textContent()).toContain('6')
    await shoot(page, 'import-done')

    await page.getByRole('link', { name: /Created/ }).click()
    await page.waitForURL(`**/imports/${id}?show=created`)
    await page.getByRole('link', { name: 'quillon.1@people.example' }).waitFor()
    expect(await page.getByRole('row').count()).toBe(7)
    await shoot(page, 'import-created')
    await page.getByRole('link', { name: /Errors/ }).click()
    await page.getByText('“xx-none”').waitFor()
    await shoot(page, 'import-errors')
    const [errors] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the rows with errors' }).click(),
    ])
    expect(await readFile(await errors.path(), 'utf8')).toContain('quillon.7@people.example')
    const [result] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export CSV' }).click(),
    ])
    expect(await readFile(await result.path(), 'utf8')).toContain('quillon.1@people.example')
    await page.getByRole('link', { name: /E-mails/ }).click()
    await page.getByRole('table', { name: 'E-mails' }).getByText('quillon.1@people.example').waitFor()
    await shoot(page, 'import-emails')
  })

  test('a rejected import lists every unmatched title, saves their courses, and completes without a new upload', async () => {
    const rows = [
      person(21, { 'module requested 1': 'Saftey at Blue Harbour' }),
      person(22, { 'module requested 1': 'Saftey at Blue Harbour', 'module requested 2': 'Welding 3' }),
    ]
    const welding = await all.made('courses', { title: 'Joining metal', companies: [all.blue.company] })
    const id = await upload(rows)
    const page = await world.openAs(null, `/imports/${id}`)
    await page.getByRole('heading', { name: 'Course titles are not known' }).waitFor()
    const taught = page.getByRole('combobox', { name: /“Saftey at Blue Harbour”/ })
    await expect.poll(() => taught.inputValue()).toBe(COURSE)
    await shoot(page, 'import-refused')
    await page.getByRole('combobox', { name: /“Welding 3”/ }).click()
    await page.getByRole('option', { name: 'Joining metal' }).click()
    await page.getByText('Every title is settled.').waitFor()
    await page.getByRole('button', { name: 'Check again' }).click()
    await page.getByRole('heading', { name: 'Done', level: 2 }).waitFor()
    const { body } = await office.get(`/v1/imports/${id}/rows?outcome=created`)
    expect(body.items.map(({ courses }: { courses: string[] }) => courses)).toEqual([
      [COURSE],
      ['Joining metal', COURSE],
    ])
    expect(welding).toBeTruthy()
  })

  test('an unmatched title of two companies is counted once and gets a course for each company', async () => {
    const rows = [
      person(26, { 'module requested 1': 'Qualia 9' }),
      person(27, { 'module requested 1': 'Qualia 9', companyName: 'Red Hill' }),
    ]
    const page = await world.openAs(null, `/imports/${await upload(rows)}`)
    const panel = page.getByRole('region', { name: 'Course titles are not known' })
    await panel.getByText('1 course title is not known.').waitFor()
    await panel.getByText('1 title is open.').waitFor()
    await panel.getByText('A title stands here once for each company whose rows have it.').waitFor()
    await shoot(page, 'import-refused-title-of-two')
    await page.getByRole('combobox', { name: /“Qualia 9” of Blue Harbour/ }).click()
    await page.getByRole('option', { name: COURSE }).click()
    await panel.getByText('1 title is open.').waitFor()
    await page.getByRole('combobox', { name: /“Qualia 9” of Red Hill/ }).click()
    await page.getByRole('option', { name: 'Safety at Red Hill' }).click()
    await panel.getByText('Every title is settled.').waitFor()
  })

  test('an import of a file with unknown headers names them and asks for a corrected file', async () => {
    const text = csv([person(31)])
      .replace('last_name', 'Lastname')
      .replace('companyName', 'firm')
    const { body } = await office.upload(text, { template: 'onboarding' })
    const page = await world.openAs(null, `/imports/${body.id}`)
    await page.getByRole('list', { name: 'What has to be settled' }).waitFor()
    await page.getByText('Column “companyName” is missing.', { exact: true }).waitFor()
    await shoot(page, 'import-refused-headers')
    await page.getByRole('link', { name: 'Upload a corrected file' }).click()
    await page.waitForURL('**/import')
  })

  test('an import that the mail server paused shows the cause, and resumes with one click', async () => {
    sink.script.mail = () => ({ code: 535, text: '5.7.8 Authentication credentials invalid' })
    const id = await upload(people(3, asked, 41))
    const page = await world.openAs(null, `/imports/${id}`)
    await page.getByRole('heading', { name: 'The mail settings do not work' }).waitFor({ timeout: 40_000 })
    await page.getByText('3 people created').waitFor()
    await page.getByText('535 5.7.8 Authentication credentials invalid').waitFor()
    await page.getByText('Stopped: The mail settings do not work').waitFor()
    await shoot(page, 'import-paused')
    delete sink.script.mail
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('heading', { name: 'Done', level: 2 }).waitFor()
    await page.getByText('Resumed by Mira Tóth').waitFor()
    expect(sink.copies('quillon.41@people.example')).toHaveLength(1)
  })

  test('an import in review shows the plan with old and new values, and applies it after one question', async () => {
    const changed = person(51, { email: all.blue.email, name: 'Adele', last_name: 'Lovelace' })
    const id = await upload([changed, person(52, asked(52))], { review: true, existing: 'update' })
    const page = await world.openAs(null, `/imports/${id}?plan=update`)
    await page.getByText('This waits for your confirmation').waitFor()
    await page.getByText('First name').waitFor()
    await page.getByText('Adele').waitFor()
    await shoot(page, 'import-review')
    await page.getByRole('button', { name: 'Import 2 people' }).click()
    await page.getByText('E-mails cannot be called back').waitFor()
    await shoot(page, 'import-confirm')
    await page.getByRole('dialog').getByRole('button', { name: 'Import 2 people' }).click()
    await page.getByRole('heading', { name: 'Done', level: 2 }).waitFor()
    await page.getByRole('link', { name: /Changed/ }).click()
    const line = page.getByRole('row').filter({ hasText: all.blue.email })
    await line.getByText('Adele').waitFor()
    expect(await line.textContent()).toMatch(/First name.*Ada.*Adele/)
    await shoot(page, 'import-changed')
  })

  test('an import in review without changes says so and has no confirm button', async () => {
    const same = [person(55)]
    await untilStatus(office, await upload(same, { sendEmails: false }), 'completed')
    const id = await upload(same, { review: true, existing: 'update', sendEmails: false })
    const page = await world.openAs(null, `/imports/${id}`)
    await page.getByText('Everything in the file is there already: there is nothing to import.').waitFor()
    expect(await page.getByRole('button', { name: 'Import 0 people' }).isDisabled()).toBe(true)
    await shoot(page, 'import-review-nothing')
  })

  test('an import in review that only adds courses shows how many', async () => {
    const one = person(56)
    await untilStatus(office, await upload([one], { sendEmails: false }), 'completed')
    const more = [{ ...one, 'module requested 1': 'Safety at Blue Harbour' }]
    const id = await upload(more, { review: true, existing: 'update', sendEmails: false })
    const page = await world.openAs(null, `/imports/${id}`)
    await page.getByRole('button', { name: 'Add 1 course assignment' }).click()
    await page.getByRole('dialog').getByText('Adds 1 course assignment. No e-mails are sent.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Add 1 course assignment' }).click()
    await page.getByRole('heading', { name: 'Done', level: 2 }).waitFor()
  })

  test('an import whose users changed after the confirmation names them, and resumes with their current values', async () => {
    const rows = [person(61, { email: all.blue.email, name: 'Ada' }), person(62)]
    const id = await upload(rows, { review: true, existing: 'update', sendEmails: false })
    await untilStatus(office, id, 'review')
    await office.patch(`/v1/users/${all.blue.user}`, { firstName: 'Augusta' })
    const page = await world.openAs(null, `/imports/${id}`)
    await page.getByRole('button', { name: 'Import 2 people' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Import 2 people' }).click()
    await page.getByRole('list', { name: 'People who changed' }).getByText(all.blue.email).waitFor()
    await shoot(page, 'import-outdated')
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('heading', { name: 'Done', level: 2 }).waitFor()
  })

  test('an import is cancelled after one question that says what stays', async () => {
    const id = await upload(people(2, asked, 71), { review: true })
    const page = await world.openAs(null, `/imports/${id}`)
    await page.getByRole('button', { name: 'Cancel the import' }).click()
    await page.getByText('Nothing was written yet, and nothing will be.').waitFor()
    await shoot(page, 'import-cancel')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the import' }).click()
    await page.getByRole('heading', { name: 'Cancelled', level: 2 }).waitFor()
    await shoot(page, 'import-cancelled')
  })

  test('a dry run shows what the import would have done', async () => {
    const id = await upload(people(2, asked, 81), { dryRun: true })
    const page = await world.openAs(null, `/imports/${id}`)
    await page.getByText('This was a check only').waitFor()
    await page.getByRole('link', { name: /Will be created/ }).click()
    await page.getByText('quillon.81@people.example').waitFor()
    await shoot(page, 'import-dry-run')
  })

  test('an import does not exist for administrators of another company', async () => {
    const id = await upload(people(1, asked, 91))
    const page = await world.openAs([all.red.company], `/imports/${id}`)
    await page.getByText('There is no such import.').waitFor()
    await shoot(page, 'import-not-found')
  })

  test('the page of an unknown import sends one request and does not poll', async () => {
    const page = await world.openAs(null, '/imports')
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.clock.install()
    await page.goto('/imports/no-such-import')
    await page.getByText('There is no such import.').waitFor()
    await page.clock.runFor(20_000)
    expect(asked.filter((path) => path.startsWith('/v1/imports/'))).toEqual(['/v1/imports/no-such-import'])
  })
})
