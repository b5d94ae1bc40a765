import { expect, test } from 'vitest'
import { importOptions } from '../../cli/import-options.ts'

test('flags become options, and what was not asked for is left to the API', () => {
  expect(importOptions({})).toEqual({})
  const flags = { update: true, 'no-emails': true, review: true, 'dry-run': true, 'reject-invalid': true }
  expect(importOptions(flags)).toEqual({
    existing: 'update',
    sendEmails: false,
    review: true,
    dryRun: true,
    invalidRows: 'reject',
  })
})

test('any option can be given by its key; values that are JSON count as such', () => {
  const option = ['passwords.set=generate', 'passwords.forceReset=false', 'groups=["a","b"]', 'message=a=b', 'x=']
  expect(importOptions({ option })).toEqual({
    passwords: { set: 'generate', forceReset: false },
    groups: ['a', 'b'],
    message: 'a=b',
    x: '',
  })
})

test.each(['nonsense', '=x', '__proto__.x=1', 'a..b=1'])('%s is no option', (option) => {
  expect(() => importOptions({ option: [option] })).toThrow('KEY=VALUE')
})

test('a key that is a value and a group at once is refused', () => {
  expect(() => importOptions({ option: ['passwords=1', 'passwords.set=generate'] })).toThrow('given twice')
})
