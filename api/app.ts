import { OpenAPIHono } from '@hono/zod-openapi'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId } from 'hono/request-id'
import { accountRoutes } from './accounts/account.ts'
import { accountInvitationRoutes } from './accounts/account-invitations.ts'
import { accountsRoutes } from './accounts/accounts.ts'
import { apiKeyRoutes } from './accounts/api-keys.ts'
import { type Accounts, createAccounts } from './accounts/auth/index.ts'
import { requireCaller } from './accounts/require-caller.ts'
import { sessionRoutes } from './accounts/session.ts'
import { campaignRoutes } from './catalogue/campaigns.ts'
import { cohortRoutes } from './catalogue/cohorts.ts'
import { collectionRoutes } from './catalogue/collections.ts'
import { companyRoutes } from './catalogue/companies.ts'
import { courseRoutes } from './catalogue/courses.ts'
import { customFieldRoutes } from './catalogue/custom-fields.ts'
import { groupRoutes } from './catalogue/groups.ts'
import { mappingRoutes } from './catalogue/mappings.ts'
import { permissionSetRoutes } from './catalogue/permission-sets.ts'
import { titleAliasRoutes } from './catalogue/title-aliases.ts'
import { consoleDocument, consoleRoutes, opensPage } from './console/console.ts'
import { docsRoutes } from './docs/docs-routes.ts'
import { activateRoutes, activationFailure } from './emails/activate-routes.ts'
import { activationRequestRoutes } from './emails/activation-requests.ts'
import { emailPreviewRoutes } from './emails/email-preview.ts'
import { emailTextRoutes } from './emails/email-texts.ts'
import type { ApiDeps, AppEnv } from './http/deps.ts'
import { smallBodies, withSecurityHeaders } from './http/hardening.ts'
import { healthRoutes } from './http/health.ts'
import { createMetrics } from './http/metrics.ts'
import { ApiProblem, invalidRequest, problemOf, problemResponse } from './http/problems.ts'
import { describeError, requestLog } from './http/request-log.ts'
import { importAliasRoutes } from './imports/decide/import-aliases.ts'
import { importDecisionRoutes } from './imports/decide/import-decisions.ts'
import { importRevalidateRoutes } from './imports/decide/import-revalidate.ts'
import { draftRoutes } from './imports/drafts/drafts.ts'
import { importRoutes } from './imports/imports.ts'
import { importPreviewRoutes } from './imports/preview/import-preview.ts'
import { importEmailRoutes } from './imports/results/import-emails.ts'
import { importErrorRoutes } from './imports/results/import-errors.ts'
import { importEventRoutes } from './imports/results/import-events.ts'
import { importPlanRoutes } from './imports/results/import-plan.ts'
import { importResultRoutes } from './imports/results/import-results.ts'
import { importTimelineRoutes } from './imports/results/import-timeline.ts'
import { ImportView } from './imports/show-import.ts'
import { templateRoutes } from './imports/templates.ts'
import { invitationRoutes } from './people/invitations.ts'
import { userHistoryRoutes } from './people/user-history.ts'
import { userRoutes } from './people/users.ts'

/** Creates the whole HTTP API without a port. `serve` adds one, and tests call `app.request()`. */
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
        const error = new ApiProblem('method-not-allowed', `This URL supports ${allow}.`, {}, { Allow: allow })
        return problemResponse(error, c.get('requestId'))
      },
    }),
  )
  // Mounted before requireCaller, because these routes serve people who are not signed in yet.
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
    return problemResponse(new ApiProblem('not-found', 'No page and no API route has this URL.'), c.get('requestId'))
  })
  app.onError((error, c) => {
    const problem = problemOf(error)
    if (problem.code === 'internal-error') {
      log.error({ requestId: c.get('requestId'), ...describeError(error) }, 'request failed')
    }
    return activationFailure(c, problem) ?? problemResponse(problem, c.get('requestId'))
  })
  return app
}

/** The routes that need an API key or a session. */
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
