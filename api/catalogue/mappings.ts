import { z } from '@hono/zod-openapi'
import { allCustomFields } from '../../db/catalogue/custom-fields.ts'
import { deleteMapping, findMapping, listMappings, saveMapping } from '../../db/catalogue/mappings.ts'
import type { Db } from '../../db/core/database.ts'
import { defaultReadLimits } from '../../reading/index.ts'
import type { Caller } from '../http/caller.ts'
import { crudRoutes } from '../http/crud/crud.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiProblem } from '../http/problems.ts'
import { idSchema } from '../http/schemas/common.ts'
import { storable } from '../http/schemas/storable-text.ts'
import { checkTemplate } from '../imports/options/import-choices.ts'
import { refuseMapping } from '../imports/options/mapping.ts'
import { mappingFieldsSchema, mappingSchema } from './catalogue-schemas.ts'
import { mustFindCompany } from './check-catalogue.ts'

/** A mapping is saved for one company, so users whose row names no company get that one. */
const HAS_COMPANY = true

const headerSchema = z
  .string()
  .max(defaultReadLimits.cellCharacters)
  .refine(...storable)

const newMapping = z.strictObject({
  company: idSchema,
  template: z.string(),
  headers: z.array(headerSchema).min(1).max(defaultReadLimits.columns),
  mapping: mappingFieldsSchema,
})

/** Saved mappings. Every key manages those of its companies. */
export function mappingRoutes(deps: Pick<ApiDeps, 'db'>) {
  return crudRoutes(deps, {
    one: 'mapping',
    many: 'mappings',
    item: mappingSchema,
    filters: { company: idSchema.optional(), template: z.string().optional() },
    managedBy: 'every key',
    list: async (...args) => (await listMappings(...args)).map(mappingJson),
    find: async (...args) => {
      const found = await findMapping(...args)
      return found && mappingJson(found)
    },
    create: {
      body: newMapping,
      description:
        'Saves which column is which field, for later files of this company with the same headers. It replaces an ' +
        'earlier mapping for these headers.',
      insert: save,
    },
    remove: { delete: (db, { id }) => deleteMapping(db, id) },
  })
}

async function save(db: Db, { company, template, headers, mapping }: z.output<typeof newMapping>, caller: Caller) {
  const companyId = await mustFindCompany(db, company, caller)
  const known = checkTemplate(template)
  if (known.headers !== 'matched') {
    throw new ApiProblem('mapping-not-supported', `The template ${template} has fixed headers, so it needs no mapping.`)
  }
  refuseMapping(known, mapping, await allCustomFields(db), headers, HAS_COMPANY)
  return saveMapping(db, { companyId, template, headers, mapping, createdBy: caller.name })
}

type SavedMapping = NonNullable<Awaited<ReturnType<typeof findMapping>>>

function mappingJson({ createdAt, updatedAt, ...rest }: SavedMapping): z.output<typeof mappingSchema> {
  return { ...rest, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
}
