import addressparser from 'nodemailer/lib/addressparser'
import MimeNode from 'nodemailer/lib/mime-node'
import * as qp from 'nodemailer/lib/qp'
import { type MailContent, toHtml, toText } from '../../../domain/emails/layout.ts'
import { parseEmail } from '../../../domain/people/email.ts'
import type { OutgoingMessage } from '../transport.ts'

export interface Sender {
  name: string
  address: string
  /** The right side of every `Message-ID`. */
  domain: string
}

/**
 * Reads MAIL_FROM once.
 *
 * @param publicUrl its host names messages when the sender's domain is `localhost`
 * @throws Error when MAIL_FROM does not name exactly one mailbox
 */
export function readSender(mailFrom: string, publicUrl: string): Sender {
  const [found, ...more] = addressparser(mailFrom, { flatten: true })
  if (!found?.address || more.length > 0 || !/^[!-;=?-~]+@[!-;=?-~]+$/.test(found.address)) {
    throw new Error('MAIL_FROM: expected one mailbox, such as Muster <no-reply@example.org>.')
  }
  const own = found.address.slice(found.address.lastIndexOf('@') + 1)
  const domain = own === 'localhost' ? new URL(publicUrl).hostname : own
  return { name: found.name ?? '', address: found.address, domain }
}

/**
 * Returns the only recipient of a message, with its domain in ASCII, or null when the stored text is not exactly one
 * mailbox. No stored text can add a recipient or a header (HAZARDS.md 3).
 */
export function recipientOf(email: string): string | null {
  const parsed = parseEmail(email)
  if (!parsed) return null
  const local = parsed.address.slice(0, parsed.address.indexOf('@'))
  return `${local}@${parsed.key.slice(parsed.key.indexOf('@') + 1)}`
}

export interface Letter {
  /** Names the message: the left side of its `Message-ID`, and its MIME boundary. */
  id: string
  date: Date
  to: string
  content: MailContent
}

/**
 * Builds the message. The same e-mail gives the same bytes, so a repeated copy is recognised. nodemailer encodes the
 * headers. The two parts are joined here, because its streams take more time than everything else.
 */
export function compose(letter: Letter, sender: Sender): OutgoingMessage {
  const { content } = letter
  const root = new MimeNode('multipart/alternative', { baseBoundary: letter.id.replace(/[^A-Za-z0-9]/g, '') })
  root.setHeader({
    From: { name: sender.name, address: sender.address },
    To: { name: '', address: letter.to },
    Subject: content.subject,
    'Message-ID': `<${letter.id}@${sender.domain}>`,
    Date: letter.date.toUTCString().replace(/GMT$/, '+0000'),
    'Content-Language': content.language,
    // RFC 3834: an automatic reply, such as a holiday notice, must not answer this.
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
  })
  const headers = root.buildHeaders()
  const delimiter = `--${root.boundary}`
  const parts = [part('text/plain', toText(content)), part('text/html', toHtml(content))]
  const body = parts.map((text) => `${delimiter}\r\n${text}\r\n`).join('')
  return { from: sender.address, to: letter.to, raw: Buffer.from(`${headers}\r\n\r\n${body}${delimiter}--\r\n`) }
}

/** Quoted-printable is readable in a raw view. base64 is shorter where most letters are not ASCII. */
function part(type: string, text: string): string {
  const lines = text.replace(/\r\n?|\n/g, '\r\n')
  const base64 = Buffer.byteLength(lines) > lines.length * 1.2
  const encoded = base64
    ? Buffer.from(lines).toString('base64').replace(/.{76}/g, '$&\r\n')
    : qp.wrap(qp.encode(lines), 76)
  const encoding = base64 ? 'base64' : 'quoted-printable'
  return `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${encoded}`
}
