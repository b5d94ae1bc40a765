import { invitation } from './invitation.ts'
import { none } from './none.ts'
import { onboarding } from './onboarding.ts'
import { team } from './team.ts'
import type { Template } from './template.ts'

export { type PlatformField, platformFields } from './platform-fields.ts'
export { mustBeFilled, type Template, type TemplateColumn } from './template.ts'
export { invitation, none, onboarding, team }

/** Every template by id. The first one is the default. */
export const templates: ReadonlyMap<string, Template> = new Map(
  [onboarding, invitation, team, none].map((template) => [template.id, template]),
)
