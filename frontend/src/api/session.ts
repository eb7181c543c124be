import { randomId } from '@/lib/ids'
import { keepPreference, readPreference } from '@/lib/storage'
import type { OpenedSession } from './gen/types.gen'

/**
 * Who is signed in here. The access token lives in this module's memory only; the refresh token
 * lives in an HttpOnly cookie that no script can read. What is stored is one bit, "somebody signed
 * in on this browser", which spares visitors a refused refresh.
 */

const SIGNED_IN = 'perfapi.signed-in'
const RENEW_BEFORE_MS = 30_000
const RETRY_AFTER_MS = 400
/** Refused passwords are not expired tokens: renewing the session would not help. */
const NOT_ABOUT_THE_TOKEN = new Set(['credentials_wrong'])

let access: { token: string; goodUntil: number } | null = null
let renewal: Promise<boolean> | null = null
const endListeners = new Set<() => void>()

export function keepSession(signedIn: Pick<OpenedSession, 'access_token' | 'expires_in'>): void {
  access = {
    token: signedIn.access_token,
    goodUntil: Date.now() + signedIn.expires_in * 1000 - RENEW_BEFORE_MS,
  }
  keepPreference(SIGNED_IN, '1')
}

export function endSession(): void {
  access = null
  keepPreference(SIGNED_IN, null)
  for (const listener of endListeners) listener()
}

/** Called when the session ends, here or in another tab. Returns how to stop listening. */
export function onSessionEnd(listener: () => void): () => void {
  endListeners.add(listener)
  return () => endListeners.delete(listener)
}

export function watchOtherTabs(): void {
  window.addEventListener('storage', (event) => {
    if (event.key === SIGNED_IN && event.newValue === null && access) endSession()
  })
}

async function askForRenewal(): Promise<boolean> {
  const answer = await fetch('/v1/auth/refresh', { method: 'POST', credentials: 'same-origin' })
  if (answer.status === 401) return false
  if (!answer.ok) throw new TypeError(`The session could not be renewed: ${answer.status}`)
  keepSession((await answer.json()) as OpenedSession)
  return true
}

/**
 * One renewal in flight, shared by all callers. The refresh token rotates and its reuse ends the
 * session, so that tabs take turns as well.
 */
function renew(): Promise<boolean> {
  renewal ??= (
    navigator.locks ? navigator.locks.request('perfapi.refresh', askForRenewal) : askForRenewal()
  ).finally(() => {
    renewal = null
  })
  return renewal
}

/** Whether somebody is signed in, renewing the session if its token has run out. */
export async function hasSession(): Promise<boolean> {
  if (access && access.goodUntil > Date.now()) return true
  if (!access && !readPreference(SIGNED_IN)) return false
  if (await renew()) return true
  endSession()
  return false
}

function authorized(request: Request): Request {
  if (access) request.headers.set('Authorization', `Bearer ${access.token}`)
  return request
}

async function isAboutTheToken(answer: Response): Promise<boolean> {
  if (answer.status !== 401) return false
  const problem: unknown = await answer
    .clone()
    .json()
    .catch(() => null)
  const code = (problem as { code?: string } | null)?.code
  return code === undefined || !NOT_ABOUT_THE_TOKEN.has(code)
}

/** A lost answer may be asked for again only where that cannot repeat the effect. */
async function send(request: Request): Promise<Response> {
  if (!request.headers.has('Idempotency-Key')) return fetch(request)
  const again = request.clone()
  try {
    return await fetch(request)
  } catch (failure) {
    if (request.signal.aborted) throw failure
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS))
    return fetch(again)
  }
}

/** The answer to whoever asks without being signed in: the server need not be troubled. */
function signedOut(): Response {
  const problem = { title: 'Sign in first.', status: 401, code: 'session_ended' }
  return new Response(JSON.stringify(problem), { status: 401 })
}

const ANONYMOUS = new Set([
  '/v1/auth/invitations/accept',
  '/v1/auth/password-resets',
  '/v1/auth/password-resets/complete',
  '/v1/auth/sessions',
])

function isAnonymous(request: Request): boolean {
  return request.method === 'POST' && ANONYMOUS.has(new URL(request.url).pathname)
}

/** The `fetch` of every generated call: token, idempotency key, and one renewal on 401. */
export async function authorizedFetch(input: RequestInfo | URL, init?: RequestInit) {
  const request = new Request(input, init)
  if (isAnonymous(request)) return fetch(request)
  const isAuth = new URL(request.url).pathname.startsWith('/v1/auth/')
  if (request.method === 'POST' && !isAuth && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', randomId())
  }
  if (!(await hasSession())) return signedOut()
  const again = request.clone()
  const answer = await send(authorized(request))
  if (!(await isAboutTheToken(answer))) return answer
  if (access && (await renew())) return send(authorized(again))
  endSession()
  return answer
}
