import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { finalStatuses, importPhases, importStatuses, statusOfPhase } from '../../../domain/imports/states.ts'
import { canRecheck, type Transition, transitionInto, transitions } from '../../../domain/imports/transitions.ts'
import { printTransitions } from './print-transitions.ts'

const architecture = new URL('../../../ARCHITECTURE.md', import.meta.url)
const START = '<!-- transitions: printed from domain/imports/transitions.ts; `vitest -u` on the test updates them -->'
const END = '<!-- end of transitions -->'

const all = Object.entries<Transition>(transitions)

test('ARCHITECTURE.md shows the transitions of the code', async () => {
  const text = readFileSync(architecture, 'utf8')
  const [before = '', rest = ''] = text.split(START)
  const [, after = ''] = rest.split(END)
  expect(after).not.toBe('')
  await expect(`${before}${START}\n${printTransitions()}\n${END}${after}`).toMatchFileSnapshot(architecture.pathname)
})

describe('the transitions', () => {
  test('only a recheck leaves a final status', () => {
    const leaving = all.filter(([, { from }]) =>
      from.some((status) => (finalStatuses as readonly string[]).includes(status)),
    )
    expect(leaving.map(([name]) => name)).toEqual(['recheck'])
  })

  test('a transition leads to every status', () => {
    const reached = new Set(all.map(([, { to }]) => to))
    expect(importStatuses.filter((status) => !reached.has(status))).toEqual([])
  })

  test('the transition into a running phase sets the status of that phase, from a pause too', () => {
    for (const phase of importPhases.filter((one) => one !== 'done')) {
      expect(transitionInto(phase)).toMatchObject({ to: statusOfPhase[phase], phases: [phase] })
      expect(transitionInto(phase)?.from).toContain('paused')
    }
    expect(transitionInto('done')).toBeNull()
  })

  test('an administrator can cancel from every status that is not final', () => {
    const open = importStatuses.filter((status) => !(finalStatuses as readonly string[]).includes(status))
    expect(transitions.cancel).toMatchObject({ from: open, by: ['workflow', 'administrator'] })
  })
})

test('an import can be rechecked after a rejection, after a dry run, and in review before a decision', () => {
  const allowed = importStatuses.flatMap((status) =>
    [true, false].flatMap((dryRun) =>
      [true, false]
        .filter((decided) => canRecheck({ status, dryRun, decided }))
        .map((decided) => [status, dryRun, decided]),
    ),
  )
  expect(allowed).toEqual([
    ['review', true, false],
    ['review', false, false],
    ['completed', true, true],
    ['completed', true, false],
    ['rejected', true, true],
    ['rejected', true, false],
    ['rejected', false, true],
    ['rejected', false, false],
  ])
})
