import { Radio } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './choices.module.css'

interface Option {
  value: string
  label: string
  /** What it does to whom. */
  does: ReactNode
  /** Why it cannot be chosen now. */
  out?: string | null
}

interface Props {
  name: string
  value: string
  options: Option[]
  onChange: (value: string) => void
}

/** One of a few, with a sentence that says what the chosen one does to whom. */
export function Choice({ name, value, options, onChange }: Props) {
  const chosen = options.find((option) => option.value === value)
  const out = [...new Set(options.flatMap((option) => (option.out && option.value !== value ? [option.out] : [])))]
  return (
    <Radio.Group label={name} value={value} onChange={onChange} className={classes.choice}>
      <div className={classes.options}>
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            label={option.label}
            disabled={Boolean(option.out) && option.value !== value}
            className={classes.option}
          />
        ))}
      </div>
      <p className={classes.sentence} aria-live="polite">
        {chosen?.does}
      </p>
      {out.length > 0 && <Ruled options={options} value={value} />}
    </Radio.Group>
  )
}

function Ruled({ options, value }: Pick<Props, 'options' | 'value'>) {
  return options
    .filter((option) => option.out && option.value !== value)
    .map(({ value: key, label, out }) => (
      <p key={key} className={classes.why}>
        “{label}” cannot be chosen: {out}
      </p>
    ))
}

interface YesNoProps {
  name: string
  value: boolean
  yes: Omit<Option, 'value'>
  no: Omit<Option, 'value'>
  onChange: (value: boolean) => void
}

/** One of two. */
export function YesNo({ name, value, yes, no, onChange }: YesNoProps) {
  const options = [
    { value: 'yes', ...yes },
    { value: 'no', ...no },
  ]
  return (
    <Choice
      name={name}
      value={value ? 'yes' : 'no'}
      options={options}
      onChange={(chosen) => onChange(chosen === 'yes')}
    />
  )
}
