/** NIST SP 800-63B-4 and ASVS 5.0, 6.2: length is what counts; no rules about kinds of characters. */
export const MIN_PASSWORD = 12
export const MAX_PASSWORD = 128

export type PasswordFault =
  | { code: 'tooShort'; found: number }
  | { code: 'tooLong' }
  | { code: 'common' }
  | { code: 'personal' }

/** Who chooses the password: what others know about them is the first thing that they would try. */
export interface PasswordOwner {
  email: string
  firstName: string
  lastName: string | null
  /** null: of no company. */
  company: string | null
}

/**
 * One spelling for one password, whatever keyboard composed its accents (SP 800-63B-4, section 3.1.1.2). Whoever
 * compares a password with a stored hash must do this first.
 */
export function normalizePassword(text: string): string {
  return text.normalize('NFKC')
}

/**
 * What can be said without a dictionary: length, and that the password is not what everybody knows about its owner.
 * Characters, not bytes, count.
 *
 * @param known `knownWords` of the owner
 */
export function checkPassword(text: string, known: readonly string[]): PasswordFault | null {
  const password = normalizePassword(text)
  const length = [...password].length
  if (length < MIN_PASSWORD) return { code: 'tooShort', found: length }
  if (length > MAX_PASSWORD) return { code: 'tooLong' }
  return isPersonal(password, known) ? { code: 'personal' } : null
}

/** What is left of the password without names, address and company must be more than a few characters. */
const LEFT_OVER = 5

function isPersonal(password: string, known: readonly string[]): boolean {
  const whole = plain(password)
  let left = whole
  for (const word of known) left = left.replaceAll(word, '')
  return left.length < LEFT_OVER && left.length < whole.length
}

/** What others know about somebody, as it is looked for in a password. The longest first, so that a whole address goes before the name in it. One or two letters say nothing. */
export function knownWords(owner: PasswordOwner): string[] {
  const [local = '', domain = ''] = owner.email.split('@')
  const texts = [owner.email, local, domain, owner.firstName, owner.lastName ?? '', owner.company ?? '']
  const words = texts.flatMap((text) => [plain(text), ...text.split(/[^\p{L}\p{N}]+/u).map(plain)])
  return [...new Set(words)].filter((word) => word.length > 2).sort((a, b) => b.length - a.length)
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
