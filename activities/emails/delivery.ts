import type { NodemailerError } from 'nodemailer/lib/errors'

/**
 * What became of one message.
 *
 * - `refused`, `deferred`: the server's numeric answer about this message (5xx, 4xx).
 * - `unknown`: the message was being handed over and no answer came. It may have been delivered (RFC 1047).
 * - `unreachable`: nothing was handed over; the server is not there, or asks everybody to come back later.
 * - `configuration`: nothing was handed over and nothing ever will be until somebody changes the settings.
 */
export type Delivery =
  | { kind: 'accepted' }
  | { kind: 'refused' | 'deferred'; reply: number; words: string }
  | { kind: 'unknown'; code: string }
  | { kind: 'unreachable'; code: string; reply: number | null; words: string }
  | { kind: 'configuration'; code: string; reply: number | null; words: string }

/** How far a message had come: only in `message` can the server have taken it without our knowing. */
export type Stage = 'connect' | 'envelope' | 'message'

/** TLS says no to this server's certificate: waiting will not mend it. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/

/** Reads the error of a try (HAZARDS.md 1 and 5). A reply code counts before all else: with one, the end is known. */
export function classify(error: NodemailerError, stage: Stage): Delivery {
  const reply = error.responseCode ?? null
  const code = String(error.originalCode ?? error.code ?? 'ECONNECTION')
  const words = error.response ?? ''
  if (reply === null) return stage === 'message' ? { kind: 'unknown', code } : withoutReply(error, code)
  if (reply === 421) return { kind: 'unreachable', code, reply, words }
  if (reply === 530 || reply === 535) return { kind: 'configuration', code, reply, words }
  const aboutMessage = stage === 'message' || error.command === 'RCPT TO' || error.command === 'DATA'
  if (aboutMessage && reply >= 400 && reply < 600) {
    return { kind: reply < 500 ? 'deferred' : 'refused', reply, words }
  }
  // 503 says that the session was out of step, which a new connection mends.
  return { kind: reply >= 500 && reply !== 503 ? 'configuration' : 'unreachable', code, reply, words }
}

function withoutReply(error: NodemailerError, code: string): Delivery {
  const forGood =
    code === 'ENOTFOUND' ||
    error.code === 'EAUTH' ||
    (error.code === 'ETLS' && CERTIFICATE.test(`${code} ${error.message}`))
  return { kind: forGood ? 'configuration' : 'unreachable', code, reply: null, words: '' }
}

/**
 * The server's words without anybody's address, link or password, on one line and short enough to be read.
 *
 * @param addresses whose parts before the `@` a server may name alone
 */
export function cleanWords(words: string, ...addresses: string[]): string {
  const locals = new Set(addresses.map((address) => address.slice(0, address.lastIndexOf('@')).toLowerCase()))
  return words
    .replace(/\/activate\/\S+/g, '/activate/…')
    .replace(/\b[a-z0-9]{4}(-[a-z0-9]{4}){5}\b/gi, '…')
    .replace(/[^\s<>"'(),:;]+@[^\s<>"'(),:;]+/g, '…')
    .split(/\s+/)
    .map((word) => (locals.has(word.replace(/^\W+|\W+$/g, '').toLowerCase()) ? '…' : word))
    .join(' ')
    .replace(/\p{C}/gu, '')
    .slice(0, 500)
    .trim()
}

/**
 * What a server says to Muster itself, cleaned: it may name the account that signs in, and repeat how it did.
 *
 * @param smtpUrl the account and its password are in it
 */
export function cleanFaultWords(words: string, smtpUrl: string, ...addresses: string[]): string {
  const { username, password } = new URL(smtpUrl)
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)]
  // As AUTH PLAIN (RFC 4616) and AUTH LOGIN send them.
  const sent = [`\0${user}\0${pass}`, user, pass].map((text) => Buffer.from(text).toString('base64'))
  const secrets = [...sent, pass, user].filter((secret) => secret !== '')
  const hidden = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), words)
  return cleanWords(hidden, ...addresses)
}
