import { z } from 'zod'

const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `expected an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  })

const port = z.coerce.number({ error: 'expected a port number' }).int().min(0).max(65_535)

const hours = 'expected a number of hours above 0 and up to 720'

const schema = z.object({
  PORT: port.default(3000),
  PUBLIC_URL: url(['http:', 'https:']).optional(),
  /** Where users sign in once they have a password: the learning platform. */
  SIGN_IN_URL: url(['http:', 'https:']).optional(),
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  TEMPORAL_ADDRESS: z.string().regex(/^[^\s/]+:\d+$/, { error: 'expected host:port' }),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  /** The Temporal UI. Muster links to it and never calls it. */
  TEMPORAL_UI_URL: url(['http:', 'https:']).optional(),
  SMTP_URL: url(['smtp:', 'smtps:']),
  MAIL_FROM: z.string().min(3).default('Muster <no-reply@localhost>'),
  MUSTER_SECRET: z.string().min(32, { error: 'expected at least 32 characters' }),
  MUSTER_API_KEY: z.string().min(32, { error: 'expected at least 32 characters' }).optional(),
  MUSTER_ADMIN_EMAIL: z.string().optional(),
  MUSTER_ADMIN_PASSWORD: z.string().optional(),
  LINK_HOURS: z.coerce.number({ error: hours }).positive({ error: hours }).max(720, { error: hours }).default(48),
  /** The worker's own health and metrics. */
  WORKER_PORT: port.default(9464),
  /** The address that it listens on. In a container it is 0.0.0.0, so that Prometheus can reach it. */
  WORKER_HOST: z.string().min(1).default('127.0.0.1'),
  /** A worker's metrics that this API shows with its own, for stacks of one machine. */
  WORKER_METRICS_URL: url(['http:', 'https:']).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

/** The environment, checked once when a process starts. `PUBLIC_URL` has no trailing slash. */
export type Config = Omit<z.infer<typeof schema>, Addresses> & Record<Addresses, string>

type Addresses = 'PUBLIC_URL' | 'SIGN_IN_URL'

/**
 * Reads the configuration of DESIGN.md from `env`.
 *
 * @throws Error with one sentence for each invalid variable. It names the variable and not its value, which may be secret
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(set, { reportInput: true })
  if (!parsed.success) throw new Error(parsed.error.issues.map(sentence).join('\n'))
  const publicUrl = (parsed.data.PUBLIC_URL ?? `http://localhost:${parsed.data.PORT}`).replace(/\/+$/, '')
  return { ...parsed.data, PUBLIC_URL: publicUrl, SIGN_IN_URL: parsed.data.SIGN_IN_URL ?? publicUrl }
}

function sentence(issue: z.core.$ZodIssue): string {
  const missing = issue.code === 'invalid_type' && issue.input === undefined
  return `${issue.path.join('.')}: ${missing ? 'is required and not set' : issue.message}.`
}
