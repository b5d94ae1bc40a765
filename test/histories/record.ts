import { WithStartWorkflowOperation } from '@temporalio/client'
import { startOptions } from '../../api/imports/decide/start-import.ts'
import {
  accountLetterWorkflowId,
  cancelUpdate,
  confirmUpdate,
  IMPORTS_QUEUE,
  importWorkflowId,
  mailingWorkflowId,
  resumeUpdate,
  revalidateUpdate,
  windowWorkflowId,
} from '../../workflows/import-messages.ts'
import type { ImportService } from '../support/import-service.ts'
import { csv, onboardingHeader, people, person } from '../support/people.ts'
import { writeHistory } from './history-file.ts'

const by = { args: [{ by: 'test' }] as [{ by: string }] }

/**
 * Runs the stories whose histories a release keeps, and writes each beside this file. The replay test calls it when
 * `RECORD_HISTORIES` is set, on the servers of the tests. Record when a workflow has got a new story; where the old
 * histories no longer replay, it is the change to the workflow that is wrong, unless it is wrapped in `patched`.
 */
export async function recordHistories(service: ImportService): Promise<void> {
  const save = async (name: string, workflowId: string, runId?: string) =>
    writeHistory(name, await service.client.workflow.getHandle(workflowId, runId).fetchHistory())
  await service.startWorker()

  const completed = await service.completed(csv(people(30)), { contact: 'office@people.example' })
  await save('completed', importWorkflowId(completed.importId))

  const rejected = await service.completed(csv([person(1, { 'module requested 1': 'Nothing' })]))
  await save('rejected', importWorkflowId(rejected.importId))

  const review = await service.givenFile(csv(people(40)), { options: { review: true, sendEmails: false } })
  const reviewed = await service.start(review)
  await service.untilRunIs(reviewed, 'review')
  await reviewed.executeUpdate(confirmUpdate, by)
  await reviewed.result()
  await save('reviewed', reviewed.workflowId)

  const again = await service.start(await service.givenFile(csv(people(10)), { options: { review: true } }))
  await service.untilRunIs(again, 'review')
  await again.executeUpdate(revalidateUpdate, { args: [{ by: 'test', check: 1 }] })
  await service.untilRunIs(again, 'review')
  await again.executeUpdate(confirmUpdate, by)
  await again.result()
  await save('checked-again-in-review', again.workflowId)

  const refused = await service.completed(csv([person(2, { 'module requested 1': 'Nothing' })]))
  await service.client.workflow.executeUpdateWithStart(revalidateUpdate, {
    args: [{ by: 'test', check: 1 }],
    startWorkflowOperation: new WithStartWorkflowOperation('importUsers', startOptions(refused.importId)),
  })
  await service.client.workflow.getHandle(importWorkflowId(refused.importId)).result()
  await save('checked-again-after-refusal', importWorkflowId(refused.importId))

  service.sink.script = { auth: () => ({ code: 535 }), mail: () => ({ code: 535 }) }
  const paused = await service.start(await service.givenFile(csv(people(10, undefined, 100))))
  await service.untilRunIs(paused, 'paused')
  service.sink.script = {}
  await paused.executeUpdate(resumeUpdate, by)
  await paused.result()
  await save('paused-and-resumed', paused.workflowId)

  const changes = csv(people(30, (n) => ({ region: `R${n}` })))
  const options = { review: true, existing: 'update', sendEmails: false } as const
  const outdated = await service.start(await service.givenFile(changes, { options }))
  await service.untilRunIs(outdated, 'review')
  await service.pool.query(`UPDATE users SET region = 'elsewhere' WHERE email_key = 'quillon.7@people.example'`)
  await outdated.executeUpdate(confirmUpdate, by)
  await service.untilRunIs(outdated, 'paused')
  await outdated.executeUpdate(resumeUpdate, by)
  await outdated.result()
  await save('plan-overtaken-and-resumed', outdated.workflowId)

  const cancelled = await service.start(await service.givenFile(csv(people(5)), { options: { review: true } }))
  await service.untilRunIs(cancelled, 'review')
  await cancelled.executeUpdate(cancelUpdate, by)
  await cancelled.result()
  await save('cancelled', cancelled.workflowId)

  const long = csv(people(30, undefined, 200), onboardingHeader, 1000)
  const { handle } = await service.completed(long, {}, 1)
  await save('continued-as-new-first', handle.workflowId, handle.firstExecutionRunId)
  await save('continued-as-new-last', handle.workflowId)

  const { rows } = await service.pool.query<{ id: string }>(
    `WITH mailing AS (INSERT INTO mailings (requested_by) VALUES ('test') RETURNING id), queued AS (
       INSERT INTO outbox (mailing_id, person_id) SELECT mailing.id, users.id FROM mailing, users WHERE users.enabled LIMIT 5)
     SELECT id FROM mailing`,
  )
  const mailingId = rows[0]!.id
  const mailing = await service.client.workflow.start('deliverMailing', {
    taskQueue: IMPORTS_QUEUE,
    workflowId: mailingWorkflowId(mailingId),
    args: [mailingId],
  })
  await mailing.result()
  await save('mailing', mailing.workflowId)

  const letter = await service.client.workflow.start('accountLetter', {
    taskQueue: IMPORTS_QUEUE,
    workflowId: accountLetterWorkflowId(mailingId),
    args: [mailingId],
  })
  await letter.result()
  await save('account-letter', letter.workflowId)

  // It sleeps still, as most do when a new release replays them.
  await save('activation-window-asleep', windowWorkflowId(completed.importId))
}
