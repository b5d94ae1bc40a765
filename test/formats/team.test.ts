import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { type FormatsWorld, formatsWorld } from './world.ts'

let world: FormatsWorld
let permissionSet: string

beforeAll(async () => {
  world = await formatsWorld(import.meta.url)
  permissionSet = await world.made('permission-sets', { name: 'Administrator' })
})
afterAll(() => world.close())

const template = 'team'
const header = ['First name', 'Last name', 'Email', 'Description']
const address = (who: string) => `${who}@team.example`
const of = (who: string) => world.person(address(who))
const table = (...rows: string[][]) => rows.map((row) => row.join(',')).join('\n')

test('the four headers must be in this order in CSV and XLSX, and Description may be empty', async () => {
  const rows = [header, ['Ada', 'Byron', address('ada'), 'Head of training'], ['Bo', 'Li', address('bo'), '']]
  const workbook = await writeWorkbook([{ data: rows.map((row) => row.map((cell) => cell || null)), sheet: 'Team' }])
  const options = { permissionSet, sendEmails: false }
  for (const [counts, file] of [
    [{ created: 2, skipped: 0, invalid: 0 }, await workbook.toBuffer()],
    [{ created: 0, skipped: 2, invalid: 0 }, table(...rows)],
  ] as const) {
    expect(await world.imported(file, { template, options })).toMatchObject({ status: 'completed', counts })
  }
  expect(await of('ada')).toMatchObject({ firstName: 'Ada', lastName: 'Byron', description: 'Head of training' })
  expect(await of('bo')).toMatchObject({ description: null, company: null })
})

test('First name, Last name and Email are required in every row', async () => {
  const rows = [
    ['', 'Byron', address('x'), ''],
    ['Ada', '', address('y'), ''],
    ['Ada', 'Byron', '', ''],
  ]
  const done = await world.imported(table(header, ...rows), { template, options: { permissionSet } })
  expect(await world.errors(done.id)).toEqual({
    2: ['First name: missing-value'],
    3: ['Last name: missing-value'],
    4: ['Email: missing-value'],
  })
})

describe('a file with a wrong structure', () => {
  const wrong: [string, string[], string][] = [
    ['another order', ['Last name', 'First name', 'Email', 'Description'], 'position'],
    ['another spelling', ['First name', 'Last name', 'E-mail', 'Description'], 'spelling'],
    ['a column missing', ['First name', 'Last name', 'Email'], 'missing'],
  ]

  test.each(wrong)(
    '%s gives one clear error that says what to correct, before and in the import',
    async (_, own, reason) => {
      const text = table(own, ['Ada', 'Byron', address('later'), ''].slice(0, own.length))
      const { problems } = await world.preview(text, { template })
      expect(problems).toMatchObject([
        { code: 'invalid-headers', headers: [{ reason }, ...(reason === 'position' ? [{}] : [])] },
      ])
      const refused = await world.imported(text, { template, options: { permissionSet } })
      expect(refused).toMatchObject({
        status: 'rejected',
        problem: { code: 'invalid-headers', detail: problems[0].detail },
      })
      expect(refused.problem.detail).toMatch(/Column/)
      expect(await of('later')).toBeUndefined()
    },
  )

  test('the corrected file is accepted at the next try', async () => {
    const rows = [['Cy', 'Ode', address('cy'), '']]
    const options = { permissionSet, sendEmails: false }
    expect((await world.imported(table(header.toReversed(), ...rows), { template, options })).status).toBe('rejected')
    expect((await world.imported(table(header, ...rows), { template, options })).counts.created).toBe(1)
  })
})

test('an import without the required permission set returns 422', async () => {
  const text = table(header, ['Di', 'Fox', address('di'), ''], ['Ed', 'Fox', address('ed'), ''])
  const refused = await world.upload(text, { template })
  expect([refused.status, refused.body.code]).toEqual([422, 'permission-set-required'])
  expect(await of('di')).toBeUndefined()
  await world.imported(text, { template, options: { permissionSet, sendEmails: false } })
  expect([(await of('di')).permissionSet, (await of('ed')).permissionSet]).toEqual([permissionSet, permissionSet])
})

test('the result shows the number of valid users who were invited', async () => {
  const rows = [
    ['Flo', 'Ray', address('flo'), ''],
    ['Gia', 'Ray', address('gia'), ''],
    ['Hal', 'Ray', 'nowhere', ''],
  ]
  const options = { permissionSet, mode: 'invite' }
  const done = await world.imported(table(header, ...rows), { template, options })
  expect(done.counts).toMatchObject({ records: 3, valid: 2, invited: 2, invalid: 1, emails: { sent: 2 } })
  for (const who of ['flo', 'gia']) expect(await of(who)).toMatchObject({ status: 'invited', permissionSet })
})
