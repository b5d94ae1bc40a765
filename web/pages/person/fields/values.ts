import type { User } from '../../../api/schema.ts'

/** What a form about a person holds; empty text where there is no value. */
export interface PersonValues {
  email: string
  firstName: string
  lastName: string
  language: string
  company: string | null
  cohort: string | null
  groups: string[]
  jobRole: string
  region: string
  description: string
  label: string
  permissionSet: string | null
  custom: Record<string, string>
  courses: string[]
}

export const nobody: PersonValues = {
  email: '',
  firstName: '',
  lastName: '',
  language: '',
  company: null,
  cohort: null,
  groups: [],
  jobRole: '',
  region: '',
  description: '',
  label: '',
  permissionSet: null,
  custom: {},
  courses: [],
}

export function valuesOf(user: User): PersonValues {
  const custom = Object.entries(user.custom).map(([key, value]) => [key, String(value ?? '')])
  return {
    ...user,
    lastName: user.lastName ?? '',
    jobRole: user.jobRole ?? '',
    region: user.region ?? '',
    description: user.description ?? '',
    label: user.label ?? '',
    custom: Object.fromEntries(custom),
  }
}

/** The values as the API takes them: an empty text is no value. */
export function bodyOf({ email, custom, ...values }: PersonValues) {
  const { firstName, lastName, jobRole, region, description, label, company, cohort, groups, permissionSet } = values
  return {
    email,
    firstName: firstName || null,
    lastName: lastName || null,
    jobRole: jobRole || null,
    region: region || null,
    description: description || null,
    label: label || null,
    company,
    cohort,
    groups,
    permissionSet,
    courses: values.courses,
    custom: Object.fromEntries(Object.entries(custom).map(([key, value]) => [key, value || null])),
    ...(values.language === '' ? {} : { language: values.language }),
  }
}

/** What somebody has changed in a form; what they left alone may have been changed by others meanwhile. */
export function changesOf(before: PersonValues, after: PersonValues): Partial<ReturnType<typeof bodyOf>> {
  const was = bodyOf(before)
  const is = Object.entries(bodyOf(after)).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(was[field as keyof typeof was]),
  )
  return Object.fromEntries(is)
}
