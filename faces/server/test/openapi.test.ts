import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { it } from 'node:test'
import { type Route, routes } from '@tandem/contract'
import { errorCatalogue } from '@tandem/core'
import { z } from 'zod'
import { describe as describeApi } from '../src/openapi.ts'
import { desk, fakeServer } from './fake-work.ts'

const operationShape = z.object({
  operationId: z.string(),
  summary: z.string().min(5),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(
    z.object({
      name: z.string(),
      in: z.enum(['path', 'query', 'header']),
      required: z.boolean(),
      schema: z.looseObject({}),
    }),
  ),
  requestBody: z.object({ required: z.literal(true), content: z.record(z.string(), z.looseObject({})) }).optional(),
  responses: z.record(z.string(), z.looseObject({})),
})
const documentShape = z.object({
  openapi: z.string().regex(/^3\.1\.\d$/),
  info: z.object({ title: z.string(), version: z.string() }),
  paths: z.record(z.string().startsWith('/'), z.record(z.enum(['get', 'post']), operationShape.optional())),
  components: z.object({
    schemas: z.looseObject({}),
    responses: z.looseObject({}),
    securitySchemes: z.looseObject({}),
  }),
})

const document = documentShape.parse(JSON.parse(JSON.stringify(describeApi())))
const operations = Object.values(document.paths).flatMap((path) =>
  Object.values(path).filter((each) => each !== undefined),
)

it('every route of the contract is described, under an id of its own', () => {
  const ids = operations.map((operation) => operation.operationId)
  assert.equal(new Set(ids).size, ids.length)
  assert.deepEqual(
    ids.toSorted(),
    Object.values(routes)
      .map((route) => route.name)
      .toSorted(),
  )
})

it('every description fits its contract: place, method, parameters, body, refusals', () => {
  for (const route of Object.values<Route>(routes)) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    const operation = document.paths[path]?.[route.method === 'GET' ? 'get' : 'post']
    assert.ok(operation, route.name)
    const inPath = operation.parameters.filter((each) => each.in === 'path').map((each) => each.name)
    assert.deepEqual(
      inPath,
      [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name),
    )
    assert.equal(operation.requestBody !== undefined, route.body !== undefined, route.name)
    assert.ok(operation.responses['200'], route.name)
    assert.deepEqual(operation.responses.default, { $ref: '#/components/responses/Problem' })
    if (route.access === 'session') {
      for (const status of ['400', '401', '403', '404', '409', '413', '422', '429', '500', '503']) {
        assert.ok(operation.responses[status], `${route.name} ${status}`)
      }
    }
    assert.equal(operation.security.length === 0, route.access === 'public')
  }
})

it('bodies refuse unknown fields, and every reference leads somewhere', () => {
  const text = JSON.stringify(describeApi())
  for (const [, path = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    let node: unknown = JSON.parse(text)
    for (const step of path.split('/')) {
      node =
        typeof node === 'object' && node !== null ? Object.entries(node).find(([key]) => key === step)?.[1] : undefined
    }
    assert.ok(node, path)
  }
  const body = document.paths['/api/search']?.post?.requestBody?.content['application/json']
  assert.match(JSON.stringify(body), /"additionalProperties":false/)
})

it('the document is served', async () => {
  const { app } = await fakeServer()
  const response = await app.inject({ url: '/api/openapi.json', headers: desk })
  assert.deepEqual(response.json(), JSON.parse(JSON.stringify(describeApi())))
})

it('the page about the interface names every route with its summary, and every code with its status and message', () => {
  const page = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8')
  const told = new Set(page.split('\n'))
  for (const { method, path, access, summary } of Object.values(routes)) {
    const who = { session: 'session', sender: 'API key', public: 'anybody' }[access]
    const line = `| \`${method} ${path}\` | ${who} | ${summary} |`
    assert.ok(told.has(line), `docs/api.md lacks the line ${line}`)
  }
  for (const [code, { status, message }] of Object.entries(errorCatalogue)) {
    assert.ok(told.has(`| \`${code}\` | ${status} | ${message} |`), `docs/api.md lacks ${code}`)
  }
  const rows = [...told].filter((line) => /^\| `(?:[A-Z]+ \/|TANDEM-)/.test(line))
  assert.equal(rows.length, Object.keys(routes).length + Object.keys(errorCatalogue).length, 'and nothing else')
})
