import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csv, person } from '../../../support/people.ts'
import { shoot } from '../../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../../support/console-world.ts'
import { shiftsOf, watchShifts } from '../../support/shifts.ts'

/** Bytes. Far more than the buffers of the kernel and of Muster hold between a browser and a blocked database. */
const BIG = 40_000_000

/** 255 characters, the most that file systems allow. */
const LONG_NAME = `${'the-people-of-every-site-and-every-shift-'.repeat(7).slice(0, 251)}.csv`

/** Screenshots take long on a busy machine. */
const PATIENT = { timeout: 180_000 }

let world: ConsoleWorld
let folder: string
beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
  folder = await mkdtemp(join(tmpdir(), 'muster-upload-'))
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

const status = (page: Page) => page.getByRole('status')
const drop = (page: Page) => page.getByRole('button', { name: /^Drop a file here/ })
const input = (page: Page) => page.locator('input[type=file]')

/** Counts the lines of an element. */
const linesOf = (found: Locator): Promise<number> =>
  found.evaluate((element) => {
    const lineHeight = Number.parseFloat(getComputedStyle(element).lineHeight)
    return Math.round(element.getBoundingClientRect().height / lineHeight)
  })

async function bigFile(): Promise<string> {
  const path = join(folder, 'big.csv')
  const line = csv([person(1, { region: 'r'.repeat(900) })])
    .split('\n')[1]
    ?.concat('\n')
  const head = csv([]).trimEnd()
  if (!line) throw new Error('A file of one person has no row.')
  await writeFile(path, `${head}\n${line.repeat(Math.ceil(BIG / line.length))}`)
  return path
}

describe('a file that uploads slowly', PATIENT, () => {
  test('a slow upload shows how much was sent, then what is checked, and no element moves', async () => {
    const path = await bigFile()
    const page = await world.openAs(null, '/imports')
    await watchShifts(page)
    await page.goto('/import')
    await drop(page).waitFor()
    await shiftsOf(page)
    const area = await drop(page).boundingBox()
    // A blocked database: the API reads no more, so the network carries no more.
    const block = await world.deps.pool.connect()
    await block.query('BEGIN; LOCK TABLE file_chunks IN EXCLUSIVE MODE')
    await input(page).setInputFiles(path)
    const bar = page.getByRole('progressbar', { name: 'Sending big.csv' })
    await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0)
    expect(Number(await bar.getAttribute('aria-valuenow'))).toBeLessThan(100)
    const place = page.getByRole('button', { name: /^Sending big\.csv/ })
    expect(await place.textContent()).toMatch(/\d+\.\d MB of 4\d\.\d MB/)
    expect(await place.boundingBox()).toEqual(area)
    expect(await status(page).allTextContents()).toContain('Sending big.csv')
    expect((await shiftsOf(page)).moves).toEqual([])
    await shoot(page, 'new-import-sending')
    await shiftsOf(page)
    let look = () => {}
    const held = new Promise<void>((resolve) => {
      look = resolve
    })
    await page.route('**/v1/drafts/*/preview', (route) => held.then(() => route.continue()))
    await block.query('ROLLBACK')
    block.release()
    const checking = page.getByRole('button', { name: /^Checking big\.csv/ })
    await checking.getByText('How it is written, what its columns are, how many people it holds').waitFor()
    await bar.waitFor({ state: 'detached' })
    expect(await checking.boundingBox()).toEqual(area)
    expect((await shiftsOf(page)).moves).toEqual([])
    await shoot(page, 'new-import-checking')
    look()
    await page.waitForURL('**/import/*')
    await page.getByText(/^big\.csv · [\d,]+ people/).waitFor()
  })
})

describe('a file with a name of 255 characters', PATIENT, () => {
  test('a file name of 255 characters is shown in full, in at most three lines, during the import and after it', async () => {
    const page = await world.openAs(null, '/import', 'phone')
    await page.route('**/v1/drafts/*/preview', (route) => route.abort())
    const buffer = Buffer.from(csv([person(1)]))
    await input(page).setInputFiles({ name: LONG_NAME, mimeType: 'text/csv', buffer })
    await page.getByRole('button', { name: 'Try again' }).waitFor()
    await shoot(page, 'new-import-long-name')
    await page.unroute('**/v1/drafts/*/preview')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Choices' }).waitFor()
    await shoot(page, 'new-import-long-name-read')
    await page.getByRole('button', { name: 'Change the step File' }).click()
    await page.getByRole('button', { name: `Keep ${LONG_NAME}` }).waitFor()
    await shoot(page, 'new-import-long-name-again')
    await page.goto('/import')
    await page.getByRole('button', { name: `Discard ${LONG_NAME}` }).click()
    await page.getByRole('dialog').waitFor()
    await shoot(page, 'new-import-long-name-discard')
    const file = { name: LONG_NAME, mimeType: 'text/csv', buffer }
    const multipart = { file, template: 'onboarding' }
    const answer = await page.request.post('/v1/imports', { multipart, headers: { Origin: world.origin } })
    await page.goto(`/imports/${((await answer.json()) as { id: string }).id}`)
    const title = page.getByRole('heading', { level: 1, name: LONG_NAME })
    await title.waitFor()
    expect(await title.getAttribute('title')).toBe(LONG_NAME)
    expect(await linesOf(title)).toBe(3)
    await shoot(page, 'import-long-name')
    await page.goto('/imports')
    const cell = page.getByRole('table').getByText(LONG_NAME)
    await cell.waitFor()
    expect(await linesOf(cell)).toBeLessThanOrEqual(3)
    await shoot(page, 'imports-long-name')
  })
})

describe('several files', PATIENT, () => {
  test('several files dropped at once are all rejected, with the advice to drop one at a time', async () => {
    const page = await world.openAs(null, '/import')
    await drop(page).waitFor()
    const dropped = (names: string[]) =>
      page.evaluateHandle(
        ([content, ...all]) => {
          const transfer = new DataTransfer()
          for (const name of all) transfer.items.add(new File([content ?? ''], name, { type: 'text/csv' }))
          return transfer
        },
        [csv([person(1)]), ...names],
      )
    const heading = page.getByRole('heading', { name: 'New import' })
    await heading.dispatchEvent('drop', { dataTransfer: await dropped(['one.csv', 'two.csv']) })
    const alert = page.getByRole('alert')
    await alert.getByText('One file at a time: these were 2').waitFor()
    await shoot(page, 'new-import-several-files')
    await heading.dispatchEvent('drop', { dataTransfer: await dropped(['one.csv']) })
    await page.getByText('one.csv · 1 person').waitFor()
    expect(await alert.count()).toBe(0)
  })
})
