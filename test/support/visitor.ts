import { createHmac } from 'node:crypto'
import { insertAccount, setPassword } from '../../db/accounts/accounts.ts'
import { hashPassword } from '../../security/password.ts'
import type { Answer, World } from './api-world.ts'

export const ORIGIN = 'http://localhost:3000'
export const PASSWORD = 'a quiet harbour at six'

interface Given {
  /** Null sends no Origin header. */
  origin?: string | null
  headers?: Record<string, string>
}

/** A browser without pages: it keeps cookies, sends them back, and sends the Origin of its requests. */
export function visitor(world: Pick<World, 'app'>, origin = ORIGIN) {
  const jar = new Map<string, string>()
  const send = async (method: string, path: string, body?: unknown, given: Given = {}): Promise<Answer> => {
    const headers = new Headers(given.headers)
    if (jar.size > 0) headers.set('Cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const from = given.origin === undefined ? origin : given.origin
    if (from !== null && method !== 'GET') headers.set('Origin', from)
    if (body !== undefined && !(body instanceof FormData)) headers.set('Content-Type', 'application/json')
    const init = body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }
    const response = await world.app.request(path, { method, headers, ...init })
    for (const cookie of response.headers.getSetCookie()) keep(cookie)
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('Content-Type') ?? '')
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }

  function keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split('; ')
    const at = pair.indexOf('=')
    if (attributes.includes('Max-Age=0')) jar.delete(pair.slice(0, at))
    else jar.set(pair.slice(0, at), pair.slice(at + 1))
  }

  return {
    jar,
    send,
    get: (path: string) => send('GET', path),
    post: (path: string, body?: unknown, given?: Given) => send('POST', path, body, given),
    patch: (path: string, body?: unknown) => send('PATCH', path, body),
    delete: (path: string, body?: unknown) => send('DELETE', path, body),
    signIn: (email: string, password = PASSWORD) => send('POST', '/v1/session', { email, password }),
    upload(text: string, headers: Record<string, string> = {}) {
      const form = new FormData()
      form.append('file', new File([text], 'people.csv', { type: 'text/csv' }))
      return send('POST', '/v1/imports', form, { headers })
    },
  }
}

export type Visitor = ReturnType<typeof visitor>

let number = 0

/** Creates an administrator with a password. `companies` null is a platform administrator. */
export async function anAccount({ db }: Pick<World, 'db'>, companies: string[] | null = null, name = 'Mira Tóth') {
  number += 1
  const email = `mira${number}@muster.example`
  const role = companies === null ? ('platform' as const) : ('companies' as const)
  const hash = await hashPassword(PASSWORD)
  const id = await db.transaction().execute(async (trx) => {
    const account = await insertAccount(trx, { name, email, role, companies })
    await setPassword(trx, account, hash)
    return account
  })
  return { id, email, name }
}

/** Creates an administrator and signs in. */
export async function signedIn(world: World, companies: string[] | null = null, name?: string) {
  const account = await anAccount(world, companies, name)
  const browser = visitor(world)
  const answer = await browser.signIn(account.email)
  if (answer.status !== 200) throw new Error(`The sign-in of a test failed: ${JSON.stringify(answer.body)}`)
  return { ...account, browser }
}

/** Returns the code that an authenticator app shows, `steps` of 30 s from now (RFC 6238). */
export function codeOf(secret: string, steps = 0): string {
  const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const digest = createHmac('sha1', key).update(counter).digest()
  const number = digest.readUInt32BE((digest.at(-1) ?? 0) & 15) & 0x7fff_ffff
  return String(number % 1_000_000).padStart(6, '0')
}

/** The Base32 alphabet (RFC 4648, section 6). */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
