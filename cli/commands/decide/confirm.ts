import { answerCommand } from './answer.ts'

export const confirmCommand = answerCommand(
  'confirm',
  'let an import go on that waits for review',
  'Lets an import go on that was checked and waits for confirmation (muster import --review).',
  'review',
)
