import { describe, expect, test } from 'vitest'
import { listText } from '../../../cli/print/import-list.ts'
import { summaryText } from '../../../cli/print/summary.ts'
import { exitCodeOf } from '../../../cli/terminal/exit-code.ts'
import { unpainted } from '../../../cli/terminal/io.ts'
import { anImport, noCounts, someCounts } from '../fake-api.ts'

const context = { paint: unpainted, width: 90, api: 'http://localhost:3000' }
const id = anImport().id

describe('the summary of an import', () => {
  test('a completed import shows the counts, the result and the links', () => {
    const links = {
      self: `/v1/imports/${id}`,
      resultCsv: `/v1/imports/${id}/result.csv`,
      errorsCsv: `/v1/imports/${id}/errors.csv`,
      temporal: 'http://localhost:8233/x',
    }
    expect(summaryText(anImport({ links }), context)).toBe(`✓ Completed  people.csv, 60 rows, in 4 s

   60  created
    0  updated
    0  skipped
  119  course assignments
    0  rows with errors
   60  e-mails sent
    0  e-mails failed

muster result ${id} --csv -o .  who was created, updated, skipped

id         ${id}
resultCsv  http://localhost:3000/v1/imports/${id}/result.csv
temporal   http://localhost:8233/x
`)
  })

  test('an import with a million invalid rows shows grouped figures and the first of these rows', () => {
    const counts = someCounts({
      records: 1_000_000,
      valid: 999_998,
      invalid: 2,
      created: 950_000,
      invited: 1,
      updated: 49_997,
      assignments: 3_000_000,
      emails: { queued: 0, sent: 949_990, failed: 10 },
    })
    const invalidRows = [
      { row: 17, errors: [{ column: 'email', code: 'invalid-email', message: 'Expected one address.', value: 'a@' }] },
    ]
    const found = anImport({ counts, finishedAt: '2026-11-23T09:03:06.000Z' })
    expect(summaryText(found, { ...context, invalidRows })).toBe(
      `! Completed, with errors  people.csv, 1,000,000 rows, in 3 min 05 s

    950,000  created
          1  invited
     49,997  updated
          0  skipped
  3,000,000  course assignments
          2  rows with errors
    949,990  e-mails sent
         10  e-mails failed

Rows with errors:
  row 17  email  "a@"  Expected one address.
  … and 1 row more

muster result ${id} --csv -o .  who was created, updated, skipped
muster errors ${id} -o .        the rows with errors, to correct

id  ${id}
`,
    )
    expect(exitCodeOf(found)).toBe(4)
  })

  test('a rejected import shows the reason and says that nothing was written', () => {
    const problem = { title: 'One course title is not known', status: 422, code: 'unmatched-titles' }
    const found = anImport({ status: 'rejected', plan: null, counts: noCounts(25), problem })
    expect(summaryText(found, context)).toBe(`✗ Refused: nothing was written  people.csv, 25 rows, in 4 s

✗ One course title is not known

id  ${id}
`)
    expect(exitCodeOf(found)).toBe(3)
  })

  test('a paused import shows what stopped it, what is done and how to resume', () => {
    const problem = {
      title: 'The mail server cannot be reached',
      status: 503,
      detail: 'Check that it runs, then resume.',
    }
    const counts = someCounts({ emails: { queued: 48, sent: 12, failed: 0 } })
    const found = anImport({ status: 'paused', phase: 'notify', finishedAt: null, problem, counts })
    expect(summaryText(found, context)).toBe(`! Paused: waits for you  people.csv, 60 rows

✗ The mail server cannot be reached
  Check that it runs, then resume.

   60  created
    0  updated
    0  skipped
  119  course assignments
    0  rows with errors
   12  e-mails sent
   48  e-mails waiting
    0  e-mails failed

muster resume ${id}  go on where it stopped
muster cancel ${id}  give up

id  ${id}
`)
    expect(exitCodeOf(found)).toBe(5)
  })

  test('a review and a dry run show what would happen, not what happened', () => {
    const plan = `   60  will be created
    0  will change
    0  stay as they are
  119  course assignments
    0  rows with errors
   60  e-mails`
    const review = anImport({ status: 'review', finishedAt: null, counts: noCounts(60) })
    expect(summaryText(review, context)).toBe(`! Checked: waits for your confirmation  people.csv, 60 rows

${plan}

muster plan ${id}     what would happen to each person
muster confirm ${id}  go on
muster cancel ${id}   leave it

id  ${id}
`)
    const dryRun = anImport({ options: { dryRun: true }, counts: noCounts(60) })
    expect(summaryText(dryRun, context)).toBe(`✓ Checked: nothing was written (dry run)  people.csv, 60 rows, in 4 s

${plan}

muster plan ${id}  what would happen to each person

id  ${id}
`)
    expect([exitCodeOf(review), exitCodeOf(dryRun)]).toEqual([5, 0])
  })

  test('an import that was just accepted shows how to follow it', () => {
    const found = anImport({ status: 'received', plan: null, counts: noCounts(), startedAt: null, finishedAt: null })
    expect(summaryText(found, context)).toBe(`… Waiting to start  people.csv, 0 rows

muster status ${id} --watch  follow it

id  ${id}
`)
    expect(exitCodeOf(found)).toBe(0)
  })

  test.each(['cancelled', 'failed'])('an import with the status %s ends with exit code 6', (status) => {
    expect(exitCodeOf(anImport({ status }))).toBe(6)
  })
})

test('the list has one line for each import, with right-aligned figures', () => {
  const other = anImport({ status: 'rejected', counts: noCounts(1_204), file: { name: 'a\u001bb.csv', size: 1 } })
  expect(
    listText([anImport(), other]),
  ).toBe(`Created (UTC)     Status      Rows  New  Updated  Errors  ID                                    File
2026-11-23 09:00  completed     60   60        0       0  ${id}  people.csv
2026-11-23 09:00  rejected   1,204    0        0       0  ${id}  a\\u{1b}b.csv
`)
  expect(listText([])).toBe('There is no import yet.\n')
})
