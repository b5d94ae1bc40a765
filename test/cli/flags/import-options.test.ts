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

/** Every flag, each with a value that the API accepts. */
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

test('an option that was not given is not sent', async () => {
  expect(await optionsOf({})).toEqual({})
  expect(await optionsOf({ review: false, 'no-emails': false })).toEqual({})
})

test('--option sets any option by its key, and parses a value that is JSON', async () => {
  const option = ['passwords.set=generate', 'passwords.forceReset=false', 'groups=["a","b"]', 'message=a=b', 'x=']
  expect(await optionsOf({ option })).toEqual({
    passwords: { set: 'generate', forceReset: false },
    groups: ['a', 'b'],
    message: 'a=b',
    x: '',
  })
})

test('options can come from a file, --option overrides the file, and a flag overrides both', async () => {
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

test('an error about an invalid options file names the file and does not quote it', async () => {
  await writeFile(join(folder, 'list.json'), '["secret"]')
  const refused = await optionsOf({ options: 'list.json' }).catch((error: Error) => error.message)
  expect(refused).toBe('list.json: expected one JSON object, such as {"key":"value"}.')
  await expect(optionsOf({ options: 'none.json' })).rejects.toThrow('none.json: there is no such file.')
})

test.each(['nonsense', '=x', '__proto__.x=1', 'a..b=1'])('%s is not a valid value of --option', async (option) => {
  await expect(optionsOf({ option: [option] })).rejects.toThrow('KEY=VALUE')
})

test('a key that is both a value and a group is rejected', async () => {
  await expect(optionsOf({ option: ['passwords=1', 'passwords.set=generate'] })).rejects.toThrow('given twice')
})

test('a password on the command line or in an options file is rejected', async () => {
  await expect(optionsOf({ option: ['passwords.default=hunter2'] })).rejects.toThrow('MUSTER_DEFAULT_PASSWORD')
  await writeFile(join(folder, 'secret.json'), '{"passwords":{"default":"hunter2"}}')
  const refused = await optionsOf({ options: 'secret.json' }).catch((error: Error) => error.message)
  expect(refused).toContain('MUSTER_DEFAULT_PASSWORD')
  expect(refused).not.toContain('hunter2')
})
