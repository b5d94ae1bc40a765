import { ApiError } from '../../../api/problem.ts'

/** Says first that nothing happened, then why. `Not deleted. It is still in use: users are enrolled in this course.` */
export function stillInUse(error: ApiError, nothingHappened: string): ApiError {
  if (error.code !== 'in-use') return error
  const why = error.problem.detail.charAt(0).toLowerCase() + error.problem.detail.slice(1)
  const detail = `${nothingHappened}. It is still in use: ${why}`
  return new ApiError({ ...error.problem, detail })
}
