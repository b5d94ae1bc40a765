import { runDispatcher } from '../../api/imports/decide/dispatcher.ts'
import { apiWorld, type World } from '../support/api-world.ts'
import { twoCompanies } from '../support/catalogue.ts'
import { type Catalogue, startWorker, stopWorker, untilStatus } from '../support/imports.ts'
import { linkOf, type Sink, startSink, textOf } from '../support/servers/smtp-sink.ts'

/** The address that the reports of the imports are sent to. */
export const OFFICE = 'office@blue-harbour.example'

/** A long password that no list of common passwords contains. */
export const PASSWORD = 'seven lanterns over the quay'

type Client = ReturnType<World['as']>

export type FormatsWorld = Awaited<ReturnType<typeof formatsWorld>>

/** What an import request contains in addition to its file. */
export interface Given {
  template?: string
  mapping?: Record<string, string>
  options?: object
  /** Default: the platform-wide key with an address. */
  as?: Client
}

/** Everything that an import needs: API, database, Temporal, a worker and a mail server. */
export async function formatsWorld(url: string) {
  const sink = await startSink()
  const world = await apiWorld(url, { env: { SMTP_URL: sink.url } })
  const all: Catalogue = await twoCompanies(world)
  const worker = await startWorker(world)
  const dispatcher = runDispatcher(world.deps, { every: 50 })
  const office = world.as(await world.key(null, { name: 'Office', contact: OFFICE }))

  const upload = (file: string | Uint8Array, { template, mapping, options, as = office }: Given = {}) => {
    const form = new FormData()
    form.append('file', new File([typeof file === 'string' ? file : new Uint8Array(file)], 'people.csv'))
    if (template) form.append('template', template)
    if (mapping) form.append('mapping', JSON.stringify(mapping))
    if (options) form.append('options', JSON.stringify(options))
    return as.send('POST', '/v1/imports', { body: form })
  }

  return {
    ...world,
    ...all,
    ...mailbox(sink),
    sink,
    office,
    upload,
    /** Imports a file and waits until the import has ended or needs a person. */
    async imported(file: string | Uint8Array, given: Given = {}) {
      const { status, body } = await upload(file, given)
      if (status !== 202) throw new Error(`The upload gave ${status}: ${JSON.stringify(body)}`)
      const ended = await untilStatus(
        given.as ?? office,
        body.id,
        'completed',
        'rejected',
        'review',
        'paused',
        'failed',
      )
      if (ended.status !== 'paused' && ended.status !== 'failed') return ended
      throw new Error(`The import is ${ended.status}: ${JSON.stringify(ended.problem)}`)
    },
    async preview(file: string | Uint8Array, fields: Record<string, string> = {}) {
      const form = new FormData()
      form.append('file', new File([typeof file === 'string' ? file : new Uint8Array(file)], 'people.csv'))
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      return (await office.send('POST', '/v1/imports/preview', { body: form })).body
    },
    rows: async (id: string, query = '') => (await office.get(`/v1/imports/${id}/rows${query}`)).body.items,
    /** Returns the error codes by row number. */
    async errors(id: string): Promise<Record<number, string[]>> {
      const items: { row: number; errors: { column: string | null; code: string }[] }[] = (
        await office.get(`/v1/imports/${id}/rows?outcome=invalid`)
      ).body.items
      return Object.fromEntries(items.map(({ row, errors }) => [row, errors.map((e) => `${e.column}: ${e.code}`)]))
    },
    /** Returns the user with an address as the API shows it, or undefined. */
    person: async (email: string) => (await office.get(`/v1/users?email=${encodeURIComponent(email)}`)).body.items[0],
    /** Returns every user. */
    everybody: async () => (await office.get('/v1/users?limit=200')).body.items,
    /** Opens the page of a link as a browser does. */
    open: (link: string, method = 'GET') => world.app.request(new URL(link).pathname, { method }),
    /** Completes the form of a link. */
    complete: (link: string, password = PASSWORD) =>
      world.app.request(new URL(link).pathname, { method: 'POST', body: new URLSearchParams({ password }) }),
    async close() {
      await dispatcher.stop()
      await stopWorker(worker)
      await world.close()
      await sink.close()
    },
  }
}

function mailbox(sink: Sink) {
  const arrived = new Set<() => void>()
  sink.script.dot = () => {
    // The message is in the journal before this runs, so a waiting test finds it.
    for (const look of arrived) look()
    return 'ok'
  }
  return {
    /** Returns the texts of the e-mails to an address. */
    mails: (address: string) => sink.copies(address).map(textOf),
    links: (address: string) => sink.copies(address).map(linkOf),
    /** Waits until an address has received this many e-mails, and returns the text of the last. */
    async untilMail(address: string, count = 1): Promise<{ text: string; link: string }> {
      for (;;) {
        const copies = sink.copies(address)
        const last = copies[count - 1]
        if (last) return { text: textOf(last), link: linkOf(last) }
        await new Promise<void>((resolve) => {
          const look = () => {
            arrived.delete(look)
            resolve()
          }
          arrived.add(look)
        })
      }
    },
  }
}
