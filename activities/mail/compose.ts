import addressparser from 'nodemailer/lib/addressparser'
import MimeNode from 'nodemailer/lib/mime-node'
import { parseEmail } from '../../domain/email.ts'
import { type MailContent, toHtml, toText } from './layout.ts'
import type { OutgoingMessage } from './transport.ts'

export interface Sender {
  name: string
  address: string
  /** The right side of every `Message-ID`. */
  domain: string
}

/**
 * Reads MAIL_FROM once.
 *
 * @param publicUrl its host names messages when the sender has no domain
 * @throws Error when MAIL_FROM does not name exactly one mailbox
 */
export function readSender(mailFrom: string, publicUrl: string): Sender {
  const [found, ...more] = addressparser(mailFrom, { flatten: true })
  if (!found?.address || more.length > 0 || !/^[!-;=?-~]+@?[!-;=?-~]*$/.test(found.address)) {
    throw new Error('MAIL_FROM: expected one mailbox, such as Muster <no-reply@example.org>.')
  }
  const domain = found.address.split('@')[1] || new URL(publicUrl).hostname
  return { name: found.name ?? '', address: found.address, domain }
}

/**
 * The only recipient of a message, with its domain in ASCII; null when the stored text is not exactly one mailbox.
 * Whatever stands in the database: no text can add a recipient or a header (HAZARDS.md 3).
 */
export function recipientOf(email: string): string | null {
  const parsed = parseEmail(email)
  if (!parsed) return null
  const local = parsed.address.slice(0, parsed.address.indexOf('@'))
  return `${local}@${parsed.key.slice(parsed.key.indexOf('@') + 1)}`
}

export interface Letter {
  /** Names the message for ever: the left side of its `Message-ID`, and its MIME boundary. */
  id: string
  date: Date
  to: string
  content: MailContent
}

/** Builds the message. The same letter gives the same bytes, so that a repeated copy can be told to be one. */
export async function compose(letter: Letter, sender: Sender): Promise<OutgoingMessage> {
  const { content } = letter
  const root = new MimeNode('multipart/alternative', {
    baseBoundary: letter.id.replace(/[^A-Za-z0-9]/g, ''),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  })
  root.setHeader({
    From: { name: sender.name, address: sender.address },
    To: { name: '', address: letter.to },
    Subject: content.subject,
    'Message-ID': `<${letter.id}@${sender.domain}>`,
    Date: letter.date.toUTCString().replace(/GMT$/, '+0000'),
    'Content-Language': content.language,
    // RFC 3834: nobody's holiday notice should answer this.
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
  })
  root.createChild('text/plain; charset=utf-8').setContent(toText(content))
  root.createChild('text/html; charset=utf-8').setContent(toHtml(content))
  return { from: sender.address, to: letter.to, raw: await root.build() }
}
