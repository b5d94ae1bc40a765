import { passwordStrength } from '../../domain/passwords/judge-password.ts'
import type { Asked } from './judge.ts'

// A thread of its own: the dictionary takes a phone half a second to unfold, and some passwords a quarter to judge.
addEventListener('message', ({ data: { password, known } }: MessageEvent<Asked>) => {
  postMessage(passwordStrength(password, known))
})

// Unfolds it before the first password is long enough to need it.
passwordStrength('unfold the dictionary', [])
