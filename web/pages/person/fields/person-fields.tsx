import { Textarea, TextInput } from '@mantine/core'
import type { FieldErrors } from '../../../api/field-errors.ts'
import { ChooseOne, ChooseSome } from '../../../parts/forms/choose.tsx'
import { CustomFields } from './custom-fields.tsx'
import classes from './fields.module.css'
import { LanguageField } from './language-field.tsx'
import { Section } from './section.tsx'
import type { PersonValues } from './values.ts'

export interface FieldsProps {
  values: PersonValues
  change: (values: Partial<PersonValues>) => void
  errors: FieldErrors
}

type TextField = 'firstName' | 'lastName' | 'jobRole' | 'region' | 'label'

/** Everything that a row of a file can say about one person. */
export function PersonFields(props: FieldsProps) {
  return (
    <>
      <Identity {...props} />
      <Place {...props} />
      <Details {...props} />
    </>
  )
}

function Identity({ values, change, errors }: FieldsProps) {
  return (
    <Section name="Who">
      <TextInput
        label="E-mail address"
        type="email"
        required
        value={values.email}
        onChange={(event) => change({ email: event.currentTarget.value })}
        error={errors.get('email')}
      />
      <LanguageField
        value={values.language}
        onChange={(language) => change({ language })}
        error={errors.get('language')}
      />
      <Text name="First name" field="firstName" values={values} change={change} errors={errors} />
      <Text name="Last name" field="lastName" values={values} change={change} errors={errors} />
    </Section>
  )
}

function Place({ values, change, errors }: FieldsProps) {
  const { company } = values
  return (
    <Section name="Where, and what for">
      <ChooseOne
        name="Company"
        of="companies"
        value={company}
        onChange={(chosen) => change({ company: chosen, cohort: null })}
        error={errors.get('company')}
      />
      <ChooseOne
        name="Cohort"
        of="cohorts"
        company={company}
        value={values.cohort}
        onChange={(cohort) => change({ cohort })}
        error={errors.get('cohort')}
        disabled={company === null}
        description={company === null ? 'Choose a company first.' : 'Of this company.'}
      />
      <ChooseSome
        name="Groups"
        of="groups"
        value={values.groups}
        onChange={(groups) => change({ groups })}
        error={errors.get('groups')}
      />
      <ChooseOne
        name="Permission set"
        of="permission-sets"
        value={values.permissionSet}
        onChange={(permissionSet) => change({ permissionSet })}
        error={errors.get('permissionSet')}
      />
      <ChooseSome
        name="Courses"
        of="courses"
        company={company}
        value={values.courses}
        onChange={(courses) => change({ courses })}
        error={errors.get('courses')}
        className={classes.wide}
      />
    </Section>
  )
}

function Details({ values, change, errors }: FieldsProps) {
  return (
    <Section name="More">
      <Text name="Job role" field="jobRole" values={values} change={change} errors={errors} />
      <Text name="Region" field="region" values={values} change={change} errors={errors} />
      <Text name="Label" field="label" values={values} change={change} errors={errors} />
      <CustomFields values={values.custom} onChange={(custom) => change({ custom })} errors={errors} />
      <Textarea
        label="Description"
        autosize
        minRows={2}
        value={values.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
        error={errors.get('description')}
        className={classes.wide}
      />
    </Section>
  )
}

function Text({ name, field, values, change, errors }: FieldsProps & { name: string; field: TextField }) {
  return (
    <TextInput
      label={name}
      value={values[field]}
      onChange={(event) => change({ [field]: event.currentTarget.value })}
      error={errors.get(field)}
    />
  )
}
