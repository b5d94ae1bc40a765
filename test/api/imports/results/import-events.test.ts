import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiWorld, type World } from '../../../support/api-world.ts'
import { twoCompanies } from '../../../support/catalogue.ts'
import type { Catalogue } from '../../../support/imports.ts'
import { anAccount, signedIn, visitor } from '../../../support/visitor.ts'

let world: World
let all: Catalogue
let path: string
// No worker runs, so the import does not change and its event stream does not end by itself.
beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  const { body } = await all.blue.client.upload(
    'enabled,name,email,companyName,languageCode\n1,Bo,bo@example.com,Blue Harbour,en-GB\n',
  )
  path = `/v1/imports/${body.id}/events`
})
afterAll(() => world.close())

/** Follows the import until its first event. @returns the text after that event, once the stream has ended */
async function follow(headers: Record<string, string>): Promise<() => Promise<string>> {
  const answer = await world.app.request(path, { headers })
  expect(answer.status).toBe(200)
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toContain('event: import')
  return async () => {
    let rest = ''
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true }
      if (done) return rest
      rest += value
    }
  }
}

const cookies = ({ jar }: ReturnType<typeof visitor>) => ({
  Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
})

describe('the end of an event stream', () => {
  test('the events of an import end when the key that follows them is revoked', async () => {
    const { body } = await all.platform.post('/v1/api-keys', { name: 'reader', companies: [all.blue.company] })
    const end = await follow({ Authorization: `Bearer ${body.key}` })
    await all.platform.delete(`/v1/api-keys/${body.id}`)
    expect(await end()).not.toContain('event:')
  })

  test('the events of an import end when the administrator who follows them is disabled or loses the company', async () => {
    const boss = await signedIn(world)
    for (const change of [{ disabled: true }, { companies: [all.red.company] }]) {
      const { id, email } = await anAccount(world, [all.blue.company])
      const browser = visitor(world)
      await browser.signIn(email)
      const end = await follow(cookies(browser))
      expect((await boss.browser.patch(`/v1/accounts/${id}`, change)).status).toBe(200)
      expect(await end()).not.toContain('event:')
    }
  })
})
