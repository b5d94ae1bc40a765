import { z } from '@hono/zod-openapi'
import { coursesOpenTo } from '../../db/catalogue/courses.ts'
import { deleteAlias, findAlias, listAliases, upsertAlias } from '../../db/catalogue/title-aliases.ts'
import type { Db } from '../../db/core/database.ts'
import type { Caller } from '../http/caller.ts'
import { crudRoutes } from '../http/crud/crud.ts'
import type { ApiDeps } from '../http/deps.ts'
import { invalidRequest } from '../http/problems.ts'
import { idSchema } from '../http/schemas/common.ts'
import { nameSchema } from '../http/schemas/name.ts'
import { searchFilter, titleAliasSchema } from './catalogue-schemas.ts'
import { mustFindCompany } from './check-catalogue.ts'

const newAlias = z.strictObject({ company: idSchema, title: nameSchema, course: idSchema })

/** Title aliases. Every key manages those of its companies. */
export function titleAliasRoutes(deps: Pick<ApiDeps, 'db'>) {
  return crudRoutes(deps, {
    one: 'title alias',
    many: 'title aliases',
    item: titleAliasSchema,
    filters: {
      company: idSchema.optional(),
      course: idSchema.optional(),
      title: z.string().optional().openapi({ description: 'Case, white space and the kind of dash do not matter.' }),
      import: idSchema.optional(),
      q: searchFilter,
    },
    managedBy: 'every key',
    list: async (...args) => (await listAliases(...args)).map(aliasJson),
    find: async (...args) => {
      const found = await findAlias(...args)
      return found && aliasJson(found)
    },
    create: {
      body: newAlias,
      description:
        'Saves a course for a title in later files of this company. Case, white space and the kind of dash do not ' +
        'matter. It replaces an earlier alias for the title.',
      insert: save,
    },
    remove: { delete: (db, { id }) => deleteAlias(db, id) },
  })
}

async function save(db: Db, { company, title, course }: z.output<typeof newAlias>, caller: Caller) {
  const companyId = await mustFindCompany(db, company, caller)
  const courseId = course.toLowerCase()
  if (!(await coursesOpenTo(db, companyId, [courseId])).has(courseId)) {
    throw invalidRequest([{ path: 'course', message: 'there is no course with this id that the company may use' }])
  }
  return upsertAlias(db, { companyId, title, courseId, importId: null, createdBy: caller.name })
}

type Alias = NonNullable<Awaited<ReturnType<typeof findAlias>>>

function aliasJson({ createdAt, ...rest }: Alias): z.output<typeof titleAliasSchema> {
  return { ...rest, createdAt: createdAt.toISOString() }
}
