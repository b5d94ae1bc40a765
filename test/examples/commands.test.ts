import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Import } from '../../cli/types.ts'
import { readCells } from '../reading/read-all.ts'
import { demoWorld } from './world.ts'

let world: Awaited<ReturnType<typeof demoWorld>>
let folder: string
beforeAll(async () => {
  world = await demoWorld(import.meta.url)
  folder = await mkdtemp(join(tmpdir(), 'muster-cli-'))
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

const muster = (...args: string[]) => world.muster(args)

/** Runs an import until it ends or needs a person, and returns it. */
async function importOf(...args: string[]): Promise<Import> {
  const { stdout, stderr } = await muster('import', ...args, '--no-emails', '--watch', '--json')
  expect(stderr).toMatch(/^Uploading/)
  return JSON.parse(stdout)
}

const HEADER = 'enabled,name,email,companyName,languageCode,region,module requested 1'
async function fileOf(...rows: string[]): Promise<string> {
  const path = join(folder, `${crypto.randomUUID()}.csv`)
  await writeFile(path, `${[HEADER, ...rows].join('\n')}\n`)
  return path
}
const fresh = () => `${crypto.randomUUID()}@example.com`

describe('muster import', () => {
  test('muster import accepts names where the API expects ids, and sends every option', async () => {
    const choices = ['--company', 'Blue Harbour', '--groups', 'Spring / Welders', '--permission-set', 'Learner']
    const enrol = [
      '--course',
      'Manual Handling',
      '--collection',
      'First day',
      '--campaign',
      'Safety at work, 2026 to 2030',
    ]
    const { options } = await importOf('examples/onboarding.csv', '--dry-run', ...choices, ...enrol)
    const called = async (list: string, id: unknown) => {
      const { body } = await world.client.get(`/v1/${list}/${id}`)
      return body.name ?? body.title
    }
    const { groups, permissionSet, company } = options as Record<string, string> & { groups: string[] }
    const into = options.enrol as Record<string, string[]>
    expect((await Promise.all(groups.map((id) => called('groups', id)))).sort()).toEqual(['Spring', 'Welders'])
    expect(await called('permission-sets', permissionSet)).toBe('Learner')
    expect(await called('companies', company)).toBe('Blue Harbour')
    expect(await called('courses', into.courses![0])).toBe('Manual Handling')
    expect(await called('collections', into.collections![0])).toBe('First day')
    expect(await called('campaigns', into.campaigns![0])).toBe('Safety at work, 2026 to 2030')
  })

  test('muster import lists all unknown names with the known ones, and sends nothing', async () => {
    const file = 'examples/onboarding.csv'
    const { code, stderr } = await muster('import', file, '--groups', 'Spring/Sprung', '--permission-set', 'Boss')
    expect(code).toBe(2)
    expect(stderr).toContain('There is no permission set "Boss". Known: ')
    expect(stderr).toMatch(/There is no group "Sprung"\. Known: .*"Night shift"/)
    expect(stderr).not.toContain('Uploading')
    const course = await muster('import', file, '--course', 'Nothing')
    expect(course.stderr).toContain('There is no course "Nothing". Known: ')
  })

  test('muster import lists all conflicting options, one on each line', async () => {
    const contradictions = ['--mode', 'invite', '--passwords', 'generate', '--no-emails', '--message', 'Hello']
    const { code, stderr } = await muster('import', 'examples/onboarding.csv', ...contradictions)
    expect(code).toBe(2)
    for (const option of ['passwords.set', 'sendEmails', 'message']) expect(stderr).toContain(`\n  ${option}: `)
  })

  test('muster import sends the password for all users, which is stored hashed', async () => {
    const password = 'gravel-Ziegel-4411-teapot'
    const file = await fileOf(`1,Pia,${fresh()},Blue Harbour,de-DE,,`)
    const args = ['import', file, '--passwords', 'default', '--no-emails', '--watch', '--json']
    const { code, stdout, stderr } = await world.muster(args, { MUSTER_DEFAULT_PASSWORD: password })
    expect([code, stdout.includes(password), stderr.includes(password)]).toEqual([0, false, false])
    expect((JSON.parse(stdout) as Import).counts.created).toBe(1)
    const { password_hash } = await world.db
      .selectFrom('users')
      .select('password_hash')
      .where('first_name', '=', 'Pia')
      .executeTakeFirstOrThrow()
    expect(password_hash).toMatch(/^\$argon2id\$/)
    const weak = await world.muster(args, { MUSTER_DEFAULT_PASSWORD: 'short' })
    expect(weak.code).toBe(2)
    expect(weak.stderr).toContain('passwords.default: A password has at least 12 characters')
  })

  test('a mapping saved for a company is suggested for its next file, and the preview prints a working command', async () => {
    const file = join(folder, 'list.csv')
    await writeFile(file, `Wer,Post,Was\nPia,${fresh()},x\n`)
    const columns = ['--map', 'firstName=Wer', '--map', 'email=Post', '--template', 'none']
    const saved = await importOf(file, ...columns, '--company', 'Blue Harbour', '--save-mapping', '--dry-run')
    expect(saved.plan?.create).toBe(1)
    const { code, stdout } = await muster('preview', file, '--template', 'none', '--company', 'Blue Harbour')
    expect(code).toBe(0)
    expect(stdout).toMatch(/Wer +firstName +as saved for the company/)
    expect(stdout).toContain(`muster import ${file} --company 'Blue Harbour' --template none \\\n    --map `)
    expect(stdout).toContain('by Ada')
  })
})

describe('muster import --review', () => {
  test('muster import --review waits for the plan, prints it, and shows how to continue', async () => {
    const email = fresh()
    await importOf(await fileOf(`1,Ada,${email},Blue Harbour,en-GB,,`))
    const file = await fileOf(
      `1,Ada,${email},Blue Harbour,en-GB,North,Safety - level 1`,
      `1,Zoë,${fresh()},Blue Harbour,hu-HU,,`,
      `7,Bad,${fresh()},Blue Harbour,hu-HU,,`,
    )
    const review = await muster('import', file, '--review', '--existing', 'update', '--groups', 'Spring')
    expect(review.code).toBe(5)
    expect(review.stdout).toMatch(
      /row 2 {2}change {3}\S+ {2}groups: \(none\) → Spring; region: \(none\) → "North"; courses: Safety – Level 1\n/,
    )
    expect(review.stdout).toMatch(/row 3 {2}create {3}\S+ +groups: Spring; gets an e-mail\n/)
    expect(review.stdout).toMatch(/row 4 {2}invalid {2}\S+ +enabled: "7" Expected 1/)
    const id = /muster confirm (\S+) +go on/.exec(review.stdout)![1]!
    const plan = await muster('plan', id, '--action', 'update')
    expect(plan.stdout).toContain('  1  will change')
    expect(plan.stdout.match(/^row /gm)).toHaveLength(1)
    const one = await muster('plan', id, '-n', '1')
    expect(one.stdout).toContain('… and 2 rows more')
    expect(JSON.parse((await muster('plan', id, '--json')).stdout)).toMatchObject({
      import: { id },
      rows: { length: 3 },
    })
    await muster('plan', id, '--csv', folder)
    const saved = (await readdir(folder)).find((name) => name.startsWith('import-plan-'))
    expect((await readFile(join(folder, saved!), 'utf8')).split('\r\n')).toHaveLength(5)
    expect((await muster('plan', id, '--csv', '-')).stdout).toContain('region: (none) → North')
    expect((await muster('cancel', id, '--watch')).code).toBe(0)
    const gone = await muster('plan', id)
    expect([gone.code, gone.stderr]).toEqual([1, expect.stringContaining('The import has no plan')])
  })

  test('muster plan rejects an unknown action without a request', async () => {
    const { code, stderr } = await muster('plan', 'x', '--action', 'delete')
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('--action takes create, invite, update, skip or invalid'),
    ])
  })
})

test('muster errors shows the invalid rows, and saves them as a file that can be imported again', async () => {
  const { id } = await importOf('examples/mess-bad-rows.csv')
  const shown = await muster('errors', id)
  expect(shown.stdout).toMatch(/^row 3 {3}email +"no\.at\.blueharbour\.example" +Expected one e-mail address/)
  expect((await muster('errors', id, '-n', '2')).stdout).toContain('… and 5 rows more')
  expect(JSON.parse((await muster('errors', id, '--json')).stdout)).toHaveLength(7)
  const path = join(folder, 'corrected.csv')
  expect((await muster('errors', id, '-o', path)).stderr).toBe(`Saved ${path}\n`)
  expect(await readCells(await readFile(path))).toHaveLength(8)
  const again = await importOf(path)
  expect(again).toMatchObject({ parent: id, counts: { invalid: 6, skipped: 1 } })
  const clean = await importOf('examples/invitation.csv', '--template', 'invitation')
  expect((await muster('errors', clean.id)).stdout).toBe('No row of this import has errors.\n')
})

describe('muster templates', () => {
  test('muster templates lists all templates, shows one, and saves it as a file to fill in', async () => {
    const list = await muster('templates')
    for (const id of ['onboarding', 'invitation', 'team', 'none'])
      expect(list.stdout).toMatch(new RegExp(`^${id} `, 'm'))
    const one = await muster('templates', 'team')
    expect(one.stdout).toMatch(/^First name +firstName +yes +First name\.$/m)
    const path = join(folder, 'team.xlsx')
    await muster('templates', 'team', '-o', path)
    expect((await readCells(await readFile(path)))[0]).toEqual(['First name', 'Last name', 'Email', 'Description'])
    expect((await muster('templates', 'team', '-o', '-')).stdout).toContain('First name,Last name,Email,Description')
    expect((await muster('templates', 'nothing')).code).toBe(1)
    expect((await muster('templates', '-o', 'x.csv')).code).toBe(2)
  })
})

describe('a file that was rejected for its titles', () => {
  test('a rejected file is imported without a new upload, after muster alias and muster revalidate', async () => {
    const rows = ['Drill', 'Ladders'].map((title) => `1,Zoë,${fresh()},Blue Harbour,hu-HU,,${title}`)
    const file = await fileOf(...rows, `1,Ana,${fresh()},Mesa Verde Foods,es-ES,,Drill`)
    const refused = await muster('import', file, '--no-emails', '--watch')
    expect(refused.code).toBe(3)
    const id = /muster revalidate (\S+) --watch/.exec(refused.stdout)![1]!
    expect(refused.stdout).toContain(`muster alias ${id} Drill --company 'Blue Harbour' --course`)

    const course = ['--course', 'Manual Handling']
    const which = await muster('alias', id, 'Drill', ...course)
    expect([which.code, which.stderr]).toEqual([2, expect.stringContaining('"Blue Harbour", "Mesa Verde Foods"')])
    const first = await muster('alias', id, 'Drill', ...course, '--company', 'Blue Harbour')
    expect(first.stdout).toContain('Taught. 2 titles are still unmatched:')
    expect(first.stdout).toContain('"Ladders"')
    expect((await muster('revalidate', id, '--watch')).code).toBe(3)
    await muster('alias', id, 'Ladders', '--course', 'Working at Height', '--once')
    const last = await muster('alias', id, 'Drill', ...course)
    expect(last.stdout).toBe(
      `Taught. Every title is known now.\n\nmuster revalidate ${id} --watch  check the file again\n`,
    )
    const done = await muster('revalidate', id, '--watch', '--json')
    expect([done.code, JSON.parse(done.stdout).counts]).toEqual([0, expect.objectContaining({ created: 3 })])
    const late = await muster('revalidate', id)
    expect([late.code, late.stderr]).toEqual([1, expect.stringContaining('cannot be checked again')])
  })

  test('muster alias reports a title that the file does not have, and an unknown course', async () => {
    const { id } = await importOf('examples/onboarding-wrong-titles.csv')
    const title = await muster('alias', id, 'Nothing', '--course', 'Manual Handling')
    expect([title.code, title.stderr]).toEqual([2, expect.stringContaining('no unmatched title "Nothing"')])
    const course = await muster('alias', id, 'Forklift License – Theory', '--course', 'Forklift')
    expect([course.code, course.stderr]).toEqual([2, expect.stringContaining('There is no course "Forklift". Known: ')])
    expect((await muster('alias', id, 'Forklift License – Theory')).stderr).toContain('--course is missing')
    expect((await muster('alias', id)).code).toBe(2)
  })
})
