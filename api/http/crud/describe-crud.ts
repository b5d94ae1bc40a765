import { createRoute, z } from '@hono/zod-openapi'
import { gone, json, jsonBody, listOf, pageQuery, pathId, problems, withKey } from '../schemas/common.ts'
import type { AnyResource } from './resource.ts'

// The OpenAPI descriptions of the routes of a resource (api/http/crud/crud.ts).

type Create = NonNullable<AnyResource['create']>
type Change = NonNullable<AnyResource['change']>

export function listRoute({ item, filters, ...resource }: AnyResource) {
  const { base, path } = addressOf(resource)
  return createRoute({
    ...base,
    method: 'get',
    path,
    summary: `List ${resource.many}`,
    request: { query: z.object({ ...filters, ...pageQuery() }) },
    responses: { 200: json(listOf(item), 'One page.'), ...problems(422) },
  })
}

export function createOneRoute({ item, ...resource }: AnyResource, { body, description, conflicts = false }: Create) {
  const { base, path, managing } = addressOf(resource)
  return createRoute({
    ...base,
    method: 'post',
    path,
    summary: `Create a ${resource.one}`,
    ...described(description),
    request: jsonBody(body),
    responses: {
      201: json(item, `The new ${resource.one}.`),
      ...problems(400, ...managing, ...when(conflicts, 409), 413, 415, 422),
    },
  })
}

export function readRoute({ item, ...resource }: AnyResource) {
  const { base, path } = addressOf(resource)
  return createRoute({
    ...base,
    method: 'get',
    path: `${path}/{id}`,
    summary: `Read a ${resource.one}`,
    request: { params: pathId },
    responses: { 200: json(item, `The ${resource.one}.`), ...problems(404) },
  })
}

export function changeRoute({ item, ...resource }: AnyResource, { body, description, conflicts = false }: Change) {
  const { base, path, managing } = addressOf(resource)
  return createRoute({
    ...base,
    method: 'patch',
    path: `${path}/{id}`,
    summary: `Change a ${resource.one}`,
    ...described(description),
    request: { params: pathId, ...jsonBody(body) },
    responses: {
      200: json(item, `The ${resource.one}.`),
      ...problems(400, ...managing, 404, ...when(conflicts, 409), 413, 415, 422),
    },
  })
}

export function removeRoute({ remove, ...resource }: AnyResource) {
  const { base, path, managing } = addressOf(resource)
  return createRoute({
    ...base,
    method: 'delete',
    path: `${path}/{id}`,
    summary: `Delete a ${resource.one}${remove.which ? ` ${remove.which}` : ''}`,
    ...described(remove.description),
    request: { params: pathId },
    responses: { 204: gone, ...problems(...managing, 404, ...when(remove.inUse !== undefined, 409)) },
  })
}

function addressOf({ many, managedBy }: Pick<AnyResource, 'many' | 'managedBy'>) {
  return {
    base: { tags: [many.charAt(0).toUpperCase() + many.slice(1)], security: withKey },
    path: `/${many.replaceAll(' ', '-')}`,
    managing: when(managedBy !== 'every key', 403),
  }
}

function when<Status extends 403 | 409>(possible: boolean, status: Status): Status[] {
  return possible ? [status] : []
}

function described(description: string | undefined) {
  return description === undefined ? {} : { description }
}
