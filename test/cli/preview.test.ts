import { expect, test } from 'vitest'
import { previewText } from '../../cli/print-preview.ts'

const paint = (_style: string, text: string) => text
const preview = {
  file: { name: 'people.csv', format: 'csv', evidence: ["2 columns split by ';'"] },
  headers: ['name', 'email'],
  cells: [
    ['Zoë', 'zoe@example.com'],
    ['佐藤', 'a.very.long.address.indeed@example.com'],
  ],
  records: 1204,
  problems: [],
  seenBefore: ['01a2'],
}

test('a preview shows what the file is, its first people in columns, and how many more there are', () => {
  expect(previewText(preview, paint, 100)).toBe(
    [
      'people.csv  1,204 people',
      "  2 columns split by ';'",
      '',
      'name  email',
      'Zoë   zoe@example.com',
      '佐藤  a.very.long.address.ind…',
      '… and 1,202 more',
      '',
      'This very file was imported before: 01a2',
      '',
    ].join('\n'),
  )
})

test('what would refuse the file stands below, and cells cannot steer the terminal', () => {
  const problem = {
    title: 'The file cannot be read',
    detail: 'It is a PDF document.',
    code: 'file-is-pdf',
    status: 422,
  }
  const text = previewText(
    { ...preview, cells: [['\u001b[31m', 'x']], problems: [problem], seenBefore: [] },
    paint,
    100,
  )
  expect(text).toContain('\\u{1b}[31m')
  expect(text).toMatch(/✗ The file cannot be read\n {2}It is a PDF document\.\n$/)
})
