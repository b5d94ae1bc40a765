/** Every workflow that the worker runs. */
export { accountLetter } from './account-letter.ts'
export { activationWindow } from './activation-window.ts'
export { deliverMailing } from './deliver-mailing.ts'
export { importReport } from './import-report.ts'
export { importUsers } from './import-users.ts'
