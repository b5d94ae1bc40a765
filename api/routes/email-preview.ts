import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { toHtml, toText } from '../../domain/mails/layout.ts'
import { type PersonalMail, renderEmail } from '../../domain/mails/render-email.ts'
import type { ApiDeps, AppEnv } from '../deps.ts'
import { defaultCompany } from '../preview-answer.ts'
import { idSchema, json, problems, withKey } from '../schemas/common.ts'
import { optionsSchema } from '../uploads/options-schema.ts'

const kinds = ['activation', 'invitation', 'password', 'welcome'] as const

const preview = createRoute({
  method: 'get',
  path: '/email-preview',
  tags: ['Imports'],
  security: withKey,
  summary: 'See an e-mail as people would get it',
  description: 'To somebody who does not exist: the link and the password in it open nothing. Nothing is sent.',
  request: {
    query: z.object({
      kind: z.enum(kinds).default('activation'),
      language: optionsSchema.shape.language.openapi({ description: 'A BCP 47 tag. Default: en.', example: 'de' }),
      message: optionsSchema.shape.message.openapi({ description: 'Personal text placed in the e-mail.' }),
      company: idSchema.optional().openapi({ description: 'In whose name. Default: the only company of the key.' }),
    }),
  },
  responses: {
    200: json(
      z.object({ subject: z.string(), html: z.string(), text: z.string() }).openapi('EmailPreview'),
      'The e-mail.',
    ),
    ...problems(422),
  },
})

/** E-mails, before anybody gets one. */
export function emailPreviewRoutes({ db, config }: Pick<ApiDeps, 'db' | 'config'>) {
  const gift = (kind: (typeof kinds)[number]) => {
    const signIn = config.PUBLIC_URL
    if (kind === 'welcome') return { kind, forceReset: true, signIn }
    if (kind === 'password') return { kind, password: 'example-password', forceReset: true, signIn }
    const expiresAt = new Date(Date.now() + config.LINK_HOURS * 3_600_000)
    const link = `${signIn}/activate/example`
    return { kind: 'activation' as const, invited: kind === 'invitation', link, expiresAt }
  }

  return new OpenAPIHono<AppEnv>().openapi(preview, async (c) => {
    const { kind, language = 'en', message = null, company: asked } = c.req.valid('query')
    const company = await defaultCompany(db, asked, c.get('caller'))
    const mail: PersonalMail = {
      email: 'ada@example.com',
      firstName: 'Ada',
      lastName: 'Lovelace',
      language,
      company: company?.name ?? null,
      message,
      deliverTo: null,
      ...gift(kind),
    }
    const content = renderEmail(mail)
    return c.json({ subject: content.subject, html: toHtml(content), text: toText(content) }, 200)
  })
}
