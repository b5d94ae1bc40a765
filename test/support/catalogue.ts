import type { World } from './api-world.ts'

/** Two unrelated companies, each with a course, a cohort, a user and an API key. */
export async function twoCompanies(world: World) {
  const platform = world.as(await world.key())
  const made = async (path: string, body: unknown) => {
    const answer = await platform.post(`/v1/${path}`, body)
    if (answer.status !== 201) throw new Error(`POST ${path}: ${JSON.stringify(answer.body)}`)
    return answer.body.id as string
  }
  const one = async (name: string) => {
    const company = await made('companies', { name })
    const course = await made('courses', { title: `Safety at ${name}`, companies: [company] })
    const cohort = await made('cohorts', { name: 'Spring', company })
    const email = `ada@${name.toLowerCase().replaceAll(' ', '-')}.example`
    const user = await made('users', { email, firstName: 'Ada', company, cohort, language: 'en-GB', courses: [course] })
    return { company, course, cohort, user, email, client: world.as(await world.key([company])) }
  }
  return { platform, made, blue: await one('Blue Harbour'), red: await one('Red Hill') }
}
