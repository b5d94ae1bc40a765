import { z } from '@hono/zod-openapi'
import { allCustomFields } from '../../db/catalogue/custom-fields.ts'
import { deleteMapping, findMapping, listMappings, saveMapping } from '../../db/catalogue/mappings.ts'
import type { Db } from '../../db/core/database.ts'
import { defaultReadLimits } from '../../reading/index.ts'
import type { Caller } from '../http/caller.ts'
import { crudRoutes } from '../http/crud/crud.ts'
import type { ApiDeps } from '../http/deps.ts'
import { plainText } from '../http/plain-text.ts'
import { ApiProblem } from '../http/problems.ts'
import { idSchema } from '../http/schemas/common.ts'
import { checkTemplate } from '../imports/options/import-choices.ts'
import { refuseMapping } from '../imports/options/mapping.ts'
import { mappingFieldsSchema, mappingSchema } from './catalogue-schemas.ts'
import { mustFindCompany } from './check-catalogue.ts'

/** A mapping is kept for one company, which people whose row names none then have. */
const HAS_COMPANY = true

const headerSchema = z
  .string()
  .max(defaultReadLimits.cellCharacters)
  .refine((text) => text === plainText(text), { error: 'holds characters that cannot be stored' })

const newMapping = z.strictObject({
  company: idSchema,
  template: z.string(),
  headers: z.array(headerSchema).min(1).max(defaultReadLimits.columns),
  mapping: mappingFieldsSchema,
})

/** Saved mappings: every key manages those of its companies. */
export function mappingRoutes(deps: Pick<ApiDeps, 'db'>) {
  return crudRoutes(deps, {
    one: 'mapping',
    many: 'mappings',
    item: mappingSchema,
    filters: { company: idSchema.optional(), template: z.string().optional() },
    managedBy: 'every key',
    list: async (...asked) => (await listMappings(...asked)).map(mappingJson),
    find: async (...asked) => {
      const found = await findMapping(...asked)
      return found && mappingJson(found)
    },
    create: {
      body: newMapping,
      description:
        'Keeps which column is which field, to be offered for the next file of this company with the same headers. ' +
        'What was kept for these headers before is replaced.',
      insert: keep,
    },
    remove: { delete: (db, { id }) => deleteMapping(db, id) },
  })
}

async function keep(db: Db, { company, template, headers, mapping }: z.output<typeof newMapping>, caller: Caller) {
  const companyId = await mustFindCompany(db, company, caller)
  const known = checkTemplate(template)
  if (known.headers !== 'matched') {
    throw new ApiProblem('mapping-not-supported', `The template ${template} has headers of its own: nothing to match.`)
  }
  refuseMapping(known, mapping, await allCustomFields(db), headers, HAS_COMPANY)
  return saveMapping(db, { companyId, template, headers, mapping, createdBy: caller.name })
}

type SavedMapping = NonNullable<Awaited<ReturnType<typeof findMapping>>>

function mappingJson({ createdAt, updatedAt, ...rest }: SavedMapping): z.output<typeof mappingSchema> {
  return { ...rest, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
}
