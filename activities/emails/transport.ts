import { Readable } from 'node:stream'
import type { NodemailerError } from 'nodemailer/lib/errors'
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'
import { classify, type Delivery, type Stage } from './delivery.ts'

/** One finished message. The envelope alone decides the recipient, not the headers. */
export interface OutgoingMessage {
  from: string
  to: string
  raw: Buffer
}

export interface MailTransport {
  /** Connections, and so messages, at once. */
  connections: number
  /**
   * Waits for a free connection, gets the message from `prepare` and delivers it. `prepare` runs when the message can be
   * sent at once, so a claim is checked right before it is used. null sends nothing.
   *
   * @returns how it ended, within MESSAGE_DEADLINE_MS of `prepare`; null when there was nothing to send
   */
  send(prepare: () => Promise<OutgoingMessage | null>): Promise<Delivery | null>
  close(): void
}

/** From the first byte of a message to its end. No other timeout notices a server that answers one byte at a time. */
export const MESSAGE_DEADLINE_MS = 20_000

/** Servers end a connection after some hundred messages. Closing it first costs less than an error. */
const MESSAGES_PER_CONNECTION = 500

/** Shorter than the five minutes that RFC 5321 asks servers to wait. */
const IDLE_MS = 60_000

/** A connection on which RSET gets no answer is closed. */
const RESET_MS = 5_000

interface Auth {
  user: string
  pass: string
}

interface Lane {
  connection: SMTPConnection
  /** False once the session is lost or out of step. */
  usable: boolean
  messages: number
  idleSince: number
}

/**
 * A pool of SMTP connections over nodemailer's `SMTPConnection`. nodemailer's own pool hides at which stage a message
 * was lost (HAZARDS.md 1) and queues it again by itself (4). Here each message is tried on one connection. It is tried on
 * a second one only when the first had been idle and was closed before it accepted anything.
 */
export function createMailTransport(url: string, options: { connections: number; deadlineMs?: number }): MailTransport {
  const { auth, settings } = readUrl(url)
  const deadlineMs = options.deadlineMs ?? MESSAGE_DEADLINE_MS
  const idle: Lane[] = []
  const waiting: (() => void)[] = []
  let free = options.connections
  let closed = false

  const deliver = async (message: OutgoingMessage): Promise<Delivery> => {
    const until = performance.now() + deadlineMs
    const reused = takeIdle(idle)
    if (reused) {
      const delivery = await tryOn(reused, message, until)
      keepOrClose(reused)
      // A server may close a connection that was idle or used up. A new connection can still work.
      if (delivery.kind !== 'unreachable' || performance.now() + 1_000 > until) return delivery
    }
    const opened = await open(settings, auth, until)
    if ('kind' in opened) return opened
    const delivery = await tryOn(opened, message, until)
    keepOrClose(opened)
    return delivery
  }

  const keepOrClose = (lane: Lane): void => {
    lane.messages++
    lane.idleSince = Date.now()
    if (closed || !lane.usable) lane.connection.close()
    else if (lane.messages >= MESSAGES_PER_CONNECTION) lane.connection.quit()
    else idle.push(lane)
  }

  return {
    connections: options.connections,
    async send(prepare) {
      if (free > 0) free--
      else await new Promise<void>((resolve) => waiting.push(resolve))
      try {
        const message = await prepare()
        return message && (await deliver(message))
      } finally {
        const next = waiting.shift()
        if (next) next()
        else free++
      }
    },
    close() {
      closed = true
      for (const lane of idle.splice(0)) lane.connection.close()
    },
  }
}

function readUrl(url: string): { auth: Auth | null; settings: SMTPConnectionOptions } {
  const { auth, ...settings } = parseConnectionUrl(url) as SMTPConnectionOptions & { auth?: Partial<Auth> }
  return { auth: auth ? { user: auth.user ?? '', pass: auth.pass ?? '' } : null, settings }
}

/** Takes the connection used last, so the others become idle and are closed. */
function takeIdle(idle: Lane[]): Lane | undefined {
  for (let lane = idle.pop(); lane; lane = idle.pop()) {
    if (!lane.connection.destroyed && Date.now() - lane.idleSince < IDLE_MS) return lane
    lane.connection.close()
  }
  return undefined
}

/** Connects, greets and signs in; returns how it failed otherwise. `until` is on the clock of `performance.now()`. */
async function open(settings: SMTPConnectionOptions, auth: Auth | null, until: number): Promise<Lane | Delivery> {
  const left = Math.max(1, Math.ceil(until - performance.now()))
  const connection = new SMTPConnection({ ...settings, connectionTimeout: left, socketTimeout: left })
  connection.on('error', () => undefined)
  try {
    await within(connection, until, (done) =>
      connection.connect((error) => (error || !auth ? done(error) : connection.login(auth, done))),
    )
    return { connection, usable: true, messages: 0, idleSince: 0 }
  } catch (error) {
    connection.close()
    return classify(error as NodemailerError, 'connect')
  }
}

/** Hands one message over and marks the lane as unusable when its session did not survive that. */
async function tryOn(lane: Lane, message: OutgoingMessage, until: number): Promise<Delivery> {
  const { connection } = lane
  const body = bodyOf(message.raw)
  const envelope = { from: message.from, to: [message.to] }
  try {
    await within(connection, until, (done) => connection.send(envelope, body, done))
    return { kind: 'accepted' }
  } catch (error) {
    const stage: Stage = body.readableDidRead ? 'message' : 'envelope'
    const delivery = classify(error as NodemailerError, stage)
    const answered = delivery.kind === 'refused' || delivery.kind === 'deferred'
    lane.usable = answered && (await reset(connection))
    return delivery
  }
}

/** After a rejected message the session continues, once RSET has cleared the envelope (RFC 5321, section 4.1.1.5). */
async function reset(connection: SMTPConnection): Promise<boolean> {
  try {
    await within(connection, performance.now() + RESET_MS, (done) => connection.reset(done))
    return true
  } catch {
    return false
  }
}

/** Runs one step of a session and ends it when the connection ends, or at `until`, whichever comes first. */
function within(
  connection: SMTPConnection,
  until: number,
  step: (done: (error?: Error | null) => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (error?: Error | null): void => {
      clearTimeout(timer)
      connection.off('error', finish)
      connection.off('end', ended)
      if (error) reject(error)
      else resolve()
    }
    // The step's own callback gets the error of a lost connection right after this event, with more detail.
    const ended = (): void => void setImmediate(() => finish(failure('ECONNECTION')))
    const timer = setTimeout(() => finish(failure('ETIMEDOUT')), Math.max(0, until - performance.now()))
    connection.on('error', finish)
    connection.on('end', ended)
    step(finish)
  })
}

const failure = (code: string): NodemailerError => Object.assign(new Error(code), { code })

/** A stream and not a buffer: when it was read, the message had begun. */
function bodyOf(raw: Buffer): Readable {
  return new Readable({
    read() {
      this.push(raw)
      this.push(null)
    },
  })
}
