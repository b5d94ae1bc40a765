import { judgePassword } from '../../../domain/passwords/judge-password.ts'
import type { PasswordFault } from '../../../domain/passwords/password.ts'
import { MAX_PASSWORD, MIN_PASSWORD } from '../../../domain/passwords/password.ts'
import { ApiProblem } from '../../http/problems.ts'

/** @throws ApiProblem 422 with the reason in `fault`, so that a page can show it in the visitor's language */
export function requireGoodPassword(password: string, owner: { name: string; email: string }): void {
  const fault = judgePassword(password, { email: owner.email, firstName: owner.name, lastName: null, company: null })
  if (fault) throw new ApiProblem('weak-password', sentence(fault), { fault: fault.code })
}

function sentence(fault: PasswordFault): string {
  switch (fault.code) {
    case 'tooShort':
      return `A password has at least ${MIN_PASSWORD} characters. This one has ${fault.found}.`
    case 'tooLong':
      return `A password has at most ${MAX_PASSWORD} characters.`
    case 'common':
      return 'This password is too common. Choose another.'
    case 'personal':
      return 'This password consists of your name or e-mail address. Choose another.'
  }
}
