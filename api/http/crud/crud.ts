import { OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Caller } from '../caller.ts'
import { requirePlatform } from '../caller.ts'
import type { ApiDeps, AppEnv } from '../deps.ts'
import { notFound, unlessInUse } from '../problems.ts'
import { isId, pageOf, readCursor } from '../schemas/common.ts'
import { changeRoute, createOneRoute, listRoute, readRoute, removeRoute } from './describe-crud.ts'
import type { AnyResource, Resource } from './resource.ts'

/** Creates the routes of a resource. Those to create and to change exist where the resource defines them. */
export function crudRoutes<
  Item extends z.ZodType<{ id: string }>,
  Filters extends z.ZodRawShape,
  New extends z.ZodType,
  Change extends z.ZodType,
>(deps: Pick<ApiDeps, 'db'>, resource: Resource<Item, Filters, New, Change>) {
  return routesOf(deps, resource)
}

function routesOf({ db }: Pick<ApiDeps, 'db'>, resource: AnyResource) {
  const { create, change, remove } = resource
  const findOrThrow = async (id: string, { companies }: Caller) => {
    const found = isId(id) ? await resource.find(db, id, companies) : undefined
    if (!found) throw notFound(resource.one)
    return found
  }
  const checkMayManage = (caller: Caller, what: unknown) => {
    const { managedBy } = resource
    if (managedBy === 'platform' || (managedBy === 'owner' && hasNoCompany(what))) requirePlatform(caller)
  }

  const app = new OpenAPIHono<AppEnv>().openapi(listRoute(resource), async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query')
    const page = { after: readCursor(cursor), limit: limit + 1 }
    return c.json(pageOf(await resource.list(db, c.get('caller').companies, filter, page), limit), 200)
  })
  if (create) {
    app.openapi(createOneRoute(resource, create), async (c) => {
      checkMayManage(c.get('caller'), c.req.valid('json'))
      const { id } = await create.insert(db, c.req.valid('json'), c.get('caller'))
      return c.json(await findOrThrow(id, c.get('caller')), 201, { Location: `${c.req.path}/${id}` })
    })
  }
  app.openapi(readRoute(resource), async (c) =>
    c.json(await findOrThrow(c.req.valid('param').id, c.get('caller')), 200),
  )
  if (change) {
    app.openapi(changeRoute(resource, change), async (c) => {
      const item = await findOrThrow(c.req.valid('param').id, c.get('caller'))
      checkMayManage(c.get('caller'), item)
      await change.update(db, item, c.req.valid('json'), c.get('caller'))
      return c.json(await findOrThrow(item.id, c.get('caller')), 200)
    })
  }
  return app.openapi(removeRoute(resource), async (c) => {
    const item = await findOrThrow(c.req.valid('param').id, c.get('caller'))
    checkMayManage(c.get('caller'), item)
    await unlessInUse(remove.delete(db, item), remove.inUse ?? 'Other data refers to it.')
    return c.body(null, 204)
  })
}

function hasNoCompany(what: unknown): boolean {
  return (what as { company?: string | null }).company === null
}
