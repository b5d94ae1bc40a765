import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { optionsSchema } from '../../../api/imports/options/options-schema.ts'
import { importOptions, optionFlags } from '../../../cli/flags/import-options.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-cli-'))
})
afterAll(() => rm(folder, { recursive: true }))

const optionsOf = (flags: Parameters<typeof importOptions>[0]) => importOptions(flags, folder)

/** Every flag there is, each with a value that the API takes. */
const everything = {
  mode: 'invite',
  existing: 'update',
  'blank-cells': 'clear',
  'enrol-existing': true,
  passwords: 'activation',
  'update-passwords': true,
  'no-emails': true,
  message: 'Welcome!',
  'deliver-to': 'importer',
  course: ['01900000-0000-7000-8000-000000000001'],
  collection: ['01900000-0000-7000-8000-000000000002'],
  campaign: ['01900000-0000-7000-8000-000000000003'],
  groups: ['01900000-0000-7000-8000-000000000004 / 01900000-0000-7000-8000-000000000005'],
  'groups-mode': 'replace',
  'unknown-groups': 'create',
  'permission-set': '01900000-0000-7000-8000-000000000006',
  company: '01900000-0000-7000-8000-000000000007',
  language: 'en-GB',
  'invalid-rows': 'reject',
  review: true,
  'dry-run': true,
}

test('every option of the API has a flag, and every flag is an option of the API', async () => {
  expect(Object.keys(everything).sort()).toEqual(
    Object.keys(optionFlags)
      .filter((flag) => !['option', 'options'].includes(flag))
      .sort(),
  )
  const options = await optionsOf(everything)
  expect(Object.keys(options).sort()).toEqual(Object.keys(optionsSchema.shape).sort())
  expect(optionsSchema.safeParse(options).error?.issues).toBeUndefined()
  expect(options).toMatchObject({
    passwords: { set: 'activation', updateExisting: true },
    sendEmails: false,
    groups: [expect.stringMatching(/4$/), expect.stringMatching(/5$/)],
    enrol: { courses: everything.course, collections: everything.collection, campaigns: everything.campaign },
  })
})

test('what was not asked for is left to the API', async () => {
  expect(await optionsOf({})).toEqual({})
  expect(await optionsOf({ review: false, 'no-emails': false })).toEqual({})
})

test('any option can be given by its key; values that are JSON count as such', async () => {
  const option = ['passwords.set=generate', 'passwords.forceReset=false', 'groups=["a","b"]', 'message=a=b', 'x=']
  expect(await optionsOf({ option })).toEqual({
    passwords: { set: 'generate', forceReset: false },
    groups: ['a', 'b'],
    message: 'a=b',
    x: '',
  })
})

test('options can stand in a file; --option wins over it, and a flag over both', async () => {
  const written = { mode: 'invite', existing: 'skip', enrol: { courses: ['a'] }, language: 'de' }
  await writeFile(join(folder, 'options.json'), `\ufeff${JSON.stringify(written)}`)
  const flags = { options: 'options.json', option: ['existing=update', 'language=fr'], language: 'hu', campaign: ['c'] }
  expect(await optionsOf(flags)).toEqual({
    mode: 'invite',
    existing: 'update',
    enrol: { courses: ['a'], campaigns: ['c'] },
    language: 'hu',
  })
})

test('a file of options that is none is named, and nothing of it is shown', async () => {
  await writeFile(join(folder, 'list.json'), '["secret"]')
  const refused = await optionsOf({ options: 'list.json' }).catch((error: Error) => error.message)
  expect(refused).toBe('list.json: expected one JSON object, such as {"key":"value"}.')
  await expect(optionsOf({ options: 'none.json' })).rejects.toThrow('none.json: there is no such file.')
})

test.each(['nonsense', '=x', '__proto__.x=1', 'a..b=1'])('%s is no option', async (option) => {
  await expect(optionsOf({ option: [option] })).rejects.toThrow('KEY=VALUE')
})

test('a key that is a value and a group at once is refused', async () => {
  await expect(optionsOf({ option: ['passwords=1', 'passwords.set=generate'] })).rejects.toThrow('given twice')
})

test('a password is taken neither from the command line nor from a file', async () => {
  await expect(optionsOf({ option: ['passwords.default=hunter2'] })).rejects.toThrow('MUSTER_DEFAULT_PASSWORD')
  await writeFile(join(folder, 'secret.json'), '{"passwords":{"default":"hunter2"}}')
  const refused = await optionsOf({ options: 'secret.json' }).catch((error: Error) => error.message)
  expect(refused).toContain('MUSTER_DEFAULT_PASSWORD')
  expect(refused).not.toContain('hunter2')
})
