import { answerCommand } from './answer.ts'

export const cancelCommand = answerCommand(
  'cancel',
  'stop an import for good',
  'Stops an import for good. What was already applied stays and is reported.',
)
