import type { NodemailerError } from 'nodemailer/lib/errors'

/**
 * The result of handing over one message.
 *
 * - `refused`, `deferred`: the server's numeric answer about this message (5xx, 4xx).
 * - `unknown`: the message was being handed over and no answer came. It may have been delivered (RFC 1047).
 * - `unreachable`: nothing was handed over, because the server does not answer or asks every client to retry later.
 * - `configuration`: nothing was handed over, and no message will be until an administrator changes the settings.
 */
export type Delivery =
  | { kind: 'accepted' }
  | { kind: 'refused' | 'deferred'; reply: number; words: string }
  | { kind: 'unknown'; code: string }
  | { kind: 'unreachable'; code: string; reply: number | null; words: string }
  | { kind: 'configuration'; code: string; reply: number | null; words: string }

/** How far the hand-over got. Only in `message` can the server have accepted the message without an answer. */
export type Stage = 'connect' | 'envelope' | 'message'

/** The TLS certificate is invalid. A retry cannot succeed. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/

/** Classifies the error of an attempt (HAZARDS.md 1 and 5). A reply code takes precedence, because it is an answer. */
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
  // 503 means that the session was out of step. A new connection fixes that.
  return { kind: reply >= 500 && reply !== 503 ? 'configuration' : 'unreachable', code, reply, words }
}

function withoutReply(error: NodemailerError, code: string): Delivery {
  const permanent =
    code === 'ENOTFOUND' ||
    error.code === 'EAUTH' ||
    (error.code === 'ETLS' && CERTIFICATE.test(`${code} ${error.message}`))
  return { kind: permanent ? 'configuration' : 'unreachable', code, reply: null, words: '' }
}

/**
 * Returns the server's words without any address, link or password, on one line of at most 500 characters.
 *
 * @param addresses a server may quote the part before the `@` alone, so that is removed too
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
 * Cleans what a server says to Muster itself. It may quote the account that signs in and its credentials.
 *
 * @param smtpUrl contains the account and its password
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
