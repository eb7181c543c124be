import { HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { installProblems } from '@/api/problem'
import { keepSession } from '@/api/session'
import { startI18n } from '@/i18n/i18n'

/** The API as a test wants it; what a test does not name is an error. */
export const server = setupServer()

/** Signed in, in English, with the API of `server`. */
export function withApi() {
  beforeAll(async () => {
    server.listen({ onUnhandledFrame: 'error' })
    installProblems()
    await startI18n('en')
  })
  afterEach(() => server.resetHandlers())
  afterAll(() => server.close())
}

export function signIn() {
  keepSession({ access_token: 'token', expires_in: 600 })
}

export function problem(status: number, code: string, errors: object[] = []) {
  const body = { type: 'about:blank', title: code, status, code, instance: '/', request_id: 'r' }
  return HttpResponse.json(
    { ...body, errors },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  )
}
