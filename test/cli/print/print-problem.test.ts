import { expect, test } from 'vitest'
import { problemText } from '../../../cli/print/print-problem.ts'
import { unpainted } from '../../../cli/terminal/io.ts'

test('every unmatched title is listed with its company, rows, reason and suggestions', () => {
  const text = problemText(
    {
      title: 'Four course titles are not known',
      status: 422,
      code: 'unmatched-titles',
      count: 1_004,
      detail: 'Nothing was written. Correct the titles and import the file again.',
      unmatchedTitles: [
        {
          title: 'Saftey – Level 1',
          company: 'Blue Harbour',
          rows: { count: 41, first: [2, 3, 4, 5, 7] },
          reason: 'unknown',
          suggestions: ['Safety – Level 1', 'Safety – Level 2'],
        },
        {
          title: 'Welding – Basics',
          company: 'Harbour, Lane & Partners',
          rows: { count: 2, first: [12, 16] },
          reason: 'not-available',
          suggestions: [],
        },
        {
          title: 'CUSTOMER CARE – BASICS',
          company: 'Mesa Verde Foods',
          rows: { count: 1, first: [24] },
          reason: 'ambiguous',
          suggestions: ['Customer Care – Basics', 'Customer Care - Basics'],
        },
        {
          title: 'Underwater \u001b[31mBasket',
          company: '佐藤',
          rows: { count: 1, first: [11] },
          reason: 'unknown',
          suggestions: [],
        },
      ],
    },
    unpainted,
    80,
  )
  expect(text).toBe(`✗ Four course titles are not known
  Nothing was written. Correct the titles and import the file again.

  Title                          Company                   Rows
  "Saftey – Level 1"             Blue Harbour              41 rows: 2, 3, 4, 5, 7, …
    → No such course. Did you mean "Safety – Level 1" or "Safety – Level 2"?
  "Welding – Basics"             Harbour, Lane & Partners  2 rows: 12, 16
    → The course exists, but this company has no access to it.
  "CUSTOMER CARE – BASICS"       Mesa Verde Foods          row 24
    → Several courses fit equally well; write one exactly: "Customer Care – Basics" or "Customer Care - Basics"
  "Underwater \\u{1b}[31mBasket"  佐藤                      row 11
    → No such course. No title of this company comes close.
  … and 1,000 more
`)
})

test('wrong headers are listed with the found header, the expected header and the column', () => {
  const text = problemText(
    {
      title: 'The headers do not fit',
      status: 422,
      code: 'invalid-headers',
      detail: 'The header row does not fit the template: Column E is …',
      headers: [
        { found: 'companyname', expected: 'companyName', column: 'E', reason: 'spelling' },
        { found: 'nickname', expected: null, column: 'H', reason: 'unknown' },
        { found: 'email', expected: 'email', column: 'K', reason: 'duplicate' },
        { found: null, expected: 'languageCode', column: null, reason: 'missing' },
      ],
    },
    unpainted,
    80,
  )
  expect(text).toBe(`✗ The headers do not fit

  Column  Found          Expected
  E       "companyname"  "companyName"   must be spelled exactly so, capitals included
  H       "nickname"     -               is no column of this template
  K       "email"        "email"         stands twice
  -       nothing        "languageCode"  is required and missing
`)
})

test('a problem with an unknown code prints its title, its wrapped detail and its errors', () => {
  const detail = 'Sending e-mails stopped: the mail server has not answered for a day. What was done stays done.'
  const errors = [
    { path: ['options', 'existing'], message: 'expected update or skip' },
    { option: 'x', message: 'the mail server has not answered for a day' },
    { odd: true },
  ]
  expect(problemText({ title: 'Stopped', status: 400, detail, errors }, unpainted, 50)).toBe(`✗ Stopped
  Sending e-mails stopped: the mail server has not
  answered for a day. What was done stays done.

  options.existing: expected update or skip
`)
})

const textOf = (problem: object) => problemText({ title: 'Stopped', status: 409, ...problem }, unpainted, 80)

test('an outdated plan lists which users changed and how', () => {
  const moved = [
    { row: 2, email: 'ada@example.com', what: 'changed' },
    { row: 31, email: 'zoe@example.com', what: 'appeared' },
    { row: 4, email: null, what: 'gone' },
  ]
  expect(textOf({ code: 'plan-outdated', detail: 'Look at them.', moved })).toBe(`✗ Stopped
  Look at them.

  Row  Person
  2    ada@example.com  was changed meanwhile
  31   zoe@example.com  is there now, and was not
  4                     is no longer there
`)
})

test('columns that cannot be matched are listed once, each with its field and the reason', () => {
  const mapping = [
    { field: 'mail', header: 'E-Mail', reason: 'unknown-field' },
    { field: 'email', header: 'Mail', reason: 'unknown-header' },
    { field: 'region', header: 'Ort', reason: 'header-stands-twice' },
    { field: 'label', header: 'Ort', reason: 'header-used-twice' },
    { field: 'company', header: null, reason: 'missing-field' },
  ]
  expect(textOf({ code: 'invalid-mapping', detail: 'The columns …', mapping })).toBe(`✗ Stopped

  Field    Column
  mail     "E-Mail"  is no field; fields are those of muster templates none, and custom.<key>
  email    "Mail"    the file has no such column
  region   "Ort"     stands in the file twice: rename one of the two
  label    "Ort"     is given to another field, too
  company  nothing   is required and has no column
`)
})

test('courses that a company may not use and choices that no longer exist are listed', () => {
  const courses = [{ course: '1', title: 'Welding', company: 'Blue Harbour' }]
  expect(textOf({ code: 'enrol-not-available', detail: 'Open them.', count: 3, courses })).toBe(`✗ Stopped
  Open them.

  Course     Company
  "Welding"  Blue Harbour
  … and 2 more
`)
  const missing = [{ option: 'permissionSet', id: '0190' }]
  expect(textOf({ code: 'choices-gone', missing })).toContain('  Option         Id\n  permissionSet  0190\n')
})

test('every error in the options has a line, and none is printed twice', () => {
  const errors = [
    { option: 'mode', code: 'invalid-option', message: 'Expected create or invite.' },
    { option: null, code: 'x', message: 'And something else.' },
  ]
  const detail = 'mode: Expected create or invite. And something else.'
  expect(textOf({ code: 'invalid-options', detail, errors })).toBe(`✗ Stopped

  mode: Expected create or invite.
  And something else.
`)
})

test('a list of an unknown form prints only the detail, and a long list is cut off with the number of further items', () => {
  expect(textOf({ detail: 'Courses: “A”.', courses: ['0190'] })).toBe('✗ Stopped\n  Courses: “A”.\n')
  const moved = Array.from({ length: 1_500 }, (_, row) => ({ row, email: 'a@example.com', what: 'changed' }))
  const lines = textOf({ code: 'plan-outdated', moved }).trimEnd().split('\n')
  expect(lines).toHaveLength(104)
  expect(lines.at(-1)).toBe('  … and 1,400 more')
})

test('the reply of the mail server is printed below the detail, with its control characters made visible', () => {
  const mailServer = { code: 'configuration', reply: 535, message: '535 5.7.8 Wrong \u001b[31mpassword' }
  const problem = { title: 'Paused', status: 409, code: 'mail-configuration', detail: 'Check SMTP_URL.', mailServer }
  expect(problemText(problem, unpainted, 80)).toBe(
    '✗ Paused\n  Check SMTP_URL.\n\n  The mail server said: 535 5.7.8 Wrong \\u{1b}[31mpassword\n',
  )
  expect(problemText({ ...problem, mailServer: null }, unpainted, 80)).toBe('✗ Paused\n  Check SMTP_URL.\n')
})
