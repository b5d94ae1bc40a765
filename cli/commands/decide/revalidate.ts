import { answerCommand } from './answer.ts'

export const revalidateCommand = answerCommand(
  'revalidate',
  'check the stored file of an import again',
  `Checks the stored file again, without an upload: after titles were taught, or companies, courses, groups or fields
have changed. For an import that was refused or is in review, and after a dry run.`,
)
