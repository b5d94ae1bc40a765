import { OpenAPIHono } from '@hono/zod-openapi'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId } from 'hono/request-id'
import { type Accounts, createAccounts } from './accounts/index.ts'
import { activateRoutes, activationFailure } from './activate-routes.ts'
import { activationRequestRoutes } from './activation-requests.ts'
import { requireCaller } from './auth.ts'
import { consoleDocument, consoleRoutes, opensPage } from './console.ts'
import type { ApiDeps, AppEnv } from './deps.ts'
import { docsRoutes } from './docs/routes.ts'
import { smallBodies, withSecurityHeaders } from './hardening.ts'
import { createMetrics } from './metrics.ts'
import { ApiProblem, invalidRequest, problemOf, problemResponse } from './problems.ts'
import { describeError, requestLog } from './request-log.ts'
import { accountRoutes } from './routes/account.ts'
import { accountInvitationRoutes } from './routes/account-invitations.ts'
import { accountsRoutes } from './routes/accounts.ts'
import { apiKeyRoutes } from './routes/api-keys.ts'
import { campaignRoutes } from './routes/campaigns.ts'
import { cohortRoutes } from './routes/cohorts.ts'
import { collectionRoutes } from './routes/collections.ts'
import { companyRoutes } from './routes/companies.ts'
import { courseRoutes } from './routes/courses.ts'
import { customFieldRoutes } from './routes/custom-fields.ts'
import { draftRoutes } from './routes/drafts.ts'
import { emailPreviewRoutes } from './routes/email-preview.ts'
import { emailTextRoutes } from './routes/email-texts.ts'
import { groupRoutes } from './routes/groups.ts'
import { healthRoutes } from './routes/health.ts'
import { importAliasRoutes } from './routes/import-aliases.ts'
import { importDecisionRoutes } from './routes/import-decisions.ts'
import { importEmailRoutes } from './routes/import-emails.ts'
import { importErrorRoutes } from './routes/import-errors.ts'
import { importEventRoutes } from './routes/import-events.ts'
import { importPlanRoutes } from './routes/import-plan.ts'
import { importPreviewRoutes } from './routes/import-preview.ts'
import { importResultRoutes } from './routes/import-results.ts'
import { importRevalidateRoutes } from './routes/import-revalidate.ts'
import { importTimelineRoutes } from './routes/import-timeline.ts'
import { importRoutes } from './routes/imports.ts'
import { invitationRoutes } from './routes/invitations.ts'
import { mappingRoutes } from './routes/mappings.ts'
import { permissionSetRoutes } from './routes/permission-sets.ts'
import { sessionRoutes } from './routes/session.ts'
import { templateRoutes } from './routes/templates.ts'
import { titleAliasRoutes } from './routes/title-aliases.ts'
import { userHistoryRoutes } from './routes/user-history.ts'
import { userRoutes } from './routes/users.ts'
import { ImportView } from './show-import.ts'

/** The whole HTTP API, without a port: `serve` gives it one, tests call `app.request()`. */
export function createApp(deps: ApiDeps) {
  const { log } = deps
  const metrics = createMetrics(deps)
  const accounts = createAccounts(deps)
  const app = new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error.issues.map(described))
    },
  })
  app.use(requestId({ limitLength: 128 }), requestLog(log, metrics), withSecurityHeaders(deps.config))
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const allow = methods.join(', ')
        const error = new ApiProblem('method-not-allowed', `This address answers to ${allow}.`, {}, { Allow: allow })
        return problemResponse(error, c.get('requestId'))
      },
    }),
  )
  // Before anybody is asked who they are: these say it.
  app.route('/v1', sessionRoutes(deps, accounts))
  app.route('/v1', accountInvitationRoutes(deps, accounts))
  app.use('/v1/*', requireCaller(deps, accounts.sessions), smallBodies)
  app.route('/v1', v1Routes(deps, accounts))
  app.route('/', activateRoutes(deps))
  app.route('/', healthRoutes(deps, metrics))
  app.route('/', consoleRoutes())
  app.route('/', docsRoutes(app, deps.config.PUBLIC_URL))
  app.notFound((c) => {
    if (opensPage(c)) return consoleDocument(c, 404)
    return problemResponse(new ApiProblem('not-found', 'There is nothing here.'), c.get('requestId'))
  })
  app.onError((error, c) => {
    const shown = problemOf(error)
    if (shown.code === 'internal-error') log.error({ requestId: c.get('requestId'), ...describeError(error) }, 'failed')
    return activationFailure(c, shown) ?? problemResponse(shown, c.get('requestId'))
  })
  return app
}

/** Everything that needs a key or a session. */
function v1Routes(deps: ApiDeps, accounts: Accounts) {
  const view = new ImportView(deps)
  return new OpenAPIHono<AppEnv>()
    .route('/', importRoutes(deps, view))
    .route('/', draftRoutes(deps, view))
    .route('/', emailPreviewRoutes(deps))
    .route('/', emailTextRoutes(deps))
    .route('/', importResultRoutes(deps, view))
    .route('/', importPreviewRoutes(deps))
    .route('/', importPlanRoutes(deps, view))
    .route('/', importEmailRoutes(deps, view))
    .route('/', importTimelineRoutes(deps, view))
    .route('/', importErrorRoutes(deps, view))
    .route('/', importEventRoutes(deps, view))
    .route('/', importDecisionRoutes(deps, view))
    .route('/', importAliasRoutes(deps, view))
    .route('/', importRevalidateRoutes(deps, view))
    .route('/', templateRoutes())
    .route('/', userRoutes(deps))
    .route('/', userHistoryRoutes(deps))
    .route('/', invitationRoutes(deps))
    .route('/', activationRequestRoutes(deps))
    .route('/', companyRoutes(deps))
    .route('/', courseRoutes(deps))
    .route('/', cohortRoutes(deps))
    .route('/', groupRoutes(deps))
    .route('/', permissionSetRoutes(deps))
    .route('/', collectionRoutes(deps))
    .route('/', campaignRoutes(deps))
    .route('/', customFieldRoutes(deps))
    .route('/', titleAliasRoutes(deps))
    .route('/', mappingRoutes(deps))
    .route('/', apiKeyRoutes(deps))
    .route('/', accountRoutes(deps, accounts))
    .route('/', accountsRoutes(deps, accounts))
}

function described({ path, message }: { path: PropertyKey[]; message: string }) {
  return { path: path.join('.'), message }
}
