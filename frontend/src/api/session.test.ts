import { HttpResponse, http } from 'msw'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { problem, server, withApi } from '@/test/server'

withApi()

const SIGNED_IN = { token_type: 'Bearer', expires_in: 600 }
const renewed = (token: string) => HttpResponse.json({ ...SIGNED_IN, access_token: token })

/** A fresh browser tab: the module keeps its state in memory only. */
async function newTab() {
  vi.resetModules()
  return import('./session')
}

beforeEach(() => localStorage.clear())

describe('authorizedFetch', () => {
  test('callers that meet an expired token share one renewal, then get their answers', async () => {
    const session = await newTab()
    session.keepSession({ access_token: 'old', expires_in: 600 })
    let renewals = 0
    server.use(
      http.post('*/v1/auth/refresh', async () => {
        renewals += 1
        await new Promise((resolve) => setTimeout(resolve, 30))
        return renewed('new')
      }),
      http.get('*/v1/goals', ({ request }) =>
        request.headers.get('Authorization') === 'Bearer new'
          ? HttpResponse.json({ ok: true })
          : problem(401, 'unauthenticated'),
      ),
    )
    const url = `${location.origin}/v1/goals`
    const answers = await Promise.all([1, 2, 3].map(() => session.authorizedFetch(url)))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
    expect(renewals).toBe(1)
  })

  test('a refused renewal ends the session and tells whoever listens', async () => {
    const session = await newTab()
    session.keepSession({ access_token: 'old', expires_in: 600 })
    const ended = vi.fn()
    session.onSessionEnd(ended)
    server.use(
      http.post('*/v1/auth/refresh', () => problem(401, 'session_ended')),
      http.get('*/v1/me', () => problem(401, 'unauthenticated')),
    )
    const answer = await session.authorizedFetch(`${location.origin}/v1/me`)
    expect(answer.status).toBe(401)
    expect(ended).toHaveBeenCalledOnce()
    expect(await session.hasSession()).toBe(false)
  })

  test('a wrong password is no expired token: nothing is renewed or sent twice', async () => {
    const session = await newTab()
    session.keepSession({ access_token: 'good', expires_in: 600 })
    let tries = 0
    server.use(
      http.post('*/v1/auth/password', () => {
        tries += 1
        return problem(401, 'credentials_wrong')
      }),
    )
    const answer = await session.authorizedFetch(`${location.origin}/v1/auth/password`, {
      method: 'POST',
      body: '{}',
    })
    expect([answer.status, tries]).toEqual([401, 1])
    expect(await session.hasSession()).toBe(true)
  })

  test('a change carries a key, and a lost answer is asked for again with the same one', async () => {
    const session = await newTab()
    session.keepSession({ access_token: 'good', expires_in: 600 })
    const keys: (string | null)[] = []
    server.use(
      http.post('*/v1/goals', ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'))
        return keys.length === 1 ? HttpResponse.error() : HttpResponse.json({}, { status: 201 })
      }),
    )
    const answer = await session.authorizedFetch(`${location.origin}/v1/goals`, {
      method: 'POST',
      body: '{"title":"x"}',
    })
    expect(answer.status).toBe(201)
    expect(keys).toHaveLength(2)
    expect(keys[0]).toBeTruthy()
    expect(keys[1]).toBe(keys[0])
  })

  test('a lost answer to a change without a key is not asked for again', async () => {
    const session = await newTab()
    session.keepSession({ access_token: 'good', expires_in: 600 })
    let tries = 0
    server.use(
      http.delete('*/v1/goals/1', () => {
        tries += 1
        return HttpResponse.error()
      }),
    )
    const url = `${location.origin}/v1/goals/1`
    await expect(session.authorizedFetch(url, { method: 'DELETE' })).rejects.toThrow()
    expect(tries).toBe(1)
  })

  test('signing in goes out without a token and without a renewal', async () => {
    const session = await newTab()
    localStorage.setItem('perfapi.signed-in', '1')
    server.use(
      http.post('*/v1/auth/sessions', ({ request }) =>
        HttpResponse.json({ authorization: request.headers.get('Authorization') }),
      ),
    )
    const answer = await session.authorizedFetch(`${location.origin}/v1/auth/sessions`, {
      method: 'POST',
    })
    expect(await answer.json()).toEqual({ authorization: null })
  })
})

describe('hasSession', () => {
  test('who never signed in here is not asked for a cookie', async () => {
    const session = await newTab()
    expect(await session.hasSession()).toBe(false)
  })

  test('who did is signed in again after a reload, by the cookie', async () => {
    const session = await newTab()
    localStorage.setItem('perfapi.signed-in', '1')
    server.use(http.post('*/v1/auth/refresh', () => renewed('fresh')))
    expect(await session.hasSession()).toBe(true)
  })

  test('an outage of the server does not sign anybody out', async () => {
    const session = await newTab()
    localStorage.setItem('perfapi.signed-in', '1')
    server.use(http.post('*/v1/auth/refresh', () => problem(503, 'unavailable')))
    await expect(session.hasSession()).rejects.toThrow()
    expect(localStorage.getItem('perfapi.signed-in')).toBe('1')
  })

  test('no token is kept where a script could find it later', async () => {
    const session = await newTab()
    session.keepSession({ access_token: 'secret-token', expires_in: 600 })
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('secret-token')
  })
})
