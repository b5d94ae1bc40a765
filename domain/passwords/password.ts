/** Only the length counts. There are no rules about kinds of characters (NIST SP 800-63B-4; ASVS 5.0, 6.2). */
export const MIN_PASSWORD = 12
export const MAX_PASSWORD = 128

export type PasswordFault =
  | { code: 'tooShort'; found: number }
  | { code: 'tooLong' }
  | { code: 'common' }
  | { code: 'personal' }

/** The user who chooses the password. An attacker tries the data of this user first. */
export interface PasswordOwner {
  email: string
  firstName: string
  lastName: string | null
  /** Null for a user without a company. */
  company: string | null
}

/**
 * Normalises a password, because keyboards compose accents in different ways (SP 800-63B-4, section 3.1.1.2). Call this
 * before you compare a password with a stored hash.
 */
export function normalizePassword(text: string): string {
  return text.normalize('NFKC')
}

/**
 * Checks a password without a dictionary: its length in characters, and whether it consists of its owner's data.
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

/** The fewest characters that must remain when names, address and company are removed from the password. */
const LEFT_OVER = 5

function isPersonal(password: string, known: readonly string[]): boolean {
  const whole = plain(password)
  let left = whole
  for (const word of known) left = left.replaceAll(word, '')
  return left.length < LEFT_OVER && left.length < whole.length
}

/**
 * Returns the words from the owner's data that a password must not consist of. The longest come first, so that a whole
 * address is removed before the name in it. Words of one or two letters are left out.
 */
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
