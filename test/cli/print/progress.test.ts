import { describe, expect, test } from 'vitest'
import { Pace, progressBar, progressText, stepDone, stepOf } from '../../../cli/print/progress.ts'
import type { Io } from '../../../cli/terminal/io.ts'
import { ProgressDisplay } from '../../../cli/terminal/progress-display.ts'
import type { Import } from '../../../cli/types.ts'
import { anImport, noCounts, someCounts } from '../fake-api.ts'

const plan = { create: 1_204, invite: 0, update: 0, skip: 0, invalid: 3, assignments: 0, emails: 1_204 }
const applying = (created: number, changes: Partial<Import['counts']> = {}) =>
  anImport({
    status: 'applying',
    plan,
    counts: someCounts({ records: 1_207, valid: 1_204, invalid: 3, created, ...changes }),
  })

describe('progress', () => {
  test('progress shows the step, percentage, counts, rate and time left on one line', () => {
    expect(progressBar(stepOf(applying(745)), 45.9, 120)).toBe(
      'Creating people    [███████████████░░░░░░░░░]   61 %  745 of 1,204 rows  46/s  about 10 s left',
    )
  })

  test('on a narrow terminal, the bar shrinks and disappears before any figure does, and progress stays on one line', () => {
    expect(progressBar(stepOf(applying(745)), 45.9, 80)).toBe(
      'Creating people    [█████░░░░]   61 %  745 of 1,204 rows  46/s  about 10 s left',
    )
    expect(progressBar(stepOf(applying(745)), 45.9, 70)).toBe(
      'Creating people     61 %  745 of 1,204 rows  46/s  about 10 s left',
    )
    expect(progressBar(stepOf(applying(745)), 45.9, 30)).toHaveLength(29)
  })

  test('a row that the database rejected counts as done, and 100 % is shown only when every row is done', () => {
    expect(progressText(stepOf(applying(1_203, { invalid: 4 })), null)).toBe('100 %  1,204 of 1,204 rows')
    expect(progressText(stepOf(applying(1_203)), null)).toBe(' 99 %  1,203 of 1,204 rows')
  })

  test('e-mails that wait to be sent are part of the total', () => {
    const counts = someCounts({ emails: { queued: 50, sent: 40, failed: 10 } })
    expect(progressText(stepOf(anImport({ status: 'notifying', counts })), 5)).toBe(
      ' 50 %  50 of 100 e-mails  5/s  about 10 s left',
    )
  })

  test('an import without e-mails shows no count of e-mails', () => {
    const step = stepOf(anImport({ status: 'notifying', counts: noCounts(60) }))
    expect(progressBar(step, null, 100)).toBe('Finishing')
    expect(stepDone(step, anImport({ status: 'completed' }))).toBeNull()
  })

  test('progress shows no percentage while the number of rows is unknown', () => {
    const parsing = anImport({ status: 'parsing', plan: null, counts: noCounts(340_000) })
    expect(progressBar(stepOf(parsing), 170_000, 100)).toBe('Reading the file   340,000 rows  170,000/s')
  })

  test('the rate is that of the last ten seconds and restarts with each step', () => {
    const pace = new Pace()
    expect(pace.add(stepOf(applying(0)), 0)).toBeNull()
    expect(pace.add(stepOf(applying(100)), 1_000)).toBe(100)
    for (let at = 2; at <= 30; at++) pace.add(stepOf(applying(100 + (at - 1) * 10)), at * 1_000)
    expect(pace.add(stepOf(applying(400)), 31_000)).toBe(10)
    expect(pace.add(stepOf(anImport({ status: 'notifying' })), 32_000)).toBeNull()
  })
})

function display(isTTY: boolean) {
  const written: string[] = []
  const stderr = { isTTY, columns: 60 } as NodeJS.WriteStream
  const io = { err: (text: string) => written.push(text), stderr, env: { NO_COLOR: '1' } } as unknown as Io
  return { written, shown: new ProgressDisplay(io) }
}

describe('the display', () => {
  test('without a terminal, the display prints a plain line for each step and one every five seconds', () => {
    const { written, shown } = display(false)
    shown.show(anImport({ status: 'validating', counts: noCounts(1_207) }), 0)
    for (let at = 0; at <= 6_000; at += 200) shown.show(applying(at / 10), at)
    shown.show(anImport(), 7_000)
    expect(written).toEqual([
      'Checking the rows  1,207 rows\n',
      '✓ Checked 1,207 rows\n',
      'Creating people  0 %  0 of 1,204 rows\n',
      'Creating people  41 %  500 of 1,204 rows  100/s  about 7 s left\n',
      '✓ Created 60 people, updated 0, skipped 0\n',
    ])
  })

  test('on a terminal, the display overwrites one line', () => {
    const { written, shown } = display(true)
    shown.show(applying(0), 0)
    shown.show(applying(602), 1_000)
    shown.clear()
    expect(written).toEqual([
      '\r\u001b[KCreating people    [░░░░░░░░░░░░░░]    0 %  0 of 1,204 rows',
      '\r\u001b[KCreating people     50 %  602 of 1,204 rows  602/s  about 1',
      '\r\u001b[K',
    ])
  })
})
