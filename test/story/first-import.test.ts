import { join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ImportJson } from '../../api/imports/import-schemas.ts'
import { createDatabase } from '../../db/core/database.ts'
import { runMuster } from '../cli/run-muster.ts'
import { dumpPeople } from '../support/dump.ts'
import { csv, person } from '../support/people.ts'
import { startStack, type TestStack } from '../support/servers/stack-run.ts'
import { completed, type Door, doorOf } from './door.ts'

const examples = resolve(import.meta.dirname, '../../examples')
const PASSWORD = 'seven lanterns over the quay'

let stack: TestStack
let door: Door
let first: ImportJson

beforeAll(async () => {
  stack = await startStack()
  door = doorOf(stack.info)
})

afterAll(() => stack?.stop())

const muster = (...args: string[]) => runMuster(args, { MUSTER_DATA_DIR: stack.dataDir })

interface InboxMail {
  to: { address: string }[]
  text: string
}

async function inbox(): Promise<InboxMail[]> {
  const mails = (await (await fetch(`${stack.info.inbox}/email`)).json()) as InboxMail[]
  return mails.filter(({ text }) => text.includes('/activate/'))
}

/** Returns everything that an import may write. */
async function people(): Promise<unknown> {
  const { db } = createDatabase(stack.info.databaseUrl, { connections: 2, name: 'story' })
  try {
    return await dumpPeople(db)
  } finally {
    await db.destroy()
  }
}

const records = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true })

test('the first import that the README shows completes, and its counts add up', async () => {
  const { code, stdout, stderr } = await muster('import', join(examples, 'onboarding.csv'), '--watch')
  expect(stderr).not.toContain('✗')
  expect(stdout).toContain('60  created')
  expect(stdout).toContain('119  course assignments')
  expect(code).toBe(0)
  const list = await door.get<{ items: ImportJson[] }>('/v1/imports')
  expect(list.items).toHaveLength(1)
  first = list.items[0]!
  expect(first).toMatchObject({ status: 'completed', phase: 'done', problem: null })
  expect(first.counts).toEqual({
    ...{ records: 60, valid: 60, invalid: 0, created: 60, invited: 0, updated: 0, skipped: 0, assignments: 119 },
    emails: { queued: 0, sent: 60, failed: 0 },
  })
  expect(first.plan).toEqual({ create: 60, invite: 0, update: 0, skip: 0, invalid: 0, assignments: 119, emails: 60 })
})

test('the inbox has one e-mail with its own link for each of the sixty users', async () => {
  const mails = await inbox()
  expect(mails).toHaveLength(60)
  expect(new Set(mails.map(({ to }) => to.map(({ address }) => address).join())).size).toBe(60)
  expect(new Set(mails.map(linkIn)).size).toBe(60)
})

test('an activation link can be opened any number of times, sets a password once, and then says that the account is active', async () => {
  const mail = (await inbox())[0]!
  const link = linkIn(mail)
  for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(link, { method })).status).toBe(200)
  const post = () => fetch(link, { method: 'POST', body: new URLSearchParams({ password: PASSWORD }) })
  const user = () => door.get<{ items: { status: string }[] }>(`/v1/users?email=${mail.to[0]!.address}`)
  expect((await user()).items).toMatchObject([{ status: 'pending' }])
  expect((await post()).status).toBe(200)
  expect((await user()).items).toMatchObject([{ status: 'active' }])
  expect((await post()).status).toBe(409)
  const again = await fetch(link)
  expect(again.status).toBe(200)
  expect(await again.text()).not.toContain('type="password"')
})

test('the result lists the sixty users with the courses of each', async () => {
  const { code, stdout } = await muster('result', first.id, '--csv')
  expect(code).toBe(0)
  const rows = records(stdout)
  expect(rows).toHaveLength(60)
  expect(rows.map(({ row }) => Number(row))).toEqual(Array.from({ length: 60 }, (_, at) => at + 2))
  expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['created']))
  expect(rows.flatMap(({ courses }) => courses!.split('; ').filter(Boolean))).toHaveLength(119)
})

test('a second import of the same file changes no user and sends no e-mail', async () => {
  const before = await people()
  const { code, stdout } = await muster('import', join(examples, 'onboarding.csv'), '--watch')
  expect(code).toBe(0)
  expect(stdout).toContain('60  skipped')
  expect(await outcomesApart(people())).toEqual(await outcomesApart(before))
  expect(await inbox()).toHaveLength(60)
})

test('a file with unknown titles is rejected with all of them, and writes nothing', async () => {
  const before = await people()
  const { code, stdout } = await muster('import', join(examples, 'onboarding-wrong-titles.csv'), '--watch')
  expect(code).toBe(3)
  const { items } = await door.get<{ items: ImportJson[] }>('/v1/imports?status=rejected')
  expect(items).toHaveLength(1)
  const problem = items[0]!.problem as unknown as { code: string; unmatchedTitles: { title: string; reason: string }[] }
  expect(problem.code).toBe('unmatched-titles')
  const titles = new Set(problem.unmatchedTitles.map(({ title }) => title))
  expect(titles).toEqual(
    new Set([
      ...['Saftey – Level 1', 'Forklift License – Theory', 'Wundversorgung – Aufbaukurz', 'Welding – Basics'],
      ...['CUSTOMER CARE – BASICS', 'Underwater Basket Weaving'],
    ]),
  )
  for (const title of titles) expect(stdout).toContain(title)
  expect(await people()).toEqual(before)
  expect(await inbox()).toHaveLength(60)
})

test('the result escapes a name that a spreadsheet would run as a formula', async () => {
  const rows = [person(1, { name: '=1+1', last_name: '+cmd' }), person(2, { name: '@SUM(A1)' })]
  const { id } = await door.upload(csv(rows), { sendEmails: false })
  await door.until(id, completed)
  const text = await (await door.call(`/v1/imports/${id}/result.csv`)).text()
  expect(records(text).map((row) => [row['first name'], row['last name']])).toEqual([
    ["'=1+1", "'+cmd"],
    ["'@SUM(A1)", 'Marwick2'],
  ])
})

describe('an import that has ended', () => {
  test.each([
    ['confirm', 'not-in-review'],
    ['resume', 'not-paused'],
    ['cancel', 'already-ended'],
  ] as const)('an ended import rejects %s with %s and is unchanged', async (decision, code) => {
    const response = await door.decide(first.id, decision)
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code, status: 409 })
    expect(await door.get(`/v1/imports/${first.id}`)).toEqual(first)
  })
})

function linkIn({ text }: InboxMail): string {
  return /https?:\/\/\S+\/activate\/\S+/.exec(text)?.[0] ?? ''
}

/** Removes the outcomes, because a repeated import has outcomes of its own. */
async function outcomesApart(dumped: unknown): Promise<object> {
  const { outcomes: _, ...rest } = (await dumped) as Record<string, unknown>
  return rest
}
