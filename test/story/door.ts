import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportJson } from '../../api/imports/import-schemas.ts'
import { isFinal } from '../../domain/imports/states.ts'
import type { StackInfo } from '../../stack/stack-info.ts'

/** The only error status that is allowed while a part of the stack restarts. The client retries it. */
const UNAVAILABLE = 503

const UNTIL_TIMEOUT_MS = 150_000

export type Door = ReturnType<typeof doorOf>

/** The public API of a running stack with its platform-wide key, which is all that a customer's program has. */
export function doorOf({ api, apiKey }: Pick<StackInfo, 'api' | 'apiKey'>) {
  const call = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${api}${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${apiKey}`, ...(init.headers as Record<string, string>) },
      signal: AbortSignal.timeout(60_000),
    })

  const answer = async <T>(path: string, status: number, init: RequestInit = {}): Promise<T> => {
    const response = await call(path, init)
    const body = await response.json()
    if (response.status !== status) throw new Error(`${path} gave ${response.status}: ${JSON.stringify(body)}`)
    return body as T
  }

  const send = <T>(method: string, path: string, status: number, body: unknown): Promise<T> =>
    answer(path, status, { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } })

  return {
    call,
    get: <T>(path: string) => answer<T>(path, 200),
    post: <T>(path: string, body: unknown) => send<T>('POST', path, 201, body),
    patch: <T>(path: string, body: unknown) => send<T>('PATCH', path, 200, body),
    /** Uploads a file and resolves when the API has accepted it. */
    upload(text: string, options: object = {}): Promise<ImportJson> {
      const query = new URLSearchParams({ template: 'onboarding', options: JSON.stringify(options) })
      return answer(`/v1/imports?${query}`, 202, {
        method: 'POST',
        body: text,
        headers: { 'Content-Type': 'text/csv' },
      })
    },
    decide: (id: string, decision: 'confirm' | 'resume' | 'cancel') =>
      call(`/v1/imports/${id}/${decision}`, { method: 'POST' }),
    /**
     * Polls until `wished` returns true for the import, and returns the import.
     *
     * @throws when the import ends or pauses before that, when the API fails, or after 150 s
     */
    async until(id: string, wished: (shown: ImportJson) => boolean): Promise<ImportJson> {
      const deadline = Date.now() + UNTIL_TIMEOUT_MS
      for (;;) {
        const response = await call(`/v1/imports/${id}`)
        const body = await response.json()
        if (response.status === 200) {
          const shown = body as ImportJson
          if (wished(shown)) return shown
          if (isFinal(shown.status) || shown.status === 'paused') throw new Error(`Stopped: ${JSON.stringify(shown)}`)
          if (Date.now() > deadline) throw new Error(`Too slow: ${JSON.stringify(shown)}`)
        } else if (response.status !== UNAVAILABLE || Date.now() > deadline) {
          throw new Error(`GET gave ${response.status}: ${JSON.stringify(body)}`)
        }
        await sleep(50)
      }
    },
  }
}

export const completed = ({ status }: ImportJson): boolean => status === 'completed'

type Listed<T> = { items: (T & { id: string })[] }

/** Adds the companies, cohorts and courses of `test/support/world.ts` that the demo data lacks, to compare both databases. */
export async function addCatalogue({ get, post, patch }: Door): Promise<void> {
  const { items: companies } = await get<Listed<object>>('/v1/companies?name=Blue%20Harbour')
  const blueHarbour = companies[0]!.id
  const { id: northWind } = await post<{ id: string }>('/v1/companies', { name: 'North Wind' })
  await post('/v1/cohorts', { name: 'Welders', company: northWind })
  for (const title of ['First Aid', 'Data Protection']) await post('/v1/courses', { title, companies: [blueHarbour] })
  await post('/v1/courses', { title: 'Welding', companies: [northWind] })
  const title = encodeURIComponent('Safety – Level 1')
  const { items: courses } = await get<Listed<{ companies: string[] }>>(`/v1/courses?title=${title}`)
  const shared = courses[0]!
  await patch(`/v1/courses/${shared.id}`, { companies: [...shared.companies, northWind] })
}
