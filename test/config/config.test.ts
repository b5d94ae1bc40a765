import { describe, expect, it } from 'vitest'
import { readConfig } from '../../config/config.ts'

const least = {
  DATABASE_URL: 'postgres://localhost/muster',
  TEMPORAL_ADDRESS: 'localhost:7233',
  SMTP_URL: 'smtp://localhost',
  MUSTER_SECRET: 'x'.repeat(32),
}

describe('the configuration', () => {
  it('the configuration has the defaults that docs/configuration.md lists', () => {
    expect(readConfig(least)).toMatchObject({
      PORT: 3000,
      PUBLIC_URL: 'http://localhost:3000',
      TEMPORAL_NAMESPACE: 'default',
      MAIL_FROM: 'Muster <no-reply@localhost>',
      LINK_HOURS: 48,
    })
  })

  it('links start with PUBLIC_URL without its trailing slash, or with localhost and the port', () => {
    expect(readConfig({ ...least, PORT: '3100' }).PUBLIC_URL).toBe('http://localhost:3100')
    expect(readConfig({ ...least, PUBLIC_URL: 'https://muster.example.org/' }).PUBLIC_URL).toBe(
      'https://muster.example.org',
    )
  })

  it('users sign in at PUBLIC_URL unless SIGN_IN_URL is set', () => {
    expect(readConfig({ ...least, PUBLIC_URL: 'https://muster.example.org/' }).SIGN_IN_URL).toBe(
      'https://muster.example.org',
    )
    const signIn = 'https://learn.example.org/in/?from=muster'
    expect(readConfig({ ...least, SIGN_IN_URL: signIn }).SIGN_IN_URL).toBe(signIn)
  })

  it.each([
    [{ PORT: 'many' }, 'PORT: expected a port number.'],
    [{ SMTP_URL: 'mail.example.org' }, 'SMTP_URL: expected an address that starts with smtp:// or smtps://.'],
    [{ LINK_HOURS: '0' }, 'LINK_HOURS: expected a number of hours above 0 and up to 720.'],
    [{ TEMPORAL_ADDRESS: 'http://x' }, 'TEMPORAL_ADDRESS: expected host:port.'],
    [{ MUSTER_SECRET: 'short' }, 'MUSTER_SECRET: expected at least 32 characters.'],
    [{ MUSTER_SECRET: '' }, 'MUSTER_SECRET: is required and not set.'],
  ])('an error names what is wrong with %j', (wrong, sentence) => {
    expect(() => readConfig({ ...least, ...wrong })).toThrow(sentence)
  })

  it('one error names every missing variable and never a value', () => {
    const secret = 'hunter2'
    expect(() => readConfig({ MUSTER_SECRET: secret })).toThrow(/DATABASE_URL.*\n?TEMPORAL_ADDRESS/s)
    expect(() => readConfig({ MUSTER_SECRET: secret })).not.toThrow(secret)
  })
})
