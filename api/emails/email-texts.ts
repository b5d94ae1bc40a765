import { z } from '@hono/zod-openapi'
import type { Db } from '../../db/core/database.ts'
import {
  deleteEmailText,
  findEmailText,
  insertEmailText,
  listEmailTexts,
  updateEmailText,
} from '../../db/emails/email-texts.ts'
import { mustFindCompany } from '../catalogue/check-catalogue.ts'
import type { Caller } from '../http/caller.ts'
import { crudRoutes } from '../http/crud/crud.ts'
import type { ApiDeps } from '../http/deps.ts'
import { idSchema } from '../http/schemas/common.ts'
import { emailTextSchema, mailTextFields, textKindSchema, textLanguageSchema } from './email-schemas.ts'

const newText = z.strictObject({
  company: idSchema.nullable().openapi({ description: 'null: for every user whose company has no text of its own.' }),
  kind: textKindSchema,
  language: textLanguageSchema,
  ...mailTextFields,
})
const textChange = z.strictObject(mailTextFields).partial()

/** The filter value for texts that belong to no company. */
const EVERYBODY = 'everybody'

/** Texts of e-mails. A key may change the texts of its companies. Every key may read the texts that are for everybody. */
export function emailTextRoutes(deps: Pick<ApiDeps, 'db'>) {
  return crudRoutes(deps, {
    one: 'text for e-mails',
    many: 'email texts',
    item: emailTextSchema,
    filters: {
      company: z
        .union([idSchema, z.literal(EVERYBODY)])
        .optional()
        .openapi({ type: 'string', description: 'An id, or `everybody` for texts that belong to no company.' }),
      kind: textKindSchema.optional(),
      language: textLanguageSchema.optional(),
    },
    managedBy: 'owner',
    list: async (db, scope, { company, ...filter }, page) => {
      const asked = { ...filter, company: company === EVERYBODY ? null : company }
      return (await listEmailTexts(db, scope, asked, page)).map(textJson)
    },
    find: async (...asked) => {
      const found = await findEmailText(...asked)
      return found && textJson(found)
    },
    create: {
      body: newText,
      conflicts: true,
      description:
        'Replaces Muster’s built-in text in every later e-mail of this kind and language to users of the company. ' +
        'Without a company, replaces it for users whose company has no text of its own. The greeting, the link, its ' +
        'expiry time and the footer do not change.',
      insert: write,
    },
    change: {
      body: textChange,
      description: 'E-mails that are not sent yet use the new text, with the same link.',
      update: (db, { id }, text, caller) => updateEmailText(db, id, text, caller.name),
    },
    remove: {
      description: 'E-mails then use the text for everybody or, if there is none, Muster’s built-in text.',
      delete: (db, { id }) => deleteEmailText(db, id),
    },
  })
}

async function write(db: Db, { company, ...text }: z.output<typeof newText>, caller: Caller) {
  const owner = company === null ? null : await mustFindCompany(db, company, caller)
  return insertEmailText(db, { ...text, company: owner, updatedBy: caller.name })
}

type StoredText = NonNullable<Awaited<ReturnType<typeof findEmailText>>>

function textJson({ updatedAt, ...rest }: StoredText): z.output<typeof emailTextSchema> {
  return { ...rest, updatedAt: updatedAt.toISOString() }
}
