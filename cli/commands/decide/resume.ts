import { answerCommand } from './answer.ts'

export const resumeCommand = answerCommand(
  'resume',
  'go on with an import that paused',
  'Goes on where a paused import stopped, once its cause is mended. Nothing is done twice.',
  'paused',
)
