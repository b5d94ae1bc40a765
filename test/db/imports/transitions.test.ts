import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTransaction } from '../../../db/core/transaction.ts'
import {
  cancelImport,
  finishImport,
  moveImport,
  pauseImport,
  recheckImport,
  rejectImport,
  reopenImport,
} from '../../../db/imports/transitions.ts'
import { pauseProblem } from '../../../domain/imports/pause.ts'
import {
  finalStatuses,
  type ImportPhase,
  type ImportStatus,
  importPhases,
  importStatuses,
  statusOfPhase,
} from '../../../domain/imports/states.ts'
import { type Transition, transitionInto, transitions } from '../../../domain/imports/transitions.ts'
import { importRow } from '../../support/dump.ts'
import { csv, people } from '../../support/people.ts'
import { importWorld, type World } from '../../support/world.ts'

let world: World
let importId: string
beforeAll(async () => {
  world = await importWorld()
  importId = await world.givenFile(csv(people(1)))
})
afterAll(() => world.close())

/** Puts the import into a status without a transition. */
async function place(status: ImportStatus, phase: ImportPhase): Promise<void> {
  await world.db.updateTable('imports').set({ status, phase, checks: 1 }).where('id', '=', importId).execute()
}
beforeEach(() => place('received', 'receive'))

const phaseOf = (status: ImportStatus): ImportPhase =>
  importPhases.find((phase) => statusOfPhase[phase] === status) ??
  ((finalStatuses as readonly ImportStatus[]).includes(status) ? 'done' : 'apply')

const problem = pauseProblem('DatabaseBusy', 'apply')
const running = importPhases.filter((phase) => phase !== 'done')

/** Every function that writes a status, with its transition. */
const writers: [name: string, transition: Transition, write: () => Promise<unknown>][] = [
  ...running.map((phase): (typeof writers)[number] => [
    `move to ${phase}`,
    transitionInto(phase) as Transition,
    () => moveImport(world.db, { importId, check: 1, status: statusOfPhase[phase], phase }),
  ]),
  ['pause', transitions.pause, () => pauseImport(world.db, importId, 'apply', problem)],
  ['reject', transitions.reject, () => rejectImport(world.db, importId, problem)],
  ['cancel', transitions.cancel, () => inTransaction(world.db, (trx) => cancelImport(trx, importId))],
  ...finalStatuses.map((status): (typeof writers)[number] => [
    `finish as ${status}`,
    {
      completed: transitions.complete,
      rejected: transitions.reject,
      cancelled: transitions.cancel,
      failed: transitions.fail,
    }[status],
    () => inTransaction(world.db, (trx) => finishImport(trx, { importId, check: 1, status, failure: null })),
  ]),
]

test.each(writers)('%s changes an import in an allowed status and no other import', async (_, transition, write) => {
  for (const status of importStatuses) {
    await place(status, phaseOf(status))
    const before = await importRow(world.db, importId)
    await write()
    const after = await importRow(world.db, importId)
    if (transition.from.includes(status)) expect(after).toMatchObject({ status: transition.to, checks: 1 })
    else expect(after).toEqual(before)
  }
})

test('a recheck changes no import that is not rejected, in review or a dry run', async () => {
  for (const status of importStatuses.filter((one) => one !== 'rejected' && one !== 'review')) {
    await place(status, phaseOf(status))
    const before = await importRow(world.db, importId)
    expect(await inTransaction(world.db, (trx) => recheckImport(trx, importId, 1))).toBe(false)
    expect(await importRow(world.db, importId)).toEqual(before)
  }
})

test('an import cannot move into the status of another phase', async () => {
  const before = await importRow(world.db, importId)
  expect(await moveImport(world.db, { importId, check: 1, status: 'applying', phase: 'parse' })).toBe(false)
  expect(await moveImport(world.db, { importId, check: 1, status: 'notifying', phase: 'done' })).toBe(false)
  expect(await importRow(world.db, importId)).toEqual(before)
})

test('an import moves in its current check only', async () => {
  const before = await importRow(world.db, importId)
  expect(await moveImport(world.db, { importId, check: 2, status: 'parsing', phase: 'parse' })).toBe(false)
  expect(await importRow(world.db, importId)).toEqual(before)
})

test('a paused import is reopened in its own phase only', async () => {
  await place('paused', 'apply')
  const before = await importRow(world.db, importId)
  await reopenImport(world.db, { id: importId, phase: 'validate' })
  await reopenImport(world.db, { id: importId, phase: 'done' })
  expect(await importRow(world.db, importId)).toEqual(before)
  await reopenImport(world.db, { id: importId, phase: 'apply' })
  expect(await importRow(world.db, importId)).toMatchObject({ status: 'applying', phase: 'apply', problem: null })
})
