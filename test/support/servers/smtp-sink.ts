import { createHash } from 'node:crypto'
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface Delivered {
  to: string[]
  raw: string
  sha256: string
  messageId: string
  date: string
}

/** What the server does with a message. A reply code rejects it, `drop` closes the connection without a reply. */
export type Verdict = 'ok' | 'drop' | { code: number; text?: string }

export interface Script {
  connect?(count: number): Verdict
  auth?(): Verdict
  mail?(): Verdict
  rcpt?(address: string, nth: number): Verdict
  /** Called after the message is in the journal and before the reply. */
  dot?(message: Delivered, nth: number): Verdict | Promise<Verdict>
}

export interface Sink {
  url: string
  port: number
  /**
   * Written at the final dot, before the reply. It has every message that may be delivered, even if the sender got no
   * reply.
   */
  journal: Delivered[]
  /** Returns the copies that a recipient got. */
  copies(address: string): Delivered[]
  connections(): number
  script: Script
  close(): Promise<void>
}

/** Starts a real SMTP server on loopback that follows a script. */
export async function startSink(script: Script = {}, options: SMTPServerOptions = {}): Promise<Sink> {
  const journal: Delivered[] = []
  const tries = new Map<string, number>()
  let connected = 0
  const nth = (key: string): number => {
    const count = (tries.get(key) ?? 0) + 1
    tries.set(key, count)
    return count
  }

  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    closeTimeout: 100,
    onConnect: (_session, done) => {
      connected++
      done(failure(sink.script.connect?.(connected) ?? 'ok'))
    },
    onAuth: (_auth, _session, done) => {
      const error = failure(sink.script.auth?.() ?? 'ok')
      if (error) done(error)
      else done(null, { user: 'sender' })
    },
    onMailFrom: (_address, _session, done) => done(failure(sink.script.mail?.() ?? 'ok')),
    onRcptTo: ({ address }, session, done) => {
      const verdict = sink.script.rcpt?.(address, nth(`rcpt ${address}`)) ?? 'ok'
      if (verdict === 'drop') cut(server, session.id)
      else done(failure(verdict))
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const to = session.envelope.rcptTo.map((recipient) => recipient.address)
        const message = read(to, Buffer.concat(chunks))
        journal.push(message)
        const verdict = (await sink.script.dot?.(message, nth(`dot ${to.join()}`))) ?? 'ok'
        if (verdict === 'drop') cut(server, session.id)
        else done(failure(verdict))
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const sink: Sink = {
    script,
    url: `smtp://127.0.0.1:${port}`,
    port,
    journal,
    copies: (address) => journal.filter((message) => message.to.includes(address)),
    connections: () => connected,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return sink
}

function failure(verdict: Verdict): Error | null {
  if (typeof verdict === 'string') return null
  return Object.assign(new Error(verdict.text ?? 'scripted'), { responseCode: verdict.code })
}

function cut(server: SMTPServer, sessionId: string): void {
  for (const connection of server.connections as Set<{ id: string; _socket: net.Socket }>) {
    if (connection.id === sessionId) connection._socket.destroy()
  }
}

function read(to: string[], bytes: Buffer): Delivered {
  const raw = bytes.toString('utf8')
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(raw)?.[1]?.trim() ?? ''
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { to, raw, sha256, messageId: header('Message-ID'), date: header('Date') }
}

/** Returns the decoded text part. */
export function textOf(message: Delivered): string {
  const part = message.raw.split(/^--.*$/m).find((piece) => /text\/plain/.test(piece)) ?? ''
  const [head = '', ...body] = part.trimStart().split(/\r?\n\r?\n/)
  const text = body.join('\n\n')
  if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8')
  if (!/quoted-printable/i.test(head)) return text
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** Returns the decoded subject (RFC 2047). */
export function subjectOf({ raw }: Delivered): string {
  return (/^Subject: ((?:.*\r?\n[ \t])*.*)$/im.exec(raw)?.[1] ?? '')
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/\r?\n[ \t]/g, ' ')
    .replace(/=\?UTF-8\?(Q|B)\?(.*?)\?=/gi, (_, how: string, text: string) =>
      how.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString()
        : decodeURIComponent(text.replaceAll('_', ' ').replace(/%/g, '%25').replace(/=/g, '%')),
    )
    .trimEnd()
}

/** Returns the link in the text part. */
export function linkOf(message: Delivered): string {
  return /https?:\/\/\S+\/activate\/\S+/.exec(textOf(message))?.[0] ?? ''
}

/** Returns the generated password in the text part. */
export function passwordOf(message: Delivered): string {
  return /\b[a-z0-9]{4}(-[a-z0-9]{4}){5}\b/.exec(textOf(message))?.[0] ?? ''
}

/** Starts a TCP server. `behave` gets each connection and may break the SMTP protocol. */
export async function startRawServer(
  behave: (socket: net.Socket) => void,
): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    behave(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
