/** The tables of users, or the tables of invitations. Both have the same value columns. */
export interface Target {
  people: 'users' | 'invitations'
  groups: 'user_groups' | 'invitation_groups'
  courses: 'enrolments' | 'invitation_courses'
  /** The column of `groups` and `courses` that holds the id of the user or invitation. */
  key: 'user_id' | 'invitation_id'
  invited: boolean
}

export const users: Target = {
  people: 'users',
  groups: 'user_groups',
  courses: 'enrolments',
  key: 'user_id',
  invited: false,
}

export const invitations: Target = {
  people: 'invitations',
  groups: 'invitation_groups',
  courses: 'invitation_courses',
  key: 'invitation_id',
  invited: true,
}
