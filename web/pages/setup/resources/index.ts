import type { AnyResource } from '../resource/resource.ts'
import { administrators } from './administrators.tsx'
import { apiKeys } from './api-keys.tsx'
import { campaigns } from './campaigns.tsx'
import { cohorts } from './cohorts.tsx'
import { collections } from './collections.tsx'
import { companies } from './companies.tsx'
import { courses } from './courses.tsx'
import { customFields } from './custom-fields.tsx'
import { groups } from './groups.tsx'
import { mappings } from './mappings.tsx'
import { permissionSets } from './permission-sets.tsx'
import { titleAliases } from './title-aliases.tsx'

/** Everything that is listed, added and changed alike, as the overview groups it. */
export const groupsOfResources: { name: string; resources: AnyResource[] }[] = [
  { name: 'People', resources: [companies, cohorts, groups, permissionSets, customFields] },
  { name: 'Courses', resources: [courses, collections, campaigns] },
  { name: 'What Muster has learned', resources: [titleAliases, mappings] },
  { name: 'Access', resources: [administrators, apiKeys] },
]

export const resources = groupsOfResources.flatMap((group) => group.resources)
