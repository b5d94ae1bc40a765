/** Every workflow that the worker runs. */
export { accountLetter } from './emails/account-letter.ts'
export { activationWindow } from './emails/activation-window.ts'
export { deliverMailing } from './emails/deliver-mailing.ts'
export { importReport } from './emails/import-report.ts'
export { importUsers } from './import-users.ts'
