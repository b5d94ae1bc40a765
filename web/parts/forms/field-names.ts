const names: Record<string, string> = {
  enabled: 'Account enabled',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail address',
  company: 'Company',
  cohort: 'Cohort',
  groups: 'Groups',
  language: 'Language',
  jobRole: 'Job role',
  region: 'Region',
  description: 'Description',
  label: 'Label',
  permissionSet: 'Permission set',
}

/** What people call a field of the API. A custom field has a label of its own: see `FieldName`. */
export function fieldName(field: string): string {
  return names[field] ?? field.replace(/^custom\./, '')
}
