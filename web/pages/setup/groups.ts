import { emails } from './emails/about.ts'
import type { AnyResource } from './resource/resource.ts'
import { administrators } from './resources/administrators.tsx'
import { apiKeys } from './resources/api-keys.tsx'
import { campaigns } from './resources/campaigns.tsx'
import { cohorts } from './resources/cohorts.tsx'
import { collections } from './resources/collections.tsx'
import { companies } from './resources/companies.tsx'
import { courses } from './resources/courses.tsx'
import { customFields } from './resources/custom-fields.tsx'
import { groups as peopleGroups } from './resources/groups.tsx'
import { mappings } from './resources/mappings.tsx'
import { permissionSets } from './resources/permission-sets.tsx'
import { titleAliases } from './resources/title-aliases.tsx'

/** Everything that is listed, added and changed alike. */
export const resources: AnyResource[] = [
  companies,
  cohorts,
  peopleGroups,
  permissionSets,
  customFields,
  courses,
  collections,
  campaigns,
  titleAliases,
  mappings,
  administrators,
  apiKeys,
]

/** A page below /setup, as the overview knows it. */
type SetUpPage = Pick<AnyResource, 'title' | 'sentence' | 'hiddenFrom'> & { part: string }

/** What there is to set up, in the order in which somebody who begins needs it. */
export const groups: { name: string; parts: SetUpPage[] }[] = [
  { name: 'People', parts: [companies, cohorts, peopleGroups, permissionSets, customFields] },
  { name: 'Courses', parts: [courses, collections, campaigns] },
  { name: 'What Muster has learned', parts: [titleAliases, mappings] },
  { name: 'E-mails', parts: [emails] },
  { name: 'Access', parts: [administrators, apiKeys] },
]
