import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from '@temporalio/worker'
import { DeterminismViolationError } from '@temporalio/workflow'
import { expect, test } from 'vitest'
import { readHistory } from '../histories/history-file.ts'
import { recordHistories } from '../histories/record.ts'
import { importService } from '../support/import-service.ts'
import { workflowBundle } from '../support/servers/workflow-bundle.ts'

const FOLDER = join(import.meta.dirname, '../histories')
const names = () =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))

interface RecordedHistory {
  events: { activityTaskScheduledEventAttributes?: { activityType: { name: string } } }[]
}

const read = (name: string) => readHistory<RecordedHistory>(name)

const replay = async (history: RecordedHistory) =>
  Worker.runReplayHistory({ ...(await workflowBundle()), replayName: 'recorded' }, history)

if (process.env.RECORD_HISTORIES) {
  const record = async () => {
    const service = await importService(import.meta.url)
    await recordHistories(service)
    await service.close()
  }
  test('a history of every scenario is recorded', record, 300_000)
}

test.each(names())('the current workflows replay the history “%s”', async (name) => {
  const history = await read(name)
  expect(history.events.length).toBeGreaterThan(4)
  await replay(history)
})

test('the folder contains a history of every scenario', () => {
  expect(names().sort()).toEqual([
    'account-letter',
    'activation-window-asleep',
    'cancelled',
    'checked-again-after-refusal',
    'checked-again-in-review',
    'completed',
    'continued-as-new-first',
    'continued-as-new-last',
    'mailing',
    'paused-and-resumed',
    'plan-overtaken-and-resumed',
    'rejected',
    'reviewed',
  ])
})

test('a history with two swapped steps does not replay', async () => {
  const history = await read('completed')
  const types = history.events
    .map((event) => event.activityTaskScheduledEventAttributes?.activityType)
    .filter((type) => type !== undefined)
  const parse = types.find((type) => type.name === 'parseFile')
  const validate = types.find((type) => type.name === 'validateRows')
  if (!parse || !validate) throw new Error('The recorded history has lost its steps.')
  parse.name = 'validateRows'
  validate.name = 'parseFile'
  await expect(replay(history)).rejects.toBeInstanceOf(DeterminismViolationError)
})
