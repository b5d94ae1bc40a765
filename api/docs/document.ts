import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from '../http/deps.ts'
import { problemSchema } from '../http/schemas/common.ts'
import { optionsSchema } from '../imports/options/options-schema.ts'
import type { ApiDocument } from './api-document.ts'
import { fillExamples } from './fill-examples.ts'

const description =
  `Bring people into the platform from a file, follow what becomes of each of them, and manage who is there.

Send your key as \`Authorization: Bearer <key>\`. Ids are opaque strings. Lists answer \`{items, next}\`: send \`next\` as
\`cursor\` for the next page. Errors are RFC 9457 problem details: look at \`code\`, which is stable, and show \`detail\`.
A 429 or 503 has \`Retry-After\`. What belongs to a company outside your key does not exist for it.`.replace(
    /(?<!\n)\n(?!\n)/g,
    ' ', // Lines end where paragraphs do.
  )

const tags = [
  { name: 'Imports', description: 'Files of people and what becomes of them.' },
  { name: 'Drafts', description: 'Imports that are being put together: a file, and what was chosen so far.' },
  { name: 'Templates', description: 'Which headers a file has.' },
  { name: 'Users', description: 'People with an account, and those who are invited.' },
  { name: 'Companies', description: 'Whom people belong to.' },
  { name: 'Courses', description: 'What people take, and which companies may use it.' },
  { name: 'Cohorts', description: 'Parts of a company.' },
  { name: 'Groups', description: 'Groups of people, across companies.' },
  { name: 'Permission sets', description: 'What people may do.' },
  { name: 'Collections', description: 'Sets of courses.' },
  { name: 'Campaigns', description: 'Sets of courses with a start and an end.' },
  { name: 'Custom fields', description: 'What else is kept of a person.' },
  { name: 'Title aliases', description: 'Which course a title of a file means to a company.' },
  { name: 'Mappings', description: 'Which column is which field, kept for the next file with the same headers.' },
  { name: 'Email texts', description: 'Words of e-mails in place of Muster’s own, for one company or for everybody.' },
  {
    name: 'Accounts',
    description: 'Administrators of the console: signing in, their own account, and those of others.',
  },
  { name: 'API keys', description: 'For platform-wide keys and administrators; of some companies, those of theirs.' },
  { name: 'Activation pages', description: 'What people see behind the link in their e-mail. No key is needed.' },
  { name: 'Operation', description: 'What supervisors and monitors ask. No key is needed.' },
]

/** The OpenAPI 3.1 document of everything that is mounted by now. */
export function documentOf(app: OpenAPIHono<AppEnv>): ApiDocument {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Muster', version: '1', description },
    servers: [{ url: '/' }],
    tags,
  })
  const made = document as unknown as ApiDocument
  fillExamples(made)
  return made
}

/** What the document needs and no route brings along. */
export function registerShared({ openAPIRegistry }: OpenAPIHono<AppEnv>): void {
  openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key, for the whole platform or for some companies.',
  })
  openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'muster-session',
    description: 'Somebody who signed in with `POST /v1/session`; the name begins with `__Host-` where TLS is used.',
  })
  openAPIRegistry.register('Problem', problemSchema)
  openAPIRegistry.register('ImportOptions', optionsSchema)
  const page = { description: 'A page.', content: { 'text/html': { schema: { type: 'string' as const } } } }
  const token = { name: 'token', in: 'path' as const, required: true, schema: { type: 'string' as const } }
  const form = (properties: Record<string, { type: 'string' }>) => ({
    content: { 'application/x-www-form-urlencoded': { schema: { type: 'object' as const, properties } } },
  })
  const base = { tags: ['Activation pages'], parameters: [token] }
  openAPIRegistry.registerPath({
    ...base,
    method: 'get',
    path: '/activate/{token}',
    summary: 'The page behind an activation link',
    description: 'Opening it uses nothing up.',
    responses: { 200: page, 403: page, 404: page, 410: page },
  })
  openAPIRegistry.registerPath({
    ...base,
    method: 'post',
    path: '/activate/{token}',
    summary: 'Choose a password',
    request: { body: form({ password: { type: 'string' } }) },
    responses: { 200: page, 403: page, 404: page, 409: page, 410: page, 422: page, 429: page, 503: page },
  })
  openAPIRegistry.registerPath({
    ...base,
    method: 'post',
    path: '/activate/{token}/renew',
    summary: 'Ask for a new link',
    description: 'The answer is the same for every token.',
    request: { body: form({ language: { type: 'string' } }) },
    responses: { 200: page, 429: page },
  })
}
