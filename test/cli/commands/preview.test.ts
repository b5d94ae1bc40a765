import { expect, test } from 'vitest'
import { type Preview, previewText } from '../../../cli/print/print-preview.ts'

const paint = (_style: string, text: string) => text
const command = ['muster', 'import', 'my people.csv']
const column = (header: string, field: string | null, source: string | null, ...samples: string[]) => ({
  header,
  field,
  source,
  samples,
})

const preview: Preview = {
  file: { name: 'my people.csv', evidence: ["3 columns split by ';'"] },
  template: 'none',
  headers: ['Vorname', 'E-Mail', 'Notiz'],
  cells: [['Zoë', 'zoe@example.com', '']],
  mapping: { firstName: 'Vorname', email: 'E-Mail' },
  mappingSource: 'suggested',
  columns: [
    column('Vorname', 'firstName', 'header', 'Zoë'),
    column('E-Mail', 'email', 'cells', 'zoe@example.com'),
    column('Notiz', null, null),
  ],
  missing: [],
  people: [{ row: 2, firstName: 'Zoë', lastName: null, email: 'zoe@example.com', groups: ['A', 'B'], errors: [] }],
  records: 1204,
  problems: [],
  earlier: [{ id: '01a2', status: 'completed', startedBy: 'Ada', createdAt: '2026-11-03T14:02:11.000Z' }],
}
const textOf = (changes: Partial<Preview> = {}) => previewText({ ...preview, ...changes }, command, paint, 100)

test('a preview shows the file format, the match of each column and its reason, the users, and the import command', () => {
  expect(textOf()).toBe(
    [
      'my people.csv  1,204 people',
      '  template none',
      "  3 columns split by ';'",
      '',
      'Column   Field                                    For example',
      'Vorname  firstName       suggested by its header  Zoë',
      'E-Mail   email           suggested by its cells   zoe@example.com',
      'Notiz    (not imported)',
      '',
      'row  firstName  email            groups',
      '2    Zoë        zoe@example.com  A / B',
      '… and 1,203 more',
      '',
      'This very file was imported before:',
      '  2026-11-03 14:02 UTC  completed  by Ada  01a2',
      '',
      'To import it so:',
      "  muster import 'my people.csv' --template none \\",
      '    --map firstName=Vorname --map email=E-Mail',
      '',
    ].join('\n'),
  )
})

test('a preview of exact template headers shows no table of columns and no --map', () => {
  const columns = [column('email', 'email', 'template', 'zoe@example.com')]
  const text = textOf({ template: 'onboarding', mappingSource: 'template', columns, earlier: [] })
  expect(text).not.toContain('For example')
  expect(text).toContain("To import it so:\n  muster import 'my people.csv'\n")
})

test('a required field without a column becomes a placeholder in the command', () => {
  const problem = { title: 'The columns cannot be matched', status: 422, code: 'invalid-mapping', mapping: [] }
  const text = textOf({ missing: ['lastName'], problems: [problem] })
  expect(text).toContain('No column is known for lastName, which is required.')
  expect(text).toContain("--map 'lastName=…'")
})

test('a preview with a duplicate header names it and shows no import command', () => {
  const columns = [column('email', null, null, 'a@example.com'), column('email', null, null, 'b@example.com')]
  const problem = { title: 'The columns cannot be matched', status: 422, code: 'invalid-mapping', mapping: [] }
  const text = textOf({ headers: ['email', 'email'], columns, mapping: {}, missing: ['email'], problems: [problem] })
  expect(text).toMatch(/email {3}\(not imported\) {2}stands twice {2}a@example.com/)
  expect(text).not.toContain('muster import')
})

test('a preview shows the errors of the first rows below them', () => {
  const errors = [{ column: 'E-Mail', code: 'invalid-email', message: 'Expected one address.', value: 'a@' }]
  const text = textOf({ people: [{ row: 2, email: 'a@', errors }] })
  expect(text).toContain('Rows with errors among these:\n  row 2  E-Mail  "a@"  Expected one address.')
})

test('a preview of a file that would be rejected ends with the reason and no command, and escapes control characters in cells', () => {
  const problems = [
    { title: 'The file cannot be read', detail: 'It is a PDF document.', code: 'file-is-pdf', status: 422 },
  ]
  const cells = [['\u001b[31m', 'x', '']]
  const text = textOf({ cells, people: [], columns: [], problems, earlier: [] })
  expect(text).toContain('\\u{1b}[31m')
  expect(text).toMatch(/✗ The file cannot be read\n {2}It is a PDF document\.\n$/)
})
