import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { requireKey } from './auth.ts'
import type { ApiDeps, AppEnv } from './deps.ts'
import { ApiProblem, problemOf, problemResponse } from './problems.ts'
import { importRoutes } from './routes/imports.ts'
import { ImportView } from './show-import.ts'
import { optionsSchema } from './uploads/import-choices.ts'

/** Bytes of a JSON body. Uploads have a limit of their own. */
const MAX_JSON = 1024 * 1024

/** The whole HTTP API, without a port: `serve` gives it one, tests call `app.request()`. */
export function createApp(deps: ApiDeps) {
  const view = new ImportView(deps)
  const app = new OpenAPIHono<AppEnv>()
  app.use(requestId({ limitLength: 128 }), secureHeaders())
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const detail = `This address answers to ${methods.join(', ')}.`
        const error = new ApiProblem('method-not-allowed', detail, {}, { Allow: methods.join(', ') })
        return problemResponse(error, c.get('requestId'))
      },
    }),
  )
  app.use('/v1/*', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    await next()
  })
  app.use('/v1/*', requireKey(deps))
  app.use('/v1/*', smallBody())
  app.openAPIRegistry.register('ImportOptions', optionsSchema)
  app.route('/v1', importRoutes(deps, view))
  app.notFound((c) => problemResponse(new ApiProblem('not-found', 'There is nothing here.'), c.get('requestId')))
  app.onError((error, c) => {
    const shown = problemOf(error)
    return problemResponse(shown, c.get('requestId'))
  })
  return app
}

function smallBody() {
  const limit = bodyLimit({
    maxSize: MAX_JSON,
    onError: () => {
      throw new ApiProblem('too-large', 'A JSON body has at most 1 MiB.')
    },
  })
  return async (...[c, next]: Parameters<typeof limit>) => (c.req.path === '/v1/imports' ? next() : limit(c, next))
}
